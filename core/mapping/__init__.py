"""The field mapping engine: two-way maps between a partner's documents and ours."""

from core.mapping.mapping import FieldMapping, lint, load
from core.mapping.model import Finding, Lookup, MappingError, MappingRefused

__all__ = ["FieldMapping", "Finding", "Lookup", "MappingError", "MappingRefused", "lint", "load"]
