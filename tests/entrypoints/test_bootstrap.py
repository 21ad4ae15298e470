import asyncio
from contextlib import closing

from core.ports.unit_of_work import Transactions
from entrypoints.bootstrap import open_services
from entrypoints.settings import Settings

SECRET = "cursor_secret"


def secret_of(transactions: Transactions) -> str | None:
    return transactions.read(lambda work: work.settings.get(SECRET))


def test_the_secret_of_cursors_is_made_once_and_shared_by_all_processes(database: str) -> None:
    first = open_services(Settings(database))
    second = open_services(Settings(database))

    with closing(first.transactions), closing(second.transactions):
        assert first.integration_call.signer == second.integration_call.signer
        assert len(secret_of(first.transactions) or "") >= 43  # 256 bits in letters and digits


def test_two_databases_have_two_secrets(database: str) -> None:
    first = open_services(Settings(database))
    other = open_services(Settings(f"{database}2"))

    with closing(first.transactions), closing(other.transactions):
        assert first.integration_call.signer != other.integration_call.signer


def test_no_representation_shows_the_secret(database: str) -> None:
    services = open_services(Settings(database))

    with closing(services.transactions):
        secret = secret_of(services.transactions)
        assert secret is not None
        assert secret not in repr(services)


def test_calls_work_inside_a_loop(database: str) -> None:
    services = open_services(Settings(database))

    async def read() -> str | None:
        return await services.transactions.submit(lambda work: work.settings.get(SECRET))

    with closing(services.transactions):
        assert asyncio.run(read()) == secret_of(services.transactions)
