import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any, TypeVar

import attrs
import pytest
import structlog
import uvloop
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import LogCapture

from adapters.http.backend import link, remote, serving
from adapters.http.backend.frames import Frames, frame
from adapters.http.backend.messages import from_answer, from_call, to_answer, to_call
from adapters.http.backend.remote import Backend
from adapters.http.backend.serving import Answering, serve_calls
from adapters.http.exchange import Exchange
from adapters.http.failures import Failures
from adapters.http.if_match import read_if_match
from adapters.http.reply import JSON, Answered, Reply
from adapters.memory.transactions import MemoryTransactions
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from core.entities.resource import Action, Resource
from core.errors import (
    PayloadTooLarge,
    Problem,
    Refusal,
    RequestTimeout,
    ServiceUnavailable,
    UnsupportedMediaType,
    ValidationFailed,
)
from core.use_cases.call import NO_BODY, Answer, Call, NoBody
from tests.adapters.http.speaking import KNOWN_SECRET, ScriptedCore
from tests.support.clock import START
from tests.support.waiting import wait_until

T = TypeVar("T")


def a_call(number: int = 1, **changes: Any) -> Call:
    call = Call(Resource.ORDERS, Action.READ, f"r{number}", START, "GET", "/", KNOWN_SECRET, f"PO-{number}")
    return attrs.evolve(call, **changes)


@attrs.define
class InThread:
    """Stands in for the process: the backend in a thread with an event loop of its own."""

    answering: Answering
    connection: socket.socket
    exitcode: int | None = None
    killed: bool = False
    thread: threading.Thread = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.connection = self.connection.dup()
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def join(self, timeout: float | None = None) -> None:
        self.thread.join(timeout)

    def kill(self) -> None:
        """A process that is killed hangs up."""
        self.killed = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        uvloop.run(serve_calls(self.connection, self.answering, _nothing()))
        self.exitcode = 0


@asynccontextmanager
async def _nothing() -> AsyncIterator[None]:
    yield


@attrs.define
class World:
    """A backend, how it is seen from the front, and what its core does."""

    core: ScriptedCore = attrs.field(factory=ScriptedCore)
    log: LogCapture = attrs.field(factory=LogCapture)
    groups: list[int] = attrs.field(factory=list)
    started: list[InThread] = attrs.field(factory=list)
    backend: Backend = attrs.field(init=False)
    storage: MemoryTransactions = attrs.field(factory=lambda: MemoryTransactions(SystemClock(), SystemIds()))

    def __attrs_post_init__(self) -> None:
        logger = structlog.wrap_logger(None, processors=[self.log])
        exchange = Counting(self.storage, self.core, logger, groups=self.groups)

        def start(connection: socket.socket) -> InThread:
            self.started.append(InThread(Answering(exchange, Failures(logger)), connection))
            return self.started[-1]

        self.backend = Backend(start, logger)

    def run(self, use: Callable[[Backend], Awaitable[T]]) -> T:
        """Use the backend while it runs."""

        async def run() -> T:
            async with self.backend.running(None):
                return await use(self.backend)

        return asyncio.run(run())

    def events(self) -> list[str]:
        """What was logged."""
        return [entry["event"] for entry in self.log.entries]


@attrs.frozen
class Counting(Exchange):
    """Tells how many calls came together."""

    groups: list[int] = attrs.field(kw_only=True)

    def together(self, calls: Sequence[Call]) -> Iterable[Answered | BaseException]:
        self.groups.append(len(calls))
        return super().together(calls)


@pytest.fixture
def world() -> World:
    return World()


@given(messages=st.lists(st.lists(st.binary(max_size=300)), max_size=5), cuts=st.lists(st.integers(0, 2000)))
def test_messages_arrive_whole_however_their_bytes_are_cut(
    messages: list[list[bytes]], cuts: list[int]
) -> None:
    sent = b"".join(map(frame, messages))
    frames = Frames()
    edges = sorted({0, len(sent), *(cut for cut in cuts if cut < len(sent))})

    assert [message for a, b in pairwise(edges) for message in frames.read(sent[a:b])] == messages


