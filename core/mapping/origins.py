"""Where the values of one mapped document came from."""

from collections.abc import Iterable, Mapping

import attrs

from core.mapping.model import Place
from core.mapping.paths import Steps
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
    """The sources of values, and of arrays and their elements, by place of ours; none without a document."""

    record: Standing | None = None
    values: Mapping[Steps, Located] = attrs.field(factory=dict)
    links: Mapping[Place, Located] = attrs.field(factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry], built: Iterable[Link], record: Standing) -> "Origins":
        """What a trace tells; of several sources the first counts."""
        values: dict[Steps, Located] = {}
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

    def seen(self, located: Located) -> Located:
        """A translated place, in what was sent."""
        return located if self.record is None else located.seen_from(self.record)
