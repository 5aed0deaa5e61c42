"""Where in the text a time is named: pieces are chained, ranges closed, lengths and bare years taken.

`find` gives expressions with what their words say (:class:`~khabar.times.meaning.Found`); what that means on the
calendar is settled in ``resolve.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from khabar.text import Tokenized, fold
from khabar.text.addresses import address_tokens
from khabar.times.ages import age
from khabar.times.chains import chain
from khabar.times.counted import counted_from_now, counted_from_passage
from khabar.times.holidays import holiday
from khabar.times.lengths import length, range_of_lengths
from khabar.times.meaning import Found, Length, Meaning, Range, merge
from khabar.times.months import month_date, month_name, to_end
from khabar.times.nowadays import without_these_days
from khabar.times.nth import nth_of_month
from khabar.times.periods import first_months
from khabar.times.pieces import (
    Piece,
    relative_unit,
    worded_year,
    year_number,
)
from khabar.times.sets import every, weekly
from khabar.times.tense import told_of
from khabar.times.words import Reading, View, may_open, phrases_of, words_as, words_of
from khabar.times.years import FROM, TO, bare_year, hijri_life, marked_hijri, opening_of, prepositional

_ADVERBS = ("مساءً", "صباحًا")
_SHORT = 2
_LISTING = frozenset({"-", "–", "،", ",", "/", "(", ")"})
_AND_PARTS = ("وليلا", "ومساء", "ونهارا")
_THEY = frozenset({"ان", "اللذان", "اللذين", "حين", "عندما", "كما"})
_UNTIL = frozenset({"منذ", "حتي", "وحتي", "ومنذ", "قبيل", "حلول", "بحلول"})
_HOUR_ONLY = frozenset({"clock", "part", "zone"})


def find(view: View) -> list[Found]:
    """All time expressions of a text, left to right, not overlapping."""
    found: list[Found] = []
    addressed = address_tokens(view.text)
    index = 0
    while index < len(view.tokens):
        if view.tokens[index].kind == "mark" or index in addressed or not may_open(view.tokens[index].folded):
            index += 1
            continue
        skipped = _no_time(view, index)
        hit = None if skipped is not None else _at(view, index, found)
        if hit is not None:
            found.append(_fused(view, hit))
        index = skipped if skipped is not None else hit.last if hit is not None else index + 1
    return found


def _no_time(view: View, index: int) -> int | None:
    """The token behind what only looks like a time: ``اليوم السابع`` is a paper, ``اليوم السابع من أكتوبر`` a day."""
    town = phrases_of("dated_names", "role").at(view.text, index)
    if (
        town is not None
        and town.value == "town"
        and (town.prefix == "ب" or view.folded(index - 1) in words_as("dated_names", "place"))
    ):
        # من مسجد الشرطة بالسادس من أكتوبر
        return town.last
    match = view.word_in(index, "not_times")
    return None if match is None or holiday(view, index) or nth_of_month(view, index) else match.last


def _fused(view: View, hit: Found) -> Found:
    """``للعام الماضي`` is kept whole: its article has melted into the particle."""
    text = view.text.text
    fused = hit.start > 0 and text[hit.start - 1 : hit.start + 1] == "لل" and text[hit.start : hit.start + 3] != "ليل"
    return replace(hit, start=hit.start - 1) if fused else hit


def _at(view: View, index: int, found: list[Found]) -> Found | None:
    for rule in _RULES:
        hit = rule(view, index)
        if hit is not None:
            return hit
    return bare_year(view, index, found)


def that_day(view: View, index: int) -> Found | None:
    """``ذلك اليوم من عام 1947``: which day was told; the words themselves give the month or year."""
    day = relative_unit(view, index)
    if day is None or day.rule != "pointed-unit" or day.meaning.shift != ("day", 0.0) or view.folded(day.last) != "من":
        return None
    period = month_date(view, day.last + 1) or worded_year(view, day.last + 1)
    if period is None or period.prefix or not period.meaning.given() & {"year", "month"}:
        return None
    return Found(index, period.last, day.start, period.end, period.meaning, "day-of-period", 0.7)


def dates(view: View, index: int) -> Found | None:
    """A date or time expression, with the second date of a range where there is one."""
    chained = chain(view, index)
    if chained is None:
        return None
    piece, levels = chained
    if not _stands(view, index, piece, levels):
        return None
    if piece.meaning.month is not None and _yearly(view, piece.last):
        last, yearly = piece.last + 3, Length(1, "year", every=True)
        return Found(index, last, piece.start, view.tokens[last - 1].end, yearly, "every-year", 0.9)
    ranged = _range(view, index, piece) if not _two_days(view, index, piece) else None
    if ranged is not None:
        return ranged
    return Found(index, piece.last, piece.start, piece.end, piece.meaning, piece.rule, piece.score)


def _stands(view: View, index: int, piece: Piece, levels: frozenset[str]) -> bool:
    """Is the chain an expression of its own?"""
    if levels == {"part"}:
        return _part_alone(view, index, piece)
    numbered = piece.meaning.day is not None and view.folded(index - 1) in words_as("dated_names", "school")
    if numbered or _of_place(view.folded(index - 1)) or (piece.loose and view.folded(index) in _namesakes(view)):
        # ملعب 15 أكتوبر
        return False
    if piece.loose and view.folded(index - 1) in words_of("outlet_words"):
        # قناة فبراير
        return False
    if not piece.loose:
        return True
    if piece.end - piece.start <= _SHORT and (piece.prefix or view.text.text[piece.start] != "آ"):
        # باب and لاب are not August, nor is the town of إب
        return False
    if piece.prefix:
        return True
    # قراءة يوليو; ستة أكتوبر is a town
    if _among_months(view, index, piece):
        return True
    clear = view.folded(index) in words_of("clear_months") and view.number(index - 1) is None
    return clear or prepositional(view.folded(index - 1)) or view.folded(index - 1) in words_of("month_heads")


def _among_months(view: View, index: int, piece: Piece) -> bool:
    """``(رجب - شعبان - رمضان)``: a month between two marks, another beside it."""
    before, after = view.folded(index - 1) in _LISTING, view.folded(piece.last) in _LISTING
    beside = view.word_in(index - 2, "months") if before else None
    beside = beside or (view.word_in(piece.last + 1, "months") if after else None)
    return before and after and beside is not None


def _part_alone(view: View, index: int, piece: Piece) -> bool:
    """``ليلا``, ``ساعة متأخرة من الليل``, ``منذ الصباح``; not one of ``صباحا ومساء``."""
    set_of_times = view.folded(piece.last) in ("و", *_AND_PARTS) or (
        view.folded(index) in _AND_PARTS
        and (view.word_in(index - 1, "day_parts") is not None or view.folded(index - 1) == "نهارا")
    )
    if set_of_times or view.folded(index - 1) in words_of("generic_cues"):
        # وخاصة ليلا: any night
        return False
    if view.folded(index) == "ظهرا" and view.folded(index - 1) in _THEY:
        # بعد أن ظهرا: they both appeared
        return False
    part = view.word_in(piece.last - 1, "day_parts")
    opened = part is not None and part.first > index and part.value.definite
    bounded = view.folded(index - 1) in _UNTIL and view.word_in(index, "day_parts") is not None
    bounded = bounded and view.folded(index).startswith("ال")
    # الأكل في وقت متأخر من الليل يضر: any night
    opened = opened and (view.folded(index - 1) in _UNTIL or told_of(view, index))
    return piece.alone or opened or bounded or view.tokens[index].text.endswith(_ADVERBS)


def _namesakes(view: View) -> frozenset[str]:
    """Months that are somebody's name in this text."""
    if view.namesakes is None:
        phrases = phrases_of("namesake_months", "month")
        found = (phrases.at(view.text, at) for at in range(len(view.tokens)))
        view.namesakes = frozenset(fold(match.value) for match in found if match is not None)
    return view.namesakes


