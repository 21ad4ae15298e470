"""The history checker finds what it is there to find."""

from datetime import UTC, datetime

import attrs
import pytest

from core.entities.integration_log import LogEntry, LogStatus
from core.entities.order import Order, OrderItem
from tests.soak.history import Sent
from tests.soak.judge import Stored, judge

NOW = datetime(2026, 11, 24, tzinfo=UTC)
BODY = b'{"success":true,"data":{"id":"1"}}'


def sent(**changes: object) -> Sent:
    return attrs.evolve(Sent("order", "w-0", ("w-1",), lines=2, status=201, body=BODY), **changes)


def entry(**changes: object) -> LogEntry:
    made = LogEntry(
        id="e", received_at=NOW, request_id="w-0", partner=None, api_key="k", action="order/create",
        identifier=None, method="POST", path="/", response_status=201, status=LogStatus.SUCCESS,
        error_message=None, duration_ms=1.0, response_body=BODY,
    )  # fmt: skip
    return attrs.evolve(made, **changes)


def order(lines: int = 2, **changes: object) -> Order:
    items = [OrderItem(str(line), "SKU", 1) for line in range(lines)]
    return attrs.evolve(Order("1", None, "w-1", NOW, NOW, items=items), **changes)


def stored(
    entries: list[LogEntry],
    orders: list[Order],
    stock: dict[str, int] | None = None,
    repeated: tuple[str, ...] = (),
) -> Stored:
    return Stored(
        entries={one.request_id: one for one in entries},
        repeated=repeated,
        orders={one.order_number: one for one in orders},
        stock=stock or {},
    )


def test_what_was_promised_and_kept_is_no_fault() -> None:
    assert judge([sent()], stored([entry()], [order()])) == []


@pytest.mark.parametrize("there", [True, False])
def test_what_was_not_answered_may_be_there_whole_or_not_at_all(there: bool) -> None:
    history = [sent(status=None, body=None)]

    assert judge(history, stored([entry()] if there else [], [order()] if there else [])) == []


@pytest.mark.parametrize(
    ("history", "found", "told"),
    [
        (sent(), stored([], [order()]), "is not in the log"),
        (sent(), stored([entry()], []), "is lost"),
        (sent(), stored([entry()], [order(lines=1)]), "has 1 of 2 lines"),
        (sent(), stored([entry()], [order(id="2")]), "is not the one that was acknowledged"),
        (sent(), stored([entry(response_body=b"{}")], [order()]), "answered otherwise"),
        (sent(), stored([entry(status=LogStatus.ERROR)], [order()]), "tells no success"),
        (sent(status=None, body=None), stored([], [order()]), "is there, its entry says None"),
        (sent(status=None, body=None), stored([entry()], []), "is lost, its entry says success"),
        (sent(kind="batch", numbers=("w-1", "w-2")), stored([entry()], [order()]), "order w-2 is lost"),
        (
            sent(kind="refused", status=400),
            stored([entry(response_status=400, status=LogStatus.SERVICE_ERROR)], [order()]),
            "is there",
        ),
        (sent(), stored([entry()], [order()], repeated=("w-0",)), "several entries"),
    ],
)
def test_a_broken_promise_is_told(history: Sent, found: Stored, told: str) -> None:
    assert any(told in fault for fault in judge([history], found))


def test_a_value_never_falls_behind_the_last_acknowledged() -> None:
    history = [
        Sent("stock", "w-0", revision=1, status=200, body=BODY),
        Sent("stock", "w-1", revision=2, status=200, body=BODY),
        Sent("stock", "w-2", revision=3),
    ]
    entries = [entry(request_id=one.request_id, response_status=200) for one in history]

    assert judge(history, stored(entries, [], {"w": 2})) == []
    assert judge(history, stored(entries, [], {"w": 3})) == []
    assert judge(history, stored(entries, [], {"w": 1})) == ["stock of w is 1, acknowledged was 2"]
    assert judge(history, stored(entries, [])) == ["stock of w is None, acknowledged was 2"]
