"""Whether everything that our schema requires can be filled."""

from collections.abc import Iterator, Mapping

import attrs

from core.mapping.claims import Claims, internal_claims, partner_claims
from core.mapping.lint.schema_view import SchemaView
from core.mapping.lint.sheet import Sheet
from core.mapping.lint.tree import Node
from core.mapping.model import Finding
from core.mapping.paths import EACH, SAME, Steps, show


@attrs.frozen
class _Way:
    """How fields without a rule come into an object of ours: what is claimed on both sides."""

    source: Claims
    target: Claims

    def lets_pass(self, name: str) -> bool:
        """Whether nobody claims the name."""
        return not self.source.claims(name) and not self.target.claims(name)

    def inside(self, name: str) -> "_Way | None":
        """The way into a member that is an object; None if it is claimed whole."""
        source, target = _claimed_inside(self.source, name), _claimed_inside(self.target, name)
        return None if source is None or target is None else _Way(source, target)


def _claimed_inside(claims: Claims, name: str) -> Claims | None:
    inner = claims.members.get(name)
    if inner is None:
        return None if claims.claims(name) else Claims()
    return inner if inner.is_open else None


@attrs.frozen
class _Spot:
    """An object of ours: the nodes that write into it, and the ways on which fields pass into it."""

    place: Steps
    view: SchemaView
    nodes: tuple[Node, ...]
    ways: tuple[_Way, ...]

    def fills(self, name: str) -> bool:
        """Whether something can fill a member."""
        if any(name in node.members or node.owner or node.rests for node in self.nodes):
            return True
        member = self.view.step(name)
        is_object = member is not None and "object" in member.kinds
        return any(way.lets_pass(name) or (is_object and way.inside(name)) for way in self.ways)


def check_required(sheet: Sheet, schema: SchemaView | None) -> Iterator[Finding]:
    """A finding for each required field that nothing fills."""
    if schema is None:
        return
    into_elements = _ways_into_elements(sheet)
    waiting = [_Spot((), schema, (sheet.inbound.tree,), into_elements.get((), ()))]
    while waiting:
        spot = waiting.pop()
        for name in spot.view.required:
            if not spot.fills(name):
                shown = show((*spot.place, name))
                claimed = ", and what rules mention does not pass" if spot.ways else ""
                yield Finding(
                    "error",
                    "missing_required_internal",
                    "",
                    "rules",
                    f"{shown} is required on our side, but no rule fills it{claimed}",
                    fix=f'add a rule with "internal": "{shown}{_each(spot.view, name)}"',
                )
        waiting += _inner(spot, into_elements)


def _each(view: SchemaView, name: str) -> str:
    """An array of ours is filled element by element."""
    member = view.step(name)
    return "[]" if member is not None and "array" in member.kinds else ""


def _ways_into_elements(sheet: Sheet) -> Mapping[Steps, tuple[_Way, ...]]:
    """The ways into the record, at (), and into the elements of the first array that each source feeds."""
    if sheet.rules.unmapped_in != "pass":
        return {}
    source = partner_claims(sheet.rules, frozenset())
    target = internal_claims(sheet.rules.rules, frozenset())
    ways: dict[Steps, tuple[_Way, ...]] = {(): (_Way(source, target),)}
    fed: set[Steps] = set()
    for built, origins in sheet.inbound.sources.items():
        first = [origin for origin in origins if origin not in fed]
        fed.update(origins)
        open_nodes = (node for origin in first if not (node := source.node(origin)).whole)
        ways[built] = tuple(_Way(node, target.node(built)) for node in open_nodes)
    return ways


def _inner(spot: _Spot, into_elements: Mapping[Steps, tuple[_Way, ...]]) -> Iterator[_Spot]:
    """The objects inside, as far as rules write into them."""
    for name in spot.view.names:
        nodes = [node.members[name] for node in spot.nodes if name in node.members]
        if not nodes or any(node.owner for node in nodes):
            continue
        place = (*spot.place, name)
        view = spot.view.at((name,))
        items = spot.view.at((name, EACH))
        if items is not None and any(node.elements for node in nodes):
            ways = into_elements.get((*place, EACH), ())
            for elements in _elements(nodes):
                yield _Spot((*place, EACH), items, elements, ways)
        elif view is not None:
            inner = tuple(way for outer in spot.ways if (way := outer.inside(name)) is not None)
            yield _Spot(place, view, tuple(nodes), inner)


def _elements(nodes: list[Node]) -> Iterator[tuple[Node, ...]]:
    """The nodes that write into one element: all for each, or one for each number."""
    shared = tuple(node.elements[step] for node in nodes for step in (EACH, SAME) if step in node.elements)
    numbered = [node.elements[index] for node in nodes for index in node.indexes]
    if any(EACH in node.elements for node in nodes) or not numbered:
        yield shared
    else:
        for element in numbered:
            yield (element, *shared)
