"""Month dates: ``17 أيلول/سبتمبر الماضي``, ``من 12 إلى 14 فيفري 2017``, ``الخامس من الشهر الجاري``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.text import Match
from khabar.times.meaning import Meaning, merge
from khabar.times.pieces import Piece, relative_unit, worded_year, year_number
from khabar.times.words import View, Word, counted, words_of
from khabar.times.years import prepositional

_MONTH_PAIR = frozenset("/\\-–(")
_TO = frozenset({"الي", "حتي", "وحتي", "والي", "لغايه", "-", "–"})
_MONTHS = 12
_THIS_MONTH = frozenset({"الجاري", "الحالي"})
_HONOURS = frozenset({"المعظم", "المبارك", "الكريم", "الفضيل", "الحرام", "المكرم"})
_COMMAS, _LIST = frozenset({"،", ","}), 30
_ARTICLES = frozenset({"ال", "وال", "بال", "لل"})


@dataclass(frozen=True, slots=True)
class _Month:
    month: int
    calendar: str
    last: int
    end: int
    start: int
    prefix: str
    worded: bool
    doubled: bool = False
    """Both names stand: no verb, no man's name."""
    numbered: bool = False
    """``الشهر الثامن``: a month of the year only where a day or a year stands beside it."""


def _numbered_month(view: View, unit: Match[Word]) -> _Month | None:
    """``شهر 3``, ``شهر عشرة``, ``الشهر الثامن``."""
    if unit.value.definite:
        ordinal = view.ordinal(unit.last)
        if ordinal is None or ordinal.prefix or ordinal.value > _MONTHS or not view.folded(unit.last).startswith("ال"):
            return None
        return _Month(
            ordinal.value, "gregorian", ordinal.last, ordinal.end, unit.start, unit.prefix, True, numbered=True
        )
    number = view.number(unit.last) if view.folded(unit.last - 1).endswith("شهر") else None
    if view.folded(unit.last) in ("واحد", "واحدا"):
        # لمدة شهر واحد is a length
        return None
    if number is None or number.prefix or number.value not in range(1, _MONTHS + 1) or counted(view, number.last):
        return None
    return _Month(int(number.value), "gregorian", number.last, number.end, unit.start, unit.prefix, True)


def month_name(view: View, index: int) -> _Month | None:
    """``مايو``, ``شهر مايو``, ``أيلول/سبتمبر``, ``يوليو (تموز)``, ``سبتمبر أيلول``."""
    unit = view.word_in(index, "time_units")
    worded = unit is not None and unit.value.row["unit"] == "month"
    worded = worded and unit is not None and unit.value.row["number"] in ("singular", "pair")
    if worded and unit is not None and (numbered := _numbered_month(view, unit)) is not None:
        return numbered
    match = view.word_in(index + 1 if worded else index, "months")
    if match is None or (worded and match.prefix):
        return None
    first = unit if worded and unit is not None else match
    month, calendar = int(match.value.row["month"]), match.value.row["calendar"]
    second = _second_name(view, match.last, month, calendar)
    last, end = second or _with_honour(view, match.last, match.end, calendar)
    return _Month(month, calendar, last, end, first.start, first.prefix, worded, second is not None)


def _with_honour(view: View, last: int, end: int, calendar: str) -> tuple[int, int]:
    """``رمضان المعظم 1438``: the month's title belongs to the date only where something dates it behind."""
    if calendar != "hijri" or view.folded(last) not in _HONOURS or _month_tail(view, last + 1, calendar) is None:
        return last, end
    return last + 1, view.tokens[last].end


def _second_name(view: View, index: int, month: int, calendar: str) -> tuple[int, int] | None:
    """The other name of the same month after ``/``, a bracket or nothing; a neighbour month counts as a slip."""
    mark = view.folded(index)
    marked = mark in _MONTH_PAIR
    match = view.word_in(index + 1 if marked else index, "months")
    if match is None or match.prefix or match.value.row["calendar"] != calendar:
        return None
    apart = abs(int(match.value.row["month"]) - month)
    if apart > (1 if mark in ("/", "\\", "(") else 0):
        return None
    closed = mark == "(" and view.folded(match.last) == ")"
    # a bracket at the very end stays outside the span
    return (match.last + 1 if closed else match.last), match.end


