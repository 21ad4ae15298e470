import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import structlog

from adapters.catalog.templates import FileTemplates
from adapters.http.exchange import Exchange
from adapters.persistence.storage import open_storage
from core.entities.cursor import CursorSigner
from core.entities.json import Json
from core.entities.resource import Action, Resource
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.call import NO_BODY, Call, NoBody
from core.use_cases.integration_call import IntegrationCalls
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.partners import CreatePartner, create_partner
from tests.support.clock import START, SettableClock
from tests.support.ids import CountingIds
from tests.support.proxy import Proxy
from tests.support.records import a_product, keep

Ask = Callable[..., int]


@pytest.fixture(params=["pass-through", "partner"])
def caller(request: pytest.FixtureRequest) -> str:
    """Who calls: neither needs more than the other."""
    name: str = request.param
    return name


@pytest.fixture
def storage(
    url_through: Callable[[str], str], clock: SettableClock, ids: CountingIds
) -> Iterator[Transactions]:
    with closing(open_storage(url_through("connections=1"), clock, ids)) as storage:
        yield storage


@pytest.fixture
def ask(storage: Transactions, proxy: Proxy, caller: str) -> Ask:
    """Make a call and tell how many round trips to the database it took."""
    keep(storage, *map(a_product, ("A", "B", "C")))
    secret = storage.run(lambda work: _a_key(work, caller))
    exchange = Exchange(storage, IntegrationCalls(CursorSigner(b"s" * 32)), structlog.get_logger())

    def ask(action: Action, identifier: str | None = None, document: Json | NoBody = NO_BODY) -> int:
        call = Call(Resource.ORDERS, action, "r", START, "", "/", secret, identifier, document=document)
        before = proxy.round_trips
        reply = asyncio.run(answered(call))
        assert reply in (200, 201, 400)
        return proxy.round_trips - before

    async def answered(call: Call) -> int:
        return (await exchange(call)).reply.status

    return ask


def _a_key(work: UnitOfWork, caller: str) -> str:
    if caller == "partner":
        create_partner(work, FileTemplates(None), CreatePartner("acme"))
    return create_key(work, CreateKey("till", partner="acme" if caller == "partner" else None)).secret


def an_order(number: str, sku: str = "C") -> Json:
    skus = ("A", "B", sku)
    return {"order_number": number, "items": [{"sku_code": each, "quantity": 1} for each in skus]}


def test_a_call_takes_few_round_trips(ask: Ask) -> None:
    for number in ("PO-1", "PO-2"):  # statements are prepared, mappings compiled
        ask(Action.CREATE, document=an_order(number))
        ask(Action.READ, number)

    taken = {
        "read": ask(Action.READ, "PO-1"),
        "list": ask(Action.LIST),
        "create": ask(Action.CREATE, document=an_order("PO-3")),
        "refuse": ask(Action.CREATE, document=an_order("PO-4", sku="UNKNOWN")),
        "refuse a repeated one": ask(Action.CREATE, document=an_order("PO-1")),
    }

    assert taken == {"read": 3, "list": 3, "create": 4, "refuse": 4, "refuse a repeated one": 5}
