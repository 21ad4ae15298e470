"""Mapping templates as JSON files: those that ship, and the operator's own beside them."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from adapters.catalog.template_document import BadTemplate, read_template
from core.entities.json import Json, JsonObject
from core.entities.template import Template
from core.errors import BadSetting
from core.ports.template_catalog import TemplateCatalog

SHIPPED: Final = Path(__file__).parent / "data" / "templates"
_FIRST: Final = "custom"


class FileTemplates(TemplateCatalog):
    """One file per template, called as it is; an operator's file replaces the shipped one of its name."""

    def __init__(self, extra: Path | None = None) -> None:
        if extra is not None and not extra.is_dir():
            raise BadSetting(f"the folder of templates {extra} does not exist")
        self._folders = [SHIPPED] if extra is None else [SHIPPED, extra]

    def names(self) -> Sequence[str]:
        """Every name, in alphabetical order but `custom` first."""
        return sorted(self._files(), key=lambda name: (name != _FIRST, name))

    def get(self, name: str) -> Template:
        """The template; BadSetting if there is none of this name, or if its file is broken."""
        file = self._files().get(name)
        if file is None:
            raise BadSetting(f'there is no template "{name}"; there are {", ".join(self.names())}')
        try:
            return read_template(name, _load(file))
        except BadTemplate as problem:
            raise BadSetting(f"the template file {file} is broken: {problem}") from problem

    def _files(self) -> dict[str, Path]:
        return {file.stem: file for folder in self._folders for file in folder.glob("*.json")}


def _load(file: Path) -> Json:
    try:
        document: Json = json.loads(file.read_bytes(), object_pairs_hook=_without_repetition)
    except (ValueError, RecursionError) as error:
        raise BadTemplate(f"it is no JSON document: {error}") from error
    except OSError as error:
        raise BadTemplate(f"it cannot be read: {error.strerror}") from error
    return document


def _without_repetition(members: Iterable[tuple[str, Json]]) -> JsonObject:
    document: JsonObject = {}
    for name, value in members:
        if name in document:
            raise BadTemplate(f'"{name}" stands twice in one object')
        document[name] = value
    return document
