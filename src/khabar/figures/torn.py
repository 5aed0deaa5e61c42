"""Numbers that a copy has torn, turned around or set in a row: what they say nobody can tell, so they are left out."""

from __future__ import annotations

import re
from collections.abc import Callable

from khabar.figures.labels import bare
from khabar.figures.reader import Reader
from khabar.figures.words import word_class
from khabar.text.numbers import Number

_BACKWARDS = re.compile(r"0[0-9]+[.,][0-9]+")


def of_scale_alone(reader: Reader, number: Number) -> bool:
    """``1.340.7 مليار``: a scale behind digits that are no number."""
    if reader.tokens[number.first].kind != "word" or number.first == 0 or number.prefix:
        return False
    return reader.tokens[number.first - 1].kind == "number" and reader.folded(number.first) in word_class("bare_scale")


def keyed_backwards(reader: Reader, number: Number) -> bool:
    """``07.0 نقطة``: 0.07 turned around by the copy."""
    return _BACKWARDS.fullmatch(reader.folded(number.first)) is not None


def in_row(reader: Reader, number: Number) -> bool:
    """``المواد 98، 99، 100``, ``( 430 , 72 كلم``: digits beside digits at a comma, or a number torn and turned."""
    if reader.tokens[number.first].kind != "number":
        return False
    after_comma = reader.folded(number.first - 1) in (",", "،") and reader.folded(number.first - 2).isdecimal()
    if after_comma and _spaced(reader, number):
        return True
    if not number.digits or number.last != number.first + 1:
        return False
    if _pointed(reader, number):
        return True
    if reader.folded(number.first - 1).lstrip("وف") in word_class("of_them"):
        return False
    before_comma = reader.folded(number.last) in (",", "،") and reader.folded(number.last + 1)[:1].isdecimal()
    return (after_comma or before_comma) and (bare(reader, number) or _spaced(reader, number))


def _pointed(reader: Reader, number: Number) -> bool:
    """``4 .124 مليون``, ``216. 407. 814 ريالا``: digits on both sides of a point of their own."""
    behind = reader.folded(number.last) == "." and reader.folded(number.last + 1).isdecimal()
    before = reader.folded(number.first - 1) == "." and reader.folded(number.first - 2).isdecimal()
    return (behind and not reader.line_start(number.last + 1)) or (before and not reader.line_start(number.first))


def _spaced(reader: Reader, number: Number) -> bool:
    """``430 , 72``: a space before the comma, where a list has none."""
    tokens = reader.tokens
    if reader.folded(number.last) == "," and tokens[number.last].start > tokens[number.last - 1].end:
        return True
    comma = number.first - 1
    return comma > 0 and reader.folded(comma) == "," and tokens[comma].start > tokens[comma - 1].end


TORN: tuple[Callable[[Reader, Number], bool], ...] = (of_scale_alone, keyed_backwards, in_row)
