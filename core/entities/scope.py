"""Scopes: what a key may do, as `integrations.{resource}.{action}`."""

from collections.abc import Iterable
from functools import cache

from core.entities.resource import Resource, Verb
from core.errors import BadSetting

EVERYTHING = "integrations.*"
_RENAMED = {"inventorys": Resource.INVENTORY}


def check_scope(text: str) -> str:
    """Return the scope; BadSetting with a sentence on what would be right if it is none."""
    if text == EVERYTHING:
        return text
    match text.split("."):
        case ["integrations", resource, action]:
            return f"integrations.{_check_resource(text, resource)}.{_check_action(text, action)}"
        case _:
            raise BadSetting(
                f'"{text}" is no scope: write {EVERYTHING} or integrations.RESOURCE.ACTION, '
                "for example integrations.orders.read"
            )


def grants(scopes: Iterable[str], resource: Resource, verb: Verb) -> bool:
    """Whether one of the scopes allows the verb on the resource."""
    return not _granting(resource, verb).isdisjoint(scopes)


@cache
def _granting(resource: Resource, verb: Verb) -> frozenset[str]:
    return frozenset((EVERYTHING, f"integrations.{resource}.*", f"integrations.{resource}.{verb}"))


def _check_resource(text: str, resource: str) -> str:
    if resource in _RENAMED:
        right = text.replace(resource, _RENAMED[resource])
        raise BadSetting(f'"{text}": the segment is "{_RENAMED[resource]}", write {right}')
    if resource not in list(Resource):
        raise BadSetting(f'"{text}": "{resource}" is no resource; it is one of {", ".join(Resource)}')
    return resource


def _check_action(text: str, action: str) -> str:
    if action != "*" and action not in list(Verb):
        raise BadSetting(f'"{text}": "{action}" is no action; it is one of {", ".join(Verb)} or *')
    return action
