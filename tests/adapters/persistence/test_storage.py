import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from adapters.persistence.database import DatabaseFile, check_sqlite
from adapters.persistence.locks import is_locked
from adapters.persistence.storage import open_storage, server_lock
from core.errors import BadSetting
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds
from tests.support.records import an_order, keep

HOLDER = """
import sys
from contextlib import closing
from adapters.persistence.storage import server_lock

with server_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def refusal(url: str) -> str:
    with pytest.raises(BadSetting) as caught:
        open_storage(url, SettableClock(), CountingIds())
    return str(caught.value)


def test_three_slashes_name_a_file_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    open_storage("sqlite:///datamingle.db", SettableClock(), CountingIds()).close()

    assert (tmp_path / "datamingle.db").exists()


def test_a_relative_file_stays_where_it_was_when_the_working_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    storage = open_storage("sqlite:///datamingle.db", SettableClock(), CountingIds())
    monkeypatch.chdir("/")

    keep(storage, an_order("PO-1"))

    storage.close()
    assert (tmp_path / "datamingle.db").stat().st_size > 0


@pytest.mark.parametrize(
    "name", ["with blank.db", "é.db", "per%20cent.db", "question?mark.db", "file:odd", "#.db"]
)
def test_any_file_name_is_a_file_name(tmp_path: Path, name: str) -> None:
    open_storage(f"sqlite:///{tmp_path}/{name}", SettableClock(), CountingIds()).close()

    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize(
    "url",
    ["", "datamingle.db", "sqlite://", "sqlite:///", "sqlite:datamingle.db", "mysql://x/y", "SQLITE:///x"],
)
def test_what_is_no_database_url_is_told_what_would_be(url: str) -> None:
    message = refusal(url)

    assert f'"{url}"' in message
    assert "sqlite:///FILE" in message
    assert "sqlite:////FOLDER/FILE" in message


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"the folder {tmp_path / 'missing'} does not exist" in refusal(
        f"sqlite:///{tmp_path}/missing/datamingle.db"
    )


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert f"{tmp_path} is a folder" in refusal(f"sqlite:///{tmp_path}")


def test_another_file_is_no_database_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear reader, " * 500)

    assert f"{path} is no SQLite database" in refusal(f"sqlite:///{path}")
    assert path.read_text() == "dear reader, " * 500


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    path = tmp_path / "loop.db"
    path.symlink_to(path)

    assert f"{path} cannot be written" in refusal(f"sqlite:///{path}")


@pytest.mark.parametrize("protected", ["", "datamingle.db"])
def test_a_file_or_folder_that_may_not_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, protected: str
) -> None:
    # The rights themselves are no use here: tests may run as root, who may write everything.
    (tmp_path / "datamingle.db").touch()
    monkeypatch.setattr("os.access", lambda path, mode: path != tmp_path / protected)

    assert f"{tmp_path}/datamingle.db cannot be written" in refusal(f"sqlite:///{tmp_path}/datamingle.db")


def test_a_second_server_on_the_same_file_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/datamingle.db"

    with server_lock(url), pytest.raises(BadSetting, match="another server runs"), server_lock(url):
        pass
    with server_lock(url):
        pass


def test_a_second_server_on_the_same_file_by_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "alias").symlink_to(tmp_path / "folder")
    (tmp_path / "link.db").symlink_to(tmp_path / "folder" / "datamingle.db")
    names = ("folder/datamingle.db", "alias/datamingle.db", "link.db", "folder/../link.db")

    with server_lock(f"sqlite:///{tmp_path}/{names[0]}"):
        for name in names:
            with (
                pytest.raises(BadSetting, match="another server"),
                server_lock(f"sqlite:///{tmp_path}/{name}"),
            ):
                pass


def test_the_lock_holds_between_processes_and_dies_with_its_holder(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/datamingle.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BadSetting), server_lock(url):
            pass
        while_held = is_locked(tmp_path / "datamingle.db")

        holder.kill()
        holder.wait()

    assert (while_held, is_locked(tmp_path / "datamingle.db")) == (True, False)
    with server_lock(url):
        pass


def test_looking_whether_the_lock_is_held_makes_no_file(tmp_path: Path) -> None:
    assert not is_locked(tmp_path / "datamingle.db")
    assert list(tmp_path.iterdir()) == []


def test_the_lock_keeps_no_command_off_the_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/datamingle.db"

    with server_lock(url):
        storage = open_storage(url, SettableClock(), CountingIds())
        keep(storage, an_order("PO-1"))
        storage.close()


@pytest.mark.parametrize("version", ["3.51.3", "3.52.0", "3.54.1", "4.0.0"])
def test_a_sound_sqlite_is_taken(version: str) -> None:
    check_sqlite(version)


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.7.0"])
def test_a_sqlite_that_corrupts_databases_is_refused(version: str) -> None:
    with pytest.raises(BadSetting, match=rf"SQLite {version} .* 3\.51\.3"):
        check_sqlite(version)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_every_connection_is_durable_minds_references_and_waits(
    path: Path, pragma: str, value: object, read_only: bool
) -> None:
    with closing(DatabaseFile(path).open(read_only=read_only)) as session:
        assert session.database.pragma(pragma) == value
        assert session.database.pragma("query_only") == int(read_only)
