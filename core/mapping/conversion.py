"""What happens to one value between its two places: text steps, codec, lookup, in the order of section 17."""

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

import attrs

from core.mapping.equality import same
from core.mapping.model import ABSENT, Absent, Json, Lookup, Unconvertible
from core.mapping.rules import LookupBy, Nulls
from core.mapping.shown import shown
from core.mapping.texts import TextSteps


class Conversion(Protocol):
    """One direction of what happens to a value."""

    def apply(self, value: Json, lookup: Lookup | None) -> Json | Absent:
        """The value for the other side; Unconvertible if it has none."""


@attrs.frozen
class Inbound:
    """From the partner's value to ours."""

    nulls: Nulls
    text: TextSteps | None
    reads_integers: bool
    decode: Callable[[Json], Json] | None
    lookup: LookupBy | None

    def apply(self, value: Json, lookup: Lookup | None) -> Json | Absent:
        """Text steps, then the codec, then the lookup."""
        if value is None:
            return _null(self.nulls)
        if self.text is not None:
            shortened = self.text.apply(self._as_text(value))
            if shortened is ABSENT:
                return ABSENT
            value = shortened
        if self.decode is not None:
            value = self.decode(value)
        return value if self.lookup is None else self._found(self.lookup, value, lookup)

    def _as_text(self, value: Json) -> str:
        if isinstance(value, str):
            return value
        if self.reads_integers and isinstance(value, int | float | Decimal) and self.decode is not None:
            return str(self.decode(value))
        raise Unconvertible("wrong_type", "a text")

    @staticmethod
    def _found(by: LookupBy, value: Json, lookup: Lookup | None) -> str:
        key = None if lookup is None else lookup.find(by.resource, by.by, value)
        if key is None:
            raise Unconvertible("not_found", f"the {by.by} of one of our {by.resource}")
        return key


@attrs.frozen
class Outbound:
    """From our value to the partner's; null is written as null unless it counts as absence."""

    null_is_absent: bool
    text: TextSteps | None
    encode: Callable[[Json], Json] | None
    lookup: LookupBy | None

    def apply(self, value: Json, lookup: Lookup | None) -> Json | Absent:
        """Lookup, then the codec, then the text without what was put around it."""
        if value is None:
            return ABSENT if self.null_is_absent else None
        if self.lookup is not None:
            value = self._carried(self.lookup, value, lookup)
        if self.encode is not None:
            value = self.encode(value)
        if self.text is not None and isinstance(value, str):
            value = self.text.undo(value)
        return value

    @staticmethod
    def _carried(by: LookupBy, value: Json, lookup: Lookup | None) -> Json:
        found = None
        if lookup is not None and isinstance(value, str):
            found = lookup.value_of(by.resource, by.by, value)
        if found is None:
            raise Unconvertible("not_found", f"a record of our {by.resource} that has a {by.by}")
        return found


@attrs.frozen
class Expected:
    """Nothing but a check: the value, if there is one, must be this one."""

    const: Json

    def apply(self, value: Json, lookup: Lookup | None) -> Json | Absent:
        """Absent, as nothing is to be written."""
        if value is not None and not same(value, self.const):
            raise Unconvertible("unexpected_value", shown(self.const))
        return ABSENT


def _null(nulls: Nulls) -> Json | Absent:
    if nulls == "reject":
        raise Unconvertible("null_not_allowed", "a value")
    return ABSENT if nulls == "absent" else None
