"""A number expression: its value, the words that bound it, the forms in which papers write it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from khabar.figures.reader import Reader
from khabar.figures.words import Noun
from khabar.text.numbers import Number, approximation_before, read_number, scale_at

_OPENING, _CLOSING = frozenset('(«"“'), frozenset(')»"”')
_THREE_PLACES = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
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


def number_at(reader: Reader, index: int) -> Number | None:
    if index >= len(reader.tokens) or index in reader.taken:
        return None
    number = read_number(reader.text, index)
    if number is None or any(at in reader.taken for at in range(number.first, number.last)):
        return None
    return _as_decimal(reader, _keyed(reader, number) or number)


def _keyed(reader: Reader, number: Number) -> Number | None:
    """``56 ر 4``: an agency's decimal with spaces about its mark, the fraction first."""
    last = number.last + 2
    fraction, whole = reader.folded(number.first), reader.folded(number.last + 1)
    if reader.folded(number.last) != "ر" or number.last != number.first + 1 or not (fraction + whole).isdecimal():
        return None
    scale = scale_at(reader.text, last)
    factor, last = (1.0, last) if scale is None else scale
    value = round(float(f"{whole}.{fraction}") * factor, 6)
    return replace(number, last=last, end=reader.tokens[last - 1].end, value=value)


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


def bounded(reader: Reader, number: Number) -> Amount:
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
    again = number_at(reader, after) if number.digits else None
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


def bracketed(reader: Reader, number: Number) -> Amount | None:
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


def echoed(reader: Reader, number: Number) -> Amount | None:
    """``خمسون (50) ألف دينار``: the words, the digits again, then the scale of both."""
    if number.digits or reader.folded(number.last) not in _OPENING or reader.folded(number.last + 2) not in _CLOSING:
        return None
    again, scale = number_at(reader, number.last + 1), scale_at(reader.text, number.last + 3)
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
