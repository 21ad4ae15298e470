"""Whether everything that our schema requires can be filled."""

from collections.abc import Iterator

import attrs

from core.mapping.lint.schema_view import SchemaView
from core.mapping.lint.sheet import Sheet, with_each
from core.mapping.lint.tree import Node
from core.mapping.model import Finding
from core.mapping.paths import EACH, SAME, Steps, show


@attrs.frozen
class _Spot:
    """An object of ours: the nodes that write into it, and the partner objects whose fields pass into it."""

    place: Steps
    view: SchemaView
    nodes: tuple[Node, ...]
    passing: tuple[Node | None, ...]


def check_required(sheet: Sheet, schema: SchemaView | None) -> Iterator[Finding]:
    """A finding for each required field that nothing fills."""
    if schema is None:
        return
    claimed = _claimed(sheet)
    waiting = [_Spot((), schema, (sheet.inbound.tree,), (claimed,))]
    while waiting:
        spot = waiting.pop()
        for name in spot.view.required:
            if not _is_filled(spot, name, passes=sheet.rules.unmapped_in == "pass"):
                shown = show((*spot.place, name))
                yield Finding(
                    "error",
                    "missing_required_internal",
                    "",
                    "rules",
                    f"{shown} is required on our side, but no rule fills it",
                    fix=f'add a rule with "internal": "{shown}{_each(spot.view, name)}"',
                )
        waiting += _inner(spot, sheet, claimed)


def _each(view: SchemaView, name: str) -> str:
    """An array of ours is filled element by element."""
    member = view.step(name)
    return "[]" if member is not None and "array" in member.kinds else ""


def _claimed(sheet: Sheet) -> Node:
    """The partner's names that rules mention, whatever their direction; elements counted as one."""
    claimed = Node()
    for subject in sheet.subjects:
        for place in subject.sources:
            claimed.insert(with_each(place), subject)
    return claimed


def _is_filled(spot: _Spot, name: str, *, passes: bool) -> bool:
    if any(name in node.members or node.owner or node.rests for node in spot.nodes):
        return True
    return passes and any(node is None or _lets_pass(node, name) for node in spot.passing)


def _lets_pass(node: Node, name: str) -> bool:
    return node.owner is None and name not in node.members


def _inner(spot: _Spot, sheet: Sheet, claimed: Node) -> Iterator[_Spot]:
    """The objects inside, as far as rules write into them."""
    for name in spot.view.names:
        nodes = [node.members[name] for node in spot.nodes if name in node.members]
        if not nodes or any(node.owner for node in nodes):
            continue
        place = (*spot.place, name)
        view = spot.view.at((name,))
        items = spot.view.at((name, EACH))
        if items is not None and any(node.elements for node in nodes):
            passing = tuple(claimed.at(origin) for origin in sheet.inbound.sources.get((*place, EACH), ()))
            for elements in _elements(nodes):
                yield _Spot((*place, EACH), items, elements, passing)
        elif view is not None:
            passing = tuple(node.members.get(name) if node else None for node in spot.passing)
            yield _Spot(place, view, tuple(nodes), passing)


def _elements(nodes: list[Node]) -> Iterator[tuple[Node, ...]]:
    """The nodes that write into one element: all for each, or one for each number."""
    shared = tuple(node.elements[step] for node in nodes for step in (EACH, SAME) if step in node.elements)
    numbered = [node.elements[index] for node in nodes for index in node.indexes]
    if any(EACH in node.elements for node in nodes) or not numbered:
        yield shared
    else:
        for element in numbered:
            yield (element, *shared)