def month_date(view: View, index: int) -> Piece | None:
    """A month with whatever stands around it: days before, a year or ``الماضي`` behind."""
    days = _days(view, index)
    at = index if days is None else days.last
    if days is not None and (view.folded(at) == "من" or _hyphened(view, at) or _bracketed(view, index, days)):
        at += 1
    month = month_name(view, at)
    if month is None and days is not None and (ahead := _month_ahead(view, days)) is not None:
        # أيام 7 و8 و9 و12 و13 جوان: days in a row first, the others are found again with the month
        days, month = replace(days, listed=days.last), ahead
    if month is not None and view.folded(at).endswith("صفر") and not month.worded:
        # فاز 1/صفر, إلى صفر: nought; the month of Safar has its year or شهر
        scored = view.folded(at - 1) in ("/", "-", "–") or _month_tail(view, month.last, month.calendar) is None
        month = None if scored else month
    if month is None:
        return _day_of_relative_month(view, days, at) or _day_of_this_month(view, days)
    if days is not None and month.prefix:
        return None
    return _with_year(view, days, month)


def _month_ahead(view: View, days: _Days) -> _Month | None:
    """The month behind the rest of a list of days, of which `days` are the first."""
    at, last = days.last, days.second or days.first
    while at < days.last + _LIST and (more := _listed_day(view, at, last)) is not None:
        last, at = more
    if at == days.last or days.listed is not None:
        return None
    month = month_name(view, at + 1 if view.folded(at) == "من" else at)
    return month if month is not None and not month.prefix and not month.numbered else None


def _listed_day(view: View, index: int, before: int) -> tuple[int, int] | None:
    """The next day of a list (``و13``, ``أو 13``, ``، 13``) and the token behind it."""
    if view.folded(index) in _COMMAS:
        index += 1
        if view.digits(index) is not None:
            day = _day(view, index)
            return (day[0], day[1]) if day is not None and day[0] > before else None
    joined = view.folded(index)
    return _second_day(view, index, before) if joined.startswith("و") or joined == "او" else None


def _bracketed(view: View, index: int, days: _Days) -> bool:
    """``(16 - 30) أغسطس``, ``الخميس (21) شوال``."""
    weekday = view.word_in(index - 2, "weekdays") is not None
    closed = view.folded(days.last) == ")" and view.folded(index - 1) == "("
    return closed and (days.second is not None or weekday)


def _hyphened(view: View, index: int) -> bool:
    """``29-سبتمبر-2023``, ``25 / شوال / 1436``."""
    spaced = view.folded(index) == "/" and view.folded(index + 2) == "/"
    return spaced or (view.folded(index) in ("-", "/") and view.adjacent(index))


def _with_year(view: View, days: _Days | None, month: _Month) -> Piece | None:
    meaning = Meaning(month=month.month, calendar=month.calendar)
    if days is not None:
        meaning = replace(meaning, day=days.first, last_day=days.second, part="NI" if days.night else None)
    behind = _days_behind(view, month.last) if days is None and not month.prefix else None
    if behind is not None:
        meaning = replace(meaning, day=behind.first, last_day=behind.second)
        month = replace(month, last=behind.last, end=view.tokens[behind.last - 1].end)
    tail = _month_tail(view, month.last, month.calendar)
    if month.numbered and days is None and tail is None:
        return None
    last, end = month.last, month.end
    if tail is not None:
        merged = merge(meaning, tail[0])
        if merged is not None:
            meaning, last, end = merged, tail[1], view.tokens[tail[1] - 1].end
    start, prefix = (month.start, month.prefix) if days is None else (days.start, days.prefix)
    if days is not None and days.listed is not None:
        # the other days are found again with their month
        last = days.listed
        end = view.tokens[last - 1].end
    loose = days is None and behind is None and tail is None and not month.worded and not month.doubled
    return Piece("date", meaning, last, start, end, "month-date" if days else "month", 0.95, prefix, loose)


def _days_behind(view: View, index: int) -> _Days | None:
    """``تموز 13-15``: days behind their month, only where a range leaves no doubt."""
    if view.digits(index) is None:
        return None
    days = _days(view, index)
    if days is None or days.second is None or view.folded(index + 1) not in _TO:
        return None
    # في رمضان 15 إلى 25 ريالا: a price
    return days if not counted(view, days.last) else None


