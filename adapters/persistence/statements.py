"""Queries built once with Peewee and compiled once per database; a call fills in their slots."""

from typing import TypeAlias

import attrs
from peewee import ColumnBase, Context, Database, Field, Model, Node, NodeList, ValueLiterals

SqlValue: TypeAlias = int | float | str | bytes | None


class Dialectal(ColumnBase):
    """A piece of SQL that each database writes in its own way."""

    def __init__(self, sqlite: str, postgresql: str) -> None:
        super().__init__()
        self.sqlite = sqlite
        self.postgresql = postgresql

    def __sql__(self, ctx: Context) -> Context:
        """The one that goes with the database's sign for a parameter."""
        return ctx.literal(self.postgresql if ctx.state.param == "%s" else self.sqlite)


class Slot(Dialectal):
    """A place for a value in a query, by its name; no field converts what is put there."""

    def __init__(self, name: str) -> None:
        super().__init__(sqlite=f":{name}", postgresql=f"%({name})s")


def slots(*names: str) -> dict[str, Slot]:
    """A slot for each column that a row is written to, by the column's own name."""
    return {name: Slot(name) for name in names}


def inserting(table: type[Model], *columns: str) -> Node:
    """A new row for `Session.insert`.

    PostgreSQL gives up a whole transaction for a refused row, so it adds none instead.
    """
    return NodeList((table.insert(slots(*columns)), Dialectal("", "ON CONFLICT DO NOTHING")))


def deleting_oldest(table: type[Model], id: Field, time: Field, most: int) -> Node:
    """At most so many of the rows whose time is before the slot `before`, the oldest first."""
    oldest = table.select(id).where(time < Slot("before")).order_by(time).limit(most)
    deletion: Node = table.delete().where(id.in_(oldest))
    return deletion


@attrs.frozen(eq=False)
class Statement:
    """A query with slots, the same for every database."""

    query: Node


class Compiler:
    """Keeps what was compiled for one database; its sessions share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._compiled: dict[Statement, str] = {}

    def compile(self, statement: Statement) -> str:
        """The statement's SQL, made the first time."""
        return self._compiled.get(statement) or self._compile(statement)

    def _compile(self, statement: Statement) -> str:
        context = self._database.get_sql_context()
        sql, values = context.sql(ValueLiterals(statement.query)).query()  # type: ignore[no-untyped-call]  # stubs
        if values:
            raise TypeError(f"bound besides the slots: {values}")
        self._compiled[statement] = sql
        return str(sql)
