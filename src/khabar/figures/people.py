"""Whether a number whose noun no table knows counts people."""

from __future__ import annotations

from functools import cache

from khabar.figures.amounts import Amount
from khabar.figures.reader import Reader
from khabar.figures.words import stops, word_class, words_of
from khabar.lexicon import forms
from khabar.model import Span
from khabar.text import fold
from khabar.text.numbers import approximation_before

_OF = frozenset({"من", "«", '"'})
_SHORTEST = 3
_AMONG_MEN = frozenset({"منهم", "بينهم", "منهن", "بينهن"})
_TOLLS = frozenset({"dead", "wounded", "missing", "arrested", "displaced"})
"""What becomes of people so often that a bare number counts people."""


def unit_without_noun(reader: Reader, amount: Amount, what: Span | None, fate: str) -> str:
    """``مقتل 37``, ``و5 آخرين``, ``8 من داعش``: people, where a fate or ``آخرين`` says so and no thing is named."""
    if reader.folded(amount.last) in word_class("others"):
        return "person"
    if what is None and (_acting(reader.folded(amount.last)) or _among(reader, amount)):
        return "person"
    if what is not None and _acting(reader.folded(amount.last + 1)):
        # 17 صيادا قتلوا
        return "person"
    if what is not None and _people(what.text.split()[0]):
        return "person"
    named = what is not None and reader.folded(amount.last) not in _OF | stops()
    whole = amount.low == int(amount.low)
    return "person" if fate in _TOLLS and whole and not named else "other"


def told(reader: Reader, amount: Amount) -> bool:
    """Does a word before a number with nothing counted say that it is a count (``كانت 90``, ``من أصل 216``)?

    Where neither unit nor thing is known, a figure is kept only so, or with a bound (``نحو 90``).
    """
    if amount.approx or amount.vague or amount.rule in ("range", "fraction"):
        return True
    if reader.folded(amount.last) == "من":
        # اثنين من هذه المجموعة
        return True
    before = reader.folded(amount.first - 1).lstrip("وف")
    return before in word_class("tally") | word_class("of_them") | word_class("lead") | words_of("change_words")


def _acting(word: str) -> bool:
    """``119 يحملون شهادة``, ``30 قتلوا``: a verb of many men behind the number."""
    return len(word) > _SHORTEST and (
        (word[0] == "ي" and word.endswith("ون")) or word.endswith("وا") or word == "الذين"
    )


def _among(reader: Reader, amount: Amount) -> bool:
    """``منهم أكثر من 50 ألفا``."""
    bound = approximation_before(reader.text, amount.first)
    before = (bound.first if bound is not None else amount.first) - 1
    return reader.folded(before).lstrip("و") in _AMONG_MEN


def _people(word: str) -> bool:
    """``الحوثيين``, ``متسابقين``, ``سباحين``: plurals of men by their letters."""
    folded = fold(word).removeprefix("ال")
    return folded.endswith(("ين", "ون")) and len(folded) >= _SHORTEST + 2 and folded not in _things()


@cache
def _things() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("thing_plurals"))
