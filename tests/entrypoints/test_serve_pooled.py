import json
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.support.pooler import Pooler, a_pooler, require_pooler
from tests.support.postgres import a_new_database, require_postgres
from tests.support.running_server import RunningServer, datamingle

API = "/api/integrations/v1"
SKUS = ("TENT", "STOVE", "LAMP")
PATIENCE = 20.0
Answer = tuple[int, dict[str, object]]


@pytest.fixture(scope="module")
def database() -> str:
    require_postgres()
    require_pooler()
    return a_new_database("pooled")


@pytest.fixture(scope="module")
def pooler(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pooler]:
    with a_pooler(database, tmp_path_factory.mktemp("pooler")) as pooler:
        yield pooler


@pytest.fixture(scope="module")
def server(pooler: Pooler, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """It knows its database, an empty one at first, through the pooler only."""
    with RunningServer.start(pooler.url, log=tmp_path_factory.mktemp("server") / "log") as running:
        made = datamingle("keys", "create", "stock", "--json", database=running.database)
        for sku in SKUS:
            ask(running, json.loads(made.stdout)["key"], f"{API}/products/", {"sku": sku})
        yield running


@pytest.fixture
def key(server: RunningServer, request: pytest.FixtureRequest) -> str:
    """A key with the name of the test."""
    made = datamingle("keys", "create", request.node.name, "--json", database=server.database)
    secret: str = json.loads(made.stdout)["key"]
    return secret


def ask(server: RunningServer, key: str, path: str, body: object = None) -> Answer:
    """One request on a connection of its own."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    try:
        request = urllib.request.Request(f"{server.url}{path}", data, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def order(number: int) -> dict[str, object]:
    items = [{"sku_code": sku, "quantity": number + 1} for sku in SKUS]
    return {"order_number": f"PO-{number}", "items": items}


def walked(server: RunningServer, key: str) -> list[object]:
    """The numbers of all orders, page by page."""
    numbers: list[object] = []
    cursor = ""
    while True:
        _, body = ask(server, key, f"{API}/orders/?limit=7{cursor}")
        numbers += [one["order_number"] for one in body["data"]]  # type: ignore[attr-defined]  # JSON
        following = body["pagination"]["next_cursor"]  # type: ignore[index]  # JSON
        if following is None:
            return numbers
        cursor = f"&cursor={following}"


def test_orders_are_written_read_and_listed_by_many_at_once(
    server: RunningServer, database: str, key: str
) -> None:
    numbers = range(40)

    with ThreadPoolExecutor(12) as pool:
        written = Counter(pool.map(lambda n: ask(server, key, f"{API}/orders/", order(n))[0], numbers))
        repeated = Counter(pool.map(lambda n: ask(server, key, f"{API}/orders/", order(n))[0], numbers))
        read = list(pool.map(lambda n: ask(server, key, f"{API}/orders/PO-{n}/"), numbers))
    listed = walked(server, key)
    with psycopg.connect(database) as operator:
        (entries,) = operator.execute(
            "SELECT count(*) FROM integration_log WHERE api_key <> 'stock'"
        ).fetchone() or (0,)

    assert (written, repeated) == ({201: 40}, {400: 40})
    assert [status for status, _ in read] == [200] * 40
    assert [len(body["data"]["items"]) for _, body in read] == [3] * 40  # type: ignore[index]  # JSON
    assert sorted(map(str, listed)) == sorted(f"PO-{n}" for n in numbers)
    assert entries == 3 * 40 + 6


def test_of_many_that_push_one_record_at_once_one_creates_it_and_no_push_is_lost(
    server: RunningServer, key: str
) -> None:
    def push(quantity: int) -> int:
        return ask(server, key, f"{API}/products/?upsert=true", {"sku": "NEW", "quantity": quantity})[0]

    with ThreadPoolExecutor(12) as pool:
        statuses = Counter(pool.map(push, range(48)))

    assert statuses == {201: 1, 200: 47}


def test_a_revocation_acts_on_the_next_request(
    server: RunningServer, key: str, request: pytest.FixtureRequest
) -> None:
    before = [ask(server, key, f"{API}/orders/")[0] for _ in range(6)]

    revoked = datamingle("keys", "revoke", request.node.name, database=server.database)

    assert revoked.returncode == 0, revoked.stderr
    assert (before, [ask(server, key, f"{API}/orders/")[0] for _ in range(6)]) == ([200] * 6, [401] * 6)


def test_commands_work_beside_the_server(server: RunningServer, key: str) -> None:
    ask(server, key, f"{API}/products/TENT/")

    listed = datamingle("logs", "list", "--limit", "2", "--json", database=server.database)
    entry = json.loads(listed.stdout)[0]
    shown = datamingle("logs", "show", entry["id"], "--json", database=server.database)
    purged = datamingle("logs", "purge", "--json", database=server.database)

    assert json.loads(shown.stdout)["action"] == "product/read"
    assert json.loads(purged.stdout)["deleted"] == 0


def test_the_log_is_partitioned_ahead_by_the_server(server: RunningServer, database: str) -> None:
    ends = time.monotonic() + PATIENCE
    with psycopg.connect(database, autocommit=True) as operator:
        while time.monotonic() < ends:
            (partitions,) = operator.execute(
                "SELECT count(*) FROM pg_inherits WHERE inhparent = 'integration_log'::regclass"
            ).fetchone() or (0,)
            if partitions == 9:
                return
            time.sleep(0.05)
    pytest.fail(f"{partitions} partitions")


def test_a_pooler_that_goes_away_is_an_outage_until_it_is_back(
    server: RunningServer, pooler: Pooler, key: str
) -> None:
    pooler.kill()

    away = [ask(server, key, f"{API}/products/TENT/")[0], ask(server, "", "/readyz")[0]]
    pooler.start()
    back = [ask(server, key, f"{API}/products/TENT/")[0] for _ in range(4)]

    assert away == [503, 503]
    assert back == [200] * 4


def test_limits_set_on_the_database_hold_and_a_slow_call_is_answered_as_such(
    server: RunningServer, pooler: Pooler, database: str, key: str
) -> None:
    name = urlsplit(database).path.lstrip("/")
    with psycopg.connect(database) as operator:
        operator.execute(f"ALTER DATABASE \"{name}\" SET lock_timeout = '300ms'".encode())
    pooler.kill()
    pooler.start()

    with psycopg.connect(database) as operator:
        operator.execute("LOCK TABLE locations")
        began = time.monotonic()
        slow = ask(server, key, f"{API}/locations/", {"code": "A"})
        waited = time.monotonic() - began
    after = ask(server, key, f"{API}/locations/", {"code": "A"})

    assert (slow[0], slow[1]["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")  # type: ignore[index]  # JSON
    assert waited < 4
    assert after[0] == 201
