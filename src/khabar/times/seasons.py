"""Which year's feast, season, quarter or half is meant."""

from __future__ import annotations

from datetime import date, timedelta

from khabar.times.calendar import holiday_in, interval
from khabar.times.context import NOTHING, Context, Resolved, anchored
from khabar.times.meaning import Found, Meaning
from khabar.times.tense import is_future
from khabar.times.words import words_of


def holiday_day(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    if meaning.holiday is None:
        return None
    later = timedelta(meaning.nth[1] - 1 if meaning.nth else 0)
    if meaning.year is not None:
        day = holiday_in(meaning.holiday, meaning.year)
        return Resolved((day + later).isoformat()) if day else NOTHING
    if context.today is None:
        return NOTHING
    today = context.today
    if meaning.shift is not None:
        told = holiday_in(meaning.holiday, today.year + int(meaning.shift[1]))
        return anchored(context, (told + later).isoformat()) if told else NOTHING
    days = [holiday_in(meaning.holiday, today.year + step) for step in (-1, 0, 1)]
    if context.looks_ahead:
        days = [day for day in days if day and day >= today]
    nearest = min((day for day in days if day), key=lambda day: abs((day - today).days), default=None)
    return anchored(context, (nearest + later).isoformat()) if nearest else NOTHING


def season(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    if meaning.season in (None, "SCHOOL", "WE"):
        return None
    if meaning.year is not None:
        return Resolved(f"{meaning.year}-{meaning.season}")
    if context.year is None:
        return NOTHING
    if meaning.season == "Q":
        quarters = context.year * 4 + ((context.month or 1) - 1) // 3 + (meaning.direction or 0)
        return anchored(context, f"{quarters // 4}-Q{quarters % 4 + 1}") if context.month else NOTHING
    if one.rule == "division-alone":
        told = context.divisions.get(str(meaning.season))
        led = context.view.folded(one.first - 1) == "من" and context.view.folded(one.first - 2) in words_of(
            "effect_cues"
        )
        if told is None and led and is_future(context.view, one.first):
            return anchored(context, _nearest_season(context, str(meaning.season), 1))
        return Resolved(told, "passage", told) if told else anchored(context, _last_over(context, str(meaning.season)))
    if meaning.shift is not None:
        return anchored(context, f"{context.year + int(meaning.shift[1])}-{meaning.season}")
    return anchored(context, _nearest_season(context, str(meaning.season), meaning.direction or 0))


def _last_over(context: Context, season: str) -> str:
    """A quarter that a report names without its year is the last one that is over."""
    return _nearest_season(context, season, -1)


def _nearest_season(context: Context, season: str, direction: int) -> str:
    """``الصيف الماضي`` is the last summer that is over, ``المقبل`` the next that has not begun."""
    year = context.year or 0
    now = context.today or date(year, context.month or 7, 1)
    values = [f"{year + step}-{season}" for step in (-2, -1, 0, 1, 2)]
    spans = [(value, days) for value in values if (days := interval(value))]
    if direction < 0:
        return [value for value, days in spans if days[1] < now][-1]
    if direction > 0:
        return next(value for value, days in spans if days[0] > now)
    return min(spans, key=lambda pair: abs((pair[1][0] - now).days + 45))[0]
