"""The endpoints of the API: each builds a call, makes one exchange, answers."""

from collections.abc import Mapping
from itertools import groupby

from litestar.exceptions import MethodNotAllowedException
from litestar.handlers import ASGIRouteHandler, asgi
from litestar.types import Receive, Scope, Send

from adapters.http.api.calls import read_call, receive_call
from adapters.http.api.operations import OPERATIONS, Operation
from adapters.http.body_room import BodyRoom
from adapters.http.context import context_of
from adapters.http.exchange import Exchange
from adapters.http.in_flight import InFlight
from adapters.http.reply import NO_STORE, Reply
from core.entities.resource import Action


def api_endpoints(exchange: Exchange, in_flight: InFlight, room: BodyRoom) -> list[ASGIRouteHandler]:
    """An endpoint for every path."""
    return [
        _endpoint(
            path, {method: one for one in operations for method in one.methods}, exchange, in_flight, room
        )
        for path, operations in groupby(OPERATIONS, key=lambda operation: operation.path)
    ]


def _endpoint(
    path: str,
    operations: Mapping[str, Operation],
    exchange: Exchange,
    in_flight: InFlight,
    room: BodyRoom,
) -> ASGIRouteHandler:
    methods = ", ".join(sorted(operations))
    options = Reply(204, ((b"allow", methods.encode()), NO_STORE))

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        context = context_of(scope)
        operation = operations.get(context.method)
        if operation is None:
            raise MethodNotAllowedException(headers={"allow": methods})
        received = await receive_call(operation, scope, receive, context, room)
        try:
            async with in_flight.place(context.secret):
                call = await read_call(operation, scope, received, context)
                reply = await exchange(call, context)
        finally:
            room.give_back(received.room)
        if operation.action is Action.OPTIONS and reply.status == 200:
            reply = options
        await reply(scope, receive, send)

    return asgi(path, copy_scope=False)(answer)
