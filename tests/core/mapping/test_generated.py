"""Generated code does what the interpreter does (law L7), and is made of engine words only."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.mapping import load
from core.mapping.directions import MappingDirection
from core.mapping.equality import same
from core.mapping.interpret import Run
from core.mapping.standing import Standing
from tests.core.mapping.strategies import internal_documents, mappings, partner_documents
from tests.core.mapping.test_cases import CASES, mapping_of

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "60"))
laws = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def agrees(direction: MappingDirection, document: Any) -> None:
    """Hold the law for one document; what the interpreter maps without errors must not deviate."""
    run = Run(direction.plan)
    value = run.document(Standing(document))
    before = direction.runner.fallbacks

    result = direction(document)

    assert same(result.value, value)
    assert bool(result.errors) == bool(run.errors.faults)
    assert result.defaulted == run.defaulted
    assert direction.runner.fallbacks == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['n']}-{case['title']}")
def test_l7_in_the_small_cases(case: dict[str, Any]) -> None:
    if "refused" in case:
        pytest.skip("no mapping")
    for name in ("in", "out"):
        if name in case:
            mapping = mapping_of(case)
            agrees(mapping.inbound if name == "in" else mapping.outbound, case[name])


@laws
@given(st.data())
def test_l7_in_random_mappings(data: st.DataObject) -> None:
    mapping = load(data.draw(mappings()))

    agrees(mapping.inbound, data.draw(partner_documents(mapping.document)))
    agrees(mapping.outbound, data.draw(internal_documents(mapping.document)))
