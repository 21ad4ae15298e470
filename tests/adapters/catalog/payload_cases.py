"""The payloads of the systems: samples with the wanted document, oddities one by one, answers of ours."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from adapters.catalog.templates import FileTemplates
from core.entities.json import Json
from core.entities.resource import Resource

PAYLOADS = Path(__file__).parents[2] / "payloads"
TEMPLATES = FileTemplates()
SYSTEMS = [name for name in TEMPLATES.names() if name != "custom"]
_TEMPLATE_OF = {"sapb1": "sap-business-one", "businesscentral": "business-central"}


@attrs.frozen
class Case:
    """One payload of a system, and what is to come of it: `gives`, or `refuses`, or rows that fail."""

    system: str
    resource: Resource
    title: str
    sends: Json
    lookups: Mapping[str, str] = attrs.field(factory=dict)
    partial: bool = False
    gives: Json = None
    lacks: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    code: str | None = None
    fails: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.system}: {self.resource}: {self.title}"


@attrs.frozen
class Spoken:
    """One record as we keep it, and as the system is answered."""

    system: str
    resource: Resource
    title: str
    ours: Json
    theirs: Json
    lookups: Mapping[str, str] = attrs.field(factory=dict)

    def __str__(self) -> str:
        return f"{self.system}: {self.resource}: {self.title}"


def samples() -> Iterator[Case]:
    """Whole payloads as the systems send them."""
    for file in sorted(PAYLOADS.glob("*.expected.json")):
        system, resource, sent = _sample(file)
        lookups = sent.with_suffix(".lookups.json")
        known = load_json(lookups)["inventory_item_id_to_sku"] if lookups.exists() else {}
        yield Case(system, resource, sent.stem, load_json(sent), known, gives=load_json(file))


def rejects() -> Iterator[Case]:
    """Whole payloads that are refused."""
    for file in sorted((PAYLOADS / "rejects").glob("*.expected.json")):
        system, resource, sent = _sample(file)
        places = tuple(detail["field"] for detail in load_json(file)["error"]["details"])
        yield Case(system, resource, sent.stem, load_json(sent), refuses=places)


def oddities() -> Iterator[Case]:
    """Small payloads, each with one of the oddities of its system."""
    for system in SYSTEMS:
        for case in load_json(PAYLOADS / "oddities" / f"{system}.json"):
            yield Case(system, **{**case, "resource": Resource(case["resource"])})


def answers() -> Iterator[Spoken]:
    """Records of ours in the words of each system."""
    for system in SYSTEMS:
        for case in load_json(PAYLOADS / "answers" / f"{system}.json"):
            yield Spoken(system, **{**case, "resource": Resource(case["resource"])})


def load_json(file: Path) -> Json:
    document: Json = json.loads(file.read_text("utf-8"))
    return document


def _sample(file: Path) -> tuple[str, Resource, Path]:
    system, word, _ = file.name.split("_", 2)
    resource = next(one for one in Resource if one.singular == word)
    return _TEMPLATE_OF.get(system, system), resource, file.with_name(file.name.replace(".expected", ""))
