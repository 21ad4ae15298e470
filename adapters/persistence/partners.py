"""Partners in a table."""

from collections.abc import Sequence

from adapters.persistence.errors import UniqueViolated
from adapters.persistence.paging import newest_first
from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, SqlValue, Statement, inserting, slots
from adapters.persistence.tables import PartnerRow
from adapters.persistence.values import from_micros, to_micros
from core.entities.partner import Partner
from core.errors import NameTaken
from core.ports.repositories import PartnerRepository

COLUMNS = ("id", "slug", "name", "template", "created_at", "default_identifier_field", "is_active")
_CHANGEABLE = ("name", "template", "default_identifier_field", "is_active")
_SELECT = PartnerRow.select(*(getattr(PartnerRow, name) for name in COLUMNS))
_ADD = Statement(inserting(PartnerRow, *COLUMNS))
_SAVE = Statement(PartnerRow.update(slots(*_CHANGEABLE)).where(PartnerRow.slug == Slot("slug")))
GET = Statement(_SELECT.where(PartnerRow.slug == Slot("slug")))
_ALL = Statement(_SELECT.order_by(*newest_first(PartnerRow.created_at, PartnerRow.id)))


class PeeweePartnerRepository(PartnerRepository):
    """The partners of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, partner: Partner) -> None:
        """Keep a new partner; NameTaken if its slug is in use."""
        try:
            self._session.insert(_ADD, "partners_slug", **_values(partner))
        except UniqueViolated as error:
            if error.index != "partners_slug":
                raise
            raise NameTaken(f'a partner with the slug "{partner.slug}" already exists') from error
        self._session.forget_rows()

    def save(self, partner: Partner) -> None:
        """Keep what changed."""
        self._session.execute(_SAVE, **_values(partner))
        self._session.forget_rows()

    def get(self, slug: str) -> Partner | None:
        """The partner with this slug."""
        row = self._session.lasting_row(GET, slug=slug)
        return None if row is None else _partner(row)

    def all(self) -> Sequence[Partner]:
        """Every partner, newest first."""
        return [_partner(row) for row in self._session.rows(_ALL)]


def _values(partner: Partner) -> dict[str, SqlValue]:
    return {
        "id": partner.id,
        "slug": partner.slug,
        "name": partner.name,
        "template": partner.template,
        "created_at": to_micros(partner.created_at),
        "default_identifier_field": partner.default_identifier_field,
        "is_active": partner.is_active,
    }


def _partner(row: Row) -> Partner:
    id, slug, name, template, created_at, default_identifier_field, is_active = row
    return Partner(
        id, slug, name, template, from_micros(created_at), default_identifier_field, bool(is_active)
    )
