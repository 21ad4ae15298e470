"""Random mappings with every helper, and documents full of other shapes."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from core.mapping import FieldMapping, MappingRefused, load
from core.mapping.model import ABSENT, Unconvertible
from core.mapping.paths import EACH, SAME, Keyed, Prefix, Steps
from core.mapping.rules import Rule

Document = dict[str, Any]
Draw = st.DrawFn

EMPTIES: list[Any] = [None, "", {}, [], False, 0, "none", -1, [None]]
ODD: list[Any] = [
    None,
    "",
    {},
    [],
    0,
    False,
    "x",
    "none",
    5,
    1.5,
    -1,
    True,
    [1],
    [{}],
    {"q": 1},
    [None],
    "2.0",
]
WRAPS: list[Any] = ["value", ["value", ""], ["", "value"], ["value.text", "value", ""], ["value", "raw"]]
CONDITIONS: list[Any] = [
    {"p": {"present": True}},
    {"q": {"in": ["x", 1]}},
    {"q": {"not_in": [0, "none"]}},
    {"p": {"above": 1}},
    [{"p": {"present": False}}, {"q.k": {"not_in": ["y"]}}],
    {"any": [{"p": {"in": ["x"]}}, {"q": {"present": True}}]},
]
CODECS: list[Document] = [
    {},
    {},
    {"type": "integer"},
    {"type": "integer", "as": "string", "scale": 2},
    {"type": "string"},
    {"type": "string", "as": "integer"},
    {"type": "number"},
    {"type": "decimal", "scale": 2},
    {"type": "boolean"},
    {"type": "object"},
    {"type": "array"},
    {"values": [["O", "open"], [1, "one"], ["1", "uno"], [True, "yes"], ["n", None]]},
]
TEXTS: list[Any] = [["trim"], ["upper"], [{"prefix": "A-"}], [{"before": "x"}], [{"between": ["[", "]"]}]]
VALUES: list[Any] = ["O", "1", 1, "3.00", "[a]", " y ", "open", "-7", 2.5, True, {"z": 1}, [1]]


def _one_of(values: list[Any]) -> st.SearchStrategy[Any]:
    """One of the values, as a copy that may be filled."""
    return st.sampled_from(values).map(copy.deepcopy)


SCALARS = _one_of([*ODD, *VALUES])


@st.composite
def rich_mappings(draw: Draw, on_records: bool = False) -> FieldMapping:
    """A mapping that the linter accepts, with helpers of every kind."""
    document: Document = {
        "format": "datamingle.mapping/1",
        "resource": "orders",
        "unmapped": {
            name: draw(st.sampled_from(["pass", "pass", "drop", "drop", "reject"])) for name in ("in", "out")
        },
        "rules": [*draw(_rules("a", depth=0)), *draw(_rules("b", depth=2))],
    }
    if draw(st.booleans()):
        document["wrap"] = draw(st.sampled_from(WRAPS))
    if draw(st.booleans()):
        document["empty"] = draw(st.lists(st.sampled_from(EMPTIES), unique_by=repr))
    if on_records:
        document["where"] = draw(st.sampled_from(CONDITIONS))
        document["accept"] = draw(st.sampled_from(CONDITIONS))
    try:
        return load(document)
    except MappingRefused:
        assume(False)
        raise


@st.composite
def _rules(draw: Draw, mark: str, depth: int) -> list[Document]:
    return [draw(_rule(f"{mark}{number}", depth)) for number in range(draw(st.integers(1, 5)))]


@st.composite
def _rule(draw: Draw, name: str, depth: int) -> Document:
    kind = draw(
        st.sampled_from(["plain", "several", "several", "array", "helper", "helper", "fixed", "group"])
    )
    parent = draw(st.sampled_from(["", "", f"p{depth}.", f"p{depth}.q."]))
    internal = draw(st.sampled_from([name, name, f"g{depth}.{name}", f"g{depth}.h.{name}"]))
    match kind:
        case "array" if depth < 2:
            return draw(_array(name, depth))
        case "group" if depth < 2:
            inner = draw(_rules(f"{name}_", depth + 1))
            return {"partner": f"{parent}{name}", "internal": internal, "rules": inner}
        case "fixed":
            return draw(_fixed(name, parent, internal))
        case "several":
            return {"internal": internal, "partner": draw(_alternatives(name, parent)), **draw(_options())}
        case "helper":
            return draw(_helper(name, parent, internal, depth))
        case _:
            step = draw(st.sampled_from(["", "", "", "[0]", "[1].k", "[-1].k", "[q='x'].v", "[=].k"]))
            one_way = {"direction": "in"} if step.startswith(("[-1]", "[=]", "[1]")) else {}
            return {"partner": parent + name + step, "internal": internal, **draw(_options()), **one_way}


@st.composite
def _array(draw: Draw, name: str, depth: int) -> Document:
    rule: Document = {"partner": f"{name}[]", "internal": f"i{name}[]"}
    if draw(st.integers(0, 3)) == 0:
        return {**rule, **draw(_options())}
    rule["rules"] = [*draw(_rules(f"{name}_", depth + 1)), {"partner": "p", "internal": "p"}]
    if draw(st.booleans()):
        rule["where"] = draw(st.sampled_from(CONDITIONS))
    if draw(st.integers(0, 3)) == 0:
        rule["merge"] = {"by": ["p"], "sum": ["s"]}
    if draw(st.integers(0, 4)) == 0:
        rule |= {"partner": f"{name}[].deep[]", "flatten": True}
    return rule


@st.composite
def _fixed(draw: Draw, name: str, parent: str, internal: str) -> Document:
    const = draw(st.sampled_from(["x", 1, True, None, {"z": 1}]))
    if draw(st.booleans()):
        return {"internal": internal, "const": const, "always": draw(st.booleans())}
    return {
        "partner": parent + name,
        "const": const,
        "expect": draw(st.booleans()),
        "always": draw(st.booleans()),
    }


@st.composite
def _alternatives(draw: Draw, name: str, parent: str) -> list[Any]:
    paths = [f"{parent}{name}", f"{name}x", f"p.{name}y", f"{name}z.k"][: draw(st.integers(2, 4))]
    return [*[draw(_alternative(path)) for path in paths], *draw(st.sampled_from([[], [], [None]]))]


@st.composite
def _alternative(draw: Draw, path: str) -> Any:
    match draw(st.integers(0, 5)):
        case 0:
            return {"path": path, "where": draw(st.sampled_from(CONDITIONS))}
        case 1:
            return {"path": path, "wrap": draw(st.sampled_from(WRAPS))}
        case 2:
            return {"path": path, "text": draw(st.sampled_from(TEXTS))}
        case 3:
            return {"path": [path, f"{path}2"], "join": " "}
        case _:
            return path


@st.composite
def _helper(draw: Draw, name: str, parent: str, internal: str, depth: int) -> Document:
    path = parent + name
    rest = f"rest{depth}{name}.*"
    match draw(st.integers(0, 11)):
        case 0:
            return {"partner": [path, f"{name}x"], "join": "-", "internal": internal}
        case 1:
            where = draw(st.sampled_from([{}, {"where": CONDITIONS[0]}]))
            return {"partner": f"{path}[].v", "gather": True, "internal": internal, **where}
        case 2:
            return {"partner": f"{path}[].v", "total": "sum", "min": 0, "internal": internal}
        case 3 | 4 | 5:
            return {"test": draw(st.sampled_from(CONDITIONS)), "internal": internal}
        case 6:
            theirs = draw(st.sampled_from([f"{path}_*", f"{path}[0].U_*", f"{path}[k='v'].U_*"]))
            return {"partner": theirs, "internal": draw(st.sampled_from([rest, f"ri{depth}{name}[0].*"]))}
        case 7:
            return {"partner": path, "pairs": ["q", "v"], "internal": rest}
        case 8:
            return {"partner": f"^.{name}", "internal": internal, "direction": "in"}
        case 9:
            return {"partner": path, "internal": internal, "text": draw(st.sampled_from(TEXTS))}
        case 10:
            return {"partner": path, "internal": f"ix{name}[0].k"}
        case _:
            return {"partner": path, "internal": internal, "type": "integer", "min": 1}


@st.composite
def _options(draw: Draw) -> Document:
    options: Document = dict(draw(st.sampled_from(CODECS)))
    if not options and draw(st.booleans()):
        options["default"] = draw(st.sampled_from(["d", 1, None, {"z": 1}]))
    if draw(st.integers(0, 4)) == 0:
        options["nulls"] = draw(st.sampled_from(["keep", "absent", "reject"]))
    if draw(st.integers(0, 7)) == 0:
        options["required"] = True
    if draw(st.integers(0, 5)) == 0:
        options["empty"] = draw(st.lists(st.sampled_from(EMPTIES), min_size=1, max_size=2))
    if draw(st.integers(0, 5)) == 0:
        options["wrap"] = draw(st.sampled_from([False, *WRAPS]))
    return options


@st.composite
def their_documents(draw: Draw, mapping: FieldMapping) -> Document:
    """A document of the partner's that fits here and there."""
    document: Document = {}
    for rule in mapping.rules.rules:
        for place in rule.places:
            _put(draw, document, place.path, draw(_wrapped(place.wraps, _fitting(rule, rule.codec.decode))))
        if rule.test is not None or rule.name_and_value is not None:
            _put(draw, document, (*rule.stand, draw(st.sampled_from("pq"))), draw(SCALARS))
    if mapping.rules.where is not None:
        _put(draw, document, (draw(st.sampled_from("pq")),), draw(SCALARS))
    for elements in mapping.rules.filters:
        _put(draw, document, (*elements.pair.partner, draw(st.sampled_from("pq"))), draw(SCALARS))
    return draw(_disturbed(document))


