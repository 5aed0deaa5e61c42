"""The pieces of a date expression: a month date, a weekday, ``أمس``, a part of the day, a clock time, ...

Each rule takes a view and a token and gives a :class:`Piece` that begins there, or None.  `chain` in
``find.py`` puts pieces together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.text import Match, fold
from khabar.times.meaning import Meaning
from khabar.times.words import View, Word, counted, phrases_of, values_of, words_of

_NEW = frozenset({"الجديد", "الجديده"})
_THIS = frozenset({"هذا", "هذه"})
_FORMER = frozenset({"السابق", "الاسبق", "السابقه"})
_BEYOND = frozenset({"بعد", "قبل"})
_TODAY = "اليوم"
SHORT_ADJECTIVE = 4
_TWO, _OF_TWO = frozenset({"الاثنين"}), frozenset({"بين", "كلا", "هذين", "احد", "اول"})
_SURNAMES = frozenset({"الخميس", "الجمعه"})
_PARTS_OF_YEAR = {"month": 12, "week": 52}
_WHICH = frozenset({"الذي", "التي"})
_EARLY_OR_LATE = frozenset({"مبك", "متا", "لاح", "ساب"})
_BRACKETS = frozenset({"(", "«"})
_MARKS = frozenset("/-–")
_OPENERS, _CLOSERS = frozenset('(«"“'), frozenset(')»"”')
_THAT = frozenset({"ذلك", "تلك"})
SAME = frozenset({"نفس", "ذات", "ذلك", "تلك"})
_EARLIEST_YEAR, _LATEST_YEAR = 1501, 2100
HIJRI_YEARS = range(1200, 1500)
_EARLY, _FARTHEST, _YEAR_DIGITS = 1000, 3001, 4
_SHORT_YEARS, _COUNT_MARKS = 40, frozenset("/-%.:")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a date expression, from its first character to token `last` (left out)."""

    level: str
    meaning: Meaning
    last: int
    start: int
    end: int
    rule: str
    score: float = 0.95
    prefix: str = ""
    loose: bool = False
    """Too ambiguous to stand alone (``مارس`` may be a verb)."""
    alone: bool = False
    """A part of the day that needs no day beside it."""


def _piece(view: View, level: str, meaning: Meaning, first: int, last: int, rule: str, **more: object) -> Piece:
    start = view.tokens[first].start
    return Piece(level, meaning, last, start, view.tokens[last - 1].end, rule, **more)  # type: ignore[arg-type]


# years ---------------------------------------------------------------------------------------------------------------


def year_number(view: View, index: int) -> tuple[int, str, int] | None:
    """A four-digit year with its era mark: the year, the calendar, the token after it."""
    year = view.digits(index)
    if year is None or len(view.folded(index)) not in (3, 4):
        return None
    mark = (
        phrases_of("era_marks", "calendar").at(view.text, index + 1, clitics=False) if view.folded(index + 1) else None
    )
    if mark is not None and mark.value == "hijri" and year < HIJRI_YEARS.stop:
        return year, "hijri", mark.last
    if view.folded(index + 1) == "/" and view.folded(index + 2) == "م" and year in HIJRI_YEARS:
        # عام 1219 / م
        return year, "gregorian", index + 3
    if _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return year, "gregorian", mark.last if mark is not None and mark.value == "gregorian" else index + 1
    return (year, "hijri", index + 1) if year in HIJRI_YEARS else None


def _far_year(view: View, index: int) -> tuple[int, str, int] | None:
    """``عام 1006``, ``العام 2117``: only behind the word, since a number alone is rather a count."""
    year = view.digits(index)
    if year is None or len(view.folded(index)) != _YEAR_DIGITS or view.folded(index + 1) in ("هـ", "ه"):
        return None
    far = _EARLY <= year < HIJRI_YEARS.start or _LATEST_YEAR < year < _FARTHEST
    return (year, "gregorian", index + 1) if far else None


