"""The second reading: what one who asks an assistant means, where a paper means something else.

All of it is off in news (see ``Reading``): a report of ``الثلاثاء`` tells what was, ``منتصف آذار`` no certain day.
"""

from __future__ import annotations

from datetime import date, timedelta

from khabar.times.calendar import month_end
from khabar.times.context import Context
from khabar.times.meaning import Meaning

_HALF_DAY = 12


def year_ahead(context: Context, meaning: Meaning) -> int | None:
    """``أكتوبر`` is the one that runs or the next to come."""
    if not context.looks_ahead or meaning.direction is not None or context.year is None or context.month is None:
        return None
    return context.year + ((meaning.month or 0) < context.month)


def with_edge(context: Context, value: str | None, meaning: Meaning) -> str | None:
    """``بداية مارس`` is its first day, ``منتصف`` the 15th, ``أوائل`` and ``أواخر`` its first and last ten days."""
    if value is None or not context.looks_ahead or meaning.edge is None or len(value) != len("2013-03"):
        return value
    if meaning.edge == "mid":
        return f"{value}-15"
    if meaning.edge == "start":
        return f"{value}-01"
    first = date.fromisoformat(f"{value}-01")
    last = month_end(first.year, first.month)
    if meaning.edge == "early":
        return f"{value}-01/{value}-10"
    return last.isoformat() if meaning.edge == "end" else f"{value}-21/{last.isoformat()}"


def next_hour(context: Context, value: str, meaning: Meaning) -> str:
    """``الساعة 3`` asked for at half past four in the morning is three in the afternoon."""
    day, _, clock = value.partition("T")
    if not context.looks_ahead or meaning.part or not context.hour or ":" not in clock or clock[:5] > context.hour:
        return value
    hour = int(clock[:2]) + _HALF_DAY
    if hour < 2 * _HALF_DAY and f"{hour:02d}{clock[2:5]}" > context.hour:
        return f"{day}T{hour:02d}{clock[2:]}"
    return f"{(date.fromisoformat(day) + timedelta(1)).isoformat()}T{clock}"
