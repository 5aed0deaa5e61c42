"""Full dates in a line that stands outside the prose: day, month and year, in words or in figures.

Only full dates are read here, for when a report was published.  What the prose says of time is the matter of
the stage `times`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from khabar.lexicon import forms
from khabar.text import fold


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a folded line: its place there, its ISO value and whether an hour belongs to it."""

    start: int
    end: int
    value: str
    has_hour: bool


_NUMERIC = re.compile(
    r"(?<![\d/.:-])(?:(?P<y>[12]\d{3})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>[12]\d{3}))(?:(?=[012]\d:\d\d)|(?!\d|[/.-]\d))"
)
_HOUR = re.compile(
    r"[\s,،|:–-]*+(?:t|الساعه|على الساعه|في)?\s*(?<!\d)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    r"\s*(?P<half>صباحا|مساء|ظهرا|ص\b|م\b|am\b|pm\b)?"
)
_LATER = frozenset({"مساء", "م", "pm"})


@cache
def _month_numbers() -> dict[str, tuple[int, str]]:
    return {fold(form): (int(row["month"]), row["calendar"]) for form, row in forms("months")}


@cache
def _worded() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_month_numbers(), key=len, reverse=True))
    month = rf"(?P<{{0}}>{names})(?:\s?[/(-]\s?(?:{names})\)?)?"
    sign = r"(?:\s?(?:هـ|ه|م)(?!\w))?"
    return re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})[\s\-/_,،]*(?:من\s)?(?:شهر\s)?{month.format('m')}[\s\-/_,،.]*(?P<y>[12]\d{{3}})(?!\d){sign}"
        rf"|(?<!\w){month.format('m2')}[\s\-/]*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s,،\-/]+(?P<y2>[12]\d{{3}})(?!\d){sign}"
    )


def find_dates(line: str) -> list[FoundDate]:
    """All full dates in a folded line, left to right.

    >>> [found.value for found in find_dates(fold("29-سبتمبر-2023"))]
    ['2023-09-29']
    >>> find_dates(fold("23 أغسطس 2023, 8:04:24 م"))[0].value
    '2023-08-23T20:04'
    >>> find_dates(fold("30 فبراير 2020"))
    []
    """
    if not any(character.isdigit() for character in line):
        return []
    matches = sorted([*_NUMERIC.finditer(line), *_worded().finditer(line)], key=lambda found: found.start())
    dates = (_found(line, match) for match in matches)
    return [found for found in dates if found is not None]


def _found(line: str, match: re.Match[str]) -> FoundDate | None:
    day, month, year = (match[key] or match[key + "2"] for key in "dmy")
    number, calendar = (int(month), "gregorian") if month.isdigit() else _month_numbers()[month]
    value = _iso(int(year), number, int(day), calendar)
    if value is None:
        return None
    hour = _HOUR.match(line, match.end())
    if hour is None:
        return FoundDate(match.start(), match.end(), value, False)
    return FoundDate(match.start(), hour.end(), f"{value}T{_clock(hour)}", True)


def _iso(year: int, month: int, day: int, calendar: str) -> str | None:
    """The date in the Gregorian calendar, None where there is no such day or no news was printed then."""
    try:
        if calendar == "hijri" or year < 1500:
            return _from_hijri(year, month, day)
        return date(year, month, day).isoformat() if 1800 <= year <= 2100 else None
    except (ValueError, OverflowError):
        return None


def _from_hijri(year: int, month: int, day: int) -> str:
    from hijridate import Hijri  # only few reports need it

    return str(Hijri(year, month, day).to_gregorian().isoformat())


def _clock(hour: re.Match[str]) -> str:
    number = int(hour["hour"])
    if hour["half"] in _LATER and number < 12:
        number += 12
    if hour["half"] in {"ص", "صباحا", "am"} and number == 12:
        number = 0
    return f"{number:02}:{hour['minute']}"
