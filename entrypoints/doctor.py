"""What an operator may ask about: the program, its settings, its database. Looking changes nothing."""

import platform
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from adapters.persistence.checks import Check, State, failed, ok, warning
from adapters.persistence.maintenance import Maintenance
from adapters.persistence.unit_of_work import PeeweeUnitOfWork
from adapters.system.ids import SystemIds
from core.errors import BadSetting
from core.mapping.model import MappingRefused
from core.ports.clock import Clock
from core.use_cases.mapping_indexes import mappings_in_use
from core.use_cases.mappings import mappings_to_mend
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
        checks = list(maintenance.check(clock, deep=deep))
        yield from checks
        if _is_current(checks):
            yield _mappings(maintenance, clock)


def _is_current(checks: Sequence[Check]) -> bool:
    """Whether the tables are there and those of this program."""
    return all(check.state is State.OK for check in checks if check.name in ("database", "schema"))


def _mappings(maintenance: Maintenance, clock: Clock) -> Check:
    with maintenance.reading() as connected:
        connected.begin_reading()
        work = PeeweeUnitOfWork(connected.session, clock, SystemIds())
        number = sum(1 for _ in mappings_in_use(work))
        to_mend = [
            f"{version.partner} {version.resource} version {version.version}: {reason}"
            for version, reason in mappings_to_mend(work)
        ]
    if not to_mend:
        return ok("mappings", f"{number} mappings in use")
    return warning("mappings", f"in use, but to be mended before they are saved again: {'; '.join(to_mend)}")


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
