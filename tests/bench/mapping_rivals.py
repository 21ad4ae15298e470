"""The plain order mapped in by libraries that query or reshape JSON, as far as each of them goes."""

from collections.abc import Callable
from typing import Any, Final

import glom
import jmespath
from jsonata.jsonata import Jsonata

Document = dict[str, Any]

_JMESPATH: Final = """{
    order_number: po_number,
    customer_code: buyer.code,
    customer_name: buyer.name,
    reference: their_reference || quote,
    currency: currency_code || 'EUR',
    status: (state == 'new' && 'open') || (state == 'held' && 'on_hold'),
    notes: remarks,
    shipping: {line1: ship_to.street, postal_code: ship_to.zip, city: ship_to.town, country: ship_to.country},
    items: rows[].{sku_code: article, quantity: count, unit_price: price, notes: text},
    metadata: {source: 'shop', channel: channel}
}"""

_JSONATA: Final = """{
    "order_number": po_number,
    "customer_code": buyer.code,
    "customer_name": buyer.name,
    "reference": their_reference ? their_reference : quote,
    "currency": currency_code ? currency_code : "EUR",
    "status": $lookup({"new": "open", "held": "on_hold"}, state),
    "notes": remarks,
    "shipping": {
        "line1": ship_to.street, "postal_code": ship_to.zip, "city": ship_to.town, "country": ship_to.country
    },
    "items": rows.{"sku_code": article, "quantity": count, "unit_price": price, "notes": text},
    "metadata": {"source": "shop", "channel": channel}
}"""

_GLOM: Final[Document] = {
    "order_number": "po_number",
    "customer_code": "buyer.code",
    "customer_name": "buyer.name",
    "reference": glom.Coalesce("their_reference", "quote"),
    "currency": glom.Coalesce("currency_code", default="EUR"),
    "status": ("state", {"new": "open", "held": "on_hold"}.get),
    "notes": "remarks",
    "shipping": {
        "line1": "ship_to.street",
        "postal_code": "ship_to.zip",
        "city": "ship_to.town",
        "country": "ship_to.country",
    },
    "items": (
        "rows",
        [{"sku_code": "article", "quantity": "count", "unit_price": "price", "notes": "text"}],
    ),
    "metadata": {"source": glom.Val("shop"), "channel": "channel"},
}


def rivals() -> dict[str, Callable[[Document], Document]]:
    """Each library with its expression compiled where it can be."""
    query, expression, spec = jmespath.compile(_JMESPATH), Jsonata(_JSONATA), glom.Glommer()
    return {
        "jmespath": query.search,
        "glom": lambda order: spec.glom(order, _GLOM),
        "jsonata-python": expression.evaluate,
    }
