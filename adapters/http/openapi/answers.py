"""The schemas and responses of the envelope: success by operation, failure by status."""

from adapters.http.errors import STATUS_OF
from adapters.http.idempotency import REPLAYED
from adapters.http.openapi.links import links_of
from adapters.http.openapi.schemas import name_of, reference
from core.entities.json import Json, JsonObject
from core.entities.resource import Action, Resource

_REQUEST_ID: JsonObject = {
    "description": "The id of this request; tell it when you report a problem.",
    "schema": {"type": "string"},
}
_ETAG: JsonObject = {
    "description": "Of a single record: names it as it is answered; send it as `If-Match` with a change.",
    "schema": {"type": "string", "examples": ['"6e10b3c2a9f3d4e58b7a0c1d2e3f4a5b"']},
}
_TEXT: JsonObject = {"type": "string"}
_REPLAYED: JsonObject = {
    "description": "This was answered before, to the first request with this `Idempotency-Key`.",
    "schema": {"const": "true"},
}
_COUNT: JsonObject = {"type": "integer", "minimum": 0}
_MEANING = {
    400: "What was sent is not valid, or a business rule refuses it.",
    401: "The key is unknown, expired or revoked.",
    403: "No key was sent, it lacks the scope, or its partner is switched off.",
    404: "No such record, or no such path.",
    405: "The path does not take this method; `Allow` lists what it takes.",
    408: "The body did not arrive in time.",
    409: (
        "The natural key is in use, the identifier names several records, or the first request with this "
        "`Idempotency-Key` is still being carried out: try again after `Retry-After` seconds."
    ),
    412: "The record is not as `If-Match` says; nothing was changed.",
    413: "The body is larger than 10 MiB.",
    415: "The body is not JSON.",
    422: (
        "The partner's field mapping could not be applied to the payload, "
        "or the `Idempotency-Key` was used for another request."
    ),
    429: "Too many requests; try again after `Retry-After` seconds.",
    500: "A fault on our side; the request id leads to the details.",
    503: "The database does not answer; try again after `Retry-After` seconds.",
}
_WITH_HEADERS = {
    400: (REPLAYED,),
    404: (REPLAYED,),
    405: ("Allow",),
    409: ("Retry-After", REPLAYED),
    412: (REPLAYED,),
    415: (REPLAYED,),
    422: (REPLAYED,),
    429: ("Retry-After", "X-RateLimit-Remaining"),
    503: ("Retry-After",),
}
_COMMON = (400, 401, 403, 404, 413, 429, 500, 503)
_WITH_BODY = (408, 409, 415, 422)
_CONDITIONAL = (412,)


def envelope_schemas() -> JsonObject:
    """Failure, pagination and the summary of a stock load."""
    return {
        "Failure": _failure(),
        "Detail": _detail(),
        "Pagination": _pagination(),
        "InventorySummary": _summary(),
    }


def failure_responses() -> JsonObject:
    """One response per status."""
    return {str(status): _failure_response(status) for status in _MEANING}


def responses_of(resource: Resource, action: Action) -> JsonObject:
    """What an operation answers, by status."""
    statuses = [
        *_COMMON,
        *(_WITH_BODY if action in (Action.CREATE, Action.UPDATE, Action.DELETE) else (409,)),
        *(_CONDITIONAL if action in (Action.UPDATE, Action.DELETE) else ()),
    ]
    failures: JsonObject = {
        str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)
    }
    return {**_with_links(_successes(resource, action), links_of(resource, action)), **failures}


def _with_links(responses: dict[str, JsonObject], links: JsonObject) -> JsonObject:
    return {
        status: {**response, "links": links} if links else response for status, response in responses.items()
    }


def _successes(resource: Resource, action: Action) -> dict[str, JsonObject]:
    record = reference(name_of(resource))
    several: JsonObject = {"type": "array", "items": record}
    one_or_several: JsonObject = {"oneOf": [record, several]}
    match resource, action:
        case Resource.INVENTORY, Action.CREATE:
            return {"200": _written("What became of the rows.", reference("InventorySummary"))}
        case Resource.INVENTORY, Action.READ:
            return {
                "200": _success(
                    "Every row, or a page of them where `limit` or `cursor` is sent.", several, paged=True
                )
            }
        case _, Action.LIST:
            return {"200": _success("A page, newest first.", several, paged=True, always=True)}
        case _, Action.CREATE:
            updated = "Nothing was created: records were updated, or the mapping left out all of them."
            return {"201": _written("Created.", one_or_several), "200": _written(updated, one_or_several)}
        case _, Action.READ:
            return {"200": _tagged(_success("The record.", record))}
        case _:
            return {"200": _written("The record.", record)}


