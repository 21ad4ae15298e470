"""Sends the corpus to several servers side by side and collects what is wrong."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

import attrs

from entrypoints.bootstrap import open_transactions
from tests.fuzz.asked import Asked
from tests.fuzz.documents import UNIQUE
from tests.fuzz.judge import differences, faults_of
from tests.fuzz.log_check import Exchanged, log_faults
from tests.fuzz.reading_back import address_of, is_kept, same, unlike
from tests.fuzz.stage import Stage
from tests.fuzz.wire import Answer, Connection

_UNIQUE = UNIQUE.encode()


@attrs.define
class Figures:
    """What was sent to each server, and what came of it."""

    requests: int = 0
    read_back: int = 0
    statuses: Counter[int] = attrs.field(factory=Counter)
    log_entries: int = 0
    faults: list[str] = attrs.field(factory=list)


@attrs.define
class Side:
    """One server, and all that was exchanged with it."""

    stage: Stage
    connection: Connection
    exchanged: dict[str, Exchanged] = attrs.field(factory=dict)

    def send(self, asked: Asked, request_id: str) -> None:
        """Send a request."""
        self.connection.send(asked.raw(self.stage.keys.named()[asked.key], request_id))

    def receive(self, asked: Asked, request_id: str) -> Answer:
        """Its answer."""
        answer = self.connection.receive(is_head=asked.method == "HEAD")
        self.exchanged[request_id] = Exchanged(asked, answer)
        return answer


@attrs.define
class Runner:
    """One run of the corpus against servers that must behave alike."""

    sides: Sequence[Side]
    figures: Figures = attrs.field(factory=Figures)

    def run(self, corpus: Iterable[Asked]) -> None:
        """Send each request, judge its answers, and read back what was written."""
        for number, asked in enumerate(corpus):
            body = None if asked.body is None else asked.body.replace(_UNIQUE, b"F-%d" % number)
            self._carry_out(attrs.evolve(asked, body=body), f"fuzz-{number}")

    def check_logs(self) -> None:
        """Compare each log with what was sent and answered."""
        for side in self.sides:
            with closing(open_transactions(side.stage.settings)) as transactions:
                faults, entries = transactions.read(lambda work, side=side: log_faults(work, side.exchanged))
            self.figures.log_entries += entries
            self.figures.faults += [f"{side.stage.name}: {fault}" for fault in faults]

    def _carry_out(self, asked: Asked, request_id: str) -> None:
        is_change = asked.is_written and asked.method != "POST"
        before = self._read(asked, asked.target, f"{request_id}-before") if is_change else None
        answers = self._exchange(asked, request_id)
        if asked.is_written and all(answer.status in (200, 201) for answer in answers):
            self._read_back(asked, request_id, _data(answers[0]), before)

    def _read_back(self, asked: Asked, request_id: str, data: Any, before: Any) -> None:
        if not is_kept(asked, data):
            return
        read = self._read(asked, address_of(asked, data), f"{request_id}-after")
        self.figures.read_back += 1
        if read is None:
            self._fault(asked, "what was kept is not found")
            return
        for fault in unlike(asked, before, read):
            self._fault(asked, fault)
        if "id" in data and not same(data, read):
            self._fault(asked, f"the answer was {data!r}, read is {read!r}"[:800])

    def _read(self, asked: Asked, target: bytes, request_id: str) -> Any:
        """The record that is there, None if there is none."""
        reading = Asked(f"{asked.name}, read", asked.key, "GET", target)
        answer = self._exchange(reading, request_id)[0]
        return _data(answer) if answer.status == 200 else None

    def _exchange(self, asked: Asked, request_id: str) -> list[Answer]:
        for side in self.sides:
            side.send(asked, request_id)
        answers = [side.receive(asked, request_id) for side in self.sides]
        self.figures.requests += 1
        self.figures.statuses[answers[0].status] += 1
        for side, answer in zip(self.sides, answers, strict=True):
            for fault in faults_of(asked, answer):
                self._fault(asked, f"on {side.stage.name} {fault}")
        for other in answers[1:]:
            for difference in differences(answers[0], other):
                self._fault(asked, difference)
        return answers

    def _fault(self, asked: Asked, fault: str) -> None:
        shown = asked.raw("KEY", "ID")
        self.figures.faults.append(f"{asked.key}: {asked.name}: {fault}\n    {shown[:400]!r}")


def _data(answer: Answer) -> Any:
    return json.loads(answer.body)["data"]
