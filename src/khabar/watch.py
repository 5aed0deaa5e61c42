"""The loop behind ``khabar watch``: feeds polled again and again, and what is new in them into a record.

All that it must remember lies in the record, so that it may be stopped, and started again, at any moment.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from khabar.build import MOST_ENTRIES, Run, Summary
from khabar.errors import KhabarError, RecordBusy
from khabar.model import Dropped
from khabar.net.address import each_once, parse
from khabar.net.fetch import Fetcher
from khabar.net.intake import Intake, is_due
from khabar.net.stop import Stop, Stopped
from khabar.record.rules import present_rules
from khabar.record.write import Writer

EVERY = 15 * 60.0
"""Seconds between two rounds, where nothing else is said."""
_LEAST = 60.0
_MOST = 7 * 86_400.0
_GRACE = 0.1
"""Part of the time between two rounds by which a feed may be asked early: it would wait for a whole round else."""
_MOST_NAMED = 3
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


@dataclass(slots=True)
class Round:
    """What one look at all feeds brought."""

    feeds: int = 0
    """That were asked."""
    left: int = 0
    """That do not want to be asked yet."""
    summary: Summary = field(default_factory=Summary)

    def line(self, now: datetime) -> str:
        """It in one line: what came, what failed and why."""
        summary = self.summary
        counts = {"new": summary.read, "changed": summary.changed, "failed": len(summary.dropped)}
        told = ", ".join(f"{number:,} {name}" for name, number in counts.items() if number) or "nothing new"
        feeds = "1 feed" if self.feeds == 1 else f"{self.feeds:,} feeds"
        waits = f" ({self.left:,} not due yet)" if self.left else ""
        return f"{now.isoformat(' ', 'seconds')}  {feeds}{waits}: {told}{_failures(summary.dropped)}"


def _failures(dropped: Sequence[Dropped]) -> str:
    named = [f"{item.path}: {item.reason}" for item in dropped[:_MOST_NAMED]]
    more = [f"and {len(dropped) - _MOST_NAMED:,} more"] if len(dropped) > _MOST_NAMED else []
    return "".join(f"; {text}" for text in named + more)


def seconds_of(text: str) -> float:
    """A length of time as ``--every`` takes it: a number and ``s``, ``m``, ``h`` or ``d``.

    Raises:
        KhabarError: when it is none, or shorter than a minute or longer than a week.

    >>> seconds_of("15m"), seconds_of("1.5h")
    (900.0, 5400.0)
    """
    found = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([smhd])", text.strip())
    if found is None:
        raise KhabarError(f"{text!r} is no length of time: give a number and s, m, h or d, such as 15m")
    seconds = float(found[1]) * _UNITS[found[2]]
    if not _LEAST <= seconds <= _MOST:
        raise KhabarError(f"{text!r} is out of bounds: from 1m to 7d")
    return seconds


def watch(
    feeds: Sequence[str],
    record: Path,
    *,
    every: float = EVERY,
    once: bool = False,
    entries: int = MOST_ENTRIES,
    allow_private: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Round]:
    """Rounds over some feeds until the user stops it, or one round with `once`.

    What a round brought is in the record, and linked, when the round is given; a round that the user cut short is
    given with what it had brought.  A feed that fails is asked later and later; it does not stop the others.

    Raises:
        InputError: when one of `feeds` is no address.
        RecordError: when the record cannot be used; while a build writes it, a round waits for the next one.
    """
    for feed in feeds:
        parse(feed)
    with Stop() as stop, Fetcher(allow_private=allow_private) as fetcher:
        while True:
            began = time.monotonic()
            yield _round(feeds, record, fetcher, stop, entries, every)
            if once or stop.sleep(max(0.0, began + every - time.monotonic()), sleep):
                return


def _round(feeds: Sequence[str], record: Path, fetcher: Fetcher, stop: Stop, entries: int, every: float) -> Round:
    done = Round()
    try:
        with Writer(record, present_rules()) as writer:
            run = Run(writer)
            done.summary = run.summary
            intake = Intake(run, fetcher, entries=entries, patient=True, waiting=stop.waiting)
            try:
                for feed in each_once(feeds):
                    _poll(feed, writer, intake, done, every)
                    run.commit()
            except Stopped:
                return done  # what is not linked yet will be, by whoever opens the record next
            run.again()
            run.link()
    except RecordBusy as error:
        done.summary.dropped.append(Dropped(str(record), f"{error}".partition(": ")[2]))
    return done


def _poll(feed: str, writer: Writer, intake: Intake, done: Round, every: float) -> None:
    visit = writer.visit(str(parse(feed)))
    if visit is not None and not is_due(visit, _GRACE * every):
        done.left += 1
        return
    done.feeds += 1
    intake.take(feed)
