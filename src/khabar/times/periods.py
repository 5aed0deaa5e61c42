"""Pieces longer than a month: seasons, quarters and halves, decades, centuries, the edges of a period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from khabar.text import Match
from khabar.times.lengths import read_length
from khabar.times.meaning import Found, Meaning, Range
from khabar.times.months import month_date
from khabar.times.pieces import Piece, is_year_word, relative_unit, worded_year, year_number
from khabar.times.words import View, Word, words_as, words_of

_THIS = frozenset({"هذا", "هذه"})
_QUOTES = frozenset("\"«»“”'")
_WITHIN = frozenset({"خلال", "طيله", "طوال"})
_FISCAL, _FISCAL_YEAR = frozenset({"المالي"}), frozenset({"الماليه"})
_HALVES = {"H1": (1, 15), "H2": (16, 30)}
_RUNNER_UP = "وصيف"
_MONTHS, _LATEST_CENTURY = 12, 21


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
    if view.folded(index) == _RUNNER_UP and year_number(view, match.last) is not None:
        # بطل 1967 ووصيف 1979
        return None
    meaning = Meaning(season=match.value.row["season"])
    start = view.tokens[index].start if pointed else match.start
    if pointed:
        return Piece("year", replace(meaning, direction=0), match.last, start, match.end, "season", 0.9)
    direction = view.direction(match.last)
    agrees = view.folded(match.last).endswith("ه") == view.folded(match.last - 1).endswith("ه")
    if match.value.definite and direction in ("-1", "0", "1", "past") and agrees:
        meaning, last = replace(meaning, direction=-1 if direction == "past" else int(direction)), match.last + 1
    else:
        tail = _year_after(view, match.last)
        if tail is None or match.value.definite:
            return None
        meaning, last = replace(tail[0], season=meaning.season), tail[1]
    return Piece("year", meaning, last, start, view.tokens[last - 1].end, "season", 0.95, match.prefix)


def division(view: View, index: int) -> Piece | None:
    """``الربع الأول من 2016``, ``النصف الثاني من العام الجاري``, ``النصف الأول من يونيو``, ``الربع الماضي``."""
    quarter = view.word_in(index, "divisions")
    step = view.direction(quarter.last) if quarter is not None else None
    if quarter is not None and quarter.value.row["kind"] == "Q" and step in ("-1", "0", "1", "past"):
        meaning = Meaning(season="Q", direction=-1 if step == "past" else int(step))
        end = view.tokens[quarter.last].end
        return Piece("year", meaning, quarter.last + 1, quarter.start, end, "quarter", 0.9, quarter.prefix)
    named = _named_division(view, index)
    if named is None:
        return None
    match, label, after = named
    dated = _dated_division(view, label, after)
    if dated is not None:
        meaning, last, name = dated
    elif _stands_alone(view, index, label, after):
        meaning, last, name = Meaning(season=label), after, "division-alone"
    else:
        return None
    return Piece("year", meaning, last, match.start, view.tokens[last - 1].end, name, 0.93, match.prefix)


def _named_division(view: View, index: int) -> tuple[Match[Word], str, int] | None:
    """The word, ``Q2`` or ``H1``, and the token after the number."""
    match = view.word_in(index, "divisions")
    if match is None:
        return None
    ordinal, kind = view.ordinal(match.last), match.value.row["kind"]
    most = 4 if kind == "Q" else 2
    if view.folded(match.last) in ("الاخير", "الاخيره"):
        return match, f"{kind}{most}", match.last + 1
    return (match, f"{kind}{ordinal.value}", ordinal.last) if ordinal and ordinal.value <= most else None


def _dated_division(view: View, label: str, after: int) -> tuple[Meaning, int, str] | None:
    tail = _year_after(view, after) or _this_year(view, after)
    if tail is not None and (
        tail[0].season or view.folded(tail[1]) in words_of("school_years") | _FISCAL | _FISCAL_YEAR
    ):
        # the halves of a school year are not the calendar's
        return None
    if tail is not None:
        return replace(tail[0], season=label), tail[1], "division-of-year"
    month = month_date(view, after + 1) if view.folded(after) == "من" else None
    if month is not None and label in _HALVES and month.meaning.calendar == "hijri" and month.meaning.day is None:
        days = _HALVES[label]
        return replace(month.meaning, day=days[0], last_day=days[1]), month.last, "half-of-month"
    age = century(view, after + 1) if view.folded(after) == "من" and label[0] == "H" else None
    if age is not None and age.meaning.century is not None:
        # النصف الثاني من القرن التاسع عشر
        return age.meaning, age.last, "half-of-century"
    # the half of a month has no value of its own: never finer than the month
    return (month.meaning, month.last, "half-of-month") if month is not None and label[0] == "H" else None


def _stands_alone(view: View, index: int, label: str, after: int) -> bool:
    """``أرباح الربع الثاني``, ``خلال النصف الأول`` in a text that elsewhere names one with its year."""
    if view.folded(after) in ("من", "ل") or view.folded(after).startswith("لل"):
        return False
    before = view.folded(index - 1)
    if label[0] == "Q" and {before, before.lstrip("وبلف")} & words_as("trade_words", "results"):
        return True
    if view.divided is None:
        named = (_named_division(view, at) for at in range(len(view.tokens)) if view.folded(at)[:1] == "ا")
        view.divided = any(one is not None and _dated_division(view, one[1], one[2]) is not None for one in named)
        # the quarters of a fiscal year begin in July, or in April: its text does not say
        view.divided = view.divided and not any(view.folded(at) in _FISCAL for at in range(len(view.tokens)))
    return view.divided


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
        if view.folded(last) not in ("الاولي", "الاول", "الاولين", "الاوليين"):
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
    if match is None or (
        view.folded(match.last) == "من" and view.folded(match.last + 1) in words_as("age_words", "age")
    ):
        return None
    if view.folded(index - 1) == "في" and view.folded(index - 2) in words_as("age_words", "age"):
        # أعمارهم في العشرينيات
        return None
    digit, last = int(match.value.row["decade"]), match.last
    at = last + 1 if view.folded(last) == "من" else last
    of = century(view, at)
    if of is None and not match.value.definite:
        return None
    meaning = Meaning(decade=digit)
    if of is None and view.folded(last) == "الهجريه":
        meaning, last = Meaning(decade=digit, calendar="hijri"), last + 1
    if of is not None:
        meaning, last = replace(of.meaning, decade=digit), of.last
    return Piece("year", meaning, last, match.start, view.tokens[last - 1].end, "decade", 0.93, match.prefix)


def century(view: View, index: int) -> Piece | None:
    """``القرن التاسع عشر``, ``القرن الماضي``."""
    match = view.word_in(index, "time_units")
    if match is None or match.value.row["unit"] != "century" or not match.value.definite:
        return None
    quoted = view.folded(match.last) in _QUOTES and view.folded(match.last + 2) in _QUOTES
    if quoted and 1 <= (view.digits(match.last + 1) or 0) <= _LATEST_CENTURY:
        # القرن "19"
        meaning, end = Meaning(century=view.digits(match.last + 1)), view.tokens[match.last + 1].end
        return Piece("year", meaning, match.last + 2, match.start, end, "century", 0.9, match.prefix)
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
    era = view.folded(ordinal.last)
    last = ordinal.last + (era in ("الهجري", "الميلادي"))
    meaning = Meaning(century=ordinal.value, calendar="hijri" if era == "الهجري" else "gregorian")
    return Piece("year", meaning, last, match.start, view.tokens[last - 1].end, "century", 0.95, match.prefix)


def edge(view: View, index: int) -> Piece | None:
    """``مطلع العام``, ``منتصف يوليو``, ``نهاية الأسبوع الماضي``, ``أواخر 2014``.

    The value is that of the period: where its edge lies is never said.  The end of a week is the weekend.
    """
    match = view.word_in(index, "boundaries")
    if match is None or view.folded(index) == "باول":
        # بادن باول عام 1990: a man
        return None
    period = _period(view, match.last)
    if period is None:
        return None
    meaning = replace(period.meaning, edge=match.value.row["edge"])
    if match.value.row["edge"] == "end" and meaning.shift is not None and meaning.shift[0] == "week":
        meaning = replace(meaning, season="WE")
    return Piece("unit", meaning, period.last, match.start, period.end, "edge-of-period", 0.9, match.prefix)


def _period(view: View, index: int) -> Piece | None:
    for rule in (month_date, worded_year, relative_unit, season, division, decade, century, _bare_unit, _bare_year):
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
    school = unit == "year" and view.folded(match.last) in words_of("school_years")
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


def running(view: View, index: int) -> Piece | None:
    """``خلال العام.``, ``طيلة الشهر،``: the one that runs."""
    if view.folded(index - 1).removeprefix("و") not in _WITHIN:
        return None
    piece = _bare_unit(view, index)
    if (
        piece is not None
        and piece.meaning.shift == ("year", 0.0)
        and view.folded(index - 1).removeprefix("و") != "خلال"
    ):
        # طوال العام: any year
        return None
    closed = piece is not None and (piece.last >= len(view.tokens) or view.tokens[piece.last].kind == "mark")
    opens = piece is not None and view.folded(piece.last) in ("(", "«", '"', "/")
    return piece if closed and not opens and piece is not None and not piece.prefix else None


PERIODS: tuple[Callable[[View, int], Piece | None], ...] = (season, division, decade, century, edge, running)
