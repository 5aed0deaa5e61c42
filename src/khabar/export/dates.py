"""Dates in words: TIMEX3 values as a reader says them, never finer than the value."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from khabar.export.labels import Label, digits, label

UNDATED: Label = ("بلا تاريخ", "no date")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_TIME = re.compile(r"(.{4,10})T(?:(\d\d:\d\d)|([A-Z]{2}))")


def date_label(value: str | None) -> Label:
    """A TIMEX3 date in Arabic and in English words; the value itself where it is of another form.

    >>> date_label("2023-09-29"), date_label("2023-09")
    (('٢٩ سبتمبر ٢٠٢٣', '29 September 2023'), ('سبتمبر ٢٠٢٣', 'September 2023'))
    >>> date_label("2023-09-29TEV"), date_label("2023-SU")
    (('٢٩ سبتمبر ٢٠٢٣ مساء', '29 September 2023, evening'), ('صيف ٢٠٢٣', 'summer 2023'))
    >>> date_label("2020-W06")
    ('٣ فبراير ٢٠٢٠ – ٩ فبراير ٢٠٢٠', '3 February 2020 – 9 February 2020')
    >>> date_label(None), date_label("203")
    (('بلا تاريخ', 'no date'), ('203', '203'))
    """
    if value is None:
        return UNDATED
    if "/" in value:
        first, last = (date_label(part) for part in value.split("/", 1))
        return f"{first[0]} – {last[0]}", f"{first[1]} – {last[1]}"
    return _day(value) or _timed(value) or _week(value) or _season(value) or (value, value)


def told_label(day: str) -> Label:
    """What stands in place of the date of an event that has none: the day on which it was told, if that is known.

    >>> told_label("2023-09-29")
    ('رُوي ٢٩ سبتمبر ٢٠٢٣', 'told 29 September 2023')
    """
    arabic, english = date_label(day or None)
    return (f"رُوي {arabic}", f"told {english}") if day else UNDATED


def _day(value: str) -> Label | None:
    match = _DAY.fullmatch(value)
    if not match:
        return None
    year, month, day = match.groups()
    arabic = [digits(int(day))] if day else []
    english = [str(int(day))] if day else []
    if month:
        arabic.append(_months().get(int(month), month))
        english.append(calendar.month_name[int(month)] if 1 <= int(month) <= 12 else month)
    return " ".join([*arabic, digits(year)]), " ".join([*english, year])


def _timed(value: str) -> Label | None:
    match = _TIME.match(value)
    if not match:
        return None
    day, clock, part = match.groups()
    arabic, english = date_label(day)
    if clock:
        return f"{arabic} {digits(clock)}", f"{english}, {clock}"
    in_arabic, in_english = label("day_part", part)
    return f"{arabic} {in_arabic}", f"{english}, {in_english}"


def _week(value: str) -> Label | None:
    match = _WEEK.fullmatch(value)
    if not match or not 1 <= int(match[2]) <= 52:
        return None
    first, last = (date.fromisocalendar(int(match[1]), int(match[2]), day).isoformat() for day in (1, 7))
    return date_label(f"{first}/{last}")


def _season(value: str) -> Label | None:
    match = _SEASON.fullmatch(value)
    if not match:
        return None
    arabic, english = label("season", match[2])
    return f"{arabic} {digits(match[1])}", f"{english} {match[1]}"


@cache
def _months() -> Mapping[int, str]:
    from babel.dates import get_month_names

    return dict(get_month_names("wide", locale="ar"))


def first_day(value: str | None) -> str:
    """A key by which dates of any form stand in order; undated last.

    >>> sorted(["2020-W06", "2020-03", "2020", None, "2020-01-05T10:00", "2020-01-05/2020-02-01"], key=first_day)
    ['2020', '2020-01-05/2020-02-01', '2020-01-05T10:00', '2020-W06', '2020-03', None]
    """
    week = _WEEK.match(value or "")
    if week and 1 <= int(week[2]) <= 52:
        return date.fromisocalendar(int(week[1]), int(week[2]), 1).isoformat()
    return value.partition("/")[0] if value else "9999"
