"""Checks of the places that are written: no two rules may meet, arrays have no gaps and no two origins."""

from collections.abc import Iterator
from typing import Final

from core.mapping.lint.sheet import Sheet, Written, arrays_in, target
from core.mapping.lint.subject import Side, Subject
from core.mapping.lint.tree import Clash, Node
from core.mapping.model import Finding
from core.mapping.paths import EACH, SAME, Keyed, Steps, show, with_each
from core.mapping.rules import Names

HIGHEST_INDEX_WRITTEN: Final = 63
_SAY_IN: Final = 'say "direction": "in"'
_ONE_WAY: Final = 'say "direction": "in" on all rules but one'
_REASONS: Final = {
    "duplicate_target": "is written by {other} too",
    "target_overlap": "meets a place that {other} writes",
    "shape_conflict": "is an object here and an array in {other}",
}


def check_targets(sheet: Sheet) -> Iterator[Finding]:
    """All findings about written places."""
    for written in sheet.ways:
        for subject, clash in written.clashes:
            yield _clash(written, subject, clash)
        yield from _two_sources(written)
        yield from _single_elements(written)
        yield from _elements(written, sheet)
        yield from _keys(written, sheet)
    yield from _alternatives(sheet)


def _clash(written: Written, subject: Subject, clash: Clash) -> Finding:
    place = target(subject, written.side) or ()
    reason = _REASONS[clash.code].format(other=_named(clash.other))
    shown = show(place[: clash.step + 1] if clash.code == "shape_conflict" else place)
    fix = _ONE_WAY if written.side == "partner" and subject.rule.inbound else _as_alternatives(subject, clash)
    finding = subject.error(clash.code, written.side, f"{shown} {reason}", fix)
    return subject.at(finding, written.side, min(clash.step, len(place) - 1))


def _as_alternatives(subject: Subject, clash: Clash) -> str | None:
    """Two places that fill the same one of ours are alternatives of one rule."""
    first, second = clash.other.document.get("partner"), subject.document.get("partner")
    if clash.code != "duplicate_target" or not isinstance(first, str) or not isinstance(second, str):
        return None
    return None if first == second else f'make them one rule with "partner": ["{first}", "{second}"]'


def _two_sources(written: Written) -> Iterator[Finding]:
    for built, origins in written.sources.items():
        (first, owner), *others = origins.items()
        for read, subject in others:
            yield subject.error(
                "two_source_arrays",
                written.side,
                f"the array {show(built)} would be built from {show(read)} here and from {show(first)}"
                f" in {_named(owner)}; in one direction an array has one origin",
                _ONE_WAY if written.side == "partner" and subject.rule.direction == "both" else None,
            )


def _single_elements(written: Written) -> Iterator[Finding]:
    """Elements written one by one: by numbers without a gap, or by keys, not both."""
    for path, node in written.tree.walk():
        if node.some is not None and node.elements:
            built = written.builds((*path, 0))
            if node.has_keys and (built or node.indexes):
                message = f"{show(path)} gets elements by their key here and in another way elsewhere"
                yield node.some.error("target_overlap", written.side, message, _ONE_WAY)
            elif node.indexes:
                yield from _numbered(written, path, node, built=built)


def _numbered(written: Written, path: Steps, node: Node, *, built: bool) -> Iterator[Finding]:
    highest = max(node.indexes)
    owner = node.elements[highest].some
    if owner is None:
        return
    shown = f"{show(path)}[{highest}]"
    if highest > HIGHEST_INDEX_WRITTEN:
        message = f"{shown}: an index that is written is at most {HIGHEST_INDEX_WRITTEN}"
        yield owner.error("too_large", written.side, message)
    elif not built and highest >= len(node.indexes):
        missing = next(number for number in range(highest) if number not in node.elements)
        message = f"{shown} is written but {show(path)}[{missing}] is not; written indexes have no gap"
        yield owner.error("index_gap", written.side, message, "count from [0]")


def _elements(written: Written, sheet: Sheet) -> Iterator[Finding]:
    """`[=]` and the `[]` of fixed values write into elements that other rules have to build."""
    for subject in sheet.subjects:
        place = target(subject, written.side)
        for number, array in arrays_in(place or ()):
            step = array[-1]
            if step not in (SAME, EACH) or written.builds(array):
                continue
            code = "same_without_each" if step is SAME else "unpaired_each"
            shown, plain = show(array), show(with_each(array))
            message = f"{shown} writes into every element of an array that no rule for {plain} builds"
            fix = _SAY_IN if written.side == "partner" and subject.rule.inbound and step is SAME else None
            yield subject.at(subject.error(code, written.side, message, fix), written.side, number)


def _keys(written: Written, sheet: Sheet) -> Iterator[Finding]:
    """All elements of an array have their key in one member, alike, and no rule writes there."""
    seen: dict[Steps, tuple[str, Names]] = {}
    for subject in sheet.subjects:
        place = target(subject, written.side) or ()
        for number, step in enumerate(place):
            if not isinstance(step, Keyed):
                continue
            array, key = show(place[:number]), (step.member, _wrapper(subject, written.side))
            if seen.setdefault(place[:number], key) != key:
                message = f"elsewhere the elements of {array} carry their key in another member, or wrapper"
            elif place[number + 1 : number + 2] == (step.member,):
                message = f"{show(place)} writes over the key of its element"
            else:
                continue
            yield subject.at(
                subject.error("target_overlap", written.side, message, _SAY_IN), written.side, number
            )


def _wrapper(subject: Subject, side: Side) -> Names:
    return subject.rule.places[0].wraps[0] if side == "partner" else ()


def _alternatives(sheet: Sheet) -> Iterator[Finding]:
    for subject in sheet.subjects:
        if subject.rule.direction != "both":
            continue
        for place in subject.other_targets:
            other = _touched(sheet.outbound, place, subject)
            if other is not None:
                yield subject.error(
                    "alternative_overlap",
                    "partner",
                    f"the alternative {show(place)} meets a place that {_named(other)} writes:"
                    " reading back would find that value",
                    _SAY_IN,
                )


def _touched(written: Written, place: Steps, subject: Subject) -> Subject | None:
    other = written.tree.touching(place)
    return None if other is subject else other


def _named(subject: Subject) -> str:
    return f"rule {subject.rule.id}"
