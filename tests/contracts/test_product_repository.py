from decimal import Decimal

import attrs
import pytest

from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.product import Product
from core.entities.resource import Resource
from core.errors import SkuTaken
from core.ports.unit_of_work import Transactions
from tests.support.records import a_product, ids_of, keep, minutes

SKU = IdentifierField(Resource.PRODUCTS, "sku")


def upc(*path: str) -> IdentifierField:
    return IdentifierField(Resource.PRODUCTS, "custom_fields", path or ("upc",))


def named(transactions: Transactions, field: IdentifierField, value: str) -> list[Product]:
    return list(transactions.read(lambda work: work.products.named(field, value)))


def test_a_product_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    product = a_product(
        "TENT-2P",
        quantity=2**63 - 1,
        is_active=False,
        custom_fields={"upc": "012345678905", "b": {"a": 1.5}},
        cost=Decimal("12345678901.1234560"),
        updated_at=minutes(3),
    )
    keep(transactions, product)

    (found,) = named(transactions, SKU, "TENT-2P")

    assert attrs.asdict(found) == attrs.asdict(product)
    assert str(found.cost) == "12345678901.1234560"


def test_a_sku_is_taken_once_also_by_an_inactive_product(transactions: Transactions) -> None:
    keep(transactions, a_product("A", is_active=False))

    with pytest.raises(SkuTaken):
        keep(transactions, a_product("A"))


def test_skus_differ_by_case_and_blanks(transactions: Transactions) -> None:
    keep(transactions, a_product("A"), a_product("a"), a_product("A "), a_product("Ä"), a_product("A\u0308"))

    assert [product.sku for product in named(transactions, SKU, "A ")] == ["A "]


def test_a_saved_product_holds_what_changed(transactions: Transactions) -> None:
    product = a_product()
    keep(transactions, product)
    product.quantity = 8
    product.is_active = False
    product.custom_fields = {"upc": "1"}
    product.cost = Decimal("0.10")
    product.updated_at = minutes(1)

    transactions.run(lambda work: work.products.save(product))

    (found,) = named(transactions, SKU, product.sku)
    assert attrs.asdict(found) == attrs.asdict(product)


@pytest.mark.parametrize(
    ("kept", "value"),
    [
        ("012345678905", "012345678905"),
        (12345678905, "12345678905"),
        (5, "5"),
        (5.0, "5"),
        (-5, "-5"),
        (-0.0, "-0"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e16, "1e+16"),
        (1e-07, "1e-07"),
        (10**30, "1000000000000000000000000000000"),
        ("", ""),
        ("true", "true"),
        ("null", "null"),
        ("1.0", "1.0"),
        ('{"a":1}', '{"a":1}'),
        ('say "hi" \\ \n \u2028 é \U0001f6d2', 'say "hi" \\ \n \u2028 é \U0001f6d2'),
    ],
)
def test_named_compares_as_text(transactions: Transactions, kept: object, value: str) -> None:
    product = a_product("A", custom_fields={"upc": kept})
    keep(transactions, product, a_product("B", custom_fields={"upc": "another"}))

    found = named(transactions, upc(), value)

    assert ids_of(found) == [product.id]


@pytest.mark.parametrize(
    ("kept", "value"),
    [
        (True, "true"),
        (True, "True"),
        (True, "1"),
        (False, "0"),
        (None, "null"),
        (None, "None"),
        (None, ""),
        ({"a": 1}, '{"a":1}'),
        ([1], "[1]"),
        ([], ""),
        (5.0, "5.0"),
        (5, "5.0"),
        ("5.0", "5"),
        ("A", "a"),
        ("A", "A "),
        (1e16, "10000000000000000"),
        ('"', '\\"'),
    ],
)
def test_named_matches_no_other_text_and_no_truth_null_or_object(
    transactions: Transactions, kept: object, value: str
) -> None:
    keep(transactions, a_product("A", custom_fields={"upc": kept}))

    assert named(transactions, upc(), value) == []


def test_what_does_not_match_hides_nothing_that_does(transactions: Transactions) -> None:
    whole = [a_product(f"N{number}", custom_fields={"upc": 1.0}) for number in range(3)]
    text = a_product("T", custom_fields={"upc": "1.0"})
    keep(transactions, *whole, text)

    assert ids_of(named(transactions, upc(), "1.0")) == [text.id]


def test_a_number_and_a_text_of_the_same_digits_are_both_named(transactions: Transactions) -> None:
    keep(transactions, a_product("N", custom_fields={"upc": 5}), a_product("T", custom_fields={"upc": "5"}))

    assert {product.sku for product in named(transactions, upc(), "5")} == {"N", "T"}


