"""Makes the plan of one direction from the flat rules."""

from collections.abc import Callable
from typing import Literal, TypeVar

from core.mapping.anchors import split_at_each
from core.mapping.claims import internal_claims, partner_claims, with_beginning
from core.mapping.emptiness import NOTHING_IS_EMPTY
from core.mapping.model import ABSENT, ROWS, Json
from core.mapping.passing import Passing
from core.mapping.paths import EACH, SAME, Prefix, Steps
from core.mapping.plan import Context, Fixed, Plan, Transfer
from core.mapping.readmaking import InboundReads, OutboundReads, Reads, reads_members
from core.mapping.reads import Read
from core.mapping.rules import ArrayPair, Names, Rule, RuleSet
from core.mapping.secrecy import secret_sources
from core.mapping.sources import Source
from core.mapping.targets import MemberTarget, Target, TargetMaker

_T = TypeVar("_T")


def plan_for(rules: RuleSet, direction: Literal["in", "out"]) -> Plan:
    """What this direction does, as a tree of contexts."""
    return _Planner(rules, direction).plan()


class _Draft:
    """A context in the making."""

    def __init__(self, pair: ArrayPair | None, source: Steps, target: Steps, parent: "_Draft | None") -> None:
        self.pair = pair
        self.source = source
        self.target = target
        self.parent = parent
        self.children: list[_Draft] = []
        self.transfers: list[Transfer] = []
        self.fixed: list[Fixed] = []
        self.passes = False

    def beyond(self, target: Steps) -> Steps:
        """The steps of a full target path from this context's element on."""
        return target[len(self.target) :]


