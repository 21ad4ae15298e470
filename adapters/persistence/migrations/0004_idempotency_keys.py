"""What requests under an idempotency key were answered."""

from peewee import BigIntegerField, BlobField, Database, IntegerField, Model, SchemaManager, TextField


def up(database: Database) -> None:
    """Make the table."""
    SchemaManager(KeptOutcomeRow, database).create_all(safe=False)


class KeptOutcomeRow(Model):
    id = TextField(primary_key=True)
    fingerprint = TextField()
    kept_at = BigIntegerField()
    response_status = IntegerField()
    response_headers = TextField()
    error_code = TextField(null=True)
    error_message = TextField(null=True)
    response_body = BlobField()

    class Meta:
        legacy_table_names = False
        table_name = "idempotency_keys"


KeptOutcomeRow.add_index(KeptOutcomeRow.kept_at, name="idempotency_keys_kept_at")
