"""What operators do with the versions of a mapping."""

import pytest

from adapters.memory.transactions import MemoryTransactions
from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.errors import NotFound, RuleBroken
from core.mapping.model import MappingRefused
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mapping_differences import CompareMappings, Side, compare_mappings
from core.use_cases.mapping_versions import RestoreMapping, mapping_history, restore_mapping
from core.use_cases.mappings import (
    PublishMapping,
    SaveMapping,
    current_mapping,
    draft_mapping,
    mappings_to_mend,
    publish_mapping,
    save_mapping,
)
from core.use_cases.speech import Mappings
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.records import a_mapping, a_partner, a_publication, keep

ORDERS = Resource.ORDERS


def reading(place: str) -> JsonObject:
    """A mapping that finds the order number there."""
    return {
        "format": "datamingle.mapping/1",
        "resource": "orders",
        "rules": [{"partner": place, "internal": "order_number", "required": True}],
    }


def place_of(document: JsonObject) -> object:
    (rule,) = document["rules"]  # type: ignore[misc,union-attr]  # made by `reading`
    return rule["partner"]  # type: ignore[index,call-overload]  # as above


def saving(place: str, **fields: str) -> SaveMapping:
    return SaveMapping("acme", ORDERS, reading(place), fields.pop("author", "ann"), **fields)


def publishing(version: int) -> PublishMapping:
    return PublishMapping("acme", ORDERS, version, "bob")


@pytest.fixture
def work(clock: SettableClock, ids: CountingIds) -> UnitOfWork:
    """A unit of work on which the partner acme is known."""
    transactions = MemoryTransactions(clock, ids)
    keep(transactions, a_partner("acme"))
    return transactions.run(lambda work: work)


def states(work: UnitOfWork) -> list[tuple[int, str]]:
    return [(one.version.version, one.state) for one in mapping_history(work, "acme", ORDERS)]


def test_a_draft_is_not_in_use_until_it_is_published(work: UnitOfWork) -> None:
    save_mapping(work, saving("a"))
    draft_mapping(work, saving("b"))
    before = place_of(current_mapping(work, "acme", ORDERS).document)

    publish_mapping(work, publishing(2))

    assert (before, place_of(current_mapping(work, "acme", ORDERS).document)) == ("a", "b")


def test_a_version_saved_after_a_draft_has_a_number_of_its_own(work: UnitOfWork) -> None:
    draft_mapping(work, saving("a"))

    saved = save_mapping(work, saving("b"))

    assert saved.version == 2
    assert states(work) == [(2, "in use"), (1, "draft")]


def test_an_older_draft_may_still_be_published(work: UnitOfWork) -> None:
    draft_mapping(work, saving("a"))
    save_mapping(work, saving("b"))

    publish_mapping(work, publishing(1))

    assert states(work) == [(2, "former"), (1, "in use")]


def test_publishing_the_version_in_use_again_changes_nothing(work: UnitOfWork) -> None:
    save_mapping(work, saving("a"))

    publish_mapping(work, publishing(1))

    assert [one.author for one in work.mappings.publications("acme", ORDERS)] == ["ann"]


def test_a_version_that_was_in_use_before_is_restored_and_not_published(work: UnitOfWork) -> None:
    save_mapping(work, saving("a"))
    save_mapping(work, saving("b"))

    with pytest.raises(RuleBroken, match="version 1 was in use before"):
        publish_mapping(work, publishing(1))

    assert states(work) == [(2, "in use"), (1, "former")]


def test_publishing_checks_by_the_rules_of_today(work: UnitOfWork) -> None:
    document = {**reading("a"), "rules": [{"partner": "a", "internal": "no_field_of_ours"}]}
    work.mappings.add(a_mapping(1, document=document))

    with pytest.raises(MappingRefused):
        publish_mapping(work, publishing(1))

    assert work.mappings.current_version("acme", ORDERS) is None


