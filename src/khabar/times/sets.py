"""Sets: what comes back each week, month or year: ``كل عام``, ``أيام السبت``, ``فجر كل يوم``."""

from __future__ import annotations

from dataclasses import replace

from khabar.times.lengths import read_length, single_unit
from khabar.times.meaning import Found, Length
from khabar.times.nth import nth_of_month
from khabar.times.words import View, words_of

_DAYS, _DAYS_FEW = frozenset({"ايام", "وايام"}), frozenset({"ثلاثه", "خلال"})
_LAST_DAY = 32
_LISTING = frozenset({"،", ",", "(", "/", "-", "من"})


def weekly(view: View, index: int) -> Found | None:
    """``الخميس والجمعة والسبت من كل أسبوع``, ``الاثنين والأربعاء أسبوعيا``: a set."""
    day = view.word_in(index, "weekdays")
    if day is None or day.prefix not in ("", "ل"):
        return None
    last = day.last
    while (following := view.word_in(last, "weekdays")) is not None and following.prefix == "و":
        last = following.last
    whole = every(view, last + 1) if view.folded(last) == "من" else None
    if whole is not None and isinstance(whole.meaning, Length) and whole.meaning.unit == "week":
        return replace(whole, first=index, start=day.start)
    if view.folded(last) != "اسبوعيا" and not _each_week(view, index, last):
        return None
    length = Length(1, "week", every=True)
    if view.folded(last) != "اسبوعيا":
        return Found(index, last, day.start, view.tokens[last - 1].end, length, "every", 0.8)
    return Found(index, last + 1, day.start, view.tokens[last].end, length, "every", 0.85)


def _each_week(view: View, index: int, last: int) -> bool:
    """``أيام السبت``: all of them, unless a date or ``المقبل`` says which, or another day follows."""
    one = view.folded(index - 1) in _DAYS and view.folded(index - 2) not in _DAYS_FEW and last == index + 1
    following = view.folded(last)
    dated = view.digits(last) is not None or view.ordinal(last) is not None or view.direction(last) is not None
    more = following.startswith("و") and view.word_in(last + 1 if following == "و" else last, "weekdays", "time_units")
    listed = following in _LISTING and not (following == "(" and view.digits(last + 1) is None)
    return one and not dated and not more and not listed


def every(view: View, index: int) -> Found | None:
    """``كل عام``, ``كل ثلاثة أشهر``: a set."""
    if (day := _day_of_each(view, index)) is not None:
        return day
    if view.folded(index) not in ("كل", "وكل"):
        return _part_of_every(view, index)
    start = view.tokens[index].end - len("كل")
    if (period := _named_period(view, index + 1) or _nth_of_each(view, index + 1)) is not None:
        return Found(index, period[1], start, view.tokens[period[1] - 1].end, period[0], "every", 0.85)
    unit = single_unit(view, index + 1)
    if unit is not None and not unit.prefix and not unit.value.definite and view.digits(unit.last) is None:
        return Found(index, unit.last, start, unit.end, Length(1, unit.value.row["unit"], every=True), "every", 0.9)
    read = read_length(view, index + 1)
    if read is None or read.prefix:
        return None
    return Found(
        index, read.last, start, read.end, Length(read.length.amount, read.length.unit, every=True), "every", 0.9
    )


def _nth_of_each(view: View, index: int) -> tuple[Length, int] | None:
    """``كل آخر أحد من شهر فيفري``: once a year; ``من الشهر``: once a month."""
    piece = nth_of_month(view, index)
    if piece is None or piece.prefix:
        return None
    return Length(1, "year" if piece.meaning.month is not None else "month", every=True), piece.last


def _named_period(view: View, index: int) -> tuple[Length, int] | None:
    """``كل مساء``, ``كل جمعة``, ``كل صيف``: the period in which it comes back once."""
    at = index + 1 if view.folded(index) in ("يوم", "ليله", "ايام") else index
    day = view.word_in(at, "weekdays")
    if at > index and day is not None and not day.prefix:
        # كل أيام الاثنين
        return Length(1, "week", every=True), day.last
    name = "ال" + view.folded(at)
    if name in words_of("weekdays"):
        return Length(1, "week", every=True), at + 1
    match = view.word_in(index, "day_parts", "seasons")
    if match is None or match.prefix or match.value.definite or view.folded(index) == "عصر":
        # كل عصر: every age
        return None
    return Length(1, "day" if match.value.table == "day_parts" else "year", every=True), match.last


def _day_of_each(view: View, index: int) -> Found | None:
    """``الـ28 من كل شهر``, ``كل يوم 24 من كل شهر``: once a month."""
    worded = view.folded(index) == "كل" and view.folded(index + 1) == "يوم"
    at = index + 2 if worded else index + (view.folded(index) in ("يوم", "ال"))
    if (view.digits(at) or _LAST_DAY) >= _LAST_DAY or [view.folded(at + 1), view.folded(at + 2)] != ["من", "كل"]:
        return None
    unit = single_unit(view, at + 3)
    if unit is None or unit.prefix or unit.value.row["unit"] not in ("month", "year"):
        return None
    length = Length(1, unit.value.row["unit"], every=True)
    return Found(index, unit.last, view.tokens[index].start, unit.end, length, "every", 0.85)


def _part_of_every(view: View, index: int) -> Found | None:
    """``فجر كل يوم``, ``مساء كل جمعة``."""
    part = view.word_in(index, "day_parts")
    if part is None or view.folded(part.last) != "كل":
        return None
    whole = every(view, part.last)
    return replace(whole, first=index, start=part.start) if whole is not None else None
