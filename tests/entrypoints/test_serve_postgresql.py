import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from entrypoints.serve import listening_problem
from tests.support.asking import ask, eventually, made_key
from tests.support.postgres import a_new_database, require_postgres
from tests.support.processes import runs, serving_children
from tests.support.proxy import Proxy
from tests.support.running_server import RunningServer, datamingle

PRODUCTS = "/api/integrations/v1/products/"


@pytest.fixture
def database() -> str:
    require_postgres()
    return a_new_database("served")


@pytest.fixture
def proxy(database: str) -> Iterator[Proxy]:
    server = urlsplit(database)
    proxy = Proxy(server.hostname or "127.0.0.1", server.port or 5432)
    yield proxy
    proxy.close()


@pytest.fixture
def way(database: str, proxy: Proxy) -> str:
    """The database's URL through the proxy."""
    parts = urlsplit(database)
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return urlunsplit(parts._replace(netloc=f"{user}127.0.0.1:{proxy.port}", query="sslmode=disable"))


@pytest.fixture
def server(database: str, tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer.start(database, log=tmp_path / "log", options=("--workers", "2")) as running:
        yield running


@pytest.fixture
def key(database: str) -> str:
    return made_key(database)


@contextmanager
def only(worker: int, workers: list[int]) -> Iterator[None]:
    """The others stand still, so that this one answers."""
    others = [one for one in workers if one != worker]
    for one in others:
        os.kill(one, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in others:
            os.kill(one, signal.SIGCONT)


def test_many_at_once_are_each_done_once_by_several_processes(
    server: RunningServer, database: str, key: str
) -> None:
    def make(number: int) -> int:
        return ask(server, PRODUCTS, key, {"sku": f"SKU-{number % 40}"}).status

    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(pool.map(make, range(80)))
    with psycopg.connect(database) as operator:
        (entries,) = operator.execute("SELECT count(*) FROM integration_log").fetchone() or (0,)

    assert statuses == {201: 40, 409: 40}
    assert entries == 80


def test_of_many_that_push_one_new_record_at_once_one_creates_it_and_the_others_update_it(
    server: RunningServer, key: str
) -> None:
    def push(quantity: int) -> int:
        return ask(server, f"{PRODUCTS}?upsert=true", key, {"sku": "SKU", "quantity": quantity}).status

    with ThreadPoolExecutor(12) as pool:
        statuses = Counter(pool.map(push, range(48)))

    assert statuses == {201: 1, 200: 47}


def test_of_many_that_change_one_known_state_at_once_one_does_and_the_others_are_told(
    server: RunningServer, key: str
) -> None:
    known = ask(server, PRODUCTS, key, {"sku": "SKU"}).headers["ETag"]

    def change(quantity: int) -> int:
        change = {"quantity": quantity}
        return ask(server, f"{PRODUCTS}SKU/", key, change, method="PATCH", known=known).status

    with ThreadPoolExecutor(12) as pool:
        statuses = Counter(pool.map(change, range(1, 49)))

    assert statuses == {200: 1, 412: 47}


def test_of_many_rows_that_expect_one_stock_at_once_one_lands(server: RunningServer, key: str) -> None:
    ask(server, PRODUCTS, key, {"sku": "SKU"})
    ask(server, PRODUCTS.replace("products", "locations"), key, {"code": "MAIN"})
    inventory = PRODUCTS.replace("products", "inventory")

    def load(quantity: int) -> int:
        row = {"location_code": "MAIN", "sku_code": "SKU", "quantity": quantity, "expected_quantity": 0}
        summary: dict[str, int] = ask(server, inventory, key, {"inventory": [row]}).body["data"]  # type: ignore[assignment]  # JSON
        return summary["failed"]

    with ThreadPoolExecutor(12) as pool:
        failed = Counter(pool.map(load, range(1, 49)))

    assert failed == {0: 1, 1: 47}


def test_every_process_names_a_state_alike(server: RunningServer, key: str) -> None:
    made = ask(server, PRODUCTS, key, {"sku": "SKU", "custom_fields": {"b": 1.5, "a": ["é"]}})

    def read(_: int) -> str:
        return ask(server, f"{PRODUCTS}SKU/", key).headers["ETag"]

    with ThreadPoolExecutor(8) as pool:
        tags = set(pool.map(read, range(40)))

    assert tags == {made.headers["ETag"]}


def test_a_revocation_acts_on_the_next_request_in_every_process(
    server: RunningServer, database: str, key: str
) -> None:
    workers = serving_children(server.process.pid)

    def statuses() -> list[int]:
        answers = []
        for worker in workers:
            with only(worker, workers):
                answers.append(ask(server, PRODUCTS, key).status)
        return answers

    before = statuses()
    revoked = datamingle("keys", "revoke", "till", database=database)
    after = statuses()

    assert len(workers) == 2
    assert revoked.returncode == 0
    assert (before, after) == ([200, 200], [401, 401])


def test_what_is_under_way_is_finished_when_the_server_is_told_to_end(
    server: RunningServer, database: str, key: str
) -> None:
    with psycopg.connect(database) as operator, ThreadPoolExecutor(6) as pool:
        operator.execute("LOCK TABLE products")
        under_way = [pool.submit(ask, server, PRODUCTS, key, {"sku": f"SKU-{n}"}) for n in range(6)]
        time.sleep(1)
        began = time.monotonic()
        server.process.terminate()
        time.sleep(0.5)
        operator.rollback()

        answers = [one.result() for one in under_way]
    server.process.wait(10)

    assert [answer.status for answer in answers] == [201] * 6
    assert time.monotonic() - began < 10


def test_a_server_with_an_endless_call_ends_within_ten_seconds(
    server: RunningServer, database: str, key: str
) -> None:
    with psycopg.connect(database) as operator, ThreadPoolExecutor(1) as pool:
        operator.execute("SET lock_timeout = 0")
        operator.execute("LOCK TABLE products")
        pool.submit(ask, server, PRODUCTS, key, {"sku": "SKU"})
        time.sleep(0.5)
        began = time.monotonic()

        server.process.terminate()
        server.process.wait(12)

        assert time.monotonic() - began < 10


def test_workers_that_die_while_the_database_is_away_are_replaced_and_say_so(
    way: str, database: str, proxy: Proxy, tmp_path: Path
) -> None:
    with RunningServer.start(way, log=tmp_path / "log", options=("--workers", "2")) as server:
        key = made_key(database)
        proxy.cut()
        for worker in serving_children(server.process.pid):
            os.kill(worker, signal.SIGKILL)

        alive = eventually(server, "/healthz", 200)
        ready, away = ask(server, "/readyz"), ask(server, PRODUCTS, key)
        proxy.mend()
        back = [ask(server, path, key).status for path in ("/readyz", PRODUCTS)]
        said = server.said_about("worker_replaced")

    assert "-9" in said
    assert (alive, ready.status, away.status, back) == (200, 503, 503, [200, 200])


def test_workers_do_not_outlive_their_server(server: RunningServer) -> None:
    workers = serving_children(server.process.pid)

    server.process.kill()
    server.process.wait()

    ends = time.monotonic() + 10
    while any(map(runs, workers)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not any(map(runs, workers))
    assert listening_problem("127.0.0.1", server.port) is None


def test_a_worker_that_stands_still_for_a_while_is_left_alone(server: RunningServer) -> None:
    workers = serving_children(server.process.pid)

    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    time.sleep(7)
    for worker in workers:
        os.kill(worker, signal.SIGCONT)

    assert ask(server, "/readyz").status == 200
    assert serving_children(server.process.pid) == workers


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_whose_database_says_nothing_ends_within_ten_seconds(
    way: str, database: str, proxy: Proxy, tmp_path: Path, workers: str
) -> None:
    with (
        RunningServer.start(way, log=tmp_path / "log", options=("--workers", workers)) as server,
        ThreadPoolExecutor(8) as pool,
    ):
        key = made_key(database)
        ask(server, PRODUCTS, key)
        proxy.silence()
        for path in (PRODUCTS, "/readyz") * 4:
            pool.submit(ask, server, path, key)
        time.sleep(1)
        began = time.monotonic()
        server.process.terminate()
        server.process.wait(20)
        took = time.monotonic() - began

    assert took < 10


def test_a_server_that_ends_lets_nobody_in_who_would_wait_in_vain(
    server: RunningServer, database: str, key: str
) -> None:
    with psycopg.connect(database) as operator, ThreadPoolExecutor(1) as pool:
        operator.execute("LOCK TABLE products")
        under_way = pool.submit(ask, server, PRODUCTS, key, {"sku": "SKU"})
        time.sleep(0.5)
        server.process.terminate()
        time.sleep(1)

        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", server.port), timeout=1)
        operator.rollback()

        assert under_way.result().status == 201


def test_a_database_that_goes_away_is_answered_as_such_until_it_is_back(
    way: str, database: str, proxy: Proxy, tmp_path: Path
) -> None:
    with RunningServer.start(way, log=tmp_path / "log") as server:
        key = made_key(database)
        before = ask(server, PRODUCTS, key)
        proxy.cut()

        away = ask(server, PRODUCTS, key, timeout=5)
        ready, alive = ask(server, "/readyz"), ask(server, "/healthz")
        proxy.mend()
        back = [ask(server, path, key) for path in (PRODUCTS, "/readyz")]

    assert before.status == 200
    assert (away.status, away.body["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")  # type: ignore[index]  # JSON
    assert int(away.headers["Retry-After"]) > 0
    assert (ready.status, alive.status) == (503, 200)
    assert [answer.status for answer in back] == [200, 200]
