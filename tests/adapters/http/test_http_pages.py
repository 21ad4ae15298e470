"""The public pages."""

import re
import threading
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from tests.adapters.http.speaking import ENTRIES, Site

PAGES = ["/", "/docs", "/changelog", "/changelog.rss", "/changelog.atom", "/changelog.json", "/openapi.json"]
ATOM = "{http://www.w3.org/2005/Atom}"


class Outline(HTMLParser):
    """The ids and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if identity := found.get("id"):
            self.ids.append(identity)
        if tag == "a":
            self.links.append(found.get("href") or "")
        elif tag in ("script", "img", "iframe") or (tag == "link" and found.get("rel") != "alternate"):
            self.loaded.append(tag)


def outline(body: bytes) -> Outline:
    """What a page holds."""
    found = Outline()
    found.feed(body.decode())
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_public_and_answers_304_to_who_has_it(site: Site, path: str) -> None:
    first = site.send("GET", path, key=None)
    again = site.send("GET", path, key=None, headers={"If-None-Match": first.headers["etag"]})

    assert first.status == 200
    assert (again.status, again.body) == (304, b"")
    assert first.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/docs", "/changelog"])
def test_a_page_loads_nothing_from_elsewhere_and_its_links_lead_somewhere(site: Site, path: str) -> None:
    found = outline(site.send("GET", path).body)

    assert found.loaded == []
    assert len(found.ids) == len(set(found.ids))
    for link in found.links:
        if link.startswith("#"):
            assert link[1:] in found.ids
        else:
            assert site.send("GET", link).status == 200


def test_the_docs_are_written_for_people(site: Site) -> None:
    page = site.send("GET", "/docs").body.decode()

    assert "`" not in page
    assert "[&#39;" not in page
    assert "<td>string (date-time) or null</td>" in page
    assert "<code>items[].quantity</code>" in page
    assert page.index('"order_number": ') < page.index('"customer_info": ')


def test_the_changelog_is_newest_first_grouped_and_anchored(site: Site) -> None:
    page = site.send("GET", "/changelog").body.decode()

    assert [one for one in outline(page.encode()).ids if one[0] == "2"] == [
        "2026-04-17-add",
        "2026-04-17-fix",
        "2026-04-01-old",
    ]
    assert re.findall(r"<h3>(\w+)</h3>", page) == ["Added", "Fixed", "Audit"]
    assert re.findall(r'<time datetime="([\d-]+)"', page) == ["2026-04-17", "2026-04-01"]


def test_the_changelog_tells_how_to_watch_it_and_what_a_report_holds(site: Site) -> None:
    page = site.send("GET", "/changelog").body.decode()

    entries_end = page.index("2026-04-01-old")
    assert page.index('id="watch"') > entries_end
    assert page.index('id="regression-report"') > entries_end
    for word in (
        *("request_timestamp", "partner", "request_id", "method", "path", "request_body", "response_status"),
        *("response_body", "mapping_version"),
    ):
        assert f"<code>{word}</code>" in page


def test_what_an_entry_says_is_text_and_code(site: Site) -> None:
    page = site.send("GET", "/changelog").body.decode()

    assert "A &lt;fix&gt;" in page
    assert "<p>It <code>is</code></p>\n<p>fixed &amp; done.</p>" in page


def test_the_feeds_carry_the_same_entries(site: Site) -> None:
    rss = ElementTree.fromstring(site.send("GET", "/changelog.rss").body)
    atom = ElementTree.fromstring(site.send("GET", "/changelog.atom").body)
    feed = site.send("GET", "/changelog.json").json

    titles = [f"{entry.group}: {entry.title}" for entry in ENTRIES]
    assert [item.findtext("title") for item in rss.iter("item")] == titles
    assert [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")] == titles
    assert [item["title"] for item in feed["items"]] == titles
    assert atom.findtext(f"{ATOM}updated") == "2026-04-17T00:00:00Z"


@pytest.mark.parametrize(
    "host", ["test", "api.example.com:8443", "127.0.0.1:8000", "[::1]:8000", "my_shop-2.example.com", "test:"]
)
def test_what_the_feeds_link_to_is_absolute_by_the_requests_host(site: Site, host: str) -> None:
    rss = ElementTree.fromstring(site.send("GET", "/changelog.rss", headers={"Host": host}).body)
    atom = ElementTree.fromstring(site.send("GET", "/changelog.atom", headers={"Host": host}).body)
    feed = site.send("GET", "/changelog.json", headers={"Host": host}).json

    page = f"http://{host}/changelog"
    entries = [f"{page}#{entry.id}" for entry in ENTRIES]
    assert (feed["home_page_url"], feed["feed_url"]) == (page, f"{page}.json")
    assert [item["url"] for item in feed["items"]] == entries
    assert rss.findtext("channel/link") == page
    assert [item.findtext("link") for item in rss.iter("item")] == entries
    links = [(link.get("rel"), link.get("href")) for link in atom.findall(f"{ATOM}link")]
    assert links == [("alternate", page), ("self", f"{page}.atom")]
    found = [entry.find(f"{ATOM}link") for entry in atom.iter(f"{ATOM}entry")]
    assert [link.get("href") for link in found if link is not None] == entries


def test_an_atom_id_is_absolute_and_the_same_under_every_name_of_the_server(site: Site) -> None:
    hosts = ["one.example.com", "two.example.com"]
    feeds = [site.send("GET", "/changelog.atom", headers={"Host": host}).body for host in hosts]

    one, two = (
        [found.text or "" for found in ElementTree.fromstring(feed).iter(f"{ATOM}id")] for feed in feeds
    )
    assert one == two
    assert all(found.startswith("urn:") for found in one)
    assert len(set(one)) == 1 + len(ENTRIES)


@pytest.mark.parametrize("feed", ["rss", "atom", "json"])
@pytest.mark.parametrize(
    "host",
    [
        *(
            "",
            "a b",
            "evil.example.com/x",
            "user@evil.example.com",
            "a<b",
            'a"b',
            "a:b",
            "a:123456",
            "a?b",
            "a#b",
        ),
        *("[::1", "::1", "[x]", "a\\b", "a,b", "x" * 300, "\xe9", "%41"),
    ],
)
def test_a_host_that_is_none_is_refused_by_the_feeds(site: Site, feed: str, host: str) -> None:
    response = site.send("GET", f"/changelog.{feed}", headers={"Host": host})

    assert (response.status, response.code) == (400, "VALIDATION_ERROR")
    assert "host header" in response.json["error"]["message"].lower()


def test_the_process_is_alive_and_ready(site: Site) -> None:
    assert site.send("GET", "/healthz", key=None).json == {"status": "alive"}
    assert site.send("GET", "/readyz", key=None).json == {"status": "ready"}


def test_without_its_database_it_is_alive_but_not_ready(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_in: list[threading.Thread] = []

    def ready(_: object) -> bool:
        asked_in.append(threading.current_thread())
        return False

    monkeypatch.setattr(type(site.transactions), "ready", ready)

    response = site.send("GET", "/readyz", key=None)

    assert (response.status, response.code) == (503, "SERVICE_UNAVAILABLE")
    assert "retry-after" in response.headers
    assert asked_in != [threading.main_thread()]
    assert site.send("GET", "/healthz", key=None).status == 200
