"""Feasts and famous days as dates: ``ثاني أيام عيد الفطر``, ``عيد الأضحى 2013``, ``اليوم الثالث من عيد الأضحى``."""

from __future__ import annotations

from dataclasses import replace

from khabar.times.meaning import Meaning
from khabar.times.pieces import Piece, relative_unit, worded_year, year_number
from khabar.times.words import View, words_of

_OF = frozenset({"من", "في"})
_YEARS = frozenset({("year", -1.0), ("year", 0.0), ("year", 1.0)})
_LONGEST = 8
"""Days; a later day of a feast is a slip."""


def holiday(view: View, index: int) -> Piece | None:
    """A feast that its cue or its year makes a date, with the number of its day."""
    numbered = _numbered(view, index)
    nth, at = numbered or (1, index)
    match = view.word_in(at, "holidays")
    if match is None:
        return None
    year = year_number(view, match.last)
    before = view.folded(at - 1)
    cued = before in words_of("holiday_cues") | words_of("time_prepositions") or view.reading == "assistant"
    cued = cued or (before[:1] in ("و", "ل", "ب") and before[1:] in words_of("holiday_cues"))
    if year is None and numbered is None and (match.prefix or not cued):
        # احتفالات بعيد الفصح names the feast, ثاني أيام عيد الفطر a date
        return None
    meaning, last = Meaning(holiday=match.value.row["form"].split("|")[0], nth=("day", nth)), match.last
    if year is not None:
        meaning = Meaning(holiday=meaning.holiday, nth=meaning.nth, year=year[0], calendar=year[1])
        last = year[2]
    worded = worded_year(view, last) if year is None else None
    if worded is not None and not worded.prefix and worded.meaning.given() <= {"year", "calendar"}:
        meaning = replace(meaning, year=worded.meaning.year, calendar=worded.meaning.calendar)
        last = worded.last
    behind = relative_unit(view, last) if meaning.year is None else None
    if behind is not None and not behind.prefix and behind.meaning.shift in _YEARS and not behind.meaning.passage:
        meaning, last = replace(meaning, shift=behind.meaning.shift), behind.last
    start, prefix = (match.start, match.prefix) if numbered is None else (view.tokens[index].start, "")
    return Piece("date", meaning, last, start, view.tokens[last - 1].end, "holiday", 0.8, prefix)


def _numbered(view: View, index: int) -> tuple[int, int] | None:
    """``ثالث أيام``, ``اليوم الثالث من``: the day's number and the token of the feast."""
    behind = view.folded(index) == "اليوم"
    ordinal = view.ordinal(index + 1 if behind else index)
    if ordinal is None or ordinal.prefix or ordinal.value > _LONGEST:
        return None
    if behind:
        at = ordinal.last + 1 if view.folded(ordinal.last) in _OF else ordinal.last
    elif view.folded(ordinal.last) in ("ايام", "يوم"):
        at = ordinal.last + 1
    else:
        return None
    at = at + 1 if view.folded(at) in ("ايام", "من") else at
    feast = view.word_in(at, "holidays")
    return (ordinal.value, at) if feast is not None and feast.prefix in ("", "ل") else None


def fixed_date(view: View, index: int) -> Piece | None:
    """``هجمات 11 سبتمبر``: a date that everybody knows by name, year and all."""
    match = view.word_in(index, "fixed_dates")
    if match is None or not match.value.row["value"]:
        return None
    # the noun in front is no part of the date
    start, last = view.tokens[index + 1].start, match.last
    second = view.word_in(last + 1, "months") if view.folded(last) in ("/", "(") else None
    if second is not None and not second.prefix:
        last = second.last
    year = year_number(view, last)
    if year is not None and match.value.row["value"].startswith(str(year[0])):
        last = year[2]
    meaning = Meaning(fixed=match.value.row["value"])
    return Piece("date", meaning, last, start, view.tokens[last - 1].end, "known-date", 0.9)
