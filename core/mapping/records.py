"""Finds the records inside a payload (section 17)."""

from collections.abc import Iterator

import attrs

from core.mapping.model import Json, Place
from core.mapping.paths import EACH, Step, Steps
from core.mapping.standing import Standing


@attrs.frozen
class Envelope:
    """One payload, and the path to its records; no path if it is the record itself."""

    payload: Standing
    path: Steps


@attrs.frozen
class FoundRecords:
    """The records in the order sent; `several` if they stood in an array, even a single one."""

    standings: tuple[Standing, ...]
    several: bool
    envelopes: tuple[Envelope, ...]


def find_records(payload: Json, alternatives: tuple[Steps, ...]) -> FoundRecords:
    """The records of a payload; an array at the top is several payloads."""
    if not isinstance(payload, list):
        return _in_one(payload, (), alternatives)
    found = [_in_one(one, (number,), alternatives) for number, one in enumerate(payload)]
    return FoundRecords(
        tuple(standing for one in found for standing in one.standings),
        several=True,
        envelopes=tuple(envelope for one in found for envelope in one.envelopes),
    )


def _in_one(payload: Json, base: Place, alternatives: tuple[Steps, ...]) -> FoundRecords:
    whole = Standing(payload, base=base)
    for steps in alternatives:
        found = _along(steps, whole)
        if found is not None:
            records = tuple(map(_as_record, found))
            return FoundRecords(records, EACH in steps, (Envelope(whole, steps),))
    return FoundRecords((whole,), several=False, envelopes=(Envelope(whole, ()),))


def _along(steps: Steps, payload: Standing) -> list[Standing] | None:
    """What the steps lead to; None if nothing is there in that shape. An empty array is there."""
    found = [payload]
    for step in steps:
        if step is EACH:
            found = [standing for standing in found if _is_array_of_objects(standing.value)]
        inner = [further for standing in found for further in _further(standing, step)]
        if not inner:
            return [] if step is EACH and found else None
        found = inner
    return found if EACH in steps or isinstance(found[0].value, dict) else None


def _further(standing: Standing, step: Step) -> Iterator[Standing]:
    value, place, base = standing.value, standing.place, standing.base
    if isinstance(value, dict) and isinstance(step, str):
        if value.get(step) is not None:
            yield Standing(value[step], (*place, step), (), standing, base)
    elif isinstance(value, list) and isinstance(step, int):
        if -len(value) <= step < len(value):
            yield Standing(value[step], (*place, step % len(value)), (), standing.outer, base)
    elif isinstance(value, list) and step is EACH:
        for number, element in enumerate(value):
            yield Standing(element, (*place, number), (), standing.outer, base)


def _is_array_of_objects(value: Json) -> bool:
    return isinstance(value, list) and (not value or any(isinstance(element, dict) for element in value))


def _as_record(standing: Standing) -> Standing:
    """The same object, with places counted from it."""
    return Standing(standing.value, (), (), standing.outer, (*standing.base, *standing.place))
