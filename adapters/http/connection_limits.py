"""What a server grants its clients: how long they may take, and how many may be connected."""

import attrs


@attrs.frozen
class ConnectionLimits:
    """Bounds of one process.

    `head_seconds`: from the first byte (or the connection) to the end of a request's head.
    `body_seconds`: without a byte of the body, or of an answer that is being taken; the body as a whole has
    as long, and a second more for each 64 KiB that have arrived.
    `idle_seconds`: between an answer and the next request.
    """

    head_seconds: float = 15
    body_seconds: float = 30
    idle_seconds: float = 75
    connections: int = 10_000
