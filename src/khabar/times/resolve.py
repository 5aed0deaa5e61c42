"""What a time expression means on the calendar, given when the report was published and what stands before it.

A relative expression needs an anchor: the published day, the day that ``اليوم الثلاثاء`` proves the text to have been
written on where that is earlier, or the date that the passage has set.  Without an anchor the value is None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from khabar.model import Published, Time
from khabar.times.assistant import with_edge
from khabar.times.calendar import from_hijri, hijri_of, interval
from khabar.times.context import NOTHING, Context, Resolved, anchored, context_of, remember
from khabar.times.counted import NARRATED
from khabar.times.eras import century, decade
from khabar.times.hours import NO_TIME, any_habit, note_several, of_passage
from khabar.times.listed import listed
from khabar.times.meaning import Found, Length, Meaning, Range
from khabar.times.seasons import holiday_day, season
from khabar.times.speech import note_speech, speech_day
from khabar.times.tense import is_future, told_as_past, told_of
from khabar.times.today import THAT_DAY
from khabar.times.values import (
    date_value,
    day_of,
    length_value,
    over_midnight,
    school_year,
    shifted,
    timed,
)
from khabar.times.weekdays import weekday_alone
from khabar.times.words import View, words_of
from khabar.times.yearless import yearless

_RECENT = 2
_NEARBY = 4
"""Sentences over which ``اليوم التالي`` finds the day that it follows."""
_UP_TO = frozenset({"حتي", "قبل", "غايه", "وحتي"})
_SATURDAY, _TWO_WORDS = 6, 2
_THIS = frozenset({"هذا", "نفس", "ذات", "ذلك"})
_DAYS_AROUND = 200
"""Days about the report's in which a numbered weekday is looked for."""


def resolve(view: View, found: Sequence[Found], published: Published | None) -> tuple[Time, ...]:
    """Values for all expressions of a text, in order."""
    context = context_of(view, found, published)
    times = []
    for one in (_settled(context, one) for one in listed(view, found)):
        resolved = _resolved(context, one)
        if resolved is NO_TIME:
            continue
        times.append(_time(view, one, resolved))
        remember(context, one, resolved)
        note_several(context, one, resolved.value)
        day = interval(resolved.value) if resolved.value and isinstance(one.meaning, Meaning) else None
        if day is not None and day[0] == day[1]:
            note_speech(context, one, day[0])
    return tuple(times)


def _settled(context: Context, one: Found) -> Found:
    """``بعد يومين`` after a day that the passage has told is a date, else a length: the text before it decides."""
    if one.rule != NARRATED or not isinstance(one.meaning, Meaning) or one.meaning.shift is None:
        return one
    near = context.view.text.sentence_at(one.start) - context.day_sentence <= 1
    day, today = context.passage_day, context.today
    if near and day is not None and today is not None and (today - day).days > _RECENT:
        return one
    length = Length(one.meaning.shift[1], one.meaning.shift[0])
    return replace(one, meaning=length, start=context.view.tokens[one.first + 1].start, rule="length")


def _time(view: View, one: Found, resolved: Resolved) -> Time:
    days = interval(resolved.value) if resolved.value else None
    return Time(
        view.text.span(one.start, one.end), resolved.value, _kind(one, resolved.value),
        days[0].isoformat() if days else None, days[1].isoformat() if days else None,
        resolved.anchor, resolved.anchored_by, one.rule, round(one.score * resolved.score, 3),  # type: ignore[arg-type]
    )  # fmt: skip


def _kind(one: Found, value: str | None) -> Literal["date", "time", "duration", "set"]:
    if isinstance(one.meaning, Length):
        return "set" if one.meaning.every else "duration"
    return "time" if value is not None and "T" in value else "date"


def _resolved(context: Context, one: Found) -> Resolved:
    if isinstance(one.meaning, Length):
        return Resolved(length_value(one.meaning))
    if isinstance(one.meaning, Range):
        return _range(context, one, one.meaning)
    for rule in _RULES:
        resolved = rule(context, one, one.meaning)
        if resolved is not None:
            return resolved
    return NOTHING


