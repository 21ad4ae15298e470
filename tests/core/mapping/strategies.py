"""Random mappings, and documents of both sides that mostly fit them."""

from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

Document = dict[str, Any]
Draw = st.DrawFn

NAMES = ("a", "b", "c", "d", "e")
INSIDE = ("k", "m", "a")
SCALARS = st.one_of(st.integers(-3, 3), st.sampled_from(["", "x", "1", "2.0"]), st.booleans(), st.just(0.5))
VALUES = st.one_of(SCALARS, st.just([1, {"z": 2}]), st.just({"z": 1}))
CHOICES: list[list[Any]] = [["O", "open"], [1, "one"], ["1", "uno"], [True, "yes"]]


@attrs.frozen
class Shape:
    """What random mappings may contain."""

    one_way: bool = True
    defaults: bool = True
    null_is_absent: bool = True
    fixed: bool = True
    alternatives: bool = True
    policies: tuple[str, ...] = ("pass", "drop", "reject")


@attrs.define
class _Names:
    """Names of one object that are not taken yet; some stand inside a member of their own."""

    direct: list[str]
    inside: list[str]
    holder: str

    @classmethod
    def drawn(cls, draw: Draw) -> "_Names":
        direct = list(draw(st.permutations(NAMES)))
        return cls(direct[1:], list(draw(st.permutations(INSIDE))), direct[0])

    def take(self, draw: Draw) -> str | None:
        free = [name for name in (self.direct, self.inside) if name]
        if not free:
            return None
        chosen = draw(st.sampled_from(free))
        name = chosen.pop()
        return name if chosen is self.direct else f"{self.holder}.{name}"


@st.composite
def mappings(draw: Draw, shape: Shape = Shape()) -> Document:
    """A mapping that the linter accepts."""
    document: Document = {
        "format": "datamingle.mapping/1",
        "resource": "orders",
        "unmapped": {
            "in": draw(st.sampled_from(shape.policies)),
            "out": draw(st.sampled_from(shape.policies)),
        },
        "rules": draw(_rules(shape, 0)),
    }
    wrap = draw(st.sampled_from([None, "value", ["value", ""]]))
    return document if wrap is None else {**document, "wrap": wrap}


@st.composite
def _rules(draw: Draw, shape: Shape, depth: int) -> list[Document]:
    theirs, ours = _Names.drawn(draw), _Names.drawn(draw)
    rules: list[Document] = []
    for _ in range(draw(st.integers(0, 4))):
        partner, internal = theirs.take(draw), ours.take(draw)
        if partner is None or internal is None:
            break
        kind = draw(st.sampled_from(["plain", "plain", "array", "tags", "fixed", "indexed"]))
        if kind == "array" and depth < 2:
            inner = [{"partner": "z", "internal": "z"}, *draw(_rules(shape, depth + 1))]
            rules.append({"partner": f"{partner}[]", "internal": f"{internal}[]", "rules": inner})
            rules += draw(_across(shape, partner, internal, theirs, ours))
        elif kind == "tags":
            rules.append({"partner": f"{partner}[]", "internal": f"{internal}[]"})
        elif kind == "indexed":
            rules.append({"partner": f"{partner}[0].p", "internal": internal})
            if (other := ours.take(draw)) is not None:
                rules.append({"partner": f"{partner}[1].q", "internal": other})
        elif kind == "fixed" and shape.fixed:
            side = draw(st.sampled_from([{"partner": partner}, {"internal": internal}]))
            rules.append({**side, "const": draw(SCALARS)})
        else:
            rules.append(draw(_plain(shape, partner, internal, theirs)))
    return rules


@st.composite
def _plain(draw: Draw, shape: Shape, partner: str, internal: str, theirs: _Names) -> Document:
    options = draw(st.sampled_from([{}, {}, {"type": "integer"}, {"values": CHOICES}, {"type": "string"}]))
    rule = {"partner": partner, "internal": internal, **options}
    if shape.defaults and draw(st.integers(0, 4)) == 0:
        rule["default"] = "open" if "values" in rule else 7 if rule.get("type") == "integer" else "d"
    if shape.null_is_absent and draw(st.integers(0, 4)) == 0:
        rule["nulls"] = "absent"
    if draw(st.integers(0, 6)) == 0:
        rule["required"] = True
    if shape.one_way and draw(st.integers(0, 6)) == 0:
        rule["direction"] = draw(st.sampled_from(["in", "out"]))
    if shape.alternatives and draw(st.integers(0, 4)) == 0 and (other := theirs.take(draw)):
        rule["partner"] = [partner, other]
    return rule


