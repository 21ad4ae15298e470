"""The watch over the connections of a process: one timer for all of them costs a request nothing."""

import asyncio
from heapq import nsmallest
from math import inf
from typing import Final, Protocol

import attrs

from adapters.http.connection_limits import ConnectionLimits

LOOK_SECONDS: Final = 0.25
_ENDED_AT_ONCE: Final = 64


class Watched(Protocol):
    """A connection; `deadline` (of the event loop's clock) is infinite while its client waits for us."""

    deadline: float

    def give_up(self, now: float) -> None:
        """Its time is up."""

    def abort(self) -> None:
        """End it at once."""


@attrs.define(eq=False)
class Watch:
    """Looks every quarter of a second for connections whose time is up, and makes room for new ones."""

    limits: ConnectionLimits
    _connections: set[Watched] = attrs.field(factory=set, init=False)
    _looking: bool = attrs.field(default=False, init=False)

    def __len__(self) -> int:
        return len(self._connections)

    def admit(self, connection: Watched, loop: asyncio.AbstractEventLoop) -> bool:
        """Watch a new connection; False if there is no room and every client waits for us."""
        if len(self._connections) >= self.limits.connections and not self._make_room():
            return False
        self._connections.add(connection)
        if not self._looking:
            self._look_later(loop)
        return True

    def leave(self, connection: Watched) -> None:
        """Watch it no more."""
        self._connections.discard(connection)

    def _look_later(self, loop: asyncio.AbstractEventLoop) -> None:
        self._looking = True
        loop.call_later(LOOK_SECONDS, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._looking = False
        if self._connections:
            self._look_later(loop)
        now = loop.time()
        for connection in [one for one in self._connections if one.deadline <= now]:
            connection.give_up(now)

    def _make_room(self) -> bool:
        """End those whose time would be up first: half-open ones before idle ones, the oldest first.

        Several at once, since in a flood finding them costs more than ending them.
        """
        waited_for = [one for one in self._connections if one.deadline < inf]
        several = max(1, min(_ENDED_AT_ONCE, self.limits.connections // 16))
        for connection in nsmallest(several, waited_for, key=lambda one: one.deadline):
            self.leave(connection)
            connection.abort()
        return bool(waited_for)