def _range(context: Context, one: Found, meaning: Range) -> Resolved:
    if meaning.first.given() == meaning.last.given() == {"month"} and any_habit(context, one):
        # تسقط الأمطار عادة بين يونيو وسبتمبر
        return NOTHING
    first = _resolved(context, replace(one, meaning=meaning.first))
    last = _resolved(context, replace(one, meaning=meaning.last))
    if first.value is None or last.value is None:
        return NOTHING
    pair = (first.value, last.value)
    if _same_year(meaning, *pair):
        pair = (pair[0], f"{pair[0][:4]}{pair[1][4:]}")
    begins, ends = interval(pair[0]), interval(pair[1])
    months = meaning.first.given() == meaning.last.given() == {"month"}
    if months and begins is not None and ends is not None and begins[0] > ends[1]:
        # بين نوفمبر ويناير
        pair = (f"{int(pair[0][:4]) - 1:04d}{pair[0][4:]}", pair[1]) if len(pair[0]) == len("2015-11") else pair
        begins = interval(pair[0])
    if begins is not None and ends is not None and begins[0] > ends[1]:
        # بين جمادى الآخرة وجمادى الأولى: the later stands first
        pair = (pair[1], pair[0])
    pair = over_midnight(*pair)
    return replace(last, value=f"{pair[0].split('/')[0]}/{pair[1].split('/')[-1]}")


def _same_year(meaning: Range, first: str, last: str) -> bool:
    """``من جوان وحتى سبتمبر``, read apart as one to come and one gone by."""
    bare = all(one.given() == {"month"} for one in (meaning.first, meaning.last) if isinstance(one, Meaning))
    return bare and len(first) == len(last) == 7 and first[4:] < last[4:] and first > last