REFUSALS = [
    ValidationFailed("no", [Problem(("a", 0), "INVALID", "must be", "A[0]", "/A/0", 2)]),
    PayloadTooLarge("too large"),
    UnsupportedMediaType("not JSON"),
    RequestTimeout("too slow"),
    ServiceUnavailable(),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_what_the_front_refuses_travels_with_its_call(refusal: Refusal) -> None:
    (message,) = Frames().read(frame(from_call(a_call(refusal=refusal))))

    sent = to_call(message).refusal

    assert sent is not None
    assert (type(sent), vars(sent)) == (type(refusal), vars(refusal))


def test_a_call_travels_whole() -> None:
    condition, _ = read_if_match([(b"if-match", b'"x"')])
    call = a_call(
        query={"limit": "5"},
        document={"big": 2**63, "text": "\N{GRINNING FACE}", "list": [None, 1.5, True]},
        raw=b"{}",
        replace=True,
        strict=True,
        condition=condition,
        idempotency_key="k",
    )

    (message,) = Frames().read(frame(from_call(call)))

    assert to_call(message) == call


def test_a_call_without_a_body_travels_without_one() -> None:
    (message,) = Frames().read(frame(from_call(a_call(document=NO_BODY))))

    assert isinstance(to_call(message).document, NoBody)


def test_an_answer_travels_whole() -> None:
    answered = Answered(Reply(201, (JSON, (b"etag", b'"x"')), b"{}"), "shop", "acme", None)

    (message,) = Frames().read(frame(from_answer(answered)))

    assert to_answer(message) == answered


def test_the_backend_answers_what_the_core_does(world: World) -> None:
    world.core.result = lambda call: Answer({"order_number": call.identifier})

    answered = world.run(lambda backend: backend(a_call(7)))

    assert (answered.reply.status, answered.api_key, answered.partner) == (200, "warehouse", "acme")
    assert answered.reply.body == b'{"success":true,"data":{"order_number":"PO-7"}}'


def test_what_is_asked_in_one_turn_is_one_group_and_each_gets_its_own_answer(world: World) -> None:
    world.core.result = lambda call: Answer({"order_number": call.identifier})

    async def ask_all(backend: Backend) -> list[bytes]:
        return [one.reply.body for one in await asyncio.gather(*(backend(a_call(n)) for n in range(40)))]

    bodies = world.run(ask_all)

    assert bodies == [b'{"success":true,"data":{"order_number":"PO-%d"}}' % n for n in range(40)]
    assert world.groups == [40]


def test_a_fault_in_the_backend_is_an_answer_and_a_line_of_the_log(world: World) -> None:
    def result(call: Call) -> Answer | Exception:
        return ZeroDivisionError("bug") if call.identifier == "PO-2" else Answer({})

    world.core.result = result

    async def ask_all(backend: Backend) -> list[tuple[int, str | None]]:
        answers = await asyncio.gather(*(backend(a_call(n)) for n in (1, 2, 3)))
        return [(one.reply.status, one.error_code) for one in answers]

    assert world.run(ask_all) == [(200, None), (500, "INTERNAL_ERROR"), (200, None)]
    assert world.events() == ["fault"]


def test_a_call_that_waited_too_long_is_not_carried_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "WAITING_SECONDS", -1.0)

    answered = world.run(lambda backend: backend(a_call()))

    assert (answered.reply.status, answered.error_code) == (503, "SERVICE_UNAVAILABLE")
    assert world.core.calls == []


def test_too_many_that_wait_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "MOST_WAITING", 3)

    async def flood(backend: Backend) -> list[type]:
        return [
            type(one)
            for one in await asyncio.gather(*(backend(a_call(n)) for n in range(5)), return_exceptions=True)
        ]

    assert world.run(flood) == [Answered] * 3 + [ServiceUnavailable] * 2


def test_an_answer_nobody_waits_for_any_more_disturbs_nobody(world: World) -> None:
    async def leave(backend: Backend) -> Answered:
        leaving = asyncio.ensure_future(backend(a_call(1)))
        await asyncio.sleep(0)
        leaving.cancel()
        return await backend(a_call(2))

    assert world.run(leave).reply.status == 200


def test_a_backend_that_ends_is_replaced_and_its_callers_are_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_RESTART_SECONDS", 0.0)
    entered, leave = threading.Event(), threading.Event()

    def hold(call: Call) -> Answer:
        entered.set()
        leave.wait(10)
        return Answer({})

    async def kill(backend: Backend) -> Answered:
        world.core.result = hold
        held = asyncio.ensure_future(backend(a_call(1)))
        await asyncio.to_thread(entered.wait, 10)
        world.started[0].kill()
        with pytest.raises(ServiceUnavailable):
            await held
        assert not await backend.ready()
        with pytest.raises(ServiceUnavailable):
            await backend(a_call(2))
        leave.set()
        world.core.result = lambda call: Answer({})
        while not await backend.ready():
            await asyncio.sleep(0.01)
        return await backend(a_call(3))

    assert world.run(kill).reply.status == 200
    assert len(world.started) == 2
    assert "backend_replaced" in world.events()


def test_a_backend_that_answers_nothing_is_killed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_STUCK_SECONDS", 0.05)
    leave = threading.Event()

    def hang(call: Call) -> Answer:
        leave.wait(10)
        return Answer({})

    async def wait(backend: Backend) -> None:
        world.core.result = hang
        with pytest.raises(ServiceUnavailable):
            await backend(a_call())
        leave.set()

    world.run(wait)

    assert world.started[0].killed
    assert "backend_stuck" in world.events()


def test_a_machine_without_room_for_a_process_is_asked_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_RESTART_SECONDS", 0.0)
    failures = iter([OSError("no memory")])
    start = world.backend._start

    def start_or_fail(connection: socket.socket) -> remote.Process:
        failure = next(failures, None) if world.started else None
        if failure is not None:
            raise failure
        return start(connection)

    monkeypatch.setattr(world.backend, "_start", start_or_fail)

    async def kill(backend: Backend) -> bool:
        world.started[0].kill()
        while "backend_not_started" not in world.events() or not await backend.ready():
            await asyncio.sleep(0.01)
        return True

    assert world.run(kill)


def test_it_is_not_ready_when_the_storage_is_not(world: World) -> None:
    world.storage.close()

    assert world.run(lambda backend: backend.ready()) is False


def test_it_ends_with_the_front(world: World) -> None:
    world.run(lambda backend: backend.ready())

    wait_until(lambda: not world.started[0].thread.is_alive())
