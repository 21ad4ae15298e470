from collections.abc import Sequence

import attrs
import pytest

from core.entities.cursor import Position
from core.entities.inventory import InventoryRecord, InventorySource
from core.ports.unit_of_work import Transactions
from tests.support.records import a_location, a_product, a_stock_record, ids_of, keep, minutes


@pytest.fixture
def stocked(transactions: Transactions) -> Transactions:
    """Locations L0 to L3 and products A and B."""
    places = [a_location(f"L{number}") for number in range(4)]
    keep(transactions, *places, a_product("A"), a_product("B"))
    return transactions


def everything(transactions: Transactions) -> Sequence[InventoryRecord]:
    return transactions.read(lambda work: work.inventory.page(None, 100))


def test_a_record_comes_back_as_it_was_kept(stocked: Transactions) -> None:
    record = attrs.evolve(
        a_stock_record("L0", "A", 0), source=InventorySource.ERP_SYNC, notes="nightly", updated_at=minutes(2)
    )

    created = stocked.run(lambda work: work.inventory.put([record]))

    assert created == 1
    assert everything(stocked) == [record]


def test_a_known_pair_keeps_its_id_and_time_and_takes_the_rest(stocked: Transactions) -> None:
    first, later = a_stock_record("L0", "A", 5), a_stock_record("L0", "A", 9, minutes(3))
    later = attrs.evolve(later, source=InventorySource.MANUAL_ADJUSTMENT, notes="counted")
    stocked.run(lambda work: work.inventory.put([first]))

    created = stocked.run(lambda work: work.inventory.put([later, a_stock_record("L1", "A")]))

    found = stocked.read(lambda work: work.inventory.at_location("L0", None, None))
    assert created == 1
    assert found == [attrs.evolve(later, id=first.id, created_at=first.created_at)]


def test_an_unchanged_quantity_is_no_new_pair(stocked: Transactions) -> None:
    stocked.run(lambda work: work.inventory.put([a_stock_record("L0", "A", 5)]))

    created = stocked.run(lambda work: work.inventory.put([a_stock_record("L0", "A", 5)]))

    assert created == 0


def test_nothing_may_be_put(stocked: Transactions) -> None:
    assert stocked.run(lambda work: work.inventory.put([])) == 0


@pytest.mark.parametrize(("location", "sku"), [("UNKNOWN", "A"), ("L0", "UNKNOWN")])
def test_an_unknown_location_or_product_has_no_record(stocked: Transactions, location: str, sku: str) -> None:
    with pytest.raises(Exception, match=r"(?i:foreign key)|no location"):
        stocked.run(
            lambda work: work.inventory.put([a_stock_record("L1", "A"), a_stock_record(location, sku)])
        )

    assert everything(stocked) == []


def test_thousands_of_pairs_are_put_at_once(transactions: Transactions) -> None:
    keep(transactions, a_product("A"), *(a_location(f"L{number}") for number in range(3000)))

    def load() -> int:
        records = [a_stock_record(f"L{number}", "A") for number in range(3000)]
        return transactions.run(lambda work: work.inventory.put(records))

    assert (load(), load()) == (3000, 0)


def test_quantities_are_told_of_the_pairs_that_have_a_record(stocked: Transactions) -> None:
    keep(stocked, a_stock_record("L0", "A", 5), a_stock_record("L0", "B", 0), a_stock_record("L1", "A", 7))
    pairs = [("L0", "A"), ("L0", "B"), ("L1", "B"), ("A", "L0"), ("UNKNOWN", "A")]

    found = stocked.read(lambda work: work.inventory.quantities(pairs))

    assert found == {("L0", "A"): 5, ("L0", "B"): 0}
    assert stocked.read(lambda work: work.inventory.quantities([])) == {}


@pytest.mark.parametrize(
    "text", ["7", "07", "7.0", "null", "true", '"', "\\", "é\U0001f69a", " ", "%s", "[1]"]
)
def test_quantities_compare_texts_exactly(transactions: Transactions, text: str) -> None:
    keep(transactions, a_location(text), a_product(text), a_stock_record(text, text, 3))

    found = transactions.read(lambda work: work.inventory.quantities([(text, text), (f"{text} ", text)]))

    assert found == {(text, text): 3}


def test_thousands_of_quantities_are_told_at_once(transactions: Transactions) -> None:
    places = [f"L{number}" for number in range(3000)]
    keep(
        transactions,
        a_product("A"),
        *map(a_location, places),
        *(a_stock_record(place, "A") for place in places),
    )

    found = transactions.read(lambda work: work.inventory.quantities([(place, "A") for place in places]))

    assert len(found) == 3000


def test_pages_go_from_the_newest_to_the_oldest(stocked: Transactions) -> None:
    records = [a_stock_record(f"L{number}", "A", number, minutes(number // 2)) for number in range(4)]
    keep(stocked, *records)

    first = stocked.read(lambda work: work.inventory.page(None, 3))
    after = Position(first[-1].created_at, first[-1].id)
    second = stocked.read(lambda work: work.inventory.page(after, 3))

    assert ids_of([*first, *second]) == ids_of(records)[::-1]


def test_a_location_tells_what_it_holds_whole_or_in_pages(stocked: Transactions) -> None:
    a, b = a_stock_record("L0", "A"), a_stock_record("L0", "B", 1, minutes(1))
    keep(stocked, a, b, a_stock_record("L1", "A"))

    whole = stocked.read(lambda work: work.inventory.at_location("L0", None, None))
    first = stocked.read(lambda work: work.inventory.at_location("L0", None, 1))
    after = Position(first[0].created_at, first[0].id)
    second = stocked.read(lambda work: work.inventory.at_location("L0", after, 1))

    assert whole == [b, a]
    assert [*first, *second] == [b, a]
    assert stocked.read(lambda work: work.inventory.at_location("L3", None, None)) == []


def test_a_product_tells_every_location_that_holds_it(stocked: Transactions) -> None:
    here, there = a_stock_record("L0", "A"), a_stock_record("L1", "A", 0, minutes(1))
    keep(stocked, here, there, a_stock_record("L0", "B"))

    whole = stocked.read(lambda work: work.inventory.of_product("A", None, None))
    first = stocked.read(lambda work: work.inventory.of_product("A", None, 1))
    after = Position(first[0].created_at, first[0].id)
    second = stocked.read(lambda work: work.inventory.of_product("A", after, None))

    assert whole == [there, here]
    assert [*first, *second] == [there, here]
