"""The pieces of a date expression: a month date, a weekday, ``أمس``, a part of the day, a clock time, ...

Each rule takes a view and a token and gives a :class:`Piece` that begins there, or None.  `chain` in
``find.py`` puts pieces together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from khabar.times.meaning import Meaning, merge
from khabar.times.words import View, phrases_of, words_of

_MONTH_PAIR = frozenset("/-–(")
_TO = frozenset({"الي", "حتي", "وحتي", "والي", "لغايه", "-", "–"})
_ARTICLES = frozenset({"ال", "وال", "بال", "لل"})
_THIS = {"هذا": 0, "هذه": 0, "بهذا": 0, "وهذا": 0}
_SAME = frozenset({"نفس", "ذات", "ذلك", "تلك", "بنفس", "بذات"})
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2100
_HIJRI_YEARS = range(1200, 1500)


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


def _piece(view: View, level: str, meaning: Meaning, first: int, last: int, rule: str, **more: object) -> Piece:
    start = view.tokens[first].start
    return Piece(level, meaning, last, start, view.tokens[last - 1].end, rule, **more)  # type: ignore[arg-type]


# years ---------------------------------------------------------------------------------------------------------------


def year_number(view: View, index: int) -> tuple[int, str, int] | None:
    """A four-digit year with its era mark: the year, the calendar, the token after it."""
    year = view.digits(index)
    if year is None or len(view.folded(index)) != 4:
        return None
    mark = (
        phrases_of("era_marks", "calendar").at(view.text, index + 1, clitics=False) if view.folded(index + 1) else None
    )
    if mark is not None and mark.value == "hijri" and year in _HIJRI_YEARS:
        return year, "hijri", mark.last
    if _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return year, "gregorian", mark.last if mark is not None and mark.value == "gregorian" else index + 1
    return (year, "hijri", index + 1) if year in _HIJRI_YEARS else None


def is_year_word(view: View, index: int) -> bool:
    """``عام``, ``سنة``, ``العام``."""
    match = view.word_in(index, "time_units")
    return match is not None and match.value.row["unit"] == "year" and match.value.row["number"] in ("singular", "pair")


def worded_year(view: View, index: int) -> Piece | None:
    """``عام 2011``, ``العام 1995``, ``سنة 1437هـ``, ``العام الدراسي 1436 / 1437هـ``."""
    if not is_year_word(view, index):
        return None
    at = index + 1
    if view.folded(at).startswith("ال") and view.digits(at + 1) is not None:
        at += 1
    found = year_number(view, at)
    if found is None or (view.adjacent(at) and view.folded(at - 1) in ("-", "/")):
        return None
    match = view.word(index)
    start = match.start if match else view.tokens[index].start
    prefix = match.prefix if match else ""
    year, calendar, last = found
    school = _school_year(view, last, year, calendar)
    if school is not None:
        return Piece("year", school[0], school[1], start, view.tokens[school[1] - 1].end, "school-year", 0.9, prefix)
    meaning = Meaning(year=year, calendar=calendar)
    return Piece("year", meaning, last, start, view.tokens[last - 1].end, "year-with-word", 0.97, prefix)


def _school_year(view: View, index: int, year: int, calendar: str) -> tuple[Meaning, int] | None:
    """``1436 / 1437هـ`` or ``2015-2016`` after a year word; told apart from a range by being one year apart."""
    if view.folded(index) not in ("/", "-"):
        return None
    second = year_number(view, index + 1)
    if second is None or second[0] != year + 1:
        return None
    return Meaning(
        year=year, last_day=None, calendar=calendar if calendar == "hijri" else second[1], season="SCHOOL"
    ), second[2]


def relative_unit(view: View, index: int) -> Piece | None:
    """``الأسبوع الماضي``, ``هذا العام``, ``الشهر نفسه``, ``العام الدراسي المقبل``."""
    pointed = _pointed_unit(view, index)
    if pointed is not None:
        return pointed
    match = view.word_in(index, "time_units")
    if match is None or not match.value.definite or match.value.row["number"] != "singular":
        return None
    at = match.last
    direction = view.direction(at)
    if direction is None and view.folded(at).startswith("ال") and not view.word_in(at, "weekdays"):
        at += 1
        direction = view.direction(at)
    meaning = _shifted(match.value.row["unit"], direction)
    if meaning is None:
        return None
    return Piece("unit", meaning, at + 1, match.start, view.tokens[at].end, "relative-unit", 0.95, match.prefix)


def _shifted(unit: str, direction: str | None) -> Meaning | None:
    if direction is None or unit in ("hour", "minute", "second") or direction == "last":
        return None
    unit = "day" if unit == "night" else unit
    if direction in ("same", "next"):
        return Meaning(shift=(unit, 0.0 if direction == "same" else 1.0), passage=True)
    return Meaning(shift=(unit, -1.0 if direction == "past" else float(direction)))


def _pointed_unit(view: View, index: int) -> Piece | None:
    folded = view.folded(index)
    if folded not in _THIS and folded not in _SAME:
        return None
    match = view.word_in(index + 1, "time_units", "relative_days")
    if (
        match is None
        or match.prefix
        or not match.value.definite
        or match.value.row.get("number", "singular") != "singular"
    ):
        return None
    meaning = Meaning(shift=(match.value.row["unit"], 0.0), passage=folded in _SAME)
    return None if meaning.shift == ("hour", 0.0) else _piece(view, "unit", meaning, index, match.last, "pointed-unit")


# months --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Month:
    month: int
    calendar: str
    last: int
    end: int
    start: int
    prefix: str
    worded: bool


def month_name(view: View, index: int) -> _Month | None:
    """``مايو``, ``شهر مايو``, ``أيلول/سبتمبر``, ``يوليو (تموز)``, ``سبتمبر أيلول``."""
    unit = view.word_in(index, "time_units")
    worded = unit is not None and unit.value.row["unit"] == "month" and unit.value.row["number"] == "singular"
    match = view.word_in(index + 1 if worded else index, "months")
    if match is None or (worded and match.prefix):
        return None
    first = unit if worded and unit is not None else match
    month, calendar = int(match.value.row["month"]), match.value.row["calendar"]
    last, end = _second_name(view, match.last, month, calendar) or (match.last, match.end)
    return _Month(month, calendar, last, end, first.start, first.prefix, worded)


def _second_name(view: View, index: int, month: int, calendar: str) -> tuple[int, int] | None:
    """The other name of the same month after ``/``, a bracket or nothing; a neighbour month counts as a slip."""
    mark = view.folded(index)
    marked = mark in _MONTH_PAIR
    match = view.word_in(index + 1 if marked else index, "months")
    if match is None or match.prefix or match.value.row["calendar"] != calendar:
        return None
    apart = abs(int(match.value.row["month"]) - month)
    if apart > (1 if mark in "/(" and marked else 0):
        return None
    closed = mark == "(" and view.folded(match.last) == ")"
    # a bracket at the very end stays outside the span
    return (match.last + 1 if closed else match.last), match.end


def month_date(view: View, index: int) -> Piece | None:
    """A month with whatever stands around it: days before, a year or ``الماضي`` behind."""
    days = _days(view, index)
    at = index if days is None else days.last
    if days is not None and view.folded(at) == "من":
        at += 1
    month = month_name(view, at)
    if month is None:
        return _day_of_relative_month(view, days, at)
    if days is not None and month.prefix:
        return None
    return _with_year(view, days, month)


def _with_year(view: View, days: _Days | None, month: _Month) -> Piece | None:
    meaning = Meaning(month=month.month, calendar=month.calendar)
    if days is not None:
        meaning = replace(meaning, day=days.first, last_day=days.second)
    tail = _month_tail(view, month.last, month.calendar)
    last, end = month.last, month.end
    if tail is not None:
        merged = merge(meaning, tail[0])
        if merged is not None:
            meaning, last, end = merged, tail[1], view.tokens[tail[1] - 1].end
    start, prefix = (month.start, month.prefix) if days is None else (days.start, days.prefix)
    loose = days is None and tail is None and not month.worded
    return Piece("date", meaning, last, start, end, "month-date" if days else "month", 0.95, prefix, loose)


def _month_tail(view: View, index: int, calendar: str) -> tuple[Meaning, int] | None:
    """``2015``, ``من عام 2015``, ``من العام الماضي``, ``الجاري`` after a month."""
    direction = view.direction(index)
    if direction in ("-1", "0", "1", "past"):
        return Meaning(direction=-1 if direction == "past" else int(direction)), index + 1
    at = index + 1 if view.folded(index) in ("من", "،", ",", "-", "/", "لسنه", "لعام", "سنه", "عام") else index
    found = year_number(view, at)
    if found is not None and not _counts(view, found[2], view.folded(index)):
        year, era, last = found
        return (Meaning(year=year, calendar=era), last) if era == calendar or year > 1500 else None
    worded = worded_year(view, at) or relative_unit(view, at)
    if worded is None or worded.prefix not in ("", "ل", "ب") or worded.meaning.season:
        return None
    shift = worded.meaning.shift
    return (worded.meaning, worded.last) if shift is None or shift[0] == "year" else None


def _counts(view: View, index: int, before: str) -> bool:
    """After ``مايو`` a number that counts something (``في مايو 2000 جندي``) is no year."""
    return before == "-" and view.folded(index) == "-"


@dataclass(frozen=True, slots=True)
class _Days:
    first: int
    second: int | None
    last: int
    start: int
    prefix: str


def _days(view: View, index: int) -> _Days | None:
    """``5``, ``يوم 5``, ``الخامس``, ``24 و25``, ``يومي 24 و25``, ``12 إلى 14``."""
    unit = view.word_in(index, "time_units")
    worded = (
        unit is not None
        and unit.value.row["unit"] in ("day", "night")
        and unit.value.row["number"] in ("singular", "pair")
    )
    at = unit.last if worded and unit is not None else index
    day = _day(view, at)
    if day is None or (worded and day[3]):
        return None
    start, prefix = (unit.start, unit.prefix) if worded and unit is not None else (day[2], day[3])
    second = _second_day(view, day[1], day[0])
    if second is None:
        return _Days(day[0], None, day[1], start, prefix)
    return _Days(day[0], second[0], second[1], *_with_opening(view, index, day[1], start, prefix))


def _with_opening(view: View, index: int, connector: int, start: int, prefix: str) -> tuple[int, str]:
    """``من 12 إلى 14`` and ``بين 12 و14`` begin at the particle."""
    opening = view.folded(index - 1)
    if (view.folded(connector) in _TO and opening == "من") or (
        opening == "بين" and view.folded(connector).startswith("و")
    ):
        return view.tokens[index - 1].start, ""
    return start, prefix


def _day(view: View, index: int) -> tuple[int, int, int, str] | None:
    """A day of the month: its number, the token after it, its start, its clitics."""
    at = index + 1 if view.folded(index) in _ARTICLES and view.adjacent(index + 1) else index
    number = view.digits(at)
    if number is not None and 1 <= number <= 31 and len(view.folded(at)) <= 2:
        return number, at + 1, view.tokens[at].start, ""
    ordinal = view.ordinal(index)
    if ordinal is not None and (ordinal.value <= 31):
        return ordinal.value, ordinal.last, ordinal.start, ordinal.prefix
    return None


def _second_day(view: View, index: int, first: int) -> tuple[int, int] | None:
    joined = view.folded(index)
    if joined in _TO or joined in ("و", "/"):
        day = _day(view, index + 1)
    else:
        day = _day(view, index) if joined.startswith("و") else None
    if day is None or day[0] <= first or day[3] not in ("", "و"):
        return None
    return day[0], day[1]


def _day_of_relative_month(view: View, days: _Days | None, at: int) -> Piece | None:
    """``الخامس من الشهر الجاري``."""
    if days is None or view.folded(at - 1) != "من":
        return None
    unit = relative_unit(view, at)
    if unit is None or unit.meaning.shift is None or unit.meaning.shift[0] != "month":
        return None
    meaning = replace(unit.meaning, day=days.first, last_day=days.second)
    return Piece("date", meaning, unit.last, days.start, unit.end, "day-of-relative-month", 0.95, days.prefix)


# numeric dates -------------------------------------------------------------------------------------------------------


def numeric_date(view: View, index: int) -> Piece | None:
    """``04/04/2017``, ``2-3-2017``, ``2017-04-04``, ``10.5.2017``, ``يوم 4/4``."""
    unit = view.word_in(index, "time_units")
    worded = unit is not None and unit.value.row["unit"] == "day" and unit.value.row["number"] == "singular"
    at = index + 1 if worded else index
    if view.folded(at - 1) in ("/", "-") and view.adjacent(at):
        return None
    numbers, last = _number_row(view, at)
    parts = _day_month_year(numbers, short=worded or view.folded(index - 1) in ("بتاريخ", "تاريخ"))
    if parts is None:
        return None
    meaning, last = _era(view, parts, last)
    start = unit.start if worded and unit is not None else view.tokens[at].start
    return Piece(
        "date", meaning, last, start, view.tokens[last - 1].end, "numeric-date", 0.95, unit.prefix if unit else ""
    )


def _era(view: View, parts: tuple[int, int, int | None], last: int) -> tuple[Meaning, int]:
    mark = phrases_of("era_marks", "calendar").at(view.text, last, clitics=False) if last < len(view.tokens) else None
    day, month, year = parts
    calendar = "hijri" if year in _HIJRI_YEARS else "gregorian"
    return Meaning(year=year, month=month, day=day, calendar=calendar), mark.last if mark is not None else last


def _number_row(view: View, index: int) -> tuple[list[str], int]:
    """Numbers set apart by the same mark without spaces."""
    folded = view.folded(index)
    if "." in folded:
        return folded.split("."), index + 1
    if not folded.isdigit():
        return [], index
    numbers, at, mark = [folded], index + 1, view.folded(index + 1)
    while mark in ("/", "-") and view.folded(at) == mark and view.folded(at + 1).isdigit() and view.adjacent(at):
        numbers.append(view.folded(at + 1))
        at += 2
    return numbers, at


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


# days ----------------------------------------------------------------------------------------------------------------


def deictic(view: View, index: int) -> Piece | None:
    """``اليوم``, ``أمس``, ``أول من أمس``, ``الليلة الماضية``."""
    match = view.word_in(index, "relative_days")
    if match is None:
        return None
    row = match.value.row
    if row["shift"] == "0" and (_other_day(view, match.last) or (row["part"] and _other_night(view, match.last))):
        return None
    meaning = Meaning(shift=(row["unit"], float(row["shift"])), part=row["part"] or None)
    level = "day" if row["unit"] == "day" else "unit"
    return Piece(level, meaning, match.last, match.start, match.end, "deictic", 0.97, match.prefix)


def _other_day(view: View, index: int) -> bool:
    """``اليوم العالمي``, ``اليوم الثاني``: a day, but not today."""
    if view.folded(index) in words_of("not_today"):
        return True
    ordinal = view.ordinal(index)
    return ordinal is not None and view.folded(index).startswith("ال") and view.word_in(index, "weekdays") is None


def _other_night(view: View, index: int) -> bool:
    """``الليلة التي قضاها``, ``الليلة الأخيرة``: a night, but not tonight's."""
    return view.folded(index).startswith("ال") and view.word_in(index, "weekdays") is None


