"""What two versions of a mapping make of the same payload: which targets differ, and by which rule."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final, Literal, TypeAlias

import attrs

from core.mapping.equality import same
from core.mapping.mapping import FieldMapping, ReadRecord
from core.mapping.masking import mask_secrets
from core.mapping.model import Json, Lookup, MappingError, Place
from core.mapping.paths import EACH, with_each
from core.mapping.rules import RuleSet
from core.mapping.trace import Entry, How

ChangeKind: TypeAlias = Literal["added", "removed", "changed"]


@attrs.frozen
class WrittenLeaf:
    """A value in the mapped document and the rule that wrote it; `shown` is masked if that is secret."""

    value: Json = attrs.field(repr=False)
    shown: Json
    rule: str | None
    how: How | None


@attrs.frozen
class TargetChange:
    """A target that one version alone writes, or both differently; `record` is set if there are several."""

    record: int | None
    target: Place
    before: WrittenLeaf | None
    after: WrittenLeaf | None

    @property
    def kind(self) -> ChangeKind:
        """What happened to the target."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@attrs.frozen
class SampleDiff:
    """The targets that differ; the errors that only the newer, or only the older version finds."""

    targets: tuple[TargetChange, ...]
    new_errors: tuple[MappingError, ...]
    gone_errors: tuple[MappingError, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both make the same of the payload."""
        return not (self.targets or self.new_errors or self.gone_errors)


@attrs.frozen
class _Mapped:
    """One payload mapped in: the leaves of each record by its number, and the errors by what they say."""

    several: bool
    leaves: Mapping[int, Mapping[Place, WrittenLeaf]]
    errors: Mapping[tuple[int | None, str, str], MappingError]


_NOTHING: Final[Mapping[Place, WrittenLeaf]] = {}


def diff_sample(
    before: FieldMapping, after: FieldMapping, payload: Json, lookup: Lookup | None = None
) -> SampleDiff:
    """Map the payload in with both versions and compare what they write, record by record."""
    old, new = _mapped(before, payload, lookup), _mapped(after, payload, lookup)
    several = old.several or new.several
    return SampleDiff(
        targets=tuple(
            change
            for record in sorted({*old.leaves, *new.leaves})
            for change in _changes(
                record if several else None,
                old.leaves.get(record, _NOTHING),
                new.leaves.get(record, _NOTHING),
            )
        ),
        new_errors=tuple(error for told, error in new.errors.items() if told not in old.errors),
        gone_errors=tuple(error for told, error in old.errors.items() if told not in new.errors),
    )


def _changes(
    record: int | None, old: Mapping[Place, WrittenLeaf], new: Mapping[Place, WrittenLeaf]
) -> Iterator[TargetChange]:
    for target in {**old, **new}:
        was, now = old.get(target), new.get(target)
        if was is None or now is None or not same(was.value, now.value):
            yield TargetChange(record, target, was, now)


def _mapped(mapping: FieldMapping, payload: Json, lookup: Lookup | None) -> _Mapped:
    reading = mapping.read(payload, lookup=lookup)
    return _Mapped(
        several=reading.several,
        leaves={record.number: _leaves_of(record, mapping) for record in reading.records},
        errors={
            (error.record, error.pointer, error.message): error
            for record in reading.records
            for error in record.errors
        },
    )


def _leaves_of(record: ReadRecord, mapping: FieldMapping) -> Mapping[Place, WrittenLeaf]:
    explained = record.explain()
    writers: dict[Place, Entry] = {}
    for entry in explained.trace:
        if entry.how != "dropped":
            writers.setdefault(entry.target, entry)
    shown = dict(_leaves(mask_secrets(explained.value, mapping.rules, "in"), ()))
    return {
        place: _leaf(place, value, shown[place], writers, mapping.rules)
        for place, value in _leaves(explained.value, ())
        if place
    }


def _leaf(
    place: Place, value: Json, shown: Json, writers: Mapping[Place, Entry], rules: RuleSet
) -> WrittenLeaf:
    above = (writers.get(place[:end]) for end in range(len(place), 0, -1))
    writer = next((entry for entry in above if entry is not None), None)
    if writer is None:
        return WrittenLeaf(value, shown, _builder_of(place, rules), None)
    return WrittenLeaf(value, shown, writer.rule, writer.how)


def _builder_of(place: Place, rules: RuleSet) -> str | None:
    """What made an array, or an element in which nothing stands: the group that picks, or a rule inside."""
    element = with_each(place)
    arrays = (element, (*element, EACH))
    groups = (one.group for one in rules.filters if one.pair.internal in arrays)
    inside = (rule.id for rule in rules.rules for pair in rule.pairs if pair.internal in arrays)
    return next(chain(groups, inside), None)


def _leaves(value: Json, place: Place) -> Iterator[tuple[Place, Json]]:
    """Every scalar and every empty array or object, with its place."""
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from _leaves(member, (*place, name))
    elif isinstance(value, list) and value:
        for number, element in enumerate(value):
            yield from _leaves(element, (*place, number))
    else:
        yield place, value
