"""Decades and centuries, of either calendar."""

from __future__ import annotations

from khabar.times.context import NOTHING, Context, Resolved, anchored
from khabar.times.meaning import Found, Meaning
from khabar.times.values import hijri_years

_HIJRI_CENTURY = 1300
"""A Hijri decade without its century is of the fourteenth, as a Gregorian one is of the twentieth."""


def decade(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``تسعينيات القرن الماضي`` is 199; a decade alone is of the last century."""
    if meaning.decade is None:
        return None
    if meaning.calendar == "hijri":
        return Resolved(hijri_years(_HIJRI_CENTURY + 10 * meaning.decade, 10), score=0.8)
    if meaning.century is not None:
        return Resolved(f"{meaning.century - 1}{meaning.decade}")
    if meaning.shift is None:
        return Resolved(f"19{meaning.decade}", score=0.8)
    if context.year is None:
        return NOTHING
    return anchored(context, f"{context.year // 100 + int(meaning.shift[1])}{meaning.decade}")


def century(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``القرن التاسع عشر`` is 18."""
    if meaning.century is None:
        return None
    if meaning.calendar == "hijri":
        return Resolved(hijri_years(100 * (meaning.century - 1) + 1, 100))
    return Resolved(f"{meaning.century - 1:02d}")
