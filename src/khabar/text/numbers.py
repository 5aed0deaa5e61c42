"""Numbers in text: digits of every set with their marks, and number words up to the trillions.

Number words are read compositionally: a group below a thousand (``خمسمئة وثلاثة وعشرين``), then an
optional scale (``ألف``, ``مليون``), then smaller groups joined by ``و``.  Gender, case and the older spellings
(``مائة``) are forms of one table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from khabar.lexicon import forms
from khabar.text.digit_marks import (
    agency_decimal,
    all_thousands,
    arabic_comma,
    digits_follow,
    one_mark,
    scale_repeated,
    spaced_thousands,
    spoken_comma,
    thousands,
    torn_point,
    turned_thousands,
)
from khabar.text.fold import fold
from khabar.text.phrases import Match, Phrases
from khabar.text.tokens import Token, Tokenized

_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*\Z")
_LONGEST = 15
"""Characters; a longer row of digits is an identifier, and no float holds it exactly."""
_LEAST_REST = 1000
_TEN, _HUNDRED, _THOUSANDS = 10, 100, (1000, 2000)
_PLACES, _LARGE = 6, 1e8
"""68.18 thousand millions are no 68180000000.00001."""
ARTICLES = frozenset({"ال", "وال", "بال", "لل", "ولل", "فال", "كال"})
_TANWIN_UNITS = {"ثلاثا": 3.0, "اربعا": 4.0, "خمسا": 5.0, "ستا": 6.0, "سبعا": 7.0, "ثمانيا": 8.0, "تسعا": 9.0}
_HALVES = {"ونصف": 0.5, "ونصفا": 0.5, "وربع": 0.25, "والنصف": 0.5}
_FRACTION_OF = {"نصف": 0.5, "ربع": 0.25, "النصف": 0.5}
_TO_FRACTIONS = ("", "ب", "ل", "وب", "ول")
_COMMAS = frozenset({"فاصل", "فاصله"})
_AFTER = {
    "unit": ("ten",),
    "hundred": ("unit", "teen", "ten", "digits"),
    "scale": ("unit", "teen", "ten", "hundred", "digits"),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number expression: tokens `first` to `last` (left out), characters `start` to `end`, its value.

    `prefix` holds the clitics before `start`; `definite` is True under the article (``الثلاثة``, ``الـ24``);
    `digits` is True where no word takes part.
    """

    first: int
    last: int
    start: int
    end: int
    value: float
    prefix: str
    definite: bool
    digits: bool


@dataclass(frozen=True, slots=True)
class _Term:
    """One word of a number: its value, its class, the token after it."""

    value: float
    group: str
    last: int
    start: int
    prefix: str
    definite: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    value: float
    group: str
    definite: bool


@cache
def _words() -> Phrases[_Entry]:
    entries: list[tuple[str, _Entry]] = []
    for form, row in forms("numbers"):
        value, group = float(row["value"]), row["class"]
        entries.append((form, _Entry(value, group, False)))
        if value != 2:
            # الاثنين under the article is Monday
            entries.append(("ال" + form, _Entry(value, group, True)))
    return Phrases(entries)


@cache
def _first_words() -> frozenset[str]:
    bare = {fold(form).split()[0] for form, _ in forms("numbers")}
    return frozenset(bare | {"ال" + word for word in bare} | set(_FRACTION_OF) | set(_TANWIN_UNITS))


@lru_cache(maxsize=100_000)
def may_be_number_word(folded: str) -> bool:
    """Can a number word begin in this folded word?  Cheap, and never wrong when it says no."""
    first = _first_words()
    return any(folded[cut:] in first for cut in range(min(3, len(folded)))) or folded.startswith(("لل", "ولل"))


