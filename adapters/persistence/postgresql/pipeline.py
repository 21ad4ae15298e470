"""Statements that go to PostgreSQL one after another, and one wait for all their answers."""

import re
from collections.abc import Iterator, Mapping, Sequence

import attrs
import psycopg
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.generators import fetch_many, send
from psycopg.pq import ExecStatus, PipelineStatus
from psycopg.pq.abc import PGresult

from adapters.persistence.postgresql.connections import PatientConnection
from adapters.persistence.postgresql.errors import NoAnswer
from adapters.persistence.session import Row
from adapters.persistence.statements import SqlValue

_PLACE = re.compile(rb"%\((\w+)\)s|%%")
_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


@attrs.define(eq=False)
class ServerStatement:
    """A statement as the server takes it ($1, $2, …); `runs` counts up to where it is prepared."""

    sql: bytes
    name: bytes
    slots: tuple[str, ...]
    runs: int = 0
    is_prepared: bool = False


class Pipeline:
    """One connection in libpq's pipeline mode: what is sent waits until the answers are asked for.

    Between two askings the connection is an ordinary one. After a failure the server skips what was sent
    behind it, up to the asking. A statement is prepared after so many runs; None: never.
    """

    def __init__(self, connection: PatientConnection, prepare_after: int | None) -> None:
        self._connection = connection
        self._prepare_after = prepare_after
        self._transformer = Transformer(connection)
        self._known: dict[str, ServerStatement] = {}
        self._preparing: list[ServerStatement | None] = []

    def send_words(self, sql: str) -> None:
        """Send a statement without values."""
        self._enter()
        self._connection.pgconn.send_query_params(sql.encode(), None)
        self._preparing.append(None)

    def send(self, sql: str, values: Mapping[str, SqlValue]) -> None:
        """Send a statement that names its values as %(name)s."""
        statement = self._known.get(sql) or self._get_to_know(sql)
        given = self._dumped([values[slot] for slot in statement.slots])
        formats, connection = self._transformer.formats, self._connection.pgconn
        self._enter()
        if self._is_prepared(statement):
            connection.send_query_prepared(statement.name, given, param_formats=formats)
        else:
            connection.send_query_params(statement.sql, given, param_formats=formats)
        self._preparing.append(None)

    def answers(self) -> list[PGresult]:
        """Wait for the answers to all that was sent; the error of the first that failed."""
        preparing, self._preparing = self._preparing, []
        if not preparing:
            return []
        self._connection.pgconn.pipeline_sync()
        answers = self._wait()
        self._connection.pgconn.exit_pipeline_mode()
        for answer, statement in zip(answers, preparing, strict=True):
            if statement is not None:
                statement.is_prepared = answer.status in _DONE
        for answer in answers:
            if answer.status not in _DONE:
                raise error_from_result(answer)
        return [answer for answer, statement in zip(answers, preparing, strict=True) if statement is None]

    def rows(self, answers: Sequence[PGresult]) -> Iterator[Row]:
        """The rows of the answers."""
        for answer in answers:
            self._transformer.set_pgresult(answer)
            yield from self._transformer.load_rows(0, answer.ntuples, tuple)

    def _dumped(self, values: Sequence[SqlValue]) -> Sequence[Buffer | None]:
        """As texts, whose type the server knows from their place, and bytes as they are."""
        formats = [PyFormat.BINARY if isinstance(value, bytes) else PyFormat.TEXT for value in values]
        return self._transformer.dump_sequence(values, formats)

    def _enter(self) -> None:
        if self._connection.pgconn.pipeline_status == PipelineStatus.OFF:
            self._connection.pgconn.enter_pipeline_mode()

    def _is_prepared(self, statement: ServerStatement) -> bool:
        """Whether it will be when it runs: once it is due, preparing it goes ahead of it."""
        if statement.is_prepared or self._prepare_after is None:
            return statement.is_prepared
        statement.runs += 1
        if statement.runs > self._prepare_after:
            self._connection.pgconn.send_prepare(statement.name, statement.sql)
            self._preparing.append(statement)
            statement.is_prepared = True
        return statement.is_prepared

    def _wait(self) -> list[PGresult]:
        try:
            return self._connection.wait(self._received())
        except NoAnswer:
            self._connection.close()
            raise

    def _received(self) -> PQGen[list[PGresult]]:
        """All answers up to the sync; what the server said before it broke off is the error to tell."""
        connection, answers = self._connection.pgconn, list[PGresult]()
        try:
            yield from send(connection)
            while (results := (yield from fetch_many(connection)))[0].status != ExecStatus.PIPELINE_SYNC:
                answers += results
        except (psycopg.OperationalError, IndexError):
            for answer in answers:
                if answer.status == ExecStatus.FATAL_ERROR:
                    raise error_from_result(answer) from None
            raise
        return answers

    def _get_to_know(self, sql: str) -> ServerStatement:
        slots: list[str] = []

        def numbered(place: re.Match[bytes]) -> bytes:
            if place[0] == b"%%":
                return b"%"
            slot = place[1].decode()
            if slot not in slots:
                slots.append(slot)
            return b"$%d" % (slots.index(slot) + 1)

        text = _PLACE.sub(numbered, sql.encode())
        statement = ServerStatement(text, b"datamingle_%d" % len(self._known), tuple(slots))
        self._known[sql] = statement
        return statement
