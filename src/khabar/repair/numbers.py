"""Digits in the wrong order or of two scripts in one number."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from khabar.lexicon import forms
from khabar.model import Edit
from khabar.repair.words import oddities
from khabar.text import fold

_SETS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
_ASCII = {digit: str(value) for digits in _SETS for value, digit in enumerate(digits)}
_SET_OF = {digit: digits for digits in _SETS for digit in digits}
_DIGITS = "".join(_SETS)
_OTHER_DIGIT = re.compile("[٠-٩۰-۹]")
_MIXED = re.compile(
    rf"(?<![{_DIGITS}])(?=[{_DIGITS}]*(?:[0-9][٠-٩۰-۹]|[٠-٩][0-9۰-۹]|[۰-۹][0-9٠-٩]))[{_DIGITS}]+",
)


def mixed_digits(text: str) -> tuple[Edit, ...]:
    """Digits of two scripts inside one number: those that are fewer are changed.

    >>> from khabar.repair.plan import apply_edits
    >>> apply_edits("عام ٢٠2٣ و2023", mixed_digits("عام ٢٠2٣ و2023"))
    'عام ٢٠٢٣ و2023'
    """
    if not _OTHER_DIGIT.search(oddities(text)):
        return ()
    found = list(_MIXED.finditer(text))
    if not found:
        return ()
    everywhere = Counter(_SET_OF[sign] for sign in text if sign in _SET_OF)
    return tuple(edit for number in found for edit in _one_set(number, everywhere))


def _one_set(number: re.Match[str], everywhere: Counter[str]) -> list[Edit]:
    here = Counter(_SET_OF[digit] for digit in number.group())
    most = max(_SETS, key=lambda digits: (here[digits], everywhere[digits]))
    changed = [(at, digit) for at, digit in enumerate(number.group(), number.start()) if digit not in most]
    return [Edit(at, at + 1, most[int(_ASCII[digit])]) for at, digit in changed]


_ZEROS = "0٠۰"
_FIRST_YEAR, _LAST_YEAR = 1900, 2050
_YEAR = re.compile(
    rf"(?<!\w)(?P<head>\w++)(?P<gap>[ \u00a0]+)(?P<year>[{_DIGITS}]{{4}})(?![{_DIGITS}]|[.,/٫٬-][{_DIGITS}])"
)
_DAY = re.compile(rf"(?<![{_DIGITS}.,/٫٬:-])(?P<day>[{_DIGITS}]{{2}}) (?:من )?(?P<month>\w{{3,}})")
_NEXT_WORD = re.compile(r"\s*(?:من )?(?P<word>\w+)")
_LAST_DAY = 31
_SHORT, _LONG = 3, 6
"""Digits: lists write ``02``, and a telephone number has more."""
_RUN = re.compile(f"[{_DIGITS}]{{2,}}")
_ENDS_TURNED = frozenset({"02", "91", "٠٢", "٩١", "۰۲", "۹۱"})
_NUMBER = re.compile(rf"[{_DIGITS}]+(?:[.,:/٫٬-][{_DIGITS}]+)*")
_YEAR_SCORE, _OTHER_SCORE = 0.9, 0.7
_SURE = 2


def _may_be_turned(text: str, run: re.Match[str]) -> bool:
    """Might a run of digits be a year, a day or another number back to front?"""
    digits = run.group()
    if len(digits) == 4 and digits[2:] in _ENDS_TURNED:
        return True
    if digits[0] in _ZEROS and _SHORT <= len(digits) < _LONG:
        return True
    return _is_no_day(digits[-2:]) and text[run.end() : run.end() + 1] == " "


def reversed_digits(text: str) -> tuple[Edit, ...]:
    """Numbers whose digits stand in reverse, which years and days give away: ``عام 3202``, ``41 فبراير``.

    Where several do and no year stands right, every number of the text is turned round, else those alone.

    >>> from khabar.repair.plan import apply_edits
    >>> apply_edits("منذ عام 3202", reversed_digits("منذ عام 3202"))
    'منذ عام 2023'
    """
    if not any(_may_be_turned(text, run) for run in _RUN.finditer(text)):
        return ()
    years = [found for found in _YEAR.finditer(text) if _comes_before_year(found["head"])]
    if any(is_year(found["year"]) for found in years):
        return ()
    turned = [found for found in years if is_year(found["year"][::-1])]
    days = [found for found in _DAY.finditer(text) if _is_no_day(found["day"]) and fold(found["month"]) in _months()]
    zeros = _zeros_in_front(text)
    if not days and not zeros and not any(_is_no_year(found["year"]) for found in turned):
        return ()
    if len(turned) + len(days) + zeros >= _SURE:
        numbers = (found for found in _NUMBER.finditer(text) if found.group() != found.group()[::-1])
        return tuple(_turned(found.start(), found.group(), _OTHER_SCORE) for found in numbers)
    return tuple(_turned(found.start("year"), found["year"], _YEAR_SCORE) for found in turned)


def _zeros_in_front(text: str) -> int:
    """Numbers that begin with a zero, in a text in which none ends with one: ``قتل 051 شخصا``."""
    numbers = [
        found for found in _NUMBER.finditer(text) if _SHORT <= len(found.group()) < _LONG and found.group().isdigit()
    ]
    if any(found.group()[-1] in _ZEROS for found in numbers):
        return 0
    front = (found for found in numbers if found.group()[0] in _ZEROS)
    return sum(1 for found in front if not _comes_before_month(text, found.end()))


def _comes_before_month(text: str, at: int) -> bool:
    after = _NEXT_WORD.match(text, at)
    return after is not None and fold(after["word"]) in _months()


def _is_no_day(digits: str) -> bool:
    return int(digits) > _LAST_DAY >= int(digits[::-1]) > 0


def _is_no_year(digits: str) -> bool:
    """Not of our time, nor of the Hijri calendar, nor of history."""
    return int(digits) > _LAST_YEAR or digits[0] in _ZEROS


def _turned(at: int, number: str, score: float) -> Edit:
    return Edit(at, at + len(number), number[::-1], score)


def is_year(digits: str) -> bool:
    """Are four digits of any script a year that news speaks of?

    >>> is_year("2023"), is_year("٢٠٢٣"), is_year("3202")
    (True, True, False)
    """
    return len(digits) == 4 and _FIRST_YEAR <= int(digits) <= _LAST_YEAR


def _comes_before_year(word: str) -> bool:
    folded = fold(word)
    return any(head in _heads() for head in (folded, folded[1:], folded.removeprefix("ال"), folded[3:]))


@cache
def _heads() -> frozenset[str]:
    """``عام``, ``سنة``, and the months, behind which a year stands."""
    return _months() | {fold(form).split()[-1] for form, _ in forms("year_heads")}


@cache
def _months() -> frozenset[str]:
    return frozenset(fold(form).split()[0] for form, _ in forms("months"))
