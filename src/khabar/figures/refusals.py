"""What is no figure: numbers that name (``المادة 16``), order, date, score, file or are part of a code."""

from __future__ import annotations

from collections.abc import Callable

from khabar.figures.reader import Reader, numbered_nouns, ordinals, units_of_time
from khabar.text.numbers import Number, approximation_before, read_number

_PLACE_MARKS = frozenset("-–/:+.*_")
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


def _aged(reader: Reader, number: Number) -> bool:
    """``الخامسة والسبعين``: the ten of an ordinal."""
    ten = number.prefix == "و" and number.definite and not number.digits and 20 <= number.value <= 90
    match = ordinals().at(reader.text, number.first - 1) if ten and number.first > 0 else None
    return match is not None and match.last == number.first


REFUSALS: tuple[Callable[[Reader, Number], bool], ...] = (
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
    _aged,
)
