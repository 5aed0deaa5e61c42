"""What a web page says of itself: JSON-LD, ``<meta>``, ``<title>``, ``<time>``, and what saved it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from khabar.model import Published
from khabar.readers.child import in_child
from khabar.readers.known import Known, iso_date
from khabar.readers.lines import words_of
from khabar.readers.outlets import site_of
from khabar.readers.rubbish import is_label, is_network

_SCRIPT = re.compile(r"<script[^<>]{0,500}application/ld\+json[^<>]{0,500}>", re.IGNORECASE)
_META = re.compile(r"<(?:meta|link)\b[^<>]{0,3000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([A-Za-z:_-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_TITLE = re.compile(r"<title[^<>]{0,500}>([^<]{1,1000})</title", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "dc.date.issued", "dc.date", "dcterms.issued", "dcterms.date",
    "dcterms.created", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "article.published",
)  # fmt: skip
_MOST_SCRIPTS, _LONGEST_JSON_LD = 100, 200_000
_MOST_NODES = 2_000
_MOST_AUTHORS = 4
_SECONDS = 3.0
"""For htmldate; with trafilatura's share no page takes more than ten."""
_SUFFIX = re.compile(r"\s+[|\-–—:»«•·]+\s+|:\s+")
_NO_NAMES = frozenset({"admin", "administrator", "editor", "super user", "author", "webmaster", "root", "unknown"})
"""What sites without authors call theirs."""


@dataclass(frozen=True, slots=True)
class PageSays:
    """What a page tells of itself, and every telling of its date, the most believable first."""

    known: Known
    published: tuple[Published, ...]
    window: str | None
    """What ``<title>`` holds: often the title with the site's name before or behind it."""


def metadata_of(source: str, url: str | None = None) -> PageSays:
    """Title, outlet, author, section, address and dates of a page.

    `url` is the address where it was found, for pages that do not name their own.
    """
    article, tags = _article(source), _tags(source)
    address = tags.get("canonical") or tags.get("og:url") or _text(article.get("url"))
    site = site_of(address) or site_of(url)
    named = _name(article.get("publisher")) or tags.get("og:site_name") or tags.get("application-name")
    outlet = site.name if site else named
    window = _title(source)
    title = _text(article.get("headline")) or tags.get("og:title") or tags.get("twitter:title") or window
    if outlet and is_network(outlet):
        title, outlet = None, title  # the title of a channel's page is the channel's name
    known = Known(
        title=_without_site(title, {outlet, named}),
        outlet=outlet,
        author=_author(article, tags, source, {outlet, named}),
        section=_section(article, tags),
        url=address,
        crawled=_saved(source),
    )
    return PageSays(known, tuple(_dates(article, tags, source)), window)


def _dates(article: Mapping[str, Any], tags: Mapping[str, str], source: str) -> Iterator[Published]:
    """Each way in which the page tells when it was published, at most once."""
    in_tags = (tags.get(name) for name in _PUBLISHED)
    if day := iso_date(article.get("datePublished")):
        yield Published(day, "json-ld")
    if day := next((value for value in map(iso_date, in_tags) if value), None):
        yield Published(day, "meta")
    if day := next((value for value in map(iso_date, _times(source)) if value), None):
        yield Published(day, "time-element")
    if day := iso_date(article.get("dateCreated")):
        yield Published(day, "json-ld")


def searched_date(source: str) -> Published | None:
    """The date that htmldate finds, for a page whose other parts tell none.

    Raises:
        InputError: when htmldate takes too long or too much; its path is empty, as only the caller knows it.
    """
    found = in_child("date", "", source.encode("utf-8", "surrogatepass"), seconds=_SECONDS)
    return Published(str(found), "search") if found else None


def _article(source: str) -> Mapping[str, Any]:
    """The JSON-LD object of the report, empty where there is none."""
    nodes = [node for node in _json_ld(source) if isinstance(node, dict)]
    articles = [node for node in nodes if any("Article" in kind or "Posting" in kind for kind in _kinds(node))]
    dated = [node for node in nodes if "datePublished" in node]
    return next(iter(articles or dated), {})


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [part for part in (kind if isinstance(kind, list) else [kind]) if isinstance(part, str)]


def _json_ld(source: str) -> Iterator[Any]:
    for found in islice(_SCRIPT.finditer(source), _MOST_SCRIPTS):
        end = source.find("</", found.end(), found.end() + _LONGEST_JSON_LD)
        try:
            yield from _nodes(json.loads(source[found.end() : end], strict=False) if end > 0 else None)
        except (ValueError, RecursionError):
            continue


