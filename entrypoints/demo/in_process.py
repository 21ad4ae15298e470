"""Calls an ASGI application without a server."""

import json
from collections.abc import Mapping

import attrs

from adapters.http.asgi_types import ASGIApp, HTTPReceiveMessage, HTTPScope, Message
from core.entities.json import Json


@attrs.frozen
class InProcess:
    """Sends requests straight into the application."""

    app: ASGIApp

    async def call(self, method: str, path: str, headers: Mapping[str, str], document: Json = None) -> int:
        """Send one request; the status of its answer."""
        body = b"" if document is None else json.dumps(document).encode()
        statuses: list[int] = []

        async def receive() -> HTTPReceiveMessage:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await self.app(_scope(method, path, headers, body), receive, send)
        return statuses[0]


def _scope(method: str, path: str, headers: Mapping[str, str], body: bytes) -> HTTPScope:
    raw_path, _, query = path.partition("?")
    sent = {**headers, "content-length": str(len(body))} if body else dict(headers)
    scope: dict[str, object] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": raw_path,
        "raw_path": raw_path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "extensions": {},
        "state": {},
    }
    return scope  # type: ignore[return-value]  # Litestar adds the rest as it routes
