"""A guide shows what the product does: every block of it is carried out here."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.entities.json import Json, JsonObject
from core.entities.resource import DESCRIPTIONS, Resource
from core.mapping.mapping import FieldMapping, lint, load
from core.mapping.model import Lookup
from entrypoints.cli.findings import describe_findings
from tests.adapters.catalog.guide_blocks import GUIDES, KINDS, Scene, blocks, scenes
from tests.adapters.catalog.guide_console import Console, fits, typed

MAPPING = GUIDES / "mapping.md"
ROOT = Path(__file__).parents[3]
LINT = ROOT / "core" / "mapping" / "lint"
LINT_TESTS = ROOT / "tests" / "core" / "mapping"
SCENES = list(scenes(MAPPING))
_DOUBT = re.compile(r'(?:warning\(\s*|Finding\(\s*"warning",\s*)"([a-z_]+)"')


class Stock(Lookup):
    """The one product that the guide looks up."""

    def find(self, resource: str, by: str, value: Json) -> str | None:
        """Its SKU."""
        return "TENT-2P" if (resource, by, value) == ("products", "custom_fields.item_id", 4711) else None

    def value_of(self, resource: str, by: str, key: str) -> Json:
        """Nothing is answered here."""
        raise NotImplementedError


def schema(scene: Scene) -> JsonObject:
    return DESCRIPTIONS[Resource(str(scene.mapping["resource"]))].schema()


@pytest.mark.parametrize("guide", sorted(GUIDES.glob("*.md")), ids=lambda guide: guide.stem)
def test_every_block_is_of_a_kind_that_is_carried_out(guide: Path) -> None:
    kinds = {(block.line, block.kind) for block in blocks(guide) if block.language == "json"}

    assert {(line, kind) for line, kind in kinds if kind not in KINDS} == set()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"line{scene.block.line}")
def test_a_mapping_does_what_the_guide_shows(scene: Scene) -> None:
    samples = [block.document for block in scene.blocks if block.kind == "sample"]
    findings = lint(scene.mapping, schema(scene), samples)
    assert {finding.code for finding in findings} == set(scene.block.codes), describe_findings(findings)
    assert any(finding.severity == "error" for finding in findings) == scene.is_refused
    for block in scene.blocks:
        if block.language == "text":
            assert block.text.splitlines() == describe_findings(findings)
    if not scene.is_refused:
        carry_out(scene)


def carry_out(scene: Scene) -> None:
    mapping = load(scene.mapping, schema(scene))
    sent, ours = scene.payload, None
    for block in scene.blocks:
        match block.kind:
            case "payload" | "change":
                sent = block
            case "record":
                ours = block.document
            case "document":
                assert sent is not None
                documents, errors = read(mapping, sent.document, partial=sent.kind == "change")
                assert (documents, errors) == (block.document, []), json.dumps(documents)
                ours = documents
            case "errors":
                assert sent is not None
                _, errors = read(mapping, sent.document, partial=sent.kind == "change")
                assert errors == block.document, json.dumps(errors)
            case "answer":
                assert isinstance(ours, dict)
                said = mapping.outbound(ours)
                assert (said.value, list(said.errors)) == (block.document, []), json.dumps(said.value)


def read(mapping: FieldMapping, payload: Json, *, partial: bool) -> tuple[Json, list[Json]]:
    reading = mapping.read(payload, partial=partial, lookup=Stock())
    if mapping.resource == Resource.INVENTORY:
        bulk = reading.bulk()
        return bulk.value, [error.message for error in bulk.errors]
    values: list[Json] = [record.value for record in reading.records]
    errors: list[Json] = [error.message for record in reading.records for error in record.errors]
    return (values if reading.several else values[0]), errors


def test_the_console_prints_what_the_guide_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    console = Console(tmp_path)
    for block in blocks(MAPPING):
        if block.file is not None:
            (tmp_path / block.file).write_text(block.text)
        if block.language != "console":
            continue
        for line, shown in typed(block.text):
            printed = console.type(line)

            assert fits(shown, printed), f"{line}\n{printed}"


def codes_of_the_linter() -> Iterator[str]:
    """The errors that its own tests provoke, and the doubts that it may voice."""
    for file in LINT_TESTS.glob("lint_*cases.jsonl"):
        yield from (json.loads(line)["code"] for line in file.read_text("utf-8").splitlines())
    for source in LINT.glob("*.py"):
        yield from _DOUBT.findall(source.read_text("utf-8"))


def test_every_finding_of_the_linter_is_explained_and_shown() -> None:
    explained = re.findall(r"^#### `([a-z_]+)`", MAPPING.read_text("utf-8"), re.MULTILINE)
    shown = {code for scene in SCENES for code in scene.block.codes}

    assert set(explained) == set(codes_of_the_linter())
    assert set(explained) <= shown
