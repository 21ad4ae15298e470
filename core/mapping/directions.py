"""One direction of a mapping: run it, or run it and tell what it did."""

from typing import Final

import attrs

from core.mapping.budget import Budget
from core.mapping.errorlog import ErrorLog
from core.mapping.generate import Runner
from core.mapping.ignoring import ignored_places
from core.mapping.interpret import Run
from core.mapping.model import ABSENT, Json, Lookup, MappingError, Place
from core.mapping.plan import Plan
from core.mapping.standing import Located, Standing
from core.mapping.trace import Entry, Link, Trace

MASK: Final = "•••"


@attrs.frozen(eq=False)
class Result:
    """What one run gave; `defaulted` are the places that only a default or a fixed value filled."""

    value: dict[str, Json]
    errors: tuple[MappingError, ...]
    defaulted: frozenset[Place]
    _plan: Plan
    _document: Json

    @property
    def ignored(self) -> tuple[Place, ...]:
        """The topmost places of the source that nothing used."""
        return tuple(ignored_places(self._plan, self._document))


@attrs.frozen(eq=False)
class Explained:
    """What one run gave, and where each value came from; values of secret rules are masked in the trace.

    `links` pair arrays and elements; `unused` nothing took, `blocked` could not pass, `removed` elements did
    not meet the conditions.
    """

    value: dict[str, Json]
    errors: tuple[MappingError, ...]
    trace: tuple[Entry, ...]
    links: tuple[Link, ...]
    unused: tuple[Place, ...]
    blocked: tuple[Located, ...]
    removed: tuple[Located, ...]


@attrs.frozen(eq=False)
class MappingDirection:
    """One direction of a mapping; call it with a document."""

    plan: Plan
    _secret_rules: frozenset[str]
    _compiles: bool
    runner: Runner = attrs.field(init=False)

    @runner.default
    def _for_the_plan(self) -> Runner:
        return Runner(self.plan, compiles=self._compiles)

    def __call__(self, document: Json, *, partial: bool = False, lookup: Lookup | None = None) -> Result:
        """Map one document."""
        done = self.runner.run(Standing(document), Budget(), partial=partial, lookup=lookup)
        return Result(done.value, self._errors(done.errors), done.defaulted, self.plan, document)

    def explain(self, document: Json, *, partial: bool = False, lookup: Lookup | None = None) -> Explained:
        """Map one document and tell where each value came from."""
        return self.explain_at(Standing(document), partial=partial, lookup=lookup)

    def explain_at(self, standing: Standing, *, partial: bool, lookup: Lookup | None) -> Explained:
        """The same for a record inside of what was sent."""
        trace = Trace()
        run = Run(self.plan, lookup=lookup, partial=partial, trace=trace)
        value = run.document(standing)
        return Explained(
            value=value,
            errors=self._errors(run.errors),
            trace=tuple(map(self._masked, trace.entries)),
            links=tuple(trace.links),
            unused=tuple(ignored_places(self.plan, standing.value)),
            blocked=tuple(trace.blocked),
            removed=tuple(trace.removed),
        )

    def _errors(self, errors: ErrorLog) -> tuple[MappingError, ...]:
        secrets = self.plan.secrets
        found = errors.inbound(None, secrets) if self.plan.direction == "in" else errors.outbound(secrets)
        return tuple(found)

    def _masked(self, entry: Entry) -> Entry:
        if entry.rule not in self._secret_rules:
            return entry
        return attrs.evolve(entry, raw=ABSENT, value=MASK)
