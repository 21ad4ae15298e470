"""The changelog for feed readers: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1; every link is absolute."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from adapters.http.envelope import encode
from core.entities.changelog import ChangelogEntry
from core.entities.json import JsonObject
from core.entities.timestamp import show_time

_TITLE = "Datamingle changelog"
_PAGE = "/changelog"
_URN = "urn:datamingle:changelog"
_ATOM = "http://www.w3.org/2005/Atom"


def rss_feed(entries: Sequence[ChangelogEntry], origin: str) -> bytes:
    """The entries as RSS."""
    rss = Element("rss", version="2.0")
    channel = SubElement(rss, "channel")
    _texts(
        channel,
        {"title": _TITLE, "link": origin + _PAGE, "description": "What a client of the API can notice."},
    )
    for entry in entries:
        item = SubElement(channel, "item")
        SubElement(item, "guid", isPermaLink="false").text = entry.id
        texts = {
            "title": _title(entry),
            "link": _link(entry, origin),
            "description": entry.text,
            "category": entry.group,
        }
        _texts(item, {**texts, "pubDate": format_datetime(_moment(entry), usegmt=True)})
    return _written(rss)


def atom_feed(entries: Sequence[ChangelogEntry], origin: str) -> bytes:
    """The entries as Atom."""
    feed = Element("feed", xmlns=_ATOM)
    updated = max((show_time(_moment(entry)) for entry in entries), default="1970-01-01T00:00:00Z")
    _texts(feed, {"title": _TITLE, "id": _URN, "updated": updated})
    _texts(SubElement(feed, "author"), {"name": "Datamingle"})
    SubElement(feed, "link", rel="alternate", href=origin + _PAGE)
    SubElement(feed, "link", rel="self", href=f"{origin}{_PAGE}.atom")
    for entry in entries:
        one = SubElement(feed, "entry")
        _texts(
            one, {"title": _title(entry), "id": f"{_URN}:{entry.id}", "updated": show_time(_moment(entry))}
        )
        SubElement(one, "link", href=_link(entry, origin))
        SubElement(one, "category", term=entry.group)
        SubElement(one, "content", type="text").text = entry.text
    return _written(feed)


def json_feed(entries: Sequence[ChangelogEntry], origin: str) -> bytes:
    """The entries as JSON Feed."""
    items = [_json_item(entry, origin) for entry in entries]
    return encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _TITLE,
            "home_page_url": origin + _PAGE,
            "feed_url": f"{origin}{_PAGE}.json",
            "items": items,
        }
    )


def _json_item(entry: ChangelogEntry, origin: str) -> JsonObject:
    return {
        "id": entry.id,
        "url": _link(entry, origin),
        "title": _title(entry),
        "content_text": entry.text,
        "date_published": show_time(_moment(entry)),
        "tags": [entry.group.value],
    }


def _title(entry: ChangelogEntry) -> str:
    return f"{entry.group}: {entry.title}"


def _link(entry: ChangelogEntry, origin: str) -> str:
    return f"{origin}{_PAGE}#{entry.id}"


def _moment(entry: ChangelogEntry) -> datetime:
    return datetime.combine(entry.date, time(), UTC)


def _texts(parent: Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _written(root: Element) -> bytes:
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text
