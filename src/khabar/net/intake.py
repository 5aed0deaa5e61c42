"""Addresses into a record: only what is new is fetched, and feeds are followed to their reports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from khabar.build import SIZE_OF_ADDRESS, Run
from khabar.errors import InputError
from khabar.model import Dropped
from khabar.net.address import Address, each_once, parse
from khabar.net.failure import FetchError
from khabar.net.feeds import COST_OF_FEED, DEEPEST, NOTHING_TOLD, Feed, Item, document_of_item, feed_of
from khabar.net.fetch import NONE, Answer, Fetcher, Validators
from khabar.net.sources import documents, source_of_answer
from khabar.record.visits import State, Visit

MOST_FAILURES = 5
"""In a row, after which a report that a feed names is given up."""
_REMEMBERED_SECONDS = 30 * 86_400.0
"""How long it is remembered that a report of a feed gave nothing; feeds that name ever new ones end so."""
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


def seconds_later(seconds: float) -> str:
    """That moment, in UTC (ISO 8601)."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def _backed_off(failures: int, wait: float | None) -> str:
    """When to ask again after failures: twice as late after each, and as late as the server wants."""
    own = min(_FIRST_WAIT * 2 ** min(failures, 12), _LONGEST_WAIT).total_seconds()
    return seconds_later(max(own, wait or 0.0))


@dataclass(frozen=True, slots=True)
class _Within:
    """A report, or a sitemap, as one of a feed's items."""

    item: Item
    feed: Address
    fetched: str
    """When the feed was."""
    depth: int
    """Feeds that lead to it."""


