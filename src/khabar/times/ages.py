"""Ages without their unit: ``في الثالثة والعشرين``, ``شاب في 18 من العمر``."""

from __future__ import annotations

from functools import cache

from khabar.lexicon import forms
from khabar.text import fold
from khabar.times.meaning import Found, Length
from khabar.times.words import View, words_as

_OLDEST, _HOURS, _YOUNGEST = 120, 12, 3


def age(view: View, index: int) -> Found | None:
    """``طالب في الثانية والعشرين``, ``ابن الرابعة عشرة``, ``شاب في 18 من العمر``: so many years."""
    before, number = view.folded(index - 1).removeprefix("و"), view.digits(index)
    if number is not None and before == "في" and view.folded(index + 1) == "من" and number < _OLDEST:
        told = view.folded(index + 2) in words_as("age_words", "age")
        token = view.tokens[index]
        return Found(index, index + 1, token.start, token.end, Length(number, "year"), "age", 0.8) if told else None
    if (rounded := _round_age(view, index)) is not None:
        return rounded
    if number is not None and before in ("سن", "بسن") and _YOUNGEST <= number < _OLDEST:
        # الرجال فوق سن 50
        token = view.tokens[index]
        found = Found(index, index + 1, token.start, token.end, Length(number, "year"), "age", 0.8)
        return None if _unit_behind(view, index) else found
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


def _unit_behind(view: View, index: int) -> bool:
    """``سن 50 سنة``, ``سن 12-17 عاما``, ``سن 18 إلى 25``: the rules for lengths take it with its unit."""
    behind = view.folded(index + 1)
    return view.word_in(index + 1, "time_units") is not None or behind in ("-", "/", "–", "الي", "حتي", "و", "او")


def _round_age(view: View, index: int) -> Found | None:
    """``بعد الخمسين من العمر``, ``تجاوزت الأربعين من عمرها``."""
    years = _tens().get("و" + view.folded(index), 0)
    of_age = view.folded(index + 1) == "من" and view.folded(index + 2) in words_as("age_words", "age")
    if not years or not of_age:
        return None
    token = view.tokens[index]
    return Found(index, index + 1, token.start, token.end, Length(years, "year"), "age", 0.8)


@cache
def _tens() -> dict[str, int]:
    """``والأربعين`` behind ``التاسعة``, by value."""
    rows = (row for row in forms("numbers") if row[1]["class"] == "ten")
    return {"وال" + fold(form): int(row["value"]) for form, row in rows}


def _of_person(view: View, index: int) -> bool:
    """``فتاة في الثالثة عشرة``, ``أحدهما في الثانية والعشرين``."""
    return view.folded(index).removeprefix("و") in words_as("age_words", "person")
