"""The laws that hold for every mapping and every document."""

import copy
import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.mapping import FieldMapping, load
from core.mapping.equality import same
from core.mapping.mapping import MappingDirection, Translation
from core.mapping.model import Json, Place
from core.mapping.paths import show
from tests.core.mapping.rich_strategies import rich_mappings, their_documents
from tests.core.mapping.strategies import (
    VALUES,
    Document,
    Shape,
    internal_documents,
    mappings,
    partner_documents,
)

TWO_WAY = Shape(one_way=False, policies=("pass", "drop"))
FULL_CIRCLE = Shape(
    one_way=False, defaults=False, null_is_absent=False, fixed=False, alternatives=False, policies=("drop",)
)
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "400" if os.environ.get("CI") else "60"))
laws = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def keeps_indexes(mapping: FieldMapping) -> bool:
    """Whether an element's index is the same on both sides, whatever is sent."""
    text = json.dumps(mapping.document)
    return not any(f'"{word}"' in text for word in ("where", "flatten", "merge"))


def dropped_nothing(direction: MappingDirection, document: Document) -> bool:
    explained = direction.explain(document)
    return not explained.unused and all(entry.how != "dropped" for entry in explained.trace)


def error_set(result: Any) -> set[tuple[str, str, frozenset[str]]]:
    return {(error.code, error.partner, frozenset(error.internal)) for error in result.errors}


@laws
@given(st.data())
def test_l1_what_was_answered_reads_as_the_same(data: st.DataObject) -> None:
    mapping = load(data.draw(mappings(TWO_WAY)))
    read = mapping.inbound(data.draw(partner_documents(mapping.document)))
    assume(not read.errors)
    said = mapping.outbound(read.value)
    assume(not said.errors and dropped_nothing(mapping.outbound, read.value))

    again = mapping.inbound(said.value)

    assert not again.errors
    assert again.value == read.value


@laws
@given(st.data())
def test_l2_what_was_read_back_is_answered_the_same(data: st.DataObject) -> None:
    mapping = load(data.draw(mappings(Shape(one_way=False, defaults=False, policies=("pass", "drop")))))
    ours = data.draw(internal_documents(mapping.document))
    said = mapping.outbound(ours)
    assume(not said.errors and dropped_nothing(mapping.outbound, ours))
    read = mapping.inbound(said.value)
    assume(not read.errors)
    assume(dropped_nothing(mapping.inbound, said.value))

    again = mapping.outbound(read.value)

    assert not again.errors
    assert again.value == said.value


@laws
@given(st.data())
def test_l3_a_full_circle_loses_nothing_that_is_mapped(data: st.DataObject) -> None:
    mapping = load(data.draw(mappings(FULL_CIRCLE)))
    ours = data.draw(internal_documents(mapping.document, noise=False))
    said = mapping.outbound(ours)
    assume(not said.errors and dropped_nothing(mapping.outbound, ours))
    read = mapping.inbound(said.value)
    assume(not read.errors and dropped_nothing(mapping.inbound, said.value))

    assert read.value == ours


@laws
@given(st.data())
def test_l4_the_order_of_rules_changes_nothing(data: st.DataObject) -> None:
    document = data.draw(mappings())
    shuffled = {**document, "rules": data.draw(st.permutations(document["rules"]))}
    one, other = load(document), load(shuffled)
    theirs = data.draw(partner_documents(document))
    ours = data.draw(internal_documents(document))

    for first, second in (
        (one.inbound(theirs), other.inbound(theirs)),
        (one.outbound(ours), other.outbound(ours)),
    ):
        assert first.value == second.value
        assert error_set(first) == error_set(second)


@laws
@given(st.data())
def test_l5_arrays_keep_their_length(data: st.DataObject) -> None:
    mapping = load(data.draw(mappings()))
    theirs = data.draw(partner_documents(mapping.document))
    explained = mapping.inbound.explain(theirs)
    assume(not explained.errors)

    for link in explained.links:
        if isinstance(link.target[-1], str):
            assert len(at(theirs, link.source.steps)) == len(at(explained.value, link.target))


