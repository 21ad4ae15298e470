"""Documents to be shown: the values that `secret` rules write are masked."""

from collections.abc import Iterator

from core.mapping.directions import MASK
from core.mapping.model import Direction, Json
from core.mapping.paths import Prefix, Step, Steps, is_array_step
from core.mapping.rules import RuleSet


def mask_secrets(document: Json, rules: RuleSet, direction: Direction) -> Json:
    """A mapped document with every scalar masked that a secret rule may have written, in any element."""
    for steps in _secret_places(rules, direction):
        document = _masked_at(document, steps)
    return document


def _secret_places(rules: RuleSet, direction: Direction) -> Iterator[Steps]:
    for rule in rules.rules:
        if rule.secret and direction == "in" and rule.internal is not None:
            yield rule.internal
        elif rule.secret and direction == "out":
            yield from (place.path for place in rule.places)


def _masked_at(value: Json, steps: Steps) -> Json:
    if not steps:
        return _masked(value)
    if isinstance(value, dict):
        return {
            name: _masked_at(member, steps[1:]) if _leads_to(steps[0], name) else member
            for name, member in value.items()
        }
    if isinstance(value, list):
        below = steps[1:] if is_array_step(steps[0]) else steps
        return [_masked_at(element, below) for element in value]
    return value


def _leads_to(step: Step, name: str) -> bool:
    return name.startswith(step.beginning) if isinstance(step, Prefix) else step == name


def _masked(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _masked(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_masked(element) for element in value]
    return MASK
