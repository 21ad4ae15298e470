import attrs
import pytest

from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.location import Location
from core.entities.resource import Resource
from core.errors import LocationCodeTaken
from core.ports.unit_of_work import Transactions
from tests.support.records import a_location, ids_of, keep, minutes

CODE = IdentifierField(Resource.LOCATIONS, "code")
BARCODE = IdentifierField(Resource.LOCATIONS, "metadata", ("label", "barcode"))


def named(transactions: Transactions, field: IdentifierField, value: str) -> list[Location]:
    return list(transactions.read(lambda work: work.locations.named(field, value)))


def test_a_location_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    location = a_location(
        "WH/SHELF-01",
        name="Main warehouse",
        zone="A",
        aisle="07",
        metadata={"floor": 2},
        is_active=False,
        updated_at=minutes(3),
    )
    keep(transactions, location)

    (found,) = named(transactions, CODE, "WH/SHELF-01")

    assert attrs.asdict(found) == attrs.asdict(location)


def test_a_code_is_taken_once_also_by_an_inactive_location(transactions: Transactions) -> None:
    keep(transactions, a_location("A", is_active=False))

    with pytest.raises(LocationCodeTaken):
        keep(transactions, a_location("A"))

    keep(transactions, a_location("a"))


def test_a_saved_location_holds_what_changed(transactions: Transactions) -> None:
    location = a_location(name="old", zone="Z", metadata={"a": 1})
    keep(transactions, location)
    location.name, location.zone, location.aisle = "new", None, "9"
    location.metadata = {}
    location.is_active = False
    location.updated_at = minutes(1)

    transactions.run(lambda work: work.locations.save(location))

    (found,) = named(transactions, CODE, location.code)
    assert attrs.asdict(found) == attrs.asdict(location)


def test_named_looks_into_the_metadata_with_and_without_an_index(transactions: Transactions) -> None:
    location = a_location("A", metadata={"label": {"barcode": 4711}})
    keep(transactions, location, a_location("B", metadata={"label": {"barcode": "4712"}}))

    before = named(transactions, BARCODE, "4711")
    transactions.run(lambda work: work.locations.index(BARCODE))
    transactions.run(lambda work: work.locations.index(BARCODE))

    assert ids_of(before) == ids_of(named(transactions, BARCODE, "4711")) == [location.id]


def test_named_tells_two_of_several(transactions: Transactions) -> None:
    name = IdentifierField(Resource.LOCATIONS, "name")
    keep(transactions, *(a_location(f"L{number}", name="Shelf") for number in range(3)))

    assert len(named(transactions, name, "Shelf")) == 2


def test_known_tells_those_that_exist_active_or_not(transactions: Transactions) -> None:
    keep(transactions, a_location("A"), a_location("B", is_active=False))

    found = transactions.read(lambda work: work.locations.known({"A", "B", "C", "a"}))

    assert set(found) == {"A", "B"}


def test_pages_hold_active_or_inactive_locations_newest_first(transactions: Transactions) -> None:
    locations = [a_location(f"L{number}", minutes(number // 2)) for number in range(5)]
    keep(transactions, *locations, a_location("OLD", is_active=False))

    first = transactions.read(lambda work: work.locations.page(True, None, 3))
    after = Position(first[-1].created_at, first[-1].id)
    second = transactions.read(lambda work: work.locations.page(True, after, 3))
    inactive = transactions.read(lambda work: work.locations.page(False, None, 3))

    assert ids_of([*first, *second]) == ids_of(locations)[::-1]
    assert [location.code for location in inactive] == ["OLD"]


def test_what_the_caller_does_with_a_location_afterwards_changes_nothing(transactions: Transactions) -> None:
    location = a_location("A", metadata={"floor": 2})
    keep(transactions, location)
    location.metadata["floor"] = 3
    named(transactions, CODE, "A")[0].metadata.clear()

    (found,) = named(transactions, CODE, "A")

    assert found.metadata == {"floor": 2}
