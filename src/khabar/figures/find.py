"""Where in the text a number counts or measures something.

`find` gives amounts: a number or a range of two, with the words that bound it and the words for what is counted.
Numbers that name (``المادة 16``, ``اللواء 17``), order, date or are part of a name are left out.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache

from khabar.figures.reader import (
    Noun,
    Reader,
    change_words,
    duals,
    first_words,
    fractions,
    vague_amounts,
)
from khabar.figures.refusals import REFUSALS
from khabar.text.morphology import readings
from khabar.text.numbers import Number, approximation_before, digits_value, read_number

_TO = frozenset({"الي", "الى", "-", "–", "حتي", "او"})
_OPENING, _CLOSING = frozenset('(«"“'), frozenset(')»"”')
_SCALES = frozenset({1e3, 1e6, 1e9, 1e12})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number expression: tokens `first` to `last` (left out) with bounds; the tokens of the number itself."""

    first: int
    last: int
    start: int
    end: int
    low: float
    high: float
    approx: bool
    definite: bool
    digits: bool
    rule: str
    score: float
    vague: bool = False
    noun: Noun | None = None
    """Where the expression says itself what it counts (``قتيلين``, ``الثلثين``)."""


def _number(reader: Reader, index: int) -> Number | None:
    if index >= len(reader.tokens) or index in reader.taken:
        return None
    number = read_number(reader.text, index)
    if number is None or any(at in reader.taken for at in range(number.first, number.last)):
        return None
    return number


def amount(reader: Reader, index: int) -> Amount | None:
    """A number, or a range of two, that begins in a token."""
    number = _number(reader, index)
    if number is None:
        return None
    ranged = _range(reader, number) or _bracketed(reader, number)
    if ranged is not None:
        return ranged
    if any(refuse(reader, number) for refuse in REFUSALS):
        return None
    return _bounded(reader, number)


def _bounded(reader: Reader, number: Number) -> Amount:
    """The number with the words before it that bound it."""
    found = approximation_before(reader.text, number.first) if not number.prefix else None
    start = found.start if found is not None else number.start
    approx = found is not None or _after_bound(reader, number.last)
    return Amount(
        first=number.first,
        last=number.last,
        start=start,
        end=number.end,
        low=number.value,
        high=number.value,
        approx=approx,
        definite=number.definite,
        digits=number.digits,
        rule="bounded-number" if found else "number",
        score=0.92,
    )


def _bracketed(reader: Reader, number: Number) -> Amount | None:
    """``«18» مليون``, ``(69.965.144) مليون ريال``, where the scale only repeats what the digits say."""
    if (
        not number.digits
        or reader.folded(number.last) not in _CLOSING
        or reader.folded(number.first - 1) not in _OPENING
    ):
        return None
    scale = _number(reader, number.last + 1)
    if scale is None or scale.digits or scale.value not in _SCALES or scale.last != number.last + 2:
        return None
    value = number.value if number.value >= scale.value else number.value * scale.value
    end = scale.end
    return Amount(
        number.first, scale.last, number.start, end, value, value, False, False, True, "bracketed-number", 0.85
    )


def _after_bound(reader: Reader, index: int) -> bool:
    """``على الأقل``, ``تقريبا`` a few words on."""
    words = [reader.folded(at) for at in range(index, index + 5)]
    if "تقريبا" in words:
        return True
    return any(pair in (("علي", "الاقل"), ("علي", "الاكثر")) for pair in itertools.pairwise(words))