def _fixed(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    return Resolved(meaning.fixed) if meaning.fixed else None


def _relative(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``أمس``, ``الأسبوع الماضي``, ``بعد ذلك بثلاثة أيام``, ``نوفمبر من العام الماضي``."""
    if meaning.shift is None:
        return None
    if meaning.month is not None and meaning.day is not None and meaning.year is not None:
        return _misprinted(context, meaning) or _absolute(context, one, replace(meaning, shift=None))
    unit, amount = meaning.shift
    if one.rule == THAT_DAY:
        return _on_that_day(context, one, meaning)
    if meaning.passage:
        counted = _from_passage(context, one, meaning, *_grain(one, unit, amount))
        if counted is not None or ((unit == "month" or amount or meaning.far) and not context.looks_ahead):
            return counted or NOTHING
    if meaning.prior and (before := _before_named(context, one, meaning)) is not None:
        return before
    if unit in ("year", "decade", "century"):
        return _relative_year(context, meaning, unit, amount)
    if unit == "month":
        return _relative_month(context, meaning, amount)
    return _relative_day(context, one, meaning, unit, amount)


def _relative_day(context: Context, one: Found, meaning: Meaning, unit: str, amount: float) -> Resolved:
    """``أمس``, ``الأسبوع الماضي``, ``نهاية الأسبوع``."""
    if context.today is None:
        return NOTHING
    said = speech_day(context, one, meaning)
    if said is not None:
        return Resolved(timed(shifted(said, unit, amount) or "", meaning), "passage", said.isoformat(), 0.8)
    if unit == "week" and one.rule == "counted-from-now" and context.looks_ahead:
        unit, amount = "day", amount * 7
    if _any_weekend(context, one, meaning):
        return NO_TIME
    if _weekend_gone(context, one, meaning):
        amount -= 1
    value = _on_weekday(context.today, meaning, unit, amount) or shifted(context.today, unit, amount)
    return anchored(context, timed(_weekend(value, meaning), meaning)) if value else NOTHING


def _on_that_day(context: Context, one: Found, meaning: Meaning) -> Resolved:
    """``يومها`` near the day that was told; it is no time where none was."""
    gap = context.view.text.sentence_at(one.start) - context.day_sentence
    day, today = context.passage_day, context.today
    if day is None or gap > _NEARBY or day == today or meaning.shift is None:
        return NO_TIME
    value = (day + timedelta(int(meaning.shift[1]))).isoformat()
    return Resolved(timed(value, meaning), "passage", day.isoformat(), 0.8)


def _misprinted(context: Context, meaning: Meaning) -> Resolved | None:
    """``اليوم 3 جانفي 2016``, said on that day of 2017: the old year from habit."""
    if context.today is None or meaning.shift is None:
        return None
    day = context.today + timedelta(int(meaning.shift[1]))
    slip = (day.month, day.day, day.year - 1) == (meaning.month, meaning.day, meaning.year)
    return anchored(context, timed(day.isoformat(), meaning), 0.9) if slip else None


def _before_named(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``بانخفاض عن الشهر السابق`` after ``مبيعات يوليو``: the month before that one."""
    if meaning.shift is None or meaning.given() != {"shift", "prior"}:
        return None
    unit, amount = meaning.shift
    base, sentence = context.named.get(unit, (None, 0))
    if base is None or context.view.text.sentence_at(one.start) - sentence > 1:
        return None
    if context.year is not None and base.year > context.year:
        # the year before a plan for next year is rather this report's last one
        return None
    return Resolved(shifted(base, unit, amount), "passage", base.isoformat(), 0.85)


def _grain(one: Found, unit: str, amount: float) -> tuple[str, float]:
    """A week after a day that was told is a day."""
    return ("day", 7 * amount) if one.rule == NARRATED and unit == "week" else (unit, amount)


def _from_passage(context: Context, one: Found, meaning: Meaning, unit: str, amount: float) -> Resolved | None:
    """``اليوم التالي``, ``من نفس العام``: from the last date that is as fine as the unit."""
    if unit == "month" and not amount and context.hijri_month and meaning.day is None:
        return Resolved(context.hijri_month, "passage", context.hijri_month.split("/")[0], 0.8)
    stale = context.view.text.sentence_at(one.start) - context.day_sentence > _NEARBY
    if stale and amount and (unit == "day" or (unit == "week" and context.last_week is None)):
        return None
    if meaning.far and unit == "day" and any_habit(context, one):
        return NO_TIME
    bases = {"month": context.last_month, "year": context.last_year, "week": context.last_week or context.passage_day}
    base = bases.get(unit, context.passage_day)
    value = shifted(base, unit, amount) if base is not None else None
    if base is None or value is None:
        return None
    if unit == "day" and amount > 0 and one.rule == "relative-unit" and _ahead_of_report(context, one, value):
        return NOTHING
    if meaning.year is not None and unit == "month":
        value = f"{meaning.year:04d}{value[4:]}"
    if meaning.day is not None and unit == "month":
        year, month = (int(part) for part in value.split("-"))
        value = date_value(replace(meaning, shift=None, year=year, month=month)) or value
    if meaning.month is not None and unit == "year":
        value = date_value(replace(meaning, shift=None, year=int(value))) or value
    return Resolved(timed(value, meaning), "passage", base.isoformat(), 0.8)


def _ahead_of_report(context: Context, one: Found, value: str) -> bool:
    """``فحوصات أجريت في اليوم التالي`` is not of tomorrow."""
    ahead = context.today is not None and value > context.today.isoformat()
    return ahead and not is_future(context.view, one.first, scheduled=True) and not context.looks_ahead


def _on_weekday(today: date, meaning: Meaning, unit: str, amount: float) -> str | None:
    """``الاثنين من الأسبوع الماضي``; ``أمس الخميس`` where the page's date is off."""
    if meaning.weekday is None:
        return None
    if unit == "week":
        monday = today - timedelta(today.weekday()) + timedelta(weeks=amount)
        return (monday + timedelta(meaning.weekday - 1)).isoformat()
    near = today + timedelta(int(amount))
    back = (near.isoweekday() - meaning.weekday) % 7
    return (near - timedelta(back if back < 4 else back - 7)).isoformat()


def _weekend(value: str, meaning: Meaning) -> str:
    if meaning.season != "WE":
        return value
    days = interval(value)
    return f"{(days[1] - timedelta(1)).isoformat()}/{days[1].isoformat()}" if days else value


def _any_weekend(context: Context, one: Found, meaning: Meaning) -> bool:
    """``لقضاء عطلة نهاية الأسبوع``, ``يشاهدونها خلال نهاية الأسبوع``: every one, where nothing is told of one."""
    view = context.view
    bare = meaning.season == "WE" and view.direction(one.last - 1) is None and one.last - one.first == _TWO_WORDS
    led = view.folded(one.first - 1).removeprefix("و") in words_of("weekend_cues")
    if not (bare and led) or context.looks_ahead:
        return False
    behind = range(one.last, min(len(view.tokens), one.last + _SATURDAY))
    told = told_of(view, one.first) or any(told_of(view, at + 1) for at in behind[-1:])
    return not told and not told_as_past(view, one.first) and not is_future(view, one.first, scheduled=True)


def _weekend_gone(context: Context, one: Found, meaning: Meaning) -> bool:
    """``نهاية الأسبوع`` without more is the weekend just gone, unless the clause looks ahead or it is running."""
    bare = meaning.season == "WE" and context.view.direction(one.last - 1) is None
    running = context.today is None or context.today.isoweekday() >= _SATURDAY
    pointed = any(context.view.folded(at) in _THIS for at in range(one.first, one.last))
    if one.first == 0 and bare and not pointed:
        # نهاية الأسبوع يحسم الأمر
        return False
    if bare and context.view.folded(one.first - 1) in _UP_TO:
        # حتى نهاية الأسبوع
        return False
    if bare and context.announced and context.view.text.sentence_at(one.start) == 0:
        # a headline over matches of the coming days
        return False
    return bare and not running and not pointed and not is_future(context.view, one.first, scheduled=True)


def _relative_year(context: Context, meaning: Meaning, unit: str, amount: float) -> Resolved:
    if context.year is None:
        return NOTHING
    if meaning.season == "SCHOOL" and context.today is not None:
        return anchored(context, school_year(context.today, amount, running=meaning.edge is None and not amount))
    if meaning.month is not None:
        now = hijri_of(context.today) if meaning.calendar == "hijri" and context.today else None
        # شهر صفر من هذا العام is of the Hijri year
        year = (now[0] if now else context.year) + int(amount)
        return replace(anchored(context, ""), value=date_value(replace(meaning, shift=None, year=year)))
    if unit == "century":
        return anchored(context, f"{context.year // 100 + int(amount):02d}")
    if unit == "decade" and abs(amount) <= 1:
        return anchored(context, f"{context.year // 10 + int(amount)}")
    value = shifted(date(context.year, 1, 1), unit, amount)
    return anchored(context, value) if value else NOTHING


def _relative_month(context: Context, meaning: Meaning, amount: float) -> Resolved:
    if context.year is None or context.month is None:
        return NOTHING
    months = context.year * 12 + context.month - 1 + round(amount)
    dated = replace(meaning, shift=None, year=months // 12, month=months % 12 + 1)
    if (islamic := _islamic_month(context, dated)) is not None:
        return anchored(context, islamic, 0.9)
    return replace(anchored(context, ""), value=date_value(dated))


def _islamic_month(context: Context, dated: Meaning) -> str | None:
    """``الخميس 28 من الشهر الجاري`` where only the Hijri month's 28th is a Thursday."""
    now = hijri_of(context.today) if context.today is not None and dated.weekday and dated.day else None
    if now is None or dated.year is None:
        return None
    this = day_of(dated.year, dated.month, dated.day or 1)
    if this is not None and this.isoweekday() == dated.weekday:
        return None
    days = from_hijri(now[0], now[1], dated.day)
    return days[0].isoformat() if days is not None and days[0].isoweekday() == dated.weekday else None


def _in_digits(context: Context, one: Found, day: int) -> bool:
    return any(context.view.digits(at) == day for at in range(one.first, one.last))


def _absolute(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """A date with its year."""
    if meaning.year is None:
        return None
    if meaning.weekday is not None and meaning.day is not None and _in_digits(context, one, meaning.day):
        # الاثنين 01 ديسمبر 2015, which was a Tuesday: the number holds
        meaning = replace(meaning, weekday=None)
    value = date_value(meaning)
    return Resolved(with_edge(context, value, meaning)) if value else NOTHING


def _unnamed_month(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``السبت السادس عشر``: the nearest sixteenth that is a Saturday."""
    if meaning.weekday is None or meaning.day is None:
        return None
    if context.today is None:
        return NOTHING
    near = (context.today + timedelta(step // 2 * (1 if step % 2 else -1)) for step in range(2 * _DAYS_AROUND))
    day = next((day for day in near if (day.day, day.isoweekday()) == (meaning.day, meaning.weekday)), None)
    return anchored(context, day.isoformat(), 0.8) if day else NOTHING


_RULES: tuple[Callable[[Context, Found, Meaning], Resolved | None], ...] = (
    _fixed, holiday_day, decade, century, season, _relative, _absolute, yearless, _unnamed_month, weekday_alone,
    of_passage,
)  # fmt: skip
