"""The words of time, looked up in a text: one view of a text that all rules of this stage share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from khabar.lexicon import forms
from khabar.text import Tokenized, fold
from khabar.text.numbers import Number, digits_value, may_be_number_word, read_number
from khabar.text.phrases import Match, Phrases

# fmt: off
_PARTICLES = frozenset({
    "كل", "قبل", "بعد", "بعدها", "بعدئذ", "قبلها", "هذا", "هذه", "بهذا", "نفس", "ذات",
    "ذلك", "تلك", "بنفس", "بذات", "بذلك", "بتلك",
    "وقت", "ساعه", "ساعات", "قبيل", "بعيد", "نصف", "ربع", "ثلث",
    "الربع", "النصف", "للربع", "للنصف", "بالربع", "بالنصف", "ال",
    "س", "بال", "لل", "فاتح", "الفاتح", "الساعه", "للساعه", "بالساعه",
})
# fmt: on
"""Closed-class words that may open an expression without standing in a table."""

_TABLES = (
    "not_times", "fixed_dates", "months", "weekdays", "relative_days", "holidays", "time_units", "day_parts",
    "boundaries", "seasons", "decades", "divisions", "that_day",
)  # fmt: skip


Reading = Literal["news", "assistant"]
"""Who reads: a paper's reader looks back (``الثلاثاء`` is past), an assistant's user looks ahead."""


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of a table: which table, its row, and whether it stands under the article."""

    table: str
    row: Mapping[str, str]
    definite: bool


@cache
def calendar_words() -> Phrases[Word]:
    """All tables of this stage in one."""
    entries = []
    for name in _TABLES:
        for form, row in forms(name):
            entries.append((form, Word(name, row, fold(form).startswith("ال"))))
            if name in ("time_units", "decades"):
                entries.append(("ال" + form, Word(name, row, True)))
    return Phrases(entries)


@cache
def _first_words() -> frozenset[str]:
    bare = {fold(form).split()[0] for name in _TABLES for form, _ in forms(name)}
    return frozenset(bare | {"ال" + word for word in bare})


@lru_cache(maxsize=100_000)
def _may_begin(folded: str) -> bool:
    first = _first_words()
    return any(folded[cut:] in first for cut in range(min(3, len(folded)))) or folded.startswith(("لل", "ولل"))


@lru_cache(maxsize=100_000)
def may_open(folded: str) -> bool:
    """Can a time expression begin in this folded word?  Spares most words of a text all rules."""
    if (
        folded[:1].isdecimal()
        or _may_begin(folded)
        or may_be_number_word(folded)
        or folded in _PARTICLES
        or folded[1:] in _PARTICLES
        or folded in accusative_units()
    ):
        return True
    return _may_be_ordinal(folded) or "ال" + folded in words_of("weekdays")


@lru_cache(maxsize=100_000)
def _may_be_ordinal(folded: str) -> bool:
    return any(folded[cut:] in _ordinal_stems() for cut in range(3))


@cache
def ordinals() -> Phrases[int]:
    """``الخامس`` and ``خامس``, by value."""
    entries = [(form, int(row["value"])) for form, row in forms("ordinals")]
    return Phrases(entries + [("ال" + form, value) for form, value in entries])


@cache
def _ordinal_stems() -> frozenset[str]:
    bare = {fold(form).split()[0] for form, _ in forms("ordinals")}
    return frozenset(bare | {"ال" + word for word in bare})


@cache
def accusative_units() -> dict[str, int]:
    """``ثمانيا``, ``إحدى`` before tens, by value."""
    return {fold(form): int(row["value"]) for form, row in forms("accusative_units")}


@cache
def words_of(name: str) -> frozenset[str]:
    """Folded one-word forms of a plain table."""
    return frozenset(fold(form) for form, _ in forms(name))


@cache
def words_as(name: str, role: str) -> frozenset[str]:
    """Folded one-word forms of those rows of a table that have this role."""
    return frozenset(fold(form) for form, row in forms(name) if row["role"] == role)


