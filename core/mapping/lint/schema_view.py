"""Our schema as the rules see it: which places there are, of which kinds, and who may write them."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import attrs

from core.mapping.model import Json
from core.mapping.paths import EACH, Prefix, Step, Steps, show


@attrs.frozen
class SchemaView:
    """A JSON Schema of plain objects and arrays, seen from one place; `open` places may hold anything."""

    schema: Mapping[str, Json]
    open: bool = False
    read_only: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds a value may have; empty if any."""
        named = self.schema.get("type")
        listed = named if isinstance(named, list) else [named]
        return frozenset(kind for kind in listed if isinstance(kind, str))

    @property
    def choices(self) -> list[Json]:
        """The values allowed, if they are listed."""
        listed = self.schema.get("enum")
        return listed if isinstance(listed, list) else []

    @property
    def required(self) -> list[str]:
        """The members an object must have."""
        listed = self.schema.get("required")
        return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []

    @property
    def names(self) -> list[str]:
        """The members described."""
        return list(_object(self.schema.get("properties")))

    @property
    def writable(self) -> list[str]:
        """The members described that are not set by us."""
        members = _object(self.schema.get("properties"))
        return [name for name, schema in members.items() if _object(schema).get("readOnly") is not True]

    def is_open(self, name: str) -> bool:
        """Whether the member may hold anything."""
        member = self.step(name)
        return member is not None and member._is_open_object

    def nearest(self, place: Steps) -> Steps | None:
        """The place that was probably meant: of the same name elsewhere, or spelt alike."""
        known = {show(steps): steps for steps in self._writable_places(())}
        same_name = [steps for steps in known.values() if steps[-1] == place[-1]]
        if len(same_name) == 1:
            return same_name[0]
        alike = get_close_matches(show(place), known, n=1, cutoff=0.8)
        return known[alike[0]] if alike else None

    def _writable_places(self, at: Steps) -> Iterator[Steps]:
        for name in self.writable:
            yield (*at, name)
            member = self.step(name)
            items = None if member is None or "array" not in member.kinds else member.step(EACH)
            if items is not None:
                yield from items._writable_places((*at, name, EACH))

    def at(self, steps: Steps) -> "SchemaView | None":
        """The view from a place inside; None if there is no such place."""
        view: SchemaView | None = self
        for step in steps:
            if view is None:
                return None
            view = view.step(step)
        return view

    def step(self, step: Step) -> "SchemaView | None":
        """The view one step further."""
        if self.open:
            return self
        if isinstance(step, Prefix):
            return self if self._is_open_object else None
        if isinstance(step, str):
            return self._member(step)
        items = self.schema.get("items")
        return self._inside(_object(items)) if items is not None or "array" in self.kinds else None

    def never_empty(self, array: Steps) -> bool:
        """Whether the array must have an element."""
        view = self.at(array)
        least = None if view is None or view.open else view.schema.get("minItems")
        return isinstance(least, int) and least > 0

    def _member(self, name: str) -> "SchemaView | None":
        properties = _object(self.schema.get("properties"))
        if name in properties:
            return self._inside(_object(properties[name]))
        return SchemaView({}, open=True, read_only=self.read_only) if self._is_open_object else None

    @property
    def _is_open_object(self) -> bool:
        more = self.schema.get("additionalProperties")
        return more is True or isinstance(more, dict)

    def _inside(self, schema: Mapping[str, Json]) -> "SchemaView":
        return SchemaView(schema, read_only=self.read_only or schema.get("readOnly") is True)


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
