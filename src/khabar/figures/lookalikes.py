"""Words and digits that look like numbers and are none: names, days, tags, the Arabic verb *he wrote*."""

from __future__ import annotations

from collections.abc import Callable

from khabar.figures.reader import Reader
from khabar.figures.shapes import partitive
from khabar.figures.words import followers, units_of_time, word_class, words_of
from khabar.text.numbers import Number, approximation_before, read_number

_QUOTES = frozenset('"«»“”')
_TENS = frozenset({10, 20})
_CLOSINGS = frozenset(')»"”')
_PARTICLE = 3
_LONGEST_LIST = 30
_RATE, _THOUSAND = 100, 1000
_TAGS = frozenset({"#", "_"})
_LADY = "الست"
_AGES_REACH, _OLDEST = 4, 120


def no_noun(reader: Reader, number: Number) -> bool:
    behind = number.last + (reader.folded(number.last) in _CLOSINGS)
    return reader.noun(behind) is None and reader.folded(behind) not in ("%", "٪") and not partitive(reader, behind)


def plain_word(reader: Reader, index: int) -> bool:
    word = reader.folded(index)
    return len(word) > _PARTICLE - 1 and word not in followers("stop") and not word.startswith(("ب", "و", "ل"))


_LETTER, _SHORT_WORDS = 2, frozenset({"ام", "سو"})
_PRAYERS, _PRAYED = 5, frozenset({"امام", "صلوات", "فروض"})


def _holy(reader: Reader, number: Number) -> bool:
    """``العشر الأواخر``: days of a month; ``إمام الخمس``: the prayers."""
    if number.definite and number.value == _PRAYERS and reader.folded(number.first - 1).removeprefix("ال") in _PRAYED:
        return True
    return number.definite and reader.folded(number.last) in word_class("last_days") and number.value in _TENS


def _lettered(reader: Reader, number: Number) -> bool:
    """``طراز إف- 16``, ``سي 130``: letters by their names before the digits."""
    if reader.dash(number.first - 1):
        return number.digits and reader.folded(number.first - 2) in word_class("model_letters")
    letters = reader.folded(number.first - 1)
    return (
        number.digits
        and letters in word_class("model_letters")
        and len(letters) == _LETTER
        and letters not in _SHORT_WORDS
    )


def _surname(reader: Reader, number: Number) -> bool:
    """``روجر ستون``: a ten with nothing counted behind it that may be a foreign name."""
    return reader.tokens[number.first].folded == "ستون" and number.last == number.first + 1 and no_noun(reader, number)


def _lookalike(reader: Reader, number: Number) -> bool:
    """``ولست أحسب`` (I am not), ``وست هام`` (West Ham)."""
    word = reader.folded(number.first)
    if word == _LADY and number.last == number.first + 1 and reader.folded(number.last) in _CLOSINGS:
        # لعبة الست: the lady
        return True
    if word == _LADY and reader.tokens[number.first].text.startswith("أ"):
        # ألست من أمة: am I not
        return True
    west = word in word_class("west") and reader.folded(number.last) in word_class("west_of")
    if number.prefix.endswith(("ك", "س")) and not number.digits and reader.noun(number.last) is None:
        # كالفي: a town
        return True
    return (
        word.endswith("لست") and word != "لست" and not word.startswith("ال") and reader.noun(number.last) is None
    ) or west


def _thousand(reader: Reader, number: Number) -> bool:
    """``ألف الكاتب روايته`` (he wrote), ``ألف مبروك``: a lone ``ألف`` counts only before something counted."""
    if number.value == _THOUSAND and reader.folded(number.last) in ("خير", "شكر", "تحيه"):
        # بألف خير
        return True
    if reader.folded(number.last) == "الف":
        # ألف ألف شكر
        return True
    if reader.folded(number.first) not in ("الف", "والف") or number.last != number.first + 1:
        return False
    if approximation_before(reader.text, number.first) is not None or reader.folded(number.last) == "من":
        return False
    return reader.noun(number.last) is None and reader.folded(number.first - 1) not in followers("stop")


def _verbal(reader: Reader, number: Number) -> bool:
    """``لم تسع`` (did not strive), ``خمسه`` (his fifth), ``دور الستة عشر``."""
    word, before = reader.folded(number.first), reader.folded(number.first - 1).lstrip("وف")
    if number.digits or number.last != number.first + 1:
        return False
    fifth = reader.tokens[number.first].text.rstrip("ُِ").endswith("ه") and no_noun(reader, number)
    teen = word in ("عشر", "عشره") and read_number(reader.text, number.first - 1) is not None
    return before in ("لم", "لن") or (fifth and not plain_word(reader, number.last)) or teen


def _tagged(reader: Reader, number: Number) -> bool:
    """``#ألف_مبروك``."""
    return reader.folded(number.first - 1) in _TAGS or reader.folded(number.last) == "_"


def _per(reader: Reader, number: Number) -> bool:
    """``جزء لكل مليون``, ``7 في كل مئة ألف نسمة``: what a rate is of."""
    first = number.first - (reader.folded(number.first - 1) in ("مئه", "مائه"))
    each = (reader.folded(first - 2), reader.folded(first - 1))
    if number.value >= _RATE and (each[1] == "لكل" or each in (("في", "كل"), ("من", "كل"))):
        return True
    return reader.folded(number.first - 1) == "لكل" and no_noun(reader, number) and not plain_word(reader, number.last)


def _written_twice(reader: Reader, number: Number) -> bool:
    """``ستة 6 سنوات``: a length of time in words and digits."""
    again = read_number(reader.text, number.last) if number.last < len(reader.tokens) and not number.digits else None
    return again is not None and again.value == number.value and reader.folded(again.last) in units_of_time()


def _of_month(reader: Reader, number: Number) -> bool:
    """``مدينة ستة أكتوبر``, ``نهج 25 جويلية``."""
    return reader.folded(number.last) in words_of("months") and number.value <= _LONGEST_LIST + 1


def _quoted(reader: Reader, number: Number) -> bool:
    """``مؤسسة "ست"``: a name that is a number word."""
    quoted = reader.folded(number.first - 1) in _QUOTES and reader.folded(number.last) in _QUOTES
    return quoted and not number.digits and not plain_word(reader, number.last + 1)


def _added_up(reader: Reader, number: Number) -> bool:
    """``مجموعة خمسة زائد واحد``, ``وثلاثة أرباع البوصة``."""
    if reader.folded(number.last) in ("ارباع", "اخماس", "اثلاث"):
        return True
    return "زائد" in (reader.folded(number.last), reader.folded(number.first - 1)) and no_noun(reader, number)


def _of_ages(reader: Reader, number: Number) -> bool:
    """``أعمارهن بين 16 و18``."""
    near = {reader.folded(at) for at in range(number.first - _AGES_REACH, number.first)}
    aged = bool(near & word_class("age")) and number.value <= _OLDEST
    if aged and reader.folded(number.first - 1) == "بين" and reader.folded(number.first - 2) in word_class("age"):
        return True
    return aged and not reader.plural(number.last) and reader.noun(number.last) is None


LOOKALIKES: tuple[Callable[[Reader, Number], bool], ...] = (
    _holy,
    _lettered,
    _surname,
    _lookalike,
    _thousand,
    _verbal,
    _tagged,
    _per,
    _written_twice,
    _of_month,
    _quoted,
    _added_up,
    _of_ages,
)
