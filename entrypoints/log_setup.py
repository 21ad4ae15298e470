"""The server's log: one JSON line per event on standard error."""

import logging
import sys
from contextlib import suppress
from threading import Lock
from typing import BinaryIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from adapters.http.log_lines import add_time, render_line


def configure_logging(stream: BinaryIO | None = None, level: int = logging.INFO) -> None:
    """Send our own events of the level, and the libraries' warnings, to the stream (standard error)."""
    lines = _Lines(stream or sys.stderr.buffer)
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        add_time,
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, render_line],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=True,
    )
    handler = _LinesHandler(lines)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _render_text],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


class _Lines:
    """Writes lines, and lets go of those that a full disk or a closed pipe does not take.

    A request is answered whether or not its line can be written; its entry in the integration log is another
    matter.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = Lock()

    def write(self, line: bytes) -> None:
        """Write one line."""
        with self._lock, suppress(OSError):
            self._stream.write(line + b"\n")
            self._stream.flush()

    debug = info = warning = error = critical = write


class _LinesHandler(logging.Handler):
    """Writes the libraries' lines to the same stream."""

    def __init__(self, lines: _Lines) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self._lines.write(self.format(record).encode())


def _render_text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return render_line(_logger, _method, event).decode()
