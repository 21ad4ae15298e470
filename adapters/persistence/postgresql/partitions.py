"""The partitions of the integration log as PostgreSQL's catalog tells them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import attrs
from peewee import SQL

from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.statements import Statement

DAY: Final = 86_400_000_000
_EPOCH = date(1970, 1, 1)
_ALL = Statement(
    SQL(
        r"""
        SELECT relname,
            coalesce(substring(bound FROM 'FROM \(''(-?\d+)'), '-9223372036854775808')::bigint,
            coalesce(substring(bound FROM 'TO \(''(-?\d+)'), '9223372036854775807')::bigint AS ends
        FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid,
            pg_get_expr(child.relpartbound, child.oid) AS bound
        WHERE inhparent = 'integration_log'::regclass AND bound <> 'DEFAULT'
        ORDER BY ends
        """
    )
)


@attrs.frozen
class Partition:
    """Holds the entries received from `begins` until before `ends`, in microseconds since the epoch."""

    name: str
    begins: int
    ends: int

    @classmethod
    def of_day(cls, day: int) -> "Partition":
        """The one for a day, counted since the epoch."""
        return cls(f"integration_log_{_EPOCH + timedelta(day):%Y%m%d}", day * DAY, (day + 1) * DAY)

    def meets(self, other: "Partition") -> bool:
        """Whether they have a time in common."""
        return self.begins < other.ends and other.begins < self.ends


def partitions_of_log(session: PostgresSession) -> Sequence[Partition]:
    """All but the default partition, the oldest first."""
    return [Partition(*row) for row in session.rows(_ALL)]
