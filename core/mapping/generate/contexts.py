"""A context as code: what a record, or each element of a pair of arrays, is read for and becomes."""

from collections.abc import Callable

import attrs

from core.mapping.generate.fetching import Fetcher
from core.mapping.generate.holders import Holders, can_hold
from core.mapping.generate.into import BuiltRows
from core.mapping.generate.passes import Passer
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.merging import merge_rows, raise_to_minimums
from core.mapping.model import Json, Place
from core.mapping.paths import SAME, Steps
from core.mapping.plan import Context, Fixed, Transfer
from core.mapping.reads import PlaceRead
from core.mapping.rules import Merge, Names
from core.mapping.targets import MemberTarget, RestTarget, Target


@attrs.frozen
class Row:
    """Where the made object will stand: the arrays around it, as steps and variables of their rows."""

    place: tuple[str, ...] = ()

    def within(self, script: Script, steps: Steps, rows: str) -> "Row":
        """Inside an array that is built here."""
        return Row((*self.place, *map(script.token, concrete(steps)), f"len({rows})"))

    def at(self, script: Script, steps: Steps) -> str:
        """An expression for a full place of ours."""
        return f"({', '.join([*self.place, *map(script.token, concrete(steps))])},)"


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
        arrays = [child.array_target for child in context.children]
        written = [transfer.target for transfer in context.transfers]
        for target in [*written, *(fixed.target for fixed in context.fixed), *arrays]:
            if target is not None and can_hold(target):
                self.holders.claim(target, 2 if isinstance(target, RestTarget) else 1)

    def _transfer(self, transfer: Transfer) -> None:
        target = transfer.target
        if target is None:
            self.fetcher.check(transfer, self.sight)
        elif can_hold(target):
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

    def _put(self, target: Target, value: str) -> None:
        if isinstance(target, RestTarget):
            put = self.script.bind(attrs.evolve(target, parents=()).put)
            self.script.line(f"{put}({self.holders.variable_at(target.parents)}, {value})")
        else:
            self.holders.write(target, value)

    def _put_default(self, target: Target, transfer: Transfer) -> None:
        self._put(target, self.script.token(transfer.default))
        self._note_default(transfer.target_steps)

    def _note_default(self, steps: Steps) -> None:
        self.script.line(f"d.append({self.row.at(self.script, steps)})")

    def _fetched(self, transfer: Transfer) -> str:
        """A variable that holds the value, its default, or M."""
        kept = self.script.fresh("w")

        def default() -> None:
            self.script.line(f"{kept} = {self.script.token(transfer.default)}")
            self._note_default(transfer.target_steps)

        self.script.line(f"{kept} = M")
        self.fetcher.fetch(transfer, self.sight, lambda value: self.script.line(f"{kept} = {value}"), default)
        return kept

    def _fix(self, fixed: Fixed) -> None:
        if can_hold(fixed.target):
            self._put(fixed.target, self.script.token(fixed.value))
            if self.row.place:
                self._note_default(fixed.target_steps)
            else:
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
        self.script.open(f"if {put}({self.made}, {self.script.token(fixed.value)}):")
        self._note_default(fixed.target_steps)
        self.script.close()

    def _child(self, child: Context) -> str:
        """Build the array of a child; the variable of its rows, null where the source is not there."""
        rows = self.script.fresh("r")
        target = child.array_target
        assert target is not None
        if can_hold(target):
            if self._is_used_later(child):
                self.script.line(f"{rows} = None")
            self._loop(child, 0, self.sight, rows, lambda: self._put(target, rows))
        else:
            self.script.line(f"{rows} = None")
            self._loop(child, 0, self.sight, rows, lambda: None)
            put = self.script.bind(target.put)
            self._later.append(lambda: self.script.line(f"if {rows} is not None: {put}({self.made}, {rows})"))
        if isinstance(target, MemberTarget):
            self.rows.add((*target.parents, target.name), rows, are_objects=child.value is None)
        return rows

    def _is_used_later(self, child: Context) -> bool:
        """Whether something else is done with the rows once they are built."""
        return child.merge is not None or self._has_waiting

    def _loop(self, child: Context, depth: int, sight: Sight, rows: str, put: Callable[[], None]) -> None:
        source = child.arrays[depth]
        found = sight.find(
            sight.level(source.up), source.steps, source.empty, "None", tolerant=False, wraps=source.wraps
        )
        array = self.script.fresh("a")
        self.script.line(f"{array} = {found.text}")
        self.script.open(f"if type({array}) is list:")
        self.script.line(f"q -= len({array})")
        self.script.line("if q < 0: raise X")
        if not depth:
            self.script.line(f"{rows} = []")
        element = self.script.fresh("s")
        self.script.open(f"for {element} in {array}:")
        inside = sight.inside(element)
        if depth < len(child.arrays) - 1:
            self.script.line(f"if type({element}) is not dict: raise X")
            self._loop(child, depth + 1, inside, rows, lambda: None)
        else:
            self._element(child, inside, rows)
        self.script.close()
        put()
        self.script.close()
        insist = sight.insist_on_array(source.empty)
        self.script.line(f"elif {array} is not None: {insist}({array})")

    def _element(self, child: Context, sight: Sight, rows: str) -> None:
        element = sight.element
        check = self.script.reserve(f"if type({element}) is not dict: raise X")
        if not child.reads_members:
            self.script.drop(check)
            if _asks(child):
                sight.doubt_element()
        if child.where is not None:
            holds = self.fetcher.asker.holds(child.where, sight)
            guard = "" if child.reads_members else f"type({element}) is dict and "
            self.script.line(f"if {guard}not {holds}: continue")
        row = self.row.within(self.script, child.target_steps, rows)
        writer = ContextWriter(self.script, self.fetcher, sight, self.script.fresh("t"), row)
        if child.value is None:
            self.script.line(f"{writer.made} = {{}}")
            writer.write(child)
            self.script.line(f"{rows}.append({writer.made})")
            if child.where is None and sight.has_read_members:
                self.script.drop(check)
        else:
            value = writer._fetched(child.value)
            self.script.line(f"{rows}.append(None if {value} is M else {value})")

    def _pass(self, context: Context) -> None:
        if context.passing is None:
            return
        passer = Passer(self.script, context.passing, self.sight)
        if context.reads_members or not context.arrays:
            passer.write(self.made)
        else:
            self.script.open(f"if type({self.sight.element}) is dict:")
            passer.write(self.made)
            self.script.close()


def concrete(steps: Steps) -> Place:
    """The place that these steps name, as the interpreter notes it."""
    return tuple(0 if step is SAME else step for step in steps if isinstance(step, str | int) or step is SAME)


def _asks(child: Context) -> bool:
    """Whether conditions may be asked of the elements."""
    reads = () if child.value is None else child.value.reads
    plain = child.value is not None and all(
        isinstance(read, PlaceRead) and read.where is None for read in reads
    )
    return child.where is not None or not plain


def _merging(merge: Merge, minimums: tuple[tuple[Names, Json], ...]) -> Callable[[list[Json]], None]:
    """The definition's own merging of rows."""

    def merge_and_raise(rows: list[Json]) -> None:
        merge_rows(rows, merge)
        raise_to_minimums(rows, minimums)

    return merge_and_raise
