"""Which places hold what `secret` rules map."""

from collections.abc import Iterator
from typing import Final

from core.mapping.anchors import resolve
from core.mapping.claims import Claims
from core.mapping.model import Direction
from core.mapping.paths import Steps
from core.mapping.rules import Rule, RuleSet
from core.mapping.standing import Located

_THE_PAYLOAD: Final[Steps] = ()


def secret_sources(rules: RuleSet, direction: Direction) -> Claims:
    """The places from which this direction reads secrets, counted from the top of what is sent."""
    root = Claims()
    for rule in rules.rules:
        if rule.secret and direction == "out" and rule.internal is not None:
            root.add(rule.internal, frozenset())
        elif rule.secret and direction == "in":
            for record in (*rules.record, _THE_PAYLOAD):
                for path in _read_by(rule):
                    root.add(resolve((*record, *path))[1], frozenset())
    return root


def is_secret(secrets: Claims, located: Located) -> bool:
    """Whether what stands at a place may be a secret or hold one, whichever of several payloads it is in."""
    place = (*located.base, *located.steps)
    return secrets.touches(place[1:] if place and isinstance(place[0], int) else place)


def _read_by(rule: Rule) -> Iterator[Steps]:
    yield from (place.path for place in rule.places)
    if rule.test is not None:
        yield from ((*rule.stand, *path.steps) for path in rule.test.paths())