def digits_value(text: str, *, scaled: bool = False) -> float | None:
    """The value of a token of digits, or None where it is no plain number (``20:30``, ``10.5.2017``).

    A mark before exactly three digits sets off thousands, any other is a decimal one; before a scale word
    (`scaled`) a single full stop is always decimal.

    >>> [digits_value(token) for token in ("1,200", "5.400", "2.5", "٣٥٠", "20:30", "1,234.5")]
    [1200.0, 5400.0, 2.5, 350.0, None, 1234.5]
    """
    folded = fold(text).replace("٫", ".").replace("٬", ",")
    if len(folded) > _LONGEST or not _DIGITS.match(folded):
        return None
    marks = [character for character in folded if character in ".,"]
    if not marks:
        return float(folded)
    groups = folded.replace(",", ".").split(".")
    if len(marks) == 1:
        return one_mark(groups, scaled=scaled and marks[0] == ".")
    if len(set(marks[:-1])) == 1 and marks[-1] != marks[0]:
        return float("".join(groups[:-1]) + "." + groups[-1])
    return float("".join(groups)) if all(len(group) == 3 for group in groups[1:]) else None


def read_number(text: Tokenized, index: int) -> Number | None:
    """The number that begins in token `index`, or None.

    >>> from khabar.text import tokenize
    >>> [read_number(tokenize(words), 0).value for words in ("ثلاثة آلاف وخمسمئة", "خمسة وعشرين ألفا", "2.5 مليار")]
    [3500.0, 25000.0, 2500000000.0]
    """
    token = text.tokens[index]
    if token.kind == "mark":
        return None
    if token.kind == "word" and not may_be_number_word(token.folded) and token.folded not in ARTICLES:
        return None
    first = _fraction(text, index) or _term(text, index)
    return None if first is None else _composed(text, index, _spoken_decimal(text, first))


def _composed(text: Tokenized, index: int, first: _Term) -> Number:
    total, group, limit = 0.0, first.value, float("inf")
    last, kind, digits = first.last, first.group, first.group == "digits"
    while True:
        scale = None if kind == "scale" else _scale(text, last, limit)
        if scale is not None:
            repeats = digits and group >= scale.value and scale_repeated(text, last)
            written = text.tokens[last - 1].folded
            if digits and (plain := all_thousands(written, group * scale.value)) is not None:
                group, repeats = plain, True
            group, last, kind, limit = group * (1 if repeats else scale.value), scale.last, "scale", scale.value
            digits = False
            total, group, last = _half(text, last, total + group, limit)
            continue
        if kind in ("scale", "dual") and group:
            limit = min(limit, group)
            half_of = limit / 2 if kind == "dual" else limit
            kind = "scale"
            total, group, last = _half(text, last, total + group, half_of)
        greater = _scale(text, last, float("inf")) if kind == "scale" and limit in _THOUSANDS else None
        if greater is not None and greater.value > limit:
            # ألف مليون, 3 آلاف مليون
            total, group, last, limit = (total + group) * greater.value, 0.0, greater.last, greater.value
            continue
        # بين عشرة وخمسين: ten is no unit that a ten could follow
        term = None if kind == "unit" and group == _TEN else _joined(text, last, kind, limit)
        if term is None:
            break
        group, last, kind, digits = group + term.value, term.last, term.group, False
    value = round(total + group, _PLACES if total + group < _LARGE else 0)
    return Number(index, last, first.start, text.tokens[last - 1].end, value, first.prefix, first.definite, digits)


def _half(text: Tokenized, last: int, value: float, scale: float) -> tuple[float, float, int]:
    """``ثلاثة ملايين ونصف المليون``: the half belongs to the scale."""
    if last >= len(text.tokens) or text.tokens[last].folded not in _HALVES:
        return value, 0.0, last
    share = _HALVES[text.tokens[last].folded]
    again = _words().at(text, last + 1, clitics=False) if last + 1 < len(text.tokens) else None
    if again is not None and again.value.group == "scale" and again.value.value == scale:
        return value + share * scale, 0.0, again.last
    return value + share * scale, 0.0, last + 1


def _term(text: Tokenized, index: int) -> _Term | None:
    """The first or only word of a number at token `index`."""
    token = text.tokens[index]
    if token.kind == "number":
        return _digit_term(text, index, token.start, "", definite=False)
    if token.folded in ARTICLES and digits_follow(text, index):
        prefix = token.folded.removesuffix("ال").removesuffix("لل")
        return _digit_term(text, index + 1, token.start + len(prefix), prefix, definite=True)
    if (unit := _tanwin_unit(text, index)) is not None:
        return unit
    match = _words().at(text, index)
    if match is None or not _believable(match, token) or _of_hundred(text, match):
        return None
    entry = match.value
    value = entry.value * 2 if _dual_construct(text, match, token) else entry.value
    return _Term(value, entry.group, match.last, match.start, match.prefix, entry.definite)


