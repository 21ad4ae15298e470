"""The rest of an object that several rules fill: what each takes does not depend on their order (L4)."""

from itertools import permutations
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.mapping import FieldMapping, lint
from core.mapping.equality import same
from core.mapping.model import MappingRefused
from tests.core.mapping.building import mapping_of
from tests.core.mapping.test_generated import agrees

PAIRS: Final = {"partner": "attributes", "internal": "metadata.*", "pairs": ["name", "value"]}
RULES: Final[list[dict[str, Any]]] = [
    PAIRS,
    {"partner": "U_*", "internal": "metadata.*"},
    {"partner": "U_A*", "internal": "metadata.*"},
    {"partner": "more.U_A*", "internal": "metadata.*"},
    {"partner": "more.*", "internal": "metadata.*"},
    {"partner": "U_A*", "internal": "other.*"},
    {"partner": "lines[0].V_*", "internal": "metadata.*"},
    {"partner": "U_Ab", "internal": "metadata.code"},
    {"partner": "code", "internal": "metadata.U_Ac"},
    {"internal": "metadata.source", "const": "erp"},
    {"partner": "U_B", "const": "T"},
]
NAMES: Final = ["U_x", "U_Ab", "U_Ac", "U_B", "V_y", "code", "source", "n", "__proto__"]
VALUES: Final = st.sampled_from([1, "v", "", None, {"a": 1}, []])
MEMBERS: Final = st.dictionaries(st.sampled_from(NAMES), VALUES)
THEIRS: Final = st.builds(
    lambda root, more, pairs, line: {
        **root,
        "more": more,
        "lines": [line],
        "attributes": [{"name": name, "value": value} for name, value in pairs],
    },
    MEMBERS,
    MEMBERS,
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES)),
    MEMBERS,
)
OURS: Final = st.fixed_dictionaries({"metadata": MEMBERS, "other": MEMBERS})
OPTIONS: Final = st.fixed_dictionaries(
    {
        "unmapped": st.sampled_from(["pass", "drop"]),
        "wrap": st.sampled_from(["", ["value", ""]]),
        "empty": st.sampled_from([[], [None, ""]]),
    }
)


def accepted(*rules: dict[str, Any], **options: Any) -> FieldMapping:
    try:
        return mapping_of(*rules, **options)
    except MappingRefused:
        assume(False)
        raise


def unordered(value: Any) -> Any:
    """Pairs stand in the order of the members they come from, which is part of no contract."""
    pairs = value.get("attributes")
    return {**value, "attributes": sorted(pairs, key=repr)} if isinstance(pairs, list) else value


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(RULES), min_size=2, max_size=4, unique_by=repr),
    st.randoms(use_true_random=False),
    OPTIONS,
    THEIRS,
    OURS,
)
def test_the_order_of_the_rules_changes_nothing(
    rules: list[dict[str, Any]], random: Any, options: dict[str, Any], theirs: Any, ours: Any
) -> None:
    shuffled = random.sample(rules, len(rules))
    one, other = accepted(*rules, **options), accepted(*shuffled, **options)

    for first, second, document in (
        (one.inbound, other.inbound, theirs),
        (one.outbound, other.outbound, ours),
    ):
        agrees(first, document)
        agrees(second, document)
        assert same(unordered(first(document).value), unordered(second(document).value))


def refused(*rules: dict[str, Any]) -> list[str]:
    return [finding.code for finding in lint({"rules": list(rules)}) if finding.severity == "error"]


@pytest.mark.parametrize(
    "other",
    [
        {**PAIRS, "partner": "more"},
        {**PAIRS, "partner": "more", "direction": "in"},
        {"partner": "more.*", "internal": "metadata.*", "direction": "in"},
    ],
    ids=str,
)
def test_two_rules_for_the_same_names_of_a_rest_are_refused(other: dict[str, Any]) -> None:
    assert set(refused(PAIRS, other)) == set(refused(other, PAIRS)) == {"duplicate_target"}


def test_the_same_prefix_of_two_objects_is_refused() -> None:
    header = {"partner": "U_*", "internal": "metadata.*"}

    assert refused(header, {**header, "partner": "more.U_*"}) == ["duplicate_target"]
    assert refused(header, {**header, "internal": "other.*"}) == ["duplicate_target"]
    assert refused(header, {**header, "internal": "other.*", "direction": "in"}) == []


def test_a_prefix_owns_its_names_whatever_pairs_or_a_shorter_prefix_bring() -> None:
    theirs = {
        "U_a": 1,
        "more": {"U_Ab": 2, "U_a": 3},
        "attributes": [{"name": "U_a", "value": 4}, {"name": "U_z", "value": 5}, {"name": "n", "value": 6}],
    }
    rules = (
        {"partner": "U_*", "internal": "metadata.*"},
        {"partner": "more.U_A*", "internal": "metadata.*"},
        PAIRS,
    )
    for ordered in permutations(rules):
        mapping = mapping_of(*ordered)

        assert mapping.inbound(theirs).value == {"metadata": {"U_a": 1, "U_Ab": 2, "n": 6}}
        assert mapping.outbound({"metadata": {"U_a": 1, "U_Ab": 2, "n": 6}}).value == {
            "U_a": 1,
            "more": {"U_Ab": 2},
            "attributes": [{"name": "n", "value": 6}],
        }


def test_what_a_name_of_another_rule_keeps_out_is_blocked() -> None:
    mapping = mapping_of(
        PAIRS, {"partner": "more.U_*", "internal": "metadata.*"}, {"partner": "c", "internal": "metadata.c"}
    )

    blocked = mapping.inbound.explain({"attributes": [{"name": "c", "value": 1}], "more": {"U_a": 2}}).blocked

    assert [located.steps for located in blocked] == [("attributes", 0, "value")]


@pytest.mark.parametrize("empty", [[], [None, "", "none"]], ids=str)
def test_a_prefix_passes_on_what_is_not_empty(empty: list[Any]) -> None:
    mapping = mapping_of({"partner": "U_*", "internal": "metadata.*"}, empty=empty, wrap=["value", ""])
    theirs = {"U_a": None, "U_b": {"value": ""}, "U_c": "none", "U_d": 0, "U_e": {"value": "x"}, "u_f": 1}

    passed = {"U_a": None, "U_b": "", "U_c": "none", "U_d": 0, "U_e": "x"}
    kept = {name: value for name, value in passed.items() if value not in empty}
    assert mapping.inbound(theirs).value == mapping.inbound.explain(theirs).value == {"metadata": kept}


def test_alternatives_of_a_prefix_begin_alike() -> None:
    assert refused({"partner": ["custom.U_*", "U_*"], "internal": "metadata.*"}) == []
    assert refused({"partner": ["U_*", "V_*"], "internal": "metadata.*"}) == ["bad_option"]
    assert refused({"partner": ["U_*", "v"], "internal": "metadata.*"}) == ["bad_option"]