def _range(reader: Reader, number: Number) -> Amount | None:
    """``بين 15 و20``, ``من 20 إلى 30 مليار``, ``15-20 ضابطا``."""
    mark, opening = reader.folded(number.last), reader.folded(number.first - 1)
    between = opening in ("بين", "وبين")
    if between and mark.startswith("و"):
        second = _number(reader, number.last + 1 if mark == "و" else number.last)
        fits = second is not None and (mark == "و" or second.prefix == "و")
    elif mark in _TO and not _changing(reader, number.first):
        second = _number(reader, number.last + 1)
        fits = second is not None and not second.prefix and _counted(reader, number, second, mark)
    else:
        return None
    if second is None or not fits:
        return None
    low = _scaled(number, second)
    if low > second.value or (low < 2 and second.value < 2):
        return None
    opened = between or opening == "من"
    first = number.first - 1 if opened else number.first
    if first > 0 and reader.folded(first) == "بين" and reader.folded(first - 1) == "ما":
        first -= 1
    start = reader.tokens[first].start if opened else number.start
    return Amount(first, second.last, start, second.end, low, second.value, True, False, number.digits, "range", 0.9)


def _counted(reader: Reader, first: Number, second: Number, mark: str) -> bool:
    """A hyphen makes a range only before something counted; a score or a code has nothing behind it."""
    if mark not in "-–" and mark != "او":
        return True
    return reader.noun(second.last) is not None and first.value < second.value


def _scaled(first: Number, second: Number) -> float:
    """``بين 20 و30 مليار``: the scale word stands only once."""
    for scale in (1e12, 1e9, 1e6, 1e3):
        if second.value >= scale > first.value and not second.digits and first.value < second.value / scale:
            return first.value * scale
    return first.value


def _changing(reader: Reader, index: int) -> bool:
    """``ارتفع من 800 إلى 1800`` tells two figures, not a range."""
    words = [reader.folded(at) for at in range(max(0, index - 8), index)]
    return any(word in change_words() or word[1:] in change_words() for word in words)


def fraction(reader: Reader, index: int) -> Amount | None:
    """``الثلثين`` as a share."""
    if not _possible(reader.folded(index), "figure_fractions") or index in reader.taken:
        return None
    match = fractions().at(reader.text, index)
    if match is None:
        return None
    value = match.value
    return Amount(
        index,
        match.last,
        match.start,
        match.end,
        value,
        value,
        False,
        True,
        False,
        "fraction",
        0.8,
        noun=Noun("percent", ""),
    )


def vague(reader: Reader, index: int) -> Amount | None:
    """``عشرات``, ``مئات الآلاف``: from twice to nine times the word, a convention and no more."""
    if not _possible(reader.folded(index), "vague_amounts") or index in reader.taken:
        return None
    match = vague_amounts().at(reader.text, index)
    if match is None:
        return None
    low, high = match.value
    return Amount(
        index, match.last, match.start, match.end, low, high, True, False, False, "vague-amount", 0.6, vague=True
    )


def dual(reader: Reader, index: int) -> Amount | None:
    """``قتيلين``: two, said by the noun alone."""
    folded = reader.folded(index)
    if index in reader.taken or not folded.endswith(("ان", "ين")):
        return None
    match = duals().at(reader.text, index)
    if (
        match is None
        or match.value.unit.startswith("money")
        or reader.folded(match.last) in ("اثنين", "اثنان", "اثنتين")
    ):
        return None
    return Amount(
        index, match.last, match.start, match.end, 2, 2, False, False, False, "dual", 0.7, vague=True, noun=match.value
    )


@cache
def _possible(folded: str, name: str) -> bool:
    """Can a word of the table begin here, clitics aside?"""
    known = first_words(name)
    return folded in known or any(
        reading.stem in known or (reading.article and "ال" + reading.stem in known) for reading in readings(folded)
    )


def find(reader: Reader) -> list[Amount]:
    """All amounts of a text, left to right, not overlapping."""
    found: list[Amount] = []
    index = 0
    while index < len(reader.tokens):
        hit = _at(reader, index)
        if hit is not None:
            found.append(hit)
        index = max(hit.last, index + 1) if hit is not None else index + 1
    return found


def _at(reader: Reader, index: int) -> Amount | None:
    token = reader.tokens[index]
    if token.kind == "mark":
        return None
    if token.kind == "number" and digits_value(token.text) is None:
        return None
    for rule in (fraction, amount, vague, dual):
        hit = rule(reader, index)
        if hit is not None:
            return hit
    return None
