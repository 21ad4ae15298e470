"""Words that other languages and tools have for what is called otherwise here."""

from collections.abc import Iterable
from typing import Final

_MEANT: Final = {
    "partner": "source src from external theirs their remote origin input",
    "internal": "target to ours our dest destination field output",
    "values": "map mapping enum choices translate mappings lookup_table",
    "as": "format pattern date_format",
    "required": "mandatory",
    "default": "fallback",
    "const": "constant static fixed value literal",
    "where": "filter if when condition conditions",
    "join": "concat separator delimiter glue",
    "total": "sum aggregate",
    "text": "transform function functions",
    "scale": "decimals precision",
    "nulls": "null nullable",
    "note": "comment description _comment",
    "rules": "fields children mappings",
    "min": "minimum floor",
    "record": "root base envelope",
    "zone": "timezone tz time_zone",
    "unmapped": "unknown rest additional_properties",
    "on_duplicate": "duplicates upsert on_conflict",
    "in": "inbound import read equals equal eq is == one_of any_of contains",
    "out": "outbound export write",
    "both": "bidirectional two-way two_way inout",
    "not_in": "not_equals not_equal ne neq nin not != none_of",
    "present": "exists existing set defined not_empty",
    "above": "gt greater greater_than more_than over > min",
    "string": "text str varchar char uuid email url",
    "integer": "int long number(int) count quantity",
    "number": "float double real numeric",
    "decimal": "money currency price amount bigdecimal",
    "boolean": "bool flag yesno",
    "datetime": "timestamp time date-time date_time instant",
    "object": "dict map struct",
    "array": "list",
    "orders": "sales_orders sale_order",
    "products": "items articles skus variants",
    "locations": "warehouses sites stores",
    "inventory": "stock stocks quants",
    "drop": "ignore remove discard omit skip false",
    "pass": "keep copy allow pass-through pass_through",
    "reject": "error refuse forbid fail",
    "absent": "drop ignore remove omit skip",
    "update": "upsert overwrite replace merge",
    "refuse": "error reject fail",
    "trim": "strip",
    "strip_tags": "striphtml strip_html html",
    "unescape": "html_decode decode entities",
    "upper": "uppercase",
    "lower": "lowercase",
}
_WORDS: Final = {
    word: [meant for meant, others in _MEANT.items() if word in others.split()]
    for words in _MEANT.values()
    for word in words.split()
}


def meant_by(word: str, known: Iterable[str]) -> str | None:
    """The known word that is called so elsewhere."""
    candidates = _WORDS.get(word.lower(), [])
    return next((meant for meant in candidates if meant in set(known)), None)