def _of_place(folded: str) -> bool:
    places = words_as("dated_names", "place")
    return folded in places or (folded[:1] in "وبلف" and folded[1:] in places)


def _range(view: View, index: int, piece: Piece) -> Found | None:
    """``من أبريل 2019 إلى يونيو 2020``, ``بين عامي 2011 و2014``, ``2-3-2017 - 16-5-2017``."""
    opening = view.folded(index - 1) if not piece.prefix else ""
    mark = view.folded(piece.last)
    if opening in ("بين", "وبين") or _pair(view, index):
        comma = piece.last + 1 if mark in ("،", ",") else piece.last
        at, prefixes = (comma + 1, ("",)) if view.folded(comma) == "و" else (comma, ("و",))
        if comma > piece.last and view.digits(comma) is not None:
            # عامي 2015، 2016م
            prefixes = ("",)
        if mark in TO:
            # ما بين عامي 2006 إلى 2010
            at, prefixes = piece.last + 1, ("",)
    elif mark in ("،", ",") and opening in ("من", "ومن") and view.folded(piece.last + 1) in ("وحتي", "والي"):
        # من 7 يوليو الماضي، وحتى الخامس من الشهر الجاري
        at, prefixes = piece.last + 2, ("",)
    elif mark in TO and (
        opening in FROM or mark in "-–" or mark == "الي" or piece.meaning.clock is not None or _in_digits(view, piece)
    ):
        at, prefixes = to_end(view, piece.last) or piece.last + 1, ("",)
    else:
        return None
    second = _second(view, at, piece)
    if second is None or second.prefix not in prefixes or not view.same_line(index, at):
        return None
    if piece.meaning.given() == {"weekday"} and second.meaning.last_day is not None:
        # من الثلاثاء إلى الخميس 12-14 شوال
        days = replace(second.meaning, weekday=None)
        begins = opening_of(view, index - 1) if opening in FROM else piece.start
        return Found(index, second.last, begins, second.end, days, "range", 0.85)
    first = _inherited(piece.meaning, second.meaning)
    opened = opening in ("بين", "وبين") or (opening in FROM and (mark in TO or view.folded(at - 1) in TO))
    start = opening_of(view, index - 1) if opened else piece.start
    if first.calendar != second.meaning.calendar and mark in "-–":
        # 16 صفر 1355هـ - مايو 1936م: one day in two calendars
        exact = first if first.day is not None else second.meaning
        return Found(index, second.last, piece.start, second.end, exact, piece.rule, piece.score)
    meaning = Range(first, second.meaning)
    return Found(index - 1 if opened else index, second.last, start, second.end, meaning, "range", 0.9)