def _early_year(view: View, index: int) -> tuple[int, str, int] | None:
    """``عام 600 للميلاد``: three digits only with the era behind them."""
    year = view.digits(index)
    told = view.folded(index + 1) in ("للميلاد", "ميلادي", "ميلاديه")
    return (year, "gregorian", index + 2) if year is not None and told and 100 <= year < _EARLY else None


def _short_year(view: View, index: int) -> tuple[int, str, int] | None:
    """``عام 58``: of the last century, where nothing behind it is counted."""
    year = view.digits(index)
    if year is None or len(view.folded(index)) != len("58") or year < _SHORT_YEARS:
        return None
    ends = index + 1 >= len(view.tokens) or view.tokens[index + 1].kind == "mark"
    closed = (ends and view.folded(index + 1) not in _COUNT_MARKS) or view.folded(index + 1) in ("م", "الي")
    last = index + 2 if view.folded(index + 1) == "م" else index + 1
    return (1900 + year, "gregorian", last) if closed and view.folded(index - 1) in ("عام", "سنه") else None


def is_year_word(view: View, index: int) -> bool:
    """``عام``, ``سنة``, ``العام``."""
    match = view.word_in(index, "time_units")
    return match is not None and match.value.row["unit"] == "year" and match.value.row["number"] in ("singular", "pair")


def worded_year(view: View, index: int) -> Piece | None:
    """``عام 2011``, ``العام 1995``, ``سنة 1437هـ``, ``العام الدراسي 1436 / 1437هـ``."""
    if not is_year_word(view, index):
        return None
    at = index + 1
    ahead = at + 2 if view.folded(at + 1) in _BRACKETS else at + 1
    if view.folded(at).startswith("ال") and view.digits(ahead) is not None:
        at += 1
    bracketed = view.folded(at) in _BRACKETS and view.digits(at + 1) is not None
    if view.folded(at) == "." and view.adjacent(at + 1) and view.digits(at + 1) is not None:
        # عام .2015, turned about where right met left
        at += 1
    found = year_number(view, at + 1 if bracketed else at) or _far_year(view, at)
    found = found or _early_year(view, at) or _short_year(view, at)
    if found is not None and view.direction(index + 1) is not None and view.number(at) and counted(view, found[2]):
        # يصرف العام الماضي 1000 يورو
        return None
    if found is None or (view.adjacent(at) and view.folded(at - 1) in ("-", "/")):
        return None
    match = view.word(index)
    start = match.start if match else view.tokens[index].start
    prefix = match.prefix if match else ""
    year, calendar, last = found
    school = _school_year(view, last, year, calendar)
    if school is not None:
        return Piece("year", school[0], school[1], start, view.tokens[school[1] - 1].end, "school-year", 0.9, prefix)
    year, calendar, last = second_calendar(view, found)
    meaning = Meaning(year=year, calendar=calendar)
    return Piece("year", meaning, last, start, view.tokens[last - 1].end, "year-with-word", 0.97, prefix)


def second_calendar(view: View, found: tuple[int, str, int]) -> tuple[int, str, int]:
    """``عام 1988م - 1408هـ``, ``عام 1436هـ / 2015م``: one year in both calendars, the Gregorian one the exact."""
    mark = view.folded(found[2])
    at = found[2] + (2 if mark == "الموافق" and view.folded(found[2] + 1) == "ل" else 1)
    unmarked = view.digits(found[2]) is not None
    at = found[2] if unmarked else at
    second = year_number(view, at) if unmarked or mark in ("-", "/", "(", "الموافق") else None
    if second is None or second[1] == found[1] or abs(second[0] - found[0]) not in range(570, 600):
        return found
    last = second[2]
    return (found[0], found[1], last) if found[1] == "gregorian" else (second[0], second[1], last)


def _school_year(view: View, index: int, year: int, calendar: str) -> tuple[Meaning, int] | None:
    """``1436 / 1437هـ`` or ``2015-2016`` after a year word; told apart from a range by being one year apart."""
    if view.folded(index) not in ("/", "-"):
        return None
    second = year_number(view, index + 1)
    # copied from right to left it may stand as 1437/1436
    if second is None or abs(second[0] - year) != 1:
        return None
    year = min(year, second[0])
    return Meaning(
        year=year, last_day=None, calendar=calendar if calendar == "hijri" else second[1], season="SCHOOL"
    ), second[2]