def _month_tail(view: View, index: int, calendar: str) -> tuple[Meaning, int] | None:
    """``2015``, ``من عام 2015``, ``من العام الماضي``, ``الجاري`` after a month."""
    direction = view.direction(index)
    if direction in ("-1", "0", "1", "past"):
        return Meaning(direction=-1 if direction == "past" else int(direction)), index + 1
    bracketed = year_number(view, index + 1) if view.folded(index) == "(" and calendar == "gregorian" else None
    if bracketed is not None and bracketed[1] == calendar and view.folded(bracketed[2]) == ")":
        # 30 يونيو (2013)
        return Meaning(year=bracketed[0]), bracketed[2]
    words = tuple(view.folded(at) for at in range(index, index + 3))
    if words[:2] == ("من", "الشهر") and words[2] in _THIS_MONTH:
        # 15 شوال من الشهر الحالي
        return Meaning(direction=0), index + 3
    at = index + 1 if view.folded(index) in ("من", "في", "،", ",", "-", "/", "لسنه", "لعام", "سنه", "عام") else index
    if view.folded(index) == "." and view.adjacent(index + 1) and not view.adjacent(index):
        # جويلية .2016, its full stop astray
        at = index + 1
    found = year_number(view, at) if view.folded(index) != "في" else None
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
    night: bool = False
    listed: int | None = None
    """The token behind the first days of a list, whose other days are found again (``يومي 7 و14``)."""


def _days(view: View, index: int) -> _Days | None:
    """``5``, ``يوم 5``, ``الخامس``, ``24 و25``, ``يومي 24 و25``, ``12 إلى 14``,
    ``أيام 24 و25 و26``."""
    unit = view.word_in(index, "time_units")
    worded = (
        unit is not None
        and unit.value.row["unit"] in ("day", "night")
        and unit.value.row["number"] in ("singular", "pair", "plural")
    )
    at = unit.last if worded and unit is not None else index
    day = _day(view, at) or (_spelt_day(view, at) if worded else None)
    if day is None or (worded and day[3]):
        return None
    start, prefix = (unit.start, unit.prefix) if worded and unit is not None else (day[2], day[3])
    second = _last_of_list(view, _second_day(view, day[1], day[0]), day[0])
    if (
        unit is not None
        and worded
        and unit.value.row["number"] == "plural"
        and (second is None or second[0] == day[0] + 1)
    ):
        # أيام 24 و25 و26 مارس; ثلاثة أيام 5 is no date
        return None
    if second is None:
        night = worded and unit is not None and unit.value.row["unit"] == "night"
        return _Days(day[0], None, day[1], start, prefix, night)
    joined = view.folded(day[1]).startswith("و") and view.folded(index - 1) not in ("بين", "وبين")
    gapless = len([at for at in range(day[1], second[1]) if view.digits(at) is not None]) == second[0] - day[0]
    listed = day[1] if joined and second[0] - day[0] > 1 and not gapless else None
    opened = _with_opening(view, index, day[1], start, prefix)
    return _Days(day[0], second[0] if listed is None else None, second[1], *opened, listed=listed)


def _last_of_list(view: View, second: tuple[int, int] | None, first: int) -> tuple[int, int] | None:
    """``24 و25 و26``: the last of days that follow each other."""
    while second is not None and second[0] - first >= 1:
        third = _listed_day(view, second[1], second[0])
        if third is None or third[0] != second[0] + 1:
            break
        second = third
    return second


def _with_opening(view: View, index: int, connector: int, start: int, prefix: str) -> tuple[int, str]:
    """``من 12 إلى 14`` and ``بين 12 و14`` begin at the particle."""
    opening = view.folded(index - 1)
    if (view.folded(connector) in _TO and opening in ("من", "ومن")) or (
        opening in ("بين", "وبين") and view.folded(connector).startswith("و")
    ):
        return view.tokens[index - 1].start + (1 if opening.startswith("و") else 0), ""
    return start, prefix


def _day(view: View, index: int) -> tuple[int, int, int, str] | None:
    """A day of the month: its number, the token after it, its start, its clitics."""
    at = index + 1 if view.folded(index) in _ARTICLES and view.digits(index + 1) is not None else index
    number = view.digits(at)
    if number is not None and 1 <= number <= 31 and len(view.folded(at)) <= 2:
        return number, at + 1, view.tokens[at].start, ""
    if view.folded(index) in words_of("first_days"):
        return 1, index + 1, view.tokens[index].start, ""
    ordinal = view.ordinal(index)
    # الأيام الخمسة الأولى من رمضان: the feminine counts no days of a month
    week = view.folded(index - 1) in ("الاسبوع", "النصف", "الثلث")
    if ordinal is not None and not week and ordinal.value <= 31 and view.folded(index) not in ("الاولي", "والاولي"):
        return ordinal.value, ordinal.last, ordinal.start, ordinal.prefix
    return None