def _in_digits(view: View, piece: Piece) -> bool:
    """``السبت 7/11`` before ``وحتى 1/12/1436هـ``: its year stands behind the second."""
    dated = piece.meaning.day is not None and piece.meaning.month is not None and piece.meaning.year is None
    return dated and view.folded(piece.last - 2) in ("/", "-") and view.digits(piece.last - 1) is not None


def _yearly(view: View, index: int) -> bool:
    """``نهاية يونيو من كل عام``."""
    words = [view.folded(at) for at in range(index, index + 3)]
    return words[0] in ("من", "في") and words[1] == "كل" and words[2] in ("عام", "سنه")


def _two_days(view: View, index: int, piece: Piece) -> bool:
    """``يومي 20 نوفمبر و20 ديسمبر`` are two days, not the month between."""
    of_month = piece.meaning.month is not None or (piece.meaning.shift or ("", 0))[0] == "month"
    if _pair(view, index) and piece.meaning.month is not None and piece.meaning.day is None:
        # شهري سبتمبر وديسمبر 2016
        second = month_name(view, piece.last)
        return second is not None and second.prefix == "و" and second.month != piece.meaning.month + 1
    if _pair(view, index) and piece.meaning.given() == {"year"} and view.folded(index - 1) not in ("بين", "وبين"):
        # عامي 1995 و2012
        second_year = _plain_year(view, piece.last, piece)
        return second_year is not None and (second_year.meaning.year or 0) > (piece.meaning.year or 0) + 1
    return _pair(view, index) and of_month and piece.meaning.day is not None