def _tanwin_unit(text: Tokenized, index: int) -> _Term | None:
    """``ثلاثا وعشرين ميدالية``: a unit with tanwin, only before its ten."""
    token = text.tokens[index]
    prefix = "و" if token.folded.startswith("و") else ""
    value = _TANWIN_UNITS.get(token.folded.removeprefix("و"))
    ten = _words().at(text, index + 1) if value is not None and index + 1 < len(text.tokens) else None
    if value is None or ten is None or ten.value.group != "ten" or ten.prefix != "و":
        return None
    return _Term(value, "unit", index + 1, token.start + len(prefix), prefix, False)


def _believable(match: Match[_Entry], token: Token) -> bool:
    """Refuses look-alikes: ``لست`` (I am not), ``أثنى`` (he praised), bare ``آلاف``."""
    if match.prefix and token.folded in ("لست", "كست", "فست", "فعشر", "كسبع"):
        return False
    if match.value.value == 2 and "أث" in token.text:
        return False
    return match.value.group != "scales"


def _of_hundred(text: Tokenized, match: Match[_Entry]) -> bool:
    """``في المئة`` is a share, ``المئة ألف`` a number."""
    percent = match.value.definite and match.value.value == _HUNDRED
    return percent and _scale(text, match.last, float("inf")) is None


def _dual_construct(text: Tokenized, match: Match[_Entry], token: Token) -> bool:
    """``ألفا جندي`` without tanwin is two thousand, ``ألفاً`` one."""
    if match.value.group != "scale" or not token.folded.endswith("فا") or "ً" in token.text:
        return False
    return match.last < len(text.tokens) and text.tokens[match.last].kind == "word"


_MOST = 1e18
"""Nothing in the news is counted in more; a page of ``123 123 123`` is a table."""


def _torn(text: Tokenized, last: int) -> str | None:
    """The decimal behind a torn point; the scale behind it is looked up only where there is a point."""
    if last >= len(text.tokens) or text.tokens[last].text != ".":
        return None
    return torn_point(text, last, scaled=_scale(text, last + 2, float("inf")) is not None)


def _digit_term(text: Tokenized, index: int, start: int, prefix: str, *, definite: bool) -> _Term | None:
    last = index + 1
    scaled = _scale(text, last, float("inf")) is not None
    value = digits_value(text.tokens[index].text, scaled=scaled)
    if value is None:
        return None
    if agency_decimal(text, last):
        return _Term(
            float(f"{text.tokens[last + 1].folded}.{text.tokens[index].folded}"),
            "digits",
            last + 2,
            start,
            prefix,
            definite,
        )
    comma = arabic_comma(text, last) or spoken_comma(text, last) or _torn(text, last)
    if comma is not None:
        return _Term(float(f"{text.tokens[index].folded}.{comma}"), "digits", last + 2, start, prefix, definite)
    if (turned := turned_thousands(text, index)) is not None:
        return _Term(turned[0], "digits", turned[1], start, prefix, definite)
    while value < _MOST and thousands(text, last):
        value, last = value * 1000 + float(text.tokens[last + 1].folded), last + 2
    while value < _MOST and spaced_thousands(text, index, last):
        value, last = value * 1000 + float(text.tokens[last].folded), last + 1
    return _Term(value, "digits", last, start, prefix, definite)


def _fraction(text: Tokenized, index: int) -> _Term | None:
    """``نصف مليون``, ``ربع مليار``."""
    folded = text.tokens[index].folded
    prefix = next((one for one in _TO_FRACTIONS if folded.removeprefix(one) in _FRACTION_OF), None)
    if prefix is None:
        return None
    scale = _scale(text, index + 1, float("inf"))
    if scale is None:
        return None
    value = _FRACTION_OF[folded.removeprefix(prefix)] * scale.value
    return _Term(value, "dual", scale.last, text.tokens[index].start + len(prefix), prefix, False)


