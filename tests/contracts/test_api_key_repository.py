from contextlib import suppress

import attrs
import pytest

from core.entities.api_key import ApiKey
from core.errors import NameTaken, RuleBroken
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.records import a_key, a_partner, an_activity, an_entry, keep, minutes


def by_name(transactions: Transactions, name: str = "till") -> ApiKey | None:
    return transactions.read(lambda work: work.keys.by_name(name))


def test_a_key_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    key = a_key(
        partner="acme",
        scopes=("integrations.orders.read", "integrations.inventory.*"),
        expires_at=minutes(9),
        is_active=False,
        is_test=True,
    )
    keep(transactions, a_partner("acme"), key)

    assert by_name(transactions) == key
    assert transactions.read(lambda work: work.keys.by_hash(key.secret_hash)) == key


def test_a_key_without_partner_and_end_comes_back_so(transactions: Transactions) -> None:
    key = a_key()
    keep(transactions, key)

    assert by_name(transactions) == key


def test_an_unknown_hash_or_name_is_nobody(transactions: Transactions) -> None:
    keep(transactions, a_key())

    assert transactions.read(lambda work: work.keys.by_hash("another")) is None
    assert by_name(transactions, "Till") is None


def test_a_name_is_taken_once(transactions: Transactions) -> None:
    first = a_key("till")
    keep(transactions, first)

    with pytest.raises(NameTaken, match="till"):
        keep(transactions, attrs.evolve(a_key("till"), secret_hash="another"))

    assert by_name(transactions) == first


def test_a_saved_key_holds_what_changed(transactions: Transactions) -> None:
    key = a_key(expires_at=minutes(1))
    keep(transactions, key)
    changed = attrs.evolve(
        key, secret_hash="new", scopes=("integrations.orders.*",), is_active=False, expires_at=None
    )

    transactions.run(lambda work: work.keys.save(changed))

    assert by_name(transactions) == changed
    assert transactions.read(lambda work: work.keys.by_hash(key.secret_hash)) is None
    assert transactions.read(lambda work: work.keys.by_hash("new")) == changed


def test_a_call_reads_a_key_as_it_has_changed_it(transactions: Transactions) -> None:
    key = a_key()
    keep(transactions, key)
    revoked = attrs.evolve(key, is_active=False)

    def change(work: UnitOfWork) -> list[ApiKey | None]:
        read = [work.keys.by_hash(key.secret_hash)]
        with suppress(RuleBroken), work.savepoint():
            work.keys.save(revoked)
            read.append(work.keys.by_hash(key.secret_hash))
            raise RuleBroken
        read.append(work.keys.by_hash(key.secret_hash))
        work.keys.delete(key)
        read.append(work.keys.by_hash(key.secret_hash))
        work.keys.add(key)
        return [*read, work.keys.by_hash(key.secret_hash)]

    assert transactions.run(change) == [key, revoked, key, None, key]


def test_a_key_changed_by_another_call_is_read_as_it_is_now(transactions: Transactions) -> None:
    key = a_key()
    keep(transactions, key)
    assert transactions.run(lambda work: work.keys.by_hash(key.secret_hash)) == key
    revoked = attrs.evolve(key, is_active=False)

    transactions.run(lambda work: work.keys.save(revoked))

    assert transactions.run(lambda work: work.keys.by_hash(key.secret_hash)) == revoked


def test_a_deleted_key_is_forgotten_but_not_what_it_did(transactions: Transactions) -> None:
    key = a_key("till")
    entry, activity = an_entry(api_key="till"), an_activity(api_key="till")
    keep(transactions, key, entry, activity)

    transactions.run(lambda work: work.keys.delete(key))

    assert by_name(transactions) is None
    assert transactions.read(lambda work: work.log.get(entry.id)) == entry
    assert list(transactions.read(lambda work: work.key_activity.recent(5))) == [activity]
    keep(transactions, a_key("till"))


def test_all_are_told_newest_first(transactions: Transactions) -> None:
    old, new, newest = a_key("old"), a_key("new", minutes(1)), a_key("newest", minutes(1))
    keep(transactions, newest, old, new)

    assert list(transactions.read(lambda work: work.keys.all())) == [newest, new, old]
