"""Whether an answer is one that its request may get, and came in time."""

from collections.abc import Iterator

from tests.soak.faults import Fault, FaultKind
from tests.soak.history import UNAVAILABLE, Sent

_EXPECTED = {"order": 201, "batch": 201, "refused": 400, "notes": 200, "stock": 200}
_TAKEN = b"order_number already exists"


def judge_answer(sent: Sent, longest: float) -> Iterator[Fault]:
    """The status that belongs to the request, or a 503 that says when to come again; never late."""
    if sent.seconds > longest:
        told = f"request {sent.request_id} waited {sent.seconds:.1f} s, at most {longest:.0f} are allowed"
        yield Fault(FaultKind.LATE, told)
    if sent.answered and not _is_expected(sent):
        told = f"request {sent.request_id} ({sent.kind}) was answered with {sent.status}: {sent.body!r}"
        yield Fault(FaultKind.UNEXPECTED, told)


def _is_expected(sent: Sent) -> bool:
    if sent.status == UNAVAILABLE:
        return (sent.retry_after or "").isdigit() and b"SERVICE_UNAVAILABLE" in (sent.body or b"")
    if sent.again and sent.status == 400 and sent.kind in ("order", "batch"):
        return sent.body is None or _TAKEN in sent.body
    return sent.status == _EXPECTED[sent.kind]
