"""Moving and restoring as an operator does it, with servers before and after."""

import asyncio
import json
import os
import shutil
import subprocess
import threading
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
import structlog
from structlog.testing import LogCapture

from adapters.persistence.checks import State
from adapters.system.clock import SystemClock
from core.use_cases.keys import CreateKey, create_key
from entrypoints.asgi import create_application
from entrypoints.bootstrap import open_services, open_transactions
from entrypoints.cli.main import main
from entrypoints.demo.run import make_demo
from entrypoints.doctor import examine
from entrypoints.settings import Settings
from tests.support.databases import a_database, ask, content_of, path_of
from tests.support.postgres import a_new_database, require_postgres
from tests.support.running_server import RunningServer

ORDERS = "/api/integrations/v1/orders/"
PRODUCTS = "/api/integrations/v1/products/"
_WRITERS = 6
_PATIENCE = 30


def call(server: RunningServer, key: str, path: str, body: object = None) -> Any:
    """The answer of one request, which must be a success."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.url}{path}", data, headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


async def serve_once(database: str, key: str, path: str) -> Any:
    """The answer of a server that is made on the database, and goes with its answer."""
    services = open_services(Settings(database))
    application = create_application(services, structlog.wrap_logger(None, processors=[LogCapture()]))
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application)) as client:
            answer = await client.get(f"http://server{path}", headers={"X-API-Key": key})
    finally:
        services.transactions.close()
    return answer.raise_for_status().json()


def test_the_demo_goes_on_where_it_stood_after_every_move(tmp_path: Path) -> None:
    first, back = (f"sqlite:///{tmp_path}/{name}.db" for name in ("demo", "back"))
    second = a_database("postgresql", tmp_path, "moved")
    secrets = make_demo(Settings(first), path_of(first))
    every = asyncio.run(serve_once(first, secrets["shopify"], f"{ORDERS}?limit=200"))
    pages = [asyncio.run(serve_once(first, secrets["shopify"], f"{ORDERS}?limit=2"))]

    for here, there in ((first, second), (second, back)):
        assert main(["db", "copy", here, there]) == 0
        cursor = pages[-1]["pagination"]["next_cursor"]
        pages.append(asyncio.run(serve_once(there, secrets["shopify"], f"{ORDERS}?limit=2&cursor={cursor}")))

    assert [order for page in pages for order in page["data"]] == every["data"][:6]
    assert content_of(back)["orders"] == content_of(first)["orders"]


@attrs.define
class Load:
    """Partners who send orders until they are told to stop."""

    server: RunningServer
    key: str
    acknowledged: list[str] = attrs.field(factory=list)
    _over: threading.Event = attrs.field(factory=threading.Event)
    _threads: list[threading.Thread] = attrs.field(factory=list)

    def start(self) -> None:
        for writer in range(_WRITERS):
            thread = threading.Thread(target=self._write, args=(writer,))
            self._threads.append(thread)
            thread.start()

    def wait_for(self, count: int) -> None:
        """Return when so many more orders are acknowledged."""
        enough, ends = len(self.acknowledged) + count, time.monotonic() + _PATIENCE
        while len(self.acknowledged) < enough and time.monotonic() < ends:
            time.sleep(0.01)
        assert len(self.acknowledged) >= enough

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _write(self, writer: int) -> None:
        count = 0
        while not self._over.is_set():
            number = f"PO-{writer}-{count}"
            items = [{"sku_code": "TENT", "quantity": 1}]
            call(self.server, self.key, ORDERS, {"order_number": number, "items": items})
            self.acknowledged.append(number)
            count += 1


def numbers_in(url: str) -> set[object]:
    return {number for (number,) in ask(url, "SELECT order_number FROM orders")}


def logged_in(url: str) -> set[object]:
    """The orders whose creation the log holds."""
    created = "SELECT record_ids FROM integration_log WHERE action = 'order/create'"
    return {number for (number,) in ask(url, f"SELECT order_number FROM orders WHERE id IN ({created})")}


def restored(kind: str, database: str, file: Path) -> str:
    """The database after a disaster, by the steps of the operators' guide."""
    if kind == "postgresql":
        url = a_new_database("restored_under_load")
        restore = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction"]
        subprocess.run([*restore, f"--dbname={url}", str(file)], check=True)
        return url
    path = path_of(database)
    away = path.parent / "away"
    away.mkdir()
    for found in path.parent.glob(f"{path.name}*"):
        found.rename(away / found.name)
    shutil.copy(file, path)
    return database


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    if request.param == "postgresql":
        require_postgres()
        if shutil.which("pg_dump") is None:
            assert os.environ.get("CI") != "true", "install PostgreSQL's client programs"
            pytest.skip("no pg_dump: install PostgreSQL's client programs")
    return str(request.param)


def test_a_backup_under_load_holds_all_that_was_acknowledged_before(kind: str, tmp_path: Path) -> None:
    database = a_new_database("loaded") if kind == "postgresql" else a_database(kind, tmp_path, "loaded")
    file = tmp_path / "backup"
    with closing(open_transactions(Settings(database))) as transactions:
        key = transactions.run(lambda work: create_key(work, CreateKey("till"))).secret
    with RunningServer.start(database, log=tmp_path / "log") as server:
        call(server, key, PRODUCTS, {"sku": "TENT"})
        load = Load(server, key)
        load.start()
        try:
            load.wait_for(100)
            before = list(load.acknowledged)
            assert main(["db", "backup", str(file), "--database", database]) == 0
            load.wait_for(50)
        finally:
            load.stop()
        server.kill()

    again = restored(kind, database, file)

    with RunningServer.start(again) as server:
        kept = numbers_in(again)
        assert call(server, key, f"{ORDERS}{before[-1]}/")["data"]["order_number"] == before[-1]
    assert set(before) <= kept < set(load.acknowledged)
    assert logged_in(again) == kept
    found = examine(again, SystemClock(), deep=True)
    assert [check for check in found if check.state is State.FAILED] == []
