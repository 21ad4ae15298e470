"""Who calls, and how they are spoken with, within one transaction."""

import attrs

from core.entities.cursor import CursorSigner
from core.entities.identifier import IdentifierField, resolve_identifier
from core.entities.json import Json
from core.entities.partner import Partner
from core.entities.resource import Resource
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.call import Trail
from core.use_cases.languages import Language
from core.use_cases.received import ReceivedRecords
from core.use_cases.speech import Mappings


@attrs.frozen
class Caller:
    """An admitted key's partner (None: pass-through) and language."""

    work: UnitOfWork
    partner: Partner | None
    language: Language
    trail: Trail
    signer: CursorSigner
    mappings: Mappings

    @property
    def slug(self) -> str | None:
        """The partner's slug."""
        return self.partner.slug if self.partner is not None else None

    def identifier_field(self, resource: Resource) -> IdentifierField:
        """The field that this caller's identifiers name."""
        if self.partner is None:
            return resolve_identifier(resource, None, None)
        mapped = self._mapped_identifier(self.partner, resource)
        return resolve_identifier(resource, mapped, self.partner.default_identifier_field)

    def _mapped_identifier(self, partner: Partner, resource: Resource) -> str | None:
        if resource is self.language.resource:
            return self.language.identifier_field
        found = self.mappings.current(self.work, partner.slug, resource)
        return None if found is None else found[1].identifier_field

    def note(self, received: ReceivedRecords) -> None:
        """Keep for the log what validation sees and what is ignored."""
        values: list[Json] = [record.value for record in received.records]
        self.trail.mapped = values if received.several or len(values) != 1 else values[0]
        self.trail.ignored = received.ignored
