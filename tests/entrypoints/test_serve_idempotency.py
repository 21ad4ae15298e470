"""Retries under an idempotency key against real servers: several processes, locks, kill -9."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import attrs
import psycopg
import pytest

from tests.entrypoints.test_serve_postgresql import made_key
from tests.support.postgres import a_new_database, require_postgres
from tests.support.running_server import RunningServer

pytestmark = pytest.mark.xdist_group("servers")
PRODUCTS = "/api/integrations/v1/products/"


@attrs.frozen
class Answer:
    status: int
    body: bytes
    told_again: bool
    seconds: float

    @property
    def outcome(self) -> str:
        """What it comes to."""
        if self.status == 201:
            return "told again" if self.told_again else "done"
        return str(json.loads(self.body)["error"]["code"])


def post(server: RunningServer, key: str, idempotency_key: str, sku: str) -> Answer:
    """One request on a connection of its own."""
    headers = {
        "X-API-Key": key,
        "Content-Type": "application/json",
        "Idempotency-Key": f'"{idempotency_key}"',
        "X-Request-ID": idempotency_key,
    }
    request = urllib.request.Request(f"{server.url}{PRODUCTS}", json.dumps({"sku": sku}).encode(), headers)
    began = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=20) as found:
            status, told, body = found.status, found.headers, found.read()
    except urllib.error.HTTPError as refused:
        with refused:
            status, told, body = refused.code, refused.headers, refused.read()
    return Answer(status, body, told["Idempotency-Replayed"] == "true", time.monotonic() - began)


def post_until_answered(server: RunningServer, key: str, idempotency_key: str, sku: str) -> Answer:
    """As a client does that got no answer."""
    ends = time.monotonic() + 20
    while (
        answer := post(server, key, idempotency_key, sku)
    ).outcome == "IDEMPOTENCY_IN_PROGRESS" and time.monotonic() < ends:
        time.sleep(0.05)
    return answer


@pytest.fixture(scope="module")
def postgresql() -> str:
    require_postgres()
    return a_new_database("retries")


@pytest.fixture(scope="module")
def server(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    log, options = tmp_path_factory.mktemp("retries") / "log", ("--workers", "2")
    with RunningServer.start(postgresql, log=log, options=options) as running:
        yield running


@pytest.fixture(scope="module")
def key(postgresql: str, server: RunningServer) -> str:
    return made_key(postgresql)


@contextmanager
def under_way(server: RunningServer, postgresql: str, key: str, name: str) -> Iterator[Future[Answer]]:
    """While a first request has begun and cannot go on."""
    with psycopg.connect(postgresql) as operator, ThreadPoolExecutor(1) as pool:
        operator.execute("LOCK TABLE products")
        first = pool.submit(post, server, key, name, name)
        ends = time.monotonic() + 10
        while not _waiting(postgresql) and time.monotonic() < ends:
            time.sleep(0.01)
        try:
            yield first
        finally:
            operator.rollback()


def _waiting(postgresql: str) -> bool:
    with psycopg.connect(postgresql) as looker:
        sql = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'products'::regclass"
        return looker.execute(sql).fetchone() is not None


def test_of_many_duplicates_in_several_processes_one_each_is_carried_out(
    server: RunningServer, postgresql: str, key: str
) -> None:
    def push(number: int) -> tuple[int, Answer]:
        name = f"flood-{number % 10}"
        return number % 10, post(server, key, name, name)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(push, range(200)))
    with psycopg.connect(postgresql) as operator:
        sql = "SELECT count(record_ids), count(*) FROM integration_log WHERE request_id LIKE 'flood-%'"
        logged = operator.execute(sql).fetchone()

    for number in range(10):
        own = [answer for name, answer in answers if name == number]
        outcomes = [answer.outcome for answer in own]
        assert outcomes.count("done") == 1
        assert set(outcomes) <= {"done", "told again", "IDEMPOTENCY_IN_PROGRESS"}
        assert len({answer.body for answer in own if answer.status == 201}) == 1
        assert post(server, key, f"flood-{number}", f"flood-{number}").outcome == "told again"
    assert logged == (10, 200)


def test_while_the_first_runs_a_duplicate_is_put_off_at_once(
    server: RunningServer, postgresql: str, key: str
) -> None:
    with under_way(server, postgresql, key, "held") as first:
        with ThreadPoolExecutor(6) as pool:
            duplicates = list(pool.map(lambda _: post(server, key, "held", "held"), range(12)))
        still_running = not first.done()
    done = first.result()
    again = post(server, key, "held", "held")

    assert still_running
    assert [one.outcome for one in duplicates] == ["IDEMPOTENCY_IN_PROGRESS"] * 12
    assert max(one.seconds for one in duplicates) < 2
    assert (done.outcome, again.outcome, again.body) == ("done", "told again", done.body)


def test_a_request_whose_servers_were_killed_is_carried_out_by_the_next_one(
    server: RunningServer, postgresql: str, key: str, tmp_path: Path
) -> None:
    victim = RunningServer.start(postgresql, log=tmp_path / "victim")
    with under_way(victim, postgresql, key, "killed") as first:
        victim.kill()
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            first.result()

    retried = post_until_answered(server, key, "killed", "killed")

    assert retried.outcome == "done"
    with psycopg.connect(postgresql) as operator:
        assert operator.execute("SELECT count(*) FROM products WHERE sku = 'killed'").fetchone() == (1,)


def test_on_sqlite_a_key_outlives_a_killed_server(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'test.db'}"
    with RunningServer.start(database, log=tmp_path / "log") as server:
        key = made_key(database)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: post(server, key, "r-1", "LAMP"), range(40)))
        server.kill()
    with RunningServer.start(database, log=tmp_path / "log") as server:
        after = post(server, key, "r-1", "LAMP")

    assert sorted(one.outcome for one in answers) == ["done", *["told again"] * 39]
    assert len({one.body for one in (*answers, after)}) == 1
    assert after.outcome == "told again"
