"""How a SQLite database is: library, file, settings, room and, asked for, every page of it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import apsw
from peewee import DatabaseError

from adapters.persistence.checks import (
    Check,
    attempted,
    check_newest,
    check_schema,
    failed,
    ok,
    shown_size,
    warning,
)
from adapters.persistence.database import DatabaseFile, check_sqlite
from adapters.persistence.errors import DatabaseAway
from adapters.persistence.sqlite_session import SqliteSession
from adapters.persistence.sqlite_url import explaining
from core.errors import BadSetting
from core.ports.clock import Clock

_FULL: Final = 2
_LITTLE_ROOM: Final = 1_000_000_000
_NO_ROOM: Final = 100_000_000
_INTEGRITY = "PRAGMA integrity_check(5)"
_TROUBLE = (DatabaseAway, DatabaseError, apsw.Error)


def check_file(path: Path, clock: Clock, *, deep: bool) -> Iterator[Check]:
    """Look at the library, the file and what it holds; `deep` reads all of it."""
    yield _library()
    yield _room(path)
    if not path.exists():
        yield warning("database", f"there is no {path} yet: the server makes it when it starts")
        return
    try:
        with explaining(path):
            session = DatabaseFile(path).inspect()
    except (BadSetting, DatabaseAway) as error:
        yield failed("database", error.message)
        return
    with closing(session):
        yield _file(path)
        yield from _contents(session, clock, deep=deep)


def _contents(session: SqliteSession, clock: Clock, *, deep: bool) -> Iterator[Check]:
    yield attempted("schema", lambda: check_schema(session), *_TROUBLE)
    yield attempted("durability", lambda: _durability(session), *_TROUBLE)
    yield attempted("newest entry", lambda: check_newest(session, clock), *_TROUBLE)
    if deep:
        yield attempted("integrity", lambda: _integrity(session), *_TROUBLE)
        yield attempted("references", lambda: _references(session), *_TROUBLE)


def _library() -> Check:
    version = apsw.sqlite_lib_version()
    try:
        check_sqlite(version)
    except BadSetting as unsafe:
        return failed("SQLite", unsafe.message)
    return ok("SQLite", f"{version}, by apsw {apsw.apsw_version()}")


def _file(path: Path) -> Check:
    log = path.with_name(f"{path.name}-wal")
    size = shown_size(path.stat().st_size)
    waiting = shown_size(log.stat().st_size) if log.exists() else "nothing"
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return failed("database", f"{path} or its folder may not be written by this user")
    return ok("database", f"{path}, {size}, and {waiting} in its write-ahead log")


def _room(path: Path) -> Check:
    """A full disk is answered as such, but nothing can be taken any more."""
    free = shutil.disk_usage(path.parent).free
    told = f"{shown_size(free)} free in {path.parent}"
    if free < _NO_ROOM:
        return failed("disk", f"{told}: less than {shown_size(_NO_ROOM)}; make room")
    if free < _LITTLE_ROOM:
        return warning("disk", f"{told}: less than {shown_size(_LITTLE_ROOM)}; make room soon")
    return ok("disk", told)


def _durability(session: SqliteSession) -> Check:
    mode, synchronous = session.connection.pragma("journal_mode"), session.connection.pragma("synchronous")
    if not isinstance(synchronous, int) or synchronous < _FULL:
        return failed("durability", f"synchronous is {synchronous}, not full: a power cut can lose orders")
    if mode != "wal":
        return warning(
            "durability",
            f"journal_mode is {mode}; a server switches to wal when it starts. If it stays so, the file "
            "system cannot do it, as many in a network cannot: move the database to a local disk",
        )
    return ok("durability", "journal_mode wal, synchronous full: what is acknowledged is on disk")


def _integrity(session: SqliteSession) -> Check:
    found = [str(row[0]) for row in session.connection.execute(_INTEGRITY)]
    if found == ["ok"]:
        return ok("integrity", "every page and every index is sound")
    return failed("integrity", f"{'; '.join(found)}. Restore a backup, or copy what can be read: db copy")


def _references(session: SqliteSession) -> Check:
    found = [str(row[0]) for row in session.connection.execute("PRAGMA foreign_key_check")]
    if not found:
        return ok("references", "every row that is referred to is there")
    return failed("references", f"{len(found)} rows refer to one that is gone, first in {found[0]}")
