"""The scope segment is `inventory`; keys that still hold `inventorys` are given the right one."""

from peewee import Database, Table


def up(database: Database) -> None:
    """Rename the segment in every key's scopes."""
    keys = Table("api_keys").bind(database)
    for id, scopes in list(keys.select(keys.c.id, keys.c.scopes).tuples()):
        renamed = scopes.replace('"integrations.inventorys.', '"integrations.inventory.')
        if renamed != scopes:
            keys.update({keys.c.scopes: renamed}).where(keys.c.id == id).execute()
