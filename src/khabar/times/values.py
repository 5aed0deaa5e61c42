"""ISO values: of a length, of a date whose year is known, of a day so many units away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from khabar.times.calendar import from_hijri, hijri_of, month_end
from khabar.times.meaning import Length, Meaning

_LETTERS = {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y", "decade": "Y", "century": "Y",
            "hour": "H", "minute": "M", "second": "S"}  # fmt: skip
_SMALLER = {"year": (12, "month"), "day": (24, "hour"), "hour": (60, "minute"), "minute": (60, "second"),
            "century": (100, "year"), "decade": (10, "year"), "month": (30, "day"), "week": (7, "day")}  # fmt: skip

_SCHOOL_BEGINS, _SCHOOL_ENDS = 9, 7


def length_value(length: Length) -> str:
    """``P3M``, ``PT48H``; a half becomes whole smaller units.

    >>> length_value(Length(3, "month")), length_value(Length(0.5, "hour")), length_value(Length(1.5, "year"))
    ('P3M', 'PT30M', 'P18M')
    """
    if length.least is not None:
        least, most = (length_value(replace(length, amount=one, least=None)) for one in (length.least, length.amount))
        return f"{least}/{most}"
    amount, unit = length.amount * {"decade": 10, "century": 100}.get(length.unit, 1), length.unit
    if amount != int(amount) and unit in _SMALLER:
        times, smaller = _SMALLER[unit]
        if round(amount * times, 4) == int(round(amount * times, 4)):
            amount, unit = round(amount * times, 4), smaller
    mark = "PT" if unit in ("hour", "minute", "second") else "P"
    return f"{mark}{int(amount) if amount == int(amount) else amount}{_LETTERS[unit]}"


def date_value(meaning: Meaning) -> str | None:
    """The ISO value of a date that has its year."""
    if meaning.calendar == "hijri":
        return _hijri_value(meaning)
    if not 1 <= (meaning.year or 0) <= 9999:
        return None
    if meaning.month is None:
        return (
            f"{meaning.year:04d}/{meaning.year + 1:04d}"
            if meaning.season == "SCHOOL" and meaning.year
            else f"{meaning.year:04d}"
        )
    if meaning.nth is not None:
        return _nth_value(meaning.year or 1, meaning.month, *meaning.nth, meaning.weekday)
    if meaning.day is None:
        return f"{meaning.year:04d}-{meaning.month:02d}"
    day = day_of(meaning.year or 0, meaning.month, meaning.day)
    if day is None:
        # 31 سبتمبر: what a careful reader can still recover is the month
        return f"{meaning.year:04d}-{meaning.month:02d}" if 1 <= meaning.month <= 12 and meaning.day <= 31 else None
    if meaning.weekday is not None and meaning.day <= 5 and day.isoweekday() != meaning.weekday:
        # الثلاثاء الثالث من أيلول is the third Tuesday, not the third day
        first = day.replace(day=1)
        ahead = (meaning.weekday - first.isoweekday()) % 7
        return timed((first + timedelta(ahead + 7 * (meaning.day - 1))).isoformat(), meaning)
    if meaning.last_day is not None:
        last = day_of(meaning.year or 0, meaning.month, meaning.last_day)
        return f"{day.isoformat()}/{last.isoformat()}" if last else None
    return timed(day.isoformat(), meaning)


def exact_side(first: Meaning, second: Meaning) -> Meaning:
    """Of one day in two calendars the Gregorian side, unless its weekday says that the other is the right one."""
    exact, other = (second, first) if second.calendar == "gregorian" else (first, second)
    weekday = first.weekday or second.weekday
    exact = _with_year_of(exact, other)
    exact = replace(exact, part=first.part or second.part)
    if weekday is None or exact.year is None or other.year is None:
        return exact
    day, days = day_of(exact.year, exact.month, exact.day or 1), from_hijri(other.year, other.month, other.day)
    slip = day is not None and days is not None and abs((day - days[0]).days) == 1
    told = slip and day is not None and days is not None and days[0].isoweekday() == weekday
    return replace(other, weekday=weekday) if told and day is not None and day.isoweekday() != weekday else exact


def _with_year_of(exact: Meaning, other: Meaning) -> Meaning:
    """``13 يونيو، الموافق 29 رمضان 1439هـ``: the year that only the other side has."""
    days = from_hijri(other.year, other.month, other.day) if exact.year is None and other.year is not None else None
    if days is None or other.calendar != "hijri" or abs(days[0].month - (exact.month or 0)) % 10 > 1:
        return exact
    return replace(exact, year=days[0].year, direction=None)


def _nth_value(year: int, month: int, unit: str, which: int, weekday: int | None) -> str | None:
    """The day or the week of a month by its number, -1 the last; weeks are those that lie wholly in the month."""
    first, last = date(year, month, 1), month_end(year, month)
    if unit == "day":
        return last.isoformat()
    if unit == "week":
        weekday, last = 1, last - timedelta(6)
    ahead = ((weekday or 1) - first.isoweekday()) % 7
    days = [day for step in range(5) if (day := first + timedelta(ahead + 7 * step)) <= last]
    if which > len(days):
        return None
    day = days[which - 1] if which > 0 else days[-1]
    return shifted(day, "week", 0) if unit == "week" else day.isoformat()


def _hijri_year(meaning: Meaning) -> int:
    """``رمضان 2019``: a Gregorian year beside a Hijri month stands for the Hijri year whose month begins in it."""
    year = meaning.year or 0
    if year < 1700:
        return year
    near = hijri_of(date(year, 1, 1))
    for candidate in range(near[0], near[0] + 2) if near else ():
        days = from_hijri(candidate, meaning.month, 1)
        if days is not None and days[0].year == year:
            return candidate
    return 0


def _last_hijri(meaning: Meaning) -> tuple[date, date] | None:
    """The second day of two; a month may have no thirtieth."""
    if not meaning.last_day:
        return None
    year = _hijri_year(meaning)
    found = from_hijri(year, meaning.month, meaning.last_day)
    return found or (from_hijri(year, meaning.month, 29) if meaning.last_day == 30 else None)


def _hijri_value(meaning: Meaning) -> str | None:
    days = from_hijri(_hijri_year(meaning), meaning.month, meaning.day)
    if days is None:
        return None
    if meaning.day is not None:
        last = _last_hijri(meaning)
        return f"{days[0].isoformat()}/{last[1].isoformat()}" if last else timed(days[0].isoformat(), meaning)
    if meaning.month is not None:
        return f"{days[0].isoformat()}/{days[1].isoformat()}"
    if meaning.season == "SCHOOL":
        return f"{days[1].year}/{days[1].year + 1}"
    return f"{days[0].year}/{days[1].year}" if days[0].year != days[1].year else str(days[0].year)


def day_of(year: int, month: int | None, day: int) -> date | None:
    try:
        return date(year, month or 1, day)
    except ValueError:
        return None


def timed(value: str, meaning: Meaning) -> str:
    """The day with its part (``T`` + ``EV``) or its hour."""
    if meaning.clock is not None and len(value) == 10:
        return f"{value}T{_hour(meaning.clock, meaning.part)}{meaning.zone}"
    return f"{value}T{meaning.part}" if meaning.part is not None and len(value) == 10 else value


def _hour(clock: str, part: str | None) -> str:
    hour, minute = int(clock[:2]), clock[3:]
    if (part in ("EV", "AF") and hour < 12) or (part == "MI" and hour < 6) or (part == "NI" and 6 <= hour < 12):
        hour += 12
    if part in ("NI", "MO", "EV") and hour % 12 == 0:
        hour = 0
    return f"{hour:02d}:{minute}"


def shifted(anchor: date, unit: str, amount: float) -> str | None:
    """A day, week, month or year so many units away, never finer than the unit."""
    try:
        if unit in ("day", "night"):
            return (anchor + timedelta(days=amount)).isoformat()
        if unit == "week":
            year, week, _ = (anchor + timedelta(weeks=amount)).isocalendar()
            return f"{year}-W{week:02d}"
        if unit == "month":
            months = anchor.year * 12 + anchor.month - 1 + round(amount)
            return date_value(Meaning(year=months // 12, month=months % 12 + 1))
        if unit in ("hour", "minute", "second"):
            return anchor.isoformat()
        return date_value(Meaning(year=anchor.year + round(amount * {"year": 1, "decade": 10, "century": 100}[unit])))
    except (OverflowError, ValueError):
        return None


def weekday_from(today: date, weekday: int, direction: int) -> date:
    """The next (1) or last (-1) such weekday, never the same day."""
    if direction > 0:
        return today + timedelta((weekday - today.isoweekday() - 1) % 7 + 1)
    return today - timedelta((today.isoweekday() - weekday - 1) % 7 + 1)


def over_midnight(first: str, last: str) -> tuple[str, str]:
    """``من الثامنة مساء حتى السادسة صباحا`` ends on the day after."""
    (day, _, begins), (other, _, ends) = first.partition("T"), last.partition("T")
    if not day or day != other or ":" not in begins or ":" not in ends or begins[:5] <= ends[:5]:
        return first, last
    return first, f"{(date.fromisoformat(day) + timedelta(1)).isoformat()}T{ends}"


def school_year(today: date, amount: float, *, running: bool = False) -> str:
    """School years begin in September: in July ``العام الدراسي المقبل`` is the one of this autumn.

    `running` is asked for by ``العام الدراسي الجاري``, which in August is still the old one.
    """
    running = today.month >= _SCHOOL_BEGINS or (not running and amount <= 0 and today.month >= _SCHOOL_ENDS)
    first = today.year - (not running) + int(amount)
    return f"{first}/{first + 1}"


def hijri_years(first: int, count: int) -> str | None:
    """So many Hijri years as Gregorian ones: the third century is ``0816/0913``."""
    begins, ends = from_hijri(first, None, None), from_hijri(first + count - 1, None, None)
    return f"{begins[0].year:04d}/{ends[1].year:04d}" if begins and ends else None
