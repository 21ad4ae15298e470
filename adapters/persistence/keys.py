"""API keys in a table."""

from collections.abc import Sequence
from functools import lru_cache

from adapters.persistence.errors import UniqueViolated
from adapters.persistence.paging import newest_first
from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, SqlValue, Statement, inserting, slots
from adapters.persistence.tables import ApiKeyRow
from adapters.persistence.values import (
    dump_texts,
    from_micros,
    from_micros_or_none,
    load_texts,
    to_micros,
    to_micros_or_none,
)
from core.entities.api_key import ApiKey
from core.errors import NameTaken
from core.ports.operations import ApiKeyRepository

COLUMNS = (
    "id",
    "name",
    "secret_hash",
    "scopes",
    "created_at",
    "partner",
    "expires_at",
    "is_active",
    "is_test",
)
_CHANGEABLE = ("secret_hash", "scopes", "is_active", "expires_at")
_SELECT = ApiKeyRow.select(*(getattr(ApiKeyRow, name) for name in COLUMNS))
_ADD = Statement(inserting(ApiKeyRow, *COLUMNS))
_SAVE = Statement(ApiKeyRow.update(slots(*_CHANGEABLE)).where(ApiKeyRow.id == Slot("id")))
_DELETE = Statement(ApiKeyRow.delete().where(ApiKeyRow.id == Slot("id")))
_BY_HASH = Statement(_SELECT.where(ApiKeyRow.secret_hash == Slot("secret_hash")))
_BY_NAME = Statement(_SELECT.where(ApiKeyRow.name == Slot("name")))
_ALL = Statement(_SELECT.order_by(*newest_first(ApiKeyRow.created_at, ApiKeyRow.id)))


class PeeweeApiKeyRepository(ApiKeyRepository):
    """The API keys of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, key: ApiKey) -> None:
        """Keep a new key; NameTaken if its name is in use."""
        try:
            self._session.insert(_ADD, "api_keys_name", **_values(key))
        except UniqueViolated as error:
            if error.index != "api_keys_name":
                raise
            raise NameTaken(f'an API key named "{key.name}" already exists') from error
        self._session.forget_rows()

    def save(self, key: ApiKey) -> None:
        """Keep what changed (secret_hash, scopes, is_active, expires_at)."""
        self._session.execute(_SAVE, **_values(key))
        self._session.forget_rows()

    def delete(self, key: ApiKey) -> None:
        """Forget the key; log entries and activity keep its name."""
        self._session.execute(_DELETE, id=key.id)
        self._session.forget_rows()

    def by_hash(self, secret_hash: str) -> ApiKey | None:
        """The key whose secret has this hash."""
        row = self._session.lasting_row(_BY_HASH, secret_hash=secret_hash)
        return None if row is None else key_of(row)

    def by_name(self, name: str) -> ApiKey | None:
        """The key with this name."""
        row = self._session.row(_BY_NAME, name=name)
        return None if row is None else key_of(row)

    def all(self) -> Sequence[ApiKey]:
        """Every key, newest first."""
        return [key_of(row) for row in self._session.rows(_ALL)]


def _values(key: ApiKey) -> dict[str, SqlValue]:
    return {
        "id": key.id,
        "name": key.name,
        "secret_hash": key.secret_hash,
        "scopes": dump_texts(key.scopes),
        "created_at": to_micros(key.created_at),
        "partner": key.partner,
        "expires_at": to_micros_or_none(key.expires_at),
        "is_active": key.is_active,
        "is_test": key.is_test,
    }


@lru_cache(maxsize=1024)
def key_of(row: Row) -> ApiKey:
    """The key in a row; the row itself is read anew for every call."""
    id, name, secret_hash, scopes, created_at, partner, expires_at, is_active, is_test = row
    return ApiKey(
        id,
        name,
        secret_hash,
        load_texts(scopes),
        from_micros(created_at),
        partner,
        from_micros_or_none(expires_at),
        bool(is_active),
        bool(is_test),
    )
