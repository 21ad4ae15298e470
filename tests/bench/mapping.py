"""`just bench-mapping`: the figures of the mapping engine, in one run; writes docs/bench-mapping.md."""

import argparse
import gc
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs

from adapters.catalog.templates import FileTemplates
from core.entities.resource import Resource
from core.mapping import load
from core.mapping.budget import Budget
from core.mapping.directions import MappingDirection
from core.mapping.document import stored_form
from core.mapping.expand import expand
from core.mapping.generate.function import compiled, source_of
from core.mapping.interpret import Run
from core.mapping.lint import check_rules
from core.mapping.records import find_records
from core.mapping.standing import Standing
from tests.bench import mapping_by_hand as by_hand
from tests.bench.mapping_orders import PLAIN_MAPPING, WRAPPED_MAPPING, plain_order, wrapped_order
from tests.bench.mapping_rivals import rivals

_ROOT = Path(__file__).parents[2]
_PAYLOADS = _ROOT / "tests" / "payloads"
_REPORT = _ROOT / "docs" / "bench-mapping.md"
_BATCH_SECONDS = 0.01
_TEMPLATES = (
    ("shopify", "shopify_order_1"),
    ("acumatica", "acumatica_order_1"),
    ("sap-business-one", "sapb1_order_1"),
)

Task = Callable[[], object]


def seconds(task: Task, loops: int) -> float:
    """Processor time of one call."""
    start = time.process_time()
    for _ in range(loops):
        task()
    return (time.process_time() - start) / loops


def loops_for(task: Task) -> int:
    """How often to run a task in one round, once it is warm."""
    task()
    return max(1, int(_BATCH_SECONDS / max(seconds(task, 3), 1e-7)))


@attrs.define
class Figure:
    """Two ways to do the same; the ratio of theirs to ours, or the other way round if `ours_first`."""

    name: str
    ours: Task
    theirs: Task
    reach: float | None
    at_most: bool
    rounds: list[tuple[float, float]] = attrs.field(factory=list, init=False)
    _loops: tuple[int, int] = attrs.field(default=(1, 1), init=False)

    def take_round(self) -> None:
        """Measure both, one right after the other."""
        loops = self._loops
        self.rounds.append((seconds(self.ours, loops[0]), seconds(self.theirs, loops[1])))

    def calibrate(self) -> None:
        """Find how often to run in one round."""
        self._loops = loops_for(self.ours), loops_for(self.theirs)

    @property
    def ratio(self) -> float:
        """The median of the rounds' own ratios."""
        ratios = [theirs / ours for ours, theirs in self.rounds if ours]
        return 1 / statistics.median(ratios) if self.at_most else statistics.median(ratios)

    @property
    def reached(self) -> bool:
        """Whether it is as fast as it should be."""
        if self.reach is None:
            return True
        return self.ratio <= self.reach if self.at_most else self.ratio >= self.reach

    def cells(self) -> tuple[str, ...]:
        """A row of the table."""
        ours, theirs = (statistics.median(column) * 1e6 for column in zip(*self.rounds, strict=True))
        sign = "≤" if self.at_most else "≥"
        reach = "-" if self.reach is None else f"{sign} {self.reach:.2f}"
        return self.name, f"{ours:.2f}", f"{theirs:.2f}", f"{self.ratio:.2f}", reach


@attrs.define
class Cost:
    """What something costs by itself, in units of its own."""

    name: str
    run: Task
    parts: float
    reach: float | None
    rounds: list[float] = attrs.field(factory=list, init=False)
    _loops: int = attrs.field(default=1, init=False)

    def take_round(self) -> None:
        """Measure it."""
        self.rounds.append(seconds(self.run, self._loops) / self.parts)

    def calibrate(self) -> None:
        """Find how often to run in one round."""
        self._loops = loops_for(self.run)

    @property
    def value(self) -> float:
        """The median round."""
        return statistics.median(self.rounds)

    @property
    def reached(self) -> bool:
        """Whether it costs no more than it should."""
        return self.reach is None or self.value <= self.reach

    def cells(self) -> tuple[str, ...]:
        """A row of the table."""
        reach = "-" if self.reach is None else f"≤ {self.reach:.0f}"
        return self.name, f"{self.value:.1f}", f"{min(self.rounds):.1f}", reach


def generated(direction: MappingDirection, document: Any) -> Task:
    """The generated function on a document."""
    function, budget, record = direction.runner.function, Budget(), Standing(document)

    def run() -> object:
        budget.left = 100_000
        return function(document, record, None, budget, [])

    return run


def against_hand() -> Iterator[Figure]:
    """The generated functions against the same written by hand."""
    plain, wrapped = load(PLAIN_MAPPING), load(WRAPPED_MAPPING)
    for name, mapping, order, hand_in, hand_out in (
        ("small order", plain, plain_order(3), by_hand.plain_in, by_hand.plain_out),
        ("200 lines", plain, plain_order(200), by_hand.plain_in, by_hand.plain_out),
        ("wrapped order", wrapped, wrapped_order(), by_hand.wrapped_in, by_hand.wrapped_out),
    ):
        ours = mapping.inbound(order).value
        check(hand_in(order), ours)
        check(hand_out(ours), mapping.outbound(ours).value)
        yield Figure(
            f"inbound ÷ careful by hand, {name}",
            generated(mapping.inbound, order),
            lambda hand_in=hand_in, order=order: hand_in(order),
            1.10,
            at_most=True,
        )
        yield Figure(
            f"outbound ÷ naive by hand, {name}",
            generated(mapping.outbound, ours),
            lambda hand_out=hand_out, ours=ours: hand_out(ours),
            1.5,
            at_most=True,
        )


