"""Makes the ways to have the value of a rule, for each direction."""

from typing import Protocol

import attrs

from core.mapping.anchors import anchor, resolve
from core.mapping.claims import Claims, rest_beginning
from core.mapping.codecs import COPY
from core.mapping.codecs.numbers import TextOfInteger
from core.mapping.conditions import All, Condition
from core.mapping.conversion import Conversion, Expected, Inbound, Outbound
from core.mapping.gathering import GatherRead
from core.mapping.members import AsPairs, PairsRead, RestRead
from core.mapping.model import ABSENT
from core.mapping.paths import EACH, OUTWARD, Prefix, Steps
from core.mapping.reads import Asking, JoinRead, PlaceRead, Read, TestRead
from core.mapping.rules import Alternative, ArrayPair, Joined, NameAndValue, Rule, RuleSet
from core.mapping.sources import Source
from core.mapping.wrappers import BARE


class Reads(Protocol):
    """Makes what one direction reads; `element` is the path of the array whose elements a rule is read in."""

    def of(self, rule: Rule, element: Steps) -> tuple[Read, ...]:
        """The ways to have the value of the rule, in order."""

    def element_filter(self, pair: ArrayPair) -> Asking | None:
        """What elements of a paired array must meet."""


@attrs.frozen
class InboundReads:
    """Reads the partner's document."""

    rules: RuleSet
    claims: Claims

    def of(self, rule: Rule, element: Steps) -> tuple[Read, ...]:
        """The alternatives, each with its helpers."""
        if rule.test is not None:
            return (TestRead(self._asking(rule.test, element, rule.stand)),)
        reads = tuple(self._alternative(rule, alternative, element) for alternative in rule.alternatives)
        joins = rule.separator is not None and not rule.gather
        return (JoinRead(reads, rule.separator or ""),) if joins else reads

    def element_filter(self, pair: ArrayPair) -> Asking | None:
        """The conditions of all groups of this pair."""
        found = [elements.where for elements in self.rules.filters if elements.pair == pair]
        return self._asking(All(tuple(found)), pair.partner, pair.partner) if found else None

    def asking(self, condition: Condition | None) -> Asking | None:
        """A condition on the record."""
        return None if condition is None else self._asking(condition, (), ())

    def _alternative(self, rule: Rule, alternative: Alternative | Joined, element: Steps) -> Read:
        if isinstance(alternative, Joined):
            parts = tuple(self._one(rule, part, element) for part in alternative.parts)
            return JoinRead(parts, alternative.separator)
        return self._one(rule, alternative, element)

    def _one(self, rule: Rule, place: Alternative, element: Steps) -> Read:
        if rule.name_and_value is not None:
            return self._pairs(rule, rule.name_and_value, place, element)
        if place.path and isinstance(place.path[-1], Prefix):
            return self._rest(rule, place, element)
        if rule.total or rule.gather:
            return self._gathered(rule, place, element)
        where = [condition for condition in (place.where, rule.where) if condition is not None]
        asking = self._asking(All(tuple(where)), element, rule.stand) if where else None
        return self._place(rule, place, element, place.path, asking)

    def _place(
        self, rule: Rule, place: Alternative, element: Steps, path: Steps, where: Asking | None = None
    ) -> PlaceRead:
        at = anchor(element, path)
        source = Source(at.up, at.steps, place.wraps, rule.empty, rule.nulls == "absent")
        return PlaceRead(source, self._conversion(rule, place), where)

    def _gathered(self, rule: Rule, place: Alternative, element: Steps) -> Read:
        outside, path = resolve(place.path)
        last = max(number for number, step in enumerate(path, 1) if step is EACH)
        inner = path[:last]
        where = None if rule.where is None else self._asking(rule.where, inner, inner)
        return GatherRead(
            array=self._array(element, (*(OUTWARD,) * outside, *path[: last - 1]), rule),
            element=self._place(rule, place, inner, path),
            where=where,
            total=rule.total,
            separator=rule.separator,
        )

    def _pairs(self, rule: Rule, members: NameAndValue, place: Alternative, element: Steps) -> Read:
        return PairsRead(
            array=self._array(element, place.path, rule),
            members=members,
            name=Source(0, (members.name,), place.wraps),
            value=PlaceRead(
                Source(0, (members.value,), place.wraps, rule.empty), self._conversion(rule, place)
            ),
        )

    def _rest(self, rule: Rule, place: Alternative, element: Steps) -> Read:
        at = anchor(element, place.path[:-1])
        inside = self.claims.node(resolve(place.path)[1][:-1])
        return RestRead(
            object=Source(at.up, at.steps, BARE, rule.empty),
            value=PlaceRead(Source(0, (), place.wraps, rule.empty), self._conversion(rule, place)),
            beginning=rest_beginning(rule),
            skipped=frozenset(inside.members),
            skipped_beginnings=inside.more_special(rest_beginning(rule)),
        )

    def _array(self, element: Steps, path: Steps, rule: Rule) -> Source:
        at = anchor(element, path)
        return Source(at.up, at.steps, BARE, rule.empty, is_array=True)

    def _asking(self, condition: Condition, element: Steps, stand: Steps) -> Asking:
        wraps = (self.rules.wraps,) if self.rules.wraps == BARE else (self.rules.wraps, BARE)
        anchors = {path: anchor(element, (*stand, *path.steps)) for path in condition.paths()}
        sources = {
            path: tuple(Source(at.up, at.steps, wrap) for wrap in wraps) for path, at in anchors.items()
        }
        return Asking(condition, sources)

    def _conversion(self, rule: Rule, place: Alternative) -> Conversion | None:
        if rule.const is not ABSENT:
            return Expected(rule.const)
        decode = None if rule.codec == COPY else rule.codec.decode
        if decode is None and place.text is None and rule.nulls == "keep" and rule.lookup is None:
            return None
        return Inbound(
            nulls=rule.nulls,
            text=place.text,
            reads_integers=isinstance(rule.codec, TextOfInteger),
            decode=decode,
            lookup=rule.lookup,
        )


