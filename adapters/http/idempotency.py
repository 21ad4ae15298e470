"""`Idempotency-Key`, after draft-ietf-httpapi-idempotency-key-header, and answers that are told again."""

import re
from collections.abc import Mapping
from typing import Final

from adapters.http.reply import Headers, Reply
from core.entities.idempotency import KeptOutcome
from core.errors import Problem, ValidationFailed
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.call import Outcome
from core.use_cases.idempotency import keep_outcome

NAME: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
PATTERN: Final = r'^(?:"(?:[ !#-\[\]-~]|\\["\\]){1,255}"|[!#-+\--:<-\[\]-~]{1,255})$'
"""A string of RFC 8941 (in quotes, `"` and `\\` after a `\\`), or bare what needs no quotes."""
_FIELD = NAME.lower().encode()
_WELL_FORMED = re.compile(PATTERN.removesuffix("$").encode())
_ESCAPED = re.compile(rb'\\(["\\])')
_MARK = ((REPLAYED.lower().encode(), b"true"),)


def read_idempotency_key(headers: Mapping[bytes, bytes]) -> tuple[str | None, ValidationFailed | None]:
    """The key, the same with quotes and without, and what is wrong with it."""
    sent = headers.get(_FIELD)
    if sent is None:
        return None, None
    if _WELL_FORMED.fullmatch(sent) is None:
        return None, ValidationFailed(problems=[Problem((), "INVALID", _RIGHT, sent_as=NAME)])
    bare = _ESCAPED.sub(rb"\1", sent[1:-1]) if sent.startswith(b'"') else sent
    return bare.decode("ascii"), None


_RIGHT = (
    "must be 1 to 255 visible ASCII characters or spaces in double quotes (RFC 8941), such as "
    '"8e03978e-40d5-43dd-bc93-6894a57f9324"; the quotes may be left out where there is no space, '
    "comma, semicolon, quote or backslash"
)


def keep(work: UnitOfWork, outcome: Outcome, reply: Reply) -> None:
    """Keep a reply that may have to be told again."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in reply.headers)
    keep_outcome(work, outcome, reply.status, headers, reply.body)


def told_again(kept: KeptOutcome) -> Reply:
    """The same reply once more, marked as such."""
    headers: Headers = tuple(
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in kept.headers
    )
    return Reply(kept.status, (*headers, *_MARK), kept.body)
