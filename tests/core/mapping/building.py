"""Mappings for tests, with what does not matter filled in."""

from typing import Any

from core.mapping import FieldMapping, load


def mapping_of(*rules: dict[str, Any], **options: Any) -> FieldMapping:
    """A mapping of these rules that drops what they do not name."""
    return load(
        {
            "format": "datamingle.mapping/1",
            "resource": options.pop("resource", "orders"),
            "unmapped": options.pop("unmapped", "drop"),
            "rules": list(rules),
            **options,
        }
    )


def value_of(document: Any, *rules: dict[str, Any], **options: Any) -> Any:
    """What a document becomes; no error may come of it."""
    result = mapping_of(*rules, **options).inbound(document)
    assert result.errors == ()
    return result.value


def errors_of(document: Any, *rules: dict[str, Any], **options: Any) -> list[tuple[str, str, list[str]]]:
    """Code, partner place and our places of each error."""
    result = mapping_of(*rules, **options).inbound(document)
    return [(error.code, error.partner, list(error.internal)) for error in result.errors]
