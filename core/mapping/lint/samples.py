"""Doubts that only real payloads raise: rules without effect, fields nobody maps, ways back that differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, Self

import attrs

from core.mapping.equality import same
from core.mapping.ignoring import ignored_places
from core.mapping.interpret import Run
from core.mapping.lint.conditions import check_places
from core.mapping.lint.sample_refusals import check_kinds, check_refusals
from core.mapping.lint.schema_view import SchemaView
from core.mapping.model import ABSENT, Finding, Json, Place
from core.mapping.paths import Steps, show, with_each
from core.mapping.plan import Plan
from core.mapping.planning import plan_for
from core.mapping.readmaking import InboundReads
from core.mapping.records import find_records
from core.mapping.rules import RuleSet
from core.mapping.standing import Standing
from core.mapping.trace import Trace

_MOST_PLACES_NAMED: Final = 10
_NO_SOURCE: Final = ("default", "const", "passed")


@attrs.frozen
class _Trial:
    """One record mapped in: the value, what each rule wrote where, what was left or passed.

    `kept` and `left_out` are the elements, whatever their number, that conditions let through and did not.
    """

    value: dict[str, Json]
    written: dict[Place, tuple[str, Json]]
    unused: tuple[Place, ...]
    passed: tuple[Steps, ...]
    kept: frozenset[Steps]
    left_out: frozenset[Steps]

    @classmethod
    def of(cls, plan: Plan, record: Standing) -> Self:
        """Map it and look on."""
        trace = Trace()
        value = Run(plan, trace=trace).document(record)
        written = {
            entry.target: (entry.rule, entry.value)
            for entry in trace.entries
            if entry.rule is not None and entry.how not in _NO_SOURCE
        }
        passed = tuple(
            entry.source.steps
            for entry in trace.entries
            if entry.how == "passed" and entry.source is not None
        )
        kept = {link.source.steps for link in trace.links}
        left_out = {located.steps for located in trace.removed}
        gone = left_out - kept
        unused = tuple(
            place
            for place in ignored_places(plan, record.value)
            if not any(place[:end] in gone for end in range(1, len(place) + 1))
        )
        return cls(value, written, unused, passed, _any_elements(kept), _any_elements(left_out))


def check_samples(
    rules: RuleSet, samples: Sequence[Json], schema: Mapping[str, Json] | None = None
) -> Iterator[Finding]:
    """All findings about a mapping that sample payloads bring to light."""
    inbound, outbound = plan_for(rules, "in"), plan_for(rules, "out")
    found = [record for sample in samples for record in find_records(sample, rules.record).standings]
    records = [record for record in found if isinstance(record.value, dict)]
    if not records:
        return
    where = InboundReads(rules, inbound.claims).asking(rules.where)
    trials = [_Trial.of(inbound, record) for record in records if where is None or where.holds(record)]
    yield from check_refusals(rules, inbound, samples)
    if schema is not None:
        secret = frozenset(rule.id for rule in rules.rules if rule.secret)
        yield from check_kinds([trial.written for trial in trials], SchemaView(schema), secret)
    if trials:
        yield from _never(rules, trials)
    yield from check_places(rules, [record.value for record in records])
    yield from _unmapped(trials)
    yield from _differing(rules, trials, outbound)


def _never(rules: RuleSet, trials: Iterable[_Trial]) -> Iterator[Finding]:
    """Rules that wrote nothing though they had the chance: not all elements of theirs were left out."""
    fired = {rule for trial in trials for rule, _ in trial.written.values()}
    left_out = frozenset[Steps]().union(*(trial.left_out for trial in trials))
    missed = left_out.difference(*(trial.kept for trial in trials))
    names = _names(place for trial in trials for place in (*trial.unused, *trial.passed))
    for rule in rules.rules:
        if any(with_each(pair.partner) in missed for pair in rule.pairs):
            continue
        if rule.inbound and rule.const is ABSENT and rule.lookup is None and rule.id not in fired:
            message = f"{show(rule.internal or ())} was filled from none of the samples"
            alike = [name for place in rule.places for name in _alike(show(place.path), names)]
            fix = f"write {alike[0]}" if alike else None
            yield Finding("warning", "never_fires", rule.id, "partner", message, fix=fix)


def _names(places: Iterable[Steps]) -> list[str]:
    """The places, each once whatever the element it is in."""
    return list(dict.fromkeys(show(with_each(place)) for place in places))


def _alike(path: str, names: Sequence[str]) -> list[str]:
    """Names that the path may be a misspelling of; in another case counts as the same."""
    folded = {name.casefold(): name for name in names}
    return [folded[name] for name in get_close_matches(path.casefold(), folded, n=1, cutoff=0.8)]


def _unmapped(trials: Iterable[_Trial]) -> Iterator[Finding]:
    places = _names(place for trial in trials for place in trial.unused)
    if places:
        named = ", ".join(places[:_MOST_PLACES_NAMED])
        more = f" and {len(places) - _MOST_PLACES_NAMED} more" if len(places) > _MOST_PLACES_NAMED else ""
        yield Finding("warning", "unmapped_seen", "", "unmapped", f"no rule takes {named}{more}")


def _differing(rules: RuleSet, trials: Iterable[_Trial], outbound: Plan) -> Iterator[Finding]:
    """What a two-way rule wrote must be there again after the way out and in.

    Every element of ours goes out, with the fields that rules know: conditions are not asked on the way back.
    """
    inbound = plan_for(attrs.evolve(rules, filters=()), "in")
    two_way = {rule.id for rule in rules.rules if rule.direction == "both"}
    reported: set[str] = set()
    for trial in trials:
        back = Run(outbound).document(Standing(trial.value))
        again = _Trial.of(inbound, Standing(back)).written
        for place, (rule, value) in trial.written.items():
            if rule not in two_way or rule in reported:
                continue
            found = again.get(place)
            if found is None or not same(found[1], value):
                reported.add(rule)
                what = "is lost" if found is None else "changes"
                message = f"{show(place)} {what} when a sample goes out again and comes back"
                yield Finding("warning", "round_trip_differs", rule, "partner", message)


def _any_elements(places: Iterable[Steps]) -> frozenset[Steps]:
    return frozenset(map(with_each, places))
