"""The wiring: which adapter serves which port; every part is an argument that a test can replace."""

from contextlib import closing

import attrs

from adapters.catalog.changelog import FileChangelog
from adapters.catalog.templates import FileTemplates
from adapters.persistence.copying import Copying
from adapters.persistence.maintenance import Maintenance, Progress
from adapters.persistence.maintenance_by_url import find_maintenance
from adapters.persistence.storage import join_storage, open_storage
from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds
from core.entities.cursor import CursorSigner
from core.ports.catalog import ChangelogCatalog
from core.ports.clock import Clock
from core.ports.id_source import IdSource
from core.ports.template_catalog import TemplateCatalog
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.integration_call import IntegrationCalls
from core.use_cases.mapping_indexes import index_mappings_in_use
from entrypoints.settings import Settings

_CURSOR_SECRET = "cursor_secret"


@attrs.frozen
class Services:
    """What a server is made of, whatever stands before it."""

    settings: Settings
    transactions: Transactions
    clock: Clock
    ids: IdSource
    templates: TemplateCatalog
    changelog: ChangelogCatalog
    integration_call: IntegrationCalls


def open_services(
    settings: Settings,
    *,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    transactions: Transactions | None = None,
    templates: TemplateCatalog | None = None,
    changelog: ChangelogCatalog | None = None,
    secret: str | None = None,
) -> Services:
    """Open the storage and put together what a server needs; the caller closes `transactions`.

    `secret` signs cursors; the storage is asked for it where it is not given.
    """
    clock, ids = clock or SystemClock(), ids or SystemIds()
    transactions = transactions or open_transactions(settings, clock=clock, ids=ids)
    signer = CursorSigner((secret or transactions.run(cursor_secret)).encode())
    return Services(
        settings=settings,
        transactions=transactions,
        clock=clock,
        ids=ids,
        templates=templates or open_templates(settings),
        changelog=changelog or FileChangelog.load(),
        integration_call=IntegrationCalls(signer),
    )


def prepare_services(settings: Settings) -> str:
    """See that other processes can join, the schema made and every setting good; the secret they share."""
    with closing(open_services(settings).transactions) as transactions:
        return transactions.run(cursor_secret)


def join_services(settings: Settings, secret: str) -> Services:
    """The services of a process for which another one has prepared everything."""
    return open_services(settings, transactions=join_transactions(settings), secret=secret)


def open_transactions(
    settings: Settings, *, clock: Clock | None = None, ids: IdSource | None = None
) -> Transactions:
    """The database, its schema made or brought up to date."""
    return open_storage(settings.database_url, clock or SystemClock(), ids or SystemIds())


def join_transactions(settings: Settings) -> Transactions:
    """The database, its schema made by the process that started this one; it may be away for now."""
    return join_storage(settings.database_url, SystemClock(), SystemIds())


def open_templates(settings: Settings) -> TemplateCatalog:
    """The mapping templates that ship, and the operator's own."""
    return FileTemplates(settings.templates_dir)


def open_maintenance(database_url: str) -> Maintenance:
    """A database that may be there, to be looked after as a whole."""
    return find_maintenance(database_url)


def open_copying(progress: Progress, *, clock: Clock | None = None, ids: IdSource | None = None) -> Copying:
    """What moves everything into another database."""
    return Copying(clock or SystemClock(), ids or SystemIds(), index_mappings_in_use, progress)


def cursor_secret(work: UnitOfWork) -> str:
    """The secret that signs cursors, at least 256 random bits; all processes on a database share it."""
    return work.settings.put_if_absent(_CURSOR_SECRET, work.ids.new_secret() + work.ids.new_secret())
