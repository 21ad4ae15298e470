"""Partners as operators handle them: taken in with a template, switched off and on."""

import attrs

from core.entities.identifier import identifier_field
from core.entities.partner import Partner, check_slug
from core.entities.resource import Resource
from core.errors import BadSetting, NotFound
from core.ports.template_catalog import TemplateCatalog
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.mappings import SaveMapping, save_mapping


@attrs.frozen
class CreatePartner:
    """A partner to take in, speaking the language of a template."""

    slug: str
    name: str | None = None
    template: str = "custom"
    default_identifier_field: str | None = None


def create_partner(work: UnitOfWork, templates: TemplateCatalog, command: CreatePartner) -> Partner:
    """Take a partner in; the template's mappings become the first versions of its own."""
    template = templates.get(command.template)
    partner = Partner(
        id=work.ids.new_id(),
        slug=check_slug(command.slug),
        name=command.name or command.slug,
        template=template.name,
        created_at=work.clock.now(),
        default_identifier_field=_check_default(command.default_identifier_field),
    )
    work.partners.add(partner)
    for resource, document in template.mappings.items():
        note = f"from the template {template.name}"
        save_mapping(work, SaveMapping(partner.slug, resource, document, author="template", note=note))
    return partner


def switch_partner(work: UnitOfWork, slug: str, *, on: bool) -> Partner:
    """Switch a partner off or on; switched off, its keys are refused."""
    partner = attrs.evolve(find_partner(work, slug), is_active=on)
    work.partners.save(partner)
    return partner


def find_partner(work: UnitOfWork, slug: str) -> Partner:
    """The partner with this slug."""
    partner = work.partners.get(slug)
    if partner is None:
        raise NotFound(f'no partner has the slug "{slug}"')
    return partner


def _check_default(text: str | None) -> str | None:
    if text is not None and not any(identifier_field(resource, text) for resource in Resource):
        raise BadSetting(f'"{text}" identifies no resource: write a field such as order_number, sku or code')
    return text
