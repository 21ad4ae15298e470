"""A PostgreSQL database backed up by its own tool, pg_dump."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from psycopg.conninfo import make_conninfo

from adapters.persistence.new_file import written_whole
from adapters.persistence.postgresql.url import BEHAVIOUR, PostgresUrl
from core.errors import BadSetting

_TOOL: Final = "pg_dump"
_MISSING = (
    f"PostgreSQL is backed up by its own tool, {_TOOL}, which is not on the PATH: install PostgreSQL's "
    "client programs (Debian: postgresql-client), or copy everything into a SQLite file by datamingle db copy"
)


def back_up(url: PostgresUrl, file: Path) -> None:
    """Write everything, as it was at one moment, in pg_dump's custom format; writers wait for nothing.

    BadSetting if there is no pg_dump, with what it said if it refuses, or if the file exists.
    """
    tool = shutil.which(_TOOL)
    if tool is None:
        raise BadSetting(_MISSING)
    with written_whole(file) as part, _connection_string(url) as place:
        ran = subprocess.run(
            [tool, "--format=custom", "--no-password", f"--file={part}", f"--dbname={place}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if ran.returncode != 0:
            said = " ".join(ran.stderr.decode("utf-8", "replace").split())
            raise BadSetting(f"{_TOOL} could not back up {url.place}: {said}")


@contextmanager
def _connection_string(url: PostgresUrl) -> Iterator[str]:
    """Where the database is; the password stands in a file, since everybody can read a command line."""
    parameters = {name: value for name, value in url.parameters.items() if name not in BEHAVIOUR}
    password = parameters.pop("password", None)
    if password is None:
        yield make_conninfo(dbname=url.database, **parameters)
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as secret:
        secret.write(f"*:*:*:*:{_escaped(password)}\n")
        secret.flush()
        yield make_conninfo(dbname=url.database, **parameters | {"passfile": secret.name})


def _escaped(password: str) -> str:
    """As libpq reads it from a file of passwords."""
    return password.replace("\\", "\\\\").replace(":", "\\:")
