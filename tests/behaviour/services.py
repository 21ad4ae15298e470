"""What steps speak to: the product on one storage, its callers, and what came of the last call."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Concatenate, ParamSpec, TypeVar

import attrs

from adapters.http.exchange import Exchange
from adapters.http.if_match import read_if_match
from adapters.http.reply import Reply
from core.entities.json import Json, JsonObject
from core.entities.resource import Action, Resource
from core.errors import Refusal
from core.mapping.model import MappingRefused
from core.ports.template_catalog import TemplateCatalog
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.call import NO_BODY, Call, NoBody
from tests.behaviour.callers import Callers
from tests.behaviour.stock import Stock
from tests.support.clock import SettableClock

P = ParamSpec("P")
T = TypeVar("T")
_METHODS = {
    Action.CREATE: "POST",
    Action.UPDATE: "PATCH",
    Action.DELETE: "DELETE",
}
REFUSED_CALL = "the call was refused: "


@attrs.define
class Services:
    """One product, from outside: partners call it, operators work on it."""

    transactions: Transactions
    exchange: Exchange
    templates: TemplateCatalog
    clock: SettableClock
    callers: Callers
    stock: Stock
    loop: asyncio.Runner
    alerts: list[str]
    settings: dict[Resource, Mapping[str, str]] = attrs.field(factory=dict, init=False)
    seen: list[str] = attrs.field(factory=list, init=False)
    shown: Json = attrs.field(default=None, init=False)
    strict: bool = attrs.field(default=False, init=False)
    known: bytes | None = attrs.field(default=None, init=False)
    idempotency_key: str | None = attrs.field(default=None, init=False)
    firsts: dict[str, Reply] = attrs.field(factory=dict, init=False)
    call: Call | None = attrs.field(default=None, init=False)
    reply: Reply | None = attrs.field(default=None, init=False)
    refusal: Refusal | MappingRefused | None = attrs.field(default=None, init=False)

    def send(
        self,
        caller: str,
        resource: Resource,
        action: Action,
        identifier: str | None = None,
        *,
        document: Json | NoBody = NO_BODY,
        query: Mapping[str, str] | None = None,
        replace: bool = False,
        if_match: bytes | None = None,
    ) -> None:
        """Make a call and keep what is answered."""
        condition, _ = read_if_match([(b"if-match", if_match)]) if if_match is not None else (None, None)
        raw = None if isinstance(document, NoBody) else json.dumps(document).encode()
        self.carry_out(
            Call(
                resource=resource,
                action=action,
                request_id=f"request-{self.clock.now():%d%H%M%S}",
                received_at=self.clock.now(),
                method="PUT" if replace else _METHODS.get(action, "GET"),
                path=f"/{resource}/{identifier or ''}",
                secret=self.callers.secret_of(caller),
                identifier=identifier,
                query=query or {},
                document=document,
                raw=raw,
                replace=replace,
                strict=self.strict,
                condition=condition,
                idempotency_key=self.idempotency_key,
            )
        )

    def carry_out(self, call: Call) -> None:
        """Give a call to the product as it is."""
        self.call, self.reply = call, self.loop.run(self.exchange(call)).reply
        if call.idempotency_key is not None:
            self.firsts.setdefault(call.idempotency_key, self.reply)

    def operate(
        self,
        use_case: Callable[Concatenate[UnitOfWork, P], T],
        *arguments: P.args,
        **options: P.kwargs,
    ) -> T | None:
        """Do what an operator does; keep the refusal if it is refused."""
        self.refusal = None
        try:
            return self.transactions.run(lambda work: use_case(work, *arguments, **options))
        except (Refusal, MappingRefused) as refusal:
            self.refusal = refusal
            return None

    def operated(self) -> None:
        """What the operator did was not refused."""
        assert self.refusal is None, str(self.refusal)

    def look(self, reading: Callable[[UnitOfWork], T]) -> T:
        """What the storage holds."""
        return self.transactions.read(reading)

    def answered(self) -> JsonObject:
        """The body of the last answer."""
        assert self.reply is not None, "nothing was called"
        body: JsonObject = json.loads(self.reply.body)
        return body

    def succeeded(self) -> JsonObject:
        """The body of the last answer, which is a success."""
        body = self.answered()
        assert body["success"], f"{REFUSED_CALL}{body}"
        return body

    def data(self) -> Json:
        """The record or records of the last answer."""
        return self.succeeded()["data"]

    def tag(self) -> bytes | None:
        """What names the record of the last answer as it is."""
        assert self.reply is not None, "nothing was called"
        return dict(self.reply.headers).get(b"etag")

    def error(self) -> JsonObject:
        """The refusal in the last answer."""
        body = self.answered()
        assert not body["success"], f"the call succeeded: {body}"
        error = body["error"]
        assert isinstance(error, dict)
        return error
