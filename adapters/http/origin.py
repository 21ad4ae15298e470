"""Where the client thinks the server is, for links that must be absolute."""

import re
from typing import Final

from litestar.types import Scope

from adapters.http.context import context_of
from core.errors import ValidationFailed

_HOST: Final = re.compile(rb"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{0,5})?")


def origin_of(scope: Scope) -> str:
    """Scheme and host of the request; only a plain name or address may be repeated in an answer."""
    host = context_of(scope).headers.get(b"host", b"")
    if not _HOST.fullmatch(host):
        raise ValidationFailed("The Host header must be the server's name or address, with a port or without")
    return f"{scope['scheme']}://{host.decode('ascii')}"
