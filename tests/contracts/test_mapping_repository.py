from core.entities.resource import Resource
from core.ports.unit_of_work import Transactions
from tests.support.records import a_mapping, a_partner, keep, minutes


def test_a_version_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    version = a_mapping(
        document={"rules": [{"z": 1, "a": [1.5, None]}], "note": "é"}, note="first", created_at=minutes(5)
    )
    keep(transactions, a_partner("acme"), version)

    found = transactions.read(lambda work: work.mappings.get("acme", Resource.ORDERS, 1))

    assert found == version
    assert list(found.document) == ["rules", "note"]


def test_the_highest_number_is_in_use(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_mapping(9), a_mapping(10), a_mapping(2))

    assert transactions.read(lambda work: work.mappings.current_version("acme", Resource.ORDERS)) == 10


def test_partners_and_resources_have_versions_of_their_own(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_partner("other"))
    keep(transactions, a_mapping(3, "acme", Resource.ORDERS), a_mapping(1, "acme", Resource.PRODUCTS))

    assert transactions.read(lambda work: work.mappings.current_version("acme", Resource.PRODUCTS)) == 1
    assert transactions.read(lambda work: work.mappings.current_version("acme", Resource.INVENTORY)) is None
    assert transactions.read(lambda work: work.mappings.current_version("other", Resource.ORDERS)) is None
    assert transactions.read(lambda work: work.mappings.get("acme", Resource.PRODUCTS, 3)) is None


def test_history_goes_from_the_newest_to_the_oldest(transactions: Transactions) -> None:
    versions = [a_mapping(number) for number in (1, 2, 10)]
    keep(transactions, a_partner("acme"), *versions, a_mapping(1, resource=Resource.PRODUCTS))

    found = transactions.read(lambda work: work.mappings.history("acme", Resource.ORDERS))

    assert list(found) == versions[::-1]


def test_what_the_caller_does_with_a_document_afterwards_changes_nothing(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_mapping())
    read = transactions.read(lambda work: work.mappings.get("acme", Resource.ORDERS, 1))
    assert read is not None
    read.document.clear()

    found = transactions.read(lambda work: work.mappings.get("acme", Resource.ORDERS, 1))

    assert found == a_mapping()
