from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entities.identifier import IdentifierField, text_of
from core.entities.json import Json
from core.entities.resource import Resource
from core.ports.unit_of_work import Transactions
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.records import a_product, keep
from tests.support.storages import STORAGES

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
    | st.integers().map(str)
    | st.floats(allow_nan=False, allow_infinity=False).map(str)
)
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(TEXTS, SCALARS, max_size=2)
numbers = count()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def storage(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Transactions]:
    folder: Path = tmp_path_factory.mktemp("lookups")
    storage = STORAGES[request.param](folder, SettableClock(), CountingIds())
    yield storage
    storage.close()


@given(VALUES, SCALARS, TEXTS)
def test_the_database_finds_exactly_what_equals_as_text(
    storage: Transactions, kept: Json, other: Json, name: str
) -> None:
    names = (f"{next(numbers)}", name)
    field = IdentifierField(Resource.PRODUCTS, "custom_fields", names)
    product = a_product(f"SKU-{names[0]}", custom_fields={names[0]: {name: kept}})
    keep(storage, product)

    for asked in {text_of(kept), text_of(other), str(kept)} - {None}:
        found = storage.read(lambda work, asked=asked: work.products.named(field, asked))  # type: ignore[misc]

        assert [one.sku for one in found] == ([product.sku] if text_of(kept) == asked else [])
