"""The same mappings written by hand: inbound carefully, outbound as one would do it at first."""

from typing import Any, Final

from core.mapping.codecs.numbers import Integer, Number

Document = dict[str, Any]

_MISSING: Final = object()
_LARGEST: Final = 2**63 - 1
_INTEGER: Final = Integer()
_NUMBER: Final = Number()
_STATUS: Final = {"new": "open", "held": "on_hold"}
_STATE: Final = {"open": "new", "on_hold": "held"}
_ERP_STATUS: Final = {"Open": "open", "On Hold": "on_hold"}
_ERP_STATE: Final = {"open": "Open", "on_hold": "On Hold"}
_CLAIMED: Final = frozenset(
    [
        "po_number",
        "buyer",
        "their_reference",
        "quote",
        "currency_code",
        "state",
        "remarks",
        "ship_to",
        "rows",
        "channel",
    ]
)
_CLAIMED_BUYER: Final = frozenset(["code", "name"])
_CLAIMED_ADDRESS: Final = frozenset(["street", "zip", "town", "country"])
_CLAIMED_ROW: Final = frozenset(["article", "count", "price", "text"])
_OURS: Final = frozenset(
    [
        "order_number",
        "customer_code",
        "customer_name",
        "reference",
        "currency",
        "status",
        "notes",
        "shipping",
        "items",
        "metadata",
    ]
)
_ADDRESS: Final = {"line1": "street", "postal_code": "zip", "city": "town", "country": "country"}
_ERP_HEADER: Final = {
    "order_number": "OrderNbr",
    "customer_code": "CustomerID",
    "reference": "CustomerOrder",
    "currency": "CurrencyID",
}
_ERP_ADDRESS: Final = {"city": "City", "postal_code": "PostalCode", "country": "Country"}
_ERP_CLAIMED: Final = frozenset(
    [
        "OrderNbr",
        "CustomerID",
        "CustomerOrder",
        "ExternalRef",
        "CurrencyID",
        "Status",
        "ShipToAddress",
        "Details",
    ]
)
_ERP_CLAIMED_ADDRESS: Final = frozenset(["City", "PostalCode", "Country"])
_ERP_CLAIMED_ROW: Final = frozenset(["rowNumber", "InventoryID", "OrderQty", "UnitPrice", "WarehouseID"])
_OUR_ITEM: Final = frozenset(["line_number", "sku_code", "quantity", "unit_price"])
_OUR_ORDER: Final = frozenset([*_OURS, "warehouse"]) - {"customer_name", "notes"}
_WRAPPED: Final = frozenset(["value"])


class Refused(Exception):
    """The document is not as it should be."""


def plain_in(order: Document) -> Document:
    """A shop's order in our words."""
    made: Document = {}
    number = order.get("po_number")
    if type(number) is not str:
        raise Refused("po_number")
    made["order_number"] = number
    buyer = order.get("buyer")
    if buyer is not None:
        if type(buyer) is not dict:
            raise Refused("buyer")
        for name, ours in (("code", "customer_code"), ("name", "customer_name")):
            value = buyer.get(name, _MISSING)
            if value is not _MISSING:
                if type(value) is not str and value is not None:
                    raise Refused(name)
                made[ours] = value
    reference = order.get("their_reference", _MISSING)
    if reference is _MISSING:
        reference = order.get("quote", _MISSING)
    if reference is not _MISSING:
        made["reference"] = reference
    made["currency"] = order.get("currency_code", "EUR")
    state = order.get("state", _MISSING)
    if state is not _MISSING:
        made["status"] = state if state is None else _STATUS[state]
    remarks = order.get("remarks")
    if remarks is not None:
        made["notes"] = remarks
    address = order.get("ship_to")
    if address is not None:
        if type(address) is not dict:
            raise Refused("ship_to")
        shipping: Document = {}
        if (value := address.get("street", _MISSING)) is not _MISSING:
            shipping["line1"] = value
        if (value := address.get("zip", _MISSING)) is not _MISSING:
            shipping["postal_code"] = value
        if (value := address.get("town", _MISSING)) is not _MISSING:
            shipping["city"] = value
        if (value := address.get("country", _MISSING)) is not _MISSING:
            shipping["country"] = value
        if shipping:
            made["shipping"] = shipping
    metadata: Document = {"source": "shop"}
    if (value := order.get("channel", _MISSING)) is not _MISSING:
        metadata["channel"] = value
    made["metadata"] = metadata
    rows = order.get("rows")
    if rows is not None:
        if type(rows) is not list:
            raise Refused("rows")
        made["items"] = [_row_in(row) for row in rows]
    _pass(order, made, _CLAIMED, _OURS)
    if buyer is not None and not _CLAIMED_BUYER.issuperset(buyer):
        made["buyer"] = {name: value for name, value in buyer.items() if name not in _CLAIMED_BUYER}
    if address is not None and not _CLAIMED_ADDRESS.issuperset(address):
        made["ship_to"] = {name: value for name, value in address.items() if name not in _CLAIMED_ADDRESS}
    return made