class _Planner:
    def __init__(self, rules: RuleSet, direction: Literal["in", "out"]) -> None:
        self.rules = rules
        self.direction = direction
        self.inbound = direction == "in"
        self.root = _Draft(None, (), (), None)
        self.drafts: dict[ArrayPair, _Draft] = {}
        self._merges = {rows.pair: rows.merge for rows in rules.merges} if self.inbound else {}
        self._merged_arrays = {pair.internal[:-1] for pair in self._merges}
        self.active = [rule for rule in rules.rules if (rule.inbound if self.inbound else rule.outbound)]

    def plan(self) -> Plan:
        """Find the contexts, then what is left to pass, then fill the contexts."""
        for rule in self.active:
            self._context_of(rule)
        self._choose_passing()
        self._make_claims()
        self._make_tools()
        for rule in self.active:
            self._place(rule)
        unmapped = self.rules.unmapped_in if self.inbound else self.rules.unmapped_out
        return Plan(
            direction=self.direction,
            root=self._finish(self.root),
            unmapped=unmapped,
            empty=self.rules.empty,
            claims=self.source_claims,
            secrets=secret_sources(self.rules, self.direction),
            row_minimums=self._minimums(self._is_row_rule),
        )

    def _context_of(self, rule: Rule) -> _Draft:
        draft = self.root
        for pair in rule.pairs:
            if pair not in self.drafts:
                source, target = (pair.partner, pair.internal)[:: 1 if self.inbound else -1]
                self.drafts[pair] = _Draft(pair, source, target, draft)
                draft.children.append(self.drafts[pair])
            draft = self.drafts[pair]
        return draft

    def _choose_passing(self) -> None:
        """What is left in the elements of an array passes to the first array that it feeds."""
        seen: set[Steps] = set()
        for draft in self.drafts.values():
            draft.passes = draft.source not in seen
            seen.add(draft.source)

    def _make_claims(self) -> None:
        paired = {draft.source for draft in self.drafts.values()}
        if self.inbound:
            self.source_claims = partner_claims(self.rules, paired)
            self.target_claims = internal_claims(self.rules.rules, frozenset())
        else:
            ours = [rule for rule in self.rules.rules if rule.outbound or rule.const is not ABSENT]
            self.source_claims = internal_claims(ours, paired)
            self.target_claims = partner_claims(self.rules, frozenset())

    def _make_tools(self) -> None:
        targets = [self._target_steps(rule) for rule in self.active]
        built = frozenset(draft.target for draft in self.drafts.values())
        self.maker = TargetMaker(built, frozenset(targets), self.target_claims)
        made = InboundReads if self.inbound else OutboundReads
        self.reads: Reads = made(self.rules, self.source_claims)

    def _target_steps(self, rule: Rule) -> Steps:
        """The full path that the rule writes; empty if it writes none."""
        if self.inbound:
            return rule.internal or ()
        if not rule.places:
            return ()
        place = rule.places[0]
        whole = rule.name_and_value is not None or isinstance(place.path[-1], Prefix)
        return place.path if whole else (*place.path, *place.wraps[0])

    def _place(self, rule: Rule) -> None:
        if rule.const is not ABSENT:
            self._place_const(rule, rule.const)
            return
        target = self._target_steps(rule)
        draft = self._context_of(rule)
        if not target:
            return
        steps = draft.beyond(target)
        draft.transfers.append(
            Transfer(
                rule=rule,
                reads=self.reads.of(rule, draft.source),
                target=self._target(rule, draft, steps),
                target_steps=steps,
                required=self.inbound and rule.required,
                default=rule.default if self.inbound else ABSENT,
                minimum=rule.minimum if self.inbound and not self._is_merged_later(rule) else None,
                other_shape_is_absent=rule.other_shape_is_absent,
                notes_default=not self._is_in_several_rows(target),
            )
        )

    def _place_const(self, rule: Rule, const: Json) -> None:
        if (rule.internal is not None) == self.inbound:
            target = self._target_steps(rule)
            draft = self._holding(target, {draft.target: draft for draft in self.drafts.values()})
            if draft is not None:
                steps = draft.beyond(target)
                made = self.maker.make(draft.target, steps, ((),))
                noted = not self._is_in_several_rows(target)
                draft.fixed.append(Fixed(rule, const, made, steps, not rule.always, noted))
        elif self.inbound and rule.expect:
            sources = {draft.source: draft for draft in reversed(self.drafts.values())}
            draft = self._holding(rule.places[0].path, sources)
            if draft is not None:
                draft.transfers.append(_check(rule, self.reads.of(rule, draft.source)))

    def _holding(self, path: Steps, drafts: dict[Steps, _Draft]) -> _Draft | None:
        """The context in which a path without a pair of its own stands."""
        last = max((number for number, step in enumerate(path, 1) if step is EACH), default=0)
        return drafts.get(path[:last]) if last else self.root

    def _target(self, rule: Rule, draft: _Draft, steps: Steps) -> Target:
        if not steps:
            return MemberTarget((), "")
        if self.inbound:
            return self.maker.make(draft.target, with_beginning(rule, steps), ((),))
        return self.maker.make(draft.target, steps, rule.places[0].wraps if rule.places else ((),))

    def _is_row_rule(self, rule: Rule) -> bool:
        """Whether the rule fills inventory rows that the mapping merges."""
        return self.rules.merge is not None and (rule.internal or ())[:1] == (ROWS,)

    def _is_in_several_rows(self, target: Steps) -> bool:
        """Whether the target stands in a row that may become one with others, or in every row."""
        return SAME in target or any(target[:end] in self._merged_arrays for end in range(1, len(target)))

    def _is_merged_later(self, rule: Rule) -> bool:
        return self._is_row_rule(rule) or (bool(rule.pairs) and rule.pairs[-1] in self._merges)

    def _minimums(self, chosen: Callable[[Rule], bool]) -> tuple[tuple[Names, Json], ...]:
        """The members of merged rows that have a least value."""
        return tuple(
            (_last_names(rule.internal or ()), rule.minimum)
            for rule in self.active
            if self.inbound and rule.minimum is not None and chosen(rule)
        )

    def _array_target(self, draft: _Draft) -> Target | None:
        if draft.parent is None:
            return None
        return self.maker.make(draft.parent.target, draft.parent.beyond(draft.target)[:-1], ((),))

    def _is_into(self, draft: _Draft, steps: Steps) -> bool:
        return self.maker.writes_into_built(draft.target, steps)

    def _arrays(self, draft: _Draft) -> tuple[Source, ...]:
        if draft.parent is None:
            return ()
        parts = split_at_each(draft.source[len(draft.parent.source) :])[:-1]
        empty = self.rules.empty if self.inbound else NOTHING_IS_EMPTY
        return tuple(Source(0, steps, empty=empty, is_array=True) for steps in parts)

    def _passing(self, draft: _Draft) -> Passing | None:
        unmapped = self.rules.unmapped_in if self.inbound else self.rules.unmapped_out
        source = self.source_claims.node(draft.source)
        if unmapped != "pass" or source.whole or not (draft.passes or draft is self.root):
            return None
        return Passing(source, self.target_claims.node(draft.target), renames=not self.inbound)

    def _finish(self, draft: _Draft) -> Context:
        direct, into = _parted(draft.transfers, lambda t: self._is_into(draft, t.target_steps))
        soon, late = _parted(draft.fixed, lambda f: f.needs_parent or self._is_into(draft, f.target_steps))
        children = sorted(
            draft.children, key=lambda child: self._is_into(draft, draft.beyond(child.target)[:-1])
        )
        merge = None if draft.pair is None else self._merges.get(draft.pair)
        reads = [read for transfer in draft.transfers for read in transfer.reads]
        return Context(
            arrays=self._arrays(draft),
            array_target=self._array_target(draft),
            target_steps=() if draft.parent is None else draft.parent.beyond(draft.target)[:-1],
            where=None if draft.pair is None else self.reads.element_filter(draft.pair),
            reads_members=bool(draft.children) or any(map(reads_members, reads)),
            value=next((t for t in direct if t.target is not None and not t.target_steps), None),
            transfers=direct,
            fixed=soon,
            children=tuple(map(self._finish, children)),
            into=into,
            late=late,
            merge=merge,
            minimums=() if merge is None else self._minimums(lambda rule: rule.pairs[-1:] == (draft.pair,)),
            passing=self._passing(draft),
        )


def _parted(items: list[_T], second: Callable[[_T], bool]) -> tuple[tuple[_T, ...], tuple[_T, ...]]:
    """Those that are not in the second part, and those that are."""
    return tuple(item for item in items if not second(item)), tuple(filter(second, items))


def _check(rule: Rule, reads: tuple[Read, ...]) -> Transfer:
    return Transfer(
        rule=rule,
        reads=reads,
        target=None,
        target_steps=(),
        required=False,
        default=ABSENT,
        minimum=None,
        other_shape_is_absent=False,
    )


def _last_names(steps: Steps) -> Names:
    """The members after the last element."""
    names: Names = ()
    for step in steps:
        names = (*names, step) if isinstance(step, str) else ()
    return names
