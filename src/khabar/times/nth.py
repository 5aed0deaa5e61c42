"""The first Tuesday of a month, its last week, its third day: ``أول ثلاثاء من أكتوبر``, ``آخر يوم في مارس``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from khabar.lexicon import forms
from khabar.text import fold
from khabar.times.meaning import Meaning
from khabar.times.months import month_date
from khabar.times.pieces import Piece, relative_unit
from khabar.times.words import View, values_of

_LAST = {"اخر": -1, "الاخير": -1, "الاخيره": -1}
_OF = frozenset({"من", "في", "ب"})
_LAST_DAY = 31
_DAYS = range(1, _LAST_DAY + 1)
_TENS = frozenset({"العشر", "العشره"})
_FULL_WEEKS = range(1, 5)
_DAY = frozenset({"يوم", "اليوم", "ايام"})
_WEEK = frozenset({"اسبوع", "الاسبوع"})


@dataclass(frozen=True, slots=True)
class _Nth:
    unit: str
    which: int
    weekday: int | None
    last: int
    behind: bool = False


@cache
def weekdays() -> dict[str, int]:
    """Folded names of the days with and without the article (``ثلاثاء``), by ISO number."""
    known = {fold(form): int(row["weekday"]) for form, row in forms("weekdays")}
    return known | {name.removeprefix("ال"): weekday for name, weekday in known.items()}


def nth_of_month(view: View, index: int) -> Piece | None:
    """``ثالث ثلاثاء في أيلول``, ``الأسبوع الأول من أكتوبر 2014``, ``آخر يوم من الشهر الجاري``."""
    nth = _ordinal_first(view, index) or _ordinal_behind(view, index)
    month = _month(view, nth.last) if nth is not None else None
    if nth is None or month is None:
        return None
    meaning = _meaning(nth, month.meaning)
    if meaning is None:
        return None
    ordinal = view.ordinal(index)
    prefix = ordinal.prefix if ordinal is not None else ""
    start = view.tokens[index].start + len(prefix)
    return Piece("date", meaning, month.last, start, month.end, "nth-of-month", 0.9, prefix)


def tens_of_month(view: View, index: int) -> Piece | None:
    """``العشر الأواخر من رمضان``, ``الأيام العشرة الأولى من الشهر الجاري``: a third of a month."""
    worded = view.folded(index).removeprefix("و") in ("الايام", "ايام")
    at = index + 1 if worded else index
    if view.folded(at) not in _TENS and not (not worded and view.folded(at).removeprefix("و") in _TENS):
        return None
    days = values_of("month_thirds", "days").get(view.folded(at + 1))
    month = month_date(view, at + 3) if view.folded(at + 2) == "من" else None
    if days is None or month is None or month.prefix or month.meaning.day is not None or month.meaning.month is None:
        return None
    prefix = "و" if view.folded(index).startswith("و") else ""
    start = view.tokens[index].start + len(prefix)
    first, last = days.split("-")
    meaning = replace(month.meaning, day=int(first), last_day=int(last))
    return Piece("date", meaning, month.last, start, month.end, "tens-of-month", 0.85, prefix)


def _meaning(nth: _Nth, month: Meaning) -> Meaning | None:
    if nth.which > _LAST_DAY:
        return None
    if nth.unit == "day" and nth.which > 0:
        return replace(month, day=nth.which)
    if nth.behind and nth.unit == "weekday" and nth.which > 0:
        # الثلاثاء الثالث من أيلول may be the third day of the month: the calendar decides
        return replace(month, day=nth.which, weekday=nth.weekday)
    if month.calendar == "hijri" and nth.unit == "week" and month.month is not None and nth.which in _FULL_WEEKS:
        return replace(month, day=7 * nth.which - 6, last_day=7 * nth.which)
    if month.calendar == "hijri" or nth.which > 5:
        return None
    return replace(month, nth=(nth.unit, nth.which), weekday=nth.weekday)


def _which(view: View, index: int) -> tuple[int, int] | None:
    """``أول``, ``الثالث``, ``آخر``, ``الأخير``: the number and the token after it."""
    folded = view.folded(index)
    if folded in _LAST:
        return -1, index + 1
    ordinal = view.ordinal(index)
    return (ordinal.value, ordinal.last) if ordinal is not None and ordinal.prefix in ("", "و") else None


def _ordinal_first(view: View, index: int) -> _Nth | None:
    which = _which(view, index)
    if which is None:
        return None
    at = which[1] + 1 if view.folded(which[1]) == "يوم" and view.folded(which[1] + 1) in weekdays() else which[1]
    return _unit(view, at, which[0], at + 1)


def _ordinal_behind(view: View, index: int) -> _Nth | None:
    at = index + 1 if view.folded(index) == "يوم" else index
    if view.folded(at) not in weekdays() and view.folded(at) not in _DAY | _WEEK:
        return None
    which = _which(view, at + 1)
    nth = _unit(view, at, which[0], which[1]) if which is not None else None
    return replace(nth, behind=True) if nth is not None else None


def _unit(view: View, index: int, which: int, last: int) -> _Nth | None:
    folded = view.folded(index)
    if folded in weekdays():
        return _Nth("weekday", which, weekdays()[folded], last)
    return _Nth("day" if folded in _DAY else "week", which, None, last) if folded in _DAY | _WEEK else None


def _month(view: View, index: int) -> Piece | None:
    """The month that the day or week is one of; ``من``, ``في`` or ``بـ`` must lead to it."""
    led = view.folded(index) in _OF
    at = index + 1 if led else index
    month = month_date(view, at) or relative_unit(view, at)
    # ثاني أيام رمضان, ثاني أيام الشهر الجاري
    joined = view.folded(index - 1) == "ايام"
    if month is None or month.meaning.day is not None or not (led or joined or month.prefix == "ب"):
        return None
    if month.prefix and led:
        return None
    of_month = month.meaning.shift is not None and month.meaning.shift[0] == "month"
    return month if of_month or month.meaning.month is not None else None


def day_in_relative_week(view: View, index: int) -> Piece | None:
    """``ثلاثاء الأسبوع الفائت``: the day's name without its article before a week."""
    name = view.folded(index)
    if name.startswith("ال") or name not in weekdays():
        return None
    week = relative_unit(view, index + 1)
    if week is None or week.prefix or week.meaning.shift is None or week.meaning.shift[0] != "week":
        return None
    meaning = replace(week.meaning, weekday=weekdays()[name])
    return Piece("weekday", meaning, week.last, view.tokens[index].start, week.end, "day-of-relative-week", 0.9)


