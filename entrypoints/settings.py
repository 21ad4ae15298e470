"""What an operator sets from outside; the only module that reads the environment."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from adapters.http.connection_limits import ConnectionLimits
from core.errors import BadSetting

_PREFIX = "DATAMINGLE_"
DATABASE_URL = "DATAMINGLE_DATABASE_URL"
LOG_RETENTION_DAYS = "DATAMINGLE_LOG_RETENTION_DAYS"
TEMPLATES_DIR = "DATAMINGLE_TEMPLATES_DIR"
HEAD_SECONDS = "DATAMINGLE_HEAD_SECONDS"
BODY_SECONDS = "DATAMINGLE_BODY_SECONDS"
IDLE_SECONDS = "DATAMINGLE_IDLE_SECONDS"
CONNECTIONS = "DATAMINGLE_CONNECTIONS"
DEFAULT_DATABASE_URL = "sqlite:///datamingle.db"
DEFAULT_RETENTION_DAYS = 90
_MAX_RETENTION_DAYS = 36_500
_MAX_SECONDS = 3_600
_MAX_CONNECTIONS = 1_000_000
_LIMITS = ConnectionLimits()


@attrs.frozen
class Settings:
    """The database, how long the log is kept, the operator's own mapping templates, and clients' limits."""

    database_url: str = DEFAULT_DATABASE_URL
    log_retention_days: int = DEFAULT_RETENTION_DAYS
    templates_dir: Path | None = None
    limits: ConnectionLimits = _LIMITS


def read_settings(database_url: str | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The environment's settings, its database overruled by the one given; BadSetting in a sentence."""
    templates = environment.get(TEMPLATES_DIR)
    return Settings(
        database_url=choose_database(database_url, environment),
        log_retention_days=_whole_number(
            environment, LOG_RETENTION_DAYS, DEFAULT_RETENTION_DAYS, "days", _MAX_RETENTION_DAYS
        ),
        templates_dir=Path(templates) if templates else None,
        limits=_read_limits(environment),
    )


def choose_database(given: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """The database's URL, whatever the other settings are."""
    return given or environment.get(DATABASE_URL) or DEFAULT_DATABASE_URL


def unknown_settings(environment: Mapping[str, str] = os.environ) -> Sequence[str]:
    """Names in the environment that look like settings of this program and are none."""
    known = {
        DATABASE_URL,
        LOG_RETENTION_DAYS,
        TEMPLATES_DIR,
        HEAD_SECONDS,
        BODY_SECONDS,
        IDLE_SECONDS,
        CONNECTIONS,
    }
    return sorted(name for name in environment if name.startswith(_PREFIX) and name not in known)


def _read_limits(environment: Mapping[str, str]) -> ConnectionLimits:
    def seconds(name: str, usual: float) -> int:
        return _whole_number(environment, name, int(usual), "seconds", _MAX_SECONDS)

    return ConnectionLimits(
        head_seconds=seconds(HEAD_SECONDS, _LIMITS.head_seconds),
        body_seconds=seconds(BODY_SECONDS, _LIMITS.body_seconds),
        idle_seconds=seconds(IDLE_SECONDS, _LIMITS.idle_seconds),
        connections=_whole_number(
            environment, CONNECTIONS, _LIMITS.connections, "connections", _MAX_CONNECTIONS
        ),
    )


def _whole_number(environment: Mapping[str, str], name: str, usual: int, unit: str, largest: int) -> int:
    text = environment.get(name)
    if not text:
        return usual
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= number <= largest:
        raise BadSetting(f'{name} is "{text}": write a whole number of {unit} from 1 to {largest}')
    return number