def test_restoring_makes_a_new_version_with_the_same_content(work: UnitOfWork) -> None:
    first = save_mapping(work, saving("a"))
    save_mapping(work, saving("b"))

    restored = restore_mapping(work, RestoreMapping("acme", ORDERS, 1, "bob"))

    assert (restored.version, restored.content_hash) == (3, first.content_hash)
    assert (restored.author, restored.note) == ("bob", "restored from version 1")
    assert states(work) == [(3, "in use"), (2, "former"), (1, "former")]


def test_what_is_not_there_is_not_found(work: UnitOfWork) -> None:
    for refused in (
        lambda: publish_mapping(work, publishing(7)),
        lambda: restore_mapping(work, RestoreMapping("acme", ORDERS, 7, "bob")),
        lambda: mapping_history(work, "nobody", ORDERS),
        lambda: compare(work, 7),
    ):
        with pytest.raises(NotFound):
            refused()


def compare(work: UnitOfWork, *sides: Side) -> tuple[int | None, int | None]:
    """Which versions are compared."""
    found = compare_mappings(work, CompareMappings("acme", ORDERS, sides))
    return found.before, found.after


class TestComparing:
    def test_two_versions_in_the_order_given(self, work: UnitOfWork) -> None:
        save_mapping(work, saving("a"))
        save_mapping(work, saving("b"))

        (change,) = compare_mappings(work, CompareMappings("acme", ORDERS, (2, 1))).rules.changed

        assert [(one.member, one.before, one.after) for one in change.members] == [("partner", "b", "a")]

    def test_without_sides_what_the_version_in_use_changed(self, work: UnitOfWork) -> None:
        save_mapping(work, saving("a"))
        draft_mapping(work, saving("b"))
        save_mapping(work, saving("c"))

        assert compare(work) == (1, 3)

    def test_without_sides_what_a_newer_draft_would_change(self, work: UnitOfWork) -> None:
        save_mapping(work, saving("a"))
        draft_mapping(work, saving("b"))
        draft_mapping(work, saving("c"))

        assert compare(work) == (1, 3)

    def test_the_first_version_has_none_before(self, work: UnitOfWork) -> None:
        save_mapping(work, saving("a"))

        with pytest.raises(NotFound, match="is the first"):
            compare(work)

    def test_one_version_with_the_one_in_use(self, work: UnitOfWork) -> None:
        save_mapping(work, saving("a"))
        save_mapping(work, saving("b"))

        assert compare(work, 1) == (1, 2)

    def test_the_one_in_use_with_a_mapping_that_is_not_saved(self, work: UnitOfWork) -> None:
        save_mapping(work, saving("a"))

        assert compare(work, reading("b")) == (1, None)

    def test_a_mapping_that_is_not_saved_is_checked(self, work: UnitOfWork) -> None:
        save_mapping(work, saving("a"))

        with pytest.raises(MappingRefused):
            compare(work, reading("a..b"))


def test_a_mapping_in_use_that_would_be_refused_now_goes_on_and_is_told_of(work: UnitOfWork) -> None:
    rules: list[Json] = [
        {"id": "nr", "partner": "Nr", "internal": "order_number"},
        {"id": "odd", "partner": "Odd", "internal": "nothing_of_ours"},
    ]
    work.mappings.add(a_mapping(1, document={**reading("Nr"), "rules": rules}))
    work.mappings.publish(a_publication(1))

    found = Mappings().current(work, "acme", ORDERS)
    ((version, reason),) = mappings_to_mend(work)

    assert found is not None
    assert found[1].inbound({"Nr": "7"}).value == {"order_number": "7"}
    assert version.version == 1
    assert "nothing_of_ours" in reason


def test_a_sound_mapping_in_use_is_not_told_of(work: UnitOfWork) -> None:
    save_mapping(work, saving("Number"))

    assert list(mappings_to_mend(work)) == []
