"""Products in memory."""

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from datetime import datetime

import attrs

from adapters.memory.listing import page_of
from adapters.memory.lookups import holds
from adapters.memory.state import State
from core.entities.cursor import Position
from core.entities.identifier import IdentifierField
from core.entities.product import Product
from core.errors import SkuTaken
from core.ports.repositories import ProductRepository


class MemoryProductRepository(ProductRepository):
    """The products of one transaction, by SKU."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, product: Product) -> None:
        """Keep a new product; SkuTaken."""
        if product.sku in self._state.products:
            raise SkuTaken(product.sku)
        self.save(product)

    def save(self, product: Product) -> None:
        """Keep what changed."""
        self._state.products[product.sku] = deepcopy(product)

    def named(self, field: IdentifierField, value: str) -> Sequence[Product]:
        """At most two products, active or not, whose field holds the value, compared as text."""
        found = [product for product in self._state.products.values() if holds(product, field, value)]
        return deepcopy(found[:2])

    def activity_of(self, skus: Collection[str]) -> Mapping[str, bool]:
        """Of these SKUs, those that exist, and whether each is active."""
        products = self._state.products
        return {sku: products[sku].is_active for sku in skus if sku in products}

    def set_active(self, skus: Collection[str], *, active: bool, at: datetime) -> None:
        """Activate or deactivate many at once; those that change are updated `at`."""
        for sku, is_active in self.activity_of(skus).items():
            if is_active is not active:
                product = self._state.products[sku]
                self._state.products[sku] = attrs.evolve(product, is_active=active, updated_at=at)

    def page(self, is_active: bool, after: Position | None, limit: int) -> Sequence[Product]:
        """At most `limit` products, newest first by (created_at, id), after the position."""
        chosen = [product for product in self._state.products.values() if product.is_active == is_active]
        return deepcopy(page_of(chosen, after, limit))

    def index(self, field: IdentifierField) -> None:
        """Nothing is indexed."""
