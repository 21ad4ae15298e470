"""A partner's mapping tried on a payload: what it would make of it and why; nothing is written."""

from core.entities.json import JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import BadSetting
from core.mapping.mapping import FieldMapping, load
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.inward_trials import try_inward
from core.use_cases.lookups import RecordLookup
from core.use_cases.mappings import check_mapping, find_version
from core.use_cases.outward_trials import try_outward
from core.use_cases.partners import find_partner
from core.use_cases.trial import Trial, TryMapping


def try_mapping(work: UnitOfWork, command: TryMapping) -> Trial:
    """Map the payload; look-ups are answered from our records."""
    if command.partial and (command.direction == "out" or command.resource is Resource.INVENTORY):
        raise BadSetting("only an order, a product or a location that comes in can be partial")
    mapping, version = _mapping(work, command)
    attempt = try_inward if command.direction == "in" else try_outward
    return attempt(command, mapping, version, RecordLookup(work))


def _mapping(work: UnitOfWork, command: TryMapping) -> tuple[FieldMapping, int | None]:
    """The mapping to try, and its version if it has one."""
    slug, resource = find_partner(work, command.partner).slug, command.resource
    if command.unsaved is not None:
        return check_mapping(command.unsaved, resource), None
    number = command.version or work.mappings.current_version(slug, resource)
    if number is None:
        return _plain(resource), None
    return check_mapping(find_version(work, slug, resource, number).document, resource), number


def _plain(resource: Resource) -> FieldMapping:
    """A mapping without rules: the partner speaks our own language."""
    document: JsonObject = {"format": "datamingle.mapping/1", "resource": resource.value, "rules": []}
    return load(document, DESCRIPTIONS[resource].schema(), draft=True)
