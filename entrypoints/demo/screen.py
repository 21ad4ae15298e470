"""What the demo prints: where it is, its keys, and commands that work as they stand."""

import json
import shlex

import attrs

from core.entities.json import Json
from entrypoints.demo.data import PARTNERS, shopify_order
from entrypoints.demo.fill import Secrets

_API = "/api/integrations/v1/"


@attrs.frozen
class Example:
    """A command and what it shows."""

    shows: str
    command: str


def examples(url: str, secrets: Secrets) -> tuple[Example, ...]:
    """Commands to try, each by itself."""
    plain, shopify = secrets["demo"], secrets["shopify"]
    lines: list[Json] = [{"sku_code": "STOVE-1", "quantity": 2}]
    order: Json = {"order_number": "PO-20001", "customer_name": "Sage Rivers", "items": lines}
    pushed = shopify_order(820982911946154601, "#1042", [("TENT-2P", 1), ("LAMP-3", 2)])
    unknown = shopify_order(820982911946154602, "#1043", [("TENT-2P", 1), ("TENT-9P", 1)])
    return (
        Example("the newest orders", _curl(url, plain, "orders/?limit=3")),
        Example("an order in our own words", _curl(url, plain, "orders/", order)),
        Example("an order as Shopify sends it", _curl(url, shopify, "orders/", pushed)),
        Example("one that is refused, in Shopify's words", _curl(url, shopify, "orders/", unknown)),
        Example("an order read back as Shopify knows it", _curl(url, shopify, "orders/%231002/")),
        Example("where a SKU is in stock", _curl(url, plain, "inventory/TENT-2P/?by=sku")),
        Example("a location whose code has a slash", _curl(url, plain, "locations/WH%2FSHELF-01/")),
    )


def screen(url: str, database_url: str, secrets: Secrets) -> str:
    """The whole text."""
    names = [("demo", "our own words"), *((one.who, f"speaks {one.template}") for one in PARTNERS)]
    keys = [f"  {secrets[who]}  {about}" for who, about in names]
    tries = [line for one in examples(url, secrets) for line in (f"  # {one.shows}", f"  {one.command}")]
    return "\n".join(
        [
            f"Datamingle demo: {url}",
            "Docs are at /docs, the changelog at /changelog. Ctrl-C ends it; it starts afresh each time.",
            "",
            "API keys",
            *keys,
            "",
            "Try",
            *tries,
            "",
            "Every request is in the log:",
            f"  datamingle logs list --limit 10 --database {shlex.quote(database_url)}",
        ]
    )


def _curl(url: str, secret: str, path: str, document: Json = None) -> str:
    words = ["curl", "-sS", "-H", f"X-API-Key: {secret}"]
    if document is not None:
        words += ["-H", "Content-Type: application/json", "-d", json.dumps(document, separators=(",", ":"))]
    return shlex.join([*words, f"{url}{_API}{path}"])
