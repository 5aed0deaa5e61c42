"""Pieces of one date are chained: ``فجر`` + ``اليوم`` + ``السبت``, with what may stand between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from khabar.times.clock import clock, zone_at
from khabar.times.holidays import fixed_date, holiday
from khabar.times.meaning import Meaning, merge
from khabar.times.months import month_date
from khabar.times.nth import day_in_relative_week, day_of_unnamed_month, nth_of_month, tens_of_month
from khabar.times.numeric import numeric_date
from khabar.times.periods import PERIODS
from khabar.times.pieces import Piece, day_part, opens_day, relative_unit, weekday, worded_year
from khabar.times.today import deictic, told_day
from khabar.times.values import exact_side
from khabar.times.words import View, words_of

_PIECES: tuple[Callable[[View, int], Piece | None], ...] = (
    fixed_date, numeric_date, holiday, nth_of_month, tens_of_month, day_in_relative_week, month_date, clock,
    worded_year, relative_unit, *PERIODS, told_day, deictic, day_of_unnamed_month, weekday, day_part,
)  # fmt: skip
_FOLLOW = {
    "part": frozenset({"day", "weekday", "date", "unit"}),
    "clock": frozenset({"part", "day", "weekday", "date", "unit"}),
    "day": frozenset({"weekday", "date", "part", "clock"}),
    "weekday": frozenset({"date", "unit", "part", "clock"}),
    "date": frozenset({"date", "clock", "part"}),
    "unit": frozenset({"clock"}),
    "year": frozenset({"date"}),
}
_HOURLY = frozenset({"في", "عند", "نحو", "حوالي", "قرابه", "تمام", "علي"})
_AT = frozenset({"في", "عند", "قرابه"})
_QUOTES = frozenset('"«“”')


def first_piece(view: View, index: int) -> Piece | None:
    """The first rule that finds a piece at a token."""
    for rule in _PIECES:
        piece = rule(view, index)
        if piece is not None:
            return piece
    return None


def chain(view: View, index: int) -> tuple[Piece, frozenset[str]] | None:
    """Pieces that belong together as one (``فجر`` + ``اليوم`` + ``السبت``), and which sorts took part."""
    piece = first_piece(view, index)
    if piece is None:
        return None
    levels = {piece.level}
    while True:
        following = _following(view, piece)
        if following is None:
            return piece, frozenset(levels)
        piece, level = following
        levels.add(level)


def _following(view: View, piece: Piece) -> tuple[Piece, str] | None:
    """The piece with the next one merged in, where one follows that fits."""
    allowed = _FOLLOW[piece.level]
    zone = zone_at(view, piece.last) if piece.meaning.clock and not piece.meaning.zone else None
    if zone is not None:
        end = view.tokens[zone[1] - 1].end
        return replace(piece, meaning=replace(piece.meaning, zone=zone[0]), last=zone[1], end=end), "clock"
    at = _connected(view, piece)
    if at is None or at >= len(view.tokens) or not view.same_line(piece.last - 1, at):
        return None
    following = first_piece(view, at)
    if following is None or following.level not in allowed or following.prefix not in ("", "ل") or following.loose:
        return None
    if following.level == "part" and piece.level in ("date", "weekday") and not _adverb(view, following):
        # وفي 9 تموز ظهر الزعيم
        return None
    if following.prefix == "ل" and not view.folded(at - 1).startswith("الموافق"):
        return None
    meaning = _merged(piece, following)
    if meaning is None:
        return None
    # a weekday or a date says more than what it follows: it decides what may come next
    level = following.level if following.level in ("weekday", "date", "day") else piece.level
    joined = replace(piece, meaning=meaning, last=following.last, end=following.end, level=level, loose=False)
    return joined, following.level


def _adverb(view: View, part: Piece) -> bool:
    """``ظهرا``, ``مساء``, or ``ظهر`` with its day behind it."""
    return part.alone or opens_day(view, part.last) or view.folded(part.last - 1) not in words_of("part_verbs")


def _merged(piece: Piece, following: Piece) -> Meaning | None:
    if piece.level == following.level == "date":
        # one day in two calendars: the Gregorian side is the exact one
        calendars = (piece.meaning.calendar, following.meaning.calendar)
        if calendars[0] == calendars[1] or piece.meaning.day is None:
            return None
        return exact_side(piece.meaning, following.meaning)
    if following.level == "unit" and (following.meaning.shift or ("", 0))[0] not in ("week", "day"):
        return None
    return merge(piece.meaning, following.meaning)


def _connected(view: View, piece: Piece) -> int | None:
    """The token where the next piece may begin, past what may stand between."""
    at, mark = piece.last, view.folded(piece.last)
    if mark == "من" and piece.level in ("part", "clock", "weekday"):
        return at + 1
    if mark == "بتاريخ" and piece.level in ("day", "weekday"):
        return at + 1
    if mark.startswith("الموافق"):
        return at + 2 if view.folded(at + 1) in ("ل", "لـ") else at + 1
    if mark in ("(", "/") and piece.level in ("day", "weekday", "date"):
        return at + 1
    if mark in _QUOTES and piece.level == "day" and view.word_in(at + 1, "weekdays") is not None:
        return at + 1
    if mark in ("،", ",") and view.folded(at + 1).startswith("الموافق"):
        return at + (3 if view.folded(at + 2) in ("ل", "لـ") else 2)
    if mark in ("،", ",") and (piece.level == "weekday" or (piece.level == "part" and opens_day(view, at + 1))):
        return at + 1
    if mark in _HOURLY:
        dated = piece.level == "weekday" and mark == "في" and view.digits(at + 1) is not None
        if piece.level in ("day", "weekday") and mark in _AT and view.digits(at + 1) is None and clock(view, at + 1):
            # ظهر اليوم عند الواحدة, غدا في السابعة صباحا
            return at + 1
        return at + 1 if dated else _hour_after(view, at)
    return at


def _hour_after(view: View, at: int) -> int | None:
    """``عند الساعة``, ``في تمام الساعة``: the token of the hour."""
    while view.folded(at) in _HOURLY:
        at += 1
    return at if view.folded(at) == "الساعه" else None
