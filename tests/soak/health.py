"""/healthz and /readyz, asked all the time while the database comes and goes."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

import attrs

from tests.soak.faults import Fault, FaultKind
from tests.soak.figures import Figures
from tests.soak.wire import Wire

_EVERY = 0.03
_LONGEST_SECONDS = 15.0


@attrs.frozen
class Look:
    """One answer of a page; None where there was none."""

    path: str
    status: int | None
    seconds: float


async def watch_health(port: int, figures: Figures, ended: asyncio.Event) -> None:
    """Ask both pages until the end is told, then judge what they said."""
    looks: dict[str, list[Look]] = {}
    await asyncio.gather(*(_look(port, path, looks, ended) for path in ("/healthz", "/readyz")))
    for path, seen in looks.items():
        figures.counts[f"{path} asked"] += len(seen)
        figures.counts[f"{path} 503"] += sum(look.status == 503 for look in seen)
        figures.note(f"longest {path} s", max(look.seconds for look in seen))
    figures.faults += judge_health(looks["/healthz"], looks["/readyz"])


def judge_health(alive: Sequence[Look], ready: Sequence[Look]) -> Iterator[Fault]:
    """The process lives all the time; it is ready, or says that it is not, and is ready at the end."""
    for look in (*alive, *ready):
        if look.seconds > _LONGEST_SECONDS:
            yield Fault(FaultKind.LATE, f"{look.path} answered after {look.seconds:.1f} s")
    for look in alive:
        if look.status != 200:
            yield Fault(FaultKind.NOT_UP, f"{look.path} said {look.status}")
    for look in ready:
        if look.status not in (200, 503):
            yield Fault(FaultKind.NOT_UP, f"{look.path} said {look.status}")
    if all(look.status != 503 for look in ready):
        yield Fault(FaultKind.NOT_UP, "/readyz never said that the database is away")
    if ready[-1].status != 200:
        yield Fault(FaultKind.NOT_UP, "/readyz does not say that the database is back")


async def _look(port: int, path: str, looks: dict[str, list[Look]], ended: asyncio.Event) -> None:
    seen = looks.setdefault(path, [])
    while not ended.is_set() or not seen:
        with suppress(OSError):
            async with await Wire.open(port) as wire:
                await _look_on(wire, path, seen, ended)
        await asyncio.sleep(_EVERY)


async def _look_on(wire: Wire, path: str, seen: list[Look], ended: asyncio.Event) -> None:
    while not ended.is_set() or not seen:
        began = time.monotonic()
        answer = await wire.send("GET", path)
        seen.append(Look(path, None if answer is None else answer.status, time.monotonic() - began))
        if answer is None:
            return
        await asyncio.sleep(_EVERY)
