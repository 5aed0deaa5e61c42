"""Ages without their unit: ``في الثالثة والعشرين``, ``شاب في 18 من العمر``."""

from __future__ import annotations

from functools import cache

from khabar.lexicon import forms
from khabar.text import fold
from khabar.times.meaning import Found, Length
from khabar.times.words import View, words_as

_OLDEST, _HOURS = 120, 12


def age(view: View, index: int) -> Found | None:
    """``طالب في الثانية والعشرين``, ``ابن الرابعة عشرة``, ``شاب في 18 من العمر``: so many years."""
    before, number = view.folded(index - 1).removeprefix("و"), view.digits(index)
    if number is not None and before == "في" and view.folded(index + 1) == "من" and number < _OLDEST:
        told = view.folded(index + 2) in words_as("age_words", "age")
        token = view.tokens[index]
        return Found(index, index + 1, token.start, token.end, Length(number, "year"), "age", 0.8) if told else None
    nth = view.ordinal(index)
    if nth is None or nth.prefix or not view.folded(index).startswith("ال"):
        return None
    ten = _tens().get(view.folded(nth.last), 0) if nth.value < 10 else 0
    years, last = nth.value + ten, nth.last + (ten > 0)
    if years < _HOURS and before not in ("سن", "بسن"):
        return None
    feminine = view.folded(nth.first).endswith("ه") or view.folded(nth.first) == "الحاديه"
    aged = before != "عن" or view.folded(index - 2).startswith(("اعمار", "عمر"))
    led = (before in words_as("age_words", "lead") and aged) or (
        before in ("في", "بلغ") and _of_person(view, index - 2)
    )
    of_age = view.folded(last) == "من" and view.folded(last + 1) in words_as("age_words", "age")
    if not (led and feminine) and not of_age:
        return None
    return Found(index, last, nth.start, view.tokens[last - 1].end, Length(years, "year"), "age", 0.8)


@cache
def _tens() -> dict[str, int]:
    """``والأربعين`` behind ``التاسعة``, by value."""
    rows = (row for row in forms("numbers") if row[1]["class"] == "ten")
    return {"وال" + fold(form): int(row["value"]) for form, row in rows}


def _of_person(view: View, index: int) -> bool:
    """``فتاة في الثالثة عشرة``, ``أحدهما في الثانية والعشرين``."""
    return view.folded(index).removeprefix("و") in words_as("age_words", "person")
