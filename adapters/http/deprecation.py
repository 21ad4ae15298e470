"""What is going to be removed, told in every response it concerns (RFC 9745, RFC 8594)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Final

import attrs

from adapters.http.reply import Headers, Reply
from core.entities.resource import Action, Resource
from core.use_cases.call import Call

NOTICE: Final = timedelta(days=90)
DEPRECATIONS: Final[tuple["Deprecation", ...]] = ()
"""What is deprecated at the moment."""


@attrs.frozen
class Deprecation:
    """An endpoint, or a parameter or field of it; `entry` is the changelog entry that tells of it."""

    resource: Resource
    entry: str
    since: datetime
    sunset: datetime
    action: Action | None = None
    parameter: str | None = None
    field: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.sunset - self.since < NOTICE:
            raise ValueError(f"{self.entry}: the sunset must be at least {NOTICE.days} days after the notice")

    def concerns(self, call: Call) -> bool:
        """Whether the call uses what will be removed."""
        return (
            call.resource is self.resource
            and self.action in (None, call.action)
            and (self.parameter is None or self.parameter in call.query)
            and (self.field is None or (isinstance(call.document, dict) and self.field in call.document))
        )

    def headers(self) -> Headers:
        """Since when, until when, and where to read about it."""
        return (
            (b"deprecation", b"@%d" % self.since.timestamp()),
            (b"sunset", format_datetime(self.sunset, usegmt=True).encode()),
            (b"link", f'</changelog#{self.entry}>; rel="deprecation"'.encode()),
        )


def with_notice(reply: Reply, call: Call, deprecations: Sequence[Deprecation]) -> Reply:
    """The reply, and the notices that concern its call, what goes first told first."""
    notices = sorted((one for one in deprecations if one.concerns(call)), key=lambda one: one.sunset)
    return attrs.evolve(reply, headers=(*reply.headers, *_headers(notices))) if notices else reply


def _headers(notices: Iterable[Deprecation]) -> Iterable[tuple[bytes, bytes]]:
    """Deprecation and Sunset may stand once only, so they are of the notice that expires first."""
    first, *others = notices
    yield from first.headers()
    for other in others:
        yield other.headers()[-1]
