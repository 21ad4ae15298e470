"""Writers at work on servers."""

import random
from collections.abc import Sequence

import attrs

from tests.soak.history import Sent
from tests.soak.servers import Servers
from tests.soak.writers import Keys, Writer

WRITERS = 16


def names(turns: int) -> list[str]:
    """The writers of so many turns."""
    return [name_of(turn, writer) for turn in range(turns) for writer in range(WRITERS)]


def name_of(turn: int, writer: int) -> str:
    """The writers of a turn are others than those of the turns before."""
    return f"t{turn}w{writer}"


@attrs.frozen
class Load:
    """The writers of one turn, spread over the servers; the seed says what they send."""

    writers: Sequence[Writer]

    @classmethod
    def on(cls, servers: Servers, keys: Keys, turn: int, seed: int, writers: int = WRITERS) -> "Load":
        """Writers that have not begun."""
        return cls(
            [
                Writer(
                    name_of(turn, writer),
                    random.Random(f"{seed}-{turn}-{writer}"),
                    servers.port_of(writer),
                    keys,
                )
                for writer in range(writers)
            ]
        )

    @property
    def history(self) -> list[Sent]:
        """What all of them sent."""
        return [sent for writer in self.writers for sent in writer.sent]
