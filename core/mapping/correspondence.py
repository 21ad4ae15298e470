"""Which path on one side stands for which on the other, and how indexes carry over."""

from collections.abc import Iterator, Mapping

import attrs

from core.mapping.anchors import resolve
from core.mapping.claims import with_beginning
from core.mapping.model import ABSENT, Place
from core.mapping.origins import Origins
from core.mapping.paths import EACH, SAME, Prefix, Step, Steps
from core.mapping.rules import Alternative, ArrayPair, Names, Rule, RuleSet
from core.mapping.standing import Located


@attrs.frozen
class Level:
    """A pair of arrays, as paths of both sides that end in `[]`."""

    own: Steps
    other: Steps


@attrs.frozen
class Correspondence:
    """A path on the side asked for, and the one it has on the other.

    The last `wrapper` steps there only wrap; `is_whole` if what is further inside has no place of its own;
    the other path counts from so many objects `outside` of the record.
    """

    path: Steps
    other: Steps
    levels: tuple[Level, ...] = ()
    wrapper: int = 0
    is_whole: bool = False
    outside: int = 0

    def carry(self, place: Place, origins: Origins) -> Located:
        """The other place, with the indexes of this one."""
        return origins.seen(self._carry(place, origins.links, len(self.other)))

    def carry_known(self, place: Place, origins: Origins) -> Located:
        """The other place without its wrapper, as it was sent or as far as this one tells the indexes."""
        sent = origins.values.get((*place, *self.path[len(place) :]))
        if sent is not None:
            return sent.unwrapped()
        known = {len(level.other) - 1 for level in self.levels if len(level.own) <= len(place)}
        end = len(self.other) - self.wrapper
        for number, step in enumerate(self.other[:end]):
            if (step is EACH and number not in known) or isinstance(step, Prefix):
                end = number
                break
        return origins.seen(attrs.evolve(self._carry(place, origins.links, end), wrapper=0))

    def holder(self) -> "Correspondence":
        """The array of an element."""
        return attrs.evolve(self, path=self.path[:-1], other=self.other[:-1])

    def _carry(self, place: Place, links: Mapping[Place, Located], end: int) -> Located:
        linked, shared = self._linked(place, links)
        indexes = {
            len(level.other) - 1: place[len(level.own) - 1]
            for level in self.levels
            if len(level.own) <= len(place) and self.path[: len(level.own)] == level.own
        }
        at = rest_at(self.path)
        name = "" if at is None or at >= len(place) else place[at]
        steps = tuple(
            linked.steps[number] if number < shared else _filled(step, indexes.get(number, 0), name)
            for number, step in enumerate(self.other[:end])
        )
        return Located(linked.base, steps, self.wrapper, outside=self.outside)

    def _linked(self, place: Place, links: Mapping[Place, Located]) -> tuple[Located, int]:
        """The nearest element around the place that is linked, and how far its path is that of the other."""
        for level in reversed(self.levels):
            found = links.get(place[: len(level.own)])
            if found is not None:
                shared = 0
                while shared < min(len(level.other), len(self.other)) and _same(self, level, shared):
                    shared += 1
                return found, min(shared, len(found.steps))
        return Located((), ()), 0


def rest_at(path: Steps) -> int | None:
    """Which of its steps stands for all names that begin so, if one does."""
    return next((number for number, step in enumerate(path) if isinstance(step, Prefix)), None)


def matches(path: Steps, place: Place) -> bool:
    """Whether a place is on a path, or the path on it, as far as the shorter one goes."""
    for step, at in zip(path, place, strict=False):
        if step != at and (type(step) is str or not _accepts(step, at)):
            return False
    return True


def correspondences(rules: RuleSet, *, from_partner: bool) -> tuple[Correspondence, ...]:
    """All of them, those that map inwards first; those for the rest of an object last, the narrower first."""
    ordered = sorted(rules.rules, key=lambda rule: not rule.inbound)
    found = [
        found
        for rule in ordered
        if rule.const is ABSENT
        for found in (_from_partner(rule) if from_partner else _from_us(rules, rule))
    ]
    return tuple(sorted(found, key=_breadth))


