"""The pages' Jinja environment."""

import re
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

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
    environment.filters["paragraphs"] = paragraphs
    return environment


def paragraphs(text: str) -> Markup:
    """Paragraphs between blank lines, `code` between backticks; everything else is text."""
    blocks = (_CODE.sub(r"<code>\1</code>", str(escape(block))) for block in text.split("\n\n"))
    return Markup("\n").join(Markup(f"<p>{block}</p>") for block in blocks)
