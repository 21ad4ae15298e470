"""The specification is whole: nothing in it is lost, unused or about nothing."""

from collections.abc import Iterator

import pytest
from pytest_bdd.gherkin_parser import Scenario as GherkinScenario
from pytest_bdd.gherkin_parser import get_gherkin_document

from adapters.catalog.changelog import FileChangelog
from tests.behaviour.strictness import (
    examples,
    features,
    refuse_ambiguity,
    tags_of,
    unused_definitions,
)

HELD_ELSEWHERE = {
    "2026-11-24-openapi": "a page, held by tests/adapters/http",
    "2026-11-24-postgresql": "a storage: every scenario runs on it",
    "2026-11-25-database-trouble": "no scenario can disturb a database; tests/entrypoints and just soak do",
}
_PREFIX = "changelog-"
_MOST_STEPS = 5


@pytest.fixture(autouse=True)
def services() -> None:
    """These tests need no world."""


def test_every_step_has_exactly_one_definition() -> None:
    for scenario in examples():
        refuse_ambiguity(scenario)


def test_every_definition_is_used() -> None:
    assert unused_definitions() == []


def test_no_scenario_is_lost_behind_another_of_its_name() -> None:
    for feature in features():
        written = [scenario.name for scenario in _written(feature.filename)]

        assert sorted(written) == sorted(feature.scenarios), feature.filename


def test_every_scenario_has_at_most_five_steps_of_its_own() -> None:
    for feature in features():
        long = [one.name for one in _written(feature.filename) if len(one.steps) > _MOST_STEPS]

        assert long == [], feature.filename


def test_every_scenario_has_one_action() -> None:
    for scenario in examples():
        actions = [step for step in scenario.steps if step.type == "when"]

        assert len(actions) == 1, f"{scenario.feature.filename}: {scenario.name}"


def test_every_entry_of_the_changelog_has_a_scenario_and_every_tag_an_entry() -> None:
    tagged = {
        tag.removeprefix(_PREFIX)
        for feature in features()
        for one in feature.scenarios.values()
        for tag in tags_of(one)
    }

    entries = {entry.id for entry in FileChangelog.load().entries()}

    assert tagged | HELD_ELSEWHERE.keys() == entries
    assert not tagged & HELD_ELSEWHERE.keys()


def _written(filename: str) -> Iterator[GherkinScenario]:
    """The scenarios as they stand in a file, also those that pytest-bdd would put one over the other."""
    for child in get_gherkin_document(filename).feature.children:
        for inner in child.rule.children if child.rule else [child]:
            if inner.scenario:
                yield inner.scenario
