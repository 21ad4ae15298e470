"""A file that is there whole or not at all, and never in another's place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import BadSetting


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A path to write to, readable by this user only; afterwards it is durable and stands at `file`.

    BadSetting if there is a file already, at the beginning or at the end, or the folder takes none. Where the
    work inside fails, nothing is left.
    """
    refuse_existing(file)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
    except OSError as error:
        raise BadSetting(f"{file} cannot be made: {error.strerror or error}") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        make_durable(part)
        _put(part, file)
        make_durable(file.parent)
    finally:
        part.unlink(missing_ok=True)


def refuse_existing(file: Path) -> None:
    """BadSetting if there is something at the path, even a link to nowhere."""
    if os.path.lexists(file):
        raise BadSetting(f"{file} exists: name a file that does not")


def _put(part: Path, file: Path) -> None:
    try:
        os.link(part, file)
    except FileExistsError as error:
        raise BadSetting(f"{file} exists by now: name a file that does not") from error
    except OSError:
        # Some file systems have no links. There a file that comes up in this moment would be replaced.
        refuse_existing(file)
        os.rename(part, file)


def make_durable(path: Path) -> None:
    """Wait until what was written to the file, or into the folder, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