def against_rivals() -> Iterator[Figure]:
    """Libraries against the generated function, on the small order."""
    order, mapping = plain_order(3), load(PLAIN_MAPPING)
    ours = mapping.inbound(order).value
    reach = {"jmespath": 9.0, "glom": 90.0, "jsonata-python": None}
    for name, rival in rivals().items():
        check(without_nulls(rival(order)), {key: ours[key] for key in ours if key != "priority"})
        yield Figure(
            f"{name} ÷ inbound, small order",
            generated(mapping.inbound, order),
            lambda rival=rival: rival(order),
            reach[name],
            at_most=False,
        )


def against_interpreter() -> Iterator[Figure]:
    """The interpreter against the whole way of a record, for templates and their sample orders."""
    for system, file in _TEMPLATES:
        mapping = load(FileTemplates().get(system).mappings[Resource.ORDERS])
        payload = json.loads((_PAYLOADS / f"{file}.json").read_text("utf-8"))
        (record,) = find_records(payload, mapping.rules.record).standings
        ours = mapping.inbound(record.value).value
        yield Figure(
            f"interpreter ÷ read, {system}",
            lambda mapping=mapping, payload=payload: mapping.read(payload),
            lambda mapping=mapping, record=record: Run(mapping.inbound.plan).document(record),
            None,
            at_most=False,
        )
        yield Figure(
            f"interpreter ÷ outbound, {system}",
            lambda mapping=mapping, ours=ours: mapping.outbound(ours),
            lambda mapping=mapping, ours=ours: Run(mapping.outbound.plan).document(Standing(ours)),
            None,
            at_most=False,
        )


def costs() -> Iterator[Cost]:
    """Compilation for each rule and direction, and the linter on a large mapping."""
    shopify = FileTemplates().get("shopify").mappings[Resource.ORDERS]
    for name, mapping, reach in (
        ("plain order", load(PLAIN_MAPPING), 50.0),
        ("1000 rules", load(large_mapping()), 50.0),
        ("Shopify orders", load(shopify), None),
    ):
        rules = len(mapping.rules.rules)
        for word, direction in (("in", mapping.inbound), ("out", mapping.outbound)):
            yield Cost(
                f"compile µs per rule, {name}, {word}",
                lambda plan=direction.plan: compiled(source_of(plan)),
                rules * 1e-6,
                reach,
            )
    document = stored_form(large_mapping())
    expanded = expand(document)
    yield Cost("lint ms, 1000 rules", lambda: list(check_rules(document, expanded, None)), 1e-3, 50)


def large_mapping() -> dict[str, Any]:
    """A thousand rules in groups of fifty."""
    return {
        "format": "datamingle.mapping/1",
        "resource": "orders",
        "rules": [
            {
                "partner": f"group{group}[]",
                "internal": f"metadata.part{group}[]",
                "rules": [
                    {"partner": f"their.name{number}", "internal": f"our.name{number}", "type": "string"}
                    for number in range(50)
                ],
            }
            for group in range(20)
        ],
    }


def without_nulls(value: Any) -> Any:
    """The document without members that are null."""
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def check(found: Any, expected: Any) -> None:
    """Only what does the same is compared."""
    if found != expected:
        raise SystemExit(f"not the same: {found} and {expected}")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---", *["--:"] * (len(headings) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """What the figures were measured on."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("jmespath", "glom", "jsonata-python"))
    processor = names[0] if names else platform.machine()
    system = f"{platform.system()} {platform.release()}; Python {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} processors; {system}, {libraries}"


def markdown(figures: Sequence[Figure], prices: Sequence[Cost], rounds: int, note: str) -> str:
    """The whole page."""
    ratios = table(
        ("figure", "ours µs", "other µs", "ratio", "reach"), [figure.cells() for figure in figures]
    )
    alone = table(("figure", "median", "best", "reach"), [price.cells() for price in prices])
    return f"""# Benchmark of the mapping engine

`just bench` and `just bench-mapping` write this page: {rounds} rounds in one run, every figure in each
round, processor time of this process. A ratio is the median of the rounds' own ratios.

{ratios}

{alone}

*By hand* is `tests/bench/mapping_by_hand.py`. Inbound it checks kinds and shapes and passes what no rule
names, as the mapping does; outbound it checks nothing, but what is absent stays away. Both were checked to
give what the engine gives. The libraries get the same order without pass-through and checks. *read* finds the
record, asks its conditions, maps it and keeps what error messages need; the interpreter beside it only maps.

Machine: {machine()}.
{note and f"{chr(10)}{note}{chr(10)}"}"""


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--note", default="", help="what else a reader of this run's figures should know")
    arguments = parser.parse_args()
    rounds = arguments.rounds
    figures = [*against_hand(), *against_rivals(), *against_interpreter()]
    prices = list(costs())
    for measured in (*figures, *prices):
        measured.calibrate()
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for measured in (*figures, *prices):
            measured.take_round()
    page = markdown(figures, prices, rounds, arguments.note)
    print(page)  # noqa: T201 - the table is what the script is for
    _REPORT.parent.mkdir(exist_ok=True)
    _REPORT.write_text(page, "utf-8")
    missed = [measured.name for measured in (*figures, *prices) if not measured.reached]
    print(f"Not reached: {', '.join(missed) or 'none'}.")  # noqa: T201 - the same


if __name__ == "__main__":
    main()
