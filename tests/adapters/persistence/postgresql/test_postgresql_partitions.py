import os
import pkgutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import psycopg
import pytest

from adapters.persistence.postgresql import log_partitions
from adapters.persistence.postgresql.server import PostgresServer
from adapters.persistence.postgresql.transactions import PostgresTransactions
from adapters.persistence.postgresql.url import read_url
from adapters.persistence.storage import open_storage
from core.entities.integration_log import LogFilter
from core.errors import BadSetting, ServiceUnavailable
from core.ports.unit_of_work import Transactions
from core.use_cases.logs import prepare_log, purge_logs
from tests.support.clock import START, SettableClock
from tests.support.disturbed_server import DisturbedServer
from tests.support.ids import CountingIds
from tests.support.postgres import a_new_database, an_empty_database, require_postgres
from tests.support.records import an_entry, keep

Operator = psycopg.Connection[tuple[Any, ...]]
TODAY = "20260430"
AHEAD = [TODAY, *(f"2026050{day}" for day in range(1, 8))]
DAY = timedelta(days=1)
NAMES = """
SELECT substring(child.relname FROM '[^_]+$') FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
WHERE inhparent = 'integration_log'::regclass ORDER BY 1
"""


@pytest.fixture
def url() -> str:
    """An empty database whose log has no partition but the default one."""
    require_postgres()
    url = an_empty_database()
    with psycopg.connect(url, autocommit=True) as connection:
        for name in partitions(connection):
            connection.execute(f"DROP TABLE integration_log_{name}".encode())
    return url


def partitions(operator: Operator) -> list[str]:
    """What they are called behind `integration_log_`."""
    return [name for (name,) in operator.execute(NAMES) if name != "default"]


def entries(operator: Operator, partition: str) -> int:
    (found,) = operator.execute(f"SELECT count(*) FROM integration_log_{partition}".encode()).fetchone() or (
        0,
    )
    return int(found)


def prepare(transactions: Transactions) -> int:
    """Take every step there is; tell how many."""
    steps = 0
    while transactions.run(prepare_log):
        steps += 1
    return steps


def purge(transactions: Transactions, before: datetime) -> int:
    purged = 0
    while some := transactions.run(lambda work: work.log.purge(before)):
        purged += some
    return purged


def listed(transactions: Transactions) -> list[str]:
    return [entry.id for entry in transactions.read(lambda work: list(work.log.recent(LogFilter(), 99)))]


def test_the_days_of_a_week_ahead_are_made_once(postgresql: PostgresTransactions, operator: Operator) -> None:
    steps = prepare(postgresql)

    assert (steps, prepare(postgresql)) == (8, 0)
    assert partitions(operator) == AHEAD


def test_the_next_day_is_made_when_it_comes_near(
    postgresql: PostgresTransactions, operator: Operator, clock: SettableClock
) -> None:
    prepare(postgresql)
    clock.advance(DAY)

    assert prepare(postgresql) == 1
    assert partitions(operator) == [*AHEAD, "20260508"]


def test_an_entry_stands_in_the_partition_of_its_day(
    postgresql: PostgresTransactions, operator: Operator
) -> None:
    prepare(postgresql)

    keep(postgresql, an_entry(START), an_entry(START + timedelta(hours=2)))

    assert [entries(operator, name) for name in (TODAY, "20260501", "default")] == [1, 1, 0]


def test_an_entry_without_a_partition_is_kept_and_moves_to_it_when_it_is_made(
    postgresql: PostgresTransactions, operator: Operator
) -> None:
    times = [START, START - 40 * DAY, START - 40 * DAY, START + 400 * DAY]
    kept = [an_entry(at) for at in times]
    keep(postgresql, *kept)
    before = (entries(operator, "default"), listed(postgresql))

    prepare(postgresql)

    assert before == (4, listed(postgresql))
    assert [entries(operator, name) for name in ("default", TODAY, "20260321", "20270604")] == [0, 1, 2, 1]
    assert [postgresql.read(lambda work, id=one.id: work.log.get(id)) for one in kept] == kept  # type: ignore[misc]


