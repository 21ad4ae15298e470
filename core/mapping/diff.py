"""What tells two versions of a mapping apart: their rules, and what they make of the same payload."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from core.mapping.equality import same
from core.mapping.model import ABSENT, Absent, Json
from core.mapping.written_rules import WrittenRule, written_rules

_NO_SETTINGS: Final = ("rules", "format", "resource")


@attrs.frozen
class MemberChange:
    """A member of a rule, or of the mapping itself, that is not what it was."""

    member: str
    before: Json | Absent
    after: Json | Absent


@attrs.frozen
class RuleChange:
    """A rule whose members differ, by the place that it is for."""

    before: WrittenRule
    after: WrittenRule
    members: tuple[MemberChange, ...]

    @property
    def place(self) -> str:
        """The place that both are for."""
        return self.after.place


@attrs.frozen
class RulesDiff:
    """The set difference of two versions' rules by the place of ours that they are for."""

    settings: tuple[MemberChange, ...]
    added: tuple[WrittenRule, ...]
    removed: tuple[WrittenRule, ...]
    changed: tuple[RuleChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.settings or self.added or self.removed or self.changed)


def diff_rules(before: Mapping[str, Json], after: Mapping[str, Json]) -> RulesDiff:
    """Compare two documents in list form; the order of rules and how they are grouped do not matter."""
    old, new = _by_place(before), _by_place(after)
    matches = [_match(old.get(place, []), new.get(place, [])) for place in {**old, **new}]
    return RulesDiff(
        settings=_members(_settings(before), _settings(after)),
        added=tuple(rule for match in matches for rule in match.added),
        removed=tuple(rule for match in matches for rule in match.removed),
        changed=tuple(change for match in matches for change in match.changed),
    )


@attrs.frozen
class _Match:
    added: Sequence[WrittenRule]
    removed: Sequence[WrittenRule]
    changed: Sequence[RuleChange]


def _match(old: Sequence[WrittenRule], new: Sequence[WrittenRule]) -> _Match:
    """Pair the rules of one place: those that are the same, then the others in their order."""
    gone = [rule for rule in old if not any(_same(rule, other) for other in new)]
    come = [rule for rule in new if not any(_same(rule, other) for other in old)]
    pairs = zip(gone, come, strict=False)
    changed = [RuleChange(was, now, _members(was.members, now.members)) for was, now in pairs]
    return _Match(come[len(changed) :], gone[len(changed) :], changed)


def _same(one: WrittenRule, other: WrittenRule) -> bool:
    return same(dict(one.members), dict(other.members))


def _by_place(document: Mapping[str, Json]) -> dict[str, list[WrittenRule]]:
    places: defaultdict[str, list[WrittenRule]] = defaultdict(list)
    for rule in written_rules(document):
        places[rule.place].append(rule)
    return dict(places)


def _settings(document: Mapping[str, Json]) -> Mapping[str, Json]:
    return {name: value for name, value in document.items() if name not in _NO_SETTINGS}


def _members(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[MemberChange, ...]:
    return tuple(_differing(before, after))


def _differing(before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[MemberChange]:
    for name in {**before, **after}:
        was, now = before.get(name, ABSENT), after.get(name, ABSENT)
        if was is ABSENT or now is ABSENT or not same(was, now):
            yield MemberChange(name, was, now)
