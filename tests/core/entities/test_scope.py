import pytest

from core.entities.resource import Resource, Verb
from core.entities.scope import check_scope, grants
from core.errors import BadSetting


@pytest.mark.parametrize("text", ["integrations.*", "integrations.orders.*", "integrations.inventory.read"])
def test_a_scope_is_taken_as_it_is(text: str) -> None:
    assert check_scope(text) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("*", "integrations.*"),
        ("", "integrations.*"),
        ("integrations.*.read", "orders, products, locations, inventory"),
        ("integrations.orders", "integrations.RESOURCE.ACTION"),
        ("integrations.orders.create", "read, write, delete"),
        ("integrations.inventorys.read", "integrations.inventory.read"),
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(text: str, right: str) -> None:
    with pytest.raises(BadSetting, match=right.replace("*", r"\*")):
        check_scope(text)


@pytest.mark.parametrize(
    ("scope", "granted"),
    [
        ("integrations.*", True),
        ("integrations.orders.*", True),
        ("integrations.orders.read", True),
        ("integrations.orders.write", False),
        ("integrations.products.*", False),
    ],
)
def test_a_scope_grants_its_actions_only(scope: str, granted: bool) -> None:
    assert grants([scope], Resource.ORDERS, Verb.READ) is granted
