"""The parameters of the operations."""

from adapters.http.idempotency import NAME, PATTERN, REPLAYED
from adapters.http.openapi.schemas import TEXT
from core.entities.json import JsonObject
from core.entities.order import OrderStatus
from core.entities.resource import DESCRIPTIONS, Action, Resource


def parameters_of(resource: Resource, action: Action, on_record: bool) -> list[JsonObject]:
    """What an operation takes beside its body."""
    found = [_identifier(resource)] if on_record else []
    match resource, action:
        case Resource.INVENTORY, Action.READ:
            found += [_BY, _LIMIT, _CURSOR]
        case Resource.INVENTORY, Action.LIST:
            found += [_LIMIT, _CURSOR]
        case Resource.ORDERS, Action.LIST:
            found += [_LIMIT, _CURSOR, _STATUS]
        case _, Action.LIST:
            found += [_LIMIT, _CURSOR, _IS_ACTIVE]
        case ((Resource.ORDERS | Resource.PRODUCTS | Resource.LOCATIONS), Action.CREATE):
            found.append(_UPSERT)
        case _:
            pass
    if action in (Action.UPDATE, Action.DELETE):
        found.append(_IF_MATCH)
    if action in (Action.CREATE, Action.UPDATE, Action.DELETE):
        found.append(_IDEMPOTENCY_KEY)
    return [*found, _PREFER, _REQUEST_ID]


def _query(name: str, description: str, schema: JsonObject) -> JsonObject:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _header(name: str, description: str, schema: JsonObject) -> JsonObject:
    return {"name": name, "in": "header", "description": description, "schema": schema}


def _identifier(resource: Resource) -> JsonObject:
    description = (
        f"Which record: its `{DESCRIPTIONS[resource].identifier}`, unless your mapping names another field. "
        "Any character may stand in it, percent-encoded (`WH%2FSHELF-01`)."
    )
    if resource is Resource.INVENTORY:
        description = "A location's code, or with `by=sku` a SKU, percent-encoded."
    schema: JsonObject = {"type": "string", "minLength": 1, "pattern": TEXT}
    field = DESCRIPTIONS[resource].field(DESCRIPTIONS[resource].identifier)
    if field is not None:
        schema["examples"] = [field.example]
    return {
        "name": "identifier",
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
    }


_LIMIT = _query(
    "limit",
    "How many at most; less than 1 counts as 1, more than 200 as 200.",
    {"type": "integer", "default": 50},
)
_CURSOR = _query(
    "cursor", "`next_cursor` of the page before.", {"type": "string", "minLength": 1, "pattern": TEXT}
)
_STATUS = _query("status", "Only orders that stand there.", {"type": "string", "enum": list(OrderStatus)})
_IS_ACTIVE = _query("is_active", "Active ones, or inactive ones.", {"type": "boolean", "default": True})
_UPSERT = _query(
    "upsert", "Update what exists instead of refusing it.", {"type": "boolean", "default": False}
)
_BY = _query(
    "by",
    "What the identifier names.",
    {"type": "string", "enum": ["location", "sku"], "default": "location"},
)
_IF_MATCH = _header(
    "If-Match",
    "The `ETag` of the record as you know it, or several: the change is refused with 412 if it is another by "
    "now (RFC 9110). `*` takes it as it is.",
    {
        "type": "string",
        "pattern": r'^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$',
        "examples": ['"6e10b3c2a9f3d4e58b7a0c1d2e3f4a5b"'],
    },
)
_IDEMPOTENCY_KEY = _header(
    NAME,
    "Makes it safe to send this request again: for 24 hours what it was answered first, a refusal too, is "
    f"answered once more byte for byte, with `{REPLAYED}: true`, and nothing is done twice. "
    "A text of yours, unique for each request; after 429, 500 and 503 the request is carried out anew.",
    {"type": "string", "pattern": PATTERN, "examples": ['"8e03978e-40d5-43dd-bc93-6894a57f9324"']},
)
_PREFER = _header(
    "Prefer",
    "`handling=strict` (RFC 7240) refuses unknown fields and parameters, which are ignored otherwise.",
    {"type": "string"},
)
_REQUEST_ID = _header(
    "X-Request-ID",
    "An id of yours for this request: 1 to 128 letters, digits, `.`, `_`, `:` and `-`; else one is made.",
    {"type": "string", "examples": ["nightly-sync-7"]},
)
