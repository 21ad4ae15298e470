"""What schemathesis must know of this API that an OpenAPI document cannot say; no check is left out.

Loaded by schemathesis (SCHEMATHESIS_HOOKS). What the contract wants and a check takes for a failure is
accepted for one reason each, and counted.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.openapi.checks import (
    JsonSchemaError,
    MissingHeaderNotRejected,
    RejectedPositiveData,
    UseAfterFree,
)

from adapters.http.idempotency import NAME
from core.entities.resource import DESCRIPTIONS, Resource
from tests.fuzz.stage import LASTING_SKU

ACCEPTED_FILE: Final = "FUZZ_ACCEPTED"
PARTNER: Final = "FUZZ_PARTNER"
_STATE: Final = {"NOT_UNIQUE", "NOT_FOUND", "FIXED", "NULL_NOT_ALLOWED"}
_OWN_NUMBERS: Final = ("order_number", "external_order_id", "sku", "code")
_numbers = count()
_accepted: Counter[str] = Counter()
_identifier_of: dict[str, str] = {}


def _error(response: Response) -> Mapping[str, Any]:
    error: Mapping[str, Any] = response.json().get("error", {})
    return error


def _codes(response: Response) -> set[str]:
    return {detail["code"] for detail in _error(response).get("details", [])}


def _breaks_a_rule(case: Case, response: Response) -> bool:
    return _error(response).get("code") == "SERVICE_ERROR"


def _meets_what_is_stored(case: Case, response: Response) -> bool:
    return response.status_code == 400 and bool(_codes(response)) and _codes(response) <= _STATE


def _wants_strict_handling(case: Case, response: Response) -> bool:
    return "Prefer" in case.headers and _codes(response) == {"UNKNOWN_FIELD"}


def _made_a_cursor_up(case: Case, response: Response) -> bool:
    return [detail["field"] for detail in _error(response).get("details", [])] == ["cursor"]


def _knows_another_state(case: Case, response: Response) -> bool:
    return response.status_code == 412 and "If-Match" in case.headers


def _sent_no_entity_tag(case: Case, response: Response) -> bool:
    """schemathesis takes a number that became text for a text, whatever the pattern says."""
    fields = [detail["field"] for detail in _error(response).get("details", [])]
    return fields == ["If-Match"] and '"' not in str(case.headers["If-Match"])


def _used_an_idempotency_key_again(case: Case, response: Response) -> bool:
    return _error(response).get("code") == "IDEMPOTENCY_KEY_REUSED"


def _speaks_our_language(case: Case, response: Response) -> bool:
    return PARTNER in os.environ and response.status_code in (400, 422)


def _is_answered_in_the_partner_s(case: Case, response: Response) -> bool:
    return PARTNER in os.environ and response.status_code < 300


def _failed_in_its_row(case: Case, response: Response) -> bool:
    summary = response.json().get("data")
    return isinstance(summary, dict) and bool(summary.get("failed"))


def _is_soft(case: Case, response: Response) -> bool:
    record = response.json().get("data")
    return isinstance(record, dict) and (
        record.get("status") == "cancelled" or record.get("is_active") is False
    )


def _sent_the_key_after_all(case: Case, response: Response) -> bool:
    return bool(response.request.headers.get("X-API-Key"))


Reason = Callable[[Case, Response], bool]
REASONS: Final[dict[type[Failure], dict[str, Reason]]] = {
    RejectedPositiveData: {
        "a business rule is 400 SERVICE_ERROR, and no schema knows what is stored": _breaks_a_rule,
        "a number that is taken is 400, and so is changing what is fixed": _meets_what_is_stored,
        "Prefer: handling=strict refuses members that the schema allows": _wants_strict_handling,
        "a cursor is signed, whatever fits its schema": _made_a_cursor_up,
        "a made-up ETag is of no state that the record is in": _knows_another_state,
        "what is no entity tag is refused, as its pattern says": _sent_no_entity_tag,
        "an Idempotency-Key is for one request only": _used_an_idempotency_key_again,
        "a partner sends its own schema, which the document does not show": _speaks_our_language,
    },
    AcceptedNegativeData: {
        "a row of stock that is wrong fails by itself, inside a 200": _failed_in_its_row,
        "a condition is judged before the body (RFC 9110, 13.2.1)": _knows_another_state,
        "a partner's mapping reads other members than the document shows": _is_answered_in_the_partner_s,
    },
    MissingHeaderNotRejected: {
        "the key that is left out is added by --header": _sent_the_key_after_all,
    },
    UseAfterFree: {
        "DELETE cancels or deactivates, and the record is still read": _is_soft,
        "a partner is answered in its own words": _is_answered_in_the_partner_s,
    },
    JsonSchemaError: {
        "a partner is answered in its own words": _is_answered_in_the_partner_s,
    },
}
"""Why a failed check is right nevertheless, by the kind of failure."""


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case, response: Response) -> bool:
    """Keep the failures that no promise of the contract explains."""
    for reason, explains in REASONS.get(type(failure), {}).items():
        if explains(case, response):
            _accepted[reason] += 1
            Path(os.environ[ACCEPTED_FILE]).write_text(json.dumps(_accepted))
            return False
    return True


@schemathesis.hook
def filter_case(context: HookContext, case: Case) -> bool:
    """Follow no link with an empty identifier: without it the path is another one."""
    return "" not in (case.path_parameters or {}).values()


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Remember what identifies a record: schemathesis takes its id for it."""
    if response.status_code == 201 and isinstance(record := response.json()["data"], dict):
        description = DESCRIPTIONS[Resource(case.operation.path.split("/")[4])]
        _identifier_of[str(record.get("id"))] = quote(str(record.get(description.identifier, "")), safe="")


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Address records by their identifiers, number new ones anew, and name a product that there is.

    Half of the idempotency keys are new, too: the others are examples, sent again and again.
    """
    sent = (case.path_parameters or {}).get("identifier")
    if sent in _identifier_of:
        case.path_parameters["identifier"] = _identifier_of[sent]
    key = (case.headers or {}).get(NAME)
    if isinstance(key, str) and key.endswith('"') and len(key) < 240 and next(_numbers) % 2:
        case.headers[NAME] = f'{key[:-1]}-{next(_numbers)}"'
    if isinstance(case.body, dict):
        for name in _OWN_NUMBERS:
            if _is_good(case.body.get(name)):
                case.body[name] += f"-{next(_numbers)}"
        lines = case.body.get("items")
        for line in lines if isinstance(lines, list) else []:
            if isinstance(line, dict) and _is_good(line.get("sku_code")):
                line["sku_code"] = LASTING_SKU


def _is_good(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) < 240 and "\0" not in value
