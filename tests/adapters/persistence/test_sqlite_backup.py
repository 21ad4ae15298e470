import os
import resource
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from adapters.persistence.maintenance import Progress
from adapters.persistence.maintenance_by_url import find_maintenance
from core.errors import BadSetting
from tests.support.databases import Watcher, content_of, execute
from tests.support.running_server import COMMAND, ROOT, child_environment

MANY_PAGES = """
    INSERT INTO integration_log (id, received_at, request_id, api_key, action, method, path, response_status,
        status, duration_ms, raw_payload)
    WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 110)
    SELECT number, 1, 'r', 'k', 'a', 'GET', '/', 200, 'success', 1.5, randomblob(100000) FROM numbers
"""
ADD = "INSERT INTO settings VALUES ('late', 'x')"


@pytest.fixture
def url(path: Path) -> str:
    """A database of more pages than are copied at once."""
    execute(f"sqlite:///{path}", MANY_PAGES)
    return f"sqlite:///{path}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup is to be: in a folder of its own."""
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "backup.db"


def back_up(url: str, file: Path, progress: Progress | None = None) -> None:
    find_maintenance(url).back_up(file, progress or Watcher())


class Disturbing(Watcher):
    """Writes to the database, and may fail, when a part is done."""

    def __init__(self, url: str, error: Exception | None = None) -> None:
        super().__init__()
        self.url, self.error = url, error

    def advance(self, count: int) -> None:
        super().advance(count)
        if self.error:
            raise self.error
        if self.done == count:
            execute(self.url, ADD)


def test_a_backup_holds_everything_and_only_its_owner_reads_it(url: str, file: Path) -> None:
    progress = Watcher()

    back_up(url, file, progress)

    assert content_of(f"sqlite:///{file}") == content_of(url)
    assert os.listdir(file.parent) == [file.name]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert progress.total == progress.done > 2000
    with closing(apsw.Connection(str(file))) as copy:
        assert copy.pragma("integrity_check") == "ok"


def test_a_writer_goes_on_while_the_backup_is_of_the_moment_it_began(url: str, file: Path) -> None:
    before = content_of(url)

    back_up(url, file, Disturbing(url))

    assert content_of(f"sqlite:///{file}") == before
    assert content_of(url) != before


def test_what_is_only_in_the_write_ahead_log_is_backed_up(url: str, file: Path) -> None:
    with closing(apsw.Connection(url.removeprefix("sqlite:///"))) as writer:
        writer.pragma("wal_autocheckpoint", 0)
        writer.execute(ADD)

        back_up(url, file)

    assert any("'late'" in row for row in content_of(f"sqlite:///{file}")["settings"])


def test_a_backup_that_fails_leaves_no_file(url: str, file: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        back_up(url, file, Disturbing(url, ZeroDivisionError()))

    assert os.listdir(file.parent) == []


@pytest.mark.parametrize("kind", ["file", "folder", "link to nowhere"])
def test_nothing_is_replaced(url: str, file: Path, kind: str) -> None:
    match kind:
        case "file":
            file.write_text("precious")
        case "folder":
            file.mkdir()
        case _:
            file.symlink_to("nowhere")

    with pytest.raises(BadSetting, match=f"{file} exists"):
        back_up(url, file)

    assert os.listdir(file.parent) == [file.name]
    assert kind != "file" or file.read_text() == "precious"


class Occupying(Watcher):
    """Puts a file where the backup is to be, at the last moment."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def start(self, total: int) -> None:
        self.file.write_text("precious")


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_comes_up_meanwhile_is_not_replaced(
    url: str, file: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr("os.link", no_links)

    with pytest.raises(BadSetting, match=f"{file} exists"):
        back_up(url, file, Occupying(file))

    assert file.read_text() == "precious"
    assert os.listdir(file.parent) == [file.name]


def no_links(*_: object) -> None:
    raise PermissionError("no links here")


def test_a_file_system_without_links_takes_a_backup_too(
    url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.link", no_links)

    back_up(url, file)

    assert content_of(f"sqlite:///{file}") == content_of(url)
    assert os.listdir(file.parent) == [file.name]


def test_a_folder_that_is_not_there_is_told(url: str, file: Path) -> None:
    with pytest.raises(BadSetting, match="cannot be made: No such file or directory"):
        back_up(url, file.parent / "none" / "backup.db")


def test_there_must_be_something_to_back_up(tmp_path: Path, file: Path) -> None:
    with pytest.raises(BadSetting, match=r"there is no database .*none\.db"):
        back_up(f"sqlite:///{tmp_path}/none.db", file)

    assert not (tmp_path / "none.db").exists()
    assert not file.exists()


def test_an_older_database_is_backed_up_as_it_is(url: str, file: Path) -> None:
    execute(url, "DROP TABLE mapping_publications", "DELETE FROM migrations WHERE name >= '0003'")

    back_up(url, file)

    with closing(apsw.Connection(str(file))) as copy:
        assert copy.execute("SELECT max(name) FROM migrations").fetchall() == [("0002_inventory_scope",)]


def test_a_disk_that_takes_no_more_is_told_and_nothing_left(url: str, file: Path) -> None:
    ran = subprocess.run(
        [*COMMAND, "db", "backup", str(file)],
        env=child_environment(url),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)),
    )

    assert (ran.returncode, ran.stdout) == (1, "")
    assert f"{file} cannot be written" in ran.stderr
    assert os.listdir(file.parent) == []