@pytest.mark.parametrize(
    ("id", "looks"),
    [("019de0ac-a000-7000-8000-000000000001", 1), ("01900000-0000-7000-8000-000000000001", 2), ("odd", 2)],
)
def test_an_entry_is_looked_for_around_the_time_in_its_id_and_then_everywhere(
    postgresql: PostgresTransactions, server: DisturbedServer, id: str, looks: int
) -> None:
    prepare(postgresql)
    keep(postgresql, entry := an_entry(START, id=id))
    statements: list[str] = []
    server.watchers.append(lambda sql, _: statements.append(sql))

    found = postgresql.read(lambda work: work.log.get(id))

    assert found == entry
    assert sum(sql.startswith("SELECT") and "raw_payload" in sql for sql in statements) == looks


def test_a_day_that_goes_on_with_much_astray_is_left_until_it_is_over(
    postgresql: PostgresTransactions,
    operator: Operator,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_partitions, "MOST_MOVED_UNDER_LOAD", 2)
    keep(postgresql, *(an_entry(START) for _ in range(3)))

    prepare(postgresql)
    meanwhile = (partitions(operator), entries(operator, "default"))
    clock.advance(DAY)
    prepare(postgresql)

    assert meanwhile == (AHEAD[1:], 3)
    assert (entries(operator, TODAY), entries(operator, "default")) == (3, 0)


def test_days_that_are_over_go_as_a_whole_and_are_counted(
    postgresql: PostgresTransactions, operator: Operator, clock: SettableClock
) -> None:
    keep(postgresql, *(an_entry(START - 3 * DAY) for _ in range(1200)), an_entry(START))
    prepare(postgresql)
    deletions_before = operator.execute("SELECT sum(n_tup_del) FROM pg_stat_user_tables").fetchone()

    purged = postgresql.run(lambda work: purge_logs(work, 1, whole_days=True))

    assert purged == 1200
    assert partitions(operator) == AHEAD
    assert operator.execute("SELECT sum(n_tup_del) FROM pg_stat_user_tables").fetchone() == deletions_before


def test_of_a_day_that_is_not_over_single_entries_go_where_that_is_asked_for(
    postgresql: PostgresTransactions, operator: Operator
) -> None:
    prepare(postgresql)
    keep(postgresql, *(an_entry(START - timedelta(minutes=1)) for _ in range(700)), kept := an_entry(START))

    assert purge(postgresql, START) == 700
    assert listed(postgresql) == [kept.id]
    assert partitions(operator) == AHEAD


def test_empty_days_go_as_well(
    postgresql: PostgresTransactions, operator: Operator, clock: SettableClock
) -> None:
    prepare(postgresql)
    clock.advance(100 * DAY)
    prepare(postgresql)

    assert purge(postgresql, clock.now() - 90 * DAY) == 0
    assert len(partitions(operator)) == 8


def test_while_the_log_is_being_read_nothing_is_dropped_and_no_request_waits_long(
    postgresql: PostgresTransactions, operator: Operator, clock: SettableClock
) -> None:
    prepare(postgresql)
    clock.advance(100 * DAY)

    with operator.transaction(), ThreadPoolExecutor(1) as pool:
        operator.execute("SELECT count(*) FROM integration_log")
        began = time.monotonic()
        dropping = pool.submit(purge, postgresql, clock.now())
        time.sleep(0.1)
        keep(postgresql, an_entry(clock.now() + DAY))
        waited = time.monotonic() - began
        with pytest.raises(ServiceUnavailable):
            dropping.result()

    assert waited < 1.5
    assert partitions(operator) == AHEAD
    purge(postgresql, clock.now())
    assert partitions(operator) == []


