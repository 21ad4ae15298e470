"""A mapping template: what a system's payloads look like, as a mapping per resource to start from."""

from collections.abc import Mapping

import attrs

from core.entities.json import Json, JsonObject
from core.entities.resource import Resource


@attrs.frozen
class Template:
    """The mappings that ship for one system; `covers` is a table of what they do."""

    name: str
    title: str
    about: str
    mappings: Mapping[Resource, JsonObject]
    covers: tuple[JsonObject, ...] = ()
    sources: tuple[Json, ...] = ()