def _written(description: str, data: JsonObject) -> JsonObject:
    """A response that may hold a single record, and may have been given before."""
    told: JsonObject = {"X-Request-ID": _REQUEST_ID, "ETag": _ETAG, REPLAYED: _REPLAYED}
    return {**_success(description, data), "headers": told}


def _success(description: str, data: JsonObject, *, paged: bool = False, always: bool = False) -> JsonObject:
    properties: JsonObject = {"success": {"const": True}, "data": data}
    required: list[Json] = ["success", "data"]
    if paged:
        properties["pagination"] = reference("Pagination")
    if always:
        required.append("pagination")
    schema: JsonObject = {"type": "object", "properties": properties, "required": required}
    return _response(description, schema)


def _tagged(response: JsonObject) -> JsonObject:
    """A response that may hold a single record."""
    return {**response, "headers": {"X-Request-ID": _REQUEST_ID, "ETag": _ETAG}}


def _response(description: str, schema: JsonObject, headers: tuple[str, ...] = ()) -> JsonObject:
    told: JsonObject = {"X-Request-ID": _REQUEST_ID}
    told |= {name: _REPLAYED if name == REPLAYED else {"schema": _TEXT} for name in headers}
    return {"description": description, "headers": told, "content": {"application/json": {"schema": schema}}}


def _failure_response(status: int) -> JsonObject:
    codes: list[Json] = [code for code, its_status in STATUS_OF.items() if its_status == status]
    narrowed: JsonObject = {"properties": {"error": {"properties": {"code": {"enum": codes}}}}}
    schema: JsonObject = {"allOf": [reference("Failure"), narrowed]}
    return _response(_MEANING[status], schema, _WITH_HEADERS.get(status, ()))


def _failure() -> JsonObject:
    error: JsonObject = {
        "code": {"type": "string", "description": "What went wrong, for programs; codes may be added."},
        "message": {"type": "string", "description": "What went wrong, for people."},
        "details": {"type": "array", "maxItems": 100, "items": reference("Detail")},
        "request_id": _TEXT,
    }
    properties: JsonObject = {
        "success": {"const": False},
        "error": {"type": "object", "properties": error, "required": list(error)},
        "detail": {"type": "string", "description": "With 401 and 403: the message once more."},
    }
    detail: JsonObject = {
        "field": "items[0].quantity",
        "code": "OUT_OF_RANGE",
        "message": "must be at least 1",
    }
    example: JsonObject = {
        "code": "VALIDATION_ERROR",
        "message": "items[0].quantity: must be at least 1",
        "details": [detail],
        "request_id": "0198d1f0-5c1e-7a53-9c2b-6f0d3a8e4b72",
    }
    return {
        "type": "object",
        "properties": properties,
        "required": ["success", "error"],
        "examples": [{"success": False, "error": example}],
    }


def _detail() -> JsonObject:
    properties: JsonObject = {
        "field": {"type": "string", "description": "The place in what you sent; empty for the whole body."},
        "code": {"type": "string", "description": "MISSING, WRONG_TYPE, OUT_OF_RANGE …"},
        "message": _TEXT,
        "pointer": {"type": "string", "description": "The same place as a JSON Pointer (RFC 6901)."},
        "record": {"type": "integer", "minimum": 0, "description": "Which record, where several were sent."},
    }
    return {"type": "object", "properties": properties, "required": ["field", "code", "message"]}


def _pagination() -> JsonObject:
    properties: JsonObject = {
        "limit": {"type": "integer", "minimum": 1, "maximum": 200},
        "next_cursor": {
            "type": ["string", "null"],
            "description": "`cursor` of the next page; null at the end.",
        },
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "examples": [{"limit": 50, "next_cursor": None}],
    }


def _summary() -> JsonObject:
    row: JsonObject = {
        "row": {**_COUNT, "description": "The row's place in the load, from 0."},
        "location_id": {"description": "The row's location code, as sent."},
        "product_id": {"description": "The row's SKU, as sent."},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
    }
    properties: JsonObject = {
        "total": _COUNT,
        "created": _COUNT,
        "updated": _COUNT,
        "failed": _COUNT,
        "errors": {"type": "array", "items": {"type": "object", "properties": row}},
    }
    failed: JsonObject = {
        "row": 2,
        "location_id": "X",
        "product_id": "TENT-2P",
        "errors": {"location_id": ["Location not found"]},
    }
    example: JsonObject = {"total": 3, "created": 2, "updated": 0, "failed": 1, "errors": [failed]}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "examples": [example],
    }
