import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from threading import Thread
from urllib.parse import urlsplit

import psycopg
import pytest

from adapters.persistence.postgresql.connections import PatientConnection
from adapters.persistence.postgresql.transactions import PostgresTransactions
from adapters.persistence.storage import open_storage
from core.errors import ServiceUnavailable
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.clock import SettableClock
from tests.support.disturbed_server import DisturbedServer
from tests.support.ids import CountingIds
from tests.support.proxy import Proxy
from tests.support.records import an_order, keep

Operator = psycopg.Connection[tuple[object, ...]]
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
WRITER = """
import sys
from adapters.persistence.storage import open_storage
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from tests.support.records import an_order, keep

ids = SystemIds()
storage = open_storage(sys.argv[1], SystemClock(), ids)
for number in range(int(sys.argv[3])):
    keep(storage, an_order(f"{sys.argv[2]}-{number}", id=ids.new_id()))
    print(number, flush=True)
storage.close()
"""


@pytest.fixture
def through(
    url_through: Callable[[str], str], clock: SettableClock, ids: CountingIds
) -> Iterator[Transactions]:
    """Storage that reaches its server through the proxy."""
    storage = open_storage(url_through("connections=2"), clock, ids)
    yield storage
    storage.close()


def is_kept(transactions: Transactions, number: str) -> bool:
    return transactions.read(lambda work: work.orders.by_number(None, number)) is not None


def kill_all(operator: Operator) -> None:
    operator.execute(f"{OTHERS} AND pid <> pg_backend_pid()")


def test_connections_that_were_lost_while_idle_are_not_noticed(
    postgresql: PostgresTransactions, operator: Operator
) -> None:
    for number in range(6):
        keep(postgresql, an_order(f"BEFORE-{number}"))
    kill_all(operator)

    for number in range(6):
        keep(postgresql, an_order(f"AFTER-{number}"))

    assert is_kept(postgresql, "AFTER-5")


def test_readers_that_were_lost_while_idle_are_not_noticed(
    postgresql: PostgresTransactions, operator: Operator
) -> None:
    keep(postgresql, an_order("PO-1"))
    for _ in range(4):
        assert postgresql.ready()
    kill_all(operator)

    readied = [postgresql.ready() for _ in range(4)]
    kill_all(operator)
    read = [is_kept(postgresql, "PO-1") for _ in range(4)]

    assert (readied, read) == ([True] * 4, [True] * 4)


@pytest.mark.parametrize("disturbed", ["to_regclass", '"migrations"', "READ ONLY"])
def test_a_reader_that_breaks_wherever_it_may_is_no_bug_and_is_mended(
    postgresql: PostgresTransactions, server: DisturbedServer, disturbed: str
) -> None:
    keep(postgresql, an_order("PO-1"))

    def break_connection(sql: str, pid: int) -> None:
        if disturbed in sql:
            raise psycopg.OperationalError("server closed the connection unexpectedly")

    server.watchers.append(break_connection)
    postgresql.ready()
    with pytest.raises(ServiceUnavailable):
        is_kept(postgresql, "PO-1")
    server.watchers.clear()

    assert postgresql.ready()
    assert is_kept(postgresql, "PO-1")


def test_a_call_whose_connection_breaks_before_the_commit_is_run_again(
    postgresql: PostgresTransactions, operator: Operator
) -> None:
    runs = []

    def add(work: UnitOfWork) -> None:
        work.orders.add(an_order("PO-1"))
        runs.append(work)
        if len(runs) == 1:
            kill_all(operator)
        work.orders.by_number(None, "PO-1")

    postgresql.run(add)

    assert len(runs) == 2
    assert is_kept(postgresql, "PO-1")


def test_a_call_whose_connection_breaks_in_the_commit_is_not_run_again(
    postgresql: PostgresTransactions, server: DisturbedServer, operator: Operator
) -> None:
    runs = []

    def add(work: UnitOfWork) -> None:
        runs.append(work)
        work.orders.add(an_order(f"PO-{len(runs)}"))

    def break_commit(sql: str, pid: int) -> None:
        if sql == "COMMIT":
            operator.execute("SELECT pg_terminate_backend(%s)", (pid,))

    server.watchers.append(break_commit)

    with pytest.raises(ServiceUnavailable):
        postgresql.run(add)

    server.watchers.clear()
    assert len(runs) == 1
    assert not is_kept(postgresql, "PO-2")
    keep(postgresql, an_order("PO-3"))


def test_a_server_that_is_away_is_an_outage_at_once_and_no_restart_is_needed_after(
    through: Transactions, proxy: Proxy
) -> None:
    keep(through, an_order("PO-1"))
    proxy.cut()
    began = time.monotonic()

    with pytest.raises(ServiceUnavailable):
        keep(through, an_order("PO-2"))
    with pytest.raises(ServiceUnavailable):
        is_kept(through, "PO-1")
    assert not through.ready()
    assert time.monotonic() - began < 2

    proxy.mend()
    assert through.ready()
    keep(through, an_order("PO-2"))
    assert is_kept(through, "PO-1")


