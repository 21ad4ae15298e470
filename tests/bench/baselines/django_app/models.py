"""The baseline's tables, with the constraints and indexes of ours that these endpoints use."""

from uuid import uuid4

from django.db.models import (
    CASCADE,
    PROTECT,
    BigAutoField,
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    FloatField,
    ForeignKey,
    Index,
    IntegerField,
    JSONField,
    Model,
    Q,
    TextField,
    UniqueConstraint,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import now


class Partner(Model):
    slug = CharField(primary_key=True, max_length=255)
    is_active = BooleanField(default=True)


class ApiKey(Model):
    id = UUIDField(primary_key=True, default=uuid4)
    name = CharField(max_length=255, unique=True)
    secret_hash = CharField(max_length=64, unique=True)
    scopes = JSONField(default=list)
    partner = ForeignKey(Partner, PROTECT, null=True)
    expires_at = DateTimeField(null=True)
    is_active = BooleanField(default=True)


class Product(Model):
    id = UUIDField(primary_key=True, default=uuid4)
    sku = CharField(max_length=255, unique=True)
    is_active = BooleanField(default=True)


class Order(Model):
    id = UUIDField(primary_key=True, default=uuid4)
    partner = ForeignKey(Partner, PROTECT, null=True, db_index=False)
    order_number = CharField(max_length=255)
    external_order_id = CharField(max_length=255, null=True)
    customer_name = TextField(null=True)
    customer_info = JSONField(default=dict)
    notes = TextField(null=True)
    order_date = DateTimeField(null=True)
    due_date = DateTimeField(null=True)
    metadata = JSONField(default=dict)
    status = CharField(max_length=20, default="pending")
    cancellation_reason = TextField(null=True)
    created_at = DateTimeField(default=now)
    updated_at = DateTimeField(default=now)
    lines: list["OrderItem"]

    class Meta:
        constraints = (
            UniqueConstraint("order_number", Coalesce("partner", Value("")), name="orders_order_number"),
            UniqueConstraint(
                "external_order_id",
                Coalesce("partner", Value("")),
                name="orders_external_order_id",
                condition=Q(external_order_id__isnull=False),
            ),
        )
        indexes = (
            Index("created_at", "id", name="orders_newest"),
            Index("status", "created_at", "id", name="orders_status_newest"),
        )


class OrderItem(Model):
    id = UUIDField(primary_key=True, default=uuid4)
    order = ForeignKey(Order, CASCADE, related_name="items", db_index=False)
    position = IntegerField()
    sku = ForeignKey(Product, PROTECT, to_field="sku", db_column="sku_code", db_index=False)
    quantity = BigIntegerField()
    verified_quantity = BigIntegerField(default=0)
    notes = TextField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = (UniqueConstraint(fields=("order", "position"), name="order_items_position"),)

    @property
    def verification_status(self) -> str:
        """Follows from what was counted."""
        if self.verified_quantity >= self.quantity:
            return "verified"
        return "partial" if self.verified_quantity else "pending"


class AuditEntry(Model):
    id = BigAutoField(primary_key=True)
    received_at = DateTimeField()
    request_id = CharField(max_length=128)
    partner = CharField(max_length=255, null=True)
    api_key = CharField(max_length=255)
    action = CharField(max_length=50)
    identifier = CharField(max_length=255, null=True)
    method = CharField(max_length=10)
    path = TextField()
    response_status = IntegerField()
    status = CharField(max_length=30)
    error_message = TextField(null=True)
    duration_ms = FloatField()
    record_id = UUIDField(null=True)
    raw_payload = BinaryField(null=True)
    response_body = BinaryField()

    class Meta:
        db_table = "audit_entries"
        indexes = (Index("received_at", "id", name="audit_entries_newest"),)
