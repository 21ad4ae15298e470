import os
import pty
import subprocess
from pathlib import Path

import pytest

from adapters.persistence.storage import server_lock
from core.ports.unit_of_work import Transactions
from entrypoints.cli.main import main
from tests.entrypoints.conftest import Ordered, Ran, Run
from tests.support.databases import ask, content_of, execute
from tests.support.running_server import COMMAND, ROOT, child_environment


@pytest.fixture
def target(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'target.db'}"


@pytest.fixture
def copy(database: str, target: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Copy the test's database."""

    def copy(*more: str) -> Ran:
        capsys.readouterr()
        code = main(["db", "copy", database, target, *more])
        return Ran(code, *capsys.readouterr())

    return copy


def test_a_copy_is_summed_up_table_by_table(copy: Run, order: Ordered, database: str, target: str) -> None:
    order("PO-1", TENT=1, STOVE=2)

    ran = copy("--json")

    tables = {one["table"]: one for one in ran.document["tables"]}
    assert (ran.code, ran.err) == (0, "")
    assert ran.document["rows"] == 5
    assert (tables["orders"]["rows"], tables["order_items"]["rows"], tables["products"]["rows"]) == (1, 2, 2)
    assert len(tables["orders"]["checksum"]) == 64
    assert tables["locations"]["checksum"] == "0" * 64
    assert content_of(target) == content_of(database)


def test_a_person_reads_a_table_and_a_sentence(copy: Run, order: Ordered) -> None:
    order("PO-1", TENT=1)

    ran = copy()

    assert "orders                1" in ran.out
    assert "3 rows copied; every table is equal." in ran.out
    assert ran.err == ""


def test_a_refused_copy_says_why_and_prints_nothing(copy: Run, order: Ordered) -> None:
    order("PO-1", TENT=1)
    copy()

    refused = copy("--json")

    assert (refused.code, refused.out) == (1, "")
    assert "is not empty, it has rows in products, orders, order_items" in refused.err


def test_a_server_at_work_on_what_is_copied_is_warned_of(copy: Run, database: str, order: Ordered) -> None:
    order("PO-1", TENT=1)

    with server_lock(database):
        ran = copy("--json")

    assert ran.code == 0
    assert "Warning:" in ran.err
    assert "is not copied" in ran.err


def test_a_database_copied_onto_itself_is_refused(order: Ordered, database: str, run: Run) -> None:
    order("PO-1", TENT=1)

    assert main(["db", "copy", database, database]) == 1


@pytest.mark.parametrize("urls", [("nonsense", "sqlite:///x.db"), ("sqlite:///x.db", "mysql://x")])
def test_what_is_no_url_is_told(urls: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "copy", *urls]) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert "is no database URL" in err or "there is no database" in err


def test_a_terminal_shows_a_bar_beside_the_document(order: Ordered, database: str, target: str) -> None:
    order("PO-1", TENT=1)
    screen, terminal = pty.openpty()
    ran = subprocess.run(
        [*COMMAND, "db", "copy", database, target, "--json"],
        env=child_environment(None, {"TERM": "xterm"}),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=terminal,
        check=True,
    )
    os.close(terminal)

    shown = os.read(screen, 10_000).decode()
    os.close(screen)
    assert Ran(0, ran.stdout.decode(), "").document["rows"] == 3
    assert "Copying and comparing" in shown
    assert "100%" in shown


def test_a_backup_is_told(run: Run, order: Ordered, tmp_path: Path, database: str) -> None:
    order("PO-1", TENT=1)
    file = tmp_path / "backup.db"

    ran = run("db", "backup", str(file), json=True)

    assert (ran.code, ran.err) == (0, "")
    assert ran.document == {"file": str(file), "size": file.stat().st_size}
    assert content_of(f"sqlite:///{file}") == content_of(database)
    assert run("db", "backup", str(file)).code == 1


def test_migrating_tells_the_steps(run: Run, database: str) -> None:
    made = run("db", "migrate", json=True).document["applied"]

    again = run("db", "migrate")

    assert made[0] == "0001_first_tables"
    assert [(name,) for name in made] == ask(database, "SELECT name FROM migrations ORDER BY name")
    assert again.out == "The schema is up to date.\n"


def test_migrating_brings_an_older_database_up_to_date(
    run: Run, transactions: Transactions, database: str
) -> None:
    execute(database, "DELETE FROM migrations WHERE name LIKE '0002%'")

    assert run("db", "migrate").out == "Applied 0002_inventory_scope.\n"
