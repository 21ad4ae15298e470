"""A record pushed again: what only a default or a fixed value filled is left as it is."""

from collections.abc import Iterable, Mapping, Sequence

import attrs

from core.entities.json import Json
from core.entities.order import OrderItem
from core.errors import Place
from core.mapping.model import ABSENT, Absent
from core.use_cases.commands import NewOrderItem

Places = frozenset[Place]


def without_defaults(value: Json, defaulted: Places) -> Json:
    """What was sent. An array is replaced as a whole, so it stays whole unless nothing in it was sent."""
    if not defaulted:
        return value
    around = frozenset(place[:end] for place in defaulted for end in range(len(place)))
    sent = _sent(value, defaulted, around, ())
    return {} if sent is ABSENT else sent


def lines_as_sent(
    lines: Sequence[NewOrderItem], there: Sequence[OrderItem], defaulted: Places
) -> Sequence[NewOrderItem]:
    """The lines, each with what was not sent of it as it is in the order, if that has as many."""
    if len(lines) != len(there):
        return lines
    return [_line_as_sent(line, there[index], index, defaulted) for index, line in enumerate(lines)]


def _sent(value: Json, defaulted: Places, around: Places, here: Place) -> Json | Absent:
    if here in defaulted:
        return ABSENT
    if here not in around:
        return value
    if isinstance(value, Mapping):
        members = {name: _sent(member, defaulted, around, (*here, name)) for name, member in value.items()}
        return {name: member for name, member in members.items() if member is not ABSENT} or ABSENT
    if isinstance(value, list):
        elements = (_sent(element, defaulted, around, (*here, at)) for at, element in enumerate(value))
        return value if _any_sent(elements) else ABSENT
    return value


def _any_sent(elements: Iterable[Json | Absent]) -> bool:
    """Whether one is more than what stands in for an element that is not there."""
    return any(element is not ABSENT and element is not None and element != {} for element in elements)


def _line_as_sent(line: NewOrderItem, there: OrderItem, index: int, defaulted: Places) -> NewOrderItem:
    if ("items", index, "sku_code") in defaulted:
        line = attrs.evolve(line, sku_code=there.sku_code)
    if ("items", index, "quantity") in defaulted and line.sku_code == there.sku_code:
        line = attrs.evolve(line, quantity=there.quantity)
    return line
