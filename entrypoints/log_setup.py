"""The server's log: one JSON line per event on standard error."""

import json
import logging
import re
import sys
from typing import BinaryIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_ENCODER = json.JSONEncoder(default=str)
_SECRET = re.compile(rb"(sk_(?:live|test)_)[A-Za-z0-9_-]+")


def configure_logging(stream: BinaryIO | None = None, level: int = logging.INFO) -> None:
    """Send our own events of the level, and the libraries' warnings, to the stream (standard error)."""
    stream = stream or sys.stderr.buffer
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, _render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = _BytesHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _render_text],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


class _BytesHandler(logging.Handler):
    """Writes the libraries' lines to the same stream."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self._stream.write(self.format(record).encode() + b"\n")
        self._stream.flush()


def _render(_logger: WrappedLogger, _method: str, event: EventDict) -> bytes:
    """The event as JSON, without any key's secret wherever it may have got in."""
    line = _ENCODER.encode(event).encode()
    return _SECRET.sub(rb"\1...", line) if b"sk_" in line else line


def _render_text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return _render(_logger, _method, event).decode()
