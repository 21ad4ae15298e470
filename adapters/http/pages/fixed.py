"""Pages that are the same until the next release, for everybody or under one name of the server."""

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from litestar import Request
from litestar.handlers import HTTPRouteHandler, route
from litestar.types import Scope

from adapters.http.context import context_of
from adapters.http.origin import origin_of
from adapters.http.reply import Headers, Reply

HTML = "text/html; charset=utf-8"
_POLICY = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_NAMES_OF_A_SERVER = 16
_SAFETY: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", _POLICY),
    (b"cache-control", b"no-cache"),
)


def fixed_handler(path: str, media_type: str, write: Callable[[], bytes]) -> HTTPRouteHandler:
    """A handler that answers the same bytes, written when first asked for, or 304 to who has them."""
    return _handler(path, media_type, lambda _: "", lambda _: write())


def linking_handler(path: str, media_type: str, write: Callable[[str], bytes]) -> HTTPRouteHandler:
    """The same, of what is written with the server's scheme and host in it."""
    return _handler(path, media_type, origin_of, write)


def _handler(
    path: str, media_type: str, origin_for: Callable[[Scope], str], write: Callable[[str], bytes]
) -> HTTPRouteHandler:
    @lru_cache(_NAMES_OF_A_SERVER)
    def written(origin: str) -> tuple[bytes, Reply, Reply]:
        body = write(origin)
        tag = f'"{sha256(body).hexdigest()[:32]}"'.encode()
        headers = ((b"content-type", media_type.encode()), (b"etag", tag), *_SAFETY)
        return tag, Reply(200, headers, body), Reply(304, headers)

    async def answer(request: Request[Any, Any, Any]) -> Reply:
        tag, whole, known = written(origin_for(request.scope))
        return known if context_of(request.scope).headers.get(b"if-none-match") == tag else whole

    return route(path, http_method=["GET", "HEAD"])(answer)
