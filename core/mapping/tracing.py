"""Writes what one run does into its trace."""

from core.mapping.members import RestRead
from core.mapping.model import ABSENT, Absent, Json, Lookup, Place
from core.mapping.passing import Passing
from core.mapping.paths import SAME, Keyed, Step, Steps
from core.mapping.plan import Fixed, Transfer
from core.mapping.reads import PlaceRead, Read
from core.mapping.rules import Names, Rule
from core.mapping.standing import CLEARED, Located, Standing, Troubled
from core.mapping.targets import RestTarget, rest_of
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
) -> None:
    """Note a value that a rule wrote, at each place where it stands now."""
    standing = standing.uncounted()
    read = transfer.read_by(standing, lookup)
    source = None if read is None else read.located(standing)
    raw = _raw(read, standing)
    how: How = "dropped" if not kept else "default" if read is None else _how(raw, value)
    rest = rest_of(transfer.target)
    steps = transfer.target_steps if rest is None else transfer.target_steps[:-1]
    places = _places(made, steps, transfer.rule) if kept else [_plain(steps)]
    if rest is not None and isinstance(value, dict):
        _trace_rest(trace, transfer, rest, places, standing, value, read, kept=kept)
        return
    for place in places:
        trace.add((*standing.target, *place), transfer.rule.id, source, how, value, raw)


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


def _trace_rest(
    trace: Trace,
    transfer: Transfer,
    target: RestTarget,
    places: list[Place],
    standing: Standing,
    members: dict[str, Json],
    read: Read | None,
    *,
    kept: bool,
) -> None:
    located = None if read is None else read.located(standing)
    for name, value in members.items():
        source = located
        if located is not None and isinstance(read, RestRead):
            source = Located(located.base, (*located.steps, name))
        if target.is_free(name):
            for place in places:
                how: How = "copied" if kept else "dropped"
                trace.add((*standing.target, *place, name), transfer.rule.id, source, how, value, value)
        elif source is not None:
            trace.blocked.append(source)


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
