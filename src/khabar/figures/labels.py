"""Bare digits that tell which one: ``الآلية 16``, ``أبولو 11``, ``(44) سورة الزخرف``.

Digits count where something countable stands behind them, or where the word before them leads to a count (a
preposition, a verb, ``عددهم``, a plural).  Behind any other word they are its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from khabar.figures.reader import Reader
from khabar.figures.shapes import definite, partitive
from khabar.figures.words import followers, stops, word_class, words_of
from khabar.text.morphology import without_pronoun
from khabar.text.numbers import Number, approximation_before, read_number

_CLOSINGS, _OPENINGS = frozenset(')»"”]'), frozenset('(«"“[')
_PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "نا")
_SHORTEST, _SHORTEST_VERB = 3, 4
_VERB_LETTERS = ("ي", "ت", "ن", "سي", "ست", "في", "فت", "لي", "لت", "وي", "وت")
_VERSES = frozenset("}﴾﴿{")
_MINUTES = frozenset({"'", "’", "′", "دق", "+", "="})
_LONGEST_MONTH, _COMPARED_REACH = 31, 2
_YEARS, _STARS = range(1990, 2031), range(3, 8)
_CLOCK = re.compile(r"[0-9]{1,2}\.[0-9]{2}")
_TELEPHONE = re.compile(r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}")
_CLOCK_REACH, _GROWTH_REACH, _GROUP_REACH = 4, 5, 3
_JOINING = frozenset({"و", "او", "الي", "حتي"})
_CLITICS = ("ب", "و", "ل", "ف")


def counts_behind(reader: Reader, index: int) -> bool:
    """Does something countable, a share or ``منهم`` stand in a token?"""
    if reader.folded(index) in ("%", "٪", "‰", "°") or partitive(reader, index) or reader.noun(index) is not None:
        return True
    if index >= len(reader.tokens) or reader.tokens[index].kind != "word":
        return False
    word = reader.folded(index)
    if word in word_class("others") | followers("noun") or word in ("منها", "منهما"):
        return True
    if word in word_class("owned"):
        return False
    apart = reader.line_start(index) or index in reader.name_ends or reader.tokens[index].text.startswith("ال")
    plain = _accusative(word) or not word.startswith(_CLITICS)
    return not apart and len(word) >= _SHORTEST and word not in stops() and plain


def _accusative(word: str) -> bool:
    """``بئرا``: no pronoun at its end, no ``و`` before it."""
    return word.endswith("ا") and not word.endswith(_PRONOUNS) and word[0] not in "وف"


def bare(reader: Reader, number: Number) -> bool:
    """Are these plain digits with nothing countable behind them?"""
    plain = number.digits and number.last == number.first + 1 and reader.folded(number.first).isdecimal()
    behind = number.last + (reader.folded(number.last) in _CLOSINGS)
    return plain and not counts_behind(reader, behind) and not _paired(reader, number.last)


def _paired(reader: Reader, index: int) -> bool:
    """``3 و5 في المئة``: another number follows, and what it counts is counted by both."""
    joined = reader.folded(index) in _JOINING or reader.dash(index)
    second = read_number(reader.text, index + 1) if joined and index + 1 < len(reader.tokens) else None
    return second is not None and counts_behind(reader, second.last)


def labels(reader: Reader, number: Number) -> bool:
    """``الآلية 16``, ``بلاك بيري 10``, ``كويت 15``: digits behind a word that does not lead to a count."""
    if not bare(reader, number) or number.prefix or reader.line_start(number.first):
        return False
    before = number.first - 1
    bracketed = reader.folded(before) in _OPENINGS
    if bracketed and before > 0:
        before -= 1
    if reader.tokens[before].kind != "word":
        return bracketed
    if before in reader.timed:
        return bracketed
    if approximation_before(reader.text, number.first) is not None:
        return False
    return not _leads(reader, before)


def _leads(reader: Reader, index: int) -> bool:
    """Does a word lead to a count: a particle, a verb, a plural, a noun with a pronoun, ``العدد``?"""
    word = reader.folded(index)
    if len(word) == 1:
        # ب 3500
        return True
    if index in reader.behind_names or index in reader.name_ends:
        return False
    leading = stops() | word_class("tally") | word_class("lead")
    if word in leading | words_of("change_words") or word.lstrip("وف") in leading:
        return True
    if (
        word in words_of("fates")
        or word.lstrip("وفب") in words_of("fates")
        or reader.plural(index)
        or reader.plural(index - 1)
    ):
        return True
    if word.removeprefix("و").startswith(("ال", "لل", "بال")):
        return False
    verb = len(word) >= _SHORTEST_VERB and word.startswith(_VERB_LETTERS) and not word.endswith(("ه", "ا", "ات"))
    past = len(word) >= _SHORTEST_VERB and ((word.endswith("ت") and word[-2] not in "اوي") or word.endswith("وا"))
    return verb or past or (len(word) > _SHORTEST and word.endswith(_PRONOUNS))


def of_day(reader: Reader, number: Number) -> bool:
    """``يومي السبت 10 والثلاثاء 13 جوان``: the day of a month behind its weekday."""
    return (
        bare(reader, number)
        and number.value <= _LONGEST_MONTH
        and reader.folded(number.first - 1).lstrip("و") in words_of("weekdays")
    )


def of_length(reader: Reader, number: Number) -> bool:
    """``تغير إلى 18 بدلا من 21 عاما``: a number compared with a length of time."""
    if not bare(reader, number) or reader.folded(number.last) not in ("بدلا", "عوضا"):
        return False
    return number.last + _COMPARED_REACH in reader.timed


def of_article(reader: Reader, number: Number) -> bool:
    """``الدستور في فصله 15``: the number of a part, whose noun has a pronoun."""
    stems = without_pronoun(reader.folded(number.first - 1))[1:]
    return bare(reader, number) and any(stem in words_of("numbered_nouns") for stem in stems)


def of_year(reader: Reader, number: Number) -> bool:
    """``بنسبة 2014 من 42 إلى 40``: a year that no expression of time took."""
    year = number.digits and number.value in _YEARS and reader.folded(number.first).isdecimal()
    return year and reader.folded(number.last) == "من" and reader.folded(number.last + 1)[:1].isdecimal()


def of_group(reader: Reader, number: Number) -> bool:
    """``مجموعة الدول العشرين``: the name of a group of states."""
    near = {reader.folded(at).lstrip("ول") for at in range(number.first - _GROUP_REACH, number.first)}
    return number.definite and bool(near & word_class("group")) and reader.noun(number.last) is None


def lone_scale(reader: Reader, number: Number) -> bool:
    """``حرف «الألف»``, ``خزان المليون``: a bare scale under the article counts behind ``عددهم`` or a bound only."""
    if reader.folded(number.first).removeprefix("ب") not in word_class("scale") or number.last != number.first + 1:
        return False
    if number.prefix == "ب" and reader.noun(number.last) is None:
        # 10 أجزاء بالمليار
        return True
    if counts_behind(reader, number.last) or approximation_before(reader.text, number.first) is not None:
        return False
    before = reader.folded(number.first - 1)
    return before not in word_class("of_them") | word_class("tally") | words_of("change_words")


def of_verse(reader: Reader, number: Number) -> bool:
    """``{...} (44) سورة الزخرف``, ``البقرة 114``."""
    first = number.first - (reader.folded(number.first - 1) in _OPENINGS)
    behind = number.last + (reader.folded(number.last) in _CLOSINGS)
    behind += reader.folded(behind) == "من"
    return number.digits and (reader.folded(first - 1) in _VERSES or reader.folded(behind) == "سوره")


def of_minute(reader: Reader, number: Number) -> bool:
    """``51' علي العابدي``, ``90 +2``, ``دق 72``."""
    behind, before = reader.folded(number.last), reader.folded(number.first - 1)
    if before in word_class("minute"):
        return True
    return number.digits and (behind in _MINUTES or before in ("دق", "+") or "x" in (behind, before))