def relative_unit(view: View, index: int) -> Piece | None:
    """``الأسبوع الماضي``, ``هذا العام``, ``الشهر نفسه``, ``العام الدراسي المقبل``."""
    pointed = _pointed_unit(view, index)
    if pointed is not None:
        return pointed
    match = _definite_unit(view, index)
    if match is None:
        return None
    at = match.last
    step = values_of("neighbour_verbs", "step").get(view.folded(at + 1)) if view.folded(at) in _WHICH else None
    if step is not None:
        # الأسبوع الذي سبقه
        shift = (match.value.row["unit"], float(step))
        found = Meaning(shift=shift, passage=True)
        return Piece("unit", found, at + 2, match.start, view.tokens[at + 1].end, "neighbour-unit", 0.85, match.prefix)
    direction = view.direction(at)
    between = ""
    if direction is None and view.folded(at).startswith("ال") and not view.word_in(at, "weekdays", "time_units"):
        between, at = view.folded(at), at + 1
        direction = view.direction(at) if between != "الهجري" else None
    meaning = _shifted(match.value.row["unit"], direction)
    if between in words_of("school_years") and view.folded(at) in _NEW and match.value.row["unit"] == "year":
        # العام الدراسي الجديد: from July on the one that begins in autumn
        meaning = Meaning(shift=("year", 0.0), season="SCHOOL", edge="start")
    if meaning is None:
        return None
    if (
        between in words_of("school_years")
        and meaning.shift is not None
        and meaning.shift[0] == "year"
        and not meaning.passage
    ):
        meaning = replace(meaning, season="SCHOOL")
    meaning, last = _of_other_year(view, meaning, at + 1)
    if meaning.season == "SCHOOL":
        meaning, last = _with_number(view, meaning, last)
    return Piece("unit", meaning, last, match.start, view.tokens[last - 1].end, "relative-unit", 0.95, match.prefix)


def _of_other_year(view: View, meaning: Meaning, index: int) -> tuple[Meaning, int]:
    """``الشهر نفسه من العام الماضي``: twelve months before the month just named."""
    unit = meaning.shift[0] if meaning.shift is not None and not meaning.shift[1] else ""
    if unit not in _PARTS_OF_YEAR or not meaning.passage or view.folded(index) != "من":
        return meaning, index
    year = relative_unit(view, index + 1)
    absolute = worded_year(view, index + 1)
    if unit == "month" and absolute is not None and not absolute.prefix and absolute.meaning.calendar == "gregorian":
        return replace(meaning, year=absolute.meaning.year), absolute.last
    if year is None or year.prefix or year.meaning.shift is None or year.meaning.shift[0] != "year":
        return meaning, index
    return replace(meaning, shift=(unit, _PARTS_OF_YEAR[unit] * year.meaning.shift[1])), year.last


def _definite_unit(view: View, index: int) -> Match[Word] | None:
    match = view.word_in(index, "time_units")
    if match is not None:
        titled = view.folded(index) == "العام" and _is_title(view, index)
        # الأمين العام السابق is a man
        return match if match.value.definite and match.value.row["number"] == "singular" and not titled else None
    # اليوم is in the table of deictic words, but اليوم التالي is a day like any other
    day = view.word_in(index, "relative_days")
    return day if day is not None and fold(day.value.row["form"].split("|")[0]) == _TODAY else None


def _is_title(view: View, index: int) -> bool:
    """``والمدير العام``, ``المقرر العام السابق``: the general director, no year."""
    before = view.folded(index - 1)
    bare = before[1:] if before[:1] in "وفبكل" else before
    if before.startswith(("لل", "ولل")):
        # للأمين العام السابق
        bare = "ال" + before.removeprefix("و").removeprefix("لل")
    if before in words_of("general_titles") or bare in words_of("general_titles"):
        return True
    # behind a definite noun السابق is seldom said of a year, which is rather led to by a preposition
    former = view.folded(index + 1) in _FORMER
    return former and (before.startswith("ال") or before.startswith("وال")) and len(before) > SHORT_ADJECTIVE


