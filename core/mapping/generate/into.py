"""Writes into the elements of arrays that are built by then, as code."""

import attrs

from core.mapping.generate.script import Script
from core.mapping.rules import Names
from core.mapping.targets import BuiltTarget, MemberTarget, Target


@attrs.define
class BuiltRows:
    """The rows of arrays that stand in the object made here; `objects` tells whether they are objects."""

    script: Script
    made: str
    rows: dict[Names, str] = attrs.field(factory=dict, init=False)
    objects: dict[Names, bool] = attrs.field(factory=dict, init=False)

    def add(self, array: Names, rows: str, *, are_objects: bool) -> None:
        """An array was built."""
        self.rows[array] = rows
        self.objects[array] = are_objects

    def put(self, target: Target, value: str) -> None:
        """Write the value, if there is one, where the elements are there."""
        match target:
            case BuiltTarget(array, None, MemberTarget() as rest) if self._knows(array, rest):
                element = self.script.fresh("e")
                self.script.open(f"if {value} is not M and {self.rows[array]} is not None:")
                self.script.open(f"for {element} in {self.rows[array]}:")
                self._put_member(element, rest, value)
                self.script.close()
                self.script.close()
            case BuiltTarget(array, int(index), MemberTarget() as rest) if self._knows(array, rest):
                element, at = self.script.fresh("e"), self.script.token(index)
                self.script.open(f"if {value} is not M and {self._has(self.rows[array], index, at)}:")
                self.script.line(f"{element} = {self.rows[array]}[{at}]")
                self._put_member(element, rest, value)
                self.script.close()
            case _:
                self.script.line(f"if {value} is not M: {self.script.bind(target.put)}({self.made}, {value})")

    def _knows(self, array: Names, rest: MemberTarget) -> bool:
        return self.objects.get(array, False) and len(rest.parents) <= 1

    @staticmethod
    def _has(rows: str, index: int, at: str) -> str:
        return rows if index == 0 else f"{rows} is not None and len({rows}) > {at}"

    def _put_member(self, element: str, target: MemberTarget, value: str) -> None:
        name = self.script.token(target.name)
        if not target.parents:
            self.script.line(f"{element}[{name}] = {value}")
            return
        parent, holder = self.script.token(target.parents[0]), self.script.fresh("e")
        self.script.line(f"{holder} = {element}.get({parent})")
        self.script.line(f"if type({holder}) is dict: {holder}[{name}] = {value}")
        self.script.line(f"else: {element}[{parent}] = {{{name}: {value}}}")
