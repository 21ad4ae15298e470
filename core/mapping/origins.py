"""Where the values of one mapped document came from."""

from collections.abc import Iterable

import attrs

from core.mapping.model import Place
from core.mapping.places import Places, Translation
from core.mapping.standing import Located, Standing
from core.mapping.trace import Entry, Link


@attrs.frozen
class PartnerPlace:
    """A place in the partner's words: as a person writes it, and exactly where in what was sent."""

    field: str
    pointer: str

    @classmethod
    def of(cls, located: Located) -> "PartnerPlace":
        """The place that something has."""
        return cls(located.field, located.pointer)


@attrs.frozen
class Origins:
    """The sources of values, and of arrays and their elements, by place of ours."""

    record: Standing
    values: dict[Place, Located]
    links: dict[Place, Located]

    @classmethod
    def of(cls, entries: Iterable[Entry], built: Iterable[Link], record: Standing) -> "Origins":
        """What a trace tells; of several sources the first counts."""
        values: dict[Place, Located] = {}
        links: dict[Place, Located] = {}
        for entry in entries:
            if entry.source is not None and entry.how != "dropped":
                values.setdefault(entry.target, entry.source)
        for link in built:
            links.setdefault(link.target, link.source)
        return cls(record, values, links)

    def element(self, place: Place) -> Located | None:
        """The element that became this one, if the array was built or passed."""
        if place in self.links:
            return self.links[place]
        passed = self.values.get(place[:-1])
        return None if passed is None else passed.below(place[-1:])

    def locate(self, place: Place, places: Places) -> Located | None:
        """Where a place came from; where it would have come from if nothing was there."""
        found = self.translate(place, places).located
        return found[0] if found else None

    def translate(self, place: Place, places: Places) -> Translation:
        """The place on the partner's side of this document."""
        if place in self.values:
            return Translation("exact", (self.values[place],))
        for end in range(len(place) - 1, 0, -1):
            source = self.values.get(place[:end])
            if source is not None:
                rest = () if places.is_gathered(place[:end]) else place[end:]
                return Translation("below", (source.below(rest),))
        if place in self.links:
            return Translation("above", (self.links[place],))
        found = places.translate(place, self.links)
        return Translation(found.how, tuple(one.seen_from(self.record) for one in found.located))
