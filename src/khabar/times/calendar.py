"""Days and values: what an ISO value covers, Hijri months and years, Easter."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from khabar.lexicon import table

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9),
                  "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12)}  # fmt: skip
_TABLES, _LAST_CIVIL = (1343, 1500), 9000
_CIVIL_EPOCH = 227014
"""The ordinal of the day before 1 Muharram of the year 1 (19 July 622 in the proleptic Gregorian calendar)."""
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?\Z")
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?\Z")
_PERIOD = re.compile(r"(\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])\Z")


def month_end(year: int, month: int) -> date:
    """The last day of a month; months past December run on into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def interval(value: str) -> tuple[date, date] | None:
    """First and last day that a value covers, None for a length or a broken value.

    >>> interval("2015-02"), interval("201"), interval("2015-08-01/2015-08-03")[1].day, interval("P3M")
    ((datetime.date(2015, 2, 1), datetime.date(2015, 2, 28)), \
(datetime.date(2010, 1, 1), datetime.date(2019, 12, 31)), 3, None)
    """
    if value.startswith("P"):
        return None
    if "/" in value:
        first, last = value.split("/", 1)
        one, two = interval(first), interval(last)
        return (one[0], two[1]) if one and two else None
    try:
        return _single(value)
    except ValueError:
        return None


def _single(value: str) -> tuple[date, date] | None:
    if match := _DAY.match(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _MONTH.match(value):
        return date(int(match[1]), int(match[2]), 1), month_end(int(match[1]), int(match[2]))
    if match := _WEEK.match(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday + timedelta(5 if match[3] else 0), monday + timedelta(6)
    if match := _PERIOD.match(value):
        first, last = _SEASON_MONTHS[match[2]]
        return date(int(match[1]), first, 1), month_end(int(match[1]), last)
    return _years(value)


def _years(value: str) -> tuple[date, date] | None:
    """A year, a decade (three digits), a century (two)."""
    if not value.isdecimal() or len(value) not in (2, 3, 4):
        return None
    low = int(value.ljust(4, "0"))
    high = int(value.ljust(4, "9"))
    return date(max(low, 1), 1, 1), date(high, 12, 31)


def from_hijri(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    """The Gregorian days of a Hijri day, month or year (Umm al-Qura).

    Outside its tables (1343 to 1500) months and years are reckoned by the civil calendar; a day is None there.
    """
    # imported late: its month tables are only read where a Hijri date stands
    from hijridate import Hijri

    if not _TABLES[0] <= year <= _TABLES[1]:
        return _civil_days(year, month) if day is None else None
    try:
        first = Hijri(year, month or 1, day or 1)
        last = Hijri(year, month or 12, day or Hijri(year, month or 12, 1).month_length())
        return date(*first.to_gregorian().datetuple()), date(*last.to_gregorian().datetuple())
    except (ValueError, OverflowError):
        return None


def _civil_days(year: int, month: int | None) -> tuple[date, date] | None:
    """The civil calendar of thirty years, right to a day or two."""
    if not 1 <= year <= _LAST_CIVIL or not 1 <= (month or 1) <= 12:
        return None
    following = (year, month + 1) if month is not None and month < 12 else (year + 1, 1)
    return _civil(year, month or 1), _civil(*following) - timedelta(1)


def _civil(year: int, month: int) -> date:
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + 1
    return date.fromordinal(days + _CIVIL_EPOCH)


def hijri_of(day: date) -> tuple[int, int, int] | None:
    """Hijri year, month and day of a Gregorian day."""
    from hijridate import Gregorian

    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().datetuple()
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm).

    >>> easter(2017)
    datetime.date(2017, 4, 16)
    """
    golden, century, rest = year % 19, *divmod(year, 100)
    leap, odd = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, left = divmod(rest, 4)
    sunday = (32 + 2 * odd + 2 * quarter - moon - left) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday_in(name: str, year: int) -> date | None:
    """The day on which a holiday of the table falls in a Gregorian year."""
    row = next(row for row in table("holidays") if row["form"].split("|")[0] == name)
    if row["calendar"] == "easter":
        return easter(year)
    if row["calendar"] == "gregorian":
        return date(year, int(row["month"]), int(row["day"]))
    near = hijri_of(date(year, 1, 1))
    for hijri_year in range(near[0], near[0] + 3) if near is not None else ():
        days = from_hijri(hijri_year, int(row["month"]), int(row["day"]))
        if days is not None and days[0].year == year:
            return days[0]
    return None
