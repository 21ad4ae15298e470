"""Partners in memory."""

from collections.abc import Sequence

from adapters.memory.listing import newest_first
from adapters.memory.state import State
from core.entities.partner import Partner
from core.errors import NameTaken
from core.ports.repositories import PartnerRepository


class MemoryPartnerRepository(PartnerRepository):
    """The partners of one transaction, by slug."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, partner: Partner) -> None:
        """Keep a new partner; NameTaken if its slug is in use."""
        if partner.slug in self._state.partners:
            raise NameTaken(f'a partner with the slug "{partner.slug}" already exists')
        self.save(partner)

    def save(self, partner: Partner) -> None:
        """Keep what changed."""
        self._state.partners[partner.slug] = partner

    def get(self, slug: str) -> Partner | None:
        """The partner with this slug."""
        return self._state.partners.get(slug)

    def all(self) -> Sequence[Partner]:
        """Every partner, newest first."""
        return newest_first(self._state.partners.values())
