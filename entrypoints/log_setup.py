"""The server's log: one JSON line per event on standard error."""

import logging
import sys
from typing import BinaryIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from adapters.http.log_lines import add_time, render_line


def configure_logging(stream: BinaryIO | None = None, level: int = logging.INFO) -> None:
    """Send our own events of the level, and the libraries' warnings, to the stream (standard error)."""
    stream = stream or sys.stderr.buffer
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        add_time,
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, render_line],
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


def _render_text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return render_line(_logger, _method, event).decode()
