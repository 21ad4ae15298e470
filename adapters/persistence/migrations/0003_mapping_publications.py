"""Which version of a mapping is in use is a fact of its own; until now every version was, in their order."""

from peewee import (
    SQL,
    BigIntegerField,
    CompositeKey,
    Database,
    IntegerField,
    Model,
    SchemaManager,
    Table,
    TextField,
)


def up(database: Database) -> None:
    """Make the table, and publish what was in use."""
    SchemaManager(PublicationRow, database).create_all(safe=False)
    old = Table("mapping_versions").bind(database)
    versions = old.select(
        old.c.partner, old.c.resource, old.c.version, old.c.version, old.c.created_at, old.c.author
    )
    new = Table("mapping_publications").bind(database)
    new.insert(
        versions,
        columns=[
            new.c.partner,
            new.c.resource,
            new.c.number,
            new.c.version,
            new.c.published_at,
            new.c.author,
        ],
    ).execute()


class PublicationRow(Model):
    partner = TextField()
    resource = TextField()
    number = IntegerField()
    version = IntegerField()
    published_at = BigIntegerField()
    author = TextField()
    note = TextField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "mapping_publications"
        primary_key = CompositeKey("partner", "resource", "number")
        constraints = (
            SQL(
                "CONSTRAINT mapping_publications_version_fk FOREIGN KEY (partner, resource, version) "
                "REFERENCES mapping_versions (partner, resource, version)"
            ),
        )
        without_rowid = True


PublicationRow.add_index(
    PublicationRow.partner,
    PublicationRow.resource,
    PublicationRow.version,
    unique=True,
    name="mapping_publications_version",
)
