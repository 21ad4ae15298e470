"""A database to be looked after, by its URL."""

from adapters.persistence.maintenance import Maintenance
from adapters.persistence.sqlite_maintenance import SqliteMaintenance
from adapters.persistence.storage import is_postgresql, loading_driver


def find_maintenance(url: str) -> Maintenance:
    """The database that the URL names; BadSetting with what would be right if it names none."""
    if is_postgresql(url):
        with loading_driver():
            from adapters.persistence.postgresql.maintenance import PostgresMaintenance
        return PostgresMaintenance(url)
    return SqliteMaintenance(url)
