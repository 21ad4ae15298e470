"""Records of ours mapped out for a trial: what the partner would be answered."""

import attrs

from core.entities.json import Json
from core.entities.resource import Resource
from core.mapping.mapping import FieldMapping
from core.mapping.masking import mask_secrets
from core.mapping.model import Lookup
from core.mapping.rows import row_rules
from core.mapping.standing import Standing
from core.use_cases.trial import Trial, TryMapping, traced


def try_outward(command: TryMapping, mapping: FieldMapping, version: int | None, lookup: Lookup) -> Trial:
    """Map records as the API shows them, each by itself; inventory goes out row by row."""
    by_row = command.resource is Resource.INVENTORY
    direction = mapping.row_outbound if by_row else mapping.outbound
    rules = row_rules(mapping.rules) if by_row else mapping.rules
    several = isinstance(command.payload, list)
    done = [
        direction.explain_at(standing, partial=False, lookup=lookup) for standing in _records(command.payload)
    ]
    documents = [mask_secrets(explained.value, rules, "out") for explained in done]
    return Trial(
        document=documents if several else documents[0],
        errors=[
            attrs.evolve(error, record=number if several else None)
            for number, explained in enumerate(done)
            for error in explained.errors
        ],
        findings=mapping.warnings,
        records=[
            traced(number, explained, (number,)) if several else traced(None, explained, ())
            for number, explained in enumerate(done)
        ],
        mapping_version=version,
    )


def _records(payload: Json) -> list[Standing]:
    if not isinstance(payload, list):
        return [Standing(_as_for_partner(payload))]
    return [Standing(_as_for_partner(view), base=(number,)) for number, view in enumerate(payload)]


def _as_for_partner(view: Json) -> Json:
    """The record as it is given to a mapping: a line does not repeat its product."""
    items = view.get("items") if isinstance(view, dict) else None
    if not isinstance(view, dict) or not isinstance(items, list):
        return view
    return {**view, "items": [_without_product(item) for item in items]}


def _without_product(item: Json) -> Json:
    return {name: value for name, value in item.items() if name != "sku"} if isinstance(item, dict) else item
