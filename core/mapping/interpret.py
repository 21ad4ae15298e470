"""The definition of a mapping run: one value, all errors, and if asked for a trace."""

import attrs

from core.mapping.arithmetic import at_least
from core.mapping.budget import Budget
from core.mapping.elements import elements_of
from core.mapping.errorlog import ErrorLog
from core.mapping.merged_rows import MergedRows
from core.mapping.merging import BadFigure, Moves, merge_rows, raise_to_minimums
from core.mapping.model import ABSENT, Absent, Json, Lookup, Place
from core.mapping.passing import strangers
from core.mapping.paths import SAME, Steps
from core.mapping.plan import Context, Fixed, Plan, Transfer
from core.mapping.rules import Merge
from core.mapping.standing import CLEARED, Located, Standing, Trouble, Troubled
from core.mapping.trace import Trace
from core.mapping.tracing import trace_fixed, trace_passed, trace_transfer


@attrs.define
class _Rows:
    """The rows of an array in the making, and the elements they are made of."""

    values: list[Json] = attrs.field(factory=list)
    elements: list[Standing] = attrs.field(factory=list)

    def add(self, value: Json, element: Standing) -> None:
        """One more row."""
        self.values.append(value)
        self.elements.append(element)


class Run:
    """One document through one direction of a mapping."""

    def __init__(
        self,
        plan: Plan,
        *,
        lookup: Lookup | None = None,
        partial: bool = False,
        trace: Trace | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.plan = plan
        self.lookup = lookup
        self.partial = partial
        self.trace = trace
        self.budget = budget or Budget()
        self.errors = ErrorLog()
        self.defaulted: set[Place] = set()
        self._moves = Moves()

    def document(self, standing: Standing) -> dict[str, Json]:
        """Map a whole document."""
        made: dict[str, Json] = {}
        standing.budget = self.budget
        if not isinstance(standing.value, dict):
            self.errors.note(Trouble("wrong_shape", _located(standing), "an object", standing.value))
            return made
        self._context(self.plan.root, standing, made)
        if self.plan.unmapped == "reject":
            for place in strangers(standing.value, self.plan.claims, everywhere=False):
                self.errors.note(Trouble("unmapped", Located(standing.base, place), None, ABSENT))
        if self._moves:
            self.errors.follow(self._moves)
        return made

    def _context(self, context: Context, standing: Standing, made: dict[str, Json]) -> None:
        for transfer in context.transfers:
            value = self._fetch(transfer, standing)
            if value is not ABSENT:
                self._write(transfer, standing, made, value)
        waiting = [(transfer, self._fetch(transfer, standing)) for transfer in context.into]
        for fixed in context.fixed:
            self._fix(fixed, standing, made)
        built = [(child, self._build(child, standing, made)) for child in context.children]
        for transfer, value in waiting:
            if value is not ABSENT:
                self._write(transfer, standing, made, value)
        for fixed in context.late:
            self._fix(fixed, standing, made)
        for child, rows in built:
            if child.merge is not None and rows is not None:
                self._merge(child, child.merge, rows, standing)
        if context.passing is not None:
            self._pass(context, standing, made)

    def _fetch(self, transfer: Transfer, standing: Standing) -> Json | Absent:
        """The value to write; absent if there is none, or if it could not be had."""
        try:
            value = transfer.fetch(standing, self.lookup)
        except Troubled as bad:
            for trouble in bad.troubles:
                self._note(trouble, transfer, standing)
            return ABSENT
        if value is CLEARED:
            value = None if self.partial else ABSENT
        if self.partial and (names := transfer.cleared(standing.uncounted(), self.lookup)):
            value = {**dict.fromkeys(names), **(value if isinstance(value, dict) else {})}
        if value is ABSENT:
            return self._absent(transfer, standing)
        return value if transfer.minimum is None else at_least(value, transfer.minimum)

    def _absent(self, transfer: Transfer, standing: Standing) -> Json | Absent:
        if self.partial:
            return ABSENT
        if transfer.default is not ABSENT:
            if transfer.notes_default:
                self.defaulted.add(_place(standing, transfer.target_steps))
            return transfer.default
        if transfer.required:
            first, *others = [read.located(standing) for read in transfer.reads]
            also = tuple(other.field for other in others)
            self._note(Trouble("missing", first, "a value", ABSENT), transfer, standing, also)
        return ABSENT

    def _note(
        self, trouble: Trouble, transfer: Transfer, standing: Standing, also: tuple[str, ...] = ()
    ) -> None:
        target = (*standing.target, *transfer.target_steps) if transfer.target is not None else None
        self.errors.note(trouble, transfer.rule, target, also)

    def _write(self, transfer: Transfer, standing: Standing, made: dict[str, Json], value: Json) -> None:
        if transfer.target is None:
            return
        kept = transfer.target.put(made, value)
        if self.trace is not None:
            trace_transfer(
                self.trace, transfer, standing, made, value, self.lookup, kept=kept, partial=self.partial
            )

    def _fix(self, fixed: Fixed, standing: Standing, made: dict[str, Json]) -> None:
        if self.partial and self.plan.direction == "in":
            return
        if fixed.needs_parent and not fixed.target.has_parent(made):
            return
        if fixed.target.put(made, fixed.value):
            if fixed.notes_default:
                self.defaulted.add(_place(standing, fixed.target_steps))
            if self.trace is not None:
                trace_fixed(self.trace, fixed, standing, made)

    def _build(self, context: Context, standing: Standing, made: dict[str, Json]) -> _Rows | None:
        """Build an array from the elements of its source; None if the source is not there."""
        if context.array_target is None:
            return None
        rows = _Rows()
        target = (*standing.target, *_indexes(context.target_steps))
        if not self._elements(context, 0, standing, target, rows):
            return None
        context.array_target.put(made, rows.values)
        return rows

    def _elements(self, context: Context, depth: int, standing: Standing, target: Place, rows: _Rows) -> bool:
        source = context.arrays[depth]
        is_last = depth == len(context.arrays) - 1
        members = context.reads_members or not is_last
        try:
            array = source.read(standing)
            if array is ABSENT or array is CLEARED or array is None:
                return False
            located = source.located(standing)
            if self.trace is not None:
                self.trace.link(target, located)
            for element in elements_of(array, located, standing, self.budget, members=members):
                self._element(context, depth, element, target, rows)
        except Troubled as bad:
            for trouble in bad.troubles:
                self.errors.note(trouble, None, target)
            return False
        return True

    def _element(self, context: Context, depth: int, element: Standing, target: Place, rows: _Rows) -> None:
        is_last = depth == len(context.arrays) - 1
        element.target = (*target, len(rows.values))
        if isinstance(element.value, dict):
            if not is_last:
                self._elements(context, depth + 1, element, target, rows)
            elif context.where is None or context.where.holds(element):
                self._row(context, element, rows)
            elif self.trace is not None:
                self.trace.removed.append(_located(element))
        elif context.reads_members or not is_last:
            self.errors.note(
                Trouble("wrong_shape", _located(element), "an object", element.value), None, element.target
            )
            if is_last:
                rows.add({}, element)
        else:
            self._row(context, element, rows)

    def _row(self, context: Context, element: Standing, rows: _Rows) -> None:
        if self.trace is not None:
            self.trace.link(element.target, _located(element))
        if context.value is not None:
            value = self._fetch(context.value, element)
            rows.add(None if value is ABSENT else value, element)
            if self.trace is not None and value is not ABSENT:
                trace_transfer(
                    self.trace,
                    context.value,
                    element,
                    {},
                    value,
                    self.lookup,
                    kept=True,
                    partial=self.partial,
                )
        else:
            made: dict[str, Json] = {}
            rows.add(made, element)
            self._context(context, element, made)

    def _merge(self, context: Context, merge: Merge, rows: _Rows, standing: Standing) -> None:
        """Merge the rows but for those in which a lookup found nothing."""
        array = (*standing.target, *_indexes(context.target_steps))
        merged = merge_rows(rows.values, merge, self.errors.rows_unfound(array, len(rows.values)))
        raise_to_minimums(rows.values, context.minimums)
        self._moves.note(array, merged.moved)
        if self.trace is not None:
            MergedRows(array, rows.values, merged.moved, merge).follow(self.trace)
        for figure in merged.bad:
            self._note_figure(figure, context, rows.elements[figure.row])

    def _note_figure(self, figure: BadFigure, context: Context, element: Standing) -> None:
        transfer = next((one for one in context.transfers if one.target_steps == figure.names), None)
        read = None if transfer is None else transfer.read_by(element, self.lookup, cleared=False)
        place = Located(element.base, (*element.place, *figure.names))
        located = place if read is None else read.located(element)
        trouble = Trouble(figure.code, located, figure.expected, figure.found)
        rule = None if transfer is None else transfer.rule
        self.errors.note(trouble, rule, (*element.target, *figure.names))

    def _pass(self, context: Context, standing: Standing, made: dict[str, Json]) -> None:
        if context.passing is None or not isinstance(standing.value, dict):
            return
        context.passing.pass_on(standing.value, made)
        if self.trace is not None:
            trace_passed(self.trace, context.passing, standing)


def _located(standing: Standing) -> Located:
    return Located(standing.base, standing.place)


def _place(standing: Standing, steps: Steps) -> Place:
    return (*standing.target, *_indexes(steps))


def _indexes(steps: Steps) -> Place:
    return tuple(0 if step is SAME else step for step in steps if isinstance(step, str | int) or step is SAME)
