"""Products: taking, changing and deactivating them, one by one or many at once."""

from collections.abc import Sequence

from core.entities.identifier import IdentifierField
from core.entities.product import Product
from core.errors import Problem, RuleBroken
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.changing import apply_change
from core.use_cases.commands import NewProduct, ProductChange
from core.use_cases.matching import only_match


def create_product(work: UnitOfWork, command: NewProduct) -> Product:
    """Take a product; its SKU must be new, also among inactive ones."""
    now = work.clock.now()
    product = Product(
        id=work.ids.new_id(),
        sku=command.sku,
        created_at=now,
        updated_at=now,
        quantity=command.quantity or 0,
        is_active=command.is_active is not False,
        custom_fields=command.custom_fields or {},
    )
    work.products.add(product)
    return product


def update_product(work: UnitOfWork, product: Product, change: ProductChange, *, replace: bool) -> Product:
    """Change what is sent and leave the rest."""
    if apply_change(product, change, replace=replace):
        product.updated_at = work.clock.now()
        work.products.save(product)
    return product


def deactivate_product(work: UnitOfWork, product: Product) -> Product:
    """Deactivate; doing it twice is no error."""
    return update_product(work, product, ProductChange(is_active=False), replace=True)


def find_product(work: UnitOfWork, field: IdentifierField, value: str) -> Product:
    """The product the value names, active or not."""
    return only_match(work.products.named(field, value), "product", value)


def set_products_active(work: UnitOfWork, skus: Sequence[str], *, active: bool) -> None:
    """Activate or deactivate many at once, all or nothing; unknown SKUs are named."""
    known = work.products.activity_of(set(skus))
    unknown = [sku for sku in dict.fromkeys(skus) if sku not in known]
    if unknown:
        names = ", ".join(f'"{sku}"' for sku in unknown)
        raise RuleBroken(
            f"nothing was changed; no product has the SKU {names}",
            [Problem(("sku",), "NOT_FOUND", f'no product "{sku}"') for sku in unknown],
        )
    work.products.set_active(set(skus), active=active, at=work.clock.now())
