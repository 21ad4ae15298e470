import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import attrs
import psycopg
import pytest

from tests.support.postgres import a_new_database, require_postgres
from tests.support.proxy import Proxy
from tests.support.running_server import RunningServer, datamingle

PRODUCTS = "/api/integrations/v1/products/"


@attrs.frozen
class Answer:
    status: int
    body: dict[str, object]
    headers: Message


def ask(
    server: RunningServer,
    path: str,
    key: str = "",
    body: object = None,
    timeout: float = 20,
    *,
    method: str | None = None,
    known: str | None = None,
) -> Answer:
    """One request on a connection of its own; `known` is the state that a change is to find."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    headers |= {} if known is None else {"If-Match": known}
    request = urllib.request.Request(f"{server.url}{path}", data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return Answer(answer.status, json.load(answer), answer.headers)
    except urllib.error.HTTPError as refused:
        with refused:
            return Answer(refused.code, json.load(refused), refused.headers)


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
def server(database: str, tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer.start(database, log=tmp_path / "log", options=("--workers", "2")) as running:
        yield running


@pytest.fixture
def key(database: str) -> str:
    return made_key(database)


def made_key(database: str) -> str:
    made = datamingle("keys", "create", "till", "--json", database=database)
    secret: str = json.loads(made.stdout)["key"]
    return secret


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


def workers_of(server: RunningServer) -> list[int]:
    """The processes that serve."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(server.process.pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "spawn_main" in line]


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
    workers = workers_of(server)

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


def test_a_database_that_goes_away_is_answered_as_such_until_it_is_back(
    database: str, proxy: Proxy, tmp_path: Path
) -> None:
    parts = urlsplit(database)
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    way = urlunsplit(parts._replace(netloc=f"{user}127.0.0.1:{proxy.port}", query="sslmode=disable"))
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
