"""Query parameters: read strictly, every wrong one told at once."""

import re
from collections.abc import Mapping, Sequence

import attrs

from core.entities.cursor import CursorSigner, Position
from core.errors import Problem, ValidationFailed

DEFAULT_LIMIT, MAX_LIMIT = 50, 200
_WHOLE_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
_TRUTH = {"true": True, "false": False}


@attrs.frozen
class Page:
    """Which part of a listing is asked for; `listing` names it for the cursor."""

    limit: int
    after: Position | None
    listing: str


@attrs.define
class QueryReader:
    """Reads parameters one by one and keeps what is wrong until `check`."""

    query: Mapping[str, str]
    strict: bool = False
    _problems: list[Problem] = attrs.field(factory=list, init=False)
    _known: set[str] = attrs.field(factory=set, init=False)

    def choice(self, name: str, choices: Sequence[str]) -> str | None:
        """One of the choices, or None where it was not sent."""
        value = self._value(name)
        if value is not None and value not in choices:
            self._refuse(name, f'must be one of {", ".join(choices)}, not "{value[:40]}"')
            return None
        return value

    def truth(self, name: str, default: bool) -> bool:
        """`true` or `false`."""
        value = self.choice(name, tuple(_TRUTH))
        return default if value is None else _TRUTH[value]

    def limit(self) -> int:
        """`limit`, clamped to 1…200."""
        value = self._value("limit")
        if value is None:
            return DEFAULT_LIMIT
        if not _WHOLE_NUMBER.fullmatch(value):
            self._refuse("limit", f'must be a whole number, not "{value[:40]}"')
            return DEFAULT_LIMIT
        if value.startswith("-"):
            return 1
        return min(max(int(value[:20]), 1), MAX_LIMIT)

    def page(self, signer: CursorSigner, listing: str) -> Page:
        """`limit` and `cursor` of a listing."""
        limit, cursor = self.limit(), self._value("cursor")
        after = None
        if cursor is not None:
            try:
                after = signer.read(cursor, listing)
            except ValidationFailed as refusal:
                self._problems += refusal.problems
        return Page(limit, after, listing)

    def has(self, *names: str) -> bool:
        """Whether one of the parameters was sent."""
        return any(name in self.query for name in names)

    def check(self) -> None:
        """ValidationFailed if anything was wrong; where handling is strict, an unknown parameter is."""
        if self.strict:
            for name in self.query:
                if name not in self._known:
                    message = "is no parameter of this endpoint"
                    self._problems.append(Problem((), "UNKNOWN_FIELD", message, sent_as=name))
        if len(self._problems) == 1 and self._problems[0].place == ("cursor",):
            raise ValidationFailed(self._problems[0].message, self._problems)
        if self._problems:
            raise ValidationFailed(problems=self._problems)

    def _value(self, name: str) -> str | None:
        self._known.add(name)
        return self.query.get(name)

    def _refuse(self, name: str, message: str) -> None:
        self._problems.append(Problem((name,), "INVALID", message))