class Intake:
    """Takes addresses into a run, one at a time.

    `waiting` is entered whenever only the network is waited for, so that a caller may be stopped there.
    """

    def __init__(
        self,
        run: Run,
        fetcher: Fetcher,
        *,
        entries: int,
        patient: bool = False,
        waiting: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._run = run
        self._writer = run.writer
        self._fetcher = fetcher
        self._entries = entries
        self._patient = patient
        """Reports that failed are left alone for a while, and those that were refused for good."""
        self._waiting = waiting
        self._left = float(entries)
        """Reports that may still be fetched of the feed that was given."""

    def take_all(self, addresses: Iterable[str]) -> None:
        """Take addresses in, as a user gave them, each once."""
        for given in each_once(addresses):
            self.take(given)
            self._run.commit(SIZE_OF_ADDRESS)

    def take(self, given: str) -> None:
        """Take one address in."""
        try:
            address = parse(given)
        except FetchError as error:
            self._run.refuse(Dropped(error.path, error.reason), error.path)
        else:
            self._left = float(self._entries)
            self._address(address, None)

    def _address(self, address: Address, within: _Within | None) -> bool:
        """Take in what lies at an address; is there nothing left to do for it?"""
        url = str(address)
        visit = self._writer.visit(url)
        try:
            with self._waiting():
                answer = self._fetcher.get(address, self._validators(visit))
        except FetchError as error:
            self._failed(url, error, visit, within)
            return False
        return self._unchanged(answer, visit, within) if answer.unchanged else self._answer(answer, visit, within)

    def _validators(self, visit: Visit | None) -> Validators:
        """Those of the last visit, where all that it gave is still in the record as these rules read it."""
        if visit is None or visit.sha256 is None or not self._writer.file_is_unchanged(visit.url, visit.sha256):
            return NONE
        return Validators(visit.etag, visit.last_modified)

    def _unchanged(self, answer: Answer, visit: Visit | None, within: _Within | None) -> bool:
        url = str(answer.address)
        if visit is None or visit.sha256 is None or not self._writer.file_is_unchanged(url, visit.sha256):
            reason = "the server says that it is unchanged, though it was not asked whether it is"
            self._failed(url, FetchError(url, reason, temporary=True), visit, within)
            return False
        self._run.unchanged(url)
        for named in self._writer.named_by(url):
            self._run.unchanged(named)
        kept = replace(visit, state="read", asked=answer.fetched, due=_due(answer.fresh), failures=0)
        self._writer.visited(kept)
        return True

    def _answer(self, answer: Answer, visit: Visit | None, within: _Within | None) -> bool:
        url, sha256 = str(answer.address), hashlib.sha256(answer.data).hexdigest()
        try:
            feed = feed_of(answer)
        except InputError as error:
            self._failed(url, FetchError(url, error.reason), visit, within)
            return False
        complete = self._feed(feed, answer, sha256, within) if feed else self._page(answer, sha256, within)
        state: State = "read" if complete or feed else "refused"
        named, told = str(within.feed) if within else None, answer.validators
        due = _due(feed.seconds if feed else answer.fresh)
        self._writer.visited(Visit(url, state, answer.fetched, named, told.etag, told.last_modified, sha256, due))
        return complete

    def _page(self, answer: Answer, sha256: str, within: _Within | None) -> bool:
        url = str(answer.address)
        if self._writer.file_is_unchanged(url, sha256):
            self._run.unchanged(url)
            return True
        source = source_of_answer(answer, within.item.known if within else None)
        complete = self._run.documents(url, documents(source), url, sha256)
        return complete or self._told_by_feed(url, within)

    def _feed(self, feed: Feed, answer: Answer, sha256: str, within: _Within | None) -> bool:
        """Follow a feed to those of its reports that are new, as many as are allowed in one run."""
        url, depth = str(feed.address), within.depth if within else 0
        self._writer.begin_file(url)
        if depth >= DEEPEST:
            self._run.refuse(Dropped(url, f"a feed inside {DEEPEST} others"), url)
            return True
        if not feed.items and not self._patient:
            self._run.refuse(Dropped(url, "an empty feed: it names no report"), url)
        complete = self._items([_Within(item, feed.address, answer.fetched, depth + 1) for item in feed.items])
        if complete and not any(item.is_feed for item in feed.items):  # an index stays as it is when its parts change
            self._writer.finish_file(url, sha256)
        self._writer.forget_visits(url, seconds_later(-_REMEMBERED_SECONDS))
        return complete

    def _items(self, items: list[_Within]) -> bool:
        """Take in what is wanted of a feed, what was never tried first; is there nothing left to do for it?"""
        new, tried, complete = [], [], True
        visits = self._writer.visits([item.item.key for item in items])
        for item in items:
            visit = visits.get(item.item.key)
            if visit is None:
                new.append(item)
            elif self._is_wanted(item.item, visit):
                tried.append(item)
            else:
                complete = complete and visit.state != "failed"
        for item in new + tried:
            if self._left <= 0:
                return False
            complete = self._item(item) and complete
        return complete

    def _is_wanted(self, item: Item, visit: Visit) -> bool:
        """Is it to be fetched again?  What the record holds is not; what failed or was refused may wait."""
        if _has_changed(item, visit):
            return True
        if visit.state == "read":
            self._run.unchanged(visit.url)
            return False
        return not self._patient or (visit.state == "failed" and is_due(visit))

    def _item(self, within: _Within) -> bool:
        """Take in one item of a feed; is there nothing left to do for it?"""
        item = within.item
        self._left -= COST_OF_FEED if item.is_feed else 1
        if item.address is None:
            return self._without_address(within)
        complete = self._address(item.address, within)
        self._run.commit()
        return complete

    def _without_address(self, within: _Within) -> bool:
        """A report of which there is only what the feed holds."""
        item = within.item
        self._writer.begin_file(item.key)
        if item.refused or not item.text:
            self._run.refuse(Dropped(item.key, item.refused or NOTHING_TOLD), item.key)
        self._told_by_feed(item.key, within)
        self._writer.visited(Visit(item.key, "read", seconds_later(0), str(within.feed)))
        return True

    def _told_by_feed(self, url: str, within: _Within | None) -> bool:
        """What a feed holds of a report whose page gave nothing; is it in the record?"""
        if within is None or not within.item.text or self._writer.ledger.count(url):
            return False
        return self._run.more(url, document_of_item(within.item, within.feed, within.fetched), url)

    def _failed(self, url: str, error: FetchError, visit: Visit | None, within: _Within | None) -> None:
        failures = visit.failures + 1 if visit else 1
        given_up = not error.temporary or (within is not None and failures >= MOST_FAILURES)
        self._run.refuse(Dropped(url, error.reason), url)
        self._told_by_feed(url, within)
        last = visit or Visit(url, "failed", "", str(within.feed) if within else None)
        state: State = "refused" if given_up else "failed"
        due = _backed_off(failures, error.wait)
        self._writer.visited(replace(last, state=state, asked=seconds_later(0), due=due, failures=failures))


def _due(seconds: float) -> str | None:
    return seconds_later(seconds) if seconds else None


def is_due(visit: Visit, grace: float = 0) -> bool:
    """May it be asked again, now or within some seconds?"""
    return visit.due is None or visit.due <= seconds_later(grace)


def _has_changed(item: Item, visit: Visit) -> bool:
    """Does the sitemap say that a page has changed on a later day than it was last read?  Days to come say nothing.

    A sitemap that another one names, and of which it does not say when it changed, may always have.
    """
    if item.changed is None:
        return item.is_feed and visit.state == "read"
    same_day = item.is_feed and item.changed[:10] == visit.asked[:10]
    return visit.state == "read" and (visit.asked[:10] < item.changed[:10] <= seconds_later(0)[:10] or same_day)
