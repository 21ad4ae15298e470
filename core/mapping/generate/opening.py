"""Lines that put an object or array into a variable, or what stands for it where there is none."""

import attrs

from core.mapping.emptiness import Emptiness
from core.mapping.generate.runtime import (
    NO_ARRAY,
    NO_OBJECT,
    OTHER_ARRAY,
    OTHER_SHAPE,
    insisting,
    keyed,
    tolerating,
)
from core.mapping.generate.script import Script
from core.mapping.paths import Keyed, Step
from core.mapping.rules import Names
from core.mapping.wrappers import BARE


@attrs.define
class Way:
    """How places are read from one object: its level, and what counts as empty on the way.

    Elements by key are found through the `wraps`. Another shape is a deviation, unless `tolerant`.
    """

    level: int
    empty: Emptiness
    wraps: tuple[Names, ...] = BARE
    tolerant: bool = False


@attrs.define
class Opened:
    """A variable that holds an object or array, or stands for an absent one.

    `doubts` are the tests that tell whether something else stood on the way; none if that is a deviation.
    """

    variable: str
    doubts: tuple[str, ...] = ()


@attrs.define
class Found:
    """An expression for what is at a place, and the doubts on the way there.

    `leaf` is the variable of the object that holds it and its name there, if it is a member.
    """

    text: str
    doubts: tuple[str, ...]
    leaf: tuple[str, str] | None = None


def opened(script: Script, found: Found, way: Way, kind: type) -> Opened:
    """Open what was found as an object or array."""
    variable = script.fresh("n" if kind is dict else "a")
    absent, other = ("E", "N") if kind is dict else ("L", "P")
    if not way.tolerant and not way.empty and kind is dict:
        script.line(f"if ({variable} := {found.text}) is None: {variable} = {absent}")
        return Opened(variable)
    instead = other
    if way.empty or not way.tolerant:
        instead = f"{_standing_in(script, way, kind)}({variable})"
    test = f"type({variable} := {found.text}) is not {kind.__name__}"
    script.line(f"if {test}: {variable} = {absent} if {variable} is None else {instead}")
    return Opened(variable, (*found.doubts, f"{variable} is {other}") if way.tolerant else ())


def insist_on_array(script: Script, empty: Emptiness) -> str:
    """A function that deviates if what is no array is not empty either."""
    return _standing_in(script, Way(0, empty), list)


def element_at(script: Script, array: str, step: Step, absent: str, wraps: tuple[Names, ...]) -> str:
    """An expression for one element of an array."""
    if isinstance(step, Keyed):
        return f"{script.bind(keyed(step, wraps))}({array}, {absent})"
    if not isinstance(step, int):
        raise TypeError(step)
    if step == 0:
        return f"({array}[0] if {array} else {absent})"
    is_long = f"len({array}) > " if step > 0 else f"len({array}) >= "
    element = f"{array}[{script.token(step)}]"
    return f"({element} if {is_long}{script.token(abs(step))} else {absent})"


def _standing_in(script: Script, way: Way, kind: type) -> str:
    """A function for what stands in for a value of another kind."""
    absent, other = (NO_OBJECT, OTHER_SHAPE) if kind is dict else (NO_ARRAY, OTHER_ARRAY)
    key = ("stands in", id(way.empty), way.tolerant, kind)
    if way.tolerant:
        return script.share(key, lambda: tolerating(way.empty, absent, other))
    return script.share(key, lambda: insisting(way.empty, absent))