@attrs.frozen
class OutboundReads:
    """Reads our own document."""

    rules: RuleSet
    claims: Claims

    def of(self, rule: Rule, element: Steps) -> tuple[Read, ...]:
        """The one place of ours that the rule names."""
        if rule.internal is None:
            return ()
        if rule.name_and_value is not None or isinstance(rule.internal[-1], Prefix):
            return (self._rest(rule, rule.internal, element),)
        at = anchor(element, rule.internal)
        source = Source(at.up, at.steps, null_is_absent=rule.nulls == "absent")
        return (PlaceRead(source, self._conversion(rule)),)

    def element_filter(self, pair: ArrayPair) -> Asking | None:
        """None: every element of ours is written."""
        return None

    def _rest(self, rule: Rule, internal: Steps, element: Steps) -> Read:
        whole = internal[:-1] if isinstance(internal[-1], Prefix) else internal
        at = anchor(element, whole)
        inside = self.claims.node(whole)
        rest = RestRead(
            object=Source(at.up, at.steps),
            value=PlaceRead(Source(0, ()), self._conversion(rule)),
            beginning=rest_beginning(rule),
            skipped=frozenset(inside.members),
            skipped_beginnings=inside.more_special(rest_beginning(rule)),
        )
        if rule.name_and_value is None:
            return rest
        return AsPairs(rest, rule.name_and_value, rule.places[0].wraps[0])

    @staticmethod
    def _conversion(rule: Rule) -> Conversion | None:
        encode = None if rule.codec == COPY else rule.codec.encode
        text = rule.places[0].text if rule.places else None
        if encode is None and text is None and rule.nulls != "absent" and rule.lookup is None:
            return None
        return Outbound(rule.nulls == "absent", text, encode, rule.lookup)


def reads_members(read: Read) -> bool:
    """Whether only an element that is an object can have the value."""
    match read:
        case PlaceRead(source):
            return source.up == 0 and source.reads_members
        case JoinRead(parts):
            return any(map(reads_members, parts))
        case GatherRead(array) | PairsRead(array) | RestRead(array):
            return array.up == 0 and bool(array.steps)
        case _:
            return True
