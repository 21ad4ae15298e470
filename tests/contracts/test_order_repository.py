from datetime import UTC, datetime
from decimal import Decimal

import attrs
import pytest

from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.order import Order, OrderStatus
from core.entities.resource import Resource
from core.errors import ExternalOrderIdTaken, OrderNumberTaken
from core.ports.unit_of_work import Transactions
from tests.support.records import a_partner, a_product, an_item, an_order, ids_of, keep, minutes

NUMBER = IdentifierField(Resource.ORDERS, "order_number")
EXTERNAL_ID = IdentifierField(Resource.ORDERS, "external_order_id")


def by_number(transactions: Transactions, number: str = "PO-1", partner: str | None = None) -> Order | None:
    return transactions.read(lambda work: work.orders.by_number(partner, number))


def test_an_order_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    order = an_order(
        partner="acme",
        external_order_id="E-1",
        customer_name="Avery Quill",
        customer_info={"email": "avery@example.com"},
        notes="leave at the side door",
        order_date=datetime(2026, 4, 30, 22, 0, 0, 123456, tzinfo=UTC),
        due_date=datetime(1, 1, 1, tzinfo=UTC),
        metadata={"z": 1, "a": [1, 2.5, None, True, {"ü": "\u2028"}]},
        status=OrderStatus.CANCELLED,
        cancellation_reason="out of stock",
        items=[an_item("A", 2, "gift wrap"), an_item("B"), an_item("A", 3)],
    )
    keep(transactions, a_partner("acme"), a_product("A"), a_product("B"), order)

    found = by_number(transactions, partner="acme")

    assert found is not None
    assert attrs.asdict(found) == attrs.asdict(order)
    assert list(found.metadata) == ["z", "a"]


def test_an_empty_order_comes_back_empty(transactions: Transactions) -> None:
    order = an_order()
    keep(transactions, order)

    found = by_number(transactions)

    assert found is not None
    assert attrs.asdict(found) == attrs.asdict(order)


@pytest.mark.parametrize(
    "value",
    [
        0.1,
        -0.0,
        1e300,
        5e-324,
        123456789.123456789,
        2**63 - 1,
        10**40,
        Decimal("12345678901234567890.123456789"),
        Decimal("-0.00000000000000000000000000001234567890123456789"),
        "",
        'quote " backslash \\ newline \n tab \t',
        "\U0001f6d2 é 中",
        [],
        {},
        {"": {"": None}},
    ],
)
def test_what_an_open_field_holds_loses_no_digit_and_no_character(
    transactions: Transactions, value: object
) -> None:
    keep(transactions, an_order(metadata={"value": value}))

    found = by_number(transactions)

    assert found is not None
    assert found.metadata == {"value": value}
    assert repr(found.metadata["value"]) == repr(value)


def test_a_partners_number_is_taken_once(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_partner("other"), an_order("PO-1", "acme"))

    with pytest.raises(OrderNumberTaken):
        keep(transactions, an_order("PO-1", "acme"))

    keep(transactions, an_order("PO-1", "other"), an_order("PO-1"), an_order("po-1", "acme"))


def test_orders_without_a_partner_share_one_space_of_numbers(transactions: Transactions) -> None:
    keep(transactions, an_order("PO-1"))

    with pytest.raises(OrderNumberTaken):
        keep(transactions, an_order("PO-1"))


