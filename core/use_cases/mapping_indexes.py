"""The paths that a mapping finds records by, made fast when it is put into use."""

from collections.abc import Iterator

from core.entities.field_mapping import MappingVersion
from core.entities.identifier import check_identifier_field
from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.ports.unit_of_work import UnitOfWork


def index_mappings_in_use(work: UnitOfWork) -> None:
    """Make fast what publishing the mappings in use made fast; another database does not have it yet."""
    for version in mappings_in_use(work):
        index_lookups(work, version.resource, version.document)


def mappings_in_use(work: UnitOfWork) -> Iterator[MappingVersion]:
    """Every partner's mappings, in the versions that are in use."""
    for partner in work.partners.all():
        for resource in Resource:
            number = work.mappings.current_version(partner.slug, resource)
            version = None if number is None else work.mappings.get(partner.slug, resource, number)
            if version is not None:
                yield version


def index_lookups(work: UnitOfWork, resource: Resource, mapping: JsonObject) -> None:
    """Make the paths fast that the mapping, which is sound, finds records by."""
    identifier = mapping.get("identifier_field")
    named = {(resource, str(identifier))} if identifier else set()
    for kind, by in named | _lookups(mapping.get("rules")):
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
