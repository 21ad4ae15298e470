"""A rule that reads one place, where nothing counts as empty, as code: one statement where that is enough."""

from collections.abc import Callable
from typing import TypeAlias

from core.mapping.generate.converting import Converter
from core.mapping.generate.preparing import is_one_place
from core.mapping.generate.script import Script
from core.mapping.generate.sight import NEVER, Sight
from core.mapping.model import ABSENT
from core.mapping.plan import Transfer
from core.mapping.reads import PlaceRead

Use: TypeAlias = Callable[[str], str]
"""A statement that puts the value of an expression where it goes."""
Default: TypeAlias = Callable[[], str]
"""Statements that put the default where it goes."""


def is_plain(transfer: Transfer, read: PlaceRead, converter: Converter) -> bool:
    """Whether one look tells if there is a value, and the value is used as it is or by its codec."""
    source = read.source
    if source.empty.values or len(source.wraps) != 1 or read.where is not None or not is_one_place(source):
        return False
    if transfer.minimum is not None or transfer.other_shape_is_absent or converter.may_lose:
        return False
    return converter.nulls != "absent" or not converter.may_give_null


def fetch_plain(
    script: Script,
    transfer: Transfer,
    read: PlaceRead,
    converter: Converter,
    sight: Sight,
    use: Use,
    default: Default,
) -> None:
    """Use the value where there is one; all but a value is a deviation where the rule insists on one."""
    source, value = read.source, script.fresh("v")
    insists = transfer.required and transfer.default is ABSENT and converter.nulls != "keep"
    absent = "None" if insists or converter.nulls == "absent" else "M"
    found = sight.find(sight.way(source, tolerant=False), source.steps + source.wraps[0], absent)
    if insists:
        if converter.refuses_null:
            script.line(use(converter.converted(value, at=found.text)))
        else:
            script.line(f"if ({value} := {found.text}) is None: raise X")
            script.line(use(converter.converted(value)))
        sight.keep_leaf(found, NEVER)
        return
    if absent == "M" and (member := sight.sure_member(found)):
        holder, key = member
        script.line(f"if {key} in {holder}: {use(converter.converted(value, at=f'{holder}[{key}]'))}")
        sight.keep_leaf(found, f"{key} not in {holder}")
    else:
        script.line(f"if ({value} := {found.text}) is not {absent}: {use(converter.converted(value))}")
        sight.keep_leaf(found, f"{value} is {absent}")
    otherwise(script, transfer, default)


def otherwise(script: Script, transfer: Transfer, default: Default) -> None:
    """The branch of a rule that finds no value."""
    if transfer.default is not ABSENT:
        script.line(f"else: {default()}")
    elif transfer.required:
        script.line("else: raise X")
