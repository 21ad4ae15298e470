"""Collects what went wrong in one run: the same fault at the same place once, with all its targets."""

from collections.abc import Iterator
from typing import Final

import attrs

from core.mapping.claims import Claims
from core.mapping.merging import Moves
from core.mapping.model import ABSENT, ROWS, Absent, Json, MappingError, Place
from core.mapping.paths import SAME, Step, Steps, show
from core.mapping.rules import Rule
from core.mapping.secrecy import is_secret
from core.mapping.shown import kind_shown, shown, shown_with_kind
from core.mapping.standing import Located, Trouble

MOST_ERRORS: Final = 100
_TOO_MANY: Final = Trouble("too_many_errors", Located((), ()), f"at most {MOST_ERRORS} errors", ABSENT)

_NAMING_VALUES: Final = ("unexpected_value", "value_not_mapped")
"""The faults whose rules say which values they take."""


@attrs.define
class Fault:
    """One fault with the places on the other side that it keeps from being filled."""

    trouble: Trouble
    rule: Rule | None
    targets: dict[Steps, Rule | None]
    also: tuple[str, ...]


class ErrorLog:
    """The faults of one run, in the order in which they were met."""

    def __init__(self) -> None:
        self.faults: dict[tuple[str, Steps, Steps], Fault] = {}
        self.is_full = False
        self._refusals = 0
        self._unfound: set[Steps] = set()

    def note(
        self,
        trouble: Trouble,
        rule: Rule | None = None,
        target: Steps | None = None,
        also: tuple[str, ...] = (),
    ) -> None:
        """Add a fault, or one more target of a fault that is there."""
        key = (trouble.code, trouble.located.base, trouble.located.steps)
        known = self.faults.get(key)
        if trouble.code == "not_found" and target is not None:
            self._unfound.update(target[: depth + 1] for depth, step in enumerate(target) if _is_row(step))
        if known is None:
            if not fails_row(trouble.code, target):
                if self.is_full:
                    return
                self._refusals += 1
                if self._refusals == MOST_ERRORS:
                    self.is_full, trouble, rule, target = True, _TOO_MANY, None, None
            known = self.faults[key] = Fault(trouble, rule, {}, also)
        if target is not None:
            known.targets.setdefault(target, rule)

    def rows_unfound(self, array: Place, count: int) -> frozenset[int]:
        """The rows of an array of ours in which a lookup found nothing."""
        if not self._unfound:
            return frozenset()
        every = (*array, SAME) in self._unfound
        return frozenset(row for row in range(count) if every or (*array, row) in self._unfound)

    def follow(self, moves: Moves) -> None:
        """Name the places of ours as they are now that rows were merged."""
        for fault in self.faults.values():
            fault.targets = {moves.follow(target): rule for target, rule in fault.targets.items()}

    def inbound(self, record: int | None, secrets: Claims) -> Iterator[MappingError]:
        """The errors of a partner's document; what stands at secret places is not shown."""
        for fault in self.faults.values():
            located = fault.trouble.located
            yield _error(fault, located, tuple(fault.targets), record, secrets)

    def outbound(self, secrets: Claims) -> Iterator[MappingError]:
        """The errors of a document of ours: the partner's place is the one that was to be written.

        Of several it is the first by name, so that the order of rules does not show.
        """
        for fault in self.faults.values():
            target = min(fault.targets, key=show, default=())
            rule = fault.targets.get(target)
            wrapper = len(rule.places[0].wraps[0]) if rule and rule.places else 0
            located = Located((), target, wrapper)
            yield _error(fault, located, (fault.trouble.located.steps,), None, secrets)


def _error(
    fault: Fault, located: Located, targets: tuple[Steps, ...], record: int | None, secrets: Claims
) -> MappingError:
    trouble, secret = fault.trouble, is_secret(secrets, fault.trouble.located)
    if secret and trouble.code in _NAMING_VALUES:
        trouble = attrs.evolve(trouble, expected="another value")
    expected = trouble.expected
    return MappingError(
        code=trouble.code,
        rule=None if fault.rule is None else fault.rule.id,
        partner=located.text,
        field=located.field,
        pointer=located.pointer,
        internal=tuple(show(target) for target in targets),
        targets=targets,
        expected=None if expected is None else _without_article(expected),
        found=None if secret else shown_with_kind(trouble.found),
        reason=_reason(trouble, secret=secret),
        also=fault.also,
        record=record,
    )


def _reason(trouble: Trouble, *, secret: bool) -> str:
    match trouble.code:
        case "missing":
            return "is required"
        case "unmapped":
            return "no rule of the mapping takes this field"
        case "not_accepted":
            return "records like this are not accepted"
        case "too_many_errors":
            return "there are more errors than are listed"
        case _:
            return f"expected {trouble.expected}, found {_found(trouble.found, secret=secret)}"


def _found(value: Json | Absent, *, secret: bool) -> str:
    return kind_shown(value) if secret else shown(value)


def fails_row(code: str, target: Steps | None) -> bool:
    """Whether such an error fails a row of an inventory load by itself, so that it refuses nothing."""
    return code == "not_found" and target is not None and target[:1] == (ROWS,) and len(target) > 1


def _is_row(step: Step) -> bool:
    return isinstance(step, int) or step is SAME


def _without_article(phrase: str) -> str:
    for article in ("a ", "an "):
        if phrase.startswith(article):
            return phrase[len(article) :]
    return phrase
