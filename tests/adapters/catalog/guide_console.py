"""A console that knows what a guide types: datamingle, curl, jq -r, echo $?, and variables."""

import asyncio
import json
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path

import attrs
import httpx
import structlog
from structlog.testing import LogCapture

from core.entities.json import Json
from entrypoints.asgi import create_application
from entrypoints.bootstrap import open_services
from entrypoints.cli.main import main
from entrypoints.settings import Settings

_SET = re.compile(r"(\w+)=\$\((.*)\)")
_ANYTHING = "…"


@attrs.define
class Console:
    """A shell in a folder, on a database of its own."""

    folder: Path
    variables: dict[str, str] = attrs.field(factory=lambda: {"?": "0"})

    def type(self, line: str) -> str:
        """What the line prints."""
        if assignment := _SET.fullmatch(line):
            self.variables[assignment[1]] = self.type(assignment[2]).strip()
            return ""
        command, *filters = re.split(r"\s\|\s", line)
        printed = self._run(shlex.split(self._filled(command)))
        for one in filters:
            printed = _jq(shlex.split(one), printed)
        return printed

    def _filled(self, text: str) -> str:
        return re.sub(r"\$(\w+|\?)", lambda found: self.variables[found[1]], text)

    def _run(self, words: list[str]) -> str:
        program, *arguments = words
        if program == "echo":
            return " ".join(arguments) + "\n"
        if program == "curl":
            return asyncio.run(self._curl(arguments))
        assert program == "datamingle", program
        with redirect_stdout(StringIO()) as printed, redirect_stderr(printed):
            code = main([*arguments, "--database", self._database])
        self.variables["?"] = str(code)
        return printed.getvalue()

    async def _curl(self, arguments: list[str]) -> str:
        options = dict(pairwise(arguments))
        url = next(one for one in arguments if one.startswith("http"))
        name, value = options["-H"].split(": ")
        headers, content = [(name, value)], None
        if "--json" in options:
            headers.append(("Content-Type", "application/json"))
            content = (self.folder / options["--json"].removeprefix("@")).read_bytes()
        services = open_services(Settings(self._database))
        silent = structlog.wrap_logger(None, processors=[LogCapture()])
        try:
            transport = httpx.ASGITransport(create_application(services, silent))
            async with httpx.AsyncClient(transport=transport) as client:
                method = "GET" if content is None else "POST"
                answer = await client.request(method, url, headers=headers, content=content)
        finally:
            services.transactions.close()
        return answer.text

    @property
    def _database(self) -> str:
        return f"sqlite:///{self.folder / 'datamingle.db'}"


def typed(text: str) -> Iterator[tuple[str, str]]:
    """The lines that a console block types, each with what is printed after it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, printed = part.replace("\\\n", "").partition("\n")
        yield " ".join(line.split()), printed


def fits(shown: str, printed: str) -> bool:
    """Whether this was printed; … stands for anything, in JSON for any value and, as a name, for more."""
    try:
        return fits_json(json.loads(shown), json.loads(printed))
    except ValueError:
        pattern = re.escape(shown.strip()).replace(_ANYTHING, ".*")
        return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def fits_json(shown: Json, found: Json) -> bool:
    """The same for documents."""
    if shown == _ANYTHING:
        return True
    if isinstance(shown, dict) and isinstance(found, dict):
        named = {name for name in shown if name != _ANYTHING}
        same_names = named <= found.keys() if _ANYTHING in shown else named == found.keys()
        return same_names and all(fits_json(shown[name], found[name]) for name in named)
    if isinstance(shown, list) and isinstance(found, list):
        return len(shown) == len(found) and all(map(fits_json, shown, found))
    return shown == found


def _jq(words: list[str], printed: str) -> str:
    program, *options, path = words
    assert program == "jq"
    value = json.loads(printed)
    for name in path.strip(".").split("."):
        value = value[name] if name else value
    return value if "-r" in options else json.dumps(value, indent=2, ensure_ascii=False)