def _row_in(row: Document) -> Document:
    if type(row) is not dict:
        raise Refused("rows")
    item: Document = {}
    sku = row.get("article")
    if type(sku) is not str:
        raise Refused("article")
    item["sku_code"] = sku
    count = row.get("count")
    if type(count) is not int or not -_LARGEST <= count <= _LARGEST:
        if count is None:
            raise Refused("count")
        count = _INTEGER.decode(count)
    item["quantity"] = count
    price = row.get("price", _MISSING)
    if price is not _MISSING:
        if type(price) is not float and price is not None:
            price = _NUMBER.decode(price)
        item["unit_price"] = price
    text = row.get("text", _MISSING)
    if text is not _MISSING:
        item["notes"] = text
    if not _CLAIMED_ROW.issuperset(row):
        _pass(row, item, _CLAIMED_ROW, frozenset(item))
    return item


def _pass(source: Document, target: Document, claimed: frozenset[str], taken: frozenset[str]) -> None:
    for name, value in source.items():
        if name not in claimed and name not in taken:
            target[name] = value


def plain_out(order: Document) -> Document:
    """Our order in the shop's words; nothing is checked, what is not there stays away."""
    made: Document = {}
    if "order_number" in order:
        made["po_number"] = order["order_number"]
    buyer = {}
    if "customer_code" in order:
        buyer["code"] = order["customer_code"]
    if "customer_name" in order:
        buyer["name"] = order["customer_name"]
    if buyer:
        made["buyer"] = buyer
    if "reference" in order:
        made["their_reference"] = order["reference"]
    if "currency" in order:
        made["currency_code"] = order["currency"]
    if "status" in order:
        made["state"] = _STATE[order["status"]]
    if order.get("notes") is not None:
        made["remarks"] = order["notes"]
    if "shipping" in order:
        made["ship_to"] = _renamed(order["shipping"], _ADDRESS)
    if "items" in order:
        made["rows"] = [_row_out(item) for item in order["items"]]
    if "channel" in order.get("metadata", ()):
        made["channel"] = order["metadata"]["channel"]
    for name, value in order.items():
        if name not in _OURS:
            made[name] = value
    return made


def _row_out(item: Document) -> Document:
    row: Document = {}
    if "sku_code" in item:
        row["article"] = item["sku_code"]
    if "quantity" in item:
        row["count"] = item["quantity"]
    if "unit_price" in item:
        row["price"] = item["unit_price"]
    if "notes" in item:
        row["text"] = item["notes"]
    return row


def _renamed(source: Document, names: dict[str, str]) -> Document:
    return {theirs: source[ours] for ours, theirs in names.items() if ours in source}


def wrapped_in(order: Document) -> Document:
    """An ERP's order in our words."""
    made: Document = {}
    number = order.get("OrderNbr")
    number = None if number is None else number.get("value")
    if type(number) is not str:
        raise Refused("OrderNbr")
    made["order_number"] = number
    customer = order.get("CustomerID")
    if customer is not None and (value := customer.get("value", _MISSING)) is not _MISSING:
        if type(value) is not str and value is not None:
            raise Refused("CustomerID")
        made["customer_code"] = value
    reference = _unwrapped(order.get("CustomerOrder"))
    if reference is _MISSING:
        reference = _unwrapped(order.get("ExternalRef"))
    if reference is not _MISSING:
        made["reference"] = reference
    currency = _unwrapped(order.get("CurrencyID"))
    made["currency"] = "USD" if currency is _MISSING else currency
    status = _unwrapped(order.get("Status"))
    if status is not _MISSING:
        made["status"] = status if status is None else _ERP_STATUS[status]
    address = order.get("ShipToAddress")
    if address is not None:
        if type(address) is not dict:
            raise Refused("ShipToAddress")
        shipping: Document = {}
        if (value := _unwrapped(address.get("City"))) is not _MISSING:
            shipping["city"] = value
        if (value := _unwrapped(address.get("PostalCode"))) is not _MISSING:
            shipping["postal_code"] = value
        if (value := _unwrapped(address.get("Country"))) is not _MISSING:
            shipping["country"] = value
        if shipping:
            made["shipping"] = shipping
    made["metadata"] = {"source": "acumatica"}
    details = order.get("Details")
    if details is not None:
        if type(details) is not list:
            raise Refused("Details")
        if details and (value := _unwrapped(details[0].get("WarehouseID"))) is not _MISSING:
            made["warehouse"] = value
        made["items"] = [_wrapped_row_in(row) for row in details]
    for name, value in order.items():
        if name not in _ERP_CLAIMED:
            if name not in _OUR_ORDER:
                made[name] = value
        elif name == "ShipToAddress":
            _pass_wrapped(value, made, name, _ERP_CLAIMED_ADDRESS)
        elif name != "Details" and type(value) is dict and not _WRAPPED.issuperset(value):
            made[name] = {inner: value[inner] for inner in value if inner != "value"}
    return made


