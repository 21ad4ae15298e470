"""Keys withdrawn in one process: the very next request is refused in every other."""

import asyncio
import random
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

import attrs

from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.keys import CreateKey, create_key, delete_key, rescope_key, revoke_key, rotate_key
from core.use_cases.partners import switch_partner
from tests.soak.databases import Place
from tests.soak.faults import FaultKind
from tests.soak.figures import Figures
from tests.soak.part import Part
from tests.soak.payloads import ORDERS
from tests.soak.preparation import prepare
from tests.soak.servers import Servers
from tests.soak.wire import Answer, Wire

TEXT = """\
A key in use is revoked, rotated, deleted, re-scoped, its partner switched off, or it expires; the very
next request to every process (PostgreSQL: two servers) is refused."""
PROMISES = (FaultKind.ADMITTED,)
_PARTNER = "batches"
_EXPIRY_SECONDS = 0.3
Withdraw: TypeAlias = Callable[[UnitOfWork, str], object]


@attrs.frozen
class Withdrawal:
    """A way to withdraw a key by its name, and the refusal that its next request gets."""

    status: int
    withdraw: Withdraw | None
    partner: str | None = None


WITHDRAWALS: Final = {
    "revoked": Withdrawal(401, revoke_key),
    "rotated": Withdrawal(401, rotate_key),
    "deleted": Withdrawal(401, delete_key),
    "re-scoped": Withdrawal(403, lambda work, key: rescope_key(work, key, ["integrations.products.*"])),
    "partner off": Withdrawal(403, lambda work, _: switch_partner(work, _PARTNER, on=False), _PARTNER),
    "expired": Withdrawal(401, None),
}


def revoke(place: Place, times: int, seed: int, log: Path) -> Figures:
    """Withdraw so many keys, each while it is in use, and ask every process at once."""
    figures = Figures("revoke", place.kind, PROMISES)
    database = place.make("revoke")
    chance = random.Random(seed)
    with database.open() as transactions:
        transactions.run(lambda work: prepare(work, ()))
        with Servers.start(database, log, turn=1) as servers:
            for number in range(times):
                way = chance.choice(list(WITHDRAWALS))
                asyncio.run(_Trial(transactions, servers, f"key-{number}", way, figures).run())
    return figures


@attrs.frozen
class _Trial:
    """One key, asked for with before and after."""

    transactions: Transactions
    servers: Servers
    name: str
    way: str
    figures: Figures

    async def run(self) -> None:
        expires_at = datetime.now(UTC) + timedelta(seconds=_EXPIRY_SECONDS)
        secret = self.transactions.run(lambda work: self._create(work, expires_at))
        async with AsyncExitStack() as stack:
            wires = [
                await stack.enter_async_context(await Wire.open(server.port, secret))
                for server in self.servers.running * 2
            ]
            before = await self._ask(wires)
            in_use, idle = wires[: len(wires) // 2], wires[len(wires) // 2 :]
            using = asyncio.gather(*(_use(wire) for wire in in_use))
            await self._withdraw(expires_at)
            after = await self._ask(idle)
            await using
        self.transactions.run(lambda work: switch_partner(work, _PARTNER, on=True))
        self._judge(before, after)

    @property
    def withdrawal(self) -> Withdrawal:
        return WITHDRAWALS[self.way]

    def _create(self, work: UnitOfWork, expires_at: datetime) -> str:
        expiry = expires_at if self.withdrawal.withdraw is None else None
        made = CreateKey(self.name, partner=self.withdrawal.partner, expires_at=expiry)
        return create_key(work, made).secret

    async def _withdraw(self, expires_at: datetime) -> None:
        """Return when it is withdrawn for good."""
        withdraw = self.withdrawal.withdraw
        if withdraw is None:
            await asyncio.sleep((expires_at - datetime.now(UTC)).total_seconds() + 0.001)
        else:
            await asyncio.to_thread(self.transactions.run, lambda work: withdraw(work, self.name))

    async def _ask(self, wires: list[Wire]) -> list[int]:
        answers = await asyncio.gather(*(wire.send("GET", f"{ORDERS}?limit=1") for wire in wires))
        return [_status(answer) for answer in answers]

    def _judge(self, before: list[int], after: list[int]) -> None:
        self.figures.counts[self.way] += 1
        self.figures.counts["requests refused"] += len(after)
        was_in = set(before) == {200} or self.withdrawal.withdraw is None
        if not was_in or set(after) != {self.withdrawal.status}:
            told = f"{self.name} ({self.way}): {before} before, {after} after"
            self.figures.blame(FaultKind.ADMITTED, told)


async def _use(wire: Wire) -> None:
    """Requests that are under way while the key is withdrawn: either answer is right."""
    for _ in range(5):
        await wire.send("GET", f"{ORDERS}?limit=1")


def _status(answer: Answer | None) -> int:
    return 0 if answer is None else answer.status


PART = Part("revoke", TEXT, 300, revoke)
