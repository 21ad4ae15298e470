"""Products in tables."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache

from adapters.persistence.errors import UniqueViolated
from adapters.persistence.lookups import forms_of, found_in, holds, index_on
from adapters.persistence.paging import follows, newest_first, position_of
from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, SqlValue, Statement, inserting, slots
from adapters.persistence.tables import ProductRow
from adapters.persistence.value_lists import among, list_of
from adapters.persistence.values import dump_object, from_micros, load_object, to_micros
from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.product import Product
from core.errors import SkuTaken
from core.ports.repositories import ProductRepository

_COLUMNS = ("id", "sku", "quantity", "is_active", "custom_fields", "cost", "created_at", "updated_at")
_FEW = 20  # up to here, looking each up costs less than a list
_FIXED = ("id", "sku", "created_at")
_SELECT = ProductRow.select(*(getattr(ProductRow, name) for name in _COLUMNS))
_ADD = Statement(inserting(ProductRow, *_COLUMNS))
_SAVE = Statement(
    ProductRow.update(slots(*(name for name in _COLUMNS if name not in _FIXED))).where(
        ProductRow.id == Slot("id")
    )
)
_ACTIVITY = Statement(ProductRow.select(ProductRow.sku, ProductRow.is_active).where(among(ProductRow.sku)))
_ACTIVITY_OF_ONE = Statement(
    ProductRow.select(ProductRow.sku, ProductRow.is_active).where(ProductRow.sku == Slot("sku"))
)
_SET_ACTIVE = Statement(
    ProductRow.update(slots("is_active", "updated_at")).where(
        ProductRow.sku == Slot("sku"), ProductRow.is_active != Slot("is_active")
    )
)
_PAGE = Statement(
    _SELECT.where(ProductRow.is_active == Slot("is_active"), follows(ProductRow.created_at, ProductRow.id))
    .order_by(*newest_first(ProductRow.created_at, ProductRow.id))
    .limit(Slot("limit"))
)


class PeeweeProductRepository(ProductRepository):
    """The products of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, product: Product) -> None:
        """Keep a new product; SkuTaken."""
        try:
            self._session.insert(_ADD, "products_sku", **_values(product))
        except UniqueViolated as error:
            if error.index != "products_sku":
                raise
            raise SkuTaken(product.sku) from error

    def save(self, product: Product) -> None:
        """Keep what changed."""
        self._session.execute(_SAVE, **_values(product))

    def named(self, field: IdentifierField, value: str) -> Sequence[Product]:
        """At most two products, active or not, whose field holds the value, compared as text."""
        found = map(_product, self._session.rows(_named(field), **forms_of(field, value)))
        return [product for product in found if found_in(product, field, value)]

    def activity_of(self, skus: Collection[str]) -> Mapping[str, bool]:
        """Of these SKUs, those that exist, and whether each is active."""
        if len(skus) <= _FEW:
            rows = self._session.execute_many(_ACTIVITY_OF_ONE, [{"sku": sku} for sku in skus])
        else:
            rows = self._session.rows(_ACTIVITY, **list_of(skus))
        return {sku: bool(active) for sku, active in rows}

    def set_active(self, skus: Collection[str], *, active: bool, at: datetime) -> None:
        """Activate or deactivate many at once; those that change are updated `at`."""
        changed: dict[str, SqlValue] = {"is_active": active, "updated_at": to_micros(at)}
        self._session.execute_many(_SET_ACTIVE, [changed | {"sku": sku} for sku in sorted(skus)])

    def page(self, is_active: bool, after: Position | None, limit: int) -> Sequence[Product]:
        """At most `limit` products, newest first by (created_at, id), after the position."""
        rows = self._session.rows(_PAGE, is_active=is_active, limit=limit, **position_of(after))
        return [_product(row) for row in rows]

    def index(self, field: IdentifierField) -> None:
        """Make look-ups by this path fast; doing it again changes nothing."""
        self._session.define(index_on(ProductRow, field))


@cache
def _named(field: IdentifierField) -> Statement:
    return Statement(_SELECT.where(holds(ProductRow, field)).limit(2))


def _values(product: Product) -> dict[str, SqlValue]:
    return {
        "id": product.id,
        "sku": product.sku,
        "quantity": product.quantity,
        "is_active": product.is_active,
        "custom_fields": dump_object(product.custom_fields),
        "cost": None if product.cost is None else str(product.cost),
        "created_at": to_micros(product.created_at),
        "updated_at": to_micros(product.updated_at),
    }


def _product(row: Row) -> Product:
    id, sku, quantity, is_active, custom_fields, cost, created_at, updated_at = row
    return Product(
        id=id,
        sku=sku,
        created_at=from_micros(created_at),
        updated_at=from_micros(updated_at),
        quantity=quantity,
        is_active=bool(is_active),
        custom_fields=load_object(custom_fields),
        cost=None if cost is None else Decimal(cost),
    )