def asked_paths(rules: RuleSet) -> tuple[Correspondence, ...]:
    """The partner's paths that tests ask, with the places of their answers."""
    return tuple(
        found
        for rule in rules.rules
        if rule.test is not None
        for path in rule.test.paths()
        for found in _at(rule, Alternative((*rule.stand, *path.steps), rules.wraps))
    )


def fixed_paths(rules: RuleSet, *, from_partner: bool) -> tuple[Steps, ...]:
    """The paths that fixed values own."""
    fixed = [rule for rule in rules.rules if rule.const is not ABSENT]
    if not from_partner:
        return tuple(rule.internal for rule in fixed if rule.internal is not None)
    return tuple(resolve(place.path)[1] for rule in fixed for place in rule.places)


def pair_chains(rules: RuleSet, *, from_partner: bool) -> tuple[Correspondence, ...]:
    """The paired arrays, as correspondences of their elements."""
    chains = dict.fromkeys(rule.pairs[:end] for rule in rules.rules for end in range(1, len(rule.pairs) + 1))
    levels = [_levels(chain, from_partner=from_partner) for chain in chains]
    return tuple(Correspondence(chain[-1].own, chain[-1].other, chain) for chain in levels)


def _from_us(rules: RuleSet, rule: Rule) -> Iterator[Correspondence]:
    levels = _levels(rule.pairs, from_partner=False)
    is_whole = rule.total or rule.gather or rule.name_and_value is not None or rule.test is not None
    for outside, path, wrapper in _named(rules, rule):
        if rule.internal is not None:
            own, other = with_beginning(rule, rule.internal), (*path, *wrapper)
            yield Correspondence(own, other, levels, len(wrapper), is_whole, outside)


def _from_partner(rule: Rule) -> Iterator[Correspondence]:
    for place in rule.places:
        yield from _at(rule, place)


def _at(rule: Rule, place: Alternative) -> Iterator[Correspondence]:
    """What one place of the partner's, wrapped or bare, stands for; an array of pairs for a whole object."""
    levels, internal = _levels(rule.pairs, from_partner=True), rule.internal
    if internal is None:
        return
    is_pairs = rule.name_and_value is not None
    if is_pairs and isinstance(internal[-1], Prefix):
        internal = internal[:-1]
    path = with_beginning(rule, resolve(place.path)[1])
    for wrapper in dict.fromkeys((*place.wraps, ())):
        yield Correspondence((*path, *wrapper), internal, levels, is_whole=is_pairs)


def _named(rules: RuleSet, rule: Rule) -> Iterator[tuple[int, Steps, Names]]:
    """The one place of the partner's by which a rule is called, with its wrapper."""
    if rule.test is not None:
        asked = Alternative((*rule.stand, *rule.test.paths()[0].steps), rules.wraps)
        yield (*resolve(asked.path), _wrapper(asked))
    elif rule.places:
        outside, path = resolve(rule.places[0].path)
        if rule.total or rule.gather:
            yield outside, path[: max(number for number, step in enumerate(path) if step is EACH)], ()
        else:
            yield outside, path, () if rule.name_and_value is not None else _wrapper(rule.places[0])


def _wrapper(place: Alternative) -> Names:
    return () if () in place.wraps else place.wraps[0]


def _levels(pairs: tuple[ArrayPair, ...], *, from_partner: bool) -> tuple[Level, ...]:
    if from_partner:
        return tuple(Level(pair.partner, pair.internal) for pair in pairs)
    return tuple(Level(pair.internal, pair.partner) for pair in pairs)


def _breadth(known: Correspondence) -> tuple[bool, int]:
    """How many names a path takes: one, or all that begin so."""
    beginnings = [len(step.beginning) for step in known.path if isinstance(step, Prefix)]
    return bool(beginnings), -sum(beginnings)


def _accepts(step: Step, at: str | int) -> bool:
    if isinstance(step, Prefix):
        return isinstance(at, str) and at.startswith(step.beginning)
    if isinstance(step, str | int):
        return step == at
    return isinstance(at, int)


def _filled(step: Step, index: str | int, name: str | int) -> Step:
    """A step of the other side in a concrete place."""
    if step is EACH:
        return index
    if step is SAME:
        return 0
    return name if isinstance(step, Prefix) else step


def _same(known: Correspondence, level: Level, number: int) -> bool:
    return known.other[number] == level.other[number]
