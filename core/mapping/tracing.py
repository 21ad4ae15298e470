"""Writes what one run does into its trace."""

from collections.abc import Iterator
from typing import NamedTuple

from core.mapping.members import AsPairs, PairsRead, RestRead
from core.mapping.model import ABSENT, Absent, Json, Lookup, Place
from core.mapping.passing import Passing
from core.mapping.paths import SAME, Keyed, Step, Steps
from core.mapping.plan import Fixed, Transfer
from core.mapping.reads import PlaceRead, Read
from core.mapping.rules import Names, Rule
from core.mapping.standing import CLEARED, Located, Standing, Troubled
from core.mapping.targets import rest_of
from core.mapping.trace import How, Trace
from core.mapping.wrappers import BARE, find_keyed


def trace_transfer(
    trace: Trace,
    transfer: Transfer,
    standing: Standing,
    made: dict[str, Json],
    value: Json,
    lookup: Lookup | None,
    *,
    kept: bool,
    partial: bool,
) -> None:
    """Note a value that a rule wrote, at each place where it stands now."""
    standing = standing.uncounted()
    read = transfer.read_by(standing, lookup, cleared=partial)
    steps = transfer.target_steps if rest_of(transfer.target) is None else transfer.target_steps[:-1]
    places = _places(made, steps, transfer.rule) if kept else [_plain(steps)]
    for leaf in _leaves(transfer, read, standing, value, lookup):
        if leaf.target is None and leaf.source is not None:
            trace.blocked.append(leaf.source)
        if leaf.target is None:
            continue
        how: How = "dropped" if not kept else "default" if read is None else _how(leaf.raw, leaf.value)
        for place in places:
            target = (*standing.target, *place, *leaf.target)
            trace.add(target, transfer.rule.id, leaf.source, how, leaf.value, leaf.raw)


class _Leaf(NamedTuple):
    """A part of what a rule wrote, by its place in there; without one it could not be written."""

    target: Place | None
    source: Located | None
    raw: Json | Absent
    value: Json


def _leaves(
    transfer: Transfer, read: Read | None, standing: Standing, value: Json, lookup: Lookup | None
) -> Iterator[_Leaf]:
    """What was written: one value, or the members of an object or their pairs, each with its own source."""
    rest = rest_of(transfer.target)
    match read, value:
        case RestRead() | PairsRead(), dict():
            sources = _sources(read, standing, lookup, cleared=True)
            for name, member in value.items():
                is_free = rest is None or rest.is_free(name)
                yield _Leaf((name,) if is_free else None, *sources[name], member)
        case None, dict() if rest is not None:
            for name, member in value.items():
                yield _Leaf((name,) if rest.is_free(name) else None, None, ABSENT, member)
        case AsPairs(rest=members), list():
            sources = _sources(members, standing, lookup, cleared=False)
            for number, (source, pair) in enumerate(zip(sources.values(), value, strict=True)):
                yield _Leaf((number,), *source, pair)
        case _:
            located = None if read is None else read.located(standing)
            yield _Leaf((), located, _raw(read, standing), value)


def _sources(
    read: RestRead | PairsRead, standing: Standing, lookup: Lookup | None, *, cleared: bool
) -> dict[str, tuple[Located, Json | Absent]]:
    """Where the value of each name is read, and what stands there.

    The first that is a value counts; if none is, the first that is empty, if that counts.
    """
    found: dict[str, tuple[Located, Json | Absent]] = {}
    empty: dict[str, tuple[Located, Json | Absent]] = {}
    for name, inner in read.members_of(standing):
        value = read.value.fetch(inner, lookup)
        if value is not ABSENT:
            kind = empty if value is CLEARED else found
            kind.setdefault(name, (read.value.located(inner), _raw(read.value, inner)))
    return {**empty, **found} if cleared else found


def trace_fixed(trace: Trace, fixed: Fixed, standing: Standing, made: dict[str, Json]) -> None:
    """Note a fixed value, at each place where it stands now."""
    for place in _places(made, fixed.target_steps, fixed.rule):
        trace.add((*standing.target, *place), fixed.rule.id, None, "const", fixed.value)


def trace_passed(trace: Trace, passing: Passing, standing: Standing) -> None:
    """Note what passed without a rule, and what could not."""
    if not isinstance(standing.value, dict):
        return
    for leftover in passing.leftovers(standing.value):
        source = Located(standing.base, (*standing.place, *leftover.source))
        if leftover.target is None:
            trace.blocked.append(source)
        else:
            target = (*standing.target, *leftover.target)
            trace.add(target, None, source, "passed", leftover.value, leftover.value)


def _raw(read: Read | None, standing: Standing) -> Json | Absent:
    if not isinstance(read, PlaceRead):
        return ABSENT
    try:
        value = read.source.read(standing)
    except Troubled:
        return ABSENT
    return ABSENT if value is CLEARED else value


def _how(raw: Json | Absent, value: Json) -> How:
    return "copied" if raw is value or (type(raw) is type(value) and raw == value) else "converted"


def _plain(steps: Steps) -> Place:
    return tuple(0 if step is SAME else step for step in steps if isinstance(step, str | int) or step is SAME)


def _places(made: Json, steps: Steps, rule: Rule) -> list[Place]:
    """The places where the steps lead in what was made, one for each element under `[=]`."""
    wraps = rule.places[0].wraps if rule.places else BARE
    found: list[tuple[Place, Json]] = [((), made)]
    for step in steps:
        found = [further for place, value in found for further in _next(place, value, step, wraps)]
    return [place for place, _ in found]


def _next(place: Place, value: Json, step: Step, wraps: tuple[Names, ...]) -> list[tuple[Place, Json]]:
    if isinstance(step, str):
        return [((*place, step), value[step])] if isinstance(value, dict) and step in value else []
    if not isinstance(value, list):
        return []
    chosen = range(len(value)) if step is SAME else _index(value, step, wraps)
    return [((*place, number), value[number]) for number in chosen if number < len(value)]


def _index(array: list[Json], step: Step, wraps: tuple[Names, ...]) -> list[int]:
    if isinstance(step, Keyed):
        index = find_keyed(array, step, wraps)
        return [] if index is None else [index]
    return [step] if isinstance(step, int) else []
