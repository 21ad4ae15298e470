"""What operators keep in the same transaction: keys, mappings, the log, settings."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from core.entities.api_key import ApiKey
from core.entities.field_mapping import MappingVersion, Publication
from core.entities.integration_log import KeyActivity, LogEntry, LogFilter
from core.entities.resource import Resource


class ApiKeyRepository(Protocol):
    """The API keys of one transaction."""

    @abstractmethod
    def add(self, key: ApiKey) -> None:
        """Keep a new key; NameTaken if its name is in use."""

    @abstractmethod
    def save(self, key: ApiKey) -> None:
        """Keep what changed (secret_hash, scopes, is_active, expires_at)."""

    @abstractmethod
    def delete(self, key: ApiKey) -> None:
        """Forget the key; log entries and activity keep its name."""

    @abstractmethod
    def by_hash(self, secret_hash: str) -> ApiKey | None:
        """The key whose secret has this hash."""

    @abstractmethod
    def by_name(self, name: str) -> ApiKey | None:
        """The key with this name."""

    @abstractmethod
    def all(self) -> Sequence[ApiKey]:
        """Every key, newest first."""


class KeyActivityRepository(Protocol):
    """Refused keys, apart from the integration log."""

    @abstractmethod
    def add(self, activity: KeyActivity) -> None:
        """Record the refusal of a known key."""

    @abstractmethod
    def count_unknown(self, code: str, at: datetime, id: str) -> None:
        """Count one more refusal without a known key under its code and hour; the first makes record `id`."""

    @abstractmethod
    def recent(self, limit: int) -> Sequence[KeyActivity]:
        """The newest records, newest first by (last_at or at, id)."""

    @abstractmethod
    def purge(self, before: datetime) -> int:
        """Forget a bounded number of those that are older; tell how many, 0 when none is left."""


class MappingRepository(Protocol):
    """The versions of the partners' mappings, and which of them were put into use."""

    @abstractmethod
    def add(self, version: MappingVersion) -> None:
        """Keep a new version; it is not in use until it is published."""

    @abstractmethod
    def publish(self, publication: Publication) -> None:
        """Put a version into use, whatever its number; each version is published once at most."""

    @abstractmethod
    def current_version(self, partner: str, resource: Resource) -> int | None:
        """The number of the version published last, without loading it; None if none was."""

    @abstractmethod
    def last_version(self, partner: str, resource: Resource) -> int | None:
        """The highest number of any version, without loading it."""

    @abstractmethod
    def get(self, partner: str, resource: Resource, version: int) -> MappingVersion | None:
        """One version, whole."""

    @abstractmethod
    def history(self, partner: str, resource: Resource) -> Sequence[MappingVersion]:
        """Every version, newest first."""

    @abstractmethod
    def publications(self, partner: str, resource: Resource) -> Sequence[Publication]:
        """Every publication, newest first: the first one is of the version in use."""


class LogRepository(Protocol):
    """The integration log."""

    @abstractmethod
    def add(self, entry: LogEntry) -> None:
        """Keep an entry; it is durable when the transaction is."""

    @abstractmethod
    def get(self, id: str) -> LogEntry | None:
        """One entry, whole."""

    @abstractmethod
    def recent(self, chosen: LogFilter, limit: int) -> Iterable[LogEntry]:
        """The newest entries, newest first by (received_at, id), without payloads and bodies.

        They may be read one by one, so go through them within the transaction.
        """

    @abstractmethod
    def prepare(self, now: datetime) -> bool:
        """Make the storage ready for the entries of the days to come, by one step.

        Tell whether there was one to do, so repeat until not. Entries are kept without that as well.
        """

    @abstractmethod
    def purge(self, before: datetime) -> int:
        """Delete a bounded number of the entries received before, so that nobody waits long.

        Tell how many; 0 when none is left, so repeat until then.
        """


class SettingRepository(Protocol):
    """Small facts the server keeps with its data, such as the secret that signs cursors."""

    @abstractmethod
    def get(self, name: str) -> str | None:
        """The value kept under the name."""

    @abstractmethod
    def put_if_absent(self, name: str, value: str) -> str:
        """Keep the value unless there is one; return the one that is kept."""
