"""The parts of a soak, in the order of the report."""

from typing import Final

from tests.soak import backend, beside, kill, race, restart, revoke, start, stop, walk

PARTS: Final = {
    module.PART.name: module.PART
    for module in (kill, restart, backend, race, walk, start, stop, revoke, beside)
}
