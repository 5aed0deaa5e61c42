"""Feeds (RSS, Atom, RDF) and sitemaps: what a site says of its newest reports, and where they are.

An entry that holds its whole report and one that holds a teaser are both documents; the address of either leads to
the page.  A sitemap holds no reports, only addresses.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from khabar.errors import InputError
from khabar.model import Document, Edit, Origin, Published, Step
from khabar.readers.checks import MOST_BYTES, sha256
from khabar.readers.child import in_child
from khabar.readers.known import Known, iso_date
from khabar.readers.records import member_of, report_of
from khabar.readers.source import Source
from khabar.repair.plan import Plan

_MOST_ENTRIES = 50_000
"""Of a feed, and addresses of a sitemap (the protocol of sitemaps allows no more)."""
_WHOLE = 1_000
"""Characters from which on a description is the report itself and no teaser."""
_FOOTER_WORDS = 12
_CUT = re.compile(r"(?:\.\.\.|…)\s*(?:\]|\))?\s*\Z")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_MARKUP = re.compile(r"<[A-Za-z/!]|&(?:#\d|#x|\w+;)")
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>[^<]*(?:<!--.*-->\s*)*\Z", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    key: str
    """What it is known by for ever: its guid, else its address, else its headline."""
    content: str
    """HTML, or plain characters; empty where there is only a headline."""
    whole: bool
    """Does it hold the report, not a teaser of it?"""
    title: str | None = None
    url: str | None = None
    author: str | None = None
    section: str | None = None
    published: str | None = None
    """ISO 8601, as precise as the feed."""
    outlet: str | None = None

    @property
    def known(self) -> Known:
        """What it says of its report."""
        published = Published(self.published, "feed") if self.published else None
        return Known(self.title, self.outlet, self.author, self.section, self.url, published)


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a sitemap."""

    url: str
    is_sitemap: bool = False
    """Does it lead to another sitemap?"""
    changed: str | None = None
    """When the page last changed, in ISO form."""
    title: str | None = None
    published: str | None = None
    outlet: str | None = None

    @property
    def known(self) -> Known:
        """What a news sitemap says of the report."""
        published = Published(self.published, "feed") if self.published else None
        return Known(title=self.title, outlet=self.outlet, url=self.url, published=published)


def entries_of_feed(name: str, data: bytes) -> list[Entry]:
    """The entries of a feed, in its order.

    Raises:
        InputError: when it is no feed.
    """
    return [Entry(**entry) for entry in in_child("feed", name, data)]


def addresses_of_sitemap(name: str, data: bytes) -> list[Address]:
    """The addresses of a sitemap or of a list of sitemaps.

    Raises:
        InputError: when it is no sitemap.
    """
    return [Address(**address) for address in in_child("sitemap", name, data)]


def documents_of_feed(source: Source) -> Iterator[Document | InputError]:
    """The document of each entry, its headline first; `Origin.member` says which hold a teaser only.

    Raises:
        InputError: when it is no feed, or has no entries.
    """
    data = source.read(MOST_BYTES)
    entries = entries_of_feed(source.name, data)
    if not entries:
        raise InputError(source.name, "an empty feed: no entries")
    for number, entry in enumerate(entries, 1):
        yield _document(source, number, entry)
    if not _END.search(data[-2000:]) and b"\0" not in data[-10:]:
        yield InputError(source.name, "cut off: this feed has no end, so its last entry may be incomplete")


def _document(source: Source, number: int, entry: Entry) -> Document | InputError:
    content = entry.content or html.escape(entry.title or "", quote=False)
    place = f"{source.name} entry {number}"
    member = member_of(source, f"entry {number}" if entry.whole else f"entry {number} teaser")
    digest = sha256(json.dumps(asdict(entry), ensure_ascii=False).encode("utf-8", "surrogatepass"))
    origin = Origin(source.path, digest, "application/feed+xml", "xml", member)
    id = f"{source.stem}-{sha256(entry.key.encode('utf-8', 'surrogatepass'))[:8]}"
    known = entry.known.over(source.known)
    try:
        return report_of_content(place, id, content, origin, known)
    except InputError as error:
        return error


def report_of_content(place: str, id: str, content: str, origin: Origin, known: Known) -> Document:
    """A document of what an entry holds, HTML or plain characters, under its headline.

    Raises:
        InputError: when it is empty, too long or not Arabic.
    """
    ending = partial(_footer, title=known.title)
    return report_of(place, id, content, origin, known, markup=bool(_MARKUP.search(content)), ending=ending)


def _footer(text: str, title: str | None) -> Plan:
    """Takes away the last paragraph where it holds the headline and few other words.

    WordPress puts such a line below each entry, in the language of the site: ``The post ... appeared first on ...``.
    """
    body = text.rstrip()
    start = body.rfind("\n\n")
    last = body[start:].split()
    if title is None or body.count("\n\n") < 2 or title not in " ".join(last):
        return ()
    if len(last) > len(title.split()) + _FOOTER_WORDS:
        return ()
    return (Step("rubbish:feed-footer", (Edit(start, len(text), ""),)),)