@st.composite
def our_documents(draw: Draw, mapping: FieldMapping) -> Document:
    """A document of ours that fits here and there."""
    document: Document = {}
    for rule in mapping.rules.rules:
        if rule.internal is not None:
            _put(draw, document, rule.internal, draw(_fitting(rule, rule.codec.encode)))
    return draw(_disturbed(document))


def _fitting(rule: Rule, convert: Callable[[Any], Any]) -> st.SearchStrategy[Any]:
    """Mostly values that the codec takes."""
    if rule.const is not ABSENT:
        return _one_of([rule.const])
    if rule.total:
        return st.sampled_from([1, 2, 0, "3.5"])
    fitting = [value for value in [*VALUES, *ODD] if _takes(convert, value)]
    return st.integers(0, 19).flatmap(lambda dice: _one_of(fitting if dice and fitting else ODD))


def _takes(convert: Callable[[Any], Any], value: Any) -> bool:
    try:
        convert(value)
    except Unconvertible:
        return False
    return value is not None


@st.composite
def _wrapped(draw: Draw, wraps: tuple[tuple[str, ...], ...], values: st.SearchStrategy[Any]) -> Any:
    value = draw(values)
    for name in reversed(draw(st.sampled_from(wraps))):
        value = {name: value}
    return value


def _put(draw: Draw, holder: Any, steps: Steps, value: Any) -> None:
    """Put a value at a path, through all or some elements of its arrays; sometimes not at all."""
    if not steps or draw(st.integers(0, 11)) == 0:
        return
    step, *rest = steps
    name = step.beginning + "n" if isinstance(step, Prefix) else step
    if isinstance(name, str) and isinstance(holder, dict):
        if not rest:
            holder[name] = value
        else:
            _put(draw, holder.setdefault(name, _container(rest[0])), tuple(rest), value)
    elif isinstance(holder, list):
        for index in _indexes(draw, holder, step):
            if not rest:
                holder[index] = value
            else:
                _put(draw, holder[index], tuple(rest), value)