@pytest.mark.parametrize(
    "name",
    [
        "a b",
        "$",
        "$.x",
        "[0]",
        "0",
        '"',
        '"]',
        "'",
        "''",
        "\\",
        '\\"',
        "%s",
        "?",
        ":value",
        "é",
        "\u2028",
        "\n",
        "#-1",
        "x') OR 1=1 --",
        "a" * 300,
    ],
)
def test_any_name_is_a_member_and_nothing_else(transactions: Transactions, name: str) -> None:
    product = a_product("A", custom_fields={name: {name: "V"}, "list": ["V"]})
    keep(transactions, product, a_product("B", custom_fields={"x": "V", "other": {"x": "V"}}))
    field = upc(name, name)

    before = named(transactions, field, "V")
    transactions.run(lambda work: work.products.index(field))
    after = named(transactions, field, "V")

    assert ids_of(before) == ids_of(after) == [product.id]
    assert named(transactions, upc("list", "0"), "V") == []


def test_named_finds_inactive_products(transactions: Transactions) -> None:
    keep(transactions, a_product("A", is_active=False))

    assert len(named(transactions, SKU, "A")) == 1


def test_named_tells_two_of_several(transactions: Transactions) -> None:
    keep(transactions, *(a_product(f"A{number}", custom_fields={"upc": "X"}) for number in range(5)))

    assert len(named(transactions, upc(), "X")) == 2


def test_an_index_on_a_plain_field_changes_no_answer(transactions: Transactions) -> None:
    keep(transactions, a_product("A"))
    transactions.run(lambda work: work.products.index(SKU))
    transactions.run(lambda work: work.products.index(SKU))

    assert len(named(transactions, SKU, "A")) == 1


def test_activity_of_tells_those_that_exist(transactions: Transactions) -> None:
    keep(transactions, a_product("A"), a_product("B", is_active=False), a_product('odd "quote" é'))

    found = transactions.read(lambda work: work.products.activity_of({"A", "B", "C", 'odd "quote" é', "a"}))

    assert found == {"A": True, "B": False, 'odd "quote" é': True}


def test_activity_of_nothing_is_nothing(transactions: Transactions) -> None:
    assert transactions.read(lambda work: work.products.activity_of(())) == {}


def test_activity_of_many_thousands(transactions: Transactions) -> None:
    keep(transactions, a_product("SKU-49999"))

    asked = {f"SKU-{number}" for number in range(50_000)}
    found = transactions.read(lambda work: work.products.activity_of(asked))

    assert found == {"SKU-49999": True}


def test_many_are_activated_and_deactivated_at_once(transactions: Transactions) -> None:
    keep(transactions, a_product("A"), a_product("B"), a_product("C"))

    transactions.run(lambda work: work.products.set_active({"A", "B"}, active=False, at=minutes(1)))
    transactions.run(lambda work: work.products.set_active({"B", "C"}, active=True, at=minutes(2)))

    found = transactions.read(lambda work: work.products.activity_of({"A", "B", "C"}))
    assert found == {"A": False, "B": True, "C": True}


def test_only_those_that_change_are_updated(transactions: Transactions) -> None:
    keep(transactions, a_product("A", minutes(0)), a_product("B", minutes(0), is_active=False))

    transactions.run(lambda work: work.products.set_active({"A", "B"}, active=False, at=minutes(1)))

    page = transactions.read(lambda work: work.products.page(False, None, 3))
    assert {product.sku: product.updated_at for product in page} == {"A": minutes(1), "B": minutes(0)}


def test_pages_hold_active_or_inactive_products_newest_first(transactions: Transactions) -> None:
    products = [a_product(f"A{number}", minutes(number // 2)) for number in range(5)]
    keep(transactions, *products, a_product("OLD", is_active=False))

    first = transactions.read(lambda work: work.products.page(True, None, 3))
    after = Position(first[-1].created_at, first[-1].id)
    second = transactions.read(lambda work: work.products.page(True, after, 3))
    inactive = transactions.read(lambda work: work.products.page(False, None, 3))

    assert ids_of([*first, *second]) == ids_of(products)[::-1]
    assert [product.sku for product in inactive] == ["OLD"]
    assert attrs.asdict(first[0]) == attrs.asdict(products[-1])


def test_what_the_caller_does_with_a_product_afterwards_changes_nothing(transactions: Transactions) -> None:
    product = a_product("A", custom_fields={"deep": {"x": 1}})
    keep(transactions, product)
    product.custom_fields["deep"] = 2
    named(transactions, SKU, "A")[0].custom_fields.clear()
    transactions.read(lambda work: work.products.page(True, None, 1))[0].custom_fields.clear()

    (found,) = named(transactions, SKU, "A")

    assert found.custom_fields == {"deep": {"x": 1}}
