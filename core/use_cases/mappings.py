"""Mappings as operators handle them: checked, saved as versions, tried on a payload."""

import attrs

from core.entities.field_mapping import MappingVersion
from core.entities.identifier import check_identifier_field
from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import BadSetting, NotFound
from core.mapping.mapping import FieldMapping, load
from core.ports.unit_of_work import UnitOfWork


@attrs.frozen
class SaveMapping:
    """A mapping to put into use for a partner's resource."""

    partner: str
    resource: Resource
    document: JsonObject
    author: str
    note: str | None = None


def check_mapping(document: JsonObject, resource: Resource | None = None) -> FieldMapping:
    """The mapping, checked against the resource's schema.

    BadSetting if it is for no resource or another than said; MappingRefused with every finding.
    """
    named = document.get("resource", resource)
    if named not in list(Resource):
        raise BadSetting(f'"resource" must be one of {", ".join(Resource)}')
    if resource is not None and named != resource:
        raise BadSetting(f'the mapping says "resource": "{named}", but is to be used for {resource}')
    mapping = load(document, DESCRIPTIONS[Resource(str(named))].schema())
    if mapping.identifier_field is not None:
        check_identifier_field(Resource(str(named)), mapping.identifier_field)
    return mapping


def save_mapping(work: UnitOfWork, command: SaveMapping) -> MappingVersion:
    """Check the mapping and put it into use as a new version; old versions stay."""
    mapping = check_mapping(command.document, command.resource)
    last = work.mappings.current_version(command.partner, command.resource)
    version = MappingVersion(
        partner=command.partner,
        resource=command.resource,
        version=1 if last is None else last + 1,
        document=mapping.document,
        content_hash=mapping.content_hash,
        created_at=work.clock.now(),
        author=command.author,
        note=command.note,
    )
    work.mappings.add(version)
    _index_lookups(work, command.resource, mapping)
    return version


def current_mapping(work: UnitOfWork, partner: str, resource: Resource) -> MappingVersion:
    """The version in use."""
    number = work.mappings.current_version(partner, resource)
    found = None if number is None else work.mappings.get(partner, resource, number)
    if found is None:
        raise NotFound(f'partner "{partner}" has no mapping for {resource}')
    return found


def _index_lookups(work: UnitOfWork, resource: Resource, mapping: FieldMapping) -> None:
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
