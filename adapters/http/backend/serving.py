"""The backend: it carries out what the front asks for, until the front hangs up."""

import asyncio
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from time import monotonic
from typing import Final, cast

import uvloop

from adapters.http.backend.frames import Frames, frame
from adapters.http.backend.messages import Message, from_answer, to_call
from adapters.http.context import RequestContext
from adapters.http.exchange import Exchange
from adapters.http.failures import Failures
from adapters.http.reply import Answered
from core.errors import ServiceUnavailable
from core.use_cases.call import Call

WAITING_SECONDS: Final = 4.0
"""Less than SQLite waits for a lock: who gathered behind a group that waited in vain waits no more."""


def serve_front(
    connection: socket.socket,
    exchange: Exchange,
    failures: Failures,
    beside: AbstractAsyncContextManager[None],
) -> None:
    """Serve until the other end hangs up, or its process ends; `beside` is open meanwhile.

    Signals are the front's business: a terminal and a service manager send them to both.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    uvloop.run(serve_calls(connection, Answering(exchange, failures), beside))


async def serve_calls(
    connection: socket.socket, answering: "Answering", beside: AbstractAsyncContextManager[None]
) -> None:
    """The same inside an event loop that belongs to it alone."""
    connection.settimeout(0)
    async with beside:
        await asyncio.get_running_loop().create_unix_connection(lambda: answering, sock=connection)
        await answering.hung_up.wait()


class Answering(asyncio.Protocol):
    """Carries out together what arrived together, at once and in the loop: there is nothing else to do.

    Meanwhile the next calls gather in the socket. One that has waited there for more than 4 s is refused.
    """

    def __init__(self, exchange: Exchange, failures: Failures) -> None:
        self.hung_up = asyncio.Event()
        self._exchange = exchange
        self._failures = failures
        self._frames = Frames()
        self._asked: set[asyncio.Task[None]] = set()
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let answers be sent."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer all that is whole by now."""
        numbers: list[int] = []
        calls: list[Call] = []
        answers: list[tuple[int, Message]] = []
        oldest = monotonic() - WAITING_SECONDS
        for number, since, message in (one for asked in self._frames.read(data) for one in asked):
            if message is None:
                self._tell_readiness(number)
            elif since < oldest:
                answers.append((number, self._failed(to_call(message), ServiceUnavailable())))
            else:
                numbers.append(number)
                calls.append(to_call(message))
        if calls:
            answers.extend(zip(numbers, self._carry_out(calls), strict=True))
        if answers:
            self._transport.write(frame(answers))

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self.hung_up.set()

    def _carry_out(self, calls: Sequence[Call]) -> Iterator[Message]:
        for call, answered in zip(calls, self._exchange.together(calls), strict=True):
            yield from_answer(answered) if isinstance(answered, Answered) else self._failed(call, answered)

    def _failed(self, call: Call, error: BaseException) -> Message:
        context = RequestContext(call.request_id, call.received_at, call.method, call.path, {})
        reply = self._failures.reply(error, context)
        return from_answer(Answered(reply, None, None, context.error_code))

    def _tell_readiness(self, number: int) -> None:
        async def tell() -> None:
            self._transport.write(frame([(number, (await self._exchange.ready(),))]))

        task = asyncio.ensure_future(tell())
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)
