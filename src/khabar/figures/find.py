"""Where in the text a number counts or measures something.

`find` gives amounts: a number or a range of two, with the words that bound it and the words for what is counted.
Numbers that name (``المادة 16``, ``اللواء 17``), order, date or are part of a name are left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from khabar.figures.reader import (
    Noun,
    Reader,
    change_words,
    duals,
    first_words,
    fractions,
    numbered_nouns,
    units_of_time,
    vague_amounts,
)
from khabar.text.morphology import readings
from khabar.text.numbers import Number, approximation_before, digits_value, read_number

_PLACE_MARKS = frozenset("-–/:+.*_")
_TO = frozenset({"الي", "الى", "-", "–", "حتي", "او"})
_HYPHENS = frozenset("-–")
_WORLDWIDE = frozenset({"عالميا", "دوليا", "عربيا", "افريقيا", "محليا"})
_OF_AGE = frozenset({"عمره", "عمرها", "العمر", "عمرهم", "عمري"})
_DATING = frozenset({"العمر", "يوم", "عام", "سنه"})
_LEAST_PHONE_DIGITS = 7
_LEVELS = frozenset({"مستوي", "عند", "المستوي"})
_METRES = frozenset({"م", "كم", "كلم"})
_QUOTES = frozenset('"«»“”')
_TITLE_WORDS = 4
_ORDER_MARKS = frozenset({"-", ".", ")", "–", "/"})


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


# what is no figure ---------------------------------------------------------------------------------------------------


def _names_something(reader: Reader, number: Number) -> bool:
    """``المادة 16``, ``القرار 2254``: the number tells which, not how many."""
    if not number.digits or number.prefix:
        return False
    if reader.folded(number.last) in _WORLDWIDE:
        return True
    if reader.folded(number.first - 1).startswith("مجموع") and reader.tokens[number.first - 1].text.endswith("ه"):
        # ما مجموعه 32 منصة: its sum, not a group
        return False
    if reader.noun(number.last) is not None and reader.folded(number.first - 1) in _LEVELS:
        return False
    last = number.first - 1 if reader.folded(number.first - 1) in ("(", "«", '"', "رقم") else number.first
    for first in (last - 1, last - 2):
        match = numbered_nouns().at(reader.text, first) if first >= 0 else None
        if match is not None and (match.last == last or reader.folded(last - 1).startswith("ال")):
            return True
    return reader.folded(number.first - 1) == "رقم"


def _lists(reader: Reader, number: Number) -> bool:
    """``1- ``, ``2.`` at the beginning of a line."""
    opens = reader.line_start(number.first) or reader.folded(number.first - 1) in (".", ":")
    return number.digits and opens and reader.folded(number.last) in _ORDER_MARKS and number.value < 30


def _glued(reader: Reader, number: Number) -> bool:
    """``ميغ-29``, ``5+1``, ``2-0``, ``F16``: part of a code, a score or a sum."""
    if not number.digits:
        return False
    before, after = reader.folded(number.first - 1), reader.folded(number.last)
    if reader.adjacent(number.first) and (before in _PLACE_MARKS or (before.isascii() and before.isalpha())):
        return True
    return (
        reader.adjacent(number.last) and (after in _PLACE_MARKS - {".", ":"} or (after.isascii() and after.isalpha()))
    ) or _scored(reader, number)


def _scored(reader: Reader, number: Number) -> bool:
    """``71 - 56``: two bare numbers about a hyphen."""
    if reader.noun(number.last) is not None:
        return False
    behind = reader.folded(number.last) in _HYPHENS and reader.folded(number.last + 1).isdecimal()
    before = reader.folded(number.first - 1) in _HYPHENS and reader.folded(number.first - 2).isdecimal()
    return before or (behind and reader.noun(number.last + 2) is None)


def _code(reader: Reader, number: Number) -> bool:
    """Phone numbers, years that no expression of time took, page counters."""
    text = reader.folded(number.first) if number.digits else ""
    if not text.isdecimal() or number.last - number.first > 1:
        return False
    if len(text) >= _LEAST_PHONE_DIGITS or (text.startswith("0") and len(text) > 1):
        return True
    bounded = approximation_before(reader.text, number.first) is not None
    return 1900 <= number.value <= 2099 and len(text) == 4 and not bounded and _no_noun(reader, number)


def _no_noun(reader: Reader, number: Number) -> bool:
    return reader.noun(number.last) is None and reader.folded(number.last) not in ("من", "%", "٪")


def _one(reader: Reader, number: Number) -> bool:
    """``واحد`` is hardly ever a count; nor is nought."""
    return number.value in (0, 1) and not (number.digits and not _no_noun(reader, number))


def _length_of_time(reader: Reader, number: Number) -> bool:
    """``48 ساعة`` that no expression of time took, ``البالغ من العمر 35``, ``في الثلاثين من عمره``."""
    aged = reader.folded(number.last) == "من" and reader.folded(number.last + 1) in _OF_AGE
    # 124 مليون عام 2014: the year is no unit
    unit = reader.folded(number.last) in units_of_time() and not reader.folded(number.last + 1)[:4].isdecimal()
    return aged or unit or reader.folded(number.first - 1) in _DATING


def _squared(reader: Reader, number: Number) -> bool:
    """The 2 of ``م2`` and ``كم2``."""
    return number.digits and reader.adjacent(number.first) and reader.folded(number.first - 1) in _METRES


def _titled(reader: Reader, number: Number) -> bool:
    """``قطار القراءة «3»``, ``مهرجان «جدة 36»``: a number at the end of a title in quotation marks."""
    closes = reader.folded(number.last) in _QUOTES and reader.noun(number.last + 1) is None
    opening = range(number.first - 1, max(-1, number.first - _TITLE_WORDS), -1)
    return number.digits and closes and any(reader.folded(at) in _QUOTES for at in opening)


def _filed(reader: Reader, number: Number) -> bool:
    """``ص.ب 344``, ``المكتب عدد 18``, ``573هـ``: a box, the number of an office, a year."""
    if not number.digits:
        return False
    before = reader.folded(number.first - 1)
    boxed = before == "ب" and "ص" in (reader.folded(number.first - 2), reader.folded(number.first - 3))
    filed = before == "عدد" and reader.folded(number.first - 2).lstrip("وبل").startswith("ال")
    era = reader.folded(number.last) == "ه" and reader.adjacent(number.last)
    return boxed or era or (filed and reader.noun(number.last) is None)


def _second_of_pair(reader: Reader, number: Number) -> bool:
    """``الفصلين 3 و4``: the number joined to one that names."""
    at = number.first - 1 if reader.folded(number.first - 1) == "و" else number.first
    if at == number.first and number.prefix != "و":
        return False
    if not reader.folded(at - 1).isdecimal() or reader.noun(number.last) is not None:
        return False
    before = read_number(reader.text, at - 1)
    return before is not None and before.last == at and _names_something(reader, before)


def _spelt_again(reader: Reader, number: Number) -> bool:
    """``(69.965.144) مليون ريال``: the scale only repeats what the digits say."""
    return (
        not number.digits
        and number.value >= 1000
        and reader.folded(number.first - 1) == ")"
        and reader.folded(number.first - 2)[:1].isdecimal()
        and number.last == number.first + 1
    )


_REFUSALS: tuple[Callable[[Reader, Number], bool], ...] = (
    _names_something,
    _lists,
    _glued,
    _code,
    _one,
    _length_of_time,
    _squared,
    _titled,
    _filed,
    _second_of_pair,
    _spelt_again,
)


# what is one ---------------------------------------------------------------------------------------------------------


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
    ranged = _range(reader, number)
    if ranged is not None:
        return ranged
    if any(refuse(reader, number) for refuse in _REFUSALS):
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
