"""Dates in digits: ``04/04/2017``, ``10.5.2017``, ``يوم 4/4``, ``19 / 10 / 1436هـ``, ``18-23/10/1436هـ``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.times.meaning import Meaning
from khabar.times.pieces import HIJRI_YEARS, Piece
from khabar.times.words import View, phrases_of, words_of

_MARKS = frozenset("/-")
_TO = frozenset({"الي", "حتي", "-", "–", "و"})
_UNTIL = frozenset({"حتي", "وحتي", "الي", "والي"})
_FROM = frozenset({"من", "بين"})
_LONGEST = len("31.12.2023")
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """Numbers set apart by one mark, and the token after them."""

    numbers: list[str]
    last: int


def numeric_date(view: View, index: int) -> Piece | None:
    """A date in digits, with the day before it that opens a range (``1 إلى 30 / 11 / 1436هـ``)."""
    unit = view.word_in(index, "time_units")
    worded = unit is not None and unit.value.row["unit"] == "day" and unit.value.row["number"] in ("singular", "pair")
    at = index + 1 if worded else index
    if not view.folded(at)[:1].isdecimal() or (view.folded(at - 1) in _MARKS and view.adjacent(at)):
        return None
    dated = worded or view.folded(at - 1) in ("بتاريخ", "تاريخ") or view.word_in(at - 1, "weekdays") is not None
    meaning, last = _days_to(view, at) or _single(view, at, short=dated) or (None, at)
    if meaning is None:
        return None
    start = unit.start if worded and unit is not None else view.tokens[at].start
    prefix = unit.prefix if worded and unit is not None else ""
    return Piece("date", meaning, last, start, view.tokens[last - 1].end, "numeric-date", 0.95, prefix)


def _single(view: View, index: int, *, short: bool) -> tuple[Meaning, int] | None:
    row = _number_row(view, index, short=short or _opens_range(view, index))
    short = short or (len(row.numbers) == 2 and row.last > index + 1 and _opens_range(view, index))
    if len(row.numbers) == 2 and len(row.numbers[1]) == _YEAR_DIGITS:
        return _month_and_year(view, index, row)
    if len(row.numbers) == 2 and view.word_in(row.last, "months") is not None:
        # الخميس 12-14 شوال
        return None
    parts = _day_month_year(row.numbers, short=short)
    return _era(view, parts, row.last) if parts is not None else None


def _opens_range(view: View, index: int) -> bool:
    """``من 23 / 4 إلى 26 / 6 / 1436``: the year stands only behind the second date."""
    row = _row(view, index, spaces=True)
    until = view.folded(row.last) in _UNTIL
    if len(row.numbers) != 2 or view.folded(row.last) not in _TO | _UNTIL:
        return False
    if view.folded(index - 1) not in _FROM and not (until and view.word_in(index - 1, "weekdays")):
        # السبت 7/11 وحتى 1/12/1436
        return False
    return len(_number_row(view, row.last + 1, short=False).numbers) == len(("day", "month", "year"))


def _days_to(view: View, index: int) -> tuple[Meaning, int] | None:
    """``18-23/10/1436هـ``: two days of one month."""
    day = view.digits(index)
    if day is None or not 1 <= day <= 31 or view.folded(index + 1) not in _TO:
        return None
    row = _number_row(view, index + 2, short=False)
    parts = _day_month_year(row.numbers, short=False)
    if parts is None or len(row.numbers[-1]) != _YEAR_DIGITS or parts[0] <= day:
        return None
    meaning, last = _era(view, parts, row.last)
    return replace(meaning, day=day, last_day=meaning.day), last


def _month_and_year(view: View, index: int, row: _Row) -> tuple[Meaning, int] | None:
    """``في 2/2013``; without a preposition it may be the number of a decision."""
    month, year = int(row.numbers[0]), int(row.numbers[1])
    if not 1 <= month <= 12 or not 1900 <= year <= 2100 or view.folded(index - 1) not in words_of("time_prepositions"):
        return None
    return Meaning(year=year, month=month), row.last


def _era(view: View, parts: tuple[int, int, int | None], last: int) -> tuple[Meaning, int]:
    mark = phrases_of("era_marks", "calendar").at(view.text, last, clitics=False) if last < len(view.tokens) else None
    day, month, year = parts
    calendar = "hijri" if year in HIJRI_YEARS else "gregorian"
    return Meaning(year=year, month=month, day=day, calendar=calendar), mark.last if mark is not None else last


def _number_row(view: View, index: int, *, short: bool) -> _Row:
    """Numbers set apart by the same mark; with spaces only where they end or begin in a year of four digits."""
    folded = view.folded(index)
    if not folded[:1].isdecimal() or len(folded) > _LONGEST:
        return _Row([], index)
    if "." in folded and not set(folded) & set(":,"):
        return _Row(folded.split("."), index + 1)
    if not folded.isdecimal():
        return _Row([], index)
    spaced = _row(view, index, spaces=True)
    if len(spaced.numbers) == 3 and _YEAR_DIGITS in (len(spaced.numbers[0]), len(spaced.numbers[2])):
        return spaced
    return spaced if short and len(spaced.numbers) == 2 else _row(view, index, spaces=False)


def _row(view: View, index: int, *, spaces: bool) -> _Row:
    numbers, at = [view.folded(index)], index + 1
    # 11-5 -1437 and 19 / 10 / 1436 mix their spaces
    while view.folded(at) in _MARKS and view.digits(at + 1) is not None and len(numbers) < 3:
        if not spaces and not (view.adjacent(at) and view.adjacent(at + 1)):
            break
        if view.folded(at) != view.folded(index + 1) or not view.same_line(at - 1, at + 1):
            break
        numbers.append(view.folded(at + 1))
        at += 2
    return _Row(numbers, at)


def _day_month_year(numbers: list[str], *, short: bool) -> tuple[int, int, int | None] | None:
    if len(numbers) == 2 and short:
        day, month, year = int(numbers[0]), int(numbers[1]), None
    elif len(numbers) == 3 and len(numbers[0]) == 4:
        year, month, day = (int(number) for number in numbers)
    elif len(numbers) == 3 and (len(numbers[2]) == 4 or short):
        day, month, year = (int(number) for number in numbers)
    else:
        return None
    if month > 12 and day <= 12:
        day, month = month, day
    year = year + 2000 if year is not None and year < 100 else year
    return (day, month, year) if 1 <= day <= 31 and 1 <= month <= 12 else None
