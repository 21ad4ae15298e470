"""From where a path is read: `^` resolved, and what an element of an array shares with those around it."""

import attrs

from core.mapping.paths import EACH, OUTWARD, Step, Steps, is_array_step


@attrs.frozen
class Anchor:
    """A path as seen from an element: so many objects outwards, then along the steps."""

    up: int
    steps: Steps


def resolve(path: Steps) -> tuple[int, Steps]:
    """The place a path leads to, and how many objects outside the record it counts from."""
    outside, place = 0, list[Step]()
    for step in path:
        if step is not OUTWARD:
            place.append(step)
        elif place:
            _leave_object(place)
        else:
            outside += 1
    return outside, tuple(place)


def anchor(element: Steps, path: Steps) -> Anchor:
    """The path from an element of the array at `element` (its path ends in `[]`; empty for the record)."""
    outside, place = resolve(path)
    depth = element.count(EACH)
    if outside:
        return Anchor(depth + outside, place)
    shared = _shared_arrays(element, place)
    return Anchor(depth - place[:shared].count(EACH), place[shared:])


def split_at_each(steps: Steps) -> tuple[Steps, ...]:
    """The parts between the `[]`, without them."""
    parts: list[Steps] = [()]
    for step in steps:
        if step is EACH:
            parts.append(())
        else:
            parts[-1] = (*parts[-1], step)
    return tuple(parts)


def _leave_object(place: list[Step]) -> None:
    while place and is_array_step(place[-1]):
        place.pop()
    if place:
        place.pop()


def _shared_arrays(element: Steps, place: Steps) -> int:
    """How many leading steps of the place end in the last `[]` that both go through."""
    shared = 0
    for number, (ours, theirs) in enumerate(zip(element, place, strict=False), 1):
        if ours != theirs:
            break
        if ours is EACH:
            shared = number
    return shared
