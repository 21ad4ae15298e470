"""What an operator may ask about: the program, its settings, its database. Looking changes nothing."""

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version

from adapters.persistence.checks import Check, failed, ok, warning
from core.errors import BadSetting
from core.mapping.model import MappingRefused
from core.ports.clock import Clock
from entrypoints.bootstrap import open_maintenance, open_templates
from entrypoints.settings import Settings, choose_database, read_settings, unknown_settings


def examine(database_url: str | None, clock: Clock, *, deep: bool) -> Iterator[Check]:
    """Look at everything in turn; `deep` reads the whole database."""
    yield ok("program", f"datamingle {version('datamingle')}")
    yield ok("Python", f"{platform.python_version()}, {sys.executable}")
    yield from _settings(database_url)
    try:
        maintenance = open_maintenance(choose_database(database_url))
    except BadSetting as bad:
        yield failed("database", bad.message)
    else:
        yield from maintenance.check(clock, deep=deep)


def _settings(database_url: str | None) -> Iterator[Check]:
    try:
        settings = read_settings(database_url)
    except BadSetting as bad:
        yield failed("settings", bad.message)
        return
    if unknown := unknown_settings():
        yield warning("settings", f"no settings of this program, or mistyped: {', '.join(unknown)}")
    else:
        yield ok("settings", f"the log is kept for {settings.log_retention_days} days")
    yield _templates(settings)


def _templates(settings: Settings) -> Check:
    try:
        templates = open_templates(settings)
        names = [templates.get(name).name for name in templates.names()]
    except (BadSetting, MappingRefused) as bad:
        return failed("templates", str(bad))
    return ok("templates", f"{len(names)} mapping templates")
