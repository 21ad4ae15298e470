"""Runs one direction of a mapping: the generated function, and the interpreter where that deviates."""

from functools import cached_property

import attrs

from core.mapping.budget import Budget
from core.mapping.errorlog import ErrorLog
from core.mapping.generate.function import Mapped, Source, compiled, source_of
from core.mapping.generate.runtime import DEVIATIONS
from core.mapping.interpret import Run
from core.mapping.model import Json, Lookup, Place
from core.mapping.plan import Plan
from core.mapping.standing import Standing


@attrs.frozen
class Outcome:
    """What a run gave; `defaulted` are the places that only a default or a fixed value filled."""

    value: dict[str, Json]
    errors: ErrorLog
    defaulted: frozenset[Place]


class Runner:
    """One direction of a mapping; if it `compiles`, then at the first use.

    The interpreter is the definition: it maps whatever the function deviates from, and partial documents.
    `fallbacks` counts the deviations in which it then found nothing wrong.
    """

    def __init__(self, plan: Plan, *, compiles: bool) -> None:
        self.plan = plan
        self.compiles = compiles
        self.fallbacks = 0

    @cached_property
    def source(self) -> Source:
        """The source of the function."""
        return source_of(self.plan)

    @cached_property
    def function(self) -> Mapped:
        """The compiled function."""
        return compiled(self.source)

    def run(
        self, standing: Standing, budget: Budget, *, partial: bool = False, lookup: Lookup | None = None
    ) -> Outcome:
        """Map one document."""
        document = standing.value
        if self.compiles and not partial and type(document) is dict:
            defaulted: list[Place] = []
            standing.budget, left = budget, budget.left
            try:
                value = self.function(document, standing, lookup, budget, defaulted)
            except DEVIATIONS:
                budget.left = left
                return self._deviated(standing, budget, lookup)
            always = self.source.always_defaulted
            return Outcome(value, ErrorLog(), always.union(defaulted) if defaulted else always)
        return self._interpret(standing, budget, partial=partial, lookup=lookup)

    def _deviated(self, standing: Standing, budget: Budget, lookup: Lookup | None) -> Outcome:
        outcome = self._interpret(standing, budget, partial=False, lookup=lookup)
        if not outcome.errors.faults:
            self.fallbacks += 1
        return outcome

    def _interpret(
        self, standing: Standing, budget: Budget, *, partial: bool, lookup: Lookup | None
    ) -> Outcome:
        run = Run(self.plan, lookup=lookup, partial=partial, budget=budget)
        value = run.document(standing)
        return Outcome(value, run.errors, frozenset(run.defaulted))
