"""The one way in for partners: a call is judged, step by step, and carried out."""

from contextlib import nullcontext

import attrs

from core.entities.cursor import CursorSigner
from core.entities.partner import Partner
from core.entities.resource import Action, Resource, Verb
from core.errors import InternalError, Refusal, ServiceUnavailable
from core.mapping.paths import show
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.authenticate import admit, find_key
from core.use_cases.call import Answer, Call, Outcome, Trail
from core.use_cases.caller import Caller
from core.use_cases.idempotency import recall
from core.use_cases.inventory_calls import list_rows, load_rows, read_rows
from core.use_cases.record_calls import C, LocationCalls, N, OrderCalls, ProductCalls, R, RecordCalls
from core.use_cases.record_reading import list_records, read_record
from core.use_cases.record_writing import create_records, delete_record, update_record
from core.use_cases.speech import Mappings


@attrs.frozen
class IntegrationCalls:
    """Carries calls out, each within the unit of work it is handed."""

    signer: CursorSigner
    mappings: Mappings = attrs.field(factory=Mappings)
    orders: OrderCalls = attrs.field(factory=OrderCalls)
    products: ProductCalls = attrs.field(factory=ProductCalls)
    locations: LocationCalls = attrs.field(factory=LocationCalls)

    def __call__(self, work: UnitOfWork, call: Call) -> Outcome:
        """Judge key, partner, scope, idempotency key, body, mapping, schema, record and rules, in this order.

        A refusal leaves nothing of the call behind, nor does a fault of ours. Raises ServiceUnavailable.
        """
        trail = Trail()
        try:
            trail.key = find_key(work, call.secret)
            partner = admit(work, trail.key, call.resource, call.action.verb)
            if (kept := recall(work, call, trail)) is not None:
                return Outcome(kept, trail)
            with nullcontext() if call.action.verb is Verb.READ else work.savepoint():
                return Outcome(self._carry_out(work, call, trail, partner), trail)
        except ServiceUnavailable:
            raise
        except Refusal as refusal:
            refusal.message = refusal.message or _sentence(refusal)
            return Outcome(refusal, trail)
        except Exception as fault:  # noqa: BLE001 - the call's savepoint: whatever goes wrong is undone and answered
            return Outcome(InternalError(), trail, fault)

    def _carry_out(self, work: UnitOfWork, call: Call, trail: Trail, partner: Partner | None) -> Answer:
        if call.action is Action.OPTIONS:
            return Answer(None)
        if call.refusal is not None:
            raise call.refusal
        language = self.mappings.language(work, partner, call.resource, trail)
        caller = Caller(work, partner, language, trail, self.signer, self.mappings)
        match call.resource:
            case Resource.ORDERS:
                return _on_records(caller, call, self.orders)
            case Resource.PRODUCTS:
                return _on_records(caller, call, self.products)
            case Resource.LOCATIONS:
                return _on_records(caller, call, self.locations)
            case Resource.INVENTORY:
                return _on_inventory(caller, call)


def _on_records(caller: Caller, call: Call, calls: RecordCalls[R, N, C]) -> Answer:
    match call.action:
        case Action.CREATE:
            return create_records(caller, call, calls)
        case Action.LIST:
            return list_records(caller, call, calls)
        case Action.READ:
            return read_record(caller, call, calls)
        case Action.UPDATE:
            return update_record(caller, call, calls)
        case Action.DELETE:
            return delete_record(caller, call, calls)
        case Action.OPTIONS:
            return Answer(None)


def _on_inventory(caller: Caller, call: Call) -> Answer:
    match call.action:
        case Action.CREATE:
            return load_rows(caller, call)
        case Action.LIST:
            return list_rows(caller, call)
        case _:
            return read_rows(caller, call)


def _sentence(refusal: Refusal) -> str:
    """All problems as one sentence, each with its place."""
    places = [show(one.place) if one.sent_as is None else one.sent_as for one in refusal.problems]
    return "; ".join(
        problem.message if not place or problem.message.startswith(place) else f"{place}: {problem.message}"
        for place, problem in zip(places, refusal.problems, strict=True)
    )
