"""``اليوم``, ``أمس``, ``غدا`` and the like, told apart from papers, holidays and days of a figure of speech."""

from __future__ import annotations

from khabar.text import Match
from khabar.times.meaning import Meaning
from khabar.times.nowadays import figurative, these_days
from khabar.times.pieces import SAME, SHORT_ADJECTIVE, Piece, opens_day
from khabar.times.words import View, Word, words_of

_QUOTES = frozenset("\"«»“”'’")
_LED_ON = frozenset({"الي", "الا", "الان"})
_IN = frozenset({"في", "من", "وفي", "ومن"})
THAT_DAY = "that-day"


def deictic(view: View, index: int) -> Piece | None:
    """``اليوم``, ``أمس``, ``أول من أمس``, ``الليلة الماضية``."""
    match = view.word_in(index, "relative_days")
    if match is None:
        return None
    row = match.value.row
    if row["part"] and view.folded(index - 1) in SAME:
        # تلك الليلة
        return None
    if _outlet(view, index, match.last) or view.folded(index) == "فغدا":
        # فغدا إنسانا: he became
        return None
    if row["shift"] == "0" and (_other_day(view, match.last) or (row["part"] and _other_night(view, match.last))):
        return None
    within = view.folded(index - 1) == "في" or (match.prefix == "ب" and view.reading == "news")
    if row["shift"] == "0" and within and view.word_in(match.last, "weekdays") is None:
        # عشرون شاحنة في اليوم, باليوم: a rate
        return None
    if these_days(view, index, match) or figurative(view, index, match) or _better_future(view, match):
        return None
    meaning = Meaning(shift=(row["unit"], float(row["shift"])), part=row["part"] or None)
    level = "day" if row["unit"] == "day" else "unit"
    return Piece(level, meaning, match.last, match.start, match.end, "deictic", 0.97, match.prefix)


def told_day(view: View, index: int) -> Piece | None:
    """``قال يومها``, ``تلك الليلة``, ``الصباح التالي``: of the day that was told; ``يومها الوطني`` is a feast."""
    match = view.word_in(index, "that_day")
    if match is None or match.prefix not in ("", "و", "ف"):
        return None
    if match.last == index + 1 and (view.folded(index - 1) in _IN or view.folded(match.last).startswith("ال")):
        # في يومها الثالث, من يومها
        return None
    row = match.value.row
    meaning = Meaning(shift=("day", float(row["shift"])), part=row["part"] or None, passage=True, far=True)
    return Piece("day", meaning, match.last, match.start, match.end, THAT_DAY, 0.8, match.prefix)


def _better_future(view: View, match: Match[Word]) -> bool:
    """``الغد المشرق``: days to come."""
    following = view.folded(match.last)
    described = following.startswith("ال") and len(following) > SHORT_ADJECTIVE and view.direction(match.last) is None
    return view.folded(match.last - 1).endswith("الغد") and described and not opens_day(view, match.last)


def _outlet(view: View, first: int, last: int) -> bool:
    """``قناة روسيا اليوم``, ``«ليبيا اليوم»``: the name of a paper or a channel."""
    if view.word_in(last, "weekdays") is not None:
        # مع قناة نسمة اليوم الأحد
        return False
    quoted = view.folded(last) in _QUOTES and (view.folded(first - 2) in _QUOTES or view.folded(first - 1) in _QUOTES)
    said_to = view.folded(first - 2) in ("ل", "الي") and view.folded(first - 1) in _QUOTES | {"("}
    said_to = said_to or (view.folded(first - 1) in ("ل", "لـ") and view.folded(last) == ":")
    # المصدر (روسيا اليوم), but not (يلتقيان اليوم)
    quoted = quoted or (
        view.folded(last) == ")" and view.folded(first - 2) == "(" and view.folded(first - 1)[:1] not in ("ي", "ت", "س")
    )
    named = view.folded(first) == "الغد" and view.folded(first - 1) in words_of("outlet_words")
    return quoted or said_to or named or view.folded(first - 2) in words_of("outlet_words")


def _other_day(view: View, index: int) -> bool:
    """``اليوم العالمي``, ``اليوم الثاني``: a day, but not today."""
    if view.folded(index) in words_of("not_today"):
        return True
    ordinal = view.ordinal(index)
    return ordinal is not None and view.folded(index).startswith("ال") and view.word_in(index, "weekdays") is None


def _other_night(view: View, index: int) -> bool:
    """``الليلة التي قضاها``, ``الليلة الأخيرة``: a night, but not tonight's."""
    following = view.folded(index)
    return following.startswith("ال") and following not in _LED_ON and view.word_in(index, "weekdays") is None
