"""The log tells of every request that was let in, byte for byte."""

from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from core.entities.integration_log import LogEntry, LogFilter
from core.ports.unit_of_work import UnitOfWork
from tests.fuzz.asked import Asked
from tests.fuzz.wire import Answer

_EVERYTHING = 10**9
_NOT_LET_IN = (401, 403)


@attrs.frozen
class Exchanged:
    """A request as it was sent, and its answer."""

    asked: Asked
    answer: Answer


def log_faults(work: UnitOfWork, exchanged: Mapping[str, Exchanged]) -> tuple[list[str], int]:
    """What the log says otherwise, or not at all, of these requests, by id, and how many entries it has."""
    summaries = list(work.log.recent(LogFilter(), _EVERYTHING))
    counted = Counter(entry.request_id for entry in summaries)
    ids = {entry.request_id: entry.id for entry in summaries}
    faults = [
        f"{request_id} has {counted[request_id]} entries"
        for request_id in exchanged
        if counted[request_id] > 1
    ]
    for request_id, one in exchanged.items():
        entry = work.log.get(ids[request_id]) if request_id in ids else None
        faults += [f"{one.asked.name}: {fault}" for fault in _faults(one, entry)]
    return faults, len(summaries)


def _faults(one: Exchanged, entry: LogEntry | None) -> Iterator[str]:
    if entry is None:
        if one.asked.is_logged and one.answer.status not in _NOT_LET_IN:
            yield f"it was answered {one.answer.status} and is not in the log"
        return
    if entry.response_status != one.answer.status:
        yield f"its entry says {entry.response_status}, its answer {one.answer.status}"
    if one.asked.method != "HEAD" and entry.response_body != one.answer.body:
        yield "its entry holds another answer"
    if entry.raw_payload != (one.asked.body or None) and one.answer.status != 413:
        yield f"its entry holds another body: {(entry.raw_payload or b'')[:100]!r}"
    if entry.path.encode() != one.asked.target.partition(b"#")[0]:
        yield f"its entry holds another path: {entry.path[:100]}"
