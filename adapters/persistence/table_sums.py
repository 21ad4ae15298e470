"""How much a table holds, and a checksum of it that does not depend on the order of its rows."""

import marshal
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

import attrs

from adapters.persistence.session import Row

_UNSHARED_FORMAT = 2
"""The last format of `marshal` in which equal values are equal bytes, whatever else refers to them."""
_MODULUS = 2**256
_TOLD_AT_ONCE = 500


@attrs.define
class TableSum:
    """The number of rows, and the sum of their SHA-256 sums modulo 2^256."""

    rows: int = 0
    total: int = 0

    def watch(self, rows: Iterable[Row], tell: Callable[[int], None]) -> Iterator[Row]:
        """Hand the rows on, count and sum them; tell now and then how many more there were."""
        for row in rows:
            digest = sha256(marshal.dumps(row, _UNSHARED_FORMAT)).digest()
            self.total = (self.total + int.from_bytes(digest)) % _MODULUS
            self.rows += 1
            if self.rows % _TOLD_AT_ONCE == 0:
                tell(_TOLD_AT_ONCE)
            yield row
        tell(self.rows % _TOLD_AT_ONCE)

    @property
    def checksum(self) -> str:
        """The sum as 64 hexadecimal digits."""
        return f"{self.total:064x}"
