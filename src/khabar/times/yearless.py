"""Which year ``26 مارس`` is of: said by ``الماضي``, told by the passage, else the nearest such date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from khabar.times.assistant import with_edge, year_ahead
from khabar.times.calendar import from_hijri, hijri_of
from khabar.times.context import NOTHING, Context, Resolved, anchored
from khabar.times.meaning import Found, Meaning
from khabar.times.tense import is_future, is_wished, told_as_past
from khabar.times.values import date_value, day_of
from khabar.times.words import words_as, words_of

_FRESH = 31
"""Days within which a date is rather of this year, although the passage speaks of the last."""
_NEAR_AHEAD = 90
"""Days ahead within which ``17 سبتمبر`` without a year or a tense is taken for the coming one."""
_MONTHS_AHEAD = 3
_NARRATION = 4
"""Sentences over which a told year holds for the months behind it."""
_YEAR, _AWAY = 12, 2
"""Months."""
_SINCE, _SINCE_WITHIN = frozenset({"منذ", "مند", "ومنذ"}), 3
_STANDS, _STOOD_WITHIN = ("ترشح", "مرشح", "الترشح", "المرشح"), 6
_ATTACKS, _ATTACKED = (9, 11), 2001
_LISTED_WITHIN, _LISTED_APART = 1, 45
"""Sentences and days between two days of one list."""
_JUST_GONE = 9
"""Months ahead from which a month without ``المقبل`` is rather the one just gone, whatever its clause announces."""


def yearless(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``26 مارس``, ``أكتوبر الماضي``: the year from ``الماضي``, the passage, or the nearest such date."""
    if meaning.month is None:
        return None
    if meaning.direction not in (None, -1, 0, 1):
        # السبت بعد المقبل 15 أغسطس: the weekday's word
        meaning = replace(meaning, direction=None)
    if _in_digits(context, one) and (_islamic_day(context, meaning) or _islamic_since(context, one, meaning)):
        meaning = replace(meaning, calendar="hijri")
    if meaning.calendar == "hijri":
        return _yearless_hijri(context, one, meaning)
    inherited = _passage_year(context, one, meaning)
    if inherited is not None:
        anchor = f"{context.passage_year}-{context.passage_month:02d}"
        return Resolved(date_value(replace(meaning, year=inherited)), "passage", anchor, 0.8)
    if context.year is None:
        return NOTHING
    view = context.view
    ahead = is_future(view, one.first, scheduled=True) or is_wished(view, one.first)
    ahead = ahead and not told_as_past(view, one.first)
    ahead = (ahead or _stood_for(context, one)) and not _since(context, one)
    future = meaning.direction is None and (ahead or _delivered(context, one))
    if (famous := _famous(context, one, meaning)) is not None:
        return famous
    year = _fitting_year(context, meaning) or year_ahead(context, meaning) or _effective(context, one, meaning)
    year = year or _told_year(context, meaning) or _next_in_list(context, one, meaning)
    near = 0 if told_as_past(context.view, one.first) else _NEAR_AHEAD
    year = year or _year_for(context, meaning, future=future, near=near)
    value = date_value(replace(meaning, year=year))
    return replace(anchored(context, "", 0.9), value=with_edge(context, value, meaning))


def _since(context: Context, one: Found) -> bool:
    """``منذ تعيينه في مارس``: what it dates lies behind."""
    return any(context.view.folded(at) in _SINCE for at in range(max(0, one.first - _SINCE_WITHIN), one.first))


def _stood_for(context: Context, one: Found) -> bool:
    """``أعلن ترشحه لانتخابات 26 شباط``: an election that has its candidates is still to come."""
    view = context.view
    if not view.folded(one.first - 1).endswith("انتخابات"):
        return False
    before = (view.folded(at) for at in range(max(0, one.first - _STOOD_WITHIN), one.first))
    return any(word.lstrip("ولب").startswith(_STANDS) for word in before)


