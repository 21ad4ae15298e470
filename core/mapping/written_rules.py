"""The rules of a mapping document as they are written, each under the whole path of its place."""

from collections.abc import Iterator, Mapping

import attrs

from core.mapping.model import Json
from core.mapping.paths import Steps, parse, show

_PLACES = ("partner", "internal")


@attrs.frozen
class WrittenRule:
    """A rule, or what a group says beyond its places; paths in `members` start at the record."""

    place: str
    members: Mapping[str, Json]


def written_rules(document: Mapping[str, Json]) -> Iterator[WrittenRule]:
    """The rules of a document in list form, in order; a group with options comes before its rules.

    The place is ours, or the partner's where a rule has none of ours.
    """
    yield from _inside(document, (), ())


def _inside(parent: Mapping[str, Json], partner: Steps, internal: Steps) -> Iterator[WrittenRule]:
    entries = parent.get("rules")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and "rules" in entry:
            yield from _group(entry, partner, internal)
        elif isinstance(entry, dict):
            yield _rule(entry, partner, internal)


def _group(entry: Mapping[str, Json], partner: Steps, internal: Steps) -> Iterator[WrittenRule]:
    inner = partner + _steps(entry.get("partner")), internal + _steps(entry.get("internal"))
    options = {name: value for name, value in entry.items() if name not in (*_PLACES, "rules")}
    if options:
        yield WrittenRule(show(inner[1] or inner[0]), options)
    yield from _inside(entry, *inner)


def _rule(entry: Mapping[str, Json], partner: Steps, internal: Steps) -> WrittenRule:
    members = dict(entry)
    if "partner" in members:
        members["partner"] = _whole(members["partner"], partner)
    if "internal" in members:
        members["internal"] = show(internal + _steps(members["internal"]))
    return WrittenRule(str(members.get("internal", members.get("partner", ""))), members)


def _whole(places: Json, above: Steps) -> Json:
    """The partner's places with their whole paths, in the shape that was written."""
    match places:
        case str():
            return show(above + _steps(places))
        case list():
            return [_whole(place, above) for place in places]
        case dict() if "path" in places:
            return {**places, "path": _whole(places["path"], above)}
        case _:
            return places


def _steps(path: Json) -> Steps:
    return parse(path).steps if isinstance(path, str) and path else ()
