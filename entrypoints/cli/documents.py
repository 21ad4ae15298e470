"""JSON as the command line reads it from files and prints it."""

import json
import sys
from pathlib import Path

from adapters.http.json_faults import examine
from core.entities.json import Json, JsonObject
from core.errors import BadSetting, ValidationFailed

STANDARD_INPUT = "-"


def read_json(path: str) -> Json:
    """The document in the file (`-`: standard input), read as strictly as the API reads; else BadSetting."""
    content = sys.stdin.buffer.read() if path == STANDARD_INPUT else _content(Path(path))
    try:
        return examine(content)
    except ValidationFailed as refusal:
        problems = () if refusal.message else refusal.problems
        raise BadSetting(f"{path}: {refusal.message or 'the document is refused'}", problems) from refusal


def read_object(path: str) -> JsonObject:
    """The object in the file."""
    document = read_json(path)
    if not isinstance(document, dict):
        raise BadSetting(f"{path}: expected a JSON object")
    return document


def show_json(document: Json, *, for_scripts: bool) -> str:
    """The document as text; for scripts in ASCII only, so that no locale matters."""
    return json.dumps(document, indent=2, ensure_ascii=for_scripts)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadSetting(f"{path}: {error.strerror or error}") from error
