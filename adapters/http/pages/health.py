"""Whether the process lives, and whether it can serve."""

from litestar.handlers import HTTPRouteHandler, route

from adapters.http.envelope import encode
from adapters.http.exchange import Exchanging
from adapters.http.reply import JSON, NO_STORE, Reply
from core.errors import ServiceUnavailable


def health_handlers(exchange: Exchanging) -> list[HTTPRouteHandler]:
    """`/healthz`: the process takes requests. `/readyz`: database and schema are there too."""

    @route("/healthz", http_method=["GET", "HEAD"])
    async def healthz() -> Reply:
        return _status("alive")

    @route("/readyz", http_method=["GET", "HEAD"])
    async def readyz() -> Reply:
        if not await exchange.ready():
            raise ServiceUnavailable
        return _status("ready")

    return [healthz, readyz]


def _status(word: str) -> Reply:
    return Reply(200, (JSON, NO_STORE), encode({"status": word}))
