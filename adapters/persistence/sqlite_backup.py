"""A copy of a SQLite database, page for page, while others go on writing."""

from contextlib import closing
from pathlib import Path
from typing import Final

import apsw

from adapters.persistence.maintenance import Progress
from adapters.persistence.new_file import written_whole
from adapters.persistence.sqlite_session import SqliteSession
from core.errors import BadSetting

_PAGES_AT_ONCE: Final = 2_000
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
                _copy(source, copy, progress)
        except (apsw.FullError, apsw.IOError) as error:
            raise BadSetting(f"{file} cannot be written: {error}; nothing was kept") from error
        session.rollback()


def _copy(source: apsw.Connection, copy: apsw.Connection, progress: Progress) -> None:
    copy.execute(_UNJOURNALED).fetchall()
    with copy.backup("main", source, "main") as backup:
        backup.step(0)
        total = left = backup.page_count
        progress.start(total)
        while not backup.step(_PAGES_AT_ONCE):
            progress.advance(left - backup.remaining)
            left = backup.remaining
        progress.advance(left)