def _shifted(unit: str, direction: str | None) -> Meaning | None:
    if direction is None or unit in ("hour", "minute", "second") or direction == "last":
        return None
    unit = "day" if unit == "night" else unit
    if direction in ("same", "next"):
        return Meaning(shift=(unit, 0.0 if direction == "same" else 1.0), passage=True)
    if direction == "past":
        return Meaning(shift=(unit, -1.0), prior=True)
    return Meaning(shift=(unit, float(direction)))


def _pointed_unit(view: View, index: int) -> Piece | None:
    folded = view.folded(index)
    # كذلك اليوم, لذلك العام: no pointing
    prefix = folded[0] if folded[:1] in "لكفوب" and folded[1:] in _THIS | SAME - _THAT else ""
    prefix = "ب" if folded[:1] == "ب" and folded[1:] in _THAT else prefix
    folded = folded.removeprefix(prefix)
    if folded not in _THIS and folded not in SAME:
        return None
    match = _definite_unit(view, index + 1)
    if match is None or match.prefix:
        return None
    meaning = Meaning(shift=(match.value.row["unit"], 0.0), passage=folded in SAME, far=folded in _THAT)
    if meaning.shift == ("hour", 0.0) or (meaning.shift == ("decade", 0.0) and not _in_period(view, index)):
        # هذا العقد is sooner a contract
        return None
    if meaning.shift == ("year", 0.0) and view.folded(match.last) in words_of("school_years") and not meaning.passage:
        match, meaning = replace(match, last=match.last + 1), replace(meaning, season="SCHOOL")
    meaning, last = _of_other_year(view, meaning, match.last)
    meaning, last = _with_number(view, meaning, last)
    start = view.tokens[index].start + len(prefix)
    level = "day" if meaning.shift == ("day", 0.0) and view.word_in(last, "weekdays") is not None else "unit"
    return Piece(level, meaning, last, start, view.tokens[last - 1].end, "pointed-unit", 0.95, prefix)


def _in_period(view: View, index: int) -> bool:
    before = view.folded(index - 1)
    return before in ("خلال", "طوال") or view.word_in(index - 1, "boundaries") is not None


def _with_number(view: View, meaning: Meaning, index: int) -> tuple[Meaning, int]:
    """``هذا العام 2015م``: the number says the same again."""
    year = year_number(view, index) if meaning.shift is not None and meaning.shift[0] == "year" else None
    if year is None or (meaning.shift != ("year", 0.0) and meaning.season != "SCHOOL"):
        return meaning, index
    if (school := _school_year(view, year[2], year[0], year[1])) is not None:
        # للعام الدراسي الجديد 1436 / 1437هـ
        return school
    number, calendar, last = second_calendar(view, year)
    return Meaning(year=number, calendar=calendar), last


# days ----------------------------------------------------------------------------------------------------------------


def weekday(view: View, index: int) -> Piece | None:
    """``الخميس``, ``يوم الخميس الماضي``, ``الخميس/ الجمعة``, ``يومي السبت والأحد``."""
    unit = view.word_in(index, "time_units")
    worded = unit is not None and unit.value.row["unit"] in ("day", "night")
    worded = worded and unit is not None and unit.value.row["number"] in ("singular", "pair")
    match = view.word_in(index + 1 if worded else index, "weekdays")
    if match is None or (worded and match.prefix):
        return None
    if not worded and (_is_surname(view, index) or _both(view, index) or _titled(view, index, match.last)):
        return None
    first = unit if worded and unit is not None else match
    meaning, last, end = Meaning(weekday=int(match.value.row["weekday"])), match.last, match.end
    pair = worded and unit is not None and unit.value.row["number"] == "pair"
    second = _second_weekday(view, last, pair=pair or _both_past(view, last))
    if second is not None and (view.folded(last) in _MARKS or (second[0] - (meaning.weekday or 0)) % 7 == 1):
        # يومي السبت والاثنين are two days, not the three from one to the other
        meaning, last, end = replace(meaning, last_weekday=second[0]), second[1], second[2]
    if worded and unit is not None and unit.value.row["unit"] == "night":
        meaning = replace(meaning, part="NI")
    direction = view.direction(last)
    if direction in ("-1", "0", "1", "past"):
        meaning = replace(meaning, direction=-1 if direction == "past" else int(direction))
        last, end = last + 1, view.tokens[last].end
    elif view.folded(last) in _BEYOND and view.direction(last + 1) in ("-1", "1"):
        # السبت بعد المقبل
        meaning = replace(meaning, direction=2 * int(view.direction(last + 1) or 0))
        last, end = last + 2, view.tokens[last + 1].end
    return Piece("weekday", meaning, last, first.start, end, "weekday", 0.93, first.prefix)


