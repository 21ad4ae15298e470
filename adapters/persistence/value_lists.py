"""Lists of any length as one value, so that a statement stays the same."""

from collections.abc import Iterable

from peewee import Field, Node, NodeList

from adapters.persistence.statements import Dialectal, SqlValue
from adapters.persistence.values import dump_texts

_IN_LIST = Dialectal(
    sqlite="IN (SELECT value FROM json_each(:list))",
    postgresql="= ANY (ARRAY(SELECT json_array_elements_text(%(list)s::json)))",
)


def among(column: Field) -> Node:
    """Whether the column holds one of the values that `list_of` gives, however many they are."""
    return NodeList((column, _IN_LIST))


def list_of(values: Iterable[str]) -> dict[str, SqlValue]:
    """Any number of values as one."""
    return {"list": dump_texts(values)}
