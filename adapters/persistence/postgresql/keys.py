"""API keys, read together with what their calls ask next."""

from peewee import JOIN

from adapters.persistence import keys, mappings, partners
from adapters.persistence.postgresql.session import PostgresSession
from adapters.persistence.statements import Slot, Statement
from adapters.persistence.tables import ApiKeyRow, PartnerRow, PublicationRow
from core.entities.api_key import ApiKey
from core.entities.resource import Resource

_WITH_KEY = len(keys.COLUMNS)
_WITH_PARTNER = _WITH_KEY + len(partners.COLUMNS)
_HOLDER = Statement(
    ApiKeyRow.select(
        *(getattr(ApiKeyRow, name) for name in keys.COLUMNS),
        *(getattr(PartnerRow, name) for name in partners.COLUMNS),
        *(
            PublicationRow.select(PublicationRow.version)
            .where(PublicationRow.partner == ApiKeyRow.partner, PublicationRow.resource == resource.value)
            .order_by(PublicationRow.number.desc())
            .limit(1)
            for resource in Resource
        ),
    )
    .join(PartnerRow, JOIN.LEFT_OUTER)
    .where(ApiKeyRow.secret_hash == Slot("secret_hash"))
)


class PostgresApiKeyRepository(keys.PeeweeApiKeyRepository):
    """The API keys of one transaction."""

    def __init__(self, session: PostgresSession) -> None:
        super().__init__(session)
        self._postgresql = session

    def by_hash(self, secret_hash: str) -> ApiKey | None:
        """The key whose secret has this hash; its partner and versions in use come along."""
        row = self._postgresql.row(_HOLDER, secret_hash=secret_hash)
        if row is None:
            return None
        key = keys.key_of(row[:_WITH_KEY])
        if key.partner is not None:
            self._postgresql.foresee(partners.GET, [row[_WITH_KEY:_WITH_PARTNER]], slug=key.partner)
            for resource, version in zip(Resource, row[_WITH_PARTNER:], strict=True):
                rows = [] if version is None else [(version,)]
                self._postgresql.foresee(mappings.CURRENT, rows, partner=key.partner, resource=resource.value)
        return key
