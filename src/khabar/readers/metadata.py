"""What a web page says of itself: JSON-LD, ``<meta>``, ``<title>``, ``<time>``; htmldate where these say no date."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from khabar.model import Published
from khabar.readers.known import Known, iso_date

_SCRIPT = re.compile(r"<script[^<>]{0,500}application/ld\+json[^<>]{0,500}>", re.IGNORECASE)
_META = re.compile(r"<(?:meta|link|time)\b[^<>]{0,3000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([A-Za-z:_-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_TITLE = re.compile(r"<title[^<>]{0,500}>([^<]{1,1000})</title", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "dc.date.issued", "dc.date", "dcterms.created", "sailthru.date", "parsely-pub-date",
)  # fmt: skip
_MOST_NODES = 2_000
_SUFFIX = re.compile(r"\s+[|\-–—:»•]+\s+")


def metadata_of(source: str) -> Known:
    """Title, outlet, author, address and date of a page."""
    article, tags, times = _article(source), _tags(source), _times(source)
    url = tags.get("canonical") or tags.get("og:url") or _text(article.get("url"))
    outlet = _name(article.get("publisher")) or tags.get("og:site_name") or tags.get("application-name")
    title = _text(article.get("headline")) or tags.get("og:title") or tags.get("twitter:title") or _title(source)
    day = _date(article, tags, times) or _searched_date(source)
    return Known(
        title=_without_site(title, outlet),
        outlet=outlet,
        author=_author(_name(article.get("author")) or tags.get("author") or tags.get("article:author")),
        url=url,
        published=Published(day, "metadata") if day else None,
    )


def _date(article: Mapping[str, Any], tags: Mapping[str, str], times: list[str]) -> str | None:
    told = [
        article.get("datePublished"),
        *(tags.get(name) for name in _PUBLISHED),
        *times[:1],
        article.get("dateCreated"),
    ]
    return next((value for value in map(iso_date, told) if value), None)


def _searched_date(source: str) -> str | None:
    from htmldate import find_date  # slow to load; only pages without a date in their head need it

    try:
        return iso_date(find_date(source, original_date=True, extensive_search=False))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


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
    for found in _SCRIPT.finditer(source):
        end = source.find("</", found.end())
        try:
            yield from _nodes(json.loads(source[found.end() : end], strict=False))
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


def _times(source: str) -> list[str]:
    tags = (found.group() for found in _META.finditer(source) if found.group()[:5].lower() == "<time")
    values = (_attributes(tag).get("datetime") for tag in tags)
    return [value for value in values if value]


def _title(source: str) -> str | None:
    found = _TITLE.search(source)
    if found is None:
        return None
    parts = _SUFFIX.split(_plain(found[1]))
    return max(parts, key=len) if len(parts) > 1 else parts[0] or None


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """The title without the name of the site behind it."""
    if not title:
        return None
    title = _plain(title)
    parts = _SUFFIX.split(title)
    if outlet and len(parts) > 1 and (parts[-1] in outlet or outlet in parts[-1]):
        return title[: title.rindex(parts[-1])].rstrip(" |-–—:»•")
    return title


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _text(value: Any) -> str | None:
    return _plain(value) if isinstance(value, str) and value.strip() else None


def _name(value: Any) -> str | None:
    """The name of a JSON-LD person or organisation, or of the first of several."""
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _author(name: str | None) -> str | None:
    return None if name is None or name.startswith(("http:", "https:", "@")) or len(name) > 100 else name
