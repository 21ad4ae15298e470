"""API keys in memory."""

from collections.abc import Sequence

from adapters.memory.listing import newest_first
from adapters.memory.state import State
from core.entities.api_key import ApiKey
from core.errors import NameTaken
from core.ports.operations import ApiKeyRepository


class MemoryApiKeyRepository(ApiKeyRepository):
    """The API keys of one transaction, by id."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, key: ApiKey) -> None:
        """Keep a new key; NameTaken if its name is in use."""
        if self.by_name(key.name) is not None:
            raise NameTaken(f'an API key named "{key.name}" already exists')
        self.save(key)

    def save(self, key: ApiKey) -> None:
        """Keep what changed (secret_hash, scopes, is_active, expires_at)."""
        self._state.keys[key.id] = key

    def delete(self, key: ApiKey) -> None:
        """Forget the key; log entries and activity keep its name."""
        self._state.keys.pop(key.id, None)

    def by_hash(self, secret_hash: str) -> ApiKey | None:
        """The key whose secret has this hash."""
        return next((key for key in self._state.keys.values() if key.secret_hash == secret_hash), None)

    def by_name(self, name: str) -> ApiKey | None:
        """The key with this name."""
        return next((key for key in self._state.keys.values() if key.name == name), None)

    def all(self) -> Sequence[ApiKey]:
        """Every key, newest first."""
        return newest_first(self._state.keys.values())
