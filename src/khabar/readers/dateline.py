"""The dateline with which an agency's report begins: where it was filed, on which day, and by whom.

``أبوظبي في 5 يناير 2020 / وام / أعلنت ...``, ``طرابلس - 23 أغسطس - قال ...``.  A date in the
prose says nothing of when it was printed, so that nothing less than a place, the day and a sign behind it is believed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from khabar.lexicon import forms
from khabar.readers.dates import find_dates
from khabar.readers.header import outlets
from khabar.readers.lines import Page, words_of
from khabar.text import fold

_AGENCY_MARK = re.compile(r"\s*(?:[مه]\s*)?[/(\[–—-]\s*(?P<name>[^/()\[\]–—]{1,30}?)\s*[/)\]–—-]")
_LONGEST = 120
_SOON = timedelta(days=2)


def dateline(page: Page, near: str | None = None) -> str | None:
    """The day in the dateline of a report.

    A dateline without a year has the last such day before `near`, the day or month of something that is known to
    be later or of the same month (the address, the copy); without that it tells no date.
    """
    if page.head >= len(page.lines) or page.head == page.tail:
        return None
    start = fold(page.lines[page.head].text[:_LONGEST])
    for found in find_dates(start)[:1]:
        mark = _AGENCY_MARK.match(start, found.end)
        if mark is not None and len(words_of(start[: found.start])) <= 4 and _is_agency(mark["name"]):
            return found.value
    above = [fold(page.lines[at].text) for at in range(page.head) if len(page.lines[at].text) <= _LONGEST // 2]
    found_days = (_day_behind_place(line, near) for line in (start, *above))
    return next((day for day in found_days if day), None)


def _is_agency(name: str) -> bool:
    words = words_of(name)
    return outlets().get(" ".join(words)) == "agency" or words[:1] == ("وكاله",)


@cache
def _months() -> dict[str, int]:
    return {fold(form): int(row["month"]) for form, row in forms("months") if row["calendar"] == "gregorian"}


@cache
def _placed() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    return re.compile(
        r"(?P<place>[^\d\W][^\d()/:.،,–—-]{1,40}?)\s*(?:[-–—،,:/(]\s*|\s+في\s+|\s)"
        rf"(?P<day>\d{{1,2}})\s+(?P<month>{names})(?:\s?/\s?(?:{names}))?(?:\s+(?P<year>[12]\d{{3}}))?\s*م?\s*"
        r"(?:\)?\s*[-–—:/]|\)|\([^()]{2,30}\)\s*[-–—:]|$)"
    )


def _day_behind_place(line: str, near: str | None) -> str | None:
    found = _placed().match(line)
    if found is None or not _is_place(found["place"]):
        return None
    month, day = _months()[found["month"]], int(found["day"])
    if found["year"]:
        return _iso(int(found["year"]), month, day)
    return _last_before(near, month, day) if near else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _last_before(near: str, month: int, day: int) -> str | None:
    """The last day of this name up to `near`."""
    year = int(near[:4])
    if len(near) < len("2023-08-23"):
        return _iso(year if month <= int(near[5:7] or 12) else year - 1, month, day)
    limit = (date.fromisoformat(near[:10]) + _SOON).isoformat()
    return next((value for back in (0, 1) if (value := _iso(year - back, month, day)) and value <= limit), None)


@cache
def _places() -> frozenset[tuple[str, ...]]:
    return frozenset(words_of(form) for name in ("capitals", "countries", "places", "towns") for form, _ in forms(name))


def _is_place(text: str) -> bool:
    """Is this the name of a place, with a day of the week or a second place behind it or not?"""
    words = words_of(text)
    return any(words[:count] in _places() for count in range(min(3, len(words)), 0, -1)) and len(words) <= 4
