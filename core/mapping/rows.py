"""Maps single inventory rows back, by the rules for `inventory[]` or `inventory[0]`."""

from typing import Final

import attrs

from core.mapping.anchors import resolve
from core.mapping.model import ROWS
from core.mapping.paths import EACH, OUTWARD, Steps
from core.mapping.rules import Alternative, ArrayPair, Joined, Rule, RuleSet

_NOWHERE: Final[Steps] = ()


def row_rules(rules: RuleSet) -> RuleSet:
    """The rules as a single row sees them; what only reads inwards stays, so that it claims its names."""
    pair = next((pair for rule in rules.rules for pair in rule.pairs if pair.internal == (ROWS, EACH)), None)
    element = _NOWHERE if pair is None else pair.partner
    seen = [_seen_from(rule, element) for rule in rules.rules if _is_about_rows(rule, element)]
    return attrs.evolve(
        rules, rules=tuple(seen), filters=(), merges=(), record=(), where=None, accept=None, merge=None
    )


def _is_about_rows(rule: Rule, element: Steps) -> bool:
    if rule.internal is not None:
        return len(rule.internal) > 2 and rule.internal[0] == ROWS
    return all(place.path[: len(element)] == element for place in rule.places)


def _seen_from(rule: Rule, element: Steps) -> Rule:
    return attrs.evolve(
        rule,
        internal=None if rule.internal is None else rule.internal[2:],
        alternatives=tuple(_inside(alternative, element) for alternative in rule.alternatives),
        pairs=tuple(_pair_inside(pair, element) for pair in rule.pairs if pair.internal != (ROWS, EACH)),
        stand=rule.stand[len(element) :],
    )


def _inside(alternative: Alternative | Joined, element: Steps) -> Alternative | Joined:
    if isinstance(alternative, Joined):
        return attrs.evolve(
            alternative, parts=tuple(_place_inside(part, element) for part in alternative.parts)
        )
    return _place_inside(alternative, element)


def _place_inside(place: Alternative, element: Steps) -> Alternative:
    """The place as seen from the element; one outside of it claims nothing there."""
    _, path = resolve(place.path)
    if path[: len(element)] != element:
        return attrs.evolve(place, path=(OUTWARD, *path))
    return attrs.evolve(place, path=place.path[len(element) :])


def _pair_inside(pair: ArrayPair, element: Steps) -> ArrayPair:
    return ArrayPair(pair.partner[len(element) :], pair.internal[2:])
