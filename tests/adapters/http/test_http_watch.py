"""The watch over connections: whose time is up is told, and whose would be up first makes room."""

import asyncio
from math import inf

import attrs

from adapters.http.connection_limits import ConnectionLimits
from adapters.http.watch import Watch


@attrs.define(eq=False)
class Connection:
    """Notes what is done to it."""

    deadline: float = inf
    given_up: int = 0
    aborted: bool = False

    def give_up(self, now: float) -> None:
        """Its time is up; it goes on."""
        self.given_up += 1
        self.deadline = inf

    def abort(self) -> None:
        """It is ended."""
        self.aborted = True


def watch_of(limits: ConnectionLimits, loop: asyncio.AbstractEventLoop, *connections: Connection) -> Watch:
    """A watch over these."""
    watch = Watch(limits)
    for connection in connections:
        assert watch.admit(connection, loop)
    return watch


def test_only_whose_time_is_up_is_given_up_once() -> None:
    async def scenario() -> list[int]:
        loop = asyncio.get_running_loop()
        connections = [Connection(loop.time() - 1), Connection(loop.time() + 60), Connection()]
        watch_of(ConnectionLimits(), loop, *connections)
        await asyncio.sleep(0.7)
        return [connection.given_up for connection in connections]

    assert asyncio.run(scenario()) == [1, 0, 0]


def test_without_connections_nobody_looks_and_the_next_one_is_watched() -> None:
    async def scenario() -> int:
        loop = asyncio.get_running_loop()
        first, second = Connection(), Connection(0.0)
        watch = watch_of(ConnectionLimits(), loop, first)
        watch.leave(first)
        await asyncio.sleep(0.6)
        watch.admit(second, loop)
        await asyncio.sleep(0.4)
        return second.given_up

    assert asyncio.run(scenario()) == 1


def test_when_all_clients_wait_for_us_there_is_no_room() -> None:
    async def scenario() -> tuple[bool, list[bool], int]:
        loop = asyncio.get_running_loop()
        connections = [Connection(), Connection()]
        watch = watch_of(ConnectionLimits(connections=2), loop, *connections)
        admitted = watch.admit(Connection(), loop)
        return admitted, [connection.aborted for connection in connections], len(watch)

    assert asyncio.run(scenario()) == (False, [False, False], 2)


def test_whose_time_would_be_up_first_makes_room() -> None:
    async def scenario() -> tuple[bool, list[bool], int]:
        loop = asyncio.get_running_loop()
        connections = [Connection(1e9 + number) for number in range(39)] + [Connection()]
        watch = watch_of(ConnectionLimits(connections=40), loop, *connections)
        admitted = watch.admit(Connection(), loop)
        return admitted, [connection.aborted for connection in connections], len(watch)

    admitted, aborted, left = asyncio.run(scenario())

    assert admitted
    assert aborted == [True] * 2 + [False] * 38
    assert left == 39
