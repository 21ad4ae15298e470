"""Outcomes under idempotency keys in a table."""

from datetime import datetime

from peewee import EXCLUDED, SQL, NodeList

from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Dialectal, Slot, SqlValue, Statement, deleting_oldest, slots
from adapters.persistence.tables import KeptOutcomeRow
from adapters.persistence.values import dump_texts, from_micros, load_texts, to_micros
from core.entities.idempotency import KeptOutcome, KeyedRequest
from core.errors import IdempotencyInProgress
from core.ports.idempotency import IdempotencyRepository

_CHUNK = 500
_COLUMNS = (
    "id",
    "fingerprint",
    "kept_at",
    "response_status",
    "response_headers",
    "response_body",
    "error_code",
    "error_message",
)
_FIND = Statement(
    KeptOutcomeRow.select(*(getattr(KeptOutcomeRow, name) for name in _COLUMNS)).where(
        KeptOutcomeRow.id == Slot("id"), KeptOutcomeRow.kept_at >= Slot("since")
    )
)
_CLAIM = Statement(
    NodeList((SQL("SELECT"), Dialectal(sqlite="1", postgresql="pg_try_advisory_xact_lock(%(lock)s)")))
)
_KEEP = Statement(
    KeptOutcomeRow.insert(slots(*_COLUMNS)).on_conflict(
        conflict_target=[KeptOutcomeRow.id],
        update={name: getattr(EXCLUDED, name) for name in _COLUMNS[1:]},
    )
)
_PURGE = Statement(deleting_oldest(KeptOutcomeRow, KeptOutcomeRow.id, KeptOutcomeRow.kept_at, _CHUNK))


class PeeweeIdempotencyRepository(IdempotencyRepository):
    """The outcomes of requests that were made under an idempotency key.

    SQLite has one writer, so no two calls are under way. On PostgreSQL a lock tells, which ends with its
    transaction. It only lets a second call answer at once: that a single one lands is the primary key's
    doing, also where such locks do nothing, or the second call's view is older than the first one's commit.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, request: KeyedRequest, since: datetime) -> KeptOutcome | None:
        """The outcome kept under the request's id since then; IdempotencyInProgress if one is being made."""
        row = self._session.row(_FIND, id=request.id, since=to_micros(since))
        if row is not None:
            return _outcome(row)
        if self._session.row(_CLAIM, lock=_lock(request.id)) == (False,):
            raise IdempotencyInProgress
        return None

    def keep(self, outcome: KeptOutcome) -> None:
        """Keep an outcome, in the place of an older one of its id."""
        self._session.execute(_KEEP, **_values(outcome))

    def purge(self, before: datetime) -> int:
        """Forget a bounded number of those kept before; tell how many, 0 when none is left."""
        return self._session.execute(_PURGE, before=to_micros(before))


def _lock(id: str) -> int:
    """The lock's number, of 64 bits with a sign: two requests that share one are not worth a thought."""
    return int.from_bytes(bytes.fromhex(id)[:8], signed=True)


def _values(outcome: KeptOutcome) -> dict[str, SqlValue]:
    return {
        "id": outcome.request.id,
        "fingerprint": outcome.request.fingerprint,
        "kept_at": to_micros(outcome.kept_at),
        "response_status": outcome.status,
        "response_headers": dump_texts(text for header in outcome.headers for text in header),
        "response_body": outcome.body,
        "error_code": outcome.error_code,
        "error_message": outcome.error_message,
    }


def _outcome(row: Row) -> KeptOutcome:
    id, fingerprint, kept_at, status, headers, body, error_code, error_message = row
    texts = load_texts(headers)
    return KeptOutcome(
        KeyedRequest(id, fingerprint),
        from_micros(kept_at),
        status,
        tuple(zip(texts[::2], texts[1::2], strict=True)),
        body,
        error_code,
        error_message,
    )
