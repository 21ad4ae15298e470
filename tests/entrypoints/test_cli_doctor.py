from datetime import timedelta
from pathlib import Path

import pytest

from adapters.persistence.checks import State
from core.ports.unit_of_work import Transactions
from entrypoints.doctor import examine
from tests.entrypoints.conftest import Ran, Run
from tests.support.clock import SettableClock
from tests.support.databases import a_database, execute, path_of
from tests.support.records import a_mapping, a_partner, a_publication, keep


def states(ran: Ran) -> dict[str, str]:
    return {check["check"]: check["state"] for check in ran.document["checks"]}


def test_all_is_well(run: Run, transactions: Transactions) -> None:
    ran = run("doctor", json=True)

    assert (ran.code, ran.err) == (0, "")
    assert (ran.document["failed"], ran.document["warnings"]) == (0, 0)
    assert set(states(ran)) == {
        "program",
        "Python",
        "settings",
        "templates",
        "SQLite",
        "disk",
        "database",
        "schema",
        "durability",
        "newest entry",
        "mappings",
    }


def test_a_mapping_that_would_be_refused_now_is_a_warning(run: Run, transactions: Transactions) -> None:
    rules = [{"id": "odd", "partner": "Odd", "internal": "nothing_of_ours"}]
    mapping = a_mapping(document={"resource": "orders", "rules": rules})
    keep(transactions, a_partner("acme"), mapping, a_publication())

    (told,) = [one for one in run("doctor", json=True).document["checks"] if one["check"] == "mappings"]

    assert told["state"] == "warning"
    assert "acme orders version 1: " in told["message"]
    assert "nothing_of_ours" in told["message"]


def test_a_person_reads_a_table(run: Run, transactions: Transactions, database: str) -> None:
    ran = run("doctor", "--deep")

    assert ran.out.startswith("CHECK ")
    assert str(path_of(database)) in ran.out
    assert "every page and every index is sound" in ran.out
    assert ran.out.endswith("0 failed, 0 warnings.\n")


def test_a_database_that_is_not_there_yet_is_a_warning_and_stays_so(run: Run, database: str) -> None:
    ran = run("doctor", json=True)

    assert ran.code == 0
    assert states(ran)["database"] == "warning"
    assert not path_of(database).exists()


def test_steps_to_be_applied_are_a_warning_and_stay_so(
    run: Run, transactions: Transactions, database: str
) -> None:
    execute(database, "DELETE FROM migrations WHERE name LIKE '0002%'")

    before, again = run("doctor", json=True), run("doctor", json=True)

    assert (before.code, states(before)["schema"]) == (0, "warning")
    assert again.document == before.document


def test_looking_changes_nothing(run: Run, transactions: Transactions, database: str) -> None:
    transactions.close()
    before = path_of(database).read_bytes(), sorted(path_of(database).parent.iterdir())

    assert run("doctor", "--deep").code == 0

    assert (path_of(database).read_bytes(), sorted(path_of(database).parent.iterdir())) == before


def test_what_failed_is_told_by_the_exit_code(run: Run, database: str) -> None:
    path_of(database).write_text("dear reader, " * 500)

    ran = run("doctor", json=True)

    assert (ran.code, ran.err) == (1, "")
    assert states(ran)["database"] == "failed"
    assert ran.document["failed"] == 1


@pytest.mark.parametrize(
    ("name", "value", "check", "state"),
    [
        ("DATAMINGLE_LOG_RETENTION_DAYS", "soon", "settings", "failed"),
        ("DATAMINGLE_DATABSE_URL", "sqlite:///x.db", "settings", "warning"),
        ("DATAMINGLE_TEMPLATES_DIR", "/no/such/folder", "templates", "failed"),
    ],
)
def test_settings_are_looked_at(
    run: Run,
    transactions: Transactions,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    check: str,
    state: str,
) -> None:
    monkeypatch.setenv(name, value)

    ran = run("doctor", json=True)

    assert states(ran)[check] == state
    assert states(ran)["database"] == "ok"
    assert value in str(ran.document) or name in str(ran.document)


def test_a_server_that_does_not_answer_is_told_without_its_password(run: Run) -> None:
    url = "postgresql://dm:secret@127.0.0.1:1/shop"
    found = list(examine(url, SettableClock(), deep=False))

    assert (found[-1].name, found[-1].state) == ("database", State.FAILED)
    assert "cannot be used" in found[-1].message
    assert "secret" not in str(found)


def test_a_url_that_is_none_is_told(run: Run) -> None:
    found = list(examine("mysql://x/y", SettableClock(), deep=False))

    assert (found[-1].name, found[-1].state) == ("database", State.FAILED)
    assert "is no database URL" in found[-1].message


def test_a_clock_that_differs_from_the_database_servers_is_a_warning(tmp_path: Path) -> None:
    url, clock = a_database("postgresql", tmp_path, "doctored"), SettableClock()
    clock.advance(timedelta(days=1))

    found = {check.name: check for check in examine(url, clock, deep=True)}

    assert found["clock"].state is State.WARNING
    assert "behind the database server" in found["clock"].message
    assert found["schema"].state is State.WARNING
    assert {one.state for one in found.values()} == {State.OK, State.WARNING}
