"""The figures of one part on one database."""

from collections import Counter
from collections.abc import Iterable

import attrs

from tests.soak.faults import Fault, FaultKind
from tests.soak.history import Sent


@attrs.define
class Figures:
    """What was done, what was measured, and what came of it; `promises` are the faults that are told as 0."""

    part: str
    database: str
    promises: tuple[FaultKind, ...] = ()
    counts: Counter[str] = attrs.field(factory=Counter)
    most: dict[str, float] = attrs.field(factory=dict)
    faults: list[Fault] = attrs.field(factory=list)
    seed: int = 1
    seconds: float = 0.0

    def note(self, name: str, value: float) -> None:
        """Keep the largest."""
        self.most[name] = max(value, self.most.get(name, 0.0))

    def blame(self, kind: FaultKind, sentence: str) -> None:
        """A broken promise."""
        self.faults.append(Fault(kind, sentence))

    def count(self, history: Iterable[Sent]) -> None:
        """What clients saw."""
        for sent in history:
            self.counts["requests"] += 1
            self.counts["answered"] += sent.certain
            self.counts["orders acknowledged"] += len(sent.numbers) if sent.status == 201 else 0
            self.counts["503"] += sent.answered and not sent.certain
            self.counts["cut off"] += not sent.answered
            self.note("longest answer s", sent.seconds)

    def rows(self) -> dict[str, str]:
        """Every figure as text, faults last."""
        kinds = Counter(fault.kind for fault in self.faults)
        kept = dict.fromkeys(self.promises, 0) | kinds
        return {
            **{name: f"{count:,}" for name, count in self.counts.items()},
            **{name: f"{round(value, 2):g}" for name, value in self.most.items()},
            **{kind.value: f"{count:,}" for kind, count in kept.items()},
            "seed": f"{self.seed}",
            "seconds": f"{self.seconds:.0f}",
        }
