"""The stored form of a mapping document, and its content hash."""

import hashlib
import json
from collections.abc import Mapping

from core.mapping.model import Json


def stored_form(document: Mapping[str, Json]) -> dict[str, Json]:
    """The document with its short form written out as lists of rules."""
    stored = dict(document)
    if "rules" in stored:
        stored["rules"] = _rules(stored["rules"])
    return stored


def content_hash(document: Mapping[str, Json]) -> str:
    """The SHA-256 of the document, whatever the order of its members."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _rules(rules: Json) -> Json:
    if isinstance(rules, dict):
        return [_rule({"partner": partner, **_rest(rest)}) for partner, rest in rules.items()]
    return [_rule(rule) for rule in rules] if isinstance(rules, list) else rules


def _rest(rest: Json) -> dict[str, Json]:
    return dict(rest) if isinstance(rest, dict) else {"internal": rest}


def _rule(rule: Json) -> Json:
    return stored_form(rule) if isinstance(rule, dict) else rule