def _spelt_day(view: View, index: int) -> tuple[int, int, int, str] | None:
    """``يوم تسعة كانون الأول``."""
    number = view.number(index)
    if number is None or number.prefix or number.value not in range(1, 32):
        return None
    return int(number.value), number.last, number.start, ""


def to_end(view: View, index: int) -> int | None:
    """The token after ``إلى``, ``حتى``, ``إلى غاية``, where one of them stands in a token."""
    if view.folded(index) not in _TO:
        return None
    return index + 2 if view.folded(index + 1) == "غايه" else index + 1


def _second_day(view: View, index: int, first: int) -> tuple[int, int] | None:
    joined = view.folded(index)
    if joined in _TO or joined in ("و", "/", "او"):
        at = to_end(view, index) or index + 1
        day = _day(view, at) or (_day(view, at + 1) if view.folded(at) == "يوم" else None)
    else:
        day = _day(view, index) if joined.startswith("و") else None
    if day is None or day[0] <= first or day[3] not in ("", "و"):
        return None
    return day[0], day[1]


def _day_of_this_month(view: View, days: _Days | None) -> Piece | None:
    """``في 25 الجاري``, ``يومي 14 و17 الجاري``: the month itself is left out."""
    if days is None or (view.digits(days.last - 1) is None and not _spelt_of_it(view, days)):
        return None
    if view.folded(days.last) == "منه" and view.folded(days.last - 2).lstrip("وبلف") in words_of("numbered_articles"):
        # الفصل 18 منه
        return None
    if view.folded(days.last) == "منه" and days.second is None and days.listed is None:
        # بدأت في 20 فيفري وانتهت يوم 24 منه
        told = Meaning(shift=("month", 0.0), day=days.first, passage=True)
        end = view.tokens[days.last].end
        return Piece("date", told, days.last + 1, days.start, end, "day-of-relative-month", 0.85, days.prefix)
    if view.folded(days.last) == "الشهر" and view.folded(days.last + 1) in _THIS_MONTH and days.listed is None:
        # الثلاثاء 26 الشهر الجاري
        meaning = Meaning(shift=("month", 0.0), day=days.first, last_day=days.second)
        end = view.tokens[days.last + 1].end
        return Piece("date", meaning, days.last + 2, days.start, end, "day-of-relative-month", 0.9, days.prefix)
    if view.folded(days.last) not in _THIS_MONTH:
        return None
    last = days.last + 1 if days.listed is None else days.listed
    meaning = Meaning(shift=("month", 0.0), day=days.first, last_day=days.second)
    end = view.tokens[last - 1].end
    return Piece("date", meaning, last, days.start, end, "day-of-relative-month", 0.9, days.prefix)


def _bare_month(view: View, index: int) -> Piece | None:
    """``في الثامن عشر من الشهر``: this one."""
    if view.folded(index) != "الشهر" or view.folded(index + 1).startswith("ال") or view.folded(index + 1) == "نفسه":
        return None
    token = view.tokens[index]
    return Piece("unit", Meaning(shift=("month", 0.0)), index + 1, token.start, token.end, "bare-unit", 0.8)


def _spelt_of_it(view: View, days: _Days) -> bool:
    """``وفي الرابع منه``: the number in words, right behind what leads to a date."""
    at = days.last - 1
    while at > 0 and view.tokens[at - 1].end > days.start:
        at -= 1
    return view.folded(days.last) == "منه" and prepositional(view.folded(at - 1))


def _day_of_relative_month(view: View, days: _Days | None, at: int) -> Piece | None:
    """``الخامس من الشهر الجاري``."""
    if days is None or view.folded(at - 1) != "من":
        return None
    unit = relative_unit(view, at) or _bare_month(view, at)
    if unit is None or unit.meaning.shift is None or unit.meaning.shift[0] != "month":
        return None
    if days.listed is not None:
        # يومي 12 و14 من الشهر الجاري: the second day is found again with its month
        meaning, end = replace(unit.meaning, day=days.first), view.tokens[days.listed - 1].end
        return Piece("date", meaning, days.listed, days.start, end, "day-of-relative-month", 0.95, days.prefix)
    meaning = replace(unit.meaning, day=days.first, last_day=days.second)
    return Piece("date", meaning, unit.last, days.start, unit.end, "day-of-relative-month", 0.95, days.prefix)
