"""A SQLite database by its URL, and what an operator can do where it cannot be used."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from adapters.persistence.errors import DatabaseAway
from core.errors import BadSetting

_SQLITE = "sqlite:///"


def read_path(url: str) -> Path:
    """The file that the URL names; BadSetting with what would be right."""
    if not url.startswith(_SQLITE) or len(url) == len(_SQLITE):
        raise BadSetting(
            f'"{url}" is no database URL: write sqlite:///FILE for a file in the working folder, '
            "sqlite:////FOLDER/FILE for one elsewhere, or postgresql://USER@HOST:PORT/NAME"
        )
    path = Path(os.path.abspath(url.removeprefix(_SQLITE)))
    if not path.parent.is_dir():
        raise BadSetting(f"the folder {path.parent} does not exist: make it first")
    if path.is_dir():
        raise BadSetting(f"{path} is a folder: name a file in it")
    return path


def writable_path(url: str) -> Path:
    """The same; BadSetting if the file or its folder may not be written."""
    path = read_path(url)
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise _unwritable(path)
    return path


def existing_path(url: str) -> Path:
    """The same for a file that is there; BadSetting if it is not."""
    path = read_path(url)
    if not path.exists():
        raise BadSetting(f"there is no database {path}")
    return path


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """BadSetting where an operator can do something about it."""
    try:
        yield
    except DatabaseAway as error:
        match error.__cause__:
            case apsw.NotADBError():
                message = f"{path} is no SQLite database: name another file, or move this one away"
                raise BadSetting(message) from error
            case apsw.CantOpenError() | apsw.ReadOnlyError() | apsw.PermissionsError():
                raise _unwritable(path) from error
        raise


def _unwritable(path: Path) -> BadSetting:
    return BadSetting(f"{path} cannot be written: give this user the right to write it and its folder")
