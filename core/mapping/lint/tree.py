"""The places that one direction writes, as a tree: rules go in along their paths, and clashes show."""

from collections.abc import Iterator
from typing import Final

import attrs

from core.mapping.claims import rest_beginning
from core.mapping.lint.subject import Subject
from core.mapping.paths import EACH, SAME, Keyed, Prefix, Step, Steps

_ALL_ELEMENTS: Final = (EACH, SAME)


@attrs.frozen
class Clash:
    """Two rules that cannot both write: the finding's code, the earlier rule, the step where they meet."""

    code: str
    other: Subject
    step: int


class Node:
    """One place: the rule that writes it, or the places inside it that rules write."""

    __slots__ = ("elements", "members", "owner", "rests", "some")

    def __init__(self) -> None:
        self.owner: Subject | None = None
        self.rests: dict[str, Subject] = {}
        self.some: Subject | None = None
        self.members: dict[str, Node] = {}
        self.elements: dict[Step, Node] = {}

    def insert(self, steps: Steps, subject: Subject) -> Clash | None:
        """Let a rule write a place; tell what stands against it."""
        rest = bool(steps) and isinstance(steps[-1], Prefix)
        path = steps[:-1] if rest else steps
        beginning = rest_beginning(subject.rule) if rest else None
        clash = self._clash(path, 0, beginning)
        node = self
        for step in path:
            node.some = node.some or subject
            node = node._child(step)
        node.some = node.some or subject
        if beginning is not None:
            node.rests.setdefault(beginning, subject)
        else:
            node.owner = node.owner or subject
        return clash

    def touching(self, steps: Steps) -> Subject | None:
        """A rule that writes this place, a part of it, or all around it."""
        clash = self._clash(steps, 0)
        return clash.other if clash is not None and clash.code != "shape_conflict" else None

    def at(self, steps: Steps) -> "Node | None":
        """The node of a place, element steps as written."""
        node: Node | None = self
        for step in steps:
            if node is None:
                return None
            node = node.members.get(step) if isinstance(step, str) else node.elements.get(step)
        return node

    def walk(self, steps: Steps = ()) -> Iterator[tuple[Steps, "Node"]]:
        """Every node with its path, from the outside in."""
        waiting = [(steps, self)]
        while waiting:
            path, node = waiting.pop()
            yield path, node
            waiting += [((*path, step), child) for step, child in node.elements.items()]
            waiting += [((*path, name), child) for name, child in node.members.items()]

    def _child(self, step: Step) -> "Node":
        if isinstance(step, str):
            return self.members.setdefault(step, Node())
        return self.elements.setdefault(step, Node())

    def _clash(self, steps: Steps, at: int, beginning: str | None = None) -> Clash | None:
        """The first rule that stands against writing the rest of a path; a `beginning` leaves other names."""
        ends, rest = at == len(steps), beginning is not None
        if self.owner is not None:
            return Clash("duplicate_target" if ends and not rest else "target_overlap", self.owner, at)
        if ends and beginning in self.rests:
            return Clash("duplicate_target", self.rests[beginning], at)
        if ends and rest:
            return Clash("shape_conflict", self._any, at) if self.elements else None
        if ends:
            return None if self.is_free else Clash("target_overlap", self._any, at)
        step = steps[at]
        if isinstance(step, str):
            if self.elements:
                return Clash("shape_conflict", self._any, at)
            child = self.members.get(step)
            return child._clash(steps, at + 1, beginning) if child is not None else None
        if self.members or self.rests:
            return Clash("shape_conflict", self._any, at)
        clashes = (child._clash(steps, at + 1, beginning) for child in self._same_elements(step))
        return next((clash for clash in clashes if clash is not None), None)

    def _same_elements(self, step: Step) -> Iterator["Node"]:
        """The children that can mean the same element."""
        if step in _ALL_ELEMENTS:
            yield from self.elements.values()
            return
        for other in (step, *_ALL_ELEMENTS):
            if other in self.elements:
                yield self.elements[other]

    @property
    def is_free(self) -> bool:
        """Whether nothing is written here or inside."""
        return self.some is None

    @property
    def _any(self) -> Subject:
        if self.some is None:
            raise LookupError("nothing is written here")
        return self.some

    @property
    def indexes(self) -> list[int]:
        """The element numbers written."""
        return [step for step in self.elements if isinstance(step, int)]

    @property
    def has_keys(self) -> bool:
        """Whether elements are written by their key."""
        return any(isinstance(step, Keyed) for step in self.elements)
