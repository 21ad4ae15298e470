import os
import shutil
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from adapters.persistence.maintenance_by_url import find_maintenance
from adapters.persistence.storage import open_storage
from core.errors import BadSetting
from tests.support.clock import SettableClock
from tests.support.databases import Watcher, content_of
from tests.support.ids import CountingIds
from tests.support.postgres import a_new_database, require_postgres
from tests.support.records import a_partner, a_product, an_entry, an_order, keep

RECORDING = """#!/bin/sh
printf '%s\\n' "$@" >"{folder}/arguments"
for argument; do case "$argument" in
    --dbname=*) cat "$(expr "$argument" : ".*passfile='\\{{0,1\\}}\\([^' ]*\\)")" >"{folder}/passwords";;
    --file=*) echo archive >"${{argument#--file=}}";;
esac; done
"""
REFUSING = """#!/bin/sh
echo "pg_dump: error: aborting because of server version mismatch" >&2
exit 1
"""


def back_up(url: str, file: Path) -> None:
    find_maintenance(url).back_up(file, Watcher())


def pretend(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another pg_dump before the real one: what is on its command line is the point."""
    tool = folder / "pg_dump"
    tool.write_text(script.format(folder=folder))
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def require_tools() -> None:
    """Skip where PostgreSQL's client programs are not installed; where CI=true they must be."""
    require_postgres()
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        assert os.environ.get("CI") != "true", "install PostgreSQL's client programs"
        pytest.skip("no pg_dump and pg_restore: install PostgreSQL's client programs")


def test_what_was_backed_up_is_restored_by_postgresqls_own_tool(tmp_path: Path) -> None:
    require_tools()
    url, restored = a_new_database("kept"), a_new_database("restored")
    with closing(open_storage(url, SettableClock(), CountingIds())) as storage:
        entry = an_entry(raw_payload=b"\0\xff")
        keep(storage, a_partner("acme"), a_product("é"), an_order("PO-1", "acme"), entry)

    back_up(url, tmp_path / "backup")

    restore = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={restored}"]
    subprocess.run([*restore, str(tmp_path / "backup")], check=True)
    assert content_of(restored) == content_of(url)
    assert len(content_of(restored)["orders"]) == 1
    with closing(open_storage(restored, SettableClock(), CountingIds())) as storage:
        assert storage.ready()


def test_a_password_is_on_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(RECORDING, tmp_path, monkeypatch)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    url = "postgresql://dm:a%3Ab%5Cc%20d@db.example:5433/shop?sslmode=require&connections=3&connect_timeout=9"

    back_up(url, tmp_path / "backup")

    arguments = (tmp_path / "arguments").read_text()
    assert "a:b" not in arguments
    assert "host=db.example" in arguments
    assert "port=5433" in arguments
    assert "user=dm" in arguments
    assert "dbname=shop" in arguments
    assert "sslmode=require" in arguments
    assert "--no-password" in arguments
    assert (tmp_path / "passwords").read_text() == "*:*:*:*:a\\:b\\\\c d\n"
    assert sorted(os.listdir(tmp_path)) == ["arguments", "backup", "passwords", "pg_dump"]
    assert (tmp_path / "backup").read_text() == "archive\n"


def test_what_the_tool_says_is_told_and_no_file_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(REFUSING, tmp_path, monkeypatch)

    with pytest.raises(BadSetting, match=r'"shop" on db\.example:5432: pg_dump: error: .* version mismatch'):
        back_up("postgresql://db.example/shop", tmp_path / "backup")

    assert os.listdir(tmp_path) == ["pg_dump"]


def test_without_the_tool_a_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BadSetting, match=r"pg_dump, which is not on the PATH: install .* datamingle db copy"):
        back_up("postgresql://db.example/shop", tmp_path / "backup")


def test_nothing_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(RECORDING, tmp_path, monkeypatch)
    (tmp_path / "backup").write_text("precious")

    with pytest.raises(BadSetting, match="exists"):
        back_up("postgresql://db.example/shop", tmp_path / "backup")

    assert (tmp_path / "backup").read_text() == "precious"
    assert not (tmp_path / "arguments").exists()
