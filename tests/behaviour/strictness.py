"""Every step of a feature has one definition, and every definition is used."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pytest_bdd.feature import get_features
from pytest_bdd.parser import Feature, Scenario, ScenarioTemplate, Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

ROOT = Path(__file__).parents[2]
FEATURES = ROOT / "features"
STEP_MODULES = sorted(
    f"tests.behaviour.steps.{module.stem}" for module in (Path(__file__).parent / "steps").glob("*.py")
)


class StepsUnclear(Exception):
    """A step that no definition, or more than one, takes."""


def refuse_ambiguity(scenario: Scenario) -> None:
    """StepsUnclear unless exactly one definition takes each step."""
    unclear = [
        f"{len(found)} definitions take: {step}" for step, found in _taken(scenario) if len(found) != 1
    ]
    if unclear:
        raise StepsUnclear("; ".join(unclear))


def features() -> list[Feature]:
    """Every feature of the specification."""
    return get_features([str(FEATURES)])


def examples() -> Iterator[Scenario]:
    """Every scenario of the specification, once for each line of its examples."""
    for feature in features():
        for scenario in feature.scenarios.values():
            for context in contexts(scenario):
                yield scenario.render(context)


def contexts(scenario: ScenarioTemplate) -> list[dict[str, str]]:
    """What the placeholders of a scenario stand for, line by line."""
    lines = [dict(context) for table in scenario.examples for context in table.as_contexts()]
    return lines or [{}]


def unused_definitions() -> list[str]:
    """The wordings of the definitions that no step of the specification takes."""
    used = Counter(id(one) for scenario in examples() for _, found in _taken(scenario) for one in found)
    return sorted(f"{one.type} {one.parser.name}" for one in _definitions() if not used[id(one)])


def tags_of(scenario: ScenarioTemplate) -> set[str]:
    """The tags of a scenario, its rule and its feature."""
    rule = set() if scenario.rule is None else scenario.rule.tags
    return scenario.tags | rule | scenario.feature.tags


def _definitions() -> list[StepFunctionContext]:
    """Those of the specification; pytest-bdd brings some for its own use."""
    return [
        one for one in step_function_context_registry.values() if one.step_func.__module__ in STEP_MODULES
    ]


def _taken(scenario: Scenario) -> Iterator[tuple[Step, list[StepFunctionContext]]]:
    for step in scenario.steps:
        yield step, [one for one in _definitions() if _takes(one, step)]


def _takes(definition: StepFunctionContext, step: Step) -> bool:
    return definition.type in (None, step.type) and definition.parser.is_matching(step.name)
