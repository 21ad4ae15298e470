"""The form of a template file, checked member by member."""

from collections.abc import Mapping
from typing import Final

from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.entities.template import Template

FORMAT: Final = "datamingle.template/1"
_MEMBERS: Final = frozenset({"format", "name", "title", "about", "sources", "covers", "mappings"})
_COVERED: Final = frozenset({"resource", "direction", "what", "not_covered"})
_DIRECTIONS: Final = ("in", "out", "both")


class BadTemplate(Exception):
    """A document that is no template; the message says what is wrong and where."""


def read_template(name: str, document: Json) -> Template:
    """The template that a document describes; BadTemplate if it has another name or form."""
    members = _object(document, "the document")
    _know_all(members, _MEMBERS, "the document")
    _expect(members, "format", FORMAT)
    _expect(members, "name", name)
    return Template(
        name=name,
        title=_text(members, "title"),
        about=_text(members, "about"),
        mappings=_mappings(_object(members.get("mappings"), "mappings")),
        covers=tuple(_covered(row, number) for number, row in enumerate(_array(members, "covers"))),
        sources=tuple(_array(members, "sources")),
    )


def _mappings(documents: JsonObject) -> Mapping[Resource, JsonObject]:
    return {_resource(word, "mappings"): _mapping(word, document) for word, document in documents.items()}


def _mapping(word: str, document: Json) -> JsonObject:
    mapping = _object(document, f"mappings.{word}")
    if mapping.get("resource") != word:
        raise BadTemplate(f'mappings.{word}: its resource is not "{word}"')
    return mapping


def _covered(document: Json, number: int) -> JsonObject:
    place = f"covers[{number}]"
    row = _object(document, place)
    _know_all(row, _COVERED, place)
    for member in _COVERED:
        _text(row, member, place)
    _resource(_text(row, "resource", place), place)
    if row["direction"] not in _DIRECTIONS:
        raise BadTemplate(f"{place}: direction is one of {', '.join(_DIRECTIONS)}")
    return row


def _resource(word: str, place: str) -> Resource:
    try:
        return Resource(word)
    except ValueError:
        known = ", ".join(resource.value for resource in Resource)
        raise BadTemplate(f'{place}: "{word}" is no resource; there are {known}') from None


def _object(document: Json, place: str) -> JsonObject:
    if isinstance(document, dict):
        return document
    raise BadTemplate(f"{place}: an object is due")


def _array(members: JsonObject, member: str) -> list[Json]:
    value = members.get(member, [])
    if isinstance(value, list):
        return value
    raise BadTemplate(f"{member}: an array is due")


def _text(members: JsonObject, member: str, place: str = "") -> str:
    value = members.get(member)
    if isinstance(value, str):
        return value
    raise BadTemplate(f"{place + ': ' if place else ''}{member}: a text is due")


def _expect(members: JsonObject, member: str, wanted: str) -> None:
    if members.get(member) != wanted:
        raise BadTemplate(f'{member}: "{wanted}" is due')


def _know_all(members: JsonObject, known: frozenset[str], place: str) -> None:
    strangers = sorted(set(members) - known)
    if strangers:
        raise BadTemplate(f'{place}: "{strangers[0]}" is no member; there are {", ".join(sorted(known))}')
