import pytest

from core.entities.resource import Resource
from core.errors import RuleBroken
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.records import a_mapping, a_partner, a_publication, keep, minutes


def test_a_version_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    version = a_mapping(
        document={"rules": [{"z": 1, "a": [1.5, None]}], "note": "é"}, note="first", created_at=minutes(5)
    )
    keep(transactions, a_partner("acme"), version)

    found = transactions.read(lambda work: work.mappings.get("acme", Resource.ORDERS, 1))

    assert found == version
    assert list(found.document) == ["rules", "note"]


def current(transactions: Transactions, partner: str, resource: Resource) -> int | None:
    return transactions.read(lambda work: work.mappings.current_version(partner, resource))


def test_no_version_is_in_use_before_one_is_published(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_mapping(1), a_mapping(2))

    assert current(transactions, "acme", Resource.ORDERS) is None


def test_the_version_published_last_is_in_use_whatever_its_number_and_the_clock(
    transactions: Transactions,
) -> None:
    keep(transactions, a_partner("acme"), a_mapping(2), a_mapping(9), a_mapping(10))
    keep(transactions, a_publication(10, published_at=minutes(5)), a_publication(2))

    assert current(transactions, "acme", Resource.ORDERS) == 2


def test_the_last_version_has_the_highest_number_in_use_or_not(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_mapping(9), a_mapping(10), a_mapping(2), a_publication(2))

    def last(resource: Resource) -> int | None:
        return transactions.read(lambda work: work.mappings.last_version("acme", resource))

    assert (last(Resource.ORDERS), last(Resource.PRODUCTS)) == (10, None)


def test_a_call_reads_the_versions_as_it_has_changed_them(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"))

    def change(work: UnitOfWork) -> list[tuple[int | None, int | None]]:
        read = [_versions(work)]
        for number in (1, 2):
            work.mappings.add(a_mapping(number))
            read.append(_versions(work))
            work.mappings.publish(a_publication(number))
            read.append(_versions(work))
        return read

    assert transactions.run(change) == [(None, None), (1, None), (1, 1), (2, 1), (2, 2)]


def _versions(work: UnitOfWork) -> tuple[int | None, int | None]:
    """The last one, and the one in use."""
    last = work.mappings.last_version("acme", Resource.ORDERS)
    return last, work.mappings.current_version("acme", Resource.ORDERS)


def test_publications_go_from_the_newest_to_the_oldest(transactions: Transactions) -> None:
    published = [
        a_publication(2),
        a_publication(10, published_at=minutes(3), author="ann", note="go"),
        a_publication(1),
    ]
    keep(transactions, a_partner("acme"), *(a_mapping(number) for number in (1, 2, 3, 10)), *published)
    keep(transactions, a_mapping(3, resource=Resource.PRODUCTS), a_publication(3, resource=Resource.PRODUCTS))

    found = transactions.read(lambda work: work.mappings.publications("acme", Resource.ORDERS))

    assert list(found) == published[::-1]


def test_partners_and_resources_have_versions_of_their_own(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_partner("other"))
    keep(transactions, a_mapping(3, "acme", Resource.ORDERS), a_mapping(1, "acme", Resource.PRODUCTS))
    keep(transactions, a_publication(3, "acme", Resource.ORDERS), a_publication(1, "acme", Resource.PRODUCTS))

    assert current(transactions, "acme", Resource.ORDERS) == 3
    assert current(transactions, "acme", Resource.PRODUCTS) == 1
    assert current(transactions, "acme", Resource.INVENTORY) is None
    assert current(transactions, "other", Resource.ORDERS) is None
    assert transactions.read(lambda work: work.mappings.get("acme", Resource.PRODUCTS, 3)) is None


def test_what_is_undone_was_not_published(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_mapping(1), a_mapping(2), a_publication(1))

    def publish_and_fail(work: UnitOfWork) -> None:
        work.mappings.publish(a_publication(2))
        raise RuleBroken("no")

    with pytest.raises(RuleBroken):
        transactions.run(publish_and_fail)

    assert current(transactions, "acme", Resource.ORDERS) == 1


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
