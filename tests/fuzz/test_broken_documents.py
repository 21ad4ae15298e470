"""The part of the corpus that is always run: every broken document, at every endpoint, on every storage."""

import asyncio
from collections.abc import Iterator

import pytest

from core.ports.unit_of_work import Transactions
from core.use_cases.keys import CreateKey, create_key
from tests.adapters.http.speaking import Site, real_site
from tests.fuzz.asked import Asked
from tests.fuzz.corpus import PLAIN, broken_documents
from tests.support.clock import SettableClock
from tests.support.ids import CountingIds


@pytest.fixture
def site(transactions: Transactions, clock: SettableClock, ids: CountingIds) -> Iterator[Site]:
    """The application over the real core."""
    with asyncio.Runner() as runner:
        yield real_site(transactions, clock, ids, runner)


def test_no_endpoint_takes_a_broken_document(site: Site) -> None:
    secret = site.transactions.run(lambda work: create_key(work, CreateKey("plain")).secret)

    wrong = [
        asked.name
        for asked in broken_documents()
        if asked.key == PLAIN and not is_refused(site, asked, secret)
    ]

    assert wrong == []


def is_refused(site: Site, asked: Asked, secret: str) -> bool:
    """Whether it is told that the document is no such JSON."""
    response = site.send(asked.method, asked.target, asked.body, key=secret)
    return (response.status, response.code) == (400, "VALIDATION_ERROR")