def _another_day(view: View, index: int) -> bool:
    following = view.word_in(index + 1 if view.folded(index) == "و" else index, "weekdays")
    joined = following is not None and (following.prefix == "و" or view.folded(index) == "و")
    return joined and following is not None and view.digits(following.last) is not None


def day_of_unnamed_month(view: View, index: int) -> Piece | None:
    """``السبت السادس عشر``: a weekday with the number of its day, the month left to the reader."""
    at = index + 1 if view.folded(index) == "يوم" else index
    name = view.folded(at)
    numbered = view.digits(at + 1)
    if name.startswith("ال") and name in weekdays() and numbered in _DAYS and _another_day(view, at + 2):
        # السبت 8 والأحد 9 أفريل
        meaning = Meaning(weekday=weekdays()[name], day=numbered)
        first, last = view.tokens[index], view.tokens[at + 1]
        return Piece("date", meaning, at + 2, first.start, last.end, "day-of-unnamed-month", 0.8)
    ordinal = view.ordinal(at + 1) if name.startswith("ال") and name in weekdays() else None
    # up to the fifth it may count Saturdays; الأحد السادسة مساء names the hour
    if (
        ordinal is None
        or view.folded(ordinal.last - 1).endswith("ه")
        or ordinal.prefix
        or not 5 < ordinal.value <= 31
        or not view.folded(at + 1).startswith("ال")
    ):
        return None
    month = view.word_in(ordinal.last + 1, "months", "time_units")
    if view.folded(ordinal.last) == "من" or (view.folded(ordinal.last) == "في" and month is not None):
        return None
    meaning = Meaning(weekday=weekdays()[name], day=ordinal.value)
    start = view.tokens[index].start
    return Piece("date", meaning, ordinal.last, start, ordinal.end, "day-of-unnamed-month", 0.8)
