"""Two numbers that bound one amount."""

from __future__ import annotations

from khabar.figures.amounts import Amount, number_at
from khabar.figures.labels import counts_behind
from khabar.figures.reader import Reader
from khabar.figures.words import nouns, word_class, words_of
from khabar.text.numbers import Number, approximation_before

_TO = frozenset({"الي", "الى", "حتي", "او"})
_BETWEEN = frozenset({"بين", "وبين", "مابين", "ومابين"})
_CLOSING = frozenset(')»"”')
_AGE_REACH = 5
_WIDEST = 1000
"""Times the lower number; 5 to 806655 are two codes."""


def ranged(reader: Reader, number: Number) -> Amount | None:
    """``بين 15 و20``, ``من 20 إلى 30 مليار``, ``15-20 ضابطا``, ``بين 5 كيلومترات و10 كيلومترات``."""
    opening = reader.folded(number.first - 1)
    between = opening in _BETWEEN
    if number.definite and number.digits and reader.noun(number.last) is None and not between:
        return None
    mark = _past_noun(reader, number.last) if between or opening == "من" else number.last
    second = _second(reader, number, mark, between=between)
    if (
        second is not None
        and opening == "من"
        and number.digits
        and second.digits
        and not counts_behind(reader, second.last)
    ):
        # من 24 إلى 70 بالعقبة: nothing says of what
        return None
    if second is None or (mark > number.last and not _alike(reader, number.last, second.last)) or _ages(reader, number):
        return None
    low, high = _scaled(number, second, dashed=reader.dash(mark)), second.value
    if low > high and reader.dash(mark) and reader.adjacent(mark) and number.digits and second.digits:
        low, high = high, low
    if (
        low >= high
        or (low * _WIDEST < high and not reader.folded(second.last)[:1].isalpha())
        or (low < 2 and high < 2 and not reader.folded(second.last))
    ):
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
        second = number_at(reader, mark + 1 if word == "و" else mark)
        return second if second is not None and (word == "و" or second.prefix == "و") else None
    if not (word in _TO or reader.dash(mark)) or (not between and _changing(reader, number.first)):
        return None
    second = number_at(reader, mark + 1)
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
    return bool(words & word_class("age"))


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
    return any(word in words_of("change_words") or word.lstrip("وفسل") in words_of("change_words") for word in words)
