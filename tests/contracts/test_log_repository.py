from datetime import timedelta

import attrs
import pytest

from core.entities.integration_log import LogEntry, LogFilter, LogStatus
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.clock import START
from tests.support.records import an_entry, keep, minutes


def recent(transactions: Transactions, chosen: LogFilter | None = None, limit: int = 100) -> list[LogEntry]:
    return transactions.read(lambda work: list(work.log.recent(chosen or LogFilter(), limit)))


def a_full_entry() -> LogEntry:
    return an_entry(
        partner="acme",
        identifier="WH/SHELF é",
        path="/api/integrations/v1/orders/?limit=5&x=%2F",
        response_status=400,
        status=LogStatus.VALIDATION_ERROR,
        error_message="items: missing",
        duration_ms=0.12345678901,
        raw_payload=b'{"a": "\xff\x00"}',
        mapped_payload=b"{}",
        ignored_fields=("a.b", "c[0] é"),
        mapping_version=12,
        record_ids=("one", "two"),
        response_body=b"",
    )


def test_an_entry_comes_back_byte_for_byte(transactions: Transactions) -> None:
    entry = a_full_entry()
    keep(transactions, entry)

    assert transactions.read(lambda work: work.log.get(entry.id)) == entry


@pytest.mark.parametrize("record_ids", [None, "one", ("one",), (), ("[odd", '"quoted"')])
def test_the_records_of_an_entry_come_back_as_one_or_several(
    transactions: Transactions, record_ids: str | tuple[str, ...] | None
) -> None:
    entry = an_entry(record_ids=record_ids)
    keep(transactions, entry)

    found = transactions.read(lambda work: work.log.get(entry.id))

    assert found is not None
    assert found.record_ids == record_ids


def test_a_large_payload_is_kept_whole(transactions: Transactions) -> None:
    entry = an_entry(raw_payload=bytes(range(256)) * 40_000)
    keep(transactions, entry)

    found = transactions.read(lambda work: work.log.get(entry.id))

    assert found == entry


def test_an_unknown_entry_is_none(transactions: Transactions) -> None:
    assert transactions.read(lambda work: work.log.get("unknown")) is None


def test_a_listing_leaves_out_payloads_and_bodies(transactions: Transactions) -> None:
    entry = a_full_entry()
    keep(transactions, entry)

    assert recent(transactions) == [
        attrs.evolve(entry, raw_payload=None, mapped_payload=None, ignored_fields=(), response_body=None)
    ]


def test_a_listing_goes_from_the_newest_to_the_oldest(transactions: Transactions) -> None:
    first, second, third = an_entry(minutes(1)), an_entry(minutes(2)), an_entry(minutes(2))
    keep(transactions, third, first, second)

    assert [entry.id for entry in recent(transactions)] == [third.id, second.id, first.id]
    assert [entry.id for entry in recent(transactions, limit=1)] == [third.id]
    assert recent(transactions, limit=0) == []


@pytest.mark.parametrize(
    "chosen",
    [
        LogFilter(partner="acme"),
        LogFilter(api_key="shop"),
        LogFilter(status=LogStatus.ERROR),
        LogFilter(since=minutes(5)),
        LogFilter("acme", "shop", LogStatus.ERROR, minutes(5)),
    ],
)
def test_a_listing_may_be_narrowed(transactions: Transactions, chosen: LogFilter) -> None:
    wanted = an_entry(minutes(5), partner="acme", api_key="shop", status=LogStatus.ERROR)
    others = [an_entry(minutes(4)), an_entry(minutes(3), partner="other")]
    keep(transactions, *others, wanted)

    assert [entry.id for entry in recent(transactions, chosen)] == [wanted.id]


def test_the_limit_counts_what_fits(transactions: Transactions) -> None:
    wanted = [an_entry(minutes(number), partner="acme") for number in range(3)]
    keep(transactions, *wanted, *(an_entry(minutes(9)) for _ in range(20)))

    found = recent(transactions, LogFilter(partner="acme"), 2)

    assert [entry.id for entry in found] == [wanted[2].id, wanted[1].id]


def test_preparing_comes_to_an_end_and_changes_nothing_of_what_is_kept(transactions: Transactions) -> None:
    kept = [an_entry(START - timedelta(days=days)) for days in range(3)]
    keep(transactions, *kept)

    while transactions.run(lambda work: work.log.prepare(START)):
        pass

    keep(transactions, later := an_entry(START + timedelta(days=1)))
    assert [entry.id for entry in recent(transactions)] == [later.id, *(entry.id for entry in kept)]
    assert [transactions.read(lambda work, id=entry.id: work.log.get(id)) for entry in kept] == kept  # type: ignore[misc]


def test_old_entries_are_purged_bit_by_bit(transactions: Transactions) -> None:
    kept = an_entry(START)
    keep(transactions, *(an_entry(START - timedelta(seconds=second + 1)) for second in range(1200)), kept)

    def purge(work: UnitOfWork) -> int:
        return work.log.purge(START)

    total = 0
    while purged := transactions.run(purge):
        total += purged

    assert total == 1200
    assert [entry.id for entry in recent(transactions)] == [kept.id]
