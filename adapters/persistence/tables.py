"""The tables. Times are microseconds since the epoch in UTC, documents JSON texts, amounts decimal texts."""

from peewee import (
    SQL,
    BigIntegerField,
    BlobField,
    BooleanField,
    CompositeKey,
    DoubleField,
    ForeignKeyField,
    IntegerField,
    Model,
    Node,
    TextField,
    fn,
)


class TableRow(Model):
    """What all tables share: names are given, never derived from a class."""

    class Meta:
        legacy_table_names = False


class PartnerRow(TableRow):
    slug = TextField(primary_key=True)
    id = TextField()
    name = TextField()
    template = TextField()
    default_identifier_field = TextField(null=True)
    is_active = BooleanField()
    created_at = BigIntegerField()

    class Meta:
        table_name = "partners"


class ApiKeyRow(TableRow):
    id = TextField(primary_key=True)
    name = TextField(unique=True)
    secret_hash = TextField(unique=True)
    scopes = TextField()
    partner = ForeignKeyField(
        PartnerRow, column_name="partner", constraint_name="api_keys_partner_fk", index=False, null=True
    )
    expires_at = BigIntegerField(null=True)
    is_active = BooleanField()
    is_test = BooleanField()
    created_at = BigIntegerField()

    class Meta:
        table_name = "api_keys"


class KeyActivityRow(TableRow):
    """`hour` is set where refusals without a known key are counted together."""

    id = TextField(primary_key=True)
    at = BigIntegerField()
    last_at = BigIntegerField(null=True)
    api_key = TextField(null=True)
    code = TextField()
    hour = BigIntegerField(null=True)
    method = TextField(null=True)
    path = TextField(null=True)
    request_id = TextField(null=True)
    count = IntegerField()

    class Meta:
        table_name = "key_activity"


