"""A PostgreSQL database by its URL, and how its connections are to behave."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

import attrs
import psycopg
from psycopg.conninfo import conninfo_to_dict

from core.errors import BadSetting

CONNECTIONS: Final = 8
_MOST_CONNECTIONS = 200
_LIMITS = (
    "-c statement_timeout=8000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=15000"
    " -c client_min_messages=warning"
)
BEHAVIOUR = MappingProxyType(
    {
        "connect_timeout": "3",
        "keepalives_idle": "5",
        "keepalives_interval": "2",
        "keepalives_count": "3",
        "tcp_user_timeout": "10000",
        "application_name": "datamingle",
        "client_encoding": "UTF8",
        "options": _LIMITS,
    }
)


@attrs.frozen
class PostgresUrl:
    """Where the database is, and how many connections write to it at once.

    A connection is tried for 3 s. A statement may take 8 s and wait 4 s for a lock, a transaction may idle
    for 15 s: limits of the connection itself (`options`), which the URL may replace by its own.
    Two parameters of the URL are ours: `connections`, how many (8), and `prepare_threshold`, after how many
    runs a statement is prepared (0), `none` where a pooler lends a connection for one transaction only.
    """

    database: str
    parameters: Mapping[str, str] = attrs.field(repr=False)
    connections: int = CONNECTIONS
    prepare_threshold: int | None = 0

    @property
    def place(self) -> str:
        """The database for a message; it tells no password."""
        host = self.parameters.get("host", "this machine")
        return f'the PostgreSQL database "{self.database}" on {host}:{self.parameters.get("port", "5432")}'


def read_url(url: str) -> PostgresUrl:
    """The URL's parts; BadSetting with what would be right."""
    place, _, rest = url.partition("?")
    query = dict(parse_qsl(rest, keep_blank_values=True))
    connections = query.pop("connections", str(CONNECTIONS))
    prepare_threshold = query.pop("prepare_threshold", "0")
    try:
        given = conninfo_to_dict(f"{place}?{urlencode(query, quote_via=quote)}")
    except psycopg.ProgrammingError as error:
        raise BadSetting(f"the database URL is wrong ({str(error).strip()}): {_RIGHT}") from error
    parameters = {name: str(value) for name, value in given.items()}
    database = parameters.pop("dbname", "")
    if not database:
        raise BadSetting(f"the database URL names no database: {_RIGHT}")
    return PostgresUrl(
        database=database,
        parameters=BEHAVIOUR | parameters,
        connections=_number("connections", connections, 1, _MOST_CONNECTIONS),
        prepare_threshold=None
        if prepare_threshold == "none"
        else _number("prepare_threshold", prepare_threshold, 0, 1000),
    )


_RIGHT = "write postgresql://USER@HOST:PORT/NAME"


def _number(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise BadSetting(
            f'{name} in the database URL is "{text}": write a whole number from {least} to {most}'
        )
    return int(text)
