"""The pages' Jinja environment."""

import re
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from core.entities.json import JsonObject

_PAGES = ("page.html", "changelog.html", "docs.html")
_CODE = re.compile(r"`([^`]+)`")


def load_pages() -> Environment:
    """Every page escapes what it shows and fails on what is missing."""
    folder = files("adapters.http").joinpath("html")
    environment = Environment(
        loader=DictLoader({name: folder.joinpath(name).read_text(encoding="utf-8") for name in _PAGES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {}
    environment.filters.update(paragraphs=paragraphs, code=code, kind=kind)
    return environment


def paragraphs(text: str) -> Markup:
    """Paragraphs between blank lines, `code` between backticks; everything else is text."""
    return Markup("\n").join(Markup(f"<p>{code(block)}</p>") for block in text.split("\n\n"))


def code(text: str) -> Markup:
    """`code` between backticks; everything else is text."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


def kind(schema: JsonObject) -> str:
    """A schema's type in words: `string (date-time) or null`."""
    types = schema.get("type", "")
    first, *others = types if isinstance(types, list) else [types]
    shape = f" ({schema['format']})" if "format" in schema else ""
    return " or ".join([f"{first}{shape}", *map(str, others)])
