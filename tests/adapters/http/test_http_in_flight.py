"""At most so many calls of one key at once; further ones wait."""

import asyncio

import pytest

from adapters.http.address import API
from adapters.http.in_flight import InFlight
from core.errors import ServiceUnavailable
from tests.adapters.http.speaking import Site


async def _occupied(
    in_flight: InFlight, key: str | None, places: int
) -> tuple[list[asyncio.Task[None]], asyncio.Event]:
    """Tasks that hold a place each until the event, one more than there are places."""
    release = asyncio.Event()

    async def hold() -> None:
        async with in_flight.place(key):
            await release.wait()

    tasks = [asyncio.create_task(hold()) for _ in range(places + 1)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks, release


async def _entered(in_flight: InFlight, key: str | None) -> bool:
    """Whether a place is free right now."""
    try:
        async with asyncio.timeout(0.01), in_flight.place(key):
            return True
    except TimeoutError:
        return False


def test_further_calls_of_a_key_wait_for_their_turn() -> None:
    async def scenario() -> list[bool]:
        in_flight = InFlight(2, 1)
        tasks, release = await _occupied(in_flight, "a", 2)
        full = await _entered(in_flight, "a")
        release.set()
        await asyncio.gather(*tasks)
        return [full, await _entered(in_flight, "a"), len(in_flight) == 0]

    assert asyncio.run(scenario()) == [False, True, True]


@pytest.mark.parametrize(("occupied", "others"), [("a", ["b", None]), (None, ["a", "b"])])
def test_keys_do_not_wait_for_each_other_nor_for_calls_without_one(
    occupied: str | None, others: list[str | None]
) -> None:
    async def scenario() -> list[bool]:
        in_flight = InFlight(1, 1)
        tasks, release = await _occupied(in_flight, occupied, 1)
        free = [await _entered(in_flight, other) for other in others]
        release.set()
        await asyncio.gather(*tasks)
        return free

    assert asyncio.run(scenario()) == [True, True]


def test_calls_without_a_key_share_their_places() -> None:
    async def scenario() -> list[bool]:
        in_flight = InFlight(9, 2)
        tasks, release = await _occupied(in_flight, None, 2)
        full = await _entered(in_flight, None)
        release.set()
        await asyncio.gather(*tasks)
        return [full, await _entered(in_flight, None), len(in_flight) == 0]

    assert asyncio.run(scenario()) == [False, True, True]


def test_a_call_that_waits_too_long_is_refused_and_gives_its_turn_back() -> None:
    async def scenario() -> list[bool]:
        in_flight = InFlight(1, 1, seconds=0.05)
        tasks, release = await _occupied(in_flight, "a", 0)
        with pytest.raises(ServiceUnavailable):
            async with in_flight.place("a"):
                pass
        release.set()
        await asyncio.gather(*tasks)
        return [await _entered(in_flight, "a"), len(in_flight) == 0]

    assert asyncio.run(scenario()) == [True, True]


def test_the_longest_waiting_call_is_next() -> None:
    order: list[int] = []

    async def scenario() -> None:
        in_flight = InFlight(1, 1)

        async def call(number: int) -> None:
            async with in_flight.place("a"):
                order.append(number)
                await asyncio.sleep(0)

        await asyncio.gather(*(call(number) for number in range(5)))

    asyncio.run(scenario())

    assert order == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("cancelled", [0, 1, 2])
def test_a_cancelled_call_gives_its_place_or_its_turn_back(cancelled: int) -> None:
    async def scenario() -> list[bool]:
        in_flight = InFlight(2, 1)
        tasks, release = await _occupied(in_flight, "a", 2)
        tasks[cancelled].cancel()
        await asyncio.gather(*tasks[cancelled : cancelled + 1], return_exceptions=True)
        release.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        return [await _entered(in_flight, "a"), len(in_flight) == 0]

    assert asyncio.run(scenario()) == [True, True]


def test_a_call_cancelled_just_when_its_turn_came_passes_it_on() -> None:
    async def scenario() -> list[bool]:
        in_flight = InFlight(1, 1)
        assert in_flight.take("a")
        waiting = [asyncio.create_task(in_flight.wait("a")) for _ in range(2)]
        await asyncio.sleep(0)
        in_flight.leave("a")
        waiting[0].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        passed_on = waiting[1].done() and not waiting[1].cancelled()
        in_flight.leave("a")
        return [waiting[0].cancelled(), passed_on, len(in_flight) == 0]

    assert asyncio.run(scenario()) == [True, True, True]


def test_a_flood_of_one_key_is_answered_whole(site: Site) -> None:
    async def flood() -> list[int]:
        answers = await asyncio.gather(*(site.exchange("GET", f"{API}/orders/") for _ in range(200)))
        return [answer.status for answer in answers]

    assert site.runner.run(flood()) == [200] * 200


def test_a_place_is_not_left_to_a_call_that_was_just_cancelled() -> None:
    async def scenario() -> list[bool]:
        in_flight = InFlight(1, 1)
        assert in_flight.take("a")
        waiting = [asyncio.create_task(in_flight.wait("a")) for _ in range(2)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        in_flight.leave("a")
        await asyncio.gather(*waiting, return_exceptions=True)
        in_flight.leave("a")
        return [waiting[0].cancelled(), waiting[1].done() and not waiting[1].cancelled(), len(in_flight) == 0]

    assert asyncio.run(scenario()) == [True, True, True]
