import attrs
import pytest

from core.entities.partner import Partner
from core.errors import NameTaken
from core.ports.unit_of_work import Transactions, UnitOfWork
from tests.support.records import a_partner, keep, minutes


def test_a_partner_comes_back_as_it_was_kept(transactions: Transactions) -> None:
    partner = a_partner("acme", default_identifier_field="external_order_id", is_active=False)
    keep(transactions, partner)

    assert transactions.read(lambda work: work.partners.get("acme")) == partner


def test_an_unknown_slug_is_nobody(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme"))

    assert transactions.read(lambda work: work.partners.get("ACME")) is None


def test_a_slug_is_taken_once(transactions: Transactions) -> None:
    keep(transactions, a_partner("acme", name="First"))

    with pytest.raises(NameTaken, match="acme"):
        keep(transactions, a_partner("acme", name="Second"))

    found = transactions.read(lambda work: work.partners.get("acme"))
    assert found is not None
    assert found.name == "First"


def test_a_saved_partner_holds_what_changed(transactions: Transactions) -> None:
    partner = a_partner("acme")
    keep(transactions, partner)
    changed = attrs.evolve(
        partner, name="Acme Inc", template="shopify", default_identifier_field="sku", is_active=False
    )

    transactions.run(lambda work: work.partners.save(changed))

    assert transactions.read(lambda work: work.partners.get("acme")) == changed


def test_a_call_reads_a_partner_as_it_has_changed_it(transactions: Transactions) -> None:
    partner = a_partner("acme")
    disabled = attrs.evolve(partner, is_active=False)

    def change(work: UnitOfWork) -> list[Partner | None]:
        read = [work.partners.get("acme")]
        work.partners.add(partner)
        read.append(work.partners.get("acme"))
        work.partners.save(disabled)
        return [*read, work.partners.get("acme")]

    assert transactions.run(change) == [None, partner, disabled]


def test_all_are_told_newest_first(transactions: Transactions) -> None:
    old, new, newest = a_partner("old"), a_partner("new", minutes(1)), a_partner("newest", minutes(1))
    keep(transactions, new, newest, old)

    assert list(transactions.read(lambda work: work.partners.all())) == [newest, new, old]
