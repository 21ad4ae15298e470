"""The changelog as a page and as feeds."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import attrs
from jinja2 import Environment
from litestar.handlers import HTTPRouteHandler

from adapters.http.pages.feeds import atom_feed, json_feed, rss_feed
from adapters.http.pages.fixed import HTML, fixed_handler, linking_handler
from core.entities.changelog import ChangeGroup, ChangelogEntry
from core.ports.catalog import ChangelogCatalog


@attrs.frozen
class GroupOfDay:
    """A day's entries of one kind."""

    name: ChangeGroup
    entries: tuple[ChangelogEntry, ...]


@attrs.frozen
class Day:
    """A day's entries, by kind."""

    date: date
    groups: tuple[GroupOfDay, ...]


def changelog_handlers(catalog: ChangelogCatalog, pages: Environment) -> list[HTTPRouteHandler]:
    """`/changelog` and its feeds."""

    def page() -> bytes:
        return pages.get_template("changelog.html").render(days=_days(catalog.entries())).encode()

    return [
        fixed_handler("/changelog", HTML, page),
        linking_handler("/changelog.rss", "application/rss+xml", lambda at: rss_feed(catalog.entries(), at)),
        linking_handler(
            "/changelog.atom", "application/atom+xml", lambda at: atom_feed(catalog.entries(), at)
        ),
        linking_handler(
            "/changelog.json", "application/feed+json", lambda at: json_feed(catalog.entries(), at)
        ),
    ]


def _days(entries: Sequence[ChangelogEntry]) -> list[Day]:
    order = list(ChangeGroup)
    newest_first = sorted(entries, key=lambda entry: (-entry.date.toordinal(), order.index(entry.group)))
    return [
        Day(
            day,
            tuple(
                GroupOfDay(name, tuple(found)) for name, found in groupby(of_day, key=lambda one: one.group)
            ),
        )
        for day, of_day in groupby(newest_first, key=lambda entry: entry.date)
    ]
