"""The versions of mappings in tables."""

from collections.abc import Sequence

from peewee import fn

from adapters.persistence.session import Row, Session
from adapters.persistence.statements import Slot, Statement, slots
from adapters.persistence.tables import MappingVersionRow, PublicationRow
from adapters.persistence.values import dump_object, from_micros, load_object, to_micros
from core.entities.field_mapping import MappingVersion, Publication
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
_PUBLISHED = (PublicationRow.partner == Slot("partner")) & (PublicationRow.resource == Slot("resource"))
_ADD = Statement(MappingVersionRow.insert(slots(*_COLUMNS)))
_LAST = Statement(MappingVersionRow.select(fn.MAX(MappingVersionRow.version)).where(_OF_RESOURCE))
_GET = Statement(_SELECT.where(_OF_RESOURCE, MappingVersionRow.version == Slot("version")))
_HISTORY = Statement(_SELECT.where(_OF_RESOURCE).order_by(MappingVersionRow.version.desc()))
_PUBLISH = Statement(
    PublicationRow.insert(slots("partner", "resource", "number", "version", "published_at", "author", "note"))
)
_LAST_NUMBER = Statement(PublicationRow.select(fn.MAX(PublicationRow.number)).where(_PUBLISHED))
CURRENT = Statement(
    PublicationRow.select(PublicationRow.version)
    .where(_PUBLISHED)
    .order_by(PublicationRow.number.desc())
    .limit(1)
)
_PUBLICATIONS = Statement(
    PublicationRow.select(
        PublicationRow.version, PublicationRow.published_at, PublicationRow.author, PublicationRow.note
    )
    .where(_PUBLISHED)
    .order_by(PublicationRow.number.desc())
)


class PeeweeMappingRepository(MappingRepository):
    """The versions of the partners' mappings, and which of them were put into use."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, version: MappingVersion) -> None:
        """Keep a new version; it is not in use until it is published."""
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
        self._session.forget_rows()

    def publish(self, publication: Publication) -> None:
        """Put a version into use, whatever its number; each version is published once at most."""
        partner, resource = publication.partner, publication.resource
        self._session.execute(
            _PUBLISH,
            partner=partner,
            resource=resource.value,
            number=(self._number(_LAST_NUMBER, partner, resource) or 0) + 1,
            version=publication.version,
            published_at=to_micros(publication.published_at),
            author=publication.author,
            note=publication.note,
        )
        self._session.forget_rows()

    def current_version(self, partner: str, resource: Resource) -> int | None:
        """The number of the version published last, without loading it; None if none was."""
        return self._number(CURRENT, partner, resource)

    def last_version(self, partner: str, resource: Resource) -> int | None:
        """The highest number of any version, without loading it."""
        return self._number(_LAST, partner, resource)

    def get(self, partner: str, resource: Resource, version: int) -> MappingVersion | None:
        """One version, whole."""
        row = self._session.row(_GET, partner=partner, resource=resource.value, version=version)
        return None if row is None else _version(row)

    def history(self, partner: str, resource: Resource) -> Sequence[MappingVersion]:
        """Every version, newest first."""
        rows = self._session.rows(_HISTORY, partner=partner, resource=resource.value)
        return [_version(row) for row in rows]

    def publications(self, partner: str, resource: Resource) -> Sequence[Publication]:
        """Every publication, newest first: the first one is of the version in use."""
        rows = self._session.rows(_PUBLICATIONS, partner=partner, resource=resource.value)
        return [
            Publication(partner, resource, version, from_micros(published_at), author, note)
            for version, published_at, author, note in rows
        ]

    def _number(self, statement: Statement, partner: str, resource: Resource) -> int | None:
        row = self._session.lasting_row(statement, partner=partner, resource=resource.value)
        return None if row is None else row[0]


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
