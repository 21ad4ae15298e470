"""All that the checks look at: the rules beside their documents, and the places each direction writes."""

from collections.abc import Iterator, Mapping
from typing import Literal, Self

import attrs

from core.mapping.lint.subject import Side, Subject, subjects
from core.mapping.lint.tree import Clash, Node
from core.mapping.model import Json
from core.mapping.paths import Steps, is_array_step, with_each
from core.mapping.rules import RuleSet

Way = Literal["in", "out"]


@attrs.frozen
class Written:
    """What one direction writes: the side, the tree of places, what clashed, and the arrays `[]` rules build.

    `sources` gives, for each built array, every array it is built from, with a rule that says so.
    """

    side: Side
    tree: Node
    clashes: tuple[tuple[Subject, Clash], ...]
    sources: Mapping[Steps, Mapping[Steps, Subject]]

    def builds(self, array: Steps) -> bool:
        """Whether `[]` rules build the array whose elements are here."""
        return with_each(array) in self.sources


@attrs.frozen
class Sheet:
    """A mapping under examination."""

    document: Mapping[str, Json]
    rules: RuleSet
    subjects: tuple[Subject, ...]
    inbound: Written
    outbound: Written

    @classmethod
    def of(cls, document: Mapping[str, Json], rules: RuleSet) -> Self:
        """The sheet of a mapping in long form."""
        examined = tuple(subjects(document, rules))
        return cls(document, rules, examined, _written("in", examined), _written("out", examined))

    @property
    def ways(self) -> tuple[Written, Written]:
        """Both directions."""
        return (self.inbound, self.outbound)


def target(subject: Subject, side: Side) -> Steps | None:
    """The place that the rule writes on this side."""
    return subject.internal_target if side == "internal" else subject.partner_target


def arrays_in(steps: Steps) -> Iterator[tuple[int, Steps]]:
    """Every array on a path: the number of the step into it, and the path to its elements."""
    for number, step in enumerate(steps):
        if not isinstance(step, str) and is_array_step(step):
            yield number, steps[: number + 1]


def _written(way: Way, examined: tuple[Subject, ...]) -> Written:
    side: Side = "internal" if way == "in" else "partner"
    tree = Node()
    clashes = []
    sources: dict[Steps, dict[Steps, Subject]] = {}
    for subject in examined:
        place = target(subject, side)
        if place is None:
            continue
        clash = tree.insert(place, subject)
        if clash is not None:
            clashes.append((subject, clash))
        for pair in subject.rule.pairs:
            built, read = (pair.internal, pair.partner) if way == "in" else (pair.partner, pair.internal)
            sources.setdefault(built, {}).setdefault(read, subject)
    return Written(side, tree, tuple(clashes), sources)
