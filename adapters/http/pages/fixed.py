"""Pages that are the same for everybody until the next release."""

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from litestar import Request
from litestar.handlers import HTTPRouteHandler, route

from adapters.http.context import context_of
from adapters.http.reply import Headers, Reply

HTML = "text/html; charset=utf-8"
_POLICY = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_SAFETY: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", _POLICY),
    (b"cache-control", b"no-cache"),
)


def fixed_handler(path: str, media_type: str, write: Callable[[], bytes]) -> HTTPRouteHandler:
    """A handler that answers the same bytes, written when first asked for, or 304 to who has them."""

    @lru_cache(1)
    def written() -> tuple[bytes, Reply, Reply]:
        body = write()
        tag = f'"{sha256(body).hexdigest()[:32]}"'.encode()
        headers = ((b"content-type", media_type.encode()), (b"etag", tag), *_SAFETY)
        return tag, Reply(200, headers, body), Reply(304, headers)

    async def answer(request: Request[Any, Any, Any]) -> Reply:
        tag, whole, known = written()
        return known if context_of(request.scope).headers.get(b"if-none-match") == tag else whole

    return route(path, http_method=["GET", "HEAD"])(answer)
