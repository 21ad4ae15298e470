"""What passes without a rule, as code: nothing but a look where all names are claimed."""

from collections.abc import Callable

import attrs

from core.mapping.claims import Claims
from core.mapping.generate.script import Script
from core.mapping.model import FORBIDDEN_NAMES, Json
from core.mapping.passing import Passing


@attrs.frozen
class Passer:
    """Writes how what is left of an object passes into its counterpart."""

    script: Script
    passing: Passing

    def write(self, source: str, target: str) -> None:
        """Pass what no rule claims."""
        call = self.script.bind(self.passing.pass_on)
        claims, held = self.passing.source, self.script.fresh("c")
        if claims.beginnings or self.passing.target.beginnings:
            self.script.line(f"{call}({source}, {target})")
            return
        claimed = self.script.bind(frozenset(claims.members))
        taken = self.script.bind(frozenset({*self.passing.target.members, *FORBIDDEN_NAMES}))
        self.script.open(f"if not {claimed}.issuperset({source}):")
        self.script.line(f"{held} = {{x: {source}[x] for x in {source} if x not in {claimed}}}")
        self.script.line(f"if {taken}.isdisjoint({held}): {target}.update({held})")
        self.script.line(f"else: {call}({source}, {target})")
        self.script.close()
        for name, inner in claims.members.items():
            if inner.is_open:
                self._inside(source, target, name, inner)

    def _inside(self, source: str, target: str, name: str, inner: Claims) -> None:
        """Look into an object of which rules claim some members only."""
        value = self.script.fresh("c")
        claimed = self.script.bind(_Claimed(inner).covers)
        call = self.script.bind(_passing_inside(self.passing, name))
        self.script.line(f"{value} = {source}.get({self.script.token(name)})")
        if _is_flat(inner):
            covers = f"{self.script.bind(frozenset(inner.members))}.issuperset({value})"
        else:
            covers = f"{claimed}({value})"
        self.script.line(f"if type({value}) is dict and not {covers}: {call}({value}, {target})")


@attrs.frozen
class _Claimed:
    """Whether rules claim all that is in an object, however deep."""

    claims: Claims

    def covers(self, document: dict[str, Json]) -> bool:
        """No member is left over, here or in what is claimed in part."""
        return all(self._covers(name, value) for name, value in document.items())

    def _covers(self, name: str, value: Json) -> bool:
        inner = self.claims.members.get(name)
        if inner is None:
            return name.startswith(self.claims.beginnings)
        return not (isinstance(value, dict) and inner.is_open) or _Claimed(inner).covers(value)


def _is_flat(claims: Claims) -> bool:
    return not claims.beginnings and not any(inner.is_open for inner in claims.members.values())


def _passing_inside(passing: Passing, name: str) -> Callable[[dict[str, Json], dict[str, Json]], None]:
    """Passes what is left of one member."""

    def pass_on(value: dict[str, Json], holder: dict[str, Json]) -> None:
        passing.pass_on({name: value}, holder)

    return pass_on
