"""The small cases that a mapping must get right, one line of the file each."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from core.mapping import FieldMapping, MappingRefused, load

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "mapping_cases.jsonl").read_text("utf-8").splitlines()
]


def cases_with(member: str) -> list[Any]:
    return [pytest.param(case, id=f"{case['n']}-{case['title']}") for case in CASES if member in case]


def mapping_of(case: Mapping[str, Any]) -> FieldMapping:
    options = {name: case[name] for name in ("wrap", "zone") if name in case}
    return load(
        {
            "format": "datamingle.mapping/1",
            "resource": "orders",
            "unmapped": case.get("unmapped", "drop"),
            "rules": case["rules"],
            **options,
        }
    )


@pytest.mark.parametrize("case", cases_with("in"))
def test_inbound(case: dict[str, Any]) -> None:
    result = mapping_of(case).inbound(case["in"])

    found = [[error.code, error.partner, list(error.internal)] for error in result.errors]
    assert found == case.get("errors", [])
    if "gives" in case:
        assert result.value == case["gives"]


@pytest.mark.parametrize("case", cases_with("out"))
def test_outbound(case: dict[str, Any]) -> None:
    result = mapping_of(case).outbound(case["out"])

    assert result.errors == ()
    assert result.value == case["gives"]


@pytest.mark.parametrize("case", cases_with("how"))
def test_places(case: dict[str, Any]) -> None:
    answer = mapping_of(case).to_partner(case["internal"])

    assert (answer.how, list(answer.paths)) == (case["how"], case["partner"])


@pytest.mark.parametrize("case", cases_with("refused"))
def test_refused(case: dict[str, Any]) -> None:
    with pytest.raises(MappingRefused) as refused:
        mapping_of(case)

    assert case["refused"] in {finding.code for finding in refused.value.findings}
