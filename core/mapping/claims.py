"""Which names the rules claim on one side (section 9)."""

from collections.abc import Iterable, Iterator, Set

from core.mapping.anchors import resolve
from core.mapping.conditions import Condition
from core.mapping.paths import EACH, OUTWARD, Prefix, Steps, is_array_step
from core.mapping.rules import Names, Rule, RuleSet
from core.mapping.wrappers import BARE


class Claims:
    """The claimed names of one object: `whole` if all of it is claimed, `element` if it is an array."""

    __slots__ = ("beginnings", "element", "members", "paired", "whole")

    def __init__(self) -> None:
        self.members: dict[str, Claims] = {}
        self.beginnings: tuple[str, ...] = ()
        self.element: Claims | None = None
        self.whole = False
        self.paired = False

    def add(self, steps: Steps, paired: Set[Steps]) -> None:
        """Claim a place; elements of `paired` arrays keep what is unclaimed in them."""
        node = self.reach(steps, paired)
        if not (steps and isinstance(steps[-1], Prefix)):
            node.whole = True

    def reach(self, steps: Steps, paired: Set[Steps]) -> "Claims":
        """Claim the way to a place, and not what is in it; its claims."""
        node = self
        walked: Steps = ()
        for step in steps:
            walked = (*walked, EACH if is_array_step(step) else step)
            if isinstance(step, str):
                node = node.members.setdefault(step, Claims())
            elif isinstance(step, Prefix):
                node.beginnings = (*node.beginnings, step.beginning)
            else:
                node.element = node.element or Claims()
                node.element.paired = walked in paired
                node = node.element
        return node

    def claims(self, name: str) -> bool:
        """Whether a rule mentions this member."""
        return name in self.members or name.startswith(self.beginnings)

    def lets(self, name: str) -> bool:
        """Whether something of this member may pass: no rule mentions it, or only members of it."""
        inner = self.members.get(name)
        return not self.claims(name) if inner is None else inner.is_open

    def more_special(self, beginning: str) -> tuple[str, ...]:
        """The claimed beginnings that a longer prefix takes from one with this beginning."""
        longer = (other for other in self.beginnings if other != beginning)
        return tuple(other for other in longer if other.startswith(beginning))

    def node(self, steps: Steps) -> "Claims":
        """The claims at a place; none if no rule goes there."""
        node: Claims | None = self
        for step in steps:
            if node is None:
                break
            node = node.members.get(step) if isinstance(step, str) else node.element
        return node or Claims()

    def touches(self, place: Steps) -> bool:
        """Whether what is claimed stands at the place, around it or inside of it."""
        node = self
        for step in place:
            if node.whole or (isinstance(step, str) and step.startswith(node.beginnings)):
                return True
            inner = node.members.get(step) if isinstance(step, str) else node.element
            if inner is None:
                return False
            node = inner
        return node.whole or bool(node.members or node.beginnings or node.element)

    @property
    def is_open(self) -> bool:
        """Whether it is an object in which rules claim some members only."""
        return not self.whole and self.element is None


def partner_claims(rules: RuleSet, paired: Set[Steps]) -> Claims:
    """What the rules and conditions mention on the partner side, whatever their direction."""
    root = Claims()
    for rule in rules.rules:
        wholes = rule.name_and_value is not None
        for place in rule.places:
            _claim(root, place.path, BARE if wholes else place.wraps, paired)
    for pair in dict.fromkeys(pair for rule in rules.rules for pair in rule.pairs):
        outside, array = resolve(pair.partner)
        if not outside:
            root.reach(array, paired)
    for stand, condition in _conditions(rules):
        for path in condition.paths():
            _claim(root, (*stand, *path.steps), rules.wraps, paired)
    return root


def _claim(root: Claims, path: Steps, wraps: tuple[Names, ...], paired: Set[Steps]) -> None:
    outside, place = resolve(path)
    if outside:
        return
    if () in wraps or (place and isinstance(place[-1], Prefix)):
        root.add(place, paired)
    else:
        for names in wraps:
            root.add((*place, *names), paired)


def _conditions(rules: RuleSet) -> Iterator[tuple[Steps, Condition]]:
    """Every condition, with the place where it stands."""
    for rule in rules.rules:
        if rule.test is not None:
            yield rule.stand, rule.test
        for place in rule.places:
            if place.where is not None:
                yield rule.stand, place.where
            if rule.where is not None:
                yield _gathered(place.path), rule.where
    for elements in rules.filters:
        yield elements.pair.partner, elements.where
    for condition in (rules.where, rules.accept):
        if condition is not None:
            yield (), condition


def _gathered(path: Steps) -> Steps:
    last = max((number for number, step in enumerate(path, 1) if step is EACH), default=0)
    return path[:last]


def envelope_claims(rules: RuleSet, record: Steps) -> Claims:
    """What is used of a payload: the records at this path, and what is read around them."""
    root = Claims()
    root.add(record, frozenset())
    places = [place.path for rule in rules.rules for place in rule.places]
    asked = [(*stand, *path.steps) for stand, condition in _conditions(rules) for path in condition.paths()]
    for path in (*places, *asked):
        outside, place = resolve(path)
        if outside:
            root.add(resolve((*record, *(OUTWARD,) * outside, *place))[1], frozenset())
    return root


def internal_claims(rules: Iterable[Rule], paired: Set[Steps]) -> Claims:
    """What these rules mention on our side."""
    root = Claims()
    for rule in rules:
        if rule.internal is not None:
            root.add(with_beginning(rule, rule.internal), paired)
    return root


def rest_beginning(rule: Rule) -> str:
    """How the names begin that a rule for the rest of an object takes."""
    places = (*(place.path for place in rule.places[:1]), rule.internal or ())
    beginnings = [path[-1].beginning for path in places if path and isinstance(path[-1], Prefix)]
    return max(beginnings, key=len, default="")


def with_beginning(rule: Rule, path: Steps) -> Steps:
    """One of the rule's paths, with the names that it takes if it is for the rest of an object."""
    if path and isinstance(path[-1], Prefix):
        return (*path[:-1], Prefix(rest_beginning(rule)))
    return path
