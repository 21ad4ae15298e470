"""What the changelog tells."""

from itertools import pairwise

from pytest_bdd import then, when

from adapters.catalog.changelog import FileChangelog
from core.entities.changelog import ChangelogEntry


@when("somebody reads the changelog", target_fixture="entries")
def read_changelog() -> list[ChangelogEntry]:
    return list(FileChangelog.load().entries())


@then("no entry is older than the one below it")
def newest_first(entries: list[ChangelogEntry]) -> None:
    assert all(upper.date >= lower.date for upper, lower in pairwise(entries))


@then("every entry has a name, a title and a text of its own")
def all_distinct(entries: list[ChangelogEntry]) -> None:
    for told in ("id", "title", "text"):
        assert len({getattr(entry, told) for entry in entries}) == len(entries)
