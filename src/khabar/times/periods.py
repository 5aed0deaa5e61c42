"""Pieces longer than a month: seasons, quarters and halves, decades, centuries, the edges of a period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from khabar.times.lengths import read_length
from khabar.times.meaning import Found, Meaning, Range
from khabar.times.months import month_date
from khabar.times.pieces import SCHOOL, Piece, is_year_word, relative_unit, worded_year, year_number
from khabar.times.words import View

_THIS = frozenset({"هذا", "هذه"})
_MONTHS, _LATEST_CENTURY = 12, 21
_OF_AGE = frozenset({"عمره", "عمرها", "العمر", "عمرهم", "عمر"})


def _year_after(view: View, index: int) -> tuple[Meaning, int] | None:
    """``2014``, ``عام 2014``, ``من العام الجاري``, ``العام الماضي`` after the name of a period."""
    at = index + 1 if view.folded(index) in ("من", "في", "سنه", "عام", "لعام") else index
    found = year_number(view, at)
    if found is not None and found[1] == "gregorian":
        return Meaning(year=found[0]), found[2]
    worded = worded_year(view, at) or relative_unit(view, at)
    if worded is None or worded.meaning.season or (worded.meaning.shift or ("year", 0))[0] != "year":
        return None
    return worded.meaning, worded.last


def season(view: View, index: int) -> Piece | None:
    """``صيف 2014``, ``الصيف الماضي``, ``هذا الشتاء``, ``ربيع العام الماضي``."""
    pointed = view.folded(index) in _THIS
    match = view.word_in(index + 1 if pointed else index, "seasons")
    if match is None:
        return None
    meaning = Meaning(season=match.value.row["season"])
    start = view.tokens[index].start if pointed else match.start
    if pointed:
        return Piece("year", replace(meaning, direction=0), match.last, start, match.end, "season", 0.9)
    direction = view.direction(match.last)
    if match.value.definite and direction in ("-1", "0", "1", "past"):
        meaning, last = replace(meaning, direction=-1 if direction == "past" else int(direction)), match.last + 1
    else:
        tail = _year_after(view, match.last)
        if tail is None or match.value.definite:
            return None
        meaning, last = replace(tail[0], season=meaning.season), tail[1]
    return Piece("year", meaning, last, start, view.tokens[last - 1].end, "season", 0.95, match.prefix)


def division(view: View, index: int) -> Piece | None:
    """``الربع الأول من 2016``, ``النصف الثاني من العام الجاري``, ``النصف الأول من يونيو``."""
    match = view.word_in(index, "divisions")
    ordinal = view.ordinal(match.last) if match is not None else None
    kind = match.value.row["kind"] if match is not None else ""
    if match is None:
        return None
    most = 4 if kind == "Q" else 2
    final = view.folded(match.last) in ("الاخير", "الاخيره")
    which, after = (most, match.last + 1) if final else (ordinal.value, ordinal.last) if ordinal else (most + 1, 0)
    if which > most:
        return None
    start, prefix = match.start, match.prefix
    tail = _year_after(view, after) or _this_year(view, after)
    if tail is not None:
        meaning, last, name = replace(tail[0], season=f"{kind}{which}"), tail[1], "division-of-year"
    else:
        month = month_date(view, after + 1) if view.folded(after) == "من" else None
        if month is None or kind == "Q":
            return None
        # the half of a month has no value of its own: never finer than the month
        meaning, last, name = month.meaning, month.last, "half-of-month"
    return Piece("year", meaning, last, start, view.tokens[last - 1].end, name, 0.93, prefix)


def _this_year(view: View, index: int) -> tuple[Meaning, int] | None:
    """``من العام`` without more is the year of the report."""
    if view.folded(index) != "من" or not is_year_word(view, index + 1) or not view.folded(index + 1).startswith("ال"):
        return None
    return Meaning(shift=("year", 0.0)), index + 2


def first_months(view: View, index: int) -> Found | None:
    """``الأشهر الستة الأولى من العام``, ``أول تسعة أشهر من 2015``: the months from January on."""
    first = view.folded(index).removeprefix("و") == "اول"
    read = read_length(view, index + 1 if first else index)
    if read is None or read.prefix not in ("", "ل", "و") or read.length.unit != "month":
        return None
    count, last = int(read.length.amount), read.last
    if not first:
        if view.folded(last) not in ("الاولي", "الاول"):
            return None
        last += 1
    tail = _year_after(view, last) or _this_year(view, last)
    if tail is None or not 1 < count < _MONTHS or tail[0].calendar != "gregorian":
        return None
    start = view.tokens[index].start + (view.folded(index)[0] == "و") if first else read.start
    meaning = Range(replace(tail[0], month=1), replace(tail[0], month=count))
    return Found(index, tail[1], start, view.tokens[tail[1] - 1].end, meaning, "first-months", 0.9)


def decade(view: View, index: int) -> Piece | None:
    """``تسعينيات القرن الماضي``, ``الثمانينيات``, ``ستينات القرن العشرين``."""
    match = view.word_in(index, "decades")
    if match is None or (view.folded(match.last) == "من" and view.folded(match.last + 1) in _OF_AGE):
        return None
    digit, last = int(match.value.row["decade"]), match.last
    at = last + 1 if view.folded(last) == "من" else last
    of = century(view, at)
    if of is None and not match.value.definite:
        return None
    meaning = Meaning(decade=digit)
    if of is not None:
        meaning, last = replace(of.meaning, decade=digit), of.last
    return Piece("year", meaning, last, match.start, view.tokens[last - 1].end, "decade", 0.93, match.prefix)


def century(view: View, index: int) -> Piece | None:
    """``القرن التاسع عشر``, ``القرن الماضي``."""
    match = view.word_in(index, "time_units")
    if match is None or match.value.row["unit"] != "century" or not match.value.definite:
        return None
    number = view.number(match.last)
    if number is not None and number.definite and number.digits and 1 <= number.value <= _LATEST_CENTURY:
        # القرن الـ21
        meaning = Meaning(century=int(number.value))
        return Piece("year", meaning, number.last, match.start, number.end, "century", 0.95, match.prefix)
    ordinal = view.ordinal(match.last)
    if ordinal is None:
        return relative_unit(view, index)
    if view.folded(ordinal.last) == "قبل" and view.folded(ordinal.last + 1) == "الميلاد":
        return None
    meaning = Meaning(century=ordinal.value)
    return Piece("year", meaning, ordinal.last, match.start, ordinal.end, "century", 0.95, match.prefix)


def edge(view: View, index: int) -> Piece | None:
    """``مطلع العام``, ``منتصف يوليو``, ``نهاية الأسبوع الماضي``, ``أواخر 2014``.

    The value is that of the period: where its edge lies is never said.  The end of a week is the weekend.
    """
    match = view.word_in(index, "boundaries")
    if match is None:
        return None
    period = _period(view, match.last)
    if period is None:
        return None
    meaning = replace(period.meaning, edge=match.value.row["edge"])
    if match.value.row["edge"] in ("end", "late") and meaning.shift is not None and meaning.shift[0] == "week":
        meaning = replace(meaning, season="WE")
    return Piece("unit", meaning, period.last, match.start, period.end, "edge-of-period", 0.9, match.prefix)


def _period(view: View, index: int) -> Piece | None:
    for rule in (month_date, worded_year, relative_unit, season, decade, _bare_unit, _bare_year):
        piece = rule(view, index)
        if piece is not None and not piece.prefix and piece.meaning.day is None:
            return piece
    return None


def _bare_unit(view: View, index: int) -> Piece | None:
    """``العام``, ``الشهر``, ``الأسبوع`` after an edge are the present ones."""
    match = view.word_in(index, "time_units")
    if match is None or not match.value.definite or match.value.row["number"] != "singular":
        return None
    unit = match.value.row["unit"]
    if unit not in ("week", "month", "year") or view.ordinal(match.last) is not None:
        return None
    school = unit == "year" and view.folded(match.last) in SCHOOL
    last = match.last + 1 if school else match.last
    meaning = Meaning(shift=(unit, 0.0), season="SCHOOL" if school else None)
    end = view.tokens[last - 1].end
    return Piece("unit", meaning, last, match.start, end, "bare-unit", 0.85, match.prefix)


def _bare_year(view: View, index: int) -> Piece | None:
    found = year_number(view, index)
    if found is None:
        return None
    token = view.tokens[index]
    meaning = Meaning(year=found[0], calendar=found[1])
    return Piece("year", meaning, found[2], token.start, view.tokens[found[2] - 1].end, "bare-year", 0.9)


PERIODS: tuple[Callable[[View, int], Piece | None], ...] = (season, division, decade, century, edge)
