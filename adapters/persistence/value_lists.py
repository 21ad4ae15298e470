"""Lists of any length as one value, so that a statement stays the same."""

from collections.abc import Iterable

from peewee import SQL, Expression, Field

from adapters.persistence.statements import SqlValue
from adapters.persistence.values import dump_texts


def among(column: Field) -> Expression:
    """Whether the column holds one of the values that `list_of` gives, however many they are."""
    return column.in_(SQL("(SELECT value FROM json_each(:list))"))


def list_of(values: Iterable[str]) -> dict[str, SqlValue]:
    """Any number of values as one."""
    return {"list": dump_texts(values)}
