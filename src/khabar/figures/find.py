"""Where in the text a number counts or measures something.

`find` gives amounts: a number or a range of two, with the words that bound it and the words for what is counted.
Numbers that name (``المادة 16``, ``اللواء 17``), order, date or are part of a name are left out.
"""

from __future__ import annotations

from functools import cache, lru_cache

from khabar.figures.amounts import Amount, bounded, bracketed, echoed, ranged
from khabar.figures.numerals import number_at
from khabar.figures.reader import Reader
from khabar.figures.refusals import REFUSALS, of_lengths
from khabar.figures.shapes import definite
from khabar.figures.words import Noun, duals, first_words, fractions, units_of_time, vague_amounts, word_class
from khabar.text.morphology import readings
from khabar.text.numbers import ARTICLES, approximation_before, digits_value, may_be_number_word

_VOWELLED = {"ثُلث": 33.33, "رُبع": 25, "خُمس": 20, "سُدس": 16.67, "سُبع": 14.29, "ثُمن": 12.5, "تُسع": 11.11, "عُشر": 10}


def amount(reader: Reader, index: int) -> Amount | None:
    """A number, or a range of two, that begins in a token."""
    number = number_at(reader, index)
    if number is None:
        return None
    if of_lengths(reader, number):
        return None
    whole = ranged(reader, number) or bracketed(reader, number) or echoed(reader, number)
    if whole is not None:
        compared = reader.folded(whole.last) in ("مره", "مرات") and definite(reader, whole.last + 1)
        return None if compared or reader.folded(whole.last) in word_class("multiple") else whole
    if any(refuse(reader, number) for refuse in REFUSALS):
        return None
    return bounded(reader, number)


def fraction(reader: Reader, index: int) -> Amount | None:
    """``الثلثين`` as a share."""
    if index in reader.taken:
        return None
    if (share := _VOWELLED.get(reader.tokens[index].text.rstrip("َُِ"))) is not None:
        return _share(reader, index, share)
    if not _possible(reader.folded(index), "figure_fractions"):
        return None
    match = fractions().at(reader.text, index)
    if match is None:
        return None
    value = match.value
    if match.prefix == "و" and reader.folded(match.last).removeprefix("ال") in word_class("halved"):
        # أربع بوصات وثلاثة أرباع البوصة
        return None
    bound = approximation_before(reader.text, index) if not match.prefix else None
    return Amount(
        index,
        match.last,
        bound.start if bound is not None else match.start,
        match.end,
        value,
        value,
        bound is not None,
        True,
        False,
        "fraction",
        0.8,
        noun=Noun("percent", ""),
    )


def _share(reader: Reader, index: int, percent: float) -> Amount:
    """``نحو خُمس المهاجرين``: where the vowel is written, the fifth is no five."""
    token, bound = reader.tokens[index], approximation_before(reader.text, index)
    start = bound.start if bound is not None else token.start
    return Amount(
        index, index + 1, start, token.end, percent, percent, bound is not None, True, False, "fraction", 0.8,
        noun=Noun("percent", ""),
    )  # fmt: skip


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
