"""Numbers as papers write them: decimals with a point in three places, an agency's turned ones, duals of scales."""

from __future__ import annotations

import re
from dataclasses import replace

from khabar.figures.reader import Reader
from khabar.figures.words import word_class
from khabar.text.numbers import Number, read_number, scale_at

_TWO_THOUSAND = 2000
THREE_PLACES = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_COMMA_THREE = re.compile("([1-9][0-9]{0,2})([,،٬])([0-9]{3}) ")
_MILLION, _MILLIARD = 1e6, 1e9
_ROW = 9


def number_at(reader: Reader, index: int) -> Number | None:
    if index >= len(reader.tokens) or index in reader.taken:
        return None
    number = _articled(reader, index) or read_number(reader.text, index)
    if number is None or any(at in reader.taken for at in range(number.first, number.last)):
        return None
    return _as_decimal(reader, _keyed(reader, number) or _twofold(reader, number) or number)


def _articled(reader: Reader, index: int) -> Number | None:
    """``المشاركون ال 70``: digits set apart from their article, behind the plural that they count."""
    if reader.tokens[index].text != "ال" or reader.adjacent(index + 1) or not reader.plural(index - 1):
        return None
    spaced = index + 1 < len(reader.tokens) and reader.tokens[index + 1].kind == "number"
    number = read_number(reader.text, index + 1) if spaced else None
    if number is None or reader.noun(number.last) is not None:
        return None
    return replace(number, first=index, start=reader.tokens[index].start, definite=True)


def _twofold(reader: Reader, number: Number) -> Number | None:
    """``مليونا ريال``: the dual before what it counts; the accusative singular would have no alef there."""
    alone = number.last == number.first + 1 and reader.folded(number.first) in ("مليونا", "مليارا")
    if (
        number.last == number.first + 1
        and reader.folded(number.first).endswith("الفا")
        and number.value == _TWO_THOUSAND
    ):
        # ألفا آخرين: what is not counted by a construct is one thousand
        return replace(number, value=number.value / 2) if reader.folded(number.last) in word_class("others") else None
    if not alone or reader.tokens[number.first].text.endswith("ً") or reader.noun(number.last) is None:
        return None
    return replace(number, value=number.value * 2)


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
    if (decimal := _of_great_scale(reader, number)) is not None:
        return replace(number, value=decimal)
    written = reader.folded(number.first)
    if not number.digits or number.last != number.first + 1 or not THREE_PLACES.fullmatch(written):
        return number
    noun = reader.noun(number.last)
    if noun is None:
        return number
    priced = noun.unit.startswith("money") and reader.thousandths
    if not (noun.unit == "percent" or priced or (noun.unit == "distance:m" and reader.metres)):
        return number
    return replace(number, value=float(written))


def _of_great_scale(reader: Reader, number: Number) -> float | None:
    """``2,650 مليار``, ``28،081 مليون``: nobody counts thousands of milliards; an Arabic comma marks decimals."""
    written = _COMMA_THREE.match(reader.text.text, number.start)
    scale = scale_at(reader.text, number.last - 1)
    if written is None or scale is None or written.end() >= number.end:
        return None
    decimal = scale[0] >= _MILLIARD or (scale[0] >= _MILLION and written[2] == "،")
    return round(float(f"{written[1]}.{written[3]}") * scale[0], 6) if decimal else None


def scored_row(reader: Reader, number: Number) -> bool:
    """``نجم الساحل * النادي الإفريقي 40-20 سهم الشاطئ``: a row of results, in which clubs are told apart by stars."""
    return any(reader.folded(at) == "*" for at in range(number.first - _ROW, number.last + _ROW))
