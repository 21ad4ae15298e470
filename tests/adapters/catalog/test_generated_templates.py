"""Law L7 in the shipped templates: generated code does what the interpreter does, and never falls back."""

from collections.abc import Iterator

import pytest

from core.entities.json import Json
from core.mapping import FieldMapping
from core.mapping.budget import Budget
from core.mapping.directions import MappingDirection
from core.mapping.equality import same
from core.mapping.interpret import Run
from core.mapping.records import find_records
from core.mapping.standing import Standing
from tests.adapters.catalog.payload_cases import Case, Spoken, answers, oddities, rejects, samples
from tests.adapters.catalog.payload_reading import Stock, language

PAYLOADS = [*samples(), *oddities(), *rejects()]


@pytest.mark.parametrize("case", PAYLOADS, ids=str)
def test_a_payload_is_read_as_the_interpreter_reads_it(case: Case) -> None:
    mapping, stock = mapping_for(case), Stock(case.lookups)

    for record in find_records(case.sends, mapping.rules.record).standings:
        value = agreed(mapping.inbound, record, stock)
        for direction, ours in ways_out(mapping, value):
            agreed(direction, Standing(ours), stock)


@pytest.mark.parametrize("case", list(answers()), ids=str)
def test_an_answer_is_written_as_the_interpreter_writes_it(case: Spoken) -> None:
    mapping, stock = mapping_for(case), Stock(case.lookups)

    for direction, ours in ways_out(mapping, case.ours):
        agreed(direction, Standing(ours), stock)


def mapping_for(case: Case | Spoken) -> FieldMapping:
    return language(case.system, case.resource).mapping


def ways_out(mapping: FieldMapping, ours: Json) -> Iterator[tuple[MappingDirection, Json]]:
    """The document outwards, and its inventory rows one by one."""
    yield mapping.outbound, ours
    rows = ours.get("inventory", [ours]) if isinstance(ours, dict) else []
    assert isinstance(rows, list)
    for row in rows:
        yield mapping.row_outbound, row


def agreed(direction: MappingDirection, record: Standing, stock: Stock) -> Json:
    """What both make of the record."""
    run = Run(direction.plan, lookup=stock)
    value = run.document(record)
    before = direction.runner.fallbacks

    outcome = direction.runner.run(record, Budget(), lookup=stock)

    assert same(outcome.value, value)
    assert outcome.errors.faults.keys() == run.errors.faults.keys()
    assert outcome.defaulted == run.defaulted
    assert direction.runner.fallbacks == before
    return value