def _pair(view: View, index: int) -> bool:
    match = view.word_in(index, "time_units")
    return match is not None and match.value.row["number"] == "pair"


def _second(view: View, index: int, piece: Piece) -> Piece | None:
    chained = chain(view, index) if index < len(view.tokens) else None
    second = chained[0] if chained is not None else _plain_year(view, index, piece)
    if second is not None and piece.meaning.clock is not None and second.meaning.given() == {"part"}:
        # 00:26 - ظهر الرئيس
        return None
    if second is not None and piece.meaning.clock is not None and second.meaning.given() <= _HOUR_ONLY:
        # الخميس من الساعة 9 حتى الساعة 11 صباحا: the day stands only once
        day = merge(replace(piece.meaning, clock=None, part=None, zone=""), second.meaning)
        return replace(second, meaning=day) if day is not None else None
    if second is None:
        return None
    if second.meaning.passage and second.meaning.shift == ("day", 0.0) and second.meaning.clock is not None:
        # من التاسعة صباحا وحتى الخامسة من مساء نفس اليوم
        second = replace(second, meaning=replace(second.meaning, passage=False, shift=None))
    given, other = piece.meaning.given(), second.meaning.given()
    # من 4 شوال إلى 6 ذي القعدة من العام الجاري: the year stands only once
    if piece.meaning.clock is None and second.meaning.given() <= _HOUR_ONLY and second.meaning.clock is not None:
        return None
    days = given >= {"day"} and other >= {"day"}
    inherited = {"shift"} if days or (given >= {"month"} and other >= {"month"}) else set()
    if days and _in_digits(view, piece):
        inherited.add("weekday")
    return second if (given ^ other) & {"shift", "weekday"} <= inherited else None


def _plain_year(view: View, index: int, piece: Piece) -> Piece | None:
    """The second year of ``عامي 2011 و2014`` has no word of its own."""
    at, prefix = (index + 1, "و") if view.folded(index) == "و" else (index, "")
    found = year_number(view, at)
    if found is None or found[0] < 1900 or piece.level != "year":
        return None
    token = view.tokens[at]
    meaning = Meaning(year=found[0], calendar=found[1])
    return Piece("year", meaning, found[2], token.start, view.tokens[found[2] - 1].end, "bare-year", prefix=prefix)


def _inherited(first: Meaning, second: Meaning) -> Meaning:
    """``من 24 أبريل إلى 3 مايو 2015``: the year stands only once."""
    if first.clock is not None and first.part is None:
        first = replace(first, part=second.part)
    if first.clock is not None and first.given() <= _HOUR_ONLY and second.clock is not None:
        # بين الساعة 1:45 و2:15 من فجر السبت
        return replace(second, clock=first.clock, part=first.part, zone=first.zone or second.zone)
    if not first.given() & {"year", "shift", "direction"} and second.shift is not None and first.month is not None:
        return replace(first, shift=second.shift)
    if first.given() <= {"month", "day"} and second.direction is not None and second.month is not None:
        # من 30 سبتمبر إلى 14 أكتوبر المقبلين
        return replace(first, direction=second.direction)
    if first.year is None and first.direction is None and first.shift is None and second.year is not None:
        first = replace(first, calendar=second.calendar) if first.calendar == "gregorian" else first
        crossing = first.month is not None and second.month is not None and first.month > second.month
        return replace(first, year=second.year - 1 if crossing else second.year)
    return first


_RULES: tuple[Callable[[View, int], Found | None], ...] = (
    every, weekly, that_day, counted_from_passage, counted_from_now, first_months, dates, range_of_lengths, hijri_life,
    age, length, marked_hijri,
)  # fmt: skip
"""Expressions, the first that is found stands; a bare year comes last."""


def find_in(text: Tokenized, reading: Reading = "news") -> tuple[View, list[Found]]:
    """The view of a text and what was found in it."""
    view = View(text, reading)
    return view, without_these_days(view, find(view))
