"""What is read and answered, as serializers."""

from typing import Any

from django.db import IntegrityError
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import CharField, DictField, ModelSerializer, SerializerMethodField

from tests.bench.baselines.django_app.failures import UnknownSku
from tests.bench.baselines.django_app.models import Order, OrderItem, Product


class ItemSerializer(ModelSerializer[OrderItem]):
    sku_code = CharField(source="sku_id", max_length=255)
    sku = SerializerMethodField()

    class Meta:
        model = OrderItem
        fields = ("sku_code", "quantity", "notes", "id", "verified_quantity", "verification_status", "sku")
        read_only_fields = ("id", "verified_quantity", "verification_status")
        extra_kwargs = {"quantity": {"min_value": 1}}

    def get_sku(self, item: OrderItem) -> dict[str, str]:
        """The product, by its SKU."""
        return {"sku": item.sku_id}


class OrderSerializer(ModelSerializer[Order]):
    """Its items are the list `lines`, which a query prefetches and a new order brings along."""

    customer_info = DictField(default=dict)
    metadata = DictField(default=dict)
    items = ItemSerializer(many=True, source="lines", allow_empty=False)
    partner = CharField(source="partner_id", read_only=True)

    class Meta:
        model = Order
        fields = (
            "order_number",
            "external_order_id",
            "customer_name",
            "customer_info",
            "notes",
            "order_date",
            "due_date",
            "metadata",
            "items",
            "id",
            "status",
            "partner",
            "cancellation_reason",
            "created_at",
            "updated_at",
        )
        read_only_fields = ("id", "status", "cancellation_reason", "created_at", "updated_at")

    def validate_items(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Every SKU names an active product."""
        skus = {item["sku_id"] for item in items}
        known = Product.objects.filter(sku__in=skus, is_active=True).values_list("sku", flat=True)
        if unknown := sorted(skus.difference(known)):
            raise UnknownSku(f"unknown or inactive SKU: {', '.join(unknown)}")
        return items

    def create(self, validated_data: dict[str, Any]) -> Order:
        """The order and its lines; a number that is taken is a ValidationError."""
        lines = validated_data.pop("lines")
        try:
            order = Order.objects.create(**validated_data)
        except IntegrityError as error:
            raise ValidationError({"order_number": "order_number already exists"}) from error
        order.lines = OrderItem.objects.bulk_create(
            OrderItem(order=order, position=position, **line) for position, line in enumerate(lines)
        )
        return order
