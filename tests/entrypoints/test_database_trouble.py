"""Whatever is the matter with the database: an answer, in time, and no restart is needed afterwards."""

import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import apsw
import psycopg
import pytest

from adapters.http.in_flight import WAITING_SECONDS
from tests.support.asking import Answer, ask, eventually, made_key
from tests.support.postgres import a_new_database, require_postgres
from tests.support.processes import family
from tests.support.proxy import Proxy
from tests.support.running_server import COMMAND, RunningServer, child_environment, free_port

pytestmark = pytest.mark.xdist_group("servers")
PRODUCTS = "/api/integrations/v1/products/"
LONGEST_SECONDS = 15
Trouble = Callable[[RunningServer], AbstractContextManager[object]]


@contextmanager
def file_away(server: RunningServer) -> Iterator[None]:
    path = path_of(server)
    path.rename(f"{path}.away")
    yield
    Path(f"{path}.away").rename(path)


@contextmanager
def file_locked(server: RunningServer) -> Iterator[None]:
    """Another process that does not come to an end with its transaction."""
    other = apsw.Connection(str(path_of(server)))
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextmanager
def disk_full(server: RunningServer) -> Iterator[None]:
    """Nothing can be written any more, by a limit of the operating system to the server's processes."""
    before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    for process in family(server.process.pid):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    for process in family(server.process.pid):
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


@contextmanager
def table_locked(server: RunningServer) -> Iterator[None]:
    with psycopg.connect(server.database) as operator:
        operator.execute("LOCK TABLE products, integration_log")
        yield


@contextmanager
def read_only(server: RunningServer) -> Iterator[None]:
    name = urlsplit(server.database).path.lstrip("/")
    setting = f'ALTER DATABASE "{name}" %s default_transaction_read_only'
    with psycopg.connect(server.database, autocommit=True) as operator:
        operator.execute(f"{setting % 'SET'} = on".encode())
        operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        yield
        operator.execute((setting % "RESET").encode())


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer.start(f"sqlite:///{tmp_path}/trouble.db", log=tmp_path / "log") as server:
        yield server


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[RunningServer]:
    require_postgres()
    with RunningServer.start(a_new_database("trouble"), log=tmp_path / "log") as server:
        yield server


def path_of(server: RunningServer) -> Path:
    return Path(server.database.removeprefix("sqlite:///"))


def add(server: RunningServer, key: str, sku: str) -> tuple[Answer, float]:
    """The answer, and after how many seconds it came."""
    began = time.monotonic()
    answer = ask(server, PRODUCTS, key, {"sku": sku}, timeout=60)
    return answer, time.monotonic() - began


def judge_trouble(server: RunningServer, trouble: Trouble) -> None:
    key = made_key(server.database)
    before, _ = add(server, key, "BEFORE")

    with trouble(server):
        refused, seconds = add(server, key, "MEANWHILE")
        alive = ask(server, "/healthz")
        ready = ask(server, "/readyz")
    after = [add(server, key, sku)[0].status for sku in ("AFTER", "MEANWHILE", "BEFORE")]

    assert before.status == 201
    assert (refused.status, refused.code) == (503, "SERVICE_UNAVAILABLE")
    assert int(refused.headers["Retry-After"]) > 0
    assert seconds < LONGEST_SECONDS
    assert (alive.status, ready.status in (200, 503)) == (200, True)
    assert (eventually(server, "/readyz", 200), after) == (200, [201, 201, 409])
    assert '"fault"' not in server.said()


@pytest.mark.parametrize("trouble", [file_away, file_locked, disk_full])
def test_trouble_with_a_sqlite_file_is_answered_and_passes(sqlite: RunningServer, trouble: Trouble) -> None:
    judge_trouble(sqlite, trouble)


@pytest.mark.parametrize("trouble", [table_locked, read_only])
def test_trouble_with_postgresql_is_answered_and_passes(postgresql: RunningServer, trouble: Trouble) -> None:
    judge_trouble(postgresql, trouble)


def test_a_postgresql_that_falls_silent_is_answered_and_passes(tmp_path: Path) -> None:
    require_postgres()
    database = urlsplit(a_new_database("silent"))
    proxy = Proxy(database.hostname or "127.0.0.1", database.port or 5432)
    user = f"{database.netloc.rpartition('@')[0]}@" if "@" in database.netloc else ""
    way = urlunsplit(database._replace(netloc=f"{user}127.0.0.1:{proxy.port}", query="sslmode=disable"))

    @contextmanager
    def silence(_: RunningServer) -> Iterator[None]:
        proxy.silence()
        yield
        proxy.speak()

    with RunningServer.start(way, log=tmp_path / "log") as server:
        judge_trouble(server, silence)
    proxy.close()


def test_of_many_requests_none_waits_for_the_end_of_the_trouble(sqlite: RunningServer) -> None:
    keys = [made_key(sqlite.database, f"till-{number}") for number in range(2)]

    with file_locked(sqlite), ThreadPoolExecutor(240) as pool:
        asked = [pool.submit(add, sqlite, keys[number % 2], f"SKU-{number}") for number in range(240)]
        found = [one.result() for one in asked]

    assert {answer.status for answer, _ in found} == {503}
    assert max(seconds for _, seconds in found) < WAITING_SECONDS + LONGEST_SECONDS


def test_a_disk_that_is_full_for_the_log_too_leaves_nobody_without_an_answer(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/trouble.db"
    with Path("/dev/full").open("wb") as full:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port := free_port())],
            env=child_environment(database),
            stdout=subprocess.DEVNULL,
            stderr=full,
            start_new_session=True,
        )
    with RunningServer(database, port, process) as server:
        server.wait_until_ready()
        judge_trouble(server, file_away)