def test_making_days_ahead_waits_for_no_request_under_way(
    postgresql: PostgresTransactions, operator: Operator, clock: SettableClock
) -> None:
    prepare(postgresql)
    keep(postgresql, an_entry())
    operator.execute("CREATE TEMPORARY TABLE another AS SELECT * FROM integration_log")
    operator.execute("UPDATE another SET id = 'another'")
    clock.advance(DAY)

    with operator.transaction():
        operator.execute("INSERT INTO integration_log SELECT * FROM another")
        assert prepare(postgresql) == 1

    assert entries(operator, TODAY) == 2


def test_servers_that_prepare_and_purge_at_once_do_not_get_in_each_others_way(
    url: str, operator: Operator, clock: SettableClock
) -> None:
    servers = [PostgresTransactions(PostgresServer(read_url(url)), clock, CountingIds()) for _ in range(4)]
    ended = Event()
    keep(servers[0], *(an_entry(clock.now() - days * DAY) for days in range(50, 90)))

    def write(server: Transactions) -> int:
        count = 0
        while not ended.is_set():
            keep(server, an_entry(clock.now() - 30 * DAY), an_entry(clock.now()))
            count += 2
        return count

    def serve(server: Transactions) -> int:
        purged = 0
        for _ in range(9):
            with suppress(ServiceUnavailable):  # as a server goes on later, when others are at it
                prepare(server)
                purged += server.run(lambda work: work.log.purge(clock.now() - 45 * DAY))
        return purged

    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(write, server) for server in servers[:2]]
        purged = sum(pool.map(serve, servers))
        ended.set()
        written = sum(one.result() for one in writing)
    left = sum(entries(operator, name) for name in [*partitions(operator), "default"])
    for server in servers:
        server.close()

    assert (purged, left) == (40, written)
    assert set(AHEAD) <= set(partitions(operator))


def test_a_database_that_lets_nobody_make_partitions_is_told_and_keeps_entries(
    url: str, operator: Operator, clock: SettableClock, ids: CountingIds
) -> None:
    role = f"datamingle_test_{os.getpid()}"
    operator.execute(f"DROP ROLE IF EXISTS {role}".encode())
    operator.execute(f"CREATE ROLE {role}; GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}".encode())
    storage = open_storage(f"{url}?options=-c%20role%3D{role}", clock, ids)

    try:
        with pytest.raises(BadSetting, match="partitions cannot be made or dropped: permission denied"):
            prepare(storage)
        keep(storage, an_entry(START - DAY))
        assert purge(storage, START) == 1
    finally:
        storage.close()
        operator.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


def test_the_log_of_an_older_database_becomes_the_first_partition(
    operator: Operator, clock: SettableClock, ids: CountingIds, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pkgutil.iter_modules
    with monkeypatch.context() as older:
        older.setattr(pkgutil, "iter_modules", lambda path: [one for one in real(path) if one.name < "0006"])
        url = a_new_database("older")
        storage = open_storage(url, clock, ids)
        keep(storage, *(old := [an_entry(datetime.now(UTC) - age * DAY) for age in (0, 1, 200)]))
        storage.close()

    clock.set(datetime.now(UTC))
    with closing(open_storage(url, clock, ids)) as storage, psycopg.connect(url, autocommit=True) as operator:
        prepare(storage)
        found = listed(storage)
        whole = [storage.read(lambda work, id=one.id: work.log.get(id)) for one in old]  # type: ignore[misc]
        made, in_first = partitions(operator), entries(operator, "first")
        purged = purge(storage, clock.now() - 90 * DAY)
        clock.advance(100 * DAY)
        purged_later = storage.run(lambda work: purge_logs(work, 90, whole_days=True))

        assert found == [one.id for one in old]
        assert whole == old
        assert (len(made), in_first) == (8, 3)
        assert (purged, purged_later) == (1, 2)
        assert "first" not in partitions(operator)
