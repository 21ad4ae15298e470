import errno
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from entrypoints.log_setup import configure_logging


class FullDisk(io.BytesIO):
    """Takes nothing as long as it is full."""

    is_full = False

    def write(self, line: bytes) -> int:
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(line)


@pytest.fixture
def stream() -> Iterator[FullDisk]:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    stream = FullDisk()
    configure_logging(stream)
    yield stream
    structlog.reset_defaults()
    logging.getLogger().handlers[:], logging.getLogger().level = before


def events(stream: io.BytesIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_time_and_level(stream: io.BytesIO) -> None:
    structlog.get_logger().info("request", status=200)

    (event,) = events(stream)
    assert (event["event"], event["level"], event["status"]) == ("request", "info", 200)
    assert str(event["timestamp"]).endswith("Z")


def test_what_is_no_text_in_utf_8_is_logged_all_the_same(stream: io.BytesIO) -> None:
    structlog.get_logger().info("request", path="/x\udcff", reason=LookupError("gone"))

    (event,) = events(stream)
    assert (event["path"], event["reason"]) == ("/x\udcff", "gone")


def test_an_exception_comes_with_its_traceback_and_no_local_values(stream: io.BytesIO) -> None:
    hidden = "local " + "value"
    try:
        raise LookupError("gone")
    except LookupError as error:
        structlog.get_logger().error("fault", exc_info=error)

    (event,) = events(stream)
    assert "LookupError: gone" in str(event["exception"])
    assert hidden not in str(event)


def test_no_secret_gets_out_wherever_it_got_in(stream: io.BytesIO) -> None:
    secret = "sk_live_" + "0aB-_" * 8
    structlog.get_logger().info("request", path=f"/x?key={secret}")

    (event,) = events(stream)
    assert event["path"] == "/x?key=sk_live_..."


def test_libraries_log_in_the_same_form(stream: io.BytesIO) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid %s", "request")

    (event,) = events(stream)
    assert (event["event"], event["level"]) == ("Invalid request", "warning")


def test_a_log_that_cannot_be_written_stops_nobody(stream: FullDisk) -> None:
    stream.is_full = True
    structlog.get_logger().info("lost")
    logging.getLogger("uvicorn.error").error("lost too")
    stream.is_full = False
    structlog.get_logger().info("kept")

    assert [event["event"] for event in events(stream)] == ["kept"]