def of_clock(reader: Reader, number: Number) -> bool:
    """``الثامنة صباحا (8.00)``."""
    written = reader.folded(number.first)
    near = {reader.folded(at) for at in range(number.first - _CLOCK_REACH, number.first)}
    return number.digits and _CLOCK.fullmatch(written) is not None and bool(near & word_class("clock"))


def of_telephone(reader: Reader, number: Number) -> bool:
    """``71.960.448``: eight digits in the groups of a telephone number, with nothing counted behind them."""
    return _TELEPHONE.fullmatch(reader.folded(number.first)) is not None and not counts_behind(
        reader, number.last + (reader.folded(number.last) in _CLOSINGS)
    )


def multiplies(reader: Reader, number: Number) -> bool:
    """``ثلاثة أضعاف``, ``يفوقه بخمس مرات``, ``تضاعف العدد ثلاث مرات``: how many times as much, which counts nothing."""
    behind = reader.folded(number.last)
    if behind == "نجوم" and number.value in _STARS:
        # فندق خمس نجوم: its class
        return True
    if behind in word_class("multiple"):
        return True
    times = behind in ("مره", "مرات")
    if times and reader.folded(number.last + 1) in word_class("faster"):
        # ست مرات أسرع
        return True
    if times and (number.value != int(number.value) or definite(reader, number.last + 1)):
        # بمكرر 8.4 مرة, عشر مرات الأجر الأدنى
        return True
    near = {reader.folded(at) for at in range(number.first - _GROWTH_REACH, number.first)}
    return times and ("ب" in (number.prefix, reader.folded(number.first - 1)) or bool(near & word_class("growth")))


LABELS: tuple[Callable[[Reader, Number], bool], ...] = (
    labels,
    of_verse,
    of_minute,
    of_clock,
    of_telephone,
    multiplies,
    of_group,
    of_day,
    of_length,
    of_article,
    of_year,
    lone_scale,
)
