import pytest

from tests.bench.bodies import comparable
from tests.bench.load import Measured
from tests.bench.report import Row, Side, Table, markdown, tables
from tests.bench.scenarios import BARE, DRF, FASTAPI, OURS, POSTGRESQL, SCENARIOS, SQLITE, Effort

READ, CREATE, LIST = SCENARIOS
EFFORT = Effort(rounds=3, seconds=1.0, connections=16, baselines=True)


def side(per_second: int, *, p99: float = 5.0, cpu_seconds: float = 0.5) -> Side:
    """One second of measuring."""
    measured = Measured(per_second, 1.0, {"200": per_second}, p50=2.0, p99=p99, slowest=9.0)
    return Side(measured, cpu_seconds)


def sides(ours: int, bare: int, fastapi: int, drf: int, *, p99: float = 5.0) -> dict[str, Side]:
    """One round."""
    return {OURS: side(ours, p99=p99), BARE: side(bare), FASTAPI: side(fastapi), DRF: side(drf)}


def test_a_ratio_is_the_median_of_the_rounds_own() -> None:
    rounds = [sides(4000, 10_000, 500, 400), sides(1000, 2000, 100, 100), sides(3000, 10_000, 500, 300)]

    row = Row.of(READ, SQLITE, rounds)

    assert row.of_bare == pytest.approx(0.4)
    assert row.baselines[FASTAPI].ours == pytest.approx(8.0)
    assert row.baselines[DRF].ours == pytest.approx(10.0)
    assert row.ours.per_second == 3000
    assert row.bare.per_second == 10_000


def test_processor_time_is_told_per_request() -> None:
    row = Row.of(READ, SQLITE, [{OURS: side(2000, cpu_seconds=0.5), BARE: side(5000, cpu_seconds=1.0)}])

    assert row.ours.cpu == pytest.approx(250.0)
    assert row.bare.cpu == pytest.approx(200.0)


@pytest.mark.parametrize(
    ("name", "missed"),
    [
        ("all reached", None),
        ("too far from the bare route", "0.39 of the bare route (≥ 0.40)"),
        ("too slow at worst", "p99 10.5 ms (≤ 10 ms)"),
        ("too near to a baseline", "5.9 times DRF (≥ 6)"),
    ],
)
def test_each_target_is_judged_by_itself(name: str, missed: str | None) -> None:
    rounds = {
        "all reached": sides(4000, 10_000, 500, 500),
        "too far from the bare route": sides(3900, 10_000, 500, 500),
        "too slow at worst": sides(4000, 10_000, 500, 500, p99=10.5),
        "too near to a baseline": sides(4000, 10_000, 500, 680),
    }

    judgements = dict(Row.of(CREATE, SQLITE, [rounds[name]]).judgements())

    assert len(judgements) == 4
    assert [sentence for sentence, reached in judgements.items() if not reached] == (
        [missed] if missed else []
    )


def test_on_postgresql_only_the_baselines_are_a_measure() -> None:
    row = Row.of(READ, POSTGRESQL, [sides(900, 10_000, 300, 301, p99=50.0)])

    assert [reached for _, reached in row.judgements()] == [True, False]


def test_a_list_has_no_target() -> None:
    assert list(Row.of(LIST, SQLITE, [sides(1, 1000, 1000, 1000)]).judgements()) == []


def test_an_answer_without_a_log_row_fails_the_run() -> None:
    rows = [Row.of(READ, SQLITE, [sides(4000, 10_000, 500, 500)])]

    assert Table(SQLITE, "durable", rows, 30_000.0, {OURS: 0}).reached
    assert not Table(SQLITE, "durable", rows, 30_000.0, {OURS: 0, DRF: 1}).reached


def test_the_page_tells_what_was_not_reached() -> None:
    rows = [Row.of(READ, SQLITE, [sides(4000, 10_000, 1000, 500)])]

    page = markdown([Table(SQLITE, "durable", rows, 30_000.0, {OURS: 0})], "a machine", EFFORT)

    assert "| read an order | FastAPI | 1,000 | 2.0 | 5.0 | 500 | 4.0 | ≥ 6 | 4.0 |" in page
    assert "- read an order: 4.0 times FastAPI (≥ 6): **not reached**" in page
    assert "- read an order: 8.0 times DRF (≥ 6): reached" in page


def test_without_baselines_there_is_no_table_of_them() -> None:
    row = Row.of(READ, SQLITE, [{OURS: side(4000), BARE: side(10_000)}])

    assert "baseline" not in tables([Table(SQLITE, "durable", [row], 30_000.0, {OURS: 0})])


def test_answers_are_compared_but_for_what_a_server_gives_out_itself() -> None:
    ours = {"data": [{"id": "a", "quantity": 2}], "pagination": {"next_cursor": "x"}}

    assert comparable(ours) == comparable(
        {"data": [{"id": "b", "quantity": 2}], "pagination": {"next_cursor": "y"}}
    )
    assert comparable(ours) != comparable(
        {"data": [{"id": "b", "quantity": 3}], "pagination": {"next_cursor": "y"}}
    )
    assert comparable(ours) != comparable(
        {"data": [{"id": "b", "quantity": 2}], "pagination": {"next_cursor": None}}
    )
