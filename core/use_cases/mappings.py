"""Mappings as operators handle them: checked, kept as versions, put into use."""

from collections.abc import Iterator

import attrs

from core.entities.field_mapping import MappingVersion, Publication
from core.entities.identifier import check_identifier_field
from core.entities.json import JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.errors import BadSetting, NotFound, RuleBroken
from core.mapping.mapping import FieldMapping, load
from core.mapping.model import MappingRefused
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mapping_indexes import index_lookups, mappings_in_use


@attrs.frozen
class SaveMapping:
    """A mapping for a partner's resource, to be kept as a new version."""

    partner: str
    resource: Resource
    document: JsonObject
    author: str
    note: str | None = None


@attrs.frozen
class PublishMapping:
    """A version to put into use."""

    partner: str
    resource: Resource
    version: int
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
    schema, looked_up = DESCRIPTIONS[Resource(str(named))].schema(), _schemas_looked_up()
    mapping = load(document, schema, draft=True, looked_up=looked_up)
    if mapping.identifier_field is not None:
        check_identifier_field(Resource(str(named)), mapping.identifier_field)
    return mapping


def mappings_to_mend(work: UnitOfWork) -> Iterator[tuple[MappingVersion, str]]:
    """The mappings in use that would be refused if they were saved now, each with the first reason.

    They go on working as they did: a check that a newer program has is no reason to stop a partner.
    """
    for version in mappings_in_use(work):
        try:
            check_mapping(version.document, version.resource)
        except MappingRefused as refused:
            yield version, next(one.message for one in refused.findings if one.severity == "error")
        except BadSetting as bad:
            yield version, bad.message


def _schemas_looked_up() -> dict[str, JsonObject]:
    """What the records are like that a mapping's look-ups find."""
    return {
        resource.value: DESCRIPTIONS[resource].schema()
        for resource in (Resource.PRODUCTS, Resource.LOCATIONS)
    }


def draft_mapping(work: UnitOfWork, command: SaveMapping) -> MappingVersion:
    """Check the mapping and keep it as a new version that is not in use; old versions stay."""
    mapping = check_mapping(command.document, command.resource)
    version = MappingVersion(
        partner=command.partner,
        resource=command.resource,
        version=(work.mappings.last_version(command.partner, command.resource) or 0) + 1,
        document=mapping.document,
        content_hash=mapping.content_hash,
        created_at=work.clock.now(),
        author=command.author,
        note=command.note,
    )
    work.mappings.add(version)
    return version


def publish_mapping(work: UnitOfWork, command: PublishMapping) -> MappingVersion:
    """Put a version into use, checked once more by the rules of today.

    Publishing the one in use again is no error; one that was in use before comes back as a new version.
    """
    version = find_version(work, command.partner, command.resource, command.version)
    published = [one.version for one in work.mappings.publications(version.partner, version.resource)]
    if published[:1] == [version.version]:
        return version
    if version.version in published:
        raise RuleBroken(f"version {version.version} was in use before: restore it as a new version")
    index_lookups(work, version.resource, check_mapping(version.document, version.resource).document)
    work.mappings.publish(
        Publication(
            partner=version.partner,
            resource=version.resource,
            version=version.version,
            published_at=work.clock.now(),
            author=command.author,
            note=command.note,
        )
    )
    return version


def save_mapping(work: UnitOfWork, command: SaveMapping) -> MappingVersion:
    """Check the mapping and put it into use as a new version; old versions stay."""
    version = draft_mapping(work, command)
    return publish_mapping(
        work, PublishMapping(version.partner, version.resource, version.version, command.author)
    )


def find_version(work: UnitOfWork, partner: str, resource: Resource, number: int) -> MappingVersion:
    """One version, in use or not."""
    found = work.mappings.get(partner, resource, number)
    if found is None:
        raise NotFound(f'partner "{partner}" has no version {number} of a mapping for {resource}')
    return found


def current_mapping(work: UnitOfWork, partner: str, resource: Resource) -> MappingVersion:
    """The version in use."""
    number = work.mappings.current_version(partner, resource)
    if number is None:
        raise NotFound(f'partner "{partner}" has no mapping for {resource}')
    return find_version(work, partner, resource, number)
