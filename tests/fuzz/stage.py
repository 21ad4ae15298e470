"""A real server on a database of its own, with keys and a few records to hit."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import attrs

from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import NewLocation, NewProduct
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.locations import create_location
from core.use_cases.partners import CreatePartner, create_partner
from core.use_cases.products import create_product
from entrypoints.bootstrap import open_templates, open_transactions
from entrypoints.settings import Settings
from tests.support.postgres import a_new_database
from tests.support.running_server import RunningServer

PAYLOADS = Path(__file__).parents[1] / "payloads"
DATABASES = ("sqlite", "postgresql")
SKU, LOCATION = "TENT-2P", "WH/SHELF-01"
LASTING_SKU = "TENT-3P"
"""Of a product that nobody switches off."""
SHOP = "shopify"


@attrs.frozen
class Keys:
    """The secret of a key without a partner, and of one whose partner speaks as Shopify does."""

    plain: str
    shop: str

    def named(self) -> dict[str, str]:
        """By name."""
        return {"plain": self.plain, SHOP: self.shop}


@attrs.frozen
class Stage:
    """A server, and who may call it."""

    name: str
    server: RunningServer
    keys: Keys

    @property
    def settings(self) -> Settings:
        """Where its database is."""
        return Settings(self.server.database)


@contextmanager
def stage(database: str, folder: Path) -> Iterator[Stage]:
    """Serve an empty database for as long as the context lasts."""
    url = a_new_database("fuzz") if database == "postgresql" else f"sqlite:///{folder / 'fuzz.db'}"
    with closing(open_transactions(Settings(url))) as transactions:
        keys = transactions.run(_fill)
    with RunningServer.start(url, log=folder / f"{database}.log") as server:
        yield Stage(database, server, keys)


def _shop_skus() -> set[str]:
    """What the order that Shopify sends names."""
    payload = json.loads((PAYLOADS / "shopify_order_1.json").read_text("utf-8"))
    return {line["sku"] for line in payload["order"]["line_items"]}


def _fill(work: UnitOfWork) -> Keys:
    for sku in (SKU, LASTING_SKU, *_shop_skus()):
        create_product(work, NewProduct(sku))
    create_location(work, NewLocation(LOCATION))
    create_partner(work, open_templates(Settings()), CreatePartner(SHOP, template=SHOP))
    plain = create_key(work, CreateKey("plain")).secret
    return Keys(plain, create_key(work, CreateKey(SHOP, partner=SHOP)).secret)
