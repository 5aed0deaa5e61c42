"""Addresses to their documents, without a record that would know what was fetched before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khabar.errors import InputError
from khabar.model import Document, Dropped
from khabar.net.address import Address, each_once, parse
from khabar.net.feeds import COST_OF_FEED, DEEPEST, NOTHING_TOLD, Feed, Item, document_of_item, feed_of
from khabar.net.fetch import Answer, Fetcher
from khabar.net.sources import documents, source_of_answer

Found = Iterator[Document | Dropped]


def read_addresses(given: Sequence[str], entries: int, *, allow_private: bool = False) -> Iterator[tuple[str, Found]]:
    """For each address, without its password, what lies there; of a feed its first `entries` reports."""
    with Fetcher(allow_private=allow_private) as fetcher:
        for text in each_once(given):
            try:
                address = parse(text)
            except InputError as error:
                yield error.path, _dropped(error)
            else:
                yield from _Walk(fetcher, entries).at(address)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a feed tells of a report."""

    item: Item
    feed: Address
    fetched: str

    @property
    def documents(self) -> Found:
        if self.item.text:
            yield from document_of_item(self.item, self.feed, self.fetched)


class _Walk:
    """From one address through the feeds that lie there."""

    def __init__(self, fetcher: Fetcher, entries: int) -> None:
        self._fetcher = fetcher
        self._left = float(entries)

    def at(self, address: Address, told: _Told | None = None, depth: int = 0) -> Iterator[tuple[str, Found]]:
        """What lies at an address, and where that is a feed, at those that it names."""
        try:
            answer = self._fetcher.get(address)
            feed = feed_of(answer)
        except InputError as error:
            yield str(address), _dropped(error, told)
            return
        if feed is None:
            yield str(address), _page(answer, told)
        elif depth >= DEEPEST:
            yield str(address), _dropped(InputError(str(address), f"a feed inside {DEEPEST} others"))
        else:
            yield from self._items(feed, answer.fetched, depth + 1)

    def _items(self, feed: Feed, fetched: str, depth: int) -> Iterator[tuple[str, Found]]:
        for item in feed.items:
            if self._left <= 0:
                return
            self._left -= COST_OF_FEED if item.is_feed else 1
            told = _Told(item, feed.address, fetched)
            if item.address is not None:
                yield from self.at(item.address, told, depth)
            elif item.text and not item.refused:
                yield item.key, told.documents
            else:
                yield item.key, _dropped(InputError(item.key, item.refused or NOTHING_TOLD), told)


def _page(answer: Answer, told: _Told | None) -> Found:
    """The documents of a page; where there are none, what its feed holds of it."""
    none = True
    for found in documents(source_of_answer(answer, told.item.known if told else None)):
        none = none and isinstance(found, Dropped)
        yield found
    if none and told:
        yield from told.documents


def _dropped(error: InputError, told: _Told | None = None) -> Found:
    """What was left out, and what its feed holds of it."""
    yield Dropped(error.path, error.reason)
    if told:
        yield from told.documents
