"""Look-ups by a field, or by a path into an open object, and the indexes that make them fast."""

import hashlib
import json
import re
from functools import cache

from peewee import ColumnBase, Expression, Model, ModelIndex, NodeList

from adapters.persistence.statements import Dialectal, Slot, SqlValue, Statement
from core.entities.identifier import IdentifierField, text_of
from core.entities.json import Json

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII)
_WITH_ZERO_FRACTION = re.compile(r"-?\d+\.0+", re.ASCII)
_INDEXED_LENGTH = 500
_FORMS = ("text", "number", "whole_number")


def holds(table: type[Model], field: IdentifierField) -> Expression:
    """Whether the field holds the value that `forms_of` gives."""
    if not field.path:
        return _place(table, field) == Slot("value")
    return _key(_place(table, field)).in_([_key(Slot(form)) for form in _FORMS])


def forms_of(field: IdentifierField, value: str) -> dict[str, SqlValue]:
    """How a value may look where it is kept; at a path as a JSON text, a number, a number with `.0`."""
    if not field.path:
        return {"value": value}
    text = json.dumps(value, ensure_ascii=False)
    if not _NUMBER.fullmatch(value) or _WITH_ZERO_FRACTION.fullmatch(value):
        return dict.fromkeys(_FORMS, text)
    return {"text": text, "number": value, "whole_number": f"{value}.0"}


def found_in(record: object, field: IdentifierField, value: str) -> bool:
    """Whether the record's field holds the value by the core's own comparison."""
    found: Json = getattr(record, field.name)
    for name in field.path:
        found = found.get(name) if isinstance(found, dict) else None
    return text_of(found) == value


@cache
def index_on(table: type[Model], field: IdentifierField) -> Statement:
    """An index that `holds` uses; named after the field, so that it is made once."""
    digest = hashlib.sha256(json.dumps([field.name, *field.path]).encode()).hexdigest()[:16]
    name = f"{table._meta.table_name}_lookup_{digest}"
    return Statement(ModelIndex(table, [_key(_place(table, field))], name=name, safe=True))


def _place(table: type[Model], field: IdentifierField) -> ColumnBase:
    """The column; of a path, the JSON text of what stands there, with every digit it was written with."""
    column: ColumnBase = getattr(table, field.name)
    if not field.path:
        return column
    begin = Dialectal(sqlite="(", postgresql="CAST(")
    end = Dialectal(
        sqlite=f"-> {_quoted(_json_path(field.path))})", postgresql=f"::json {_steps(field.path)} AS text)"
    )
    return NodeList((begin, column, end))


def _key(place: ColumnBase) -> ColumnBase:
    """What is indexed: PostgreSQL refuses a row whose index entry would be long."""
    return NodeList((Dialectal("", "LEFT("), place, Dialectal("", f", {_INDEXED_LENGTH})")))


def _json_path(path: tuple[str, ...]) -> str:
    """Members by their JSON texts, so that no name is taken for more than a name."""
    return "$" + "".join(f".{json.dumps(name, ensure_ascii=False)}" for name in path)


def _steps(path: tuple[str, ...]) -> str:
    """Members one by one, as texts, so that none is taken for an index; psycopg reads a percent sign."""
    return " ".join(f"-> {_quoted(name)}" for name in path).replace("%", "%%")


def _quoted(text: str) -> str:
    """A literal of SQL: an index cannot be made on a bound value."""
    return "'" + text.replace("'", "''") + "'"
