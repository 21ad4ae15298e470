"""The command line as tests call it."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from core.entities.order import Order
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.use_cases.commands import NewOrder, NewOrderItem, NewProduct
from core.use_cases.orders import create_order
from core.use_cases.products import create_product
from entrypoints.bootstrap import open_transactions
from entrypoints.cli.main import main
from entrypoints.settings import Settings


@attrs.frozen
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def run(database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the test's database; `json=True` adds --json."""
    for name in [name for name in os.environ if name.startswith("DATAMINGLE_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str, json: bool = False) -> Ran:
        capsys.readouterr()
        code = main([*arguments, "--database", database, *(["--json"] if json else [])])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def transactions(database: str) -> Iterator[Transactions]:
    """The same database as the commands use."""
    with closing(open_transactions(Settings(database))) as transactions:
        yield transactions


Ordered = Callable[..., Order]


@pytest.fixture
def order(transactions: Transactions) -> Ordered:
    """Take an order of products that are made if need be."""

    def order(number: str, partner: str | None = None, **lines: int) -> Order:
        def take(work: UnitOfWork) -> Order:
            known = work.products.activity_of(lines)
            for sku in lines:
                if sku not in known:
                    create_product(work, NewProduct(sku))
            items = [NewOrderItem(sku, quantity) for sku, quantity in lines.items()]
            return create_order(work, NewOrder(number, items), partner)

        return transactions.run(take)

    return order
