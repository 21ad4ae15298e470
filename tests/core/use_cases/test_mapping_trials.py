"""A mapping tried on a payload: the document, and where each value came from."""

from typing import Any

import pytest

from adapters.memory.transactions import MemoryTransactions
from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.errors import BadSetting, NotFound
from core.mapping.paths import show
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mapping_trials import try_mapping
from core.use_cases.mappings import SaveMapping, save_mapping
from core.use_cases.trial import Trial, TryMapping
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.records import a_partner, a_product, keep

MASK = "•••"


NUMBER: Json = {"partner": "po", "internal": "order_number", "required": True}
LINES: Json = {
    "partner": "Lines[]",
    "internal": "items[]",
    "where": {"Qty": {"not_in": ["0"]}},
    "rules": [
        {"partner": "Sku", "internal": "sku_code"},
        {"partner": "Qty", "internal": "quantity", "type": "integer"},
    ],
}


def mapping(*rules: Json, resource: str = "orders", **options: Json) -> JsonObject:
    """A mapping of these rules; for orders their lines are mapped as well."""
    start: JsonObject = {"format": "datamingle.mapping/1", "resource": resource, "unmapped": "drop"}
    lines = [LINES] if resource == "orders" else []
    return {**start, **options, "rules": [*rules, *lines]}


@pytest.fixture
def work(clock: SettableClock, ids: CountingIds) -> UnitOfWork:
    """A unit of work on which the partner acme is known."""
    transactions = MemoryTransactions(clock, ids)
    keep(transactions, a_partner("acme"), a_product("TENT", custom_fields={"item": 7}))
    return transactions.run(lambda work: work)


def attempt(
    work: UnitOfWork, unsaved: JsonObject | None, payload: Json, resource: str = "orders", **options: Any
) -> Trial:
    return try_mapping(work, TryMapping("acme", Resource(resource), payload, unsaved=unsaved, **options))


def traced(trial: Trial) -> list[tuple[int | None, str, str | None, str]]:
    """Record, target, source and how of each value."""
    return [
        (record.number, show(entry.target), entry.source and entry.source.pointer, entry.how)
        for record in trial.records
        for entry in record.trace
    ]


def test_each_value_tells_where_it_came_from_and_how(work: UnitOfWork) -> None:
    source: Json = {"internal": "metadata.source", "const": "erp"}

    trial = attempt(
        work, mapping(NUMBER, source), {"po": "1", "Lines": [{"Qty": "0"}, {"Sku": "A", "Qty": "2"}]}
    )

    assert traced(trial) == [
        (None, "order_number", "/po", "copied"),
        (None, "metadata.source", None, "const"),
        (None, "items[0].sku_code", "/Lines/1/Sku", "copied"),
        (None, "items[0].quantity", "/Lines/1/Qty", "converted"),
    ]
    assert [place.pointer for place in trial.records[0].removed] == ["/Lines/0"]


def test_of_several_records_each_is_traced_from_the_top_of_what_was_sent(work: UnitOfWork) -> None:
    unsaved = mapping(NUMBER, record=["orders[]"])

    trial = attempt(work, unsaved, {"orders": [{"po": "1"}, {"po": "2", "x": 1}], "page": 1})

    assert traced(trial) == [
        (0, "order_number", "/orders/0/po", "copied"),
        (1, "order_number", "/orders/1/po", "copied"),
    ]
    assert [place.pointer for place in trial.records[1].unused] == ["/orders/1/x"]
    assert [place.pointer for place in trial.around] == ["/page"]


def test_what_cannot_pass_is_blocked(work: UnitOfWork) -> None:
    trial = attempt(work, mapping(NUMBER, unmapped="pass"), {"po": "1", "order_number": "2", "notes": "n"})

    assert [place.field for place in trial.records[0].blocked] == ["order_number"]
    assert (None, "notes", "/notes", "passed") in traced(trial)


def test_a_secret_is_shown_nowhere(work: UnitOfWork) -> None:
    card: Json = {"partner": "card", "internal": "metadata.card", "type": "string", "secret": True}

    good = attempt(work, mapping(NUMBER, card), {"po": "1", "card": "4111"})
    bad = attempt(work, mapping(NUMBER, card), {"po": "1", "card": [4111]})

    assert good.document == {"order_number": "1", "metadata": {"card": MASK}}
    assert "4111" not in repr((good, bad))
    assert len(bad.errors) == 1


def test_neither_is_one_that_validation_refuses(work: UnitOfWork) -> None:
    due: Json = {"partner": "due", "internal": "due_date", "secret": True}

    trial = attempt(work, mapping(NUMBER, due), {"po": "1", "due": "sesame", "Lines": []})

    assert "sesame" not in repr(trial)
    assert {problem.sent_as for problem in trial.invalid} == {"due", "Lines"}


def test_what_the_mapping_itself_fills_wrongly_is_told_by_our_name(work: UnitOfWork) -> None:
    due: Json = {"internal": "due_date", "const": "sooner"}

    (problem,) = attempt(work, mapping(NUMBER, due), {"po": "1", "Lines": [{"Sku": "A", "Qty": "2"}]}).invalid

    assert (problem.sent_as, problem.pointer, problem.place) == ("", None, ("due_date",))
    assert "sooner" in problem.message


