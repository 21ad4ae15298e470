"""How many calls of one key are under way at once: further ones wait for their turn."""

from asyncio import CancelledError, Future, get_running_loop, timeout
from collections import deque
from typing import Final

from core.errors import ServiceUnavailable

WAITING_SECONDS: Final = 30.0


class InFlight:
    """Places per key, and others for all calls without one; a key without calls costs nothing."""

    def __init__(self, places: int, without_key: int, seconds: float = WAITING_SECONDS) -> None:
        self._places = places
        self._without_key = without_key
        self._seconds = seconds
        self._taken: dict[str, int] = {}
        self._waiting: dict[str, deque[Future[None]]] = {}

    def __len__(self) -> int:
        return len(self._taken) + len(self._waiting)

    def place(self, key: str | None) -> "_Place":
        """One place, held inside `async with`."""
        return _Place(self, key or "")

    def take(self, key: str) -> bool:
        """Take a place if one is free."""
        taken = self._taken.get(key, 0)
        if taken >= (self._places if key else self._without_key):
            return False
        self._taken[key] = taken + 1
        return True

    async def wait(self, key: str) -> None:
        """Wait until somebody leaves a place to this call; ServiceUnavailable after 30 s."""
        turn: Future[None] = get_running_loop().create_future()
        self._waiting.setdefault(key, deque()).append(turn)
        try:
            async with timeout(self._seconds):
                await self._take_turn(key, turn)
        except TimeoutError as error:
            raise ServiceUnavailable from error

    async def _take_turn(self, key: str, turn: Future[None]) -> None:
        try:
            await turn
        except CancelledError:
            if not turn.cancelled():
                self.leave(key)
            raise

    def leave(self, key: str) -> None:
        """Hand the place to the call that waited longest, or free it."""
        turn = self._next_turn(key)
        if turn is not None:
            turn.set_result(None)
        elif self._taken[key] > 1:
            self._taken[key] -= 1
        else:
            del self._taken[key]

    def _next_turn(self, key: str) -> Future[None] | None:
        """Who waited longest; a call that was cancelled waits no more."""
        waiting = self._waiting.get(key)
        while waiting:
            turn = waiting.popleft()
            if not turn.done():
                return turn
        self._waiting.pop(key, None)
        return None


class _Place:
    __slots__ = ("_in_flight", "_key")

    def __init__(self, in_flight: InFlight, key: str) -> None:
        self._in_flight = in_flight
        self._key = key

    async def __aenter__(self) -> None:
        if not self._in_flight.take(self._key):
            await self._in_flight.wait(self._key)

    async def __aexit__(self, *_: object) -> None:
        self._in_flight.leave(self._key)
