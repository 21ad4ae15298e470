"""The judge finds what it is there to find."""

import json
from typing import Any

import attrs
import pytest

from core.entities.resource import Resource
from tests.fuzz.asked import Asked
from tests.fuzz.corpus import corpus
from tests.fuzz.documents import with_value
from tests.fuzz.judge import differences, faults_of
from tests.fuzz.reading_back import resource_of, same, unlike
from tests.fuzz.wire import Answer

ASKED = Asked("an order", "plain", "POST", b"/api/integrations/v1/products/", body=b'{"sku": "A"}')
ID = ("x-request-id", "r-1")


def answer(status: int = 201, body: Any = None, **changes: Any) -> Answer:
    sent = {"success": True, "data": {"id": "1", "sku": "A"}} if body is None else body
    raw = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    return attrs.evolve(Answer(status, (ID,), raw), **changes)


def failure(status: int, code: str, **more: Any) -> Answer:
    error = {"code": code, "message": "no", "details": [], "request_id": "r-1"}
    return answer(status, {"success": False, "error": error, **more})


def test_a_good_answer_has_no_fault() -> None:
    assert list(faults_of(ASKED, answer())) == []
    assert list(faults_of(ASKED, failure(400, "VALIDATION_ERROR"))) == []


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (Answer(0), "no answer"),
        (failure(500, "INTERNAL_ERROR"), "500"),
        (answer(headers=()), "no request id"),
        (answer(body=b"<html>"), "no JSON"),
        (answer(400), "success is True"),
        (failure(401, "INVALID_API_KEY"), "detail"),
        (failure(400, "X", detail="no"), "detail"),
    ],
)
def test_a_fault_is_found(given: Answer, fault: str) -> None:
    assert any(fault in found for found in faults_of(ASKED, given))


def test_a_broken_document_must_be_refused_as_one() -> None:
    broken = attrs.evolve(ASKED, statuses=frozenset({400}))

    assert list(faults_of(broken, failure(400, "VALIDATION_ERROR"))) == []
    assert list(faults_of(broken, answer())) != []
    assert list(faults_of(broken, failure(400, "SERVICE_ERROR"))) != []


def test_answers_may_differ_in_ids_and_times_only() -> None:
    other = answer(body={"success": True, "data": {"id": "2", "sku": "A"}})
    wrong = answer(body={"success": True, "data": {"id": "1", "sku": "B"}})

    assert list(differences(answer(), other)) == []
    assert len(list(differences(answer(), wrong))) == 1
    assert len(list(differences(answer(), failure(400, "X")))) == 1


@pytest.mark.parametrize(
    ("sent", "before", "read", "is_like"),
    [
        ({"quantity": 1.0}, {"quantity": 0}, {"quantity": 1}, True),
        ({"quantity": 1}, {"quantity": 0}, {"quantity": 2}, False),
        ({"is_active": True}, {"is_active": False}, {"is_active": 1}, False),
        (
            {"custom_fields": {"a": None}},
            {"custom_fields": {"a": 1, "b": 2}},
            {"custom_fields": {"b": 2}},
            True,
        ),
        ({"custom_fields": {"a": "é"}}, {"custom_fields": {}}, {"custom_fields": {"a": "e\u0301"}}, False),
    ],
)
def test_what_is_read_must_be_what_was_sent(sent: Any, before: Any, read: Any, is_like: bool) -> None:
    change = attrs.evolve(ASKED, method="PATCH", body=json.dumps(sent).encode())

    assert (list(unlike(change, before, read)) == []) is is_like


def test_equal_is_equal_as_json() -> None:
    assert same({"a": [1, 2.0]}, {"a": [1.0, 2]})
    assert not same({"a": True}, {"a": 1})
    assert resource_of(ASKED) is Resource.PRODUCTS


def test_a_value_stands_at_its_place_as_bytes() -> None:
    assert with_value({"a": [{"b": 1}]}, ("a", 0, "b"), b"1e400") == b'{"a": [{"b": 1e400}]}'
    assert with_value({}, (), b"NaN") == b"NaN"


def test_a_seed_repeats_the_corpus() -> None:
    first = corpus(7)

    assert first == corpus(7)
    assert first != corpus(8)
    assert len({(one.method, one.key) for one in first}) > 10
