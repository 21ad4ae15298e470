"""A copy of a SQLite database, page for page, while others go on writing."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import apsw

from adapters.persistence.maintenance import Progress
from adapters.persistence.new_file import make_durable, written_whole
from adapters.persistence.sqlite_session import SqliteSession
from core.errors import BadSetting

_PAGES_AT_ONCE: Final = 2_000
"""Made durable part by part: a disk that takes everything at once keeps commits waiting for seconds."""
_UNJOURNALED = "PRAGMA journal_mode = off; PRAGMA synchronous = off"
"""The copy is made durable as a whole, or thrown away."""


def back_up(session: SqliteSession, file: Path, progress: Progress) -> None:
    """Write what is committed when this begins; it is read in one transaction, which no writer waits for.

    BadSetting if the file exists, or its disk takes no more.
    """
    source = session.connection
    with written_whole(file) as part:
        session.begin_reading()
        source.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        try:
            with closing(apsw.Connection(str(part))) as copy:
                for pages in _copied(source, copy, progress):
                    progress.advance(pages)
                    make_durable(part)
        except (apsw.FullError, apsw.IOError) as error:
            raise BadSetting(f"{file} cannot be written: {error}; nothing was kept") from error
        session.rollback()


def _copied(source: apsw.Connection, copy: apsw.Connection, progress: Progress) -> Iterator[int]:
    """Copy part by part; the number of pages of each."""
    copy.execute(_UNJOURNALED).fetchall()
    with copy.backup("main", source, "main") as backup:
        backup.step(0)
        left = backup.page_count
        progress.start(left)
        while not backup.step(_PAGES_AT_ONCE):
            yield left - backup.remaining
            left = backup.remaining
        yield left
