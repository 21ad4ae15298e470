import json
import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import BadSetting
from entrypoints.serve import listening_problem, refuse_workers
from tests.entrypoints.conftest import Run
from tests.support.processes import runs, serving_children
from tests.support.running_server import RunningServer, datamingle, free_port
from tests.support.waiting import wait_until

pytestmark = pytest.mark.xdist_group("servers")
ORDERS = "/api/integrations/v1/orders/"


@pytest.fixture
def server(database: str, tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer.start(database, log=tmp_path / "server.log") as server:
        yield server


def ask(server: RunningServer, path: str, key: str) -> int:
    request = urllib.request.Request(server.url + path, headers={"X-API-Key": key})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_the_command_line_acts_on_the_running_server_at_once(server: RunningServer, run: Run) -> None:
    key = run("keys", "create", "shop", json=True).document["key"]
    assert ask(server, ORDERS, key) == 200

    rotated = run("keys", "rotate", "shop", json=True).document["key"]
    assert (ask(server, ORDERS, key), ask(server, ORDERS, rotated)) == (401, 200)

    run("keys", "scopes", "shop", "--scope", "integrations.products.*")
    assert ask(server, ORDERS, rotated) == 403

    run("keys", "revoke", "shop")
    assert ask(server, ORDERS, rotated) == 401

    codes = [one["code"] for one in run("keys", "activity", json=True).document]
    assert codes == ["API_KEY_REVOKED", "PERMISSION_DENIED", "INVALID_API_KEY"]
    assert [one["status"] for one in run("logs", "list", json=True).document] == ["success", "success"]


def test_the_log_has_a_json_line_per_request_and_no_secret(server: RunningServer, run: Run) -> None:
    key = run("keys", "create", "shop", json=True).document["key"]
    ask(server, f"{ORDERS}?key={key}", key)

    said = server.said_about(ORDERS)
    lines = [line for line in said.splitlines() if line.startswith("{")]
    assert {json.loads(line)["path"] for line in lines} >= {ORDERS}
    assert key not in said


def test_a_second_server_on_the_same_sqlite_database_is_refused(server: RunningServer, database: str) -> None:
    second = datamingle("serve", "--port", str(free_port()), database=database)

    assert second.returncode == 1
    assert second.stdout == ""
    assert "Traceback" not in second.stderr


def test_a_port_that_is_in_use_is_refused_in_a_sentence(server: RunningServer, database: str) -> None:
    second = datamingle("serve", "--port", str(server.port), database=f"{database}2")

    assert second.returncode == 1
    assert f"port {server.port} of 127.0.0.1 is in use; choose another with --port" in second.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_in_good_order(database: str, tmp_path: Path, stop: signal.Signals) -> None:
    server = RunningServer.start(database, log=tmp_path / "server.log")

    server.process.send_signal(stop)

    assert server.process.wait(timeout=20) in (0, -stop, 128 + stop)
    assert "Traceback" not in server.said()
    again = RunningServer.start(database, log=tmp_path / "server.log")
    again.stop()


def test_a_backend_that_is_killed_is_replaced(server: RunningServer, run: Run, tmp_path: Path) -> None:
    key = run("keys", "create", "shop", json=True).document["key"]
    assert ask(server, ORDERS, key) == 200
    (backend,) = serving_children(server.process.pid)

    os.kill(backend, signal.SIGKILL)

    wait_until(lambda: not runs(backend) and ask(server, ORDERS, key) == 200)
    assert '"backend_replaced"' in (tmp_path / "server.log").read_text()


def test_a_front_that_is_killed_leaves_no_backend_behind(database: str, tmp_path: Path) -> None:
    server = RunningServer.start(database, log=tmp_path / "server.log")
    (backend,) = serving_children(server.process.pid)

    server.process.kill()
    server.process.wait()
    again = RunningServer.start(database, log=tmp_path / "server.log")

    wait_until(lambda: not runs(backend))
    again.stop()


def test_a_signal_to_both_processes_lets_the_backend_finish(database: str, tmp_path: Path) -> None:
    server = RunningServer.start(database, log=tmp_path / "server.log")
    (backend,) = serving_children(server.process.pid)

    os.killpg(server.process.pid, signal.SIGINT)

    assert server.process.wait(timeout=20) in (0, -signal.SIGINT, 128 + signal.SIGINT)
    assert not runs(backend)
    assert "Traceback" not in server.said()


def test_a_host_that_does_not_exist_is_refused_in_a_sentence(database: str) -> None:
    refused = datamingle("serve", "--host", "192.0.2.1", "--port", str(free_port()), database=database)

    assert refused.returncode == 1
    assert "cannot listen on port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_folder_of_templates_that_is_not_there_is_refused_in_a_sentence(database: str) -> None:
    environment = {"DATAMINGLE_TEMPLATES_DIR": "/no/such/folder"}

    refused = datamingle(
        "serve", "--port", str(free_port()), database=database, environment=environment, patience=20
    )

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "the folder of templates /no/such/folder does not exist" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_several_workers_on_sqlite_are_refused_in_a_sentence(run: Run) -> None:
    refused = run("serve", "--workers", "2")

    assert (refused.code, refused.out) == (1, "")
    assert "a SQLite database has one writer" in refused.err


def test_workers_are_for_postgresql() -> None:
    refuse_workers("postgresql://dm@localhost/dm", 4)
    refuse_workers("sqlite:///dm.db", 1)
    with pytest.raises(BadSetting):
        refuse_workers("sqlite:////srv/dm.db", 2)


def test_a_free_port_is_no_problem() -> None:
    port = free_port()
    assert listening_problem("127.0.0.1", port) is None

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert "is in use" in (listening_problem("127.0.0.1", port) or "")