@st.composite
def _across(
    draw: Draw, shape: Shape, partner: str, internal: str, theirs: _Names, ours: _Names
) -> list[Document]:
    """Rules between single values and the elements of a pair of arrays."""
    rules = []
    if draw(st.booleans()) and (value := ours.take(draw)) is not None:
        step = draw(st.sampled_from(["[0]", "[=]"]))
        rules.append({"partner": f"{partner}{step}.y", "internal": value})
    if draw(st.booleans()) and (value := theirs.take(draw)) is not None:
        step = draw(st.sampled_from(["[0]", "[=]"]))
        rules.append({"partner": value, "internal": f"{internal}{step}.y"})
    return rules


def partner_documents(mapping: Document, *, noise: bool = True) -> st.SearchStrategy[Document]:
    """Documents of the partner's that mostly fit the mapping."""
    wrap = mapping.get("wrap")
    return _documents(mapping["rules"], "partner", wrap, noise)


def internal_documents(mapping: Document, *, noise: bool = True) -> st.SearchStrategy[Document]:
    """Documents of ours that mostly fit the mapping."""
    return _documents(mapping["rules"], "internal", None, noise)


@st.composite
def _documents(draw: Draw, rules: list[Document], side: str, wrap: Any, noise: bool) -> Document:
    made: Document = {}
    across: list[tuple[str, Any]] = []
    for rule in rules:
        for path in _paths(rule, side):
            if draw(st.integers(0, 5)) == 0:
                continue
            if "rules" in rule:
                elements = _documents(rule["rules"], side, wrap, noise)
                _put(made, path[:-2].split("."), draw(st.lists(elements, max_size=3)))
            elif path.endswith("[]"):
                value = _value(rule, side, noise).map(lambda value: _wrapped(draw, value, wrap))
                _put(made, path[:-2].split("."), draw(st.lists(value, max_size=3)))
            else:
                across.append((path, _wrapped(draw, draw(_value(rule, side, noise)), wrap)))
    for path, value in across:
        _put_across(made, path, value)
    if noise:
        for name, value in draw(
            st.dictionaries(st.sampled_from(["a", "b", "n", "o"]), VALUES, max_size=2)
        ).items():
            made.setdefault(name, value)
    return made


def _paths(rule: Document, side: str) -> Iterator[str]:
    path = rule.get(side)
    yield from path if isinstance(path, list) else [path] if path else []


def _value(rule: Document, side: str, noise: bool) -> st.SearchStrategy[Any]:
    if "values" in rule:
        fitting: st.SearchStrategy[Any] = st.sampled_from(
            [pair[0 if side == "partner" else 1] for pair in rule["values"]]
        )
    elif rule.get("type") == "integer":
        fitting = st.integers(-9, 9)
    elif rule.get("type") == "string":
        fitting = st.sampled_from(["", "s", "t"])
    else:
        fitting = SCALARS
    if not noise:
        return fitting
    return st.one_of(fitting, fitting, fitting, st.none(), VALUES)


def _wrapped(draw: Draw, value: Any, wrap: Any) -> Any:
    if wrap is None or (isinstance(wrap, list) and draw(st.booleans())):
        return value
    return {"value": value}


def _put(holder: Document, names: list[str], value: Any) -> None:
    for name in names[:-1]:
        holder = holder.setdefault(name, {})
        if not isinstance(holder, dict):
            return
    holder[names[-1]] = value


def _put_across(made: Document, path: str, value: Any) -> None:
    """Put a value at a path with at most one index, into the elements that are there."""
    for step in ("[0]", "[1]", "[=]"):
        if step in path:
            array_path, _, name = path.partition(step + ".")
            array = _array(
                made, array_path.split("."), build=name in ("p", "q"), length=int(step == "[1]") + 1
            )
            chosen = array if step == "[=]" else array[int(step[1]) : int(step[1]) + 1]
            for element in chosen:
                if isinstance(element, dict):
                    element[name] = value
            return
    _put(made, path.split("."), value)


def _array(made: Document, names: list[str], *, build: bool, length: int) -> list[Any]:
    holder: Any = made
    for name in names[:-1]:
        holder = holder.setdefault(name, {}) if build else holder.get(name)
        if not isinstance(holder, dict):
            return []
    array = holder.setdefault(names[-1], []) if build else holder.get(names[-1])
    if not isinstance(array, list):
        return []
    while build and len(array) < length:
        array.append({})
    return array
