"""The fenced blocks of a guide: mappings, what goes through them, and what is typed at a console."""

import json
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path

import attrs

from core.entities.json import Json, JsonObject

GUIDES = Path(__file__).parents[3] / "adapters" / "catalog" / "data" / "guides"
KINDS = ("mapping", "adds", "whole", "payload", "change", "sample", "document", "errors", "record", "answer")
_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEAD: JsonObject = {"format": "datamingle.mapping/1", "resource": "orders"}


@attrs.frozen
class Block:
    """A fenced block; `words` stand behind its language: the kind, then a file's name or finding codes."""

    language: str
    words: Sequence[str]
    text: str
    line: int

    @property
    def kind(self) -> str:
        """What it is for; a block without words is read by people only."""
        return self.words[0] if self.words else ""

    @property
    def file(self) -> str | None:
        """The name it is stored under."""
        return next((word for word in self.words if word.endswith(".json")), None)

    @property
    def codes(self) -> list[str]:
        """The findings it has, as `code` for doubts; after `refused` they are errors."""
        return [word for word in self.words[1:] if word != "refused" and not word.endswith(".json")]

    @property
    def document(self) -> Json:
        """Its JSON."""
        document: Json = json.loads(self.text)
        return document


@attrs.define
class Scene:
    """A mapping, and the blocks up to the next one."""

    block: Block
    mapping: JsonObject
    payload: Block | None
    blocks: list[Block] = attrs.field(factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether the guide says that it cannot be saved."""
        return "refused" in self.block.words


def blocks(guide: Path) -> list[Block]:
    """Every fenced block, in order."""
    text = guide.read_text("utf-8")
    return [
        Block(found[1], found[2].split(), found[3], text.count("\n", 0, found.start()) + 1)
        for found in _FENCE.finditer(text)
    ]


def scenes(guide: Path) -> Iterator[Scene]:
    """Every mapping with what is shown of it; a payload stays on the table for the mappings after it."""
    scene: Scene | None = None
    payload: Block | None = None
    for block in blocks(guide):
        if block.kind in ("mapping", "adds", "whole"):
            if scene is not None:
                yield scene
            before = {} if scene is None else scene.mapping
            scene = Scene(block, _mapping(block, before), payload)
        elif scene is not None:
            scene.blocks.append(block)
        if block.kind in ("payload", "change"):
            payload = block
    if scene is not None:
        yield scene


def _mapping(block: Block, before: JsonObject) -> JsonObject:
    document = block.document
    assert isinstance(document, dict)
    if block.kind == "adds":
        return _added(deepcopy(before), document)
    mapping = {**_HEAD, **document}
    assert block.kind == "mapping" or mapping == before, "the whole mapping is not what was built up"
    return mapping


def _added(mapping: JsonObject, more: JsonObject) -> JsonObject:
    """The mapping with more members; rules go to the end of the list, or of the group of the same paths."""
    rules = mapping.setdefault("rules", [])
    added = more.get("rules", [])
    assert isinstance(rules, list)
    assert isinstance(added, list)
    for rule in added:
        group = next((one for one in rules if _paths(one) == _paths(rule) and "rules" in one), None)
        if group is None:
            rules.append(rule)
        else:
            _added(group, rule)
    mapping.update({name: value for name, value in more.items() if name != "rules"})
    return mapping


def _paths(rule: Json) -> tuple[Json, Json]:
    assert isinstance(rule, dict)
    return rule.get("partner"), rule.get("internal")
