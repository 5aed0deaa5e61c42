"""Times side by side in one run: dateparser's search with Arabic named, and our own, on our own gold.

Both get the same texts, the same published day and the same mild judge: an expression is right where something was
found on any part of it and the value, cut to the gold's grain, is the gold's.  Lengths of time (``P3M``), ranges,
seasons and weeks, for which dateparser has no value, count for both in a first figure and for neither in a second.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from khabar.export.annotation import from_json
from khabar.model import Annotated, Published
from khabar.text import tokenize
from khabar.times import find_times

GOLD = Path(__file__).resolve().parent.parent / "eval" / "gold"
REPEATS = 3
_POINT = re.compile(r"\d{4}(-\d\d(-\d\d(T.*)?)?)?\Z")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a program found: characters, and the value to the second or to its own grain."""

    start: int
    end: int
    value: str


Program = Callable[[str, Published | None], Sequence[Hit]]


def ours(text: str, published: Published | None) -> list[Hit]:
    """Our expressions."""
    found = find_times(tokenize(text), published)
    return [Hit(one.span.start, one.span.end, one.value or "") for one in found]


def theirs(text: str, published: Published | None) -> list[Hit]:
    """dateparser's expressions; it gives the words in order, so each is looked for behind the one before."""
    from dateparser.search import search_dates

    known = published is not None and len(published.value) >= len("2020-01-15")
    base = datetime.fromisoformat(published.value[:10]) if known and published else datetime(2000, 1, 1)
    hits, at = [], 0
    for words, value in search_dates(text, languages=["ar"], settings={"RELATIVE_BASE": base}) or ():
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            hits.append(Hit(start, at, value.isoformat()))
    return hits


def right(document: Annotated, hits: Sequence[Hit], *, points: bool) -> tuple[int, int]:
    """How many gold values a program got, of how many; `points` leaves out all but days, months and years."""
    gold = [one for one in document.times if one.value and (not points or _POINT.match(one.value))]
    got = 0
    for one in gold:
        near = [hit for hit in hits if hit.start < one.span.end and one.span.start < hit.end]
        value = (one.value or "").split("T")[0] if points else one.value or ""
        got += any(hit.value[: len(value)] == value for hit in near)
    return got, len(gold)


def seconds(work: Callable[[], object]) -> float:
    """Median time of a piece of work, run once before it is timed."""

    def once() -> float:
        begin = time.perf_counter()
        work()
        return time.perf_counter() - begin

    once()
    return statistics.median(once() for _ in range(REPEATS))


def measured(program: Program, documents: Sequence[Annotated]) -> tuple[str, str, float, float]:
    """Right values of all, right points of all, expressions a second, seconds."""
    found = [program(one.document.text, one.document.published) for one in documents]
    shown = []
    for points in (False, True):
        pairs = [right(one, hits, points=points) for one, hits in zip(documents, found, strict=True)]
        shown.append(f"{sum(pair[0] for pair in pairs)} of {sum(pair[1] for pair in pairs)}")
    took = seconds(lambda: [program(one.document.text, one.document.published) for one in documents])
    return shown[0], shown[1], sum(len(hits) for hits in found) / took, took


def rows() -> list[tuple[str, str]]:
    """What was measured, for `make bench`."""
    files = sorted(GOLD.glob("*.json"))
    documents = [from_json(json.loads(file.read_text("utf-8")), str(file)) for file in files]
    words = sum(len(one.document.text.split()) for one in documents)
    table = []
    took = {}
    for name, program in (("our times", ours), ("dateparser's search (ar)", theirs)):
        values, points, rate, took[name] = measured(program, documents)
        table += [
            (f"{name}: right values on our gold", values),
            (f"{name}: right days, months and years", points),
            (f"{name}: words a second", f"{words / took[name]:,.0f}"),
            (f"{name}: expressions a second", f"{rate:,.0f}"),
        ]
    ours_took, theirs_took = took.values()
    return [*table, ("our times against dateparser's speed", f"{theirs_took / ours_took:.1f} times")]


if __name__ == "__main__":
    for what, value in rows():
        print(f"{what}: {value}")
