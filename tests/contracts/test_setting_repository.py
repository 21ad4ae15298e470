from core.ports.unit_of_work import Transactions


def test_the_first_value_stays(transactions: Transactions) -> None:
    first = transactions.run(lambda work: work.settings.put_if_absent("secret", "one"))
    second = transactions.run(lambda work: work.settings.put_if_absent("secret", "two"))

    assert (first, second) == ("one", "one")
    assert transactions.read(lambda work: work.settings.get("secret")) == "one"


def test_what_was_never_put_is_none(transactions: Transactions) -> None:
    transactions.run(lambda work: work.settings.put_if_absent("secret", "one"))

    assert transactions.read(lambda work: work.settings.get("Secret")) is None