def test_a_partial_payload_need_not_be_whole(work: UnitOfWork) -> None:
    unsaved = mapping(NUMBER, {"partner": "memo", "internal": "notes", "default": "none"})

    whole, partial = (attempt(work, unsaved, {"memo": "m"}, partial=partial) for partial in (False, True))

    assert [error.code for error in whole.errors] == ["missing"]
    assert (partial.document, partial.errors, partial.invalid) == ({"notes": "m"}, [], [])


def test_a_partial_payload_must_not_send_what_is_fixed(work: UnitOfWork) -> None:
    trial = attempt(work, mapping(NUMBER), {"Lines": [{"Sku": "A", "Qty": "1"}]}, partial=True)

    assert [(problem.sent_as, problem.code) for problem in trial.invalid] == [("Lines", "FIXED")]


@pytest.mark.parametrize(("resource", "direction"), [("inventory", "in"), ("orders", "out")])
def test_only_a_record_that_comes_in_can_be_partial(work: UnitOfWork, resource: str, direction: str) -> None:
    with pytest.raises(BadSetting, match="partial"):
        attempt(work, None, {}, resource, partial=True, direction=direction)


class TestOutward:
    def test_a_record_as_the_api_shows_it_becomes_what_the_partner_is_answered(
        self, work: UnitOfWork
    ) -> None:
        order: Json = {
            "order_number": "1",
            "items": [{"sku_code": "A", "quantity": 2, "id": "x", "sku": {"sku": "A"}}],
        }

        trial = attempt(work, mapping(NUMBER, unmapped="pass"), order, direction="out")

        assert trial.document == {"po": "1", "Lines": [{"Sku": "A", "Qty": 2, "id": "x"}]}
        assert (None, "Lines[0].Sku", "/items/0/sku_code", "copied") in traced(trial)
        assert (None, "Lines[0].id", "/items/0/id", "passed") in traced(trial)

    def test_several_records_give_several(self, work: UnitOfWork) -> None:
        orders: Json = [{"order_number": "1"}, {"order_number": "2"}]

        trial = attempt(work, mapping(NUMBER), orders, direction="out")

        assert trial.document == [{"po": "1"}, {"po": "2"}]
        assert traced(trial) == [
            (0, "po", "/0/order_number", "copied"),
            (1, "po", "/1/order_number", "copied"),
        ]

    def test_an_error_tells_which_record_it_is_about(self, work: UnitOfWork) -> None:
        status: Json = {
            "partner": "state",
            "internal": "status",
            "direction": "out",
            "values": [["P", "pending"]],
        }

        trial = attempt(
            work, mapping(NUMBER, status), [{"status": "pending"}, {"status": "lost"}], direction="out"
        )

        assert [(error.record, error.code) for error in trial.errors] == [(1, "value_not_mapped")]

    def test_inventory_goes_out_row_by_row_and_looks_records_up(self, work: UnitOfWork) -> None:
        unsaved = mapping(
            {"partner": "Rows[].Place", "internal": "inventory[].location_code"},
            {
                "partner": "Rows[].Item",
                "internal": "inventory[].sku_code",
                "lookup": {"resource": "products", "by": "custom_fields.item"},
            },
            {"partner": "Rows[].Key", "internal": "inventory[].quantity", "secret": True},
            resource="inventory",
        )
        row: Json = {"location_code": "WH", "sku_code": "TENT", "quantity": 5}

        trial = attempt(work, unsaved, row, "inventory", direction="out")

        assert trial.document == {"Place": "WH", "Item": 7, "Key": MASK}


class TestWhichMapping:
    def save(self, work: UnitOfWork, place: str) -> None:
        document = mapping({"partner": place, "internal": "order_number", "required": True})
        save_mapping(work, SaveMapping("acme", Resource.ORDERS, document, "ann"))

    def test_the_version_in_use_unless_another_is_named(self, work: UnitOfWork) -> None:
        self.save(work, "a")
        self.save(work, "b")

        trials = [attempt(work, None, {"a": "1", "b": "2"}, version=version) for version in (None, 1, 2)]

        assert [(one.mapping_version, one.document["order_number"]) for one in trials] == [  # type: ignore[index,call-overload]  # objects
            (2, "2"),
            (1, "1"),
            (2, "2"),
        ]

    def test_one_that_is_not_saved_has_no_version(self, work: UnitOfWork) -> None:
        self.save(work, "a")

        trial = attempt(work, mapping(NUMBER), {"po": "3"})

        assert (trial.mapping_version, trial.document) == (None, {"order_number": "3"})

    def test_a_version_that_does_not_exist_is_not_found(self, work: UnitOfWork) -> None:
        with pytest.raises(NotFound):
            attempt(work, None, {}, version=3)

    def test_without_any_the_partner_speaks_our_language(self, work: UnitOfWork) -> None:
        trial = attempt(work, None, {"order_number": "1", "items": [{"sku": "A"}]})

        assert (trial.mapping_version, trial.document) == (
            None,
            {"order_number": "1", "items": [{"sku": "A"}]},
        )
