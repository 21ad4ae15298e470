"""Requests to a running server, and what it answered."""

import json
import time
import urllib.error
import urllib.request
from contextlib import suppress
from email.message import Message

import attrs

from tests.support.running_server import RunningServer, datamingle


@attrs.frozen
class Answer:
    """Status, document and headers."""

    status: int
    body: dict[str, object]
    headers: Message

    @property
    def code(self) -> object:
        """The refusal's code, or None."""
        error = self.body.get("error")
        return error["code"] if isinstance(error, dict) else None


def ask(
    server: RunningServer,
    path: str,
    key: str = "",
    body: object = None,
    timeout: float = 20,
    *,
    method: str | None = None,
    known: str | None = None,
) -> Answer:
    """One request on a connection of its own; `known` is the state that a change is to find."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    headers |= {} if known is None else {"If-Match": known}
    request = urllib.request.Request(f"{server.url}{path}", data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return Answer(answer.status, json.load(answer), answer.headers)
    except urllib.error.HTTPError as refused:
        with refused:
            return Answer(refused.code, json.load(refused), refused.headers)


def eventually(server: RunningServer, path: str, status: int) -> int | None:
    """The status of the page, once it is this one or too much time has passed."""
    ends, found = time.monotonic() + 20, None
    while found != status and time.monotonic() < ends:
        with suppress(OSError):
            found = ask(server, path, timeout=5).status
    return found


def made_key(database: str, name: str = "till") -> str:
    """The secret of a new key."""
    made = datamingle("keys", "create", name, "--json", database=database)
    secret: str = json.loads(made.stdout)["key"]
    return secret