class ProductRow(TableRow):
    id = TextField(primary_key=True)
    sku = TextField(unique=True)
    quantity = BigIntegerField()
    is_active = BooleanField()
    custom_fields = TextField()
    cost = TextField(null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()

    class Meta:
        table_name = "products"


class LocationRow(TableRow):
    id = TextField(primary_key=True)
    code = TextField(unique=True)
    name = TextField(null=True)
    zone = TextField(null=True)
    aisle = TextField(null=True)
    metadata = TextField()
    is_active = BooleanField()
    created_at = BigIntegerField()
    updated_at = BigIntegerField()

    class Meta:
        table_name = "locations"


class OrderRow(TableRow):
    id = TextField(primary_key=True)
    partner = ForeignKeyField(
        PartnerRow, column_name="partner", constraint_name="orders_partner_fk", index=False, null=True
    )
    order_number = TextField()
    external_order_id = TextField(null=True)
    customer_name = TextField(null=True)
    customer_info = TextField()
    notes = TextField(null=True)
    order_date = BigIntegerField(null=True)
    due_date = BigIntegerField(null=True)
    metadata = TextField()
    status = TextField()
    cancellation_reason = TextField(null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()

    class Meta:
        table_name = "orders"


class OrderItemRow(TableRow):
    """Kept in the order of its key, so that the lines of an order lie side by side."""

    order = ForeignKeyField(
        OrderRow, column_name="order_id", constraint_name="order_items_order_fk", index=False
    )
    position = IntegerField()
    id = TextField()
    sku_code = ForeignKeyField(
        ProductRow,
        field="sku",
        column_name="sku_code",
        constraint_name="order_items_product_fk",
        index=False,
    )
    quantity = BigIntegerField()
    verified_quantity = BigIntegerField()
    notes = TextField(null=True)

    class Meta:
        table_name = "order_items"
        primary_key = CompositeKey("order", "position")
        without_rowid = True


class InventoryRow(TableRow):
    location_code = ForeignKeyField(
        LocationRow,
        field="code",
        column_name="location_code",
        constraint_name="inventory_location_fk",
        index=False,
    )
    sku_code = ForeignKeyField(
        ProductRow, field="sku", column_name="sku_code", constraint_name="inventory_product_fk", index=False
    )
    id = TextField()
    quantity = BigIntegerField()
    source = TextField()
    notes = TextField(null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()

    class Meta:
        table_name = "inventory"
        primary_key = CompositeKey("location_code", "sku_code")


class MappingVersionRow(TableRow):
    partner = ForeignKeyField(
        PartnerRow, column_name="partner", constraint_name="mapping_versions_partner_fk", index=False
    )
    resource = TextField()
    version = IntegerField()
    document = TextField()
    content_hash = TextField()
    author = TextField()
    note = TextField(null=True)
    created_at = BigIntegerField()

    class Meta:
        table_name = "mapping_versions"
        primary_key = CompositeKey("partner", "resource", "version")


class PublicationRow(TableRow):
    """The last `number` of a partner's resource tells the version in use."""

    partner = TextField()
    resource = TextField()
    number = IntegerField()
    version = IntegerField()
    published_at = BigIntegerField()
    author = TextField()
    note = TextField(null=True)

    class Meta:
        table_name = "mapping_publications"
        primary_key = CompositeKey("partner", "resource", "number")
        constraints = (
            SQL(
                "CONSTRAINT mapping_publications_version_fk FOREIGN KEY (partner, resource, version) "
                "REFERENCES mapping_versions (partner, resource, version)"
            ),
        )
        without_rowid = True


class LogEntryRow(TableRow):
    """What listings show comes first, so that a payload's pages are read only for a whole entry."""

    id = TextField(primary_key=True)
    received_at = BigIntegerField()
    request_id = TextField()
    partner = TextField(null=True)
    api_key = TextField()
    action = TextField()
    identifier = TextField(null=True)
    method = TextField()
    path = TextField()
    response_status = IntegerField()
    status = TextField()
    error_message = TextField(null=True)
    duration_ms = DoubleField()
    mapping_version = IntegerField(null=True)
    record_ids = TextField(null=True)
    ignored_fields = TextField(null=True)
    raw_payload = BlobField(null=True)
    mapped_payload = BlobField(null=True)
    response_body = BlobField(null=True)

    class Meta:
        table_name = "integration_log"


class KeptOutcomeRow(TableRow):
    """What the first request under an idempotency key was answered; `id` is the key's hash."""

    id = TextField(primary_key=True)
    fingerprint = TextField()
    kept_at = BigIntegerField()
    response_status = IntegerField()
    response_headers = TextField()
    error_code = TextField(null=True)
    error_message = TextField(null=True)
    response_body = BlobField()

    class Meta:
        table_name = "idempotency_keys"


class SettingRow(TableRow):
    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "settings"


def space_of(order: type[OrderRow]) -> Node:
    """Whose numbers an order's must differ from: its partner's, or those of all orders without one."""
    return fn.COALESCE(order.partner, SQL("''"))


def latest_of(activity: type[KeyActivityRow]) -> Node:
    """When a refused key was last seen."""
    return fn.COALESCE(activity.last_at, activity.at)


OrderRow.add_index(OrderRow.order_number, space_of(OrderRow), unique=True, name="orders_order_number")
OrderRow.add_index(
    OrderRow.external_order_id,
    space_of(OrderRow),
    unique=True,
    where=OrderRow.external_order_id.is_null(is_null=False),
    name="orders_external_order_id",
)
OrderRow.add_index(OrderRow.created_at, OrderRow.id, name="orders_newest")
OrderRow.add_index(OrderRow.status, OrderRow.created_at, OrderRow.id, name="orders_status_newest")
ProductRow.add_index(
    ProductRow.is_active, ProductRow.created_at, ProductRow.id, name="products_active_newest"
)
LocationRow.add_index(
    LocationRow.is_active, LocationRow.created_at, LocationRow.id, name="locations_active_newest"
)
InventoryRow.add_index(InventoryRow.created_at, InventoryRow.id, name="inventory_newest")
InventoryRow.add_index(
    InventoryRow.location_code, InventoryRow.created_at, InventoryRow.id, name="inventory_location_newest"
)
InventoryRow.add_index(
    InventoryRow.sku_code, InventoryRow.created_at, InventoryRow.id, name="inventory_product_newest"
)
KeyActivityRow.add_index(latest_of(KeyActivityRow), KeyActivityRow.id, name="key_activity_latest")
KeyActivityRow.add_index(
    KeyActivityRow.code,
    KeyActivityRow.hour,
    unique=True,
    where=KeyActivityRow.hour.is_null(is_null=False),
    name="key_activity_hour",
)
PublicationRow.add_index(
    PublicationRow.partner,
    PublicationRow.resource,
    PublicationRow.version,
    unique=True,
    name="mapping_publications_version",
)
LogEntryRow.add_index(
    LogEntryRow.received_at,
    LogEntryRow.id,
    LogEntryRow.partner,
    LogEntryRow.api_key,
    LogEntryRow.status,
    name="integration_log_newest",
)
KeptOutcomeRow.add_index(KeptOutcomeRow.kept_at, name="idempotency_keys_kept_at")
TABLES = (
    PartnerRow,
    ApiKeyRow,
    KeyActivityRow,
    ProductRow,
    LocationRow,
    OrderRow,
    OrderItemRow,
    InventoryRow,
    MappingVersionRow,
    PublicationRow,
    LogEntryRow,
    SettingRow,
    KeptOutcomeRow,
)
