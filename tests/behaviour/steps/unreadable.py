"""Calls with what cannot be read, or not in one way only."""

from pytest_bdd import given, when

from adapters.http.strict_json import read_strictly
from core.entities.json import Json
from core.entities.resource import Action, Resource
from core.errors import Refusal, RequestTimeout, ValidationFailed
from core.use_cases.call import NO_BODY, Call, NoBody
from tests.behaviour.phrases import KINDS, Kind, Phrase
from tests.behaviour.services import Services

_LINES = b'"items": [{"sku_code": "TENT", "quantity": 2}]'
FLAWS = {
    "a field that is named twice": b'{"order_number": "PO-1", "order_number": "PO-2", %b}' % _LINES,
    "a number that is none": b'{"order_number": "PO-1", "metadata": {"rate": NaN}, %b}' % _LINES,
    "a text with a zero byte": b'{"order_number": "PO-1\\u0000", %b}' % _LINES,
    "half a surrogate": b'{"order_number": "PO-1\\ud800", %b}' % _LINES,
    "text that is not UTF-8": b'{"order_number": "PO-\xe4", %b}' % _LINES,
    "a number beyond 64 bits": b'{"order_number": "PO-1", "metadata": {"id": 9223372036854775808}, %b}'
    % _LINES,
    "a number beyond all bounds": b'{"order_number": "PO-1", "metadata": {"rate": 1e999}, %b}' % _LINES,
    "65 levels": b'{"order_number": "PO-1", "metadata": %b, %b}' % (b'{"a":' * 64 + b"1" + b"}" * 64, _LINES),
    "something after its end": b'{"order_number": "PO-1", %b} {}' % _LINES,
    "a byte-order mark": b'\xef\xbb\xbf{"order_number": "PO-1", %b}' % _LINES,
}
KINDS["flaw"] = Kind("|".join(FLAWS), str)


@when(Phrase("{who:caller} sends an order with {flaw:flaw} in it"))
def send_flawed(services: Services, who: str, flaw: str) -> None:
    send_raw(services, who, FLAWS[flaw])


@when(Phrase("{who:caller} sends an order that is no document"))
@given(Phrase("{who:caller} has tried to send an order that is no document"))
def send_half(services: Services, who: str) -> None:
    send_raw(services, who, b'{"order_number": "PO-1", ')


@when(Phrase("{who:caller} sends an order that is a list"))
def send_list(services: Services, who: str) -> None:
    send_raw(services, who, b'[{"order_number": "PO-1", %b}]' % _LINES)


@when(Phrase("{who:caller} sends an order without a document"))
def send_nothing(services: Services, who: str) -> None:
    services.send(who, Resource.ORDERS, Action.CREATE)


@when(Phrase("{who:caller} sends an order that does not arrive in time"))
def send_too_slowly(services: Services, who: str) -> None:
    send_unread(services, who, None, RequestTimeout("the body did not arrive in time"))


def send_raw(services: Services, who: str, raw: bytes) -> None:
    """Send bytes; what is wrong with them travels with the call."""
    document, refusal = NO_BODY, None
    try:
        document = services.loop.run(read_strictly(raw))
    except ValidationFailed as found:
        refusal = found
    send_unread(services, who, raw, refusal, document)


def send_unread(
    services: Services,
    who: str,
    raw: bytes | None,
    refusal: Refusal | None,
    document: Json | NoBody = NO_BODY,
) -> None:
    """Send bytes and what was found out about them."""
    services.carry_out(
        Call(
            resource=Resource.ORDERS,
            action=Action.CREATE,
            request_id="request-raw",
            received_at=services.clock.now(),
            method="POST",
            path="/orders/",
            secret=services.callers.secret_of(who),
            document=document,
            raw=raw,
            refusal=refusal,
            idempotency_key=services.idempotency_key,
        )
    )
