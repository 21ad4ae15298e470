import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import pytest

from core.entities.integration_log import LogEntry, LogStatus
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.entrypoints.conftest import Run

SUMMARY = {
    "id", "received_at", "request_id", "partner", "api_key", "action", "identifier", "method", "path",
    "mapping_version", "response_status", "status", "error_message", "record_id", "duration_ms",
}  # fmt: skip
WHOLE = SUMMARY | {"mapping_hash", "raw_payload", "mapped_payload", "ignored_fields", "response_body"}


def entry(number: int, **changes: object) -> LogEntry:
    made = LogEntry(
        id=f"00000000-0000-7000-8000-{number:012}",
        received_at=datetime.now(UTC) - timedelta(hours=1) + timedelta(seconds=number),
        request_id=f"request-{number}",
        partner=None,
        api_key="shop",
        action="order/create",
        identifier=None,
        method="POST",
        path="/api/integrations/v1/orders/",
        response_status=201,
        status=LogStatus.SUCCESS,
        error_message=None,
        duration_ms=1.5,
        raw_payload=b'{"order_number": "PO-1"}',
        mapped_payload=b'{"order_number":"PO-1"}',
        response_body=b'{"success":true,"data":{}}',
    )
    return attrs.evolve(made, **changes)


@pytest.fixture
def keep(transactions: Transactions) -> "Keep":
    return Keep(transactions)


@attrs.frozen
class Keep:
    transactions: Transactions

    def __call__(self, *entries: LogEntry) -> None:
        for one in entries:
            self.transactions.run(lambda work, one=one: work.log.add(one))


def test_list_tells_newest_first_without_payloads(run: Run, keep: Keep) -> None:
    keep(entry(1), entry(2))

    listed = run("logs", "list", json=True).document

    assert [one["request_id"] for one in listed] == ["request-2", "request-1"]
    assert set(listed[0]) == SUMMARY


def test_list_has_50_unless_told_another_number(run: Run, keep: Keep) -> None:
    keep(*(entry(number) for number in range(60)))

    assert len(run("logs", "list", json=True).document) == 50
    assert len(run("logs", "list", "--limit", "7", json=True).document) == 7
    assert len(run("logs", "list", "--limit", "1000000", json=True).document) == 60


def test_list_is_filtered(run: Run, keep: Keep) -> None:
    later = datetime.now(UTC)
    keep(
        entry(1, api_key="other"),
        entry(2, status=LogStatus.NOT_FOUND),
        entry(3, received_at=later),
        entry(4),
    )

    def found(*options: str) -> list[str]:
        return [one["request_id"] for one in run("logs", "list", *options, json=True).document]

    assert found("--key", "other") == ["request-1"]
    assert found("--status", "not_found") == ["request-2"]
    assert found("--since", later.isoformat()) == ["request-3"]
    assert found("--partner", "acme") == []


def test_since_is_any_iso_8601_and_nothing_else(run: Run) -> None:
    assert run("logs", "list", "--since", "2026-04-01", json=True).document == []

    misused = run("logs", "list", "--since", "yesterday", json=True)

    assert (misused.code, misused.out) == (2, "")
    assert "2026-04-30T22:00:00Z" in misused.err


def test_show_tells_the_whole_entry_byte_for_byte(run: Run, keep: Keep) -> None:
    keep(entry(1), entry(2, raw_payload=b"\xff\xfe", response_body=None))

    shown = run("logs", "show", entry(1).id, json=True).document
    binary = run("logs", "show", entry(2).id, json=True).document

    assert set(shown) == WHOLE
    assert shown["raw_payload"] == '{"order_number": "PO-1"}'
    assert shown["mapped_payload"] == {"order_number": "PO-1"}
    assert "raw_payload" not in binary
    assert binary["raw_payload_base64"] == "//4="


def test_report_is_one_document_on_standard_output_or_in_a_file(run: Run, keep: Keep, tmp_path: Path) -> None:
    keep(entry(1))

    printed = run("logs", "report", entry(1).id, json=True).document
    run("logs", "report", entry(1).id, "--output", str(tmp_path / "report.json"))

    assert set(printed) == {
        "request_timestamp", "partner", "request_id", "method", "path", "request_body", "response_status",
        "response_body", "mapping_version",
    }  # fmt: skip
    assert json.loads((tmp_path / "report.json").read_text()) == printed


def test_a_report_that_cannot_be_written_is_refused_in_a_sentence(
    run: Run, keep: Keep, tmp_path: Path
) -> None:
    keep(entry(1))

    refused = run("logs", "report", entry(1).id, "--output", str(tmp_path / "no" / "report.json"), json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "No such file" in refused.err


@pytest.mark.parametrize("command", ["show", "report"])
def test_an_entry_that_does_not_exist_is_refused(run: Run, command: str) -> None:
    refused = run("logs", command, "nothing", json=True)

    assert (refused.code, refused.out) == (1, "")
    assert 'the log has no entry "nothing"' in refused.err


def test_purge_deletes_everything_past_its_time_and_nothing_else(
    run: Run, keep: Keep, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    old = [entry(number, received_at=now - timedelta(days=8)) for number in range(1500)]

    def keep_all(work: UnitOfWork) -> None:
        for one in old:
            work.log.add(one)

    transactions.run(keep_all)
    keep(entry(2000, received_at=now - timedelta(days=6)))
    monkeypatch.setenv("DATAMINGLE_LOG_RETENTION_DAYS", "7")

    purged = run("logs", "purge", json=True).document

    assert purged == {"deleted": 1500, "retention_days": 7}
    assert [one["request_id"] for one in run("logs", "list", json=True).document] == ["request-2000"]


def test_what_a_client_sent_cannot_steer_the_terminal(run: Run, keep: Keep) -> None:
    keep(entry(1, identifier="PO-1\x1b[2J\n\x9b31m"))

    listed = run("logs", "list").out

    assert "\x1b" not in listed
    assert "\x9b" not in listed
    assert len(listed.splitlines()) == 2
