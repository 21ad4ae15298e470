"""The HTTP application as tests speak to it, over a core that does as it is told."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import attrs
import structlog
from structlog.testing import LogCapture

from adapters.http.app import create_app
from adapters.http.exchange import Exchange
from adapters.memory.transactions import MemoryTransactions
from core.entities.api_key import ApiKey
from core.entities.changelog import ChangeGroup, ChangelogEntry
from core.entities.cursor import CursorSigner
from core.entities.integration_log import KeyActivity, LogEntry, LogFilter
from core.errors import ApiKeyRequired, InvalidApiKey, Refusal
from core.ports.catalog import ChangelogCatalog
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.call import Answer, Call, Outcome, Trail
from core.use_cases.integration_call import IntegrationCalls

KNOWN_SECRET = "sk_live_known"
KEY = ApiKey("1", "warehouse", "hash", ("integrations.*",), datetime(2026, 4, 1, tzinfo=UTC), partner="acme")
API = "/api/integrations/v1"
Result = Answer | Refusal | Exception


class FixedChangelog(ChangelogCatalog):
    """A few entries."""

    def entries(self) -> Sequence[ChangelogEntry]:
        """Newest first."""
        return ENTRIES


ENTRIES = (
    ChangelogEntry(
        "2026-04-17-fix",
        datetime(2026, 4, 17).date(),
        ChangeGroup.FIXED,
        "A <fix>",
        "It `is`\n\nfixed & done.",
    ),
    ChangelogEntry("2026-04-17-add", datetime(2026, 4, 17).date(), ChangeGroup.ADDED, "An addition", "More."),
    ChangelogEntry("2026-04-01-old", datetime(2026, 4, 1).date(), ChangeGroup.AUDIT, "The log", "Logged."),
)


@attrs.define
class ScriptedCore:
    """Knows one key, keeps the calls it gets, and answers what the test says."""

    result: Callable[[Call], Result] = lambda call: Answer({"ok": True})
    calls: list[Call] = attrs.field(factory=list)
    alerts: list[str] = attrs.field(factory=list)
    fault: Exception | None = None
    trail: Callable[[Trail], None] = lambda trail: None

    def __call__(self, work: UnitOfWork, call: Call) -> Outcome:
        """Judge the key, then the call's own refusal, then do as told."""
        self.calls.append(call)
        trail = Trail(alerts=list(self.alerts))
        if call.secret is None:
            return Outcome(ApiKeyRequired(), trail)
        if call.secret != KNOWN_SECRET:
            return Outcome(InvalidApiKey(), trail)
        trail.key = KEY
        self.trail(trail)
        result = call.refusal or self.result(call)
        if isinstance(result, Exception) and not isinstance(result, Refusal):
            raise result
        if isinstance(result, Refusal):
            result.message = result.message or "; ".join(problem.message for problem in result.problems)
        return Outcome(result, trail, self.fault)


@attrs.frozen
class Response:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a failure."""
        code: str = self.json["error"]["code"]
        return code


@attrs.define
class Site:
    """The application, spoken to in ASGI, so that a path travels byte for byte."""

    app: Any
    core: ScriptedCore
    transactions: MemoryTransactions
    log: LogCapture
    runner: asyncio.Runner
    changelog: ChangelogCatalog = attrs.field(factory=FixedChangelog)

    def send(
        self,
        method: str,
        target: str | bytes,
        body: bytes | Sequence[bytes] | None = None,
        *,
        key: str | None = KNOWN_SECRET,
        headers: Mapping[str, str] = {},
    ) -> Response:
        """Send a request; a body in chunks has no Content-Length."""
        return self.runner.run(self.exchange(method, target, body, key=key, headers=headers))

    async def exchange(
        self,
        method: str,
        target: str | bytes,
        body: bytes | Sequence[bytes] | None = None,
        *,
        key: str | None = KNOWN_SECRET,
        headers: Mapping[str, str] = {},
    ) -> Response:
        """The same inside a loop."""
        raw = target if isinstance(target, bytes) else target.encode()
        path, _, query = raw.partition(b"?")
        sent = {"host": "test"} | {name.lower(): value for name, value in headers.items()}
        if key is not None:
            sent["x-api-key"] = key
        if isinstance(body, bytes):
            sent.setdefault("content-length", str(len(body)))
        chunks = [body or b""] if body is None or isinstance(body, bytes) else list(body)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path.decode("latin-1"),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
        }
        messages: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if not chunks:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

        async def send(message: dict[str, Any]) -> None:
            messages.append(message)

        await self.app(scope, receive, send)
        start, *rest = messages
        found = {name.decode(): value.decode() for name, value in start["headers"]}
        return Response(start["status"], found, b"".join(message["body"] for message in rest))

    def entries(self) -> list[LogEntry]:
        """The integration log, whole, newest first."""

        def read(work: UnitOfWork) -> list[LogEntry]:
            found = [work.log.get(entry.id) for entry in work.log.recent(LogFilter(), 1000)]
            return [entry for entry in found if entry is not None]

        return self.transactions.run(read)

    def activity(self) -> list[KeyActivity]:
        """The key activity, newest first."""
        return self.transactions.run(lambda work: list(work.key_activity.recent(1000)))

    def events(self, event: str) -> list[dict[str, Any]]:
        """What was logged under this name."""
        return [
            {name: value for name, value in entry.items() if name not in ("event", "log_level")}
            for entry in self.log.entries
            if entry["event"] == event
        ]


def real_site(transactions: Transactions, clock: Clock, ids: IdSource, runner: asyncio.Runner) -> Site:
    """The application over the real core; its scripted one is never asked."""
    log = LogCapture()
    logger = structlog.wrap_logger(None, processors=[log])
    app = create_app(
        exchange=Exchange(transactions, IntegrationCalls(CursorSigner(b"secret")), logger),
        clock=clock,
        ids=ids,
        changelog=FixedChangelog(),
        logger=logger,
    )
    return Site(app, ScriptedCore(), transactions, log, runner)