def weekday(view: View, index: int) -> Piece | None:
    """``الخميس``, ``يوم الخميس الماضي``, ``الخميس/ الجمعة``, ``يومي السبت والأحد``."""
    unit = view.word_in(index, "time_units")
    worded = unit is not None and unit.value.row["unit"] in ("day", "night") and unit.value.row["number"] != "plural"
    match = view.word_in(index + 1 if worded else index, "weekdays")
    if match is None or (worded and match.prefix):
        return None
    first = unit if worded and unit is not None else match
    meaning, last, end = Meaning(weekday=int(match.value.row["weekday"])), match.last, match.end
    pair = worded and unit is not None and unit.value.row["number"] == "pair"
    second = _second_weekday(view, last, pair=pair)
    if second is not None:
        meaning, last, end = replace(meaning, last_weekday=second[0]), second[1], second[2]
    if worded and unit is not None and unit.value.row["unit"] == "night":
        meaning = replace(meaning, part="NI")
    direction = view.direction(last)
    if direction in ("-1", "0", "1", "past"):
        meaning = replace(meaning, direction=-1 if direction == "past" else int(direction))
        last, end = last + 1, view.tokens[last].end
    return Piece("weekday", meaning, last, first.start, end, "weekday", 0.93, first.prefix)


def _second_weekday(view: View, index: int, *, pair: bool) -> tuple[int, int, int] | None:
    mark = view.folded(index) in ("/", "-", "–")
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
    start = match.start if opened == index else view.tokens[index].start
    return Piece(
        "part", Meaning(part=match.value.row["part"]), match.last, start, match.end, "part-of-day", 0.9, match.prefix
    )


