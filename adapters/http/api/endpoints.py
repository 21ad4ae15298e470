"""The endpoints of the API: each builds a call, makes one exchange, answers."""

from collections.abc import Mapping
from itertools import groupby

import attrs
from litestar.types import ASGIApp, Receive, Scope, Send

from adapters.http.api.calls import read_call
from adapters.http.api.operations import OPERATIONS, Operation
from adapters.http.body import read_body, receive_body, unread_body
from adapters.http.body_room import BodyRoom
from adapters.http.context import RequestContext, context_of
from adapters.http.exchange import Exchanging
from adapters.http.failures import Failures, no_such_method
from adapters.http.in_flight import InFlight
from adapters.http.reply import NO_STORE, Reply
from core.entities.resource import Action


def api_endpoints(
    exchange: Exchanging, in_flight: InFlight, room: BodyRoom, failures: Failures
) -> dict[str, ASGIApp]:
    """An endpoint for every path."""
    return {
        path: Endpoint(
            {method: one for one in operations for method in one.methods}, exchange, in_flight, room, failures
        )
        for path, operations in groupby(OPERATIONS, key=lambda operation: operation.path)
    }


@attrs.frozen
class Endpoint:
    """One path (an ASGI application), with the operation behind each method."""

    operations: Mapping[str, Operation]
    exchange: Exchanging
    in_flight: InFlight
    room: BodyRoom
    failures: Failures
    _allow: tuple[bytes, bytes] = attrs.field(init=False)

    @_allow.default
    def _read_methods(self) -> tuple[bytes, bytes]:
        return b"allow", ", ".join(sorted(self.operations)).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever goes wrong."""
        context = context_of(scope)
        operation = self.operations.get(context.method)
        try:
            if operation is None:
                reply = self.failures.reply(no_such_method(context), context, (self._allow,))
            else:
                reply = await self._carry_out(operation, scope, receive, context)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client is told and the log has it
            reply = self.failures.reply(error, context)
        await reply(scope, receive, send)

    async def _carry_out(
        self, operation: Operation, scope: Scope, receive: Receive, context: RequestContext
    ) -> Reply:
        is_wanted = operation.has_body and context.secret is not None
        received = (
            await receive_body(scope, receive, self.room) if is_wanted else unread_body(context.headers)
        )
        try:
            async with self.in_flight.place(context.secret):
                body = received if received.raw is None else await read_body(received.raw, context.headers)
                answered = await self.exchange(read_call(operation, scope, body, context))
        finally:
            self.room.give_back(received.room)
        context.learn(answered)
        if operation.action is Action.OPTIONS and answered.reply.status == 200:
            return Reply(204, (self._allow, NO_STORE))
        return answered.reply
