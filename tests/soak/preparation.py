"""What is in a database before a soak begins."""

from collections.abc import Iterable

from core.entities.json import JsonObject
from core.entities.resource import Resource
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.commands import NewLocation, NewProduct
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.locations import create_location
from core.use_cases.mappings import SaveMapping, save_mapping
from core.use_cases.partners import CreatePartner, create_partner
from core.use_cases.products import create_product
from entrypoints.bootstrap import open_templates
from entrypoints.settings import Settings
from tests.soak.payloads import LOCATION, SKUS
from tests.soak.writers import Keys

_BATCHES: JsonObject = {
    "format": "datamingle.mapping/1",
    "resource": "orders",
    "record": "orders[]",
    "rules": [],
}


def prepare(work: UnitOfWork, writers: Iterable[str]) -> Keys:
    """Products, a SKU named after each writer, a location, a partner that sends lists, and two keys."""
    for sku in (*SKUS, *writers):
        create_product(work, NewProduct(sku))
    create_location(work, NewLocation(LOCATION))
    create_partner(work, open_templates(Settings()), CreatePartner("batches"))
    save_mapping(work, SaveMapping("batches", Resource.ORDERS, dict(_BATCHES), author="soak"))
    plain = create_key(work, CreateKey("plain")).secret
    return Keys(plain, create_key(work, CreateKey("batches", partner="batches")).secret)