def _opened(view: View, index: int) -> int:
    """Skip ``وقت مبكر من``, ``ساعة متأخرة من``, ``قبيل`` before a part of the day."""
    if view.folded(index) in ("قبيل", "بعيد"):
        return index + 1
    if view.folded(index) not in ("وقت", "ساعه", "ساعات") or view.folded(index + 1)[:3] not in ("مبك", "متا", "لاح"):
        return index
    return index + 3 if view.folded(index + 2) == "من" else index + 2


def fixed_date(view: View, index: int) -> Piece | None:
    """``هجمات 11 سبتمبر``: a date that everybody knows by name, year and all."""
    match = view.word_in(index, "fixed_dates")
    if match is None or not match.value.row["value"]:
        return None
    # the noun in front is no part of the date
    start = view.tokens[index + 1].start
    return Piece("date", Meaning(fixed=match.value.row["value"]), match.last, start, match.end, "known-date", 0.9)


def holiday(view: View, index: int) -> Piece | None:
    """``عيد الأضحى``, with its year where one is given."""
    match = view.word_in(index, "holidays")
    if match is None or "ب" in match.prefix:
        # احتفالات بعيد الفصح names the feast, not a date
        return None
    meaning, last = Meaning(holiday=match.value.row["form"].split("|")[0]), match.last
    year = year_number(view, last)
    if year is not None:
        meaning, last = replace(meaning, year=year[0], calendar=year[1]), year[2]
    return Piece("date", meaning, last, match.start, view.tokens[last - 1].end, "holiday", 0.8, match.prefix)


FIRST_PIECES: tuple[Callable[[View, int], Piece | None], ...] = (
    fixed_date, numeric_date, month_date, worded_year, relative_unit, deictic, weekday, day_part, holiday,
)  # fmt: skip
