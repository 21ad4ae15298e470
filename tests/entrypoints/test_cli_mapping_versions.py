import getpass
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from core.entities.json import Json, JsonObject
from tests.entrypoints.conftest import Run

Write = Callable[[str, Json], str]


def reading(place: str) -> JsonObject:
    """A mapping of orders that finds the number there."""
    return {
        "format": "datamingle.mapping/1",
        "resource": "orders",
        "unmapped": "pass",
        "rules": [{"partner": place, "internal": "order_number", "id": f"from-{place}"}],
    }


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a document to a file of that name."""

    def write(name: str, document: Json) -> str:
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(document))
        return str(path)

    return write


@pytest.fixture(autouse=True)
def acme(run: Run) -> None:
    """The partner, whose mapping is in version 1 from the template."""
    run("partners", "create", "acme")


def states(run: Run) -> list[tuple[int, str]]:
    history = run("mappings", "history", "acme", "orders", json=True).document
    return [(entry["version"], entry["state"]) for entry in history]


def place_in_use(run: Run) -> str | None:
    rules = run("mappings", "show", "acme", "orders", json=True).document["rules"]
    return rules[0]["partner"] if rules else None


def test_a_draft_is_saved_and_not_in_use(run: Run, write: Write) -> None:
    drafted = run("mappings", "draft", "acme", "orders", write("a", reading("a")), "--note", "try", json=True)

    assert (drafted.code, drafted.document["version"], drafted.document["note"]) == (0, 2, "try")
    assert states(run) == [(2, "draft"), (1, "in use")]
    assert place_in_use(run) != "a"


def test_publish_puts_a_draft_into_use(run: Run, write: Write) -> None:
    run("mappings", "draft", "acme", "orders", write("a", reading("a")))

    published = run("mappings", "publish", "acme", "orders", "2", "--author", "bob", json=True)

    assert (published.code, published.document["version"]) == (0, 2)
    (newest, *_) = run("mappings", "history", "acme", "orders", json=True).document
    assert (newest["state"], newest["published_by"]) == ("in use", "bob")
    assert place_in_use(run) == "a"


def test_restore_puts_an_earlier_mapping_into_use_as_a_new_version(run: Run, write: Write) -> None:
    run("mappings", "set", "acme", "orders", write("a", reading("a")))
    run("mappings", "set", "acme", "orders", write("b", reading("b")))

    restored = run("mappings", "restore", "acme", "orders", "2", "--note", "b was wrong", json=True)

    assert (restored.document["version"], restored.document["note"]) == (4, "b was wrong")
    assert states(run) == [(4, "in use"), (3, "former"), (2, "former"), (1, "former")]
    assert place_in_use(run) == "a"


def test_what_was_in_use_before_is_not_published_but_restored(run: Run, write: Write) -> None:
    run("mappings", "set", "acme", "orders", write("a", reading("a")))

    refused = run("mappings", "publish", "acme", "orders", "1", json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "restore" in refused.err
    assert states(run) == [(2, "in use"), (1, "former")]


def test_the_history_names_who_and_why(run: Run, write: Write) -> None:
    run("mappings", "set", "acme", "orders", write("a", reading("a")), "--note", "first try")

    (newest, first) = run("mappings", "history", "acme", "orders", json=True).document
    shown = run("mappings", "history", "acme", "orders").out

    assert (newest["author"], newest["note"]) == (getpass.getuser(), "first try")
    assert first["author"] == "template"
    assert "first try" in shown
    assert "in use" in shown


def test_an_author_without_a_name_is_the_command_line(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", unknown)

    drafted = run("mappings", "draft", "acme", "orders", write("a", reading("a")), json=True)

    assert drafted.document["author"] == "command line"


def test_show_shows_any_version(run: Run, write: Write) -> None:
    run("mappings", "draft", "acme", "orders", write("a", reading("a")))

    shown = run("mappings", "show", "acme", "orders", "--version", "2", json=True).document

    assert shown == reading("a")


@pytest.mark.parametrize(
    "arguments",
    [
        ("publish", "acme", "orders", "9"),
        ("restore", "acme", "orders", "9"),
        ("show", "acme", "orders", "--version", "9"),
        ("diff", "acme", "orders", "9"),
        ("history", "nobody", "orders"),
        ("publish", "nobody", "orders", "1"),
        ("diff", "acme", "orders"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    refused = run("mappings", *arguments, json=True)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("Error: ")


def test_a_partner_that_does_not_exist_gets_no_draft(run: Run, write: Write) -> None:
    refused = run("mappings", "draft", "nobody", "orders", write("a", reading("a")), json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "nobody" in refused.err


def test_diff_tells_rules_and_the_targets_of_samples_with_their_rule(run: Run, write: Write) -> None:
    run("mappings", "set", "acme", "orders", write("a", reading("a")))
    changed = {**reading("b"), "zone": "UTC"}
    changed["rules"] = [*changed["rules"], {"internal": "notes", "const": "n"}]  # type: ignore[misc]  # a list
    sample = write("sample", {"a": "1", "b": "2"})

    found = run(
        "mappings", "diff", "acme", "orders", write("b", changed), "--sample", sample, json=True
    ).document

    assert (found["before"], found["after"]) == (2, None)
    assert found["settings"] == [{"member": "zone", "after": "UTC"}]
    assert found["added"] == [{"place": "notes", "rule": {"internal": "notes", "const": "n"}}]
    assert found["changed"] == [
        {
            "place": "order_number",
            "members": [
                {"member": "partner", "before": "a", "after": "b"},
                {"member": "id", "before": "from-a", "after": "from-b"},
            ],
        }
    ]
    (told,) = found["samples"]
    assert told["file"] == sample
    assert {
        "record": None,
        "target": "order_number",
        "change": "changed",
        "rule": "from-b",
        "before": {"value": "1", "rule": "from-a", "how": "copied"},
        "after": {"value": "2", "rule": "from-b", "how": "copied"},
    } in told["targets"]
    assert {(one["target"], one["change"]) for one in told["targets"]} == {
        ("order_number", "changed"),
        ("notes", "added"),
        ("a", "added"),
        ("b", "removed"),
    }


def test_diff_of_two_versions_is_a_table_for_people(run: Run, write: Write) -> None:
    run("mappings", "set", "acme", "orders", write("a", reading("a")))
    run("mappings", "draft", "acme", "orders", write("b", reading("b")))

    shown = run("mappings", "diff", "acme", "orders", "2", "3").out
    same = run("mappings", "diff", "acme", "orders", "2", "2", "--sample", write("s", {"a": "1"})).out

    assert shown.splitlines()[0] == "version 2 -> version 3"
    assert ["order_number", "changed", "partner", '"a"', '"b"'] in [
        line.split() for line in shown.splitlines()
    ]
    assert "The rules are the same." in same
    assert "Both make the same of it." in same


def test_a_file_that_cannot_be_used_is_not_compared(run: Run, write: Write) -> None:
    refused = run("mappings", "diff", "acme", "orders", write("a", reading("a..b")), json=True)

    assert (refused.code, refused.out) == (1, "")
    assert "bad_path" in refused.err