@laws
@given(st.data())
def test_l6_places_translate_as_values_do(data: st.DataObject) -> None:
    mapping = load(data.draw(mappings()))
    theirs = data.draw(partner_documents(mapping.document))
    explained = mapping.inbound.explain(theirs)

    for entry in explained.trace:
        if entry.how in ("copied", "converted") and entry.source is not None:
            assert mapping.to_partner(entry.target, doc=theirs).paths == (entry.source.text,)
            if not has_alternatives(mapping, entry.rule) and mapping.document.get("wrap") != ["value", ""]:
                assert mapping.to_partner(entry.target).paths == (entry.source.text,)


@laws
@given(st.data())
def test_a_trace_tells_all_that_was_written_and_where_it_stands_now(data: st.DataObject) -> None:
    mapping = data.draw(rich_mappings())
    explained = mapping.inbound.explain(data.draw(their_documents(mapping)), partial=data.draw(st.booleans()))

    entries = [entry for entry in explained.trace if entry.how != "dropped"]
    assert all(same(at(explained.value, entry.target), entry.value) for entry in entries)
    told = {entry.target for entry in entries}
    for place in leaves(explained.value):
        assert any(place[:end] in told for end in range(1, len(place) + 1))


@laws
@given(st.data())
def test_what_passes_translates_both_ways_without_the_document(data: st.DataObject) -> None:
    mapping = data.draw(rich_mappings())
    if not keeps_indexes(mapping):
        return
    explained = mapping.inbound.explain(data.draw(their_documents(mapping)))

    for entry in explained.trace:
        if entry.how == "passed" and entry.source is not None:
            assert mapping.to_partner(entry.target) == Translation("passed", (entry.source,))
            assert mapping.to_internal(entry.source.text).paths == (show(entry.target),)


@laws
@given(st.data())
def test_l8_the_document_is_not_changed(data: st.DataObject) -> None:
    mapping = load(data.draw(mappings()))
    theirs = data.draw(partner_documents(mapping.document))
    ours = data.draw(internal_documents(mapping.document))
    before = copy.deepcopy((theirs, ours))

    mapping.inbound(theirs)
    mapping.outbound(ours)
    mapping.inbound(theirs, partial=True)

    assert (theirs, ours) == before


@laws
@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4))
def test_l9_without_rules_both_directions_are_the_identity(document: Document) -> None:
    mapping = load({"format": "datamingle.mapping/1", "resource": "orders", "rules": []})

    assert mapping.inbound(document).value == document
    assert mapping.outbound(document).value == document


@pytest.mark.parametrize("direction", ["in", "out"])
@laws
@given(st.data())
def test_any_document_gives_a_value_or_errors(direction: str, data: st.DataObject) -> None:
    mapping = load(data.draw(mappings()))
    anything = st.recursive(
        st.one_of(st.none(), VALUES),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e", "k", "value"]), inner, max_size=4),
        ),
        max_leaves=12,
    )
    document = data.draw(st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e"]), anything))

    result = mapping.inbound(document) if direction == "in" else mapping.outbound(document)

    json.dumps(result.value)
    assert len(error_set(result)) == len(result.errors)


def at(document: Any, steps: tuple[Any, ...]) -> Any:
    for step in steps:
        document = document[step]
    return document


def has_alternatives(mapping: FieldMapping, rule_id: str | None) -> bool:
    return any(len(rule.alternatives) > 1 for rule in mapping.rules.rules if rule.id == rule_id)


def leaves(value: Json, place: Place = ()) -> Iterator[Place]:
    """Where something stands: a null or nothing at all may be what an element without a value became."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, member in members:
        yield from leaves(member, (*place, step))
    if value is not None and not isinstance(value, dict | list):
        yield place
