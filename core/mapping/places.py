"""Translates places between the two sides (section 12)."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import attrs

from core.mapping.claims import internal_claims, partner_claims
from core.mapping.correspondence import (
    Correspondence,
    asked_paths,
    correspondences,
    fixed_paths,
    matches,
    pair_chains,
    rest_at,
)
from core.mapping.model import Place
from core.mapping.origins import Origins
from core.mapping.paths import Prefix, Steps
from core.mapping.rules import RuleSet
from core.mapping.standing import Located

How: TypeAlias = Literal["exact", "below", "fixed", "above", "passed", "none"]
Side: TypeAlias = Literal["partner", "internal"]
MOST_PATHS: Final = 5
NO_DOCUMENT: Final = Origins()
_DOCUMENT: Final = Correspondence((), ())


@attrs.frozen
class Translation:
    """Where a place stands on the other side, and how that is known."""

    how: How
    located: tuple[Located, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The exact places, wrapper members included."""
        return tuple(located.text for located in self.located)


class Places:
    """The places of a mapping, seen from one side; `origins` are those of a document at hand."""

    def __init__(self, rules: RuleSet, side: Side) -> None:
        self.rules = rules
        self.from_partner = side == "partner"
        self.known = correspondences(rules, from_partner=self.from_partner)
        self.asked = asked_paths(rules) if self.from_partner else ()
        policies = (rules.unmapped_in, rules.unmapped_out) if self.from_partner else (rules.unmapped_in,)
        self.passes = "pass" in policies
        self.fixed = fixed_paths(rules, from_partner=self.from_partner)
        self.arrays = pair_chains(rules, from_partner=self.from_partner)
        claims = partner_claims(rules, frozenset()), internal_claims(rules.rules, frozenset())
        self.own_claims, self.other_claims = claims if self.from_partner else claims[::-1]

    def locate(self, place: Place, origins: Origins) -> Located | None:
        """Where a place came from; where it would have come from if nothing was there."""
        found = self.translate(place, origins).located
        return found[0] if found else None

    def translate(self, place: Place, origins: Origins = NO_DOCUMENT) -> Translation:
        """The first answer that applies."""
        known = self._on_the_way(place)
        asked = (one for one in self.asked if matches(one.path, place))
        return (
            _traced(known, place, origins)
            or _exact(known, place, origins)
            or _below(known, place, origins)
            or self._fixed(place)
            or self._array(place, origins)
            or _above(known, place, origins)
            or _exact(asked, place, origins)
            or self._passed(place, origins)
            or Translation("none")
        )

    def _fixed(self, place: Place) -> Translation | None:
        is_fixed = any(len(path) <= len(place) and matches(path, place) for path in self.fixed)
        return Translation("fixed") if is_fixed else None

    def _array(self, place: Place, origins: Origins) -> Translation | None:
        for array in self.arrays:
            if len(array.path) == len(place) and matches(array.path, place):
                return Translation("above", (array.carry(place, origins),))
            if len(array.path) == len(place) + 1 and matches(array.path[:-1], place):
                return Translation("above", (array.holder().carry(place, origins),))
        return None

    def _passed(self, place: Place, origins: Origins) -> Translation | None:
        if not self.passes:
            return None
        array = self._nearest_array(place)
        behind = array.carry(place, origins)
        own, other = self.own_claims.node(array.path), self.other_claims.node(array.other)
        if own.whole or other.whole:
            return None
        for number, step in enumerate(place[len(array.path) :], len(array.path)):
            if isinstance(step, int) or not (own.lets(step) and other.lets(step)):
                return None
            if not own.claims(step) and not other.claims(step):
                return Translation("passed", (_further(behind, place[number:]),))
            own, other, behind = own.node((step,)), other.node((step,)), _further(behind, (step,))
        return Translation("passed", (behind,))

    def _on_the_way(self, place: Place) -> list[Correspondence]:
        return [known for known in self.known if matches(known.path, place) and self._takes(known, place)]

    def _takes(self, known: Correspondence, place: Place) -> bool:
        """Whether a correspondence for the rest of an object holds for this member, which no other names."""
        at, there = rest_at(known.path), rest_at(known.other)
        if at is None or at >= len(place):
            return True
        if there is not None and place[at] in self.other_claims.node(known.other[:there]).members:
            return False
        return place[at] not in self.own_claims.node(known.path[:at]).members

    def _nearest_array(self, place: Place) -> Correspondence:
        """The innermost paired array in whose element the place is; else the whole document."""
        around = [a for a in self.arrays if len(a.path) <= len(place) and matches(a.path, place)]
        return max(around, key=lambda array: len(array.path), default=_DOCUMENT)


def _traced(known: list[Correspondence], place: Place, origins: Origins) -> Translation | None:
    """What the document itself tells."""
    if place in origins.values:
        return Translation("exact", (origins.values[place],))
    for end in range(len(place) - 1, 0, -1):
        source = origins.values.get(place[:end])
        if source is not None:
            rest = () if any(_is_gathered(one, end) for one in known) else place[end:]
            return Translation("below", (source.below(rest),))
    return Translation("above", (origins.links[place],)) if place in origins.links else None


def _is_gathered(known: Correspondence, end: int) -> bool:
    """Whether what is inside of what stands here has no place of its own, even in a document."""
    return known.is_whole and len(known.path) == end and not isinstance(known.path[-1], Prefix)


def _exact(known: Iterable[Correspondence], place: Place, origins: Origins) -> Translation | None:
    found = next((one for one in known if len(one.path) == len(place)), None)
    return None if found is None else Translation("exact", (found.carry(place, origins),))


def _below(known: Iterable[Correspondence], place: Place, origins: Origins) -> Translation | None:
    around = [one for one in known if len(one.path) < len(place)]
    if not around:
        return None
    nearest = max(around, key=lambda one: len(one.path))
    located = nearest.carry(place, origins)
    rest = () if nearest.is_whole else place[len(nearest.path) :]
    return Translation("below", (located.below(rest),))


def _above(known: Iterable[Correspondence], place: Place, origins: Origins) -> Translation | None:
    others = [one.carry_known(place, origins) for one in known if len(one.path) > len(place)]
    if not others:
        return None
    together = len({(other.base, other.outside) for other in others}) == 1
    shared = _shared([other.steps for other in others]) if together else ()
    if shared:
        return Translation("above", (Located(others[0].base, shared, outside=others[0].outside),))
    named = tuple(dict.fromkeys(other for other in others if other.steps))
    return Translation("above", named[:MOST_PATHS] or (others[0],))


def _further(located: Located, rest: Steps) -> Located:
    return Located(located.base, (*located.steps, *rest))


def _shared(paths: list[Steps]) -> Steps:
    """The steps with which all paths begin."""
    shared: Steps = ()
    for steps in zip(*paths, strict=False):
        if any(step != steps[0] for step in steps):
            break
        shared = (*shared, steps[0])
    return shared
