"""A rule under examination: the expanded rule beside what its author wrote."""

from collections.abc import Iterator, Mapping
from typing import Literal, Self

import attrs

from core.mapping.alternatives import BARE
from core.mapping.anchors import resolve
from core.mapping.model import ABSENT, Finding, Json
from core.mapping.paths import Prefix, Steps, columns
from core.mapping.rules import Alternative, Names, Rule, RuleSet

Side = Literal["partner", "internal"]


@attrs.frozen(eq=False)
class Subject:
    """One rule beside its document.

    `sources` are the partner's places it reads inside the record, without wrapper, and `source_texts` how
    they are written; `other_targets` the alternatives after the first, as they would be written.
    """

    rule: Rule
    document: Mapping[str, Json]
    sources: tuple[Steps, ...]
    source_texts: tuple[str, ...]
    partner_target: Steps | None
    internal_target: Steps | None
    other_targets: tuple[Steps, ...]

    @classmethod
    def of(cls, rule: Rule, document: Mapping[str, Json]) -> Self:
        """Work out the rule's places."""
        texts = _place_texts(document.get("partner"))
        resolved = [
            (resolve(place.path), place, text) for place, text in zip(rule.places, texts, strict=True)
        ]
        inside = [(steps, place, text) for (outside, steps), place, text in resolved if not outside]
        written = [wrapped(steps, rule, place) for steps, place, _ in inside]
        return cls(
            rule=rule,
            document=document,
            sources=tuple(steps for steps, _, _ in inside),
            source_texts=tuple(text for _, _, text in inside),
            partner_target=written[0] if written and rule.outbound else None,
            internal_target=rule.internal if rule.inbound else None,
            other_targets=tuple(written[1:]),
        )

    def error(self, code: str, member: str, message: str, fix: str | None = None) -> Finding:
        """A reason to refuse the mapping."""
        return Finding("error", code, self.rule.id, member, message, fix=fix)

    def warning(self, code: str, member: str, message: str, fix: str | None = None) -> Finding:
        """A doubt."""
        return Finding("warning", code, self.rule.id, member, message, fix=fix)

    def at(self, finding: Finding, side: Side, step: int, source: int = 0) -> Finding:
        """The finding with the column of a step, counted in the whole path; none if a group has it.

        On the partner's side the path is one of the sources.
        """
        return attrs.evolve(finding, column=self._column(side, step, source))

    @property
    def is_fixed(self) -> bool:
        """Whether it writes a fixed value."""
        return self.rule.const is not ABSENT

    def _column(self, side: Side, step: int, source: int) -> int | None:
        if side == "partner":
            text, whole = self.source_texts[source], self.sources[source]
        else:
            text, whole = str(self.document["internal"]), self.rule.internal or ()
        own = columns(text)
        number = step - (len(whole) - len(own))
        return own[number] if 0 <= number < len(own) else None


def wrapped(place: Steps, rule: Rule, alternative: Alternative) -> Steps:
    """The place with the wrapper that is written around its value."""
    return (*place, *wrappings(rule, alternative)[0])


def wrappings(rule: Rule, alternative: Alternative) -> tuple[Names, ...]:
    """The wrappers that are looked for in a place; what is read as a whole object or array has none."""
    whole = rule.name_and_value is not None or isinstance(alternative.path[-1], Prefix)
    return BARE if whole else alternative.wraps


def subjects(document: Mapping[str, Json], rules: RuleSet) -> list[Subject]:
    """The rules of a mapping beside the documents they came from, in order."""
    return [Subject.of(rule, written) for rule, written in zip(rules.rules, _leaves(document), strict=True)]


def _place_texts(partner: Json) -> list[str]:
    """The paths as written, in the order of the rule's places."""
    match partner:
        case str():
            return [partner]
        case list():
            return [text for place in partner for text in _place_texts(place)]
        case dict():
            return _place_texts(partner["path"])
        case _:
            return []


def _leaves(document: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    entries = document.get("rules")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and "rules" in entry:
            yield from _leaves(entry)
        elif isinstance(entry, dict):
            yield entry