def _spoken_decimal(text: Tokenized, first: _Term) -> _Term:
    """``ستة فاصل خمسة مليارات``: a decimal in words, of two units."""
    if first.group != "unit" or first.last + 1 >= len(text.tokens) or text.tokens[first.last].folded not in _COMMAS:
        return first
    tenths = _term(text, first.last + 1)
    if tenths is None or tenths.prefix or tenths.group not in ("unit", "teen", "ten"):
        return first
    value = float(f"{first.value:g}.{tenths.value:g}")
    return replace(first, value=value, group="decimal", last=tenths.last)


def scale_at(text: Tokenized, index: int) -> tuple[float, int] | None:
    """A scale word in token `index` (``مليون``, ``آلاف``): its value and the token behind it."""
    term = _scale(text, index, float("inf"))
    return None if term is None else (term.value, term.last)


def _scale(text: Tokenized, index: int, limit: float) -> _Term | None:
    """A scale word without clitics at token `index`: ``ألف``, ``ملايين``."""
    if index >= len(text.tokens) or text.tokens[index].kind != "word":
        return None
    if not may_be_number_word(text.tokens[index].folded):
        return None
    match = _words().at(text, index, clitics=False)
    if match is None or match.value.group not in ("scale", "scales") or match.value.value >= limit:
        return None
    return _Term(match.value.value, "scale", match.last, match.start, "", match.value.definite)


def _joined(text: Tokenized, index: int, kind: str, limit: float) -> _Term | None:
    """The next term after ``و``, where its class may follow the class of the one before."""
    if index >= len(text.tokens) or kind not in _AFTER:
        return None
    token = text.tokens[index]
    if token.kind != "word" or not token.folded.startswith("و"):
        return None
    if token.folded == "و":
        term = _term(text, index + 1) if index + 1 < len(text.tokens) else None
    else:
        term = _term(text, index) if may_be_number_word(token.folded) else None
        term = term if term is not None and term.prefix == "و" else None
    if term is None or term.group not in _AFTER[kind]:
        return None
    return term if _smaller(text, term, limit, kind) else None


def _smaller(text: Tokenized, term: _Term, limit: float, kind: str) -> bool:
    """Is what follows a lesser part of the same number, not a second number (``مئة و200``)?"""
    scale = _scale(text, term.last, limit)
    if scale is None and term.group == "digits" and _scale(text, term.last, float("inf")) is not None:
        # بين 100 ألف و150 ألف: a number with its own scale
        return False
    if scale is None and limit < float("inf") and _scale(text, term.last, limit * 2) is not None:
        # ثلاثة آلاف وستة آلاف: the same scale again
        return False
    if kind == "scale":
        value = term.value * (scale.value if scale else 1)
        # مليون و200: a second number; مليون و763296: the rest of the first
        apart = term.group == "digits" and scale is None and limit >= 1_000_000 and value < _LEAST_REST
        return value < limit and not apart
    return term.value < 100


@dataclass(frozen=True, slots=True)
class Approximation:
    """Words before a number that bound it: ``near``, ``least`` or ``most``; where they begin."""

    first: int
    start: int
    side: str
    prefix: str


@cache
def _approximations() -> tuple[Phrases[str], frozenset[str]]:
    entries = [(form, row["side"]) for form, row in forms("approximations")]
    return Phrases(entries), frozenset(fold(form).split()[-1] for form, _ in entries)


@lru_cache(maxsize=50_000)
def _may_end_approximation(folded: str) -> bool:
    lasts = _approximations()[1]
    return any(folded[cut:] in lasts for cut in range(3))


def approximation_before(text: Tokenized, index: int) -> Approximation | None:
    """The words that bound a number at token `index` (``أكثر من``, ``نحو``), the longest that end right before it.

    >>> from khabar.text import tokenize
    >>> approximation_before(tokenize("قتل أكثر من 50"), 3).side
    'least'
    """
    if index == 0 or not _may_end_approximation(text.tokens[index - 1].folded):
        return None
    for first in range(max(0, index - 5), index):
        match = _approximations()[0].at(text, first)
        if match is not None and match.last == index:
            return Approximation(first, match.start, match.value, match.prefix)
    return None
