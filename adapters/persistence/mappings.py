"""The versions of mappings in a table."""

from collections.abc import Sequence

from peewee import fn

from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, Statement, slots
from adapters.persistence.tables import MappingVersionRow
from adapters.persistence.values import dump_object, from_micros, load_object, to_micros
from core.entities.field_mapping import MappingVersion
from core.entities.resource import Resource
from core.ports.operations import MappingRepository

_COLUMNS = (
    "partner",
    "resource",
    "version",
    "document",
    "content_hash",
    "created_at",
    "author",
    "note",
)
_SELECT = MappingVersionRow.select(*(getattr(MappingVersionRow, name) for name in _COLUMNS))
_OF_RESOURCE = (MappingVersionRow.partner == Slot("partner")) & (
    MappingVersionRow.resource == Slot("resource")
)
_ADD = Statement(MappingVersionRow.insert(slots(*_COLUMNS)))
_CURRENT = Statement(MappingVersionRow.select(fn.MAX(MappingVersionRow.version)).where(_OF_RESOURCE))
_GET = Statement(_SELECT.where(_OF_RESOURCE, MappingVersionRow.version == Slot("version")))
_HISTORY = Statement(_SELECT.where(_OF_RESOURCE).order_by(MappingVersionRow.version.desc()))


class PeeweeMappingRepository(MappingRepository):
    """The versions of the partners' mappings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, version: MappingVersion) -> None:
        """Keep a new version; the highest number is the one in use."""
        self._session.execute(
            _ADD,
            partner=version.partner,
            resource=version.resource.value,
            version=version.version,
            document=dump_object(version.document),
            content_hash=version.content_hash,
            created_at=to_micros(version.created_at),
            author=version.author,
            note=version.note,
        )

    def current_version(self, partner: str, resource: Resource) -> int | None:
        """The number of the version in use, without loading it."""
        ((number,),) = self._session.rows(_CURRENT, partner=partner, resource=resource.value)
        version: int | None = number
        return version

    def get(self, partner: str, resource: Resource, version: int) -> MappingVersion | None:
        """One version, whole."""
        row = self._session.row(_GET, partner=partner, resource=resource.value, version=version)
        return None if row is None else _version(row)

    def history(self, partner: str, resource: Resource) -> Sequence[MappingVersion]:
        """Every version, newest first."""
        rows = self._session.rows(_HISTORY, partner=partner, resource=resource.value)
        return [_version(row) for row in rows]


def _version(row: Row) -> MappingVersion:
    partner, resource, version, document, content_hash, created_at, author, note = row
    return MappingVersion(
        partner,
        Resource(resource),
        version,
        load_object(document),
        content_hash,
        from_micros(created_at),
        author,
        note,
    )
