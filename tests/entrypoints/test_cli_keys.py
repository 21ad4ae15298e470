from core.entities.api_key import hash_secret
from entrypoints.bootstrap import open_transactions
from entrypoints.settings import Settings
from tests.entrypoints.conftest import Run


def test_create_prints_the_secret_once_and_keeps_only_its_hash(run: Run, database: str) -> None:
    created = run("keys", "create", "shop", json=True)

    document = created.document
    assert created.code == 0
    assert set(document) == {"id", "name", "key", "scopes", "partner", "expires_at"}
    assert document["key"].startswith("sk_live_")
    assert (document["name"], document["scopes"], document["partner"], document["expires_at"]) == (
        "shop",
        ["integrations.*"],
        None,
        None,
    )
    transactions = open_transactions(Settings(database))
    stored = transactions.read(lambda work: work.keys.by_name("shop"))
    transactions.close()
    assert stored is not None
    assert stored.secret_hash == hash_secret(document["key"])
    assert document["key"] not in run("keys", "list").out + run("keys", "list", json=True).out


def test_create_takes_partner_scopes_expiry_and_test(run: Run) -> None:
    run("partners", "create", "acme")

    created = run(
        "keys", "create", "reader", "--partner", "acme", "--scope", "integrations.orders.read",
        "--scope", "integrations.products.*", "--expires-at", "2027-01-01T01:00:00+01:00", "--test",
        json=True,
    )  # fmt: skip

    document = created.document
    assert document["key"].startswith("sk_test_")
    assert document["partner"] == "acme"
    assert document["scopes"] == ["integrations.orders.read", "integrations.products.*"]
    assert document["expires_at"] == "2027-01-01T00:00:00Z"


def test_a_person_is_told_the_secret_and_that_it_is_not_shown_again(run: Run) -> None:
    created = run("keys", "create", "shop")

    assert "sk_live_" in created.out
    assert "not shown again" in created.out


def test_a_taken_name_is_refused_and_changes_nothing(run: Run) -> None:
    run("keys", "create", "shop")

    again = run("keys", "create", "shop", json=True)

    assert (again.code, again.out) == (1, "")
    assert "shop" in again.err
    assert len(run("keys", "list", json=True).document) == 1


def test_the_former_name_of_the_inventory_scope_is_refused_with_the_right_one(run: Run) -> None:
    refused = run("keys", "create", "shop", "--scope", "integrations.inventorys.read")

    assert refused.code == 1
    assert "integrations.inventory.read" in refused.err
    assert run("keys", "list", json=True).document == []


def test_a_partner_that_does_not_exist_is_refused(run: Run) -> None:
    refused = run("keys", "create", "shop", "--partner", "nobody")

    assert (refused.code, refused.out) == (1, "")
    assert 'no partner has the slug "nobody"' in refused.err


def test_rotate_prints_another_secret_for_the_same_key(run: Run) -> None:
    before = run("keys", "create", "shop", "--test", json=True).document

    after = run("keys", "rotate", "shop", json=True).document

    assert set(after) == set(before)
    assert after["key"].startswith("sk_test_")
    assert after["key"] != before["key"]
    assert {**after, "key": None} == {**before, "key": None}


def test_list_tells_newest_first_what_a_key_is(run: Run) -> None:
    run("keys", "create", "first")
    run("keys", "create", "second", "--test")

    listed = run("keys", "list", json=True).document

    assert [key["name"] for key in listed] == ["second", "first"]
    assert set(listed[0]) == {
        "id", "name", "scopes", "partner", "expires_at", "is_active", "is_test", "created_at",
    }  # fmt: skip
    assert [(key["is_active"], key["is_test"]) for key in listed] == [(True, True), (True, False)]


def test_revoke_scopes_and_delete(run: Run) -> None:
    run("keys", "create", "shop")

    assert run("keys", "scopes", "shop", "--scope", "integrations.orders.*", json=True).document[
        "scopes"
    ] == ["integrations.orders.*"]
    assert run("keys", "revoke", "shop", json=True).document["is_active"] is False
    assert run("keys", "delete", "shop", json=True).code == 0
    assert run("keys", "list", json=True).document == []


def test_a_key_that_does_not_exist_is_refused_by_every_command(run: Run) -> None:
    for command in (
        ["rotate", "x"],
        ["revoke", "x"],
        ["delete", "x"],
        ["scopes", "x", "--scope", "integrations.*"],
    ):
        refused = run("keys", *command, json=True)

        assert (refused.code, refused.out) == (1, ""), command
        assert 'no API key is named "x"' in refused.err


def test_activity_begins_empty(run: Run) -> None:
    assert run("keys", "activity", "--limit", "5", json=True).document == []