@cache
def values_of(name: str, column: str) -> dict[str, str]:
    """Folded one-word forms of a table with the value of one column."""
    return {fold(form): row[column] for form, row in forms(name)}


@cache
def phrases_of(name: str, column: str) -> Phrases[str]:
    """A table as phrases with the value of one column."""
    return Phrases((form, row[column]) for form, row in forms(name))


class View:
    """A text as the rules of this stage see it; look-ups are remembered by token."""

    def __init__(self, text: Tokenized, reading: Reading = "news") -> None:
        self.text = text
        self.reading = reading
        self.tokens = text.tokens
        self._count = len(text.tokens)
        # a kashida alone stands for a hyphen (2006 ـ 2007)
        self._folded = [one.folded or ("" if one.text.strip("ـ") else "-") for one in text.tokens]
        self._words: dict[int, Match[Word] | None] = {}
        self.namesakes: frozenset[str] | None = None
        """Months that are names in this text; asked only where one stands barely."""
        self.divided: bool | None = None
        """Does the text name a quarter or half of a year with its year?  Asked only where one stands without."""

    def folded(self, index: int) -> str:
        """The folded token, or an empty string past either end."""
        return self._folded[index] if 0 <= index < self._count else ""

    def word(self, index: int) -> Match[Word] | None:
        """The longest entry of the tables that begins in a token."""
        if index not in self._words:
            known = 0 <= index < len(self.tokens) and self._possible(index)
            self._words[index] = calendar_words().at(self.text, index) if known else None
        return self._words[index]

    def _possible(self, index: int) -> bool:
        return self.tokens[index].kind == "word" and _may_begin(self.tokens[index].folded)

    def word_in(self, index: int, *tables: str) -> Match[Word] | None:
        """The entry at a token if it is of one of these tables."""
        match = self._words[index] if index in self._words else self.word(index)
        return match if match is not None and match.value.table in tables else None

    def number(self, index: int) -> Number | None:
        """The number that begins in a token."""
        return read_number(self.text, index) if 0 <= index < len(self.tokens) else None

    def digits(self, index: int) -> int | None:
        """A token of plain digits as a whole number."""
        folded = self.folded(index)
        return int(folded) if folded.isdecimal() and len(folded) <= 8 else None

    def decimal(self, index: int) -> float | None:
        """A token of digits with marks."""
        if not (0 <= index < len(self.tokens)) or self.tokens[index].kind != "number":
            return None
        return digits_value(self.folded(index))

    def ordinal(self, index: int) -> Match[int] | None:
        """``الخامس``, ``الحادي والعشرين``, by value."""
        if not (0 <= index < len(self.tokens)):
            return None
        if not _may_be_ordinal(self._folded[index]):
            return None
        return ordinals().at(self.text, index)

    def direction(self, index: int) -> str | None:
        """What a word such as ``الماضي`` or ``نفسه`` says, as its table writes it."""
        if not (0 <= index < len(self.tokens)):
            return None
        match = phrases_of("relative_words", "direction").at(self.text, index, clitics=False)
        return match.value if match else None

    def adjacent(self, index: int) -> bool:
        """Does a token follow the one before it without a space?"""
        return 0 < index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end

    def same_line(self, first: int, last: int) -> bool:
        """Do two tokens stand on one line?"""
        return "\n" not in self.text.text[self.tokens[first].end : self.tokens[last].start]

    def approximation(self, index: int) -> Match[str] | None:
        """``نحو``, ``أكثر من``: the side it bounds."""
        if not (0 <= index < len(self.tokens)):
            return None
        return phrases_of("approximations", "side").at(self.text, index)


def counted(view: View, index: int) -> bool:
    """Does a noun that numbers count begin in a token?"""
    return index < len(view.tokens) and phrases_of("counted_nouns", "unit").at(view.text, index) is not None
