"""Where in the text a number counts or measures something.

`find` gives amounts: a number or a range of two, with the words that bound it and the words for what is counted.
Numbers that name (``المادة 16``, ``اللواء 17``), order, date or are part of a name are left out.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from khabar.figures.reader import (
    Noun,
    Reader,
    change_words,
    duals,
    first_words,
    fractions,
    nouns,
    units_of_time,
    vague_amounts,
)
from khabar.figures.refusals import REFUSALS
from khabar.text.morphology import readings
from khabar.text.numbers import (
    ARTICLES,
    Number,
    approximation_before,
    digits_value,
    may_be_number_word,
    read_number,
    scale_at,
)

_TO = frozenset({"الي", "الى", "حتي", "او"})
_OPENING, _CLOSING = frozenset('(«"“'), frozenset(')»"”')
_THREE_PLACES = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_BETWEEN = frozenset({"بين", "وبين", "مابين", "ومابين"})
_AGES = frozenset({"اعمارهم", "اعمارهن", "اعمارهما", "العمريه", "عمره", "عمرها", "اعمار", "سن"})
_AGE_REACH = 5
_SIGNS = {"%": "percent", "٪": "percent", "$": "money:USD", "€": "money:EUR", "£": "money:GBP"}


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
    return _as_decimal(reader, number)


def _as_decimal(reader: Reader, number: Number) -> Number:
    """``3.220 درهم`` beside ``0.770 درهم``, ``1.830 في المئة``: the point sets off no thousands."""
    written = reader.folded(number.first)
    if not number.digits or number.last != number.first + 1 or not _THREE_PLACES.fullmatch(written):
        return number
    noun = reader.noun(number.last)
    if noun is None:
        return number
    priced = noun.unit.startswith("money") and reader.thousandths
    if not (noun.unit == "percent" or priced or (noun.unit == "distance:m" and reader.metres)):
        return number
    return replace(number, value=float(written))


def amount(reader: Reader, index: int) -> Amount | None:
    """A number, or a range of two, that begins in a token."""
    number = _number(reader, index)
    if number is None:
        return None
    ranged = _range(reader, number) or _bracketed(reader, number) or _echoed(reader, number)
    if ranged is not None:
        return ranged
    if any(refuse(reader, number) for refuse in REFUSALS):
        return None
    return _bounded(reader, number)


def _bounded(reader: Reader, number: Number) -> Amount:
    """The number with the words before it that bound it."""
    found = approximation_before(reader.text, number.first) if not number.prefix else None
    start = found.start if found is not None else number.start
    last = _repeated(reader, number)
    millions = _millions(reader, number)
    value = number.value * (1e6 if millions else 1)
    return Amount(
        first=number.first,
        last=millions or last,
        start=start,
        end=reader.tokens[number.last].end if millions else number.end,
        low=value,
        high=value,
        approx=found is not None or _after_bound(reader, number.last),
        definite=number.definite,
        digits=number.digits,
        rule="bounded-number" if found else "number",
        score=0.92,
        noun=Noun("money:dinar", "") if millions else _signed(reader, number),
    )


def _repeated(reader: Reader, number: Number) -> int:
    """``39 تسعة وثلاثين شخصا``: the token behind the same number said again in words."""
    after = number.last + (reader.folded(number.last) in _CLOSING)
    again = _number(reader, after) if number.digits else None
    return again.last if again is not None and not again.digits and again.value == number.value else number.last


def _millions(reader: Reader, number: Number) -> int:
    """``152 م.د``: the token behind the abbreviated millions of dinars of the Maghreb, else 0."""
    last = number.last + 1 + (reader.folded(number.last + 1) == ".")
    found = number.digits and reader.folded(number.last) == "م" and reader.folded(last) == "د"
    return last + 1 if found else 0


def _signed(reader: Reader, number: Number) -> Noun | None:
    """``$50``, ``%5``: the sign of a unit before the digits, where none stands behind them."""
    unit = _SIGNS.get(reader.folded(number.first - 1))
    digits = reader.tokens[number.first].kind == "number"
    if unit is None or not digits or not reader.adjacent(number.first) or reader.noun(number.last) is not None:
        return None
    before = reader.tokens[number.first - 2] if number.first > 1 else None
    # 5%10: the sign belongs to what stands before it
    return (
        None if before is not None and before.kind == "number" and reader.adjacent(number.first - 1) else Noun(unit, "")
    )


def _bracketed(reader: Reader, number: Number) -> Amount | None:
    """``«18» مليون``, ``(69.965.144) مليون ريال``, where the scale only repeats what the digits say."""
    if (
        not number.digits
        or reader.folded(number.last) not in _CLOSING
        or reader.folded(number.first - 1) not in _OPENING
    ):
        return None
    scale = scale_at(reader.text, number.last + 1)
    if scale is None:
        return None
    value = number.value if number.value >= scale[0] else number.value * scale[0]
    end = reader.tokens[scale[1] - 1].end
    return Amount(number.first, scale[1], number.start, end, value, value, False, False, True, "bracketed-number", 0.85)


def _echoed(reader: Reader, number: Number) -> Amount | None:
    """``خمسون (50) ألف دينار``: the words, the digits again, then the scale of both."""
    if number.digits or reader.folded(number.last) not in _OPENING or reader.folded(number.last + 2) not in _CLOSING:
        return None
    again, scale = _number(reader, number.last + 1), scale_at(reader.text, number.last + 3)
    if again is None or again.value != number.value or scale is None:
        return None
    value = number.value * scale[0]
    end = reader.tokens[scale[1] - 1].end
    return Amount(number.first, scale[1], number.start, end, value, value, False, False, False, "echoed-number", 0.85)


def _after_bound(reader: Reader, index: int) -> bool:
    """``على الأقل``, ``تقريبا`` a few words on."""
    words = [reader.folded(at) for at in range(index, index + 5)]
    if "تقريبا" in words:
        return True
    return any(pair in (("علي", "الاقل"), ("علي", "الاكثر")) for pair in itertools.pairwise(words))


def _range(reader: Reader, number: Number) -> Amount | None:
    """``بين 15 و20``, ``من 20 إلى 30 مليار``, ``15-20 ضابطا``, ``بين 5 كيلومترات و10 كيلومترات``."""
    opening = reader.folded(number.first - 1)
    between = opening in _BETWEEN
    if number.definite and number.digits and reader.noun(number.last) is None and not between:
        return None
    mark = _past_noun(reader, number.last) if between or opening == "من" else number.last
    second = _second(reader, number, mark, between=between)
    if second is None or (mark > number.last and not _alike(reader, number.last, second.last)) or _ages(reader, number):
        return None
    low, high = _scaled(number, second, dashed=reader.dash(mark)), second.value
    if low > high and reader.dash(mark) and reader.adjacent(mark) and number.digits and second.digits:
        low, high = high, low
    if low >= high or (low < 2 and high < 2 and not reader.folded(second.last)):
        return None
    opened = between or opening == "من"
    first = number.first - 1 if opened else number.first
    if first > 0 and reader.folded(first) == "بين" and reader.folded(first - 1) == "ما":
        first -= 1
    start = reader.tokens[first].start + reader.folded(first).startswith("و") if opened else number.start
    bound = approximation_before(reader.text, number.first) if not between and not number.prefix else None
    start = bound.start if bound is not None else start
    return Amount(first, second.last, start, second.end, low, high, True, False, number.digits, "range", 0.9)


def _second(reader: Reader, number: Number, mark: int, *, between: bool) -> Number | None:
    """The upper number of a range, where the words between make one."""
    word = reader.folded(mark)
    if between and word.startswith("و"):
        second = _number(reader, mark + 1 if word == "و" else mark)
        return second if second is not None and (word == "و" or second.prefix == "و") else None
    if not (word in _TO or reader.dash(mark)) or (not between and _changing(reader, number.first)):
        return None
    second = _number(reader, mark + 1)
    if second is None or second.prefix or not _counted(reader, number, second, mark):
        return None
    return second


def _past_noun(reader: Reader, index: int) -> int:
    match = nouns().at(reader.text, index, clitics=False) if index < len(reader.tokens) else None
    return match.last if match is not None else index


def _alike(reader: Reader, first: int, second: int) -> bool:
    """Do both numbers of a range count the same unit?"""
    one, other = reader.noun(first), reader.noun(second)
    return one is not None and other is not None and one.unit == other.unit


def _ages(reader: Reader, number: Number) -> bool:
    """``تتراوح أعمارهم بين 20 و30``."""
    words = {reader.folded(at) for at in range(number.first - _AGE_REACH, number.first)}
    return bool(words & _AGES)


def _counted(reader: Reader, first: Number, second: Number, mark: int) -> bool:
    """A dash makes a range only before something counted; a score or a code has nothing behind it."""
    if not reader.dash(mark) and reader.folded(mark) != "او":
        return True
    after = second.last + (reader.folded(second.last) in _CLOSING)
    return reader.noun(after) is not None and (first.value < second.value or reader.dash(mark))


def _scaled(first: Number, second: Number, *, dashed: bool) -> float:
    """``بين 20 و30 مليار``: the scale word stands only once."""
    for scale in (1e12, 1e9, 1e6, 1e3):
        if second.value >= scale > first.value and not second.digits and (dashed or first.value < second.value / scale):
            return first.value * scale
    return first.value


def _changing(reader: Reader, index: int) -> bool:
    """``ارتفع من 800 إلى 1800`` tells two figures, not a range."""
    words = [reader.folded(at) for at in range(max(0, index - 8), index)]
    return any(word in change_words() or word.lstrip("وفسل") in change_words() for word in words)


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
    if match is None or _of_time(reader, match.last):
        return None
    low, high = match.value
    return Amount(
        index, match.last, match.start, match.end, low, high, True, False, False, "vague-amount", 0.6, vague=True
    )


def _of_time(reader: Reader, index: int) -> bool:
    """``بضع ساعات``, ``آلاف السنين``, ``عشرات من السنين``."""
    unit = reader.folded(index + 1 if reader.folded(index) == "من" else index)
    return unit.removeprefix("ال") in units_of_time()


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


@lru_cache(maxsize=100_000)
def _may_open(folded: str) -> bool:
    """Can any rule begin in this folded word?  Most words end here."""
    return (
        may_be_number_word(folded)
        or folded in ARTICLES
        or folded.endswith(("ان", "ين"))
        or _possible(folded, "figure_fractions")
        or _possible(folded, "vague_amounts")
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
    if token.kind == "word" and not _may_open(token.folded):
        return None
    if token.kind == "number" and digits_value(token.text) is None:
        return None
    for rule in (fraction, amount, vague, dual):
        hit = rule(reader, index)
        if hit is not None:
            return hit
    return None