def sitemap_refused(source: Source) -> Iterator[Document | InputError]:
    """A sitemap that lies in a file: there are no reports in it.

    Raises:
        InputError: always.
    """
    number = len(addresses_of_sitemap(source.name, source.read(MOST_BYTES)))
    raise InputError(
        source.name, f"a sitemap: {number:,} addresses and no reports; they are read with `khabar build URL`"
    )


def parse_feed(path: str, data: bytes) -> list[dict[str, Any]]:
    """The fields of each `Entry`; runs in the worker process (`child`).

    Raises:
        InputError: when feedparser sees no feed in it.
    """
    import feedparser  # slow to load; only feeds need it

    # A stream, never the bytes themselves: feedparser would take them for an address or the name of a file.
    parse = partial(feedparser.parse, sanitize_html=False, resolve_relative_uris=False)
    try:
        feed = parse(io.BytesIO(data))
    except ValueError:  # bytes in the name of the encoding, the number of a character that there is not
        feed = _parse_again(path, parse, data)
    if not feed.version and not feed.entries:
        raise InputError(path, "not a feed: neither RSS nor Atom")
    return [asdict(_entry(entry, feed.feed)) for entry in feed.entries[:_MOST_ENTRIES]]


_TOO_LARGE = re.compile(r"&#(?:0*[1-9]\d{6,}|[xX]0*[1-9a-fA-F][0-9a-fA-F]{5,});")
"""Nearly all of these are beyond the last character."""


def _parse_again(path: str, parse: Callable[[io.BytesIO], Any], data: bytes) -> Any:
    text = _TOO_LARGE.sub("\ufffd", data.decode("utf-8", "replace"))
    try:
        return parse(io.BytesIO(text.encode()))
    except ValueError as error:
        raise InputError(path, f"broken feed: {error}") from None


def _entry(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    given = dict(entry)  # feedparser's own mapping answers for fields that are not there
    title, url = _plain(given.get("title")), _url(given.get("link"), feed)
    content, whole = _content(given)
    day = next((day for field in ("published", "updated", "created") if (day := iso_date(given.get(field)))), None)
    author = dict(given.get("author_detail") or {}).get("name") or given.get("author")
    return Entry(
        key=_plain(given.get("id")) or url or f"{title} {day}",
        content=content,
        whole=whole,
        title=title,
        url=url,
        author=_plain(author),
        section=next((term for tag in given.get("tags") or () if (term := _plain(dict(tag).get("term")))), None),
        published=day,
        outlet=_outlet(given, feed),
    )


def _outlet(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    """Who published an entry: its own source before the publisher of the feed, the feed's title last."""
    source = dict(entry.get("source") or {})
    told = (source.get("title"), dict(entry).get("publisher"), dict(feed).get("publisher"), dict(feed).get("title"))
    return next((outlet for value in told if (outlet := _plain(value))), None)


def _content(entry: Mapping[str, Any]) -> tuple[str, bool]:
    """The longest of what an entry holds, and whether that is the report."""
    contents = [dict(part) for part in entry.get("content") or ()]
    texts = [str(part["value"]) for part in contents if re.search("text|xhtml", part.get("type", ""))]
    summary = str(entry.get("summary") or "")
    best = max([*texts, summary], key=lambda text: len(_plain(text) or ""))
    plain = _plain(best) or ""
    return best if plain else "", not _CUT.search(plain) and (best in texts or len(plain) >= _WHOLE)


def _plain(value: Any) -> str | None:
    """Characters without markup, on one line."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(_TAG.sub(" ", value)).split()) or None


def _url(link: Any, feed: Mapping[str, Any]) -> str | None:
    if not isinstance(link, str) or not link.strip():
        return None
    base = dict(feed).get("link")
    try:
        return urljoin(base, link.strip()) if isinstance(base, str) else link.strip()
    except ValueError:
        return link.strip()


def parse_sitemap(path: str, data: bytes) -> list[dict[str, Any]]:
    """The fields of each `Address`; runs in the worker process (`child`).

    Raises:
        InputError: when there is no address in it.
    """
    from lxml import etree

    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "recover": True}
    found: list[dict[str, Any]] = []
    for _, node in etree.iterparse(io.BytesIO(data), tag=("{*}url", "{*}sitemap"), **options):
        address = _address(node)
        if address is not None and len(found) < _MOST_ENTRIES:
            found.append(asdict(address))
        node.clear()
    if not found:
        raise InputError(path, "a sitemap without addresses")
    return found


def _address(node: Any) -> Address | None:
    told: dict[str, str] = {}
    for part in node.iter("{*}loc", "{*}lastmod", "{*}title", "{*}publication_date", "{*}name"):
        if part.text and "image" not in part.tag and "video" not in part.tag:
            told.setdefault(part.tag.rpartition("}")[2], " ".join(part.text.split()))
    if "loc" not in told:
        return None
    return Address(
        url=told["loc"],
        is_sitemap=node.tag.rpartition("}")[2] == "sitemap",
        changed=iso_date(told.get("lastmod")),
        title=told.get("title"),
        published=iso_date(told.get("publication_date")),
        outlet=told.get("name"),
    )
