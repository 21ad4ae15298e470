"""How many calls of one key are under way at once: further ones wait for their turn."""

from asyncio import CancelledError, Future, get_running_loop
from collections import deque

import attrs


@attrs.define
class _Lane:
    taken: int = 0
    waiting: deque[Future[None]] = attrs.field(factory=deque)


class InFlight:
    """Places per key; a key without calls costs nothing."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._lanes: dict[str, _Lane] = {}

    def __len__(self) -> int:
        return len(self._lanes)

    def place(self, key: str | None) -> "_Place":
        """One place, held inside `async with`; without a key there is nothing to count."""
        return _Place(self, key)

    async def enter(self, key: str) -> None:
        """Take a place, at once or when it is this call's turn; `leave` gives it back."""
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane()
        if lane.taken < self._places:
            lane.taken += 1
        else:
            await self._wait(key, lane)

    def leave(self, key: str) -> None:
        """Hand the place to the call that waited longest, or free it."""
        lane = self._lanes[key]
        while lane.waiting:
            turn = lane.waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        lane.taken -= 1
        if not lane.taken:
            del self._lanes[key]

    async def _wait(self, key: str, lane: _Lane) -> None:
        turn: Future[None] = get_running_loop().create_future()
        lane.waiting.append(turn)
        try:
            await turn
        except CancelledError:
            if not turn.cancelled():
                self.leave(key)
            raise


@attrs.frozen
class _Place:
    in_flight: InFlight
    key: str | None

    async def __aenter__(self) -> None:
        if self.key is not None:
            await self.in_flight.enter(self.key)

    async def __aexit__(self, *_: object) -> None:
        if self.key is not None:
            self.in_flight.leave(self.key)
