"""On PostgreSQL the log is partitioned by the time its entries were received; SQLite has no partitions."""

from collections.abc import Callable
from typing import Any

from peewee import Database, PostgresqlDatabase

_DAY = 86_400_000_000
_NOW_OR_LATEST = """
SELECT greatest(max(received_at), (extract(epoch FROM now()) * 1000000)::bigint), max(received_at) IS NULL
FROM integration_log_first
"""


def up(database: Database) -> None:
    """The table there is becomes the first partition, up to the end of today: no row is copied."""
    if not isinstance(database, PostgresqlDatabase):
        return
    execute: Callable[[str], Any] = database.execute_sql  # Peewee does not say what it returns
    for statement in (
        "LOCK TABLE integration_log IN ACCESS EXCLUSIVE MODE",
        "ALTER TABLE integration_log RENAME TO integration_log_first",
        "ALTER INDEX integration_log_newest RENAME TO integration_log_first_newest",
        "ALTER TABLE integration_log_first DROP CONSTRAINT integration_log_pkey",
        "CREATE TABLE integration_log (LIKE integration_log_first, PRIMARY KEY (id, received_at)) "
        "PARTITION BY RANGE (received_at)",
        "CREATE INDEX integration_log_newest ON integration_log (received_at, id, partner, api_key, status)",
    ):
        execute(statement)
    latest, is_empty = execute(_NOW_OR_LATEST).fetchone()
    if is_empty:
        execute("DROP TABLE integration_log_first")
    else:
        execute(
            "ALTER TABLE integration_log ATTACH PARTITION integration_log_first "
            f"FOR VALUES FROM (MINVALUE) TO ({(int(latest) // _DAY + 1) * _DAY})"
        )
    execute("CREATE TABLE integration_log_default PARTITION OF integration_log DEFAULT")
