"""Translates places between the two sides (section 12)."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import attrs

from core.mapping.claims import internal_claims, partner_claims
from core.mapping.correspondence import Correspondence, correspondences, fixed_paths, matches, pair_chains
from core.mapping.model import Place
from core.mapping.paths import EACH, Steps
from core.mapping.rules import RuleSet
from core.mapping.standing import Located

How: TypeAlias = Literal["exact", "below", "fixed", "above", "passed", "none"]
Side: TypeAlias = Literal["partner", "internal"]
Links: TypeAlias = Mapping[Place, Located]
MOST_PATHS: Final = 5
NO_LINKS: Final[Links] = {}


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
    """The places of a mapping, seen from one side; `links` say which element of a document became which."""

    def __init__(self, rules: RuleSet, side: Side) -> None:
        self.rules = rules
        self.from_partner = side == "partner"
        self.known = correspondences(rules, from_partner=self.from_partner)
        self.fixed = fixed_paths(rules, from_partner=self.from_partner)
        self.arrays = pair_chains(rules, from_partner=self.from_partner)
        claims = partner_claims(rules, frozenset()), internal_claims(rules.rules, frozenset())
        self.own_claims, self.other_claims = claims if self.from_partner else claims[::-1]

    def translate(self, place: Place, links: Links = NO_LINKS) -> Translation:
        """The first answer that applies."""
        return (
            self._exact(place, links)
            or self._below(place, links)
            or self._fixed(place)
            or self._array(place, links)
            or self._above(place, links)
            or self._passed(place, links)
            or Translation("none")
        )

    def _exact(self, place: Place, links: Links) -> Translation | None:
        for known in self.known:
            if len(known.path) == len(place) and matches(known.path, place):
                return Translation("exact", (known.carry(place, links),))
        return None

    def _below(self, place: Place, links: Links) -> Translation | None:
        around = [known for known in self._on_the_way(place) if len(known.path) < len(place)]
        if not around:
            return None
        nearest = max(around, key=lambda known: len(known.path))
        located = nearest.carry(place, links)
        rest = () if nearest.is_whole else place[len(nearest.path) :]
        return Translation("below", (located.below(rest),))

    def _fixed(self, place: Place) -> Translation | None:
        is_fixed = any(len(path) <= len(place) and matches(path, place) for path in self.fixed)
        return Translation("fixed") if is_fixed else None

    def _array(self, place: Place, links: Links) -> Translation | None:
        for array in self.arrays:
            if len(array.path) == len(place) and matches(array.path, place):
                return Translation("above", (array.carry(place, links),))
            if len(array.path) == len(place) + 1 and matches(array.path[:-1], place):
                return Translation("above", (array.holder().carry(place, links),))
        return None

    def _above(self, place: Place, links: Links) -> Translation | None:
        inside = [known for known in self._on_the_way(place) if len(known.path) > len(place)]
        if not inside:
            return None
        others = [known.carry_known(place, links) for known in inside]
        shared = _shared([other.steps for other in others])
        if shared:
            return Translation("above", (Located(others[0].base, shared),))
        return Translation(
            "above", tuple(dict.fromkeys(other for other in others if other.steps))[:MOST_PATHS]
        )

    def _passed(self, place: Place, links: Links) -> Translation | None:
        policy = self.rules.unmapped_out if self.from_partner else self.rules.unmapped_in
        if policy != "pass":
            return None
        claims, others, behind = self.own_claims, self.other_claims, Located((), ())
        for number, step in enumerate(place):
            if isinstance(step, str):
                if not claims.claims(step):
                    rest = place[number:]
                    return None if others.claims(step) else Translation("passed", (_further(behind, rest),))
                claims, others = claims.node((step,)), others.node((step,))
                behind = _further(behind, (step,))
            else:
                array = self._paired(place[: number + 1])
                if array is None:
                    return None
                behind = array.carry(place, links)
                claims, others = claims.node((EACH,)), self.other_claims.node(array.other)
        return None

    def _on_the_way(self, place: Place) -> list[Correspondence]:
        return [known for known in self.known if matches(known.path, place)]

    def _paired(self, place: Place) -> Correspondence | None:
        return next((a for a in self.arrays if len(a.path) == len(place) and matches(a.path, place)), None)


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
