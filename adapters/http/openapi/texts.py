"""What the document says of the API and of each operation."""

from core.entities.resource import Action, Resource

ABOUT = """\
Send and read orders, products, locations and inventory, in your own system's words.

A key that belongs to a partner speaks the partner's language: its field mapping translates requests,
responses and the places in error details. The schemas here are our own, which keys without a partner use.

Every answer has one envelope. Inside v1, paths, field names and types and error codes never change; optional
request fields, response fields, enumeration members, endpoints and error codes may be added. `HEAD` answers
where `GET` does, `OPTIONS` tells the methods of a path, and a path works with and without its last slash.

Nothing is overwritten unseen: the answer of a single record has an `ETag`, and a change that sends it as
`If-Match` is refused with 412 `PRECONDITION_FAILED` if the record is another by now. A stock row says what it
expects in `expected_quantity`, and fails by itself.

A request that may have been lost is sent again with the same `Idempotency-Key`: what it does is done once.
"""

SUMMARIES = {
    (Resource.ORDERS, Action.LIST): "List orders, newest first",
    (Resource.ORDERS, Action.CREATE): "Create an order",
    (Resource.ORDERS, Action.READ): "Read an order",
    (Resource.ORDERS, Action.UPDATE): "Change an order's header",
    (Resource.ORDERS, Action.DELETE): "Cancel an order",
    (Resource.PRODUCTS, Action.LIST): "List products, newest first",
    (Resource.PRODUCTS, Action.CREATE): "Create a product",
    (Resource.PRODUCTS, Action.READ): "Read a product",
    (Resource.PRODUCTS, Action.UPDATE): "Change a product",
    (Resource.PRODUCTS, Action.DELETE): "Deactivate a product",
    (Resource.LOCATIONS, Action.LIST): "List locations, newest first",
    (Resource.LOCATIONS, Action.CREATE): "Create a location",
    (Resource.LOCATIONS, Action.READ): "Read a location",
    (Resource.LOCATIONS, Action.UPDATE): "Change a location",
    (Resource.LOCATIONS, Action.DELETE): "Deactivate a location",
    (Resource.INVENTORY, Action.LIST): "List stock records, newest first",
    (Resource.INVENTORY, Action.CREATE): "Load stock in bulk",
    (Resource.INVENTORY, Action.READ): "Read the stock of a location or of a product",
}

DESCRIPTIONS_OF = {
    (Resource.ORDERS, Action.CREATE): (
        "A repeated `order_number` is refused with `order_number already exists`: the first attempt landed."
    ),
    (
        Resource.ORDERS,
        Action.UPDATE,
    ): "Fields that are not sent stay as they are; lines cannot be changed here.",
    (Resource.ORDERS, Action.DELETE): "Cancels softly and may be repeated; a shipped order is not cancelled.",
    (Resource.PRODUCTS, Action.DELETE): "An inactive product is still read and changed by its identifier.",
    (Resource.LOCATIONS, Action.DELETE): "An inactive location is still read and changed by its identifier.",
    (Resource.INVENTORY, Action.CREATE): "Rows are judged one by one: valid rows land although others fail.",
}

PAGES = {
    "/healthz": ("Whether the process takes requests", "application/json"),
    "/readyz": ("Whether the database answers and its schema is current", "application/json"),
    "/changelog": ("What has changed, as a page", "text/html"),
    "/changelog.rss": ("What has changed, as RSS", "application/rss+xml"),
    "/changelog.atom": ("What has changed, as Atom", "application/atom+xml"),
    "/changelog.json": ("What has changed, as a JSON Feed", "application/feed+json"),
    "/openapi.json": ("This document", "application/json"),
    "/docs": ("This document, as a page", "text/html"),
}