def _both_past(view: View, index: int) -> bool:
    """``الجمعة والسبت الماضيين``: the dual says it of both."""
    second = view.word_in(index, "weekdays")
    if second is None or second.prefix != "و" or not view.folded(second.last).endswith("ين"):
        return False
    return view.direction(second.last) in ("-1", "1")


def _titled(view: View, first: int, last: int) -> bool:
    """``برنامج (ضيوف السبت)``: the whole title of something."""
    noun = view.folded(first - 1)
    if view.folded(last) not in _CLOSERS or view.folded(first - 2) not in _OPENERS or noun.startswith("ال"):
        return False
    timed = view.word_in(first - 1, "day_parts", "relative_days", "time_units", "weekdays") is not None
    return not timed and noun not in words_of("time_prepositions") and len(noun) > SHORT_ADJECTIVE - 1


def _is_surname(view: View, index: int) -> bool:
    """``محمد الخميس``: a man."""
    return view.folded(index) in _SURNAMES and view.folded(index - 1) in words_of("given_names")


def _both(view: View, index: int) -> bool:
    """``بين الاثنين``, ``كلا الاثنين``: the two of them."""
    two = view.folded(index) in _TWO and view.folded(index - 1) in _OF_TWO
    at = index + 2 if view.folded(index + 1) == "و" else index + 1
    paired = view.folded(index + 1).startswith("و") and view.word_in(at, "weekdays") is not None
    return two and not paired


def _second_weekday(view: View, index: int, *, pair: bool) -> tuple[int, int, int] | None:
    mark = view.folded(index) in _MARKS
    match = view.word_in(index + 1 if mark else index, "weekdays")
    if match is None or not (mark or (pair and match.prefix == "و") or not match.prefix):
        return None
    return int(match.value.row["weekday"]), match.last, match.end


def day_part(view: View, index: int) -> Piece | None:
    """``مساء``, ``بعد ظهر``, ``وقت مبكر من صباح``, ``قبيل منتصف نهار``."""
    opened = _opened(view, index)
    match = view.word_in(opened, "day_parts")
    if match is None or (opened != index and match.prefix):
        return None
    use = match.value.row["use"]
    if use == "beside" and not opens_day(view, match.last):
        # عشية الانتخابات: the day before; زوال الخطر: its end
        return None
    start = match.start if opened == index else view.tokens[index].start
    meaning = Meaning(part=match.value.row["part"])
    return Piece("part", meaning, match.last, start, match.end, "part-of-day", 0.9, match.prefix, alone=use == "alone")


def opens_day(view: View, index: int) -> bool:
    """Does ``أمس``, ``الخميس`` or ``يوم الخميس`` begin in a token?"""
    at = index + 1 if view.folded(index) == "يوم" else index
    return view.word_in(at, "relative_days", "weekdays") is not None


def _opened(view: View, index: int) -> int:
    """Skip ``وقت مبكر من``, ``ساعة متأخرة من``, ``قبيل`` before a part of the day."""
    if view.folded(index) in ("قبيل", "بعيد"):
        return index + 1
    if view.folded(index) not in ("وقت", "ساعه", "ساعات") or view.folded(index + 1)[:3] not in _EARLY_OR_LATE:
        return index
    return index + 3 if view.folded(index + 2) == "من" else index + 2
