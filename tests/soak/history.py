"""What the writers did: each request, and its answer if one came back."""

from typing import Literal

import attrs

Kind = Literal["order", "batch", "refused", "notes", "stock"]


@attrs.define
class Sent:
    """One request; `status` and `body` are None where the server was killed before it answered.

    `numbers` are the orders it is about; `revision` is the value it writes where it changes one place.
    """

    kind: Kind
    request_id: str
    numbers: tuple[str, ...] = ()
    revision: int = 0
    lines: int = 0
    status: int | None = None
    body: bytes | None = None

    @property
    def answered(self) -> bool:
        """Whether an answer came back whole."""
        return self.status is not None