def _famous(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``هجمات الحادي عشر من أيلول/سبتمبر``, ``11 سبتمبر الشهير``: the day of 2001."""
    if (meaning.month, meaning.day) != _ATTACKS or meaning.direction is not None:
        return None
    view = context.view
    before = {view.folded(at) for at in range(max(0, one.first - 2), one.first)}
    if not (before & words_as("attack_words", "before") or view.folded(one.last) in words_as("attack_words", "behind")):
        return None
    return Resolved(date_value(replace(meaning, year=_ATTACKED)))


def _passage_year(context: Context, one: Found, meaning: Meaning) -> int | None:
    """A month right after a dated one: ``في أوت 2011 ... وبحلول سبتمبر``."""
    gap = context.view.text.sentence_at(one.start) - context.passage_sentence
    near = gap <= context.passage_reach or (gap <= _NARRATION and _still_narrated(context, meaning))
    if _delivered(context, one):
        return None
    if meaning.weekday is not None and meaning.day is not None:
        # يوم الأحد 5 مارس: the calendar says which year
        told = day_of(context.passage_year or 1, meaning.month, meaning.day) if near else None
        fits = told is not None and told.isoweekday() == meaning.weekday
        return context.passage_year if fits and meaning.direction is None else None
    if meaning.direction is not None or context.passage_year is None or context.passage_month is None or not near:
        return None
    if context.passage_year == context.year:
        return None
    if context.year is not None and context.passage_year > context.year:
        # انتخابات فبراير 2016 ... أعلن ترشحه في 30 مايو
        return None
    if _just_gone(context, meaning):
        # يوليو 2014 ... حتى 31 يوليو: the year before stood there to compare with
        return None
    ahead = (meaning.month or 0) >= context.passage_month
    return context.passage_year if ahead else None


def _still_narrated(context: Context, meaning: Meaning) -> bool:
    """``في 17 مارس أجاز المجلس`` some sentences below ``فبراير 2011``: nothing has led back to the report's own day.

    A date near the report is rather of its own year.
    """
    if context.passage_broken or context.passage_reach != 1 or context.today is None or context.passage_year is None:
        return False
    if context.passage_year >= context.today.year or meaning.month is None:
        return False
    apart = (meaning.month - context.today.month) % _YEAR
    return _AWAY <= apart <= _YEAR - _AWAY


def _delivered(context: Context, one: Found) -> bool:
    """``العقود الآجلة تسليم ديسمبر``: a month to come, whatever the sentence compares it with."""
    return context.view.folded(one.first - 1) in words_as("trade_words", "delivery")


def _just_gone(context: Context, meaning: Meaning) -> bool:
    if context.today is None or context.passage_year != context.today.year - 1 or meaning.day is None:
        return False
    day = day_of(context.today.year, meaning.month, meaning.day)
    return day is not None and 0 <= (context.today - day).days <= _FRESH


def _year_for(context: Context, meaning: Meaning, *, future: bool, near: int = _NEAR_AHEAD) -> int:
    year, month = context.year or 0, context.month
    if month is None or meaning.month is None:
        return year
    if context.today is not None and meaning.day is not None:
        return _year_of_day(context.today, meaning, future=future, near=near)
    ahead = (meaning.month - month) % 12
    if meaning.direction == 0:
        return year
    future = future and ahead < _JUST_GONE
    if meaning.direction == 1 or (meaning.direction is None and (future or ahead <= _MONTHS_AHEAD)):
        return year + (meaning.month < month or (meaning.month == month and meaning.direction == 1))
    return year - (meaning.month > month or (meaning.month == month and meaning.direction == -1))


def _year_of_day(today: date, meaning: Meaning, *, future: bool, near: int) -> int:
    """The year in which the day is the last one gone, or the next one to come."""
    month, day = meaning.month or 1, min(meaning.day or 1, 28)
    this = date(today.year, month, day)
    if meaning.direction == 0:
        return today.year
    coming = this if this >= today else date(today.year + 1, month, day)
    future = future and (coming - today).days < 30 * _JUST_GONE
    gone = this if this <= today else date(today.year - 1, month, day)
    if meaning.direction == 1 or (
        meaning.direction is None and (future or (coming - today).days <= near < (today - gone).days)
    ):
        return coming.year
    return gone.year


def _fitting_year(context: Context, meaning: Meaning) -> int | None:
    """``الخميس 15 أغسطس``: the year near the report's in which that day is a Thursday."""
    if meaning.weekday is None or meaning.day is None or meaning.direction is not None or context.year is None:
        return None
    near = (context.year, context.year - 1, context.year + 1)
    days = [day for year in near if (day := day_of(year, meaning.month, meaning.day))]
    return next((day.year for day in days if day.isoweekday() == meaning.weekday), None)


def _told_year(context: Context, meaning: Meaning) -> int | None:
    """``انتخابات فبراير`` where the text elsewhere says ``فبراير المقبل``."""
    return context.months_told.get((meaning.month or 0, meaning.day)) if meaning.direction is None else None


def _next_in_list(context: Context, one: Found, meaning: Meaning) -> int | None:
    """``الجولة الأخيرة: 21 ماي. المباراة النهائية: 3 جوان``: right behind a day ahead, a little later."""
    planned, sentence = context.planned
    if planned is None or meaning.day is None or meaning.direction is not None or told_as_past(context.view, one.first):
        return None
    if context.view.text.sentence_at(one.start) - sentence > _LISTED_WITHIN:
        return None
    days = [day_of(planned.year + step, meaning.month, meaning.day) for step in (0, 1)]
    return next((day.year for day in days if day is not None and 0 <= (day - planned).days <= _LISTED_APART), None)


def _effective(context: Context, one: Found, meaning: Meaning) -> int | None:
    """``اعتبارا من 30 نوفمبر``, ``قبل نهاية يونيو``: as often ahead as behind, so the nearest."""
    before = (context.view.folded(one.first - 2), context.view.folded(one.first - 1))
    led = before[1] == "من" and before[0] in words_of("effect_cues")
    if not (led or before[1].removeprefix("و") == "قبل") or meaning.direction is not None:
        return None
    if context.today is None:
        return None
    today = context.today
    days = [day_of(today.year + step, meaning.month, meaning.day or 15) for step in (-1, 0, 1)]
    return min((day for day in days if day), key=lambda day: abs((day - today).days)).year


def _in_digits(context: Context, one: Found) -> bool:
    return context.view.folded(one.last - 2) in ("/", "-") and context.view.digits(one.last - 1) is not None


def _islamic_since(context: Context, one: Found, meaning: Meaning) -> bool:
    """``منذ يوم 6-10`` in August: only the Hijri one lies behind."""
    now = hijri_of(context.today) if context.today is not None and _since(context, one) else None
    if now is None or context.today is None or meaning.day is None or meaning.month is None or meaning.weekday:
        return False
    this = day_of(context.today.year, meaning.month, meaning.day)
    days = from_hijri(now[0], meaning.month, meaning.day)
    if this is None or days is None or this <= context.today:
        return False
    return 0 <= (context.today - days[0]).days <= _NEAR_AHEAD


def _islamic_day(context: Context, meaning: Meaning) -> bool:
    """``الأحد 17/10`` where only the Hijri 17/10 near the report is a Sunday."""
    if context.today is None or meaning.weekday is None or meaning.day is None or meaning.month is None:
        return False
    this = day_of(context.today.year, meaning.month, meaning.day)
    now = hijri_of(context.today)
    days = from_hijri(now[0], meaning.month, meaning.day) if now is not None else None
    if days is None or (this is not None and this.isoweekday() == meaning.weekday):
        return False
    return days[0].isoweekday() == meaning.weekday and abs((days[0] - context.today).days) <= _NEAR_AHEAD


def _yearless_hijri(context: Context, one: Found, meaning: Meaning) -> Resolved:
    now = hijri_of(context.today) if context.today else None
    if now is None or context.today is None:
        return NOTHING
    years = [now[0] + step for step in (-1, 0, 1)]
    days = [(year, span) for year in years if (span := from_hijri(year, meaning.month, meaning.day))]
    today = context.today
    since = context.view.folded(one.first - 1).endswith("منذ")
    if since and meaning.direction is None:
        days = [pair for pair in days if pair[1][0] <= today][-1:]
    elif meaning.direction == -1:
        days = [pair for pair in days if pair[1][1] < today][-1:]
    elif meaning.direction == 1:
        days = [pair for pair in days if pair[1][0] > today][:1]
    nearest = min(days, key=lambda pair: abs((pair[1][0] - today).days), default=None)
    return replace(anchored(context, ""), value=date_value(replace(meaning, year=nearest[0]))) if nearest else NOTHING