def test_a_server_that_falls_silent_is_an_outage_when_its_time_is_over(
    through: Transactions, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientConnection, "patience", 0.3)
    keep(through, an_order("PO-1"))
    assert through.ready()
    proxy.silence()
    began = time.monotonic()

    with pytest.raises(ServiceUnavailable):
        is_kept(through, "PO-1")
    assert time.monotonic() - began < 5
    with pytest.raises(ServiceUnavailable):
        keep(through, an_order("PO-2"))
    assert time.monotonic() - began < 10

    proxy.speak()
    keep(through, an_order("PO-3"))
    assert is_kept(through, "PO-3")


def test_a_lock_that_is_held_too_long_is_an_outage_of_that_call_only(
    url: str, operator: Operator, clock: SettableClock, ids: CountingIds
) -> None:
    storage = open_storage(f"{url}?connections=1&options=-c%20lock_timeout%3D200", clock, ids)
    keep(storage, an_order("PO-1"), an_order("PO-2"))

    def change(number: str) -> None:
        def call(work: UnitOfWork) -> None:
            (order,) = work.orders.numbered(number)
            order.notes = "changed"
            work.orders.save(order)

        storage.run(call)

    with operator.transaction():
        operator.execute("UPDATE orders SET notes = 'held' WHERE order_number = 'PO-1'")
        with pytest.raises(ServiceUnavailable):
            change("PO-1")
        change("PO-2")

    change("PO-1")
    storage.close()


def test_a_statement_that_takes_too_long_is_an_outage(
    url: str, operator: Operator, clock: SettableClock, ids: CountingIds
) -> None:
    storage = open_storage(f"{url}?connections=1&options=-c%20statement_timeout%3D200", clock, ids)

    with operator.transaction():
        operator.execute("LOCK TABLE settings")
        with pytest.raises(ServiceUnavailable):
            storage.run(lambda work: work.settings.get("x"))

    assert storage.run(lambda work: work.settings.get("x")) is None
    storage.close()


def test_limits_stand_in_the_connection_itself(server: DisturbedServer) -> None:
    session = server.open()
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

    told = [session.database.execute_sql(f"SHOW {name}").fetchone()[0] for name in names]

    session.close()
    assert told == ["8s", "4s", "15s"]


def test_a_server_that_takes_no_writes_is_an_outage(
    postgresql: PostgresTransactions, server: DisturbedServer, url: str, operator: Operator
) -> None:
    keep(postgresql, an_order("PO-1"))
    name = urlsplit(url).path.lstrip("/")
    operator.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
    kill_all(operator)

    try:
        with pytest.raises(ServiceUnavailable):
            keep(postgresql, an_order("PO-2"))
        assert is_kept(postgresql, "PO-1")
    finally:
        with psycopg.connect(url, autocommit=True) as mender:
            mender.execute("SET default_transaction_read_only = off")
            mender.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only'.encode())

    keep(postgresql, an_order("PO-2"))


@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.DiskFull("could not extend file: No space left on device"),
        psycopg.errors.OutOfMemory("out of memory"),
        psycopg.errors.TooManyConnections("sorry, too many clients already"),
        psycopg.errors.InternalError_("could not write to file: File too large"),
        psycopg.errors.IoError("could not read block"),
    ],
)
@pytest.mark.parametrize("disturbed", ["BEGIN", "INSERT", "COMMIT"])
def test_a_server_whose_machine_fails_it_is_an_outage_until_it_is_well(
    postgresql: PostgresTransactions, server: DisturbedServer, disturbed: str, error: psycopg.Error
) -> None:
    keep(postgresql, an_order("PO-1"))

    def refuse(sql: str, pid: int) -> None:
        if disturbed in sql and "READ ONLY" not in sql:
            raise error

    server.watchers.append(refuse)
    with pytest.raises(ServiceUnavailable):
        keep(postgresql, an_order("PO-2"))
    assert (is_kept(postgresql, "PO-1"), is_kept(postgresql, "PO-2")) == (True, False)
    server.watchers.clear()

    keep(postgresql, an_order("PO-2"))
    assert is_kept(postgresql, "PO-2")


def test_a_call_cannot_write_on_a_reader(postgresql: PostgresTransactions) -> None:
    with pytest.raises(ServiceUnavailable):
        postgresql.read(lambda work: work.orders.add(an_order("PO-1")))

    assert not is_kept(postgresql, "PO-1")


def test_a_read_waits_for_no_writer(postgresql: PostgresTransactions, operator: Operator) -> None:
    keep(postgresql, an_order("PO-1"))

    with operator.transaction():
        operator.execute("UPDATE orders SET notes = 'held'")
        reader = Thread(target=is_kept, args=(postgresql, "PO-1"))
        reader.start()
        reader.join(3)

        assert not reader.is_alive()


def test_processes_write_side_by_side_and_what_was_answered_survives_them(
    url: str, operator: Operator
) -> None:
    command = [sys.executable, "-c", WRITER, url]
    steady = subprocess.Popen([*command, "STEADY", "60"], stdout=subprocess.DEVNULL)
    with subprocess.Popen([*command, "KILLED", "1000000"], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        answered = [killed.stdout.readline().strip() for _ in range(40)]
        killed.kill()
        answered += killed.stdout.read().split()

    assert steady.wait(60) == 0
    kept = {row[0] for row in operator.execute("SELECT order_number FROM orders")}
    assert {f"KILLED-{number}" for number in answered} <= kept
    assert {f"STEADY-{number}" for number in range(60)} <= kept
