"""What passes without a rule, as code: nothing but a look where all names are claimed."""

from collections.abc import Callable
from typing import Final

import attrs

from core.mapping.claims import Claims
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Sight
from core.mapping.model import FORBIDDEN_NAMES, Json
from core.mapping.passing import Passing
from core.mapping.rules import Names
from core.mapping.wrappers import wrapped

_MOST_TESTS: Final = 8
_ALL: Final = ""
"""The beginning of every name."""


@attrs.define
class Passer:
    """Writes how what is left of the innermost element passes into its counterpart."""

    script: Script
    passing: Passing
    sight: Sight
    keys_when_full: int | None

    def write(self, target: str) -> None:
        """Pass what no rule claims."""
        claims, source = self.passing.source, self.sight.element
        if claims.beginnings or self.passing.target.beginnings:
            self.script.line(f"{self.script.bind(self.passing.pass_on)}({source}, {target})")
            return
        self._outermost(source, target)
        self._inner(target, (), claims)

    def _outermost(self, source: str, target: str) -> None:
        claimed = frozenset(self.passing.source.members)
        gate = f"{self._may_have_more(source, target)}not {self.script.bind(claimed)}.issuperset({source})"
        self.script.line(
            f"if {gate}: {self.script.bind(_passing_beside(self.passing, claimed))}({source}, {target})"
        )

    def _may_have_more(self, source: str, target: str) -> str:
        """A quick test for an object in which all that is claimed has been read."""
        leaves = [self.sight.leaves.get((source, name)) for name in self.passing.source.members]
        if None in leaves or len(leaves) > _MOST_TESTS:
            return ""
        if len(leaves) == self.keys_when_full:
            return f"(len({source}) != {len(leaves)} or len({target}) != {len(leaves)}) and "
        return f"({' or '.join([f'len({source}) != {len(leaves)}', *filter(None, leaves)])}) and "

    def _inner(self, target: str, place: Names, claims: Claims) -> None:
        for name, inner in claims.members.items():
            if inner.is_open:
                self._inside(target, (*place, name), inner)

    def _inside(self, target: str, place: Names, claims: Claims) -> None:
        """Look into an object of which rules claim some members only."""
        if _ALL not in claims.beginnings:
            value, call = self.sight.opened(place), self.script.bind(_passing_inside(self.passing, place))
            self.script.line(f"if {self._has_more(value, claims)}: {call}({value}, {target})")
        self._inner(target, place, claims)

    def _has_more(self, value: str, claims: Claims) -> str:
        """An expression that is true if an object has a member that no rule claims."""
        if claims.beginnings:
            return value
        if len(claims.members) == 1:
            (name,) = claims.members
            lacks = self.sight.leaves.get((value, name)) or f"{self.script.token(name)} not in {value}"
            return f"len({value}) > 1 or {value} and {lacks}"
        return f"{value} and not {self.script.bind(frozenset(claims.members))}.issuperset({value})"


def _passing_beside(
    passing: Passing, claimed: frozenset[str]
) -> Callable[[dict[str, Json], dict[str, Json]], None]:
    """Passes the members of the object itself that no rule claims."""
    taken = {*passing.target.members, *FORBIDDEN_NAMES}

    def pass_on(source: dict[str, Json], target: dict[str, Json]) -> None:
        for name in source:
            if name not in claimed:
                if name in taken:
                    passing.pass_on(source, target)
                    return
                target[name] = source[name]

    return pass_on


def _passing_inside(passing: Passing, place: Names) -> Callable[[Json, dict[str, Json]], None]:
    """Passes what is left of the object at a place."""

    def pass_on(value: Json, holder: dict[str, Json]) -> None:
        passing.pass_on({place[0]: wrapped(value, place[1:])}, holder)

    return pass_on
