"""Which language a caller speaks, with mappings compiled once per version."""

from collections import OrderedDict
from threading import Lock

import attrs

from core.entities.partner import Partner
from core.entities.resource import Resource
from core.mapping.mapping import FieldMapping, load_stored
from core.ports.unit_of_work import UnitOfWork
from core.use_cases.call import Trail
from core.use_cases.languages import Language, MappedLanguage, PlainLanguage
from core.use_cases.lookups import RecordLookup

_KEPT = 512


@attrs.define
class Mappings:
    """The compiled mappings of this process; a version never changes, so it may be kept."""

    _compiled: OrderedDict[tuple[str, Resource, int], FieldMapping] = attrs.field(
        factory=OrderedDict, init=False
    )
    _lock: Lock = attrs.field(factory=Lock, init=False)

    def current(self, work: UnitOfWork, partner: str, resource: Resource) -> tuple[int, FieldMapping] | None:
        """The version in use and its mapping; None if the partner has none for the resource."""
        version = work.mappings.current_version(partner, resource)
        if version is None:
            return None
        asked = (partner, resource, version)
        with self._lock:
            mapping = self._compiled.get(asked)
        return version, mapping or self._compile(work, asked)

    def language(
        self, work: UnitOfWork, partner: Partner | None, resource: Resource, trail: Trail
    ) -> Language:
        """The partner's language for the resource; ours for a pass-through key."""
        found = self.current(work, partner.slug, resource) if partner is not None else None
        if found is None:
            return PlainLanguage(resource)
        trail.mapping_version, mapping = found
        return MappedLanguage(resource, mapping, RecordLookup(work), trail.alerts.append)

    def _compile(self, work: UnitOfWork, asked: tuple[str, Resource, int]) -> FieldMapping:
        stored = work.mappings.get(*asked)
        if stored is None:
            raise LookupError(f"mapping version {asked} is gone")
        mapping = load_stored(stored.document)
        with self._lock:
            self._compiled[asked] = mapping
            if len(self._compiled) > _KEPT:
                self._compiled.popitem(last=False)
        return mapping