def _pass_wrapped(source: Document, target: Document, place: str, claimed: frozenset[str]) -> None:
    """What is left in an object of wrapped values, and in the wrappers themselves."""
    left: Document = {}
    for name, value in source.items():
        if name not in claimed:
            left[name] = value
        elif type(value) is dict and not _WRAPPED.issuperset(value):
            left[name] = {inner: value[inner] for inner in value if inner != "value"}
    if left:
        target[place] = left


def _unwrapped(field: Any) -> Any:
    return _MISSING if field is None else field.get("value", _MISSING)


def _wrapped_row_in(row: Document) -> Document:
    if type(row) is not dict:
        raise Refused("Details")
    item: Document = {}
    line = row.get("rowNumber", _MISSING)
    if line is not _MISSING:
        if (type(line) is not int or not -_LARGEST <= line <= _LARGEST) and line is not None:
            line = _INTEGER.decode(line)
        item["line_number"] = line
    sku = row.get("InventoryID")
    sku = None if sku is None else sku.get("value")
    if type(sku) is not str:
        raise Refused("InventoryID")
    item["sku_code"] = sku
    quantity = _unwrapped(row.get("OrderQty"))
    if quantity is not _MISSING:
        if (type(quantity) is not int or not -_LARGEST <= quantity <= _LARGEST) and quantity is not None:
            quantity = _INTEGER.decode(quantity)
        item["quantity"] = quantity
    price = _unwrapped(row.get("UnitPrice"))
    if price is not _MISSING:
        if type(price) is not float and price is not None:
            price = _NUMBER.decode(price)
        item["unit_price"] = price
    for name, value in row.items():
        if name not in _ERP_CLAIMED_ROW:
            if name not in _OUR_ITEM:
                item[name] = value
        elif type(value) is dict and not _WRAPPED.issuperset(value):
            item[name] = {inner: value[inner] for inner in value if inner != "value"}
    return item


def wrapped_out(order: Document) -> Document:
    """Our order in the ERP's words; nothing is checked, what is not there stays away."""
    made: Document = {}
    for ours, theirs in _ERP_HEADER.items():
        if ours in order:
            made[theirs] = {"value": order[ours]}
    if "status" in order:
        made["Status"] = {"value": _ERP_STATE[order["status"]]}
    if "shipping" in order:
        shipping = order["shipping"]
        made["ShipToAddress"] = {
            theirs: {"value": shipping[ours]} for ours, theirs in _ERP_ADDRESS.items() if ours in shipping
        }
    if "items" in order:
        made["Details"] = [_wrapped_row_out(item) for item in order["items"]]
        if made["Details"] and "warehouse" in order:
            made["Details"][0]["WarehouseID"] = {"value": order["warehouse"]}
    for name, value in order.items():
        if name not in _OUR_ORDER:
            made[name] = value
    return made


def _wrapped_row_out(item: Document) -> Document:
    row: Document = {}
    if "line_number" in item:
        row["rowNumber"] = item["line_number"]
    if "sku_code" in item:
        row["InventoryID"] = {"value": item["sku_code"]}
    if "quantity" in item:
        row["OrderQty"] = {"value": f"{item['quantity']}.000"}
    if "unit_price" in item:
        row["UnitPrice"] = {"value": item["unit_price"]}
    return row
