"""A context as code: what a record, or each element of a pair of arrays, is read for and becomes."""

from collections.abc import Callable

import attrs

from core.mapping.generate.children import ChildWriter, Row, concrete
from core.mapping.generate.fetching import Fetcher
from core.mapping.generate.holders import Holders
from core.mapping.generate.into import BuiltRows
from core.mapping.generate.passes import Passer
from core.mapping.generate.runtime import Deviation
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.merging import merge_rows, raise_to_minimums
from core.mapping.model import ABSENT, Json
from core.mapping.plan import Context, Fixed, Transfer
from core.mapping.rules import Merge, Names
from core.mapping.targets import MemberTarget, RestTarget, Target


class ContextWriter:
    """Writes one context into the function of its direction."""

    def __init__(self, script: Script, fetcher: Fetcher, sight: Sight, made: str, row: Row) -> None:
        self.script = script
        self.fetcher = fetcher
        self.sight = sight
        self.made = made
        self.row = row
        self.holders = Holders(script, made)
        self.rows = BuiltRows(script, made)
        self._later: list[Callable[[], None]] = []
        self._has_waiting = False

    def write(self, context: Context) -> None:
        """Everything, in the order in which the interpreter does it."""
        self._claim(context)
        self._has_waiting = bool(context.into)
        self.holders.open()
        for transfer in context.transfers:
            self._transfer(transfer)
        waiting = [(transfer, self._fetched(transfer)) for transfer in context.into]
        for fixed in context.fixed:
            self._fix(fixed)
        built = [self._child(child) for child in context.children]
        self.holders.attach()
        for put in self._later:
            put()
        for transfer, value in waiting:
            if transfer.target is not None:
                self.rows.put(transfer.target, value)
        for fixed in context.late:
            self._fix_late(fixed)
        for child, rows in zip(context.children, built, strict=True):
            if child.merge is not None:
                merge = self.script.bind(_merging(child.merge, child.minimums))
                self.script.line(f"if {rows} is not None: {merge}({rows})")
        self._pass(context)

    def _claim(self, context: Context) -> None:
        for transfer in context.transfers:
            if transfer.target is not None:
                self.holders.claim(transfer.target)
        for fixed in context.fixed:
            self.holders.claim(fixed.target)
        for child in context.children:
            if child.array_target is not None:
                self.holders.claim(child.array_target)

    def _transfer(self, transfer: Transfer) -> None:
        target = transfer.target
        if target is None:
            self.fetcher.check(transfer, self.sight)
        elif self.holders.holds(target):
            self.fetcher.fetch(
                transfer,
                self.sight,
                lambda value: self._put(target, value),
                lambda: self._put_default(target, transfer),
            )
        else:
            value = self._fetched(transfer)
            put = self.script.bind(target.put)
            self._later.append(lambda: self.script.line(f"if {value} is not M: {put}({self.made}, {value})"))

    def _put(self, target: Target, value: str) -> str:
        if isinstance(target, RestTarget):
            put = self.script.bind(attrs.evolve(target, parents=()).put)
            return f"{put}({self.holders.variable_at(target.parents)}, {value})"
        return self.holders.put(target, value)

    def _put_default(self, target: Target, transfer: Transfer) -> str:
        put = self._put(target, self.script.token(transfer.default))
        return f"{put}; {self._note_default(transfer)}"

    def _note_default(self, filled: Transfer | Fixed) -> str:
        if not filled.notes_default:
            return "pass"
        return f"d.append({self.row.at(self.script, filled.target_steps)})"

    def _fetched(self, transfer: Transfer) -> str:
        """A variable that holds the value, its default, or M."""
        kept = self.script.fresh("w")

        def default() -> str:
            token = self.script.token(transfer.default)
            return f"{kept} = {token}; {self._note_default(transfer)}"

        self.script.line(f"{kept} = M")
        self.fetcher.fetch(transfer, self.sight, lambda value: f"{kept} = {value}", default)
        return kept

    def _fix(self, fixed: Fixed) -> None:
        if self.holders.holds(fixed.target):
            self.script.line(self._put(fixed.target, self.script.token(fixed.value)))
            if self.row.place:
                self.script.line(self._note_default(fixed))
            elif fixed.notes_default:
                self.script.always_defaulted.append(concrete(fixed.target_steps))
        else:
            self._later.append(lambda: self._call_put(fixed))

    def _fix_late(self, fixed: Fixed) -> None:
        if fixed.needs_parent:
            self.script.open(f"if {self.script.bind(fixed.target.has_parent)}({self.made}):")
            self._call_put(fixed)
            self.script.close()
        else:
            self._call_put(fixed)

    def _call_put(self, fixed: Fixed) -> None:
        put = self.script.bind(fixed.target.put)
        note = self._note_default(fixed)
        self.script.line(f"if {put}({self.made}, {self.script.token(fixed.value)}): {note}")

    def _child(self, child: Context) -> str:
        """Build the array of a child; the variable of its rows, null where the source is not there."""
        rows = self.script.fresh("r")
        children = ChildWriter(self.script, self.fetcher, self.row, self._element)
        target = child.array_target
        if target is None:
            raise TypeError("a child context builds an array")
        if self.holders.holds(target):
            if self._is_used_later(child):
                self.script.line(f"{rows} = None")
            children.write(child, self.sight, rows, lambda: self.script.line(self._put(target, rows)))
        else:
            self.script.line(f"{rows} = None")
            children.write(child, self.sight, rows, lambda: None)
            put = self.script.bind(target.put)
            self._later.append(lambda: self.script.line(f"if {rows} is not None: {put}({self.made}, {rows})"))
        if isinstance(target, MemberTarget):
            self.rows.add((*target.parents, target.name), rows, are_objects=child.value is None)
        return rows

    def _is_used_later(self, child: Context) -> bool:
        """Whether something else is done with the rows once they are built."""
        return child.merge is not None or self._has_waiting

    def _element(self, child: Context, sight: Sight, row: Row) -> str:
        """An object, or a value: null where an element has none."""
        writer = ContextWriter(self.script, self.fetcher, sight, self.script.fresh("t"), row)
        if child.value is not None:
            value = writer._fetched(child.value)
            return f"None if {value} is M else {value}"
        self.script.line(f"{writer.made} = {{}}")
        writer.write(child)
        return writer.made

    def _keys_when_full(self, context: Context) -> int | None:
        """How many members the object has if every rule wrote one; None if that does not count rules."""
        others = (*context.fixed, *context.children, *context.into, *context.late)
        has_defaults = any(transfer.default is not ABSENT for transfer in context.transfers)
        is_one_each = self.holders.count_of_single_members() == len(context.transfers)
        return len(context.transfers) if is_one_each and not others and not has_defaults else None

    def _pass(self, context: Context) -> None:
        if context.passing is None:
            return
        passer = Passer(self.script, context.passing, self.sight, self._keys_when_full(context))
        if context.reads_members or not context.arrays:
            passer.write(self.made)
        else:
            self.script.open(f"if type({self.sight.element}) is dict:")
            passer.write(self.made)
            self.script.close()


def _merging(merge: Merge, minimums: tuple[tuple[Names, Json], ...]) -> Callable[[list[Json]], None]:
    """The definition's own merging of rows."""

    def merge_and_raise(rows: list[Json]) -> None:
        if merge_rows(rows, merge).bad:
            raise Deviation
        raise_to_minimums(rows, minimums)

    return merge_and_raise
