"""Feeds and sitemaps on the web: which reports they name, and what they tell of each."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from khabar.errors import InputError
from khabar.model import Document, Dropped, Origin
from khabar.net.address import Address, parse
from khabar.net.body import BrokenError, TooLargeError, read_body
from khabar.net.failure import FetchError
from khabar.readers.known import Known

if TYPE_CHECKING:
    from khabar.net.fetch import Answer
    from khabar.readers.feeds import Address as Place
    from khabar.readers.feeds import Entry

DEEPEST = 2
"""Sitemaps inside indexes of sitemaps."""
COST_OF_FEED = 0.1
"""Of what may be fetched: an index of hundreds of sitemaps ends some time, too."""
NOTHING_TOLD = "the feed gives neither an address nor a text of it"
_MOST_BYTES = 50_000_000
"""What the protocol of sitemaps allows; no feed comes near it."""
_MOST_MINUTES = 24 * 60
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.I)
_HEAD = 20_000
_GZIP_MARK = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Item:
    """A report that a feed names, or a sitemap that another one does."""

    key: str
    """Its address, or one made of the feed's and its content where it has none that can be fetched."""
    known: Known
    """What the feed tells of it."""
    stem: str
    address: Address | None = None
    text: str = ""
    """What the feed holds of it, HTML or plain."""
    changed: str | None = None
    """The day on which it is said to have changed last."""
    is_feed: bool = False
    refused: str | None = None
    """Why its address cannot be fetched, where that is known beforehand."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in its own order, or a sitemap with what is newest first; each report once."""

    address: Address
    items: tuple[Item, ...]
    seconds: float
    """For which it wants not to be asked again."""


def feed_of(answer: Answer) -> Feed | None:
    """The feed or sitemap that an answer is; None where it is something else.

    Raises:
        InputError: when it looks like one and cannot be read.
    """
    from khabar.readers.sniff import START, kind_of_bytes

    name, data = str(answer.address), answer.data
    kind = kind_of_bytes(_start(data, START))
    if kind not in {"feed", "sitemap"}:
        return None
    data = _unpacked(name, data)
    found = _of_feed(answer, data) if kind == "feed" else _of_sitemap(answer, data)
    items = {item.key: item for item in reversed(list(found)) if item.key != name}
    return Feed(answer.address, tuple(reversed(items.values())), max(answer.fresh, _ttl(data)))


def _start(data: bytes, most: int) -> bytes:
    """Its first bytes, unpacked: sitemaps come as ``.xml.gz``."""
    try:
        return read_body([data], "gzip", most, cut=True) if data.startswith(_GZIP_MARK) else data[:most]
    except BrokenError:
        return data[:most]


def _unpacked(name: str, data: bytes) -> bytes:
    try:
        return read_body([data], "gzip" if data.startswith(_GZIP_MARK) else "", _MOST_BYTES)
    except TooLargeError:
        raise InputError(name, f"too large: a feed of more than {_MOST_BYTES:,} bytes") from None
    except BrokenError as error:
        raise InputError(name, str(error)) from None


def _ttl(data: bytes) -> float:
    """Seconds; RSS gives minutes."""
    found = _TTL.search(data, 0, _HEAD)
    return 60.0 * min(int(found[1]), _MOST_MINUTES) if found else 0.0


def _of_feed(answer: Answer, data: bytes) -> Iterator[Item]:
    from khabar.readers.feeds import entries_of_feed

    for entry in entries_of_feed(str(answer.address), data):
        yield _item(answer.final, entry)


def _of_sitemap(answer: Answer, data: bytes) -> list[Item]:
    from khabar.readers.feeds import addresses_of_sitemap

    places = addresses_of_sitemap(str(answer.address), data)
    newest_first = sorted(places, key=lambda place: place.changed or place.published or "", reverse=True)
    return [_item(answer.final, place) for place in newest_first]


def _item(feed: Address, told: Entry | Place) -> Item:
    text = getattr(told, "content", "")
    key = f"{feed}#{hashlib.sha256(json.dumps([told.url, told.title, text]).encode()).hexdigest()[:12]}"
    item = Item(key, told.known, told.title or feed.stem, text=text)
    if not told.url:
        return item
    try:
        address = parse(told.url, feed)
    except FetchError as error:
        return replace(item, refused=f"{error.path}: {error.reason}")
    changed, is_feed = getattr(told, "changed", None), getattr(told, "is_sitemap", False)
    return replace(item, key=str(address), stem=address.stem, address=address, changed=changed, is_feed=is_feed)


def document_of_item(item: Item, feed: Address, fetched: str) -> Iterator[Document | Dropped]:
    """What the feed itself holds of a report, as a document."""
    from khabar.readers.feeds import report_of_content

    told = [item.key, item.known.title, str(item.known.published), item.text]
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    origin = Origin(item.key, digest, "application/feed+xml", "xml", f"as told by {feed}")
    known = replace(item.known, url=str(item.address) if item.address else None, crawled=fetched)
    try:
        yield report_of_content(item.key, item.stem, item.text, origin, known)
    except InputError as error:
        yield Dropped(error.path, error.reason)
