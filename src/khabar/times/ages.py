"""Ages without their unit: ``في الثالثة والعشرين``, ``شاب في 18 من العمر``."""

from __future__ import annotations

from khabar.times.meaning import Found, Length
from khabar.times.words import View, words_of

_OLDEST, _HOURS = 120, 12


def age(view: View, index: int) -> Found | None:
    """``طالب في الثانية والعشرين``, ``ابن الرابعة عشرة``, ``شاب في 18 من العمر``: so many years."""
    before, number = view.folded(index - 1).removeprefix("و"), view.digits(index)
    if number is not None and before == "في" and view.folded(index + 1) == "من" and number < _OLDEST:
        told = view.folded(index + 2) in words_of("ages")
        token = view.tokens[index]
        return Found(index, index + 1, token.start, token.end, Length(number, "year"), "age", 0.8) if told else None
    nth = view.ordinal(index)
    if nth is None or nth.prefix or nth.value < _HOURS or not view.folded(index).startswith("ال"):
        return None
    feminine = view.folded(nth.first).endswith("ه") or view.folded(nth.first) == "الحاديه"
    aged = before != "عن" or view.folded(index - 2).startswith(("اعمار", "عمر"))
    led = (before in words_of("age_leads") and aged) or (before in ("في", "بلغ") and _of_person(view, index - 2))
    of_age = view.folded(nth.last) == "من" and view.folded(nth.last + 1) in words_of("ages")
    if not (led and feminine) and not of_age:
        return None
    return Found(index, nth.last, nth.start, nth.end, Length(nth.value, "year"), "age", 0.8)


def _of_person(view: View, index: int) -> bool:
    """``فتاة في الثالثة عشرة``, ``أحدهما في الثانية والعشرين``."""
    return view.folded(index).removeprefix("و") in words_of("young_persons")
