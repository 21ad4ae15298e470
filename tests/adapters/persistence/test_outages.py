import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import apsw
import pytest

from adapters.persistence.storage import open_storage
from adapters.persistence.transactions import SqliteTransactions
from core.errors import ServiceUnavailable
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.records import an_order, keep
from tests.support.watched_file import WatchedFile

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


def is_kept(transactions: SqliteTransactions, number: str) -> bool:
    return transactions.read(lambda work: work.orders.by_number(None, number)) is not None


@contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Another process in the middle of a write."""
    with closing(apsw.Connection(str(path))) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_a_database_that_stays_busy_is_an_outage_until_it_is_free(
    sqlite: SqliteTransactions, path: Path
) -> None:
    with write_lock(path):
        with pytest.raises(ServiceUnavailable):
            keep(sqlite, an_order("PO-1"))
        assert not is_kept(sqlite, "PO-1")
        assert sqlite.ready()

    keep(sqlite, an_order("PO-1"))

    assert is_kept(sqlite, "PO-1")


def test_a_short_wait_for_another_process_is_no_outage(sqlite: SqliteTransactions, path: Path) -> None:
    with write_lock(path):
        writer = Thread(target=keep, args=(sqlite, an_order("PO-1")))
        writer.start()
        writer.join(0.05)
        assert writer.is_alive()

    writer.join(5)

    assert is_kept(sqlite, "PO-1")


def test_a_file_that_is_gone_is_an_outage_and_nothing_is_written_into_the_void(
    sqlite: SqliteTransactions, path: Path
) -> None:
    keep(sqlite, an_order("PO-1"))
    moved = path.with_name("moved.db")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").rename(f"{moved}{suffix}")

    with pytest.raises(ServiceUnavailable):
        keep(sqlite, an_order("PO-2"))
    with pytest.raises(ServiceUnavailable):
        is_kept(sqlite, "PO-1")
    assert not sqlite.ready()
    assert not path.exists()

    for suffix in ("", "-wal", "-shm"):
        Path(f"{moved}{suffix}").rename(f"{path}{suffix}")

    assert sqlite.ready()
    keep(sqlite, an_order("PO-2"))
    assert is_kept(sqlite, "PO-1")


def test_another_file_in_its_place_is_the_one_that_is_written(
    sqlite: SqliteTransactions, path: Path, clock: SettableClock, ids: CountingIds
) -> None:
    keep(sqlite, an_order("OLD"))
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").rename(f"{path}.old{suffix}")
    restored = open_storage(f"sqlite:///{path}", clock, ids)
    keep(restored, an_order("RESTORED"))

    keep(sqlite, an_order("NEW"))

    assert not is_kept(sqlite, "OLD")
    assert is_kept(sqlite, "RESTORED")
    assert restored.read(lambda work: work.orders.by_number(None, "NEW")) is not None
    restored.close()


def test_an_empty_file_in_its_place_is_an_outage(sqlite: SqliteTransactions, path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    path.touch()

    with pytest.raises(ServiceUnavailable):
        keep(sqlite, an_order("PO-1"))

    assert not sqlite.ready()


def test_rubbish_in_its_place_is_an_outage(sqlite: SqliteTransactions, path: Path) -> None:
    keep(sqlite, an_order("PO-1"))
    path.unlink()
    path.write_bytes(b"no database " * 1000)

    with pytest.raises(ServiceUnavailable):
        keep(sqlite, an_order("PO-2"))
    assert not sqlite.ready()


@pytest.mark.parametrize(
    "error",
    [
        apsw.ReadOnlyError("attempt to write a readonly database"),
        apsw.FullError("disk is full"),
        apsw.IOError("I/O"),
    ],
)
@pytest.mark.parametrize("disturbed", ["BEGIN IMMEDIATE", "INSERT", "COMMIT"])
def test_a_file_that_takes_no_writes_is_an_outage_until_it_does(
    sqlite: SqliteTransactions, file: WatchedFile, disturbed: str, error: apsw.Error
) -> None:
    keep(sqlite, an_order("PO-1"))

    def refuse(sql: str) -> None:
        if sql.startswith(disturbed):
            raise error

    file.watchers.append(refuse)
    for _ in range(3):
        with pytest.raises(ServiceUnavailable):
            keep(sqlite, an_order("PO-2"))
    assert (is_kept(sqlite, "PO-1"), is_kept(sqlite, "PO-2")) == (True, False)
    file.watchers.clear()

    keep(sqlite, an_order("PO-2"))
    assert is_kept(sqlite, "PO-2")


@pytest.mark.parametrize("disturbed", ["sqlite_schema", '"migrations"', "BEGIN"])
def test_a_reader_that_fails_wherever_it_may_is_no_bug_and_is_mended(
    sqlite: SqliteTransactions, file: WatchedFile, disturbed: str
) -> None:
    keep(sqlite, an_order("PO-1"))

    def fail(sql: str) -> None:
        if disturbed in sql:
            raise apsw.IOError("disk I/O error")

    file.watchers.append(fail)
    sqlite.ready()
    with pytest.raises(ServiceUnavailable):
        is_kept(sqlite, "PO-1")
    file.watchers.clear()

    assert sqlite.ready()
    assert is_kept(sqlite, "PO-1")


def test_what_was_answered_is_there_after_reopening(
    sqlite: SqliteTransactions, path: Path, clock: SettableClock, ids: CountingIds
) -> None:
    keep(sqlite, an_order("PO-1"))
    sqlite.close()

    again = open_storage(f"sqlite:///{path}", clock, ids)

    assert again.read(lambda work: work.orders.by_number(None, "PO-1")) is not None
    again.close()


def test_processes_that_write_to_one_file_wait_for_each_other(path: Path) -> None:
    command = [sys.executable, "-c", WRITER, f"sqlite:///{path}"]
    writing = [subprocess.Popen([*command, name, "50"], stdout=subprocess.DEVNULL) for name in ("one", "two")]

    assert [process.wait(60) for process in writing] == [0, 0]
    with closing(apsw.Connection(str(path))) as connection:
        assert connection.execute("SELECT count(*) FROM orders").fetchall() == [(100,)]


def test_what_was_answered_survives_the_process(path: Path) -> None:
    command = [sys.executable, "-c", WRITER, f"sqlite:///{path}", "PO", "1000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answered = [process.stdout.readline().strip() for _ in range(40)]
        process.kill()
        answered += process.stdout.read().split()

    with closing(apsw.Connection(str(path))) as connection:
        kept = {number for (number,) in connection.execute("SELECT order_number FROM orders")}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert {f"PO-{number}" for number in answered} <= kept
