"""What an operator sets from outside; the only module that reads the environment."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from core.errors import BadSetting

_PREFIX = "DATAMINGLE_"
DATABASE_URL = "DATAMINGLE_DATABASE_URL"
LOG_RETENTION_DAYS = "DATAMINGLE_LOG_RETENTION_DAYS"
TEMPLATES_DIR = "DATAMINGLE_TEMPLATES_DIR"
DEFAULT_DATABASE_URL = "sqlite:///datamingle.db"
DEFAULT_RETENTION_DAYS = 90
_MAX_RETENTION_DAYS = 36_500


@attrs.frozen
class Settings:
    """The database, how long the log is kept, and a folder with mapping templates of the operator's own."""

    database_url: str = DEFAULT_DATABASE_URL
    log_retention_days: int = DEFAULT_RETENTION_DAYS
    templates_dir: Path | None = None


def read_settings(database_url: str | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The environment's settings, its database overruled by the one given; BadSetting in a sentence."""
    templates = environment.get(TEMPLATES_DIR)
    return Settings(
        database_url=choose_database(database_url, environment),
        log_retention_days=_retention_days(environment.get(LOG_RETENTION_DAYS) or ""),
        templates_dir=Path(templates) if templates else None,
    )


def choose_database(given: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """The database's URL, whatever the other settings are."""
    return given or environment.get(DATABASE_URL) or DEFAULT_DATABASE_URL


def unknown_settings(environment: Mapping[str, str] = os.environ) -> Sequence[str]:
    """Names in the environment that look like settings of this program and are none."""
    known = (DATABASE_URL, LOG_RETENTION_DAYS, TEMPLATES_DIR)
    return sorted(name for name in environment if name.startswith(_PREFIX) and name not in known)


def _retention_days(text: str) -> int:
    if not text:
        return DEFAULT_RETENTION_DAYS
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= days <= _MAX_RETENTION_DAYS:
        raise BadSetting(
            f'{LOG_RETENTION_DAYS} is "{text}": write a whole number of days from 1 to {_MAX_RETENTION_DAYS}'
        )
    return days
