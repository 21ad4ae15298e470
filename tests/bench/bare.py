"""What the figures are held against: the same bodies from routes that do nothing else, on the same server.

`python -m tests.bench.bare PORT FOLDER` serves the bodies in the folder as Litestar routes, and at `/asgi/`
without a framework, which tells how much the load generator itself can take.
"""

import json
import sys
from pathlib import Path

import attrs
import uvicorn
from litestar import Litestar, get, post
from litestar.types import ASGIApp, Receive, Scope, Send

READ, LIST, CREATE = "read.json", "list.json", "create.json"


def build(folder: Path) -> Litestar:
    """Three routes that answer with the documents in the folder, as anyone would write them."""
    order, orders, created = (json.loads((folder / name).read_bytes()) for name in (READ, LIST, CREATE))

    @get("/orders/{number:str}")
    async def read_order(number: str) -> dict[str, object]:
        return order

    @get("/orders")
    async def list_orders() -> dict[str, object]:
        return orders

    @post("/orders")
    async def create_order(data: dict[str, object]) -> dict[str, object]:
        assert data["items"]
        return created

    return Litestar([read_order, list_orders, create_order], openapi_config=None)


@attrs.frozen
class WithoutFramework:
    """Answers `/asgi/` by itself and leaves the rest to the application."""

    app: ASGIApp
    body: bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/asgi/"):
            await self.app(scope, receive, send)
            return
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    app = WithoutFramework(build(folder), (folder / READ).read_bytes())
    uvicorn.run(
        app,
        port=port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        server_header=False,
    )


if __name__ == "__main__":
    main()
