"""What holds for every command: help, exit codes, and where things are printed."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from entrypoints.cli.main import command_line, main
from tests.support.running_server import COMMAND, ROOT, child_environment

PATHLESS = {"serve", "demo"}
NAMES_ITS_DATABASES = ("db", "copy")


def commands(group: click.Group = command_line, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name)


EVERY = sorted(commands())


def command_at(path: tuple[str, ...]) -> click.Command:
    command: click.Command = command_line
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


CONTRACT = {
    "": ["demo", "doctor", "openapi", "serve"],
    "db": ["backup", "copy", "migrate"],
    "keys": ["activity", "create", "delete", "list", "revoke", "rotate", "scopes"],
    "logs": ["list", "purge", "report", "show"],
    "mappings": ["check", "set", "show", "try"],
    "orders": ["ship", "verify"],
    "partners": ["create", "disable", "enable", "list", "show"],
    "products": ["activate", "deactivate"],
    "templates": ["list"],
}


def test_every_command_of_the_contract_is_there() -> None:
    assert {" ".join(path) for path in EVERY} >= {
        f"{noun} {verb}".strip() for noun, verbs in CONTRACT.items() for verb in verbs
    }


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_help_explains_with_an_example(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*path, "--help"]) == 0

    told = capsys.readouterr().out
    assert f"datamingle {' '.join(path)}" in told.partition("Example:")[2]
    assert (command_at(path).help or "").strip()


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_takes_its_database_and_all_but_two_take_json(path: tuple[str, ...]) -> None:
    options = {name for parameter in command_at(path).params for name in parameter.opts}

    assert ("--database" in options) is (path != NAMES_ITS_DATABASES)
    assert ("--json" in options) is (path[0] not in PATHLESS)


@pytest.mark.parametrize(
    "arguments",
    [["keys", "create"], ["nonsense"], ["keys", "list", "--nonsense"], ["mappings", "show", "acme", "order"]],
)
def test_misuse_is_exit_code_2_and_says_so_on_standard_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert "Usage:" in err


@pytest.mark.parametrize("name", ["a\udcffb", "tab\tname", "a\x00b"])
def test_arguments_that_are_no_text_are_refused(
    name: str, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["partners", "show", name, "--database", database]) in (1, 2)

    out, err = capsys.readouterr()
    assert out == ""
    assert err


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "sqlite://", "nonsense", "sqlite:////no/such/folder/x.db", ""]
)
def test_a_database_that_cannot_be_is_refused_in_a_sentence(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    code = main(["keys", "list", "--database", url, "--json"])

    out, err = capsys.readouterr()
    assert (code, out) == ((1, "") if url else (0, "[]\n"))
    assert "Traceback" not in err


def test_a_bad_setting_is_refused_in_a_sentence(
    database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATAMINGLE_LOG_RETENTION_DAYS", "soon")

    assert main(["logs", "purge", "--database", database]) == 1
    assert "DATAMINGLE_LOG_RETENTION_DAYS" in capsys.readouterr().err


def test_a_closed_pipe_is_no_traceback(database: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    ran = subprocess.run(
        [*COMMAND, "openapi"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=child_environment(database),
        cwd=ROOT,
        check=False,
    )

    os.close(writing)
    assert ran.stderr == b""
    assert ran.returncode != 0


def test_json_is_ascii_so_that_no_locale_matters(database: str) -> None:
    ran = subprocess.run(
        [*COMMAND, "partners", "create", "acme", "--name", "Zelte Müller", "--json"],
        env=child_environment(database, {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}),
        cwd=ROOT,
        capture_output=True,
        check=True,
    )

    assert json.loads(ran.stdout)["name"] == "Zelte Müller"
    assert ran.stdout.isascii()
