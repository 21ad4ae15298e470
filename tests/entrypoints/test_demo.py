import json
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from entrypoints.demo.run import next_free_port
from tests.support.running_server import COMMAND, ROOT, child_environment, free_port

pytestmark = pytest.mark.xdist_group("servers")
_PATIENCE = 30.0


@attrs.define
class Demo:
    process: subprocess.Popen[str]
    folder: Path
    screen: str = ""

    @classmethod
    def start(cls, folder: Path, port: int) -> "Demo":
        output = folder / "screen.txt"
        with output.open("w") as stream, (folder / "errors.txt").open("w") as errors:
            process = subprocess.Popen(
                [*COMMAND, "demo", "--port", str(port)],
                cwd=folder,
                env=child_environment(None),
                stdout=stream,
                stderr=errors,
                text=True,
            )
        demo = cls(process, folder)
        ends = time.monotonic() + _PATIENCE
        while "logs list" not in demo.screen and time.monotonic() < ends:
            assert process.poll() is None, (folder / "errors.txt").read_text()
            time.sleep(0.05)
            demo.screen = output.read_text()
        demo.wait_until_it_answers()
        return demo

    @property
    def url(self) -> str:
        return re.search(r"http://127\.0\.0\.1:\d+", self.screen)[0]  # type: ignore[index]  # the screen has it

    @property
    def commands(self) -> list[str]:
        return [line.strip() for line in self.screen.splitlines() if line.startswith("  curl ")]

    def wait_until_it_answers(self) -> None:
        ready = [
            "curl",
            "-sS",
            "--retry",
            "20",
            "--retry-connrefused",
            "--retry-delay",
            "0",
            f"{self.url}/readyz",
        ]
        subprocess.run(ready, check=True, capture_output=True, timeout=_PATIENCE)

    def answers(self) -> list[dict[str, object]]:
        """What the printed commands answer, run as they stand."""
        ran = [
            subprocess.run(
                ["sh", "-c", command], capture_output=True, text=True, check=True, timeout=_PATIENCE
            )
            for command in self.commands
        ]
        return [json.loads(one.stdout) for one in ran]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(_PATIENCE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    if shutil.which("curl") is None:
        pytest.skip("the printed commands need curl")
    demo = Demo.start(tmp_path_factory.mktemp("demo"), free_port())
    yield demo
    demo.stop()


def test_the_printed_commands_work_as_they_stand_and_one_is_refused_in_the_partners_words(demo: Demo) -> None:
    answers = demo.answers()

    assert 5 <= len(answers) <= 7
    (refused,) = [answer["error"] for answer in answers if not answer["success"]]
    assert isinstance(refused, dict)
    assert refused["details"][0]["field"] == "line_items[1].sku"
    assert (demo.folder / "errors.txt").read_text() == ""


def test_the_log_command_that_is_printed_works(demo: Demo) -> None:
    command = next(line.strip() for line in demo.screen.splitlines() if "logs list" in line)
    words = command.removeprefix("datamingle ").split()

    ran = subprocess.run(
        [*COMMAND, *words, "--json"],
        cwd=demo.folder,
        env=child_environment(None),
        capture_output=True,
        check=True,
    )

    assert len(json.loads(ran.stdout)) == 10


def test_the_demo_has_partners_and_orders_in_every_status_and_refusals(demo: Demo) -> None:
    database = f"sqlite:///{next(demo.folder.glob('*.db'))}"

    def read(*words: str) -> list[dict[str, object]]:
        ran = subprocess.run(
            [*COMMAND, *words, "--limit", "1000", "--json"]
            if words[0] == "logs"
            else [*COMMAND, *words, "--json"],
            env=child_environment(database),
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        found: list[dict[str, object]] = json.loads(ran.stdout)
        return found

    key = re.search(r"sk_test_\w+", demo.screen)[0]  # type: ignore[index]  # the screen has it
    listed = subprocess.run(
        ["curl", "-sS", "-H", f"X-API-Key: {key}", f"{demo.url}/api/integrations/v1/orders/?limit=200"],
        capture_output=True,
        check=True,
    )
    orders = json.loads(listed.stdout)["data"]

    assert {order["status"] for order in orders} == {
        "pending", "in_progress", "verified", "shipped", "cancelled",
    }  # fmt: skip
    assert {partner["template"] for partner in read("partners", "list")} == {
        "acumatica", "sap-business-one", "shopify",
    }  # fmt: skip
    assert {entry["status"] for entry in read("logs", "list")} >= {
        "success", "validation_error", "mapping_error", "service_error", "not_found",
    }  # fmt: skip
    assert read("keys", "activity")


def test_a_second_demo_takes_the_next_free_port(demo: Demo, tmp_path: Path) -> None:
    taken = int(demo.url.rpartition(":")[2])

    second = Demo.start(tmp_path, taken)
    port = int(second.url.rpartition(":")[2])
    answers = second.answers()
    second.stop()

    assert port > taken
    assert all("success" in answer for answer in answers)


def test_it_may_be_started_again_and_works_again(tmp_path: Path) -> None:
    port = free_port()
    for _ in range(2):
        demo = Demo.start(tmp_path, port)
        succeeded = [answer["success"] for answer in demo.answers()]
        demo.stop()

        assert succeeded.count(False) == 1


def test_a_database_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'orders.db'}"
    environment = child_environment(database)
    subprocess.run(
        [*COMMAND, "partners", "create", "acme"], env=environment, cwd=ROOT, check=True, capture_output=True
    )

    refused = subprocess.run(
        [*COMMAND, "demo", "--port", str(free_port()), "--database", database],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert "is no database of the demo" in refused.stderr
    listed = subprocess.run(
        [*COMMAND, "partners", "list", "--json"], env=environment, cwd=ROOT, check=True, capture_output=True
    )
    assert [partner["slug"] for partner in json.loads(listed.stdout)] == ["acme"]


def test_the_next_free_port_is_looked_for_upwards() -> None:
    port = free_port()

    assert next_free_port(port) == port
