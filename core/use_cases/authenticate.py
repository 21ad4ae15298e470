"""Who calls, and whether they may: the key, its partner, its scopes."""

from core.entities.api_key import ApiKey, hash_if_well_formed
from core.entities.partner import Partner
from core.entities.resource import Resource, Verb
from core.entities.scope import grants
from core.errors import ApiKeyRequired, IntegrationDisabled, InvalidApiKey, PermissionDenied
from core.ports.unit_of_work import UnitOfWork


def find_key(work: UnitOfWork, secret: str | None) -> ApiKey:
    """The key with this secret; a mistyped one is refused by its checksum, without a look-up."""
    if not secret:
        raise ApiKeyRequired
    secret_hash = hash_if_well_formed(secret)
    key = None if secret_hash is None else work.keys.by_hash(secret_hash)
    if key is None:
        raise InvalidApiKey
    return key


def admit(work: UnitOfWork, key: ApiKey, resource: Resource, verb: Verb) -> Partner | None:
    """Judge the key, then its partner, then its scopes; return the partner, None for a pass-through key."""
    key.check_usable(work.clock.now())
    partner = work.partners.get(key.partner) if key.partner is not None else None
    if partner is not None and not partner.is_active:
        raise IntegrationDisabled(partner.slug)
    if not grants(key.scopes, resource, verb):
        raise PermissionDenied
    return partner