def test_a_partners_external_id_is_taken_once(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"), a_partner("other"))
    keep(transactions, an_order("PO-1", "acme", external_order_id="E"))

    with pytest.raises(ExternalOrderIdTaken):
        keep(transactions, an_order("PO-2", "acme", external_order_id="E"))

    keep(transactions, an_order("PO-2", "other", external_order_id="E"))
    keep(transactions, an_order("PO-2", external_order_id="E"))


def test_orders_without_a_partner_share_one_space_of_external_ids(transactions: Transactions) -> None:
    keep(transactions, an_order("PO-1", external_order_id="E"))

    with pytest.raises(ExternalOrderIdTaken):
        keep(transactions, an_order("PO-2", external_order_id="E"))


def test_many_orders_may_have_no_external_id(transactions: Transactions) -> None:
    keep(transactions, an_order("PO-1"), an_order("PO-2"))

    assert by_number(transactions, "PO-2") is not None


def test_a_taken_number_is_told_before_a_taken_external_id(transactions: Transactions) -> None:
    keep(transactions, an_order("PO-1", external_order_id="E"))

    with pytest.raises(OrderNumberTaken):
        keep(transactions, an_order("PO-1", external_order_id="E"))


def test_a_number_is_taken_within_the_same_transaction_too(transactions: Transactions) -> None:
    with pytest.raises(OrderNumberTaken):
        keep(transactions, an_order("PO-1"), an_order("PO-1"))

    assert by_number(transactions) is None


def test_a_line_of_an_unknown_product_is_not_kept(transactions: Transactions) -> None:
    with pytest.raises(Exception, match=r"(?i:foreign key)|no product"):
        keep(transactions, an_order(items=[an_item("UNKNOWN")]))

    assert by_number(transactions) is None


def test_a_saved_order_holds_its_new_header(transactions: Transactions) -> None:
    order = an_order(external_order_id="E-1", metadata={"a": 1}, notes="old")
    keep(transactions, order)
    order.external_order_id = None
    order.customer_name = "Avery Quill"
    order.customer_info = {"phone": "1"}
    order.notes = None
    order.metadata = {}
    order.order_date = order.due_date = minutes(7)
    order.status = OrderStatus.SHIPPED
    order.updated_at = minutes(5)

    transactions.run(lambda work: work.orders.save(order))

    found = by_number(transactions)
    assert found is not None
    assert attrs.asdict(found) == attrs.asdict(order)


def test_saving_keeps_what_was_verified_up_and_down(transactions: Transactions) -> None:
    order = an_order(items=[an_item("A", 2), an_item("A", 3)])
    keep(transactions, a_product("A"), order)
    order.verify("A", 4, minutes(1))
    transactions.run(lambda work: work.orders.save(order))
    counted = by_number(transactions)
    order.verify("A", 0, minutes(2))

    transactions.run(lambda work: work.orders.save(order))

    again = by_number(transactions)
    assert counted is not None
    assert again is not None
    assert [item.verified_quantity for item in counted.items] == [2, 2]
    assert [item.verified_quantity for item in again.items] == [0, 0]


def test_saving_an_external_id_that_another_order_has_is_refused(transactions: Transactions) -> None:
    order = an_order("PO-2")
    keep(transactions, an_order("PO-1", external_order_id="E"), order)
    order.external_order_id = "E"

    with pytest.raises(ExternalOrderIdTaken):
        transactions.run(lambda work: work.orders.save(order))

    found = by_number(transactions, "PO-2")
    assert found is not None
    assert found.external_order_id is None


def test_saving_an_order_again_with_its_own_external_id_is_fine(transactions: Transactions) -> None:
    order = an_order(external_order_id="E")
    keep(transactions, order)

    transactions.run(lambda work: work.orders.save(order))

    assert by_number(transactions) is not None


def test_replaced_lines_stand_instead_of_the_old_ones(transactions: Transactions) -> None:
    order = an_order(items=[an_item("A"), an_item("A")])
    keep(transactions, a_product("A"), a_product("B"), order)
    order.items = [an_item("B", 7, "new"), an_item("A", 1), an_item("B", 2)]

    transactions.run(lambda work: work.orders.replace_items(order))

    found = by_number(transactions)
    assert found is not None
    assert attrs.asdict(found) == attrs.asdict(order)


def test_what_the_caller_does_with_an_order_afterwards_changes_nothing(transactions: Transactions) -> None:
    order = an_order(metadata={"deep": {"list": [1]}}, items=[an_item("A", 2)])
    keep(transactions, a_product("A"), order)
    order.metadata["deep"]["list"].append(2)  # type: ignore[call-overload,index,union-attr]  # known to be dicts
    order.items[0].quantity = 99
    read = by_number(transactions)
    assert read is not None
    read.metadata.clear()
    read.items.clear()

    found = by_number(transactions)

    assert found is not None
    assert found.metadata == {"deep": {"list": [1]}}
    assert [item.quantity for item in found.items] == [2]


def test_by_number_keeps_partners_apart(transactions: Transactions) -> None:
    mine, plain = an_order("PO-1", "acme"), an_order("PO-1")
    keep(transactions, a_partner("acme"), mine, plain)

    found = by_number(transactions, "PO-1", "acme")
    found_plain = by_number(transactions, "PO-1")

    assert found is not None
    assert found_plain is not None
    assert (found.id, found_plain.id) == (mine.id, plain.id)
    assert by_number(transactions, "PO-1", "other") is None


def test_numbered_finds_every_partners_order(transactions: Transactions) -> None:
    orders = [an_order("PO-1", "acme"), an_order("PO-1", "other"), an_order("PO-1")]
    keep(transactions, a_partner("acme"), a_partner("other"), *orders, an_order("PO-2"))

    found = transactions.read(lambda work: work.orders.numbered("PO-1"))

    assert {order.id for order in found} == {order.id for order in orders}


def test_named_prefers_the_callers_own_order(transactions: Transactions) -> None:
    own, foreign = an_order("PO-1", "acme"), an_order("PO-1", "other")
    keep(transactions, a_partner("acme"), a_partner("other"), foreign, own, an_order("PO-1"))

    found = transactions.read(lambda work: work.orders.named(NUMBER, "PO-1", "acme"))

    assert ids_of(found) == [own.id]


def test_named_without_a_partner_prefers_orders_without_one(transactions: Transactions) -> None:
    own = an_order("PO-1")
    keep(transactions, a_partner("acme"), an_order("PO-1", "acme"), own)

    found = transactions.read(lambda work: work.orders.named(NUMBER, "PO-1", None))

    assert ids_of(found) == [own.id]


def test_named_falls_back_to_the_orders_of_all(transactions: Transactions) -> None:
    foreign = an_order("PO-1", "other", items=[an_item("A", 4)])
    keep(transactions, a_product("A"), a_partner("acme"), a_partner("other"), foreign)

    found = transactions.read(lambda work: work.orders.named(NUMBER, "PO-1", "acme"))

    assert ids_of(found) == [foreign.id]
    assert [item.quantity for item in found[0].items] == [4]


def test_named_tells_two_of_several(transactions: Transactions) -> None:
    field = IdentifierField(Resource.ORDERS, "metadata", ("ref",))
    keep(transactions, *(an_order(f"PO-{number}", metadata={"ref": "R"}) for number in range(4)))

    found = transactions.read(lambda work: work.orders.named(field, "R", None))

    assert len(found) == 2


def test_named_by_a_field_that_is_empty_finds_nothing(transactions: Transactions) -> None:
    keep(transactions, an_order("PO-1"))

    found = transactions.read(lambda work: work.orders.named(EXTERNAL_ID, "", None))

    assert found == []


def test_named_looks_into_customer_info(transactions: Transactions) -> None:
    order = an_order(customer_info={"account": {"number": 7}})
    field = IdentifierField(Resource.ORDERS, "customer_info", ("account", "number"))
    keep(transactions, order)

    found = transactions.read(lambda work: work.orders.named(field, "7", None))

    assert ids_of(found) == [order.id]


def test_pages_go_from_the_newest_to_the_oldest_and_by_id_within_a_moment(transactions: Transactions) -> None:
    orders = [
        an_order(f"PO-{number}", created_at=minutes(number // 2), items=[an_item("A", number + 1)])
        for number in range(7)
    ]
    keep(transactions, a_product("A"), *orders)

    walked: list[Order] = []
    after = None
    while page := transactions.read(lambda work: work.orders.page(None, after, 3)):  # noqa: B023 - called at once
        walked += page
        after = Position(page[-1].created_at, page[-1].id)

    assert [order.order_number for order in walked] == [f"PO-{number}" for number in reversed(range(7))]
    assert [order.items[0].quantity for order in walked] == [7, 6, 5, 4, 3, 2, 1]


def test_a_page_after_a_position_nobody_holds_any_more_goes_on_from_there(transactions: Transactions) -> None:
    keep(transactions, *(an_order(f"PO-{number}", created_at=minutes(number)) for number in range(3)))

    page = transactions.read(lambda work: work.orders.page(None, Position(minutes(2), ""), 10))

    assert [order.order_number for order in page] == ["PO-1", "PO-0"]


def test_a_page_of_one_status(transactions: Transactions) -> None:
    pending = an_order("PO-1")
    shipped = an_order("PO-2", status=OrderStatus.SHIPPED)
    keep(transactions, pending, shipped)

    page = transactions.read(lambda work: work.orders.page(OrderStatus.SHIPPED, None, 10))

    assert ids_of(page) == [shipped.id]
    assert transactions.read(lambda work: work.orders.page(OrderStatus.VERIFIED, None, 10)) == []


def test_an_index_may_be_made_twice_and_changes_no_answer(transactions: Transactions) -> None:
    field = IdentifierField(Resource.ORDERS, "metadata", ("ref",))
    order = an_order(metadata={"ref": 12})
    keep(transactions, order)

    transactions.run(lambda work: work.orders.index(field))
    transactions.run(lambda work: work.orders.index(field))

    assert ids_of(transactions.read(lambda work: work.orders.named(field, "12", None))) == [order.id]
