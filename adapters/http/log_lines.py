"""A line of the server's log: an event as JSON, with the time, and without any key's secret."""

import json
import re
from datetime import UTC, datetime

import msgspec
from structlog.typing import EventDict, WrappedLogger

_SECRET = re.compile(rb"(sk_(?:live|test)_)[A-Za-z0-9_-]+")
_encode = msgspec.json.Encoder(enc_hook=str).encode


def add_time(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Note when it happened; it is written as RFC 3339 in UTC."""
    event["timestamp"] = datetime.now(UTC)
    return event


def render_line(_logger: WrappedLogger, _method: str, event: EventDict) -> bytes:
    """The event as JSON; a secret is cut down to its prefix, wherever it may have got in."""
    try:
        line = _encode(event)
    except UnicodeEncodeError:  # a lone surrogate, which only escapes can tell
        line = json.dumps(event, default=str).encode()
    return _SECRET.sub(rb"\1...", line) if b"sk_" in line else line