def _container(step: Any) -> Any:
    return {} if isinstance(step, str | Prefix) else []


def _indexes(draw: Draw, array: list[Any], step: Any) -> Iterator[int]:
    wanted = abs(step) + 1 if isinstance(step, int) else 1
    while len(array) < wanted or (len(array) < 3 and draw(st.booleans())):
        array.append({})
    if isinstance(step, Keyed):
        array[0] = {step.member: step.text, **(array[0] if isinstance(array[0], dict) else {})}
        yield 0
    elif isinstance(step, int):
        yield step
    elif step is EACH or step is SAME:
        yield from range(len(array))


@st.composite
def _disturbed(draw: Draw, document: Document) -> Document:
    """Here and there something else; and members that nobody names."""
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
        holder: Any = document
        while isinstance(holder, dict | list) and holder:
            key = draw(
                st.sampled_from(list(holder) if isinstance(holder, dict) else list(range(len(holder))))
            )
            if draw(st.booleans()) or not isinstance(holder[key], dict | list):
                holder[key] = draw(_one_of(ODD))
                break
            holder = holder[key]
    extra = draw(
        st.dictionaries(
            st.sampled_from(["a1", "ia1", "p", "q", "g0", "u", "constructor"]), SCALARS, max_size=1
        )
    )
    return {**extra, **document}
