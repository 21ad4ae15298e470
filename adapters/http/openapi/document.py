"""The document: every operation of the API and every public page."""

from adapters.http.api.operations import OPERATIONS, Operation
from adapters.http.openapi.answers import envelope_schemas, failure_responses, responses_of
from adapters.http.openapi.links import operation_id
from adapters.http.openapi.parameters import parameters_of
from adapters.http.openapi.schemas import OPEN, TEXT, name_of, record_schemas, reference
from adapters.http.openapi.texts import ABOUT, DESCRIPTIONS_OF, PAGES, SUMMARIES
from core.entities.json import Json, JsonObject
from core.entities.resource import Action, Resource

_PUBLIC = "public"
_CANCELLATION: JsonObject = {
    "type": "object",
    "properties": {
        "reason": {"type": ["string", "null"], "pattern": TEXT, "description": "Why the order is cancelled."}
    },
    **OPEN,
    "examples": [{"reason": "ordered twice"}],
}


def openapi_document() -> JsonObject:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Datamingle integration API",
            "version": "1.0.0",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in (*Resource, _PUBLIC)],
        "security": [{"apiKey": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"}},
            "schemas": {**record_schemas(), **envelope_schemas(), "OrderCancellation": _CANCELLATION},
            "responses": failure_responses(),
        },
    }


def public_path(operation: Operation) -> str:
    """The path as clients write it."""
    return f"{operation.collection}/{{identifier}}/" if operation.on_record else f"{operation.collection}/"


def _paths() -> JsonObject:
    paths: dict[str, JsonObject] = {}
    for operation in OPERATIONS:
        if operation.action is not Action.OPTIONS:
            paths.setdefault(public_path(operation), {})[operation.methods[0].lower()] = _described(operation)
    for path, (summary, media_type) in PAGES.items():
        paths[path] = {"get": _page(path, summary, media_type)}
    return dict(paths)


def _described(operation: Operation) -> JsonObject:
    resource, action = operation.resource, operation.action
    parameters: list[Json] = list(parameters_of(resource, action, operation.on_record))
    described: JsonObject = {
        "operationId": operation_id(operation),
        "tags": [resource],
        "summary": SUMMARIES[resource, action],
        "parameters": parameters,
        "responses": responses_of(resource, action),
    }
    if (resource, action) in DESCRIPTIONS_OF:
        described["description"] = DESCRIPTIONS_OF[resource, action]
    if operation.has_body and (schema := _body_schema(resource, action)):
        required = action is not Action.DELETE
        described["requestBody"] = {"required": required, "content": {"application/json": {"schema": schema}}}
    return described


def _body_schema(resource: Resource, action: Action) -> JsonObject | None:
    match resource, action:
        case Resource.INVENTORY, _:
            return reference("InventoryLoad")
        case _, Action.CREATE:
            return reference(f"{name_of(resource)}Create")
        case _, Action.UPDATE:
            return reference(f"{name_of(resource)}Update")
        case Resource.ORDERS, _:
            return reference("OrderCancellation")
        case _:
            return None


def _page(path: str, summary: str, media_type: str) -> JsonObject:
    responses: JsonObject = {"200": {"description": "Here it is.", "content": {media_type: {}}}}
    if path == "/readyz":
        responses["503"] = {"$ref": "#/components/responses/503"}
    return {
        "operationId": "get_" + path.strip("/").replace(".", "_"),
        "tags": [_PUBLIC],
        "summary": summary,
        "security": [],
        "responses": responses,
    }
