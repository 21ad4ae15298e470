"""The paths that a mapping finds records by, made fast when it is put into use."""

from core.entities.identifier import check_identifier_field
from core.entities.json import Json
from core.entities.resource import Resource
from core.mapping.mapping import FieldMapping
from core.ports.unit_of_work import UnitOfWork


def index_lookups(work: UnitOfWork, resource: Resource, mapping: FieldMapping) -> None:
    """Make the paths fast that the mapping finds records by."""
    named = {(resource, mapping.identifier_field)} if mapping.identifier_field else set()
    for kind, by in named | _lookups(mapping.document.get("rules")):
        field = check_identifier_field(kind, by)
        match kind:
            case Resource.PRODUCTS:
                work.products.index(field)
            case Resource.LOCATIONS:
                work.locations.index(field)
            case Resource.ORDERS:
                work.orders.index(field)
            case Resource.INVENTORY:
                pass


def _lookups(rules: Json) -> set[tuple[Resource, str]]:
    """The resource and path of every `lookup`, groups included."""
    found: set[tuple[Resource, str]] = set()
    for rule in rules if isinstance(rules, list) else []:
        if isinstance(rule, dict):
            lookup = rule.get("lookup")
            if isinstance(lookup, dict):
                found.add((Resource(str(lookup["resource"])), str(lookup["by"])))
            found |= _lookups(rule.get("rules"))
    return found
