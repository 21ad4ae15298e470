"""Where an answer leads: from a new record to what can be done with it, from a page to the next."""

from adapters.http.api.operations import OPERATIONS, Operation
from core.entities.json import JsonObject
from core.entities.resource import DESCRIPTIONS, Action, Resource


def operation_id(operation: Operation) -> str:
    """An operation's name in the document."""
    record = "_record" if operation.on_record else ""
    return f"{operation.methods[0].lower()}_{operation.resource}{record}"


def links_of(resource: Resource, action: Action) -> JsonObject:
    """The links of an operation's success, by name; a key without a partner can follow them."""
    if action is Action.LIST:
        return {"next": _link(f"get_{resource}", "cursor", "pagination/next_cursor")}
    if action is Action.CREATE and resource is not Resource.INVENTORY:
        field = f"data/{DESCRIPTIONS[resource].identifier}"
        return {
            one.methods[0].lower(): _link(operation_id(one), "identifier", field)
            for one in OPERATIONS
            if one.resource is resource and one.on_record and one.action is not Action.OPTIONS
        }
    return {}


def _link(operation: str, parameter: str, place: str) -> JsonObject:
    return {"operationId": operation, "parameters": {parameter: f"$response.body#/{place}"}}
