"""The shipped templates on their systems' payloads: what is read, what is refused, what is answered."""

from collections.abc import Sequence

import pytest

from core.entities.json import Json
from core.entities.resource import Resource
from tests.adapters.catalog.payload_cases import Case, Spoken, answers, oddities, rejects, samples
from tests.adapters.catalog.payload_reading import language, read

WRITTEN_BY_PEOPLE = {"customer_name", "notes"}
OPEN = {"customer_info", "metadata", "custom_fields"}


@pytest.mark.parametrize("case", list(samples()), ids=str)
def test_a_sample_gives_the_wanted_document(case: Case) -> None:
    result = read(case)

    assert not result.problems
    check(listed(case.gives), list(result.documents))


@pytest.mark.parametrize("case", list(rejects()), ids=str)
def test_a_rejected_sample_names_the_partners_field(case: Case) -> None:
    result = read(case)

    assert result.blamed == sorted(case.refuses)


@pytest.mark.parametrize("case", [case for case in oddities() if case.gives is not None], ids=str)
def test_an_oddity_is_read(case: Case) -> None:
    result = read(case)

    assert not result.problems
    assert not result.failed_rows
    check(listed(case.gives), list(result.documents))
    for place in case.lacks:
        assert all(value_at(document, place.split(".")) is None for document in result.documents), place


@pytest.mark.parametrize("case", [case for case in oddities() if case.refuses], ids=str)
def test_an_oddity_is_refused_at_the_partners_field(case: Case) -> None:
    result = read(case)

    assert result.blamed == sorted(case.refuses)
    assert case.code is None or {problem.code for problem in result.problems} == {case.code}


@pytest.mark.parametrize("case", [case for case in oddities() if case.fails], ids=str)
def test_a_row_fails_alone(case: Case) -> None:
    result = read(case)

    assert result.failed_rows == list(case.fails)
    assert not result.problems


@pytest.mark.parametrize("case", list(answers()), ids=str)
def test_an_answer_is_in_the_systems_words(case: Spoken) -> None:
    speaker = language(case.system, case.resource, case.lookups)

    if case.resource is Resource.INVENTORY:
        said = speaker.say_rows([case.ours])[0]
    else:
        said = speaker.say(case.ours)

    assert said == case.theirs


def check(expected: Json, found: Json, name: str = "") -> None:
    """Equal at our own fields, trimmed where people write, contained where a partner may add."""
    if isinstance(expected, dict) and isinstance(found, dict):
        if name not in OPEN:
            assert expected.keys() - OPEN == found.keys() - OPEN
        for member, value in expected.items():
            assert member in found
            check(value, found[member], name if name in OPEN else member)
    elif isinstance(expected, list) and isinstance(found, list) and name not in OPEN:
        assert len(expected) == len(found)
        for wanted, element in zip(expected, found, strict=True):
            check(wanted, element)
    elif name in WRITTEN_BY_PEOPLE and isinstance(expected, str) and isinstance(found, str):
        assert found.strip() == expected.strip()
    else:
        assert found == expected


def listed(documents: Json) -> Json:
    return documents if isinstance(documents, list) else [documents]


def value_at(document: Json, names: Sequence[str]) -> Json:
    for name in names:
        document = document.get(name) if isinstance(document, dict) else None
    return document
