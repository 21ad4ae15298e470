"""API keys as operators handle them: made, rotated, re-scoped, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from core.entities.api_key import ApiKey, hash_secret, make_secret
from core.entities.scope import EVERYTHING, check_scope
from core.errors import BadSetting, NotFound
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.partners import find_partner

_MAX_NAME = 255


@attrs.frozen
class CreateKey:
    """A key to make; no scopes means all, no partner a pass-through key."""

    name: str
    scopes: Sequence[str] = ()
    partner: str | None = None
    expires_at: datetime | None = None
    test: bool = False


@attrs.frozen
class IssuedKey:
    """A key with its secret, which is told this once."""

    key: ApiKey
    secret: str = attrs.field(repr=False)


def create_key(work: UnitOfWork, command: CreateKey) -> IssuedKey:
    """Make a key; its name must be new, its partner known and its scopes real ones."""
    partner = None if command.partner is None else find_partner(work, command.partner).slug
    secret = make_secret(work.ids.new_secret(), test=command.test)
    key = ApiKey(
        id=work.ids.new_id(),
        name=_check_name(command.name),
        secret_hash=hash_secret(secret),
        scopes=_check_scopes(command.scopes or (EVERYTHING,)),
        created_at=work.clock.now(),
        partner=partner,
        expires_at=command.expires_at,
        is_test=command.test,
    )
    work.keys.add(key)
    return IssuedKey(key, secret)


def rotate_key(work: UnitOfWork, name: str) -> IssuedKey:
    """Give the key a new secret; the old one stops at once."""
    key = find_key_by_name(work, name)
    secret = make_secret(work.ids.new_secret(), test=key.is_test)
    key = attrs.evolve(key, secret_hash=hash_secret(secret))
    work.keys.save(key)
    return IssuedKey(key, secret)


def revoke_key(work: UnitOfWork, name: str) -> ApiKey:
    """Withdraw the key; its next request is refused."""
    key = attrs.evolve(find_key_by_name(work, name), is_active=False)
    work.keys.save(key)
    return key


def delete_key(work: UnitOfWork, name: str) -> ApiKey:
    """Forget the key; the log keeps its name."""
    key = find_key_by_name(work, name)
    work.keys.delete(key)
    return key


def rescope_key(work: UnitOfWork, name: str, scopes: Sequence[str]) -> ApiKey:
    """Give the key other scopes instead of those it had."""
    if not scopes:
        raise BadSetting(f"name at least one scope, for example {EVERYTHING}")
    key = attrs.evolve(find_key_by_name(work, name), scopes=_check_scopes(scopes))
    work.keys.save(key)
    return key


def find_key_by_name(work: UnitOfWork, name: str) -> ApiKey:
    """The key with this name."""
    key = work.keys.by_name(name)
    if key is None:
        raise NotFound(f'no API key is named "{name}"')
    return key


def _check_name(name: str) -> str:
    if not name.strip() or len(name) > _MAX_NAME or not name.isprintable():
        raise BadSetting(f"a key's name has 1 to {_MAX_NAME} printable characters")
    return name


def _check_scopes(scopes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(check_scope(scope) for scope in scopes))
