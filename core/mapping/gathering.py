"""Values of all elements of an array: gathered, joined or added up."""

from collections.abc import Iterator

import attrs

from core.mapping.arithmetic import add, exact
from core.mapping.elements import check_element, elements_of
from core.mapping.model import ABSENT, Absent, Json, Lookup, Unconvertible
from core.mapping.reads import Asking, PlaceRead, as_text
from core.mapping.sources import Source
from core.mapping.standing import CLEARED, Cleared, Located, Standing, Trouble, Troubled


@attrs.frozen
class GatherRead:
    """The values of all elements: as an array, as one text, or their sum."""

    array: Source
    element: PlaceRead
    where: Asking | None
    total: bool
    separator: str | None

    def fetch(self, standing: Standing, lookup: Lookup | None) -> Json | Absent | Cleared:
        """What the elements hold; absent if none holds anything."""
        values: list[Json] = []
        troubles: list[Trouble] = []
        for element in self._elements(standing):
            try:
                check_element(element, members=self.element.source.reads_members)
                value = self.element.fetch(element, lookup)
                if value is not ABSENT and value is not CLEARED:
                    self._keep(value, values, self.element.located(element))
            except Troubled as bad:
                troubles += bad.troubles
        if troubles:
            raise Troubled(*troubles)
        if not values:
            return ABSENT
        try:
            return self._together(values)
        except Unconvertible as bad:
            raise Troubled(Trouble(bad.code, self.located(standing), bad.expected, list(values))) from None

    def located(self, standing: Standing) -> Located:
        """The array."""
        return self.array.located(standing)

    def _keep(self, value: Json, values: list[Json], located: Located) -> None:
        if value is None and (self.total or self.separator is not None):
            return
        if self.total and exact(value) is None:
            raise Troubled(Trouble("wrong_type", located, "a number", value))
        values.append(value if self.separator is None else as_text(value, located))

    def _together(self, values: list[Json]) -> Json:
        if self.total:
            return add(values)
        if self.separator is None:
            return values
        return self.separator.join(text for text in values if isinstance(text, str))

    def _elements(self, standing: Standing) -> Iterator[Standing]:
        array = self.array.read(standing)
        if array is ABSENT or array is CLEARED or array is None:
            return
        located, around = self.array.located(standing), self.array.start(standing) or standing
        members, budget = self.element.source.reads_members, standing.budget
        for element in elements_of(array, located, around, budget, members=members):
            if self.where is None or not isinstance(element.value, dict) or self.where.holds(element):
                yield element