def _nodes(data: Any) -> Iterator[Any]:
    """An object and those inside it, the outer first, up to a limit."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        yield node
        waiting += node if isinstance(node, list) else list(node.values()) if isinstance(node, dict) else []


def _tags(source: str) -> dict[str, str]:
    """``<meta>`` by name or property, ``<link>`` by rel; the first of a name counts."""
    tags: dict[str, str] = {}
    for found in _META.finditer(source):
        given = _attributes(found.group())
        name = given.get("property") or given.get("name") or given.get("itemprop") or given.get("rel")
        value = given.get("content") or (given.get("href") if "rel" in given else None)
        if name and value and value.strip():
            tags.setdefault(name.lower(), value.strip())
    return tags


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}


_TIME = re.compile(r"<time\b(?P<tag>[^<>]{0,1000})>(?P<text>[^<>]{0,100})", re.IGNORECASE)
_DATED = re.compile(
    r"<[a-z]{1,10}\b(?P<tag>[^<>]{0,500}datePublished[^<>]{0,500})>(?P<text>[^<>]{0,100})", re.IGNORECASE
)
_CHANGED = re.compile(r"updated|modified|dateModified", re.IGNORECASE)


def _times(source: str) -> list[str]:
    """What ``itemprop="datePublished"`` and ``<time>`` hold, as machines write it or as shown; no times of changes."""
    values = []
    for found in [*_DATED.finditer(source), *_TIME.finditer(source)]:
        given = _attributes(found["tag"])
        shown = given.get("datetime") or given.get("content") or given.get("title") or found["text"]
        if not _CHANGED.search(found["tag"]):
            values.append(shown.strip())
    return [value for value in values if value][:20]


_SAVED = re.compile(r"(?:FILE ARCHIVED ON|saved date:|HTTrack Website Copier[^<>,]{0,100},)\s*(?P<when>[^<>\n]{8,60})")
_ENGLISH = re.compile(
    r"(?P<d>\d{1,2}) (?P<m>[A-Z][a-z]{2}) (?P<y>\d{4})|(?P<m2>[A-Z][a-z]{2}) (?P<d2>\d{1,2}),? (?P<y2>\d{4})"
)
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _saved(source: str) -> str | None:
    """The day on which an archive, a mirror or a browser saved the page, from the comment that it left."""
    found = _SAVED.search(source)
    parts = _ENGLISH.search(found["when"]) if found else None
    if parts is None:
        return None
    day, month, year = (parts[key] or parts[key + "2"] for key in "dmy")
    if month not in _ENGLISH_MONTHS:
        return None
    return iso_date(f"{year}-{_ENGLISH_MONTHS.index(month) + 1:02}-{int(day):02}")


def _title(source: str) -> str | None:
    found = _TITLE.search(source)
    if found is None:
        return None
    return _plain(found[1]) or None


def _without_site(title: str | None, outlets: set[str | None]) -> str | None:
    """The title without the name of the site before or behind it; None for the site's alone, or ``نسخة للطباعة``."""
    title = _plain(title or "")
    names = {words_of(outlet) for outlet in outlets if outlet}
    if words_of(title) in names or is_label(title):
        return None
    cuts = list(_SUFFIX.finditer(title))
    if not cuts:
        return title or None
    before, behind = title[: cuts[-1].start()], title[cuts[-1].end() :]
    if _names(behind, names):
        return before
    if _names(title[: cuts[0].start()], names):
        return title[cuts[0].end() :]
    strong = [cut for cut in cuts if any(sign in cut.group() for sign in "|»«•·-–—")]
    if not names and strong and strong[-1] is cuts[-1] and len(behind.split()) <= min(4, len(before.split()) - 2):
        return before
    return title


def site_in(window: str | None, title: str | None) -> str | None:
    """The site's name in ``<title>``: what stands before or behind the title there.

    >>> site_in("إضراب المعلمين في يومه الثالث | محليات | يومية الساحل", "إضراب المعلمين في يومه الثالث")
    'يومية الساحل'
    """
    at = (window or "").find(title) if title else -1
    if window is None or title is None or at < 0 or window == title:
        return None
    behind = [part for part in _SUFFIX.split(window[at + len(title) :]) if part.strip()]
    before = [part for part in _SUFFIX.split(window[:at]) if part.strip()]
    named = (behind[-1:] or before[:1] or [""])[0].strip()
    return named if 1 <= len(words_of(named)) <= 5 and not is_label(named) else None


def _names(part: str, names: set[tuple[str, ...]]) -> bool:
    words = words_of(part)
    return bool(words) and any(words == name or set(words) <= set(name) or set(name) <= set(words) for name in names)


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _text(value: Any) -> str | None:
    return _plain(value) if isinstance(value, str) and value.strip() else None


def _name(value: Any) -> str | None:
    """The name of a JSON-LD person or organisation, or of the first of several."""
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


_REL_AUTHOR = re.compile(r"""<a\b[^<>]{0,500}\brel\s*=\s*["']?author\b[^<>]{0,500}>\s*([^<>]{2,60})<""", re.IGNORECASE)
_ITEM_AUTHOR = re.compile(r"""itemprop\s*=\s*["']author["'][^<>]{0,300}>\s*(?:<[^<>]{1,300}>\s*){0,3}([^<>]{2,60})<""")


def _author(article: Mapping[str, Any], tags: Mapping[str, str], source: str, outlets: set[str | None]) -> str | None:
    """Who wrote it, several joined by a comma; the outlet itself and names such as ``admin`` are nobody."""
    told = article.get("author")
    listed = [_name(one) for one in (told if isinstance(told, list) else [told])][:_MOST_AUTHORS]
    linked = [_text(found[1]) for pattern in (_REL_AUTHOR, _ITEM_AUTHOR) if (found := pattern.search(source))]
    known = {words_of(outlet) for outlet in outlets if outlet}
    for names in (listed, [tags.get("author")], [tags.get("article:author")], linked):
        people = [name for name in names if name and _is_person(name, known)]
        if people:
            return "، ".join(dict.fromkeys(people))
    return None


def _is_person(name: str, outlets: set[tuple[str, ...]]) -> bool:
    """Is this no address, no outlet, no ``admin``?"""
    words = words_of(name)
    if not words or len(name) > 100 or name.startswith(("http:", "https:", "@", "(")) or name.lower() in _NO_NAMES:
        return False
    return words not in outlets and not (len(words) == 1 and name.isascii())


def _section(article: Mapping[str, Any], tags: Mapping[str, str]) -> str | None:
    """The part of the site, as JSON-LD or ``<meta>`` name it; the first of several."""
    told = article.get("articleSection")
    named = _text(told[0] if isinstance(told, list) and told else told) or _text(tags.get("article:section"))
    return named if named is None or len(named) <= 60 else None
