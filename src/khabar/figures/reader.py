"""The words of counting, and a text with the stretches that are already a time or a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from khabar.lexicon import forms, table
from khabar.model import Name, Span, Time
from khabar.text import Phrases, Tokenized, fold


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number counts: its unit, what became of it, whether the noun is definite or a dual."""

    unit: str
    kind: str
    dual: bool = False


@cache
def nouns() -> Phrases[Noun]:
    """Counted nouns, with and without the article."""
    entries = []
    for form, row in forms("counted_nouns"):
        noun = Noun(row["unit"], row["kind"])
        entries += [(form, noun), ("ال" + form, noun)]
    return Phrases([*_peoples({fold(form) for form, _ in entries}), *entries])


def _peoples(known: set[str]) -> list[tuple[str, Noun]]:
    """Men of a nation as they stand behind a number: ``84 روسيا``, ``خمسة مصريين``."""
    plurals = {form for form, _ in forms("demonyms") if form.endswith(("ون", "ين"))}
    counted = {form + "ا" for form, _ in forms("demonyms") if form.endswith("ي")} | plurals
    return [(form, Noun("person", "")) for form in sorted(counted) if fold(form) not in known]


def _duals(singular: str) -> list[str]:
    stem = singular[:-1] + "ت" if singular.endswith("ة") else singular
    return [stem + "ان", stem + "ين"]


@cache
def duals() -> Phrases[Noun]:
    """``قتيلان``, ``سفينتين``: the duals of the first form of every one-word noun."""
    entries, known = [], {fold(form) for form, _ in forms("counted_nouns")}
    for row in table("counted_nouns"):
        singular = row["form"].split("|")[0]
        if " " not in singular and singular.isalpha():
            noun = Noun(row["unit"], row["kind"], dual=True)
            entries += [(dual, noun) for dual in _duals(singular) if fold(dual) not in known]
    return Phrases(entries)


@cache
def numbered_nouns() -> Phrases[None]:
    """Nouns whose number tells which one (``المادة 16``)."""
    return Phrases([(form, None) for name, _ in forms("numbered_nouns") for form in (name, "ال" + name)])


@cache
def ordinals() -> Phrases[None]:
    """``الخامسة``, ``خامس``."""
    return Phrases([(form, None) for name, _ in forms("ordinals") for form in (name, "ال" + name)])


@cache
def fractions() -> Phrases[float]:
    """Fractions as shares in per cent."""
    return Phrases((form, float(row["percent"])) for form, row in forms("figure_fractions"))


@cache
def vague_amounts() -> Phrases[tuple[float, float]]:
    """``عشرات`` and the like with their conventional bounds."""
    return Phrases((form, (float(row["low"]), float(row["high"]))) for form, row in forms("vague_amounts"))


@cache
def units_of_time() -> frozenset[str]:
    """Folded forms of units of time."""
    return frozenset(fold(form) for form, _ in forms("time_units"))


@cache
def change_words() -> frozenset[str]:
    """Verbs and nouns of rise and fall."""
    return frozenset(fold(form) for form, _ in forms("change_words"))


@cache
def first_words(name: str) -> frozenset[str]:
    """Folded first words of a table's forms."""
    return frozenset(fold(form).split()[0] for form, _ in forms(name))


class Reader:
    """A text with the stretches that are already something else."""

    def __init__(self, text: Tokenized, times: Iterable[Time], names: Iterable[Name]) -> None:
        self.text = text
        self.tokens = text.tokens
        times, names = tuple(times), tuple(names)
        self.taken = frozenset(at for span in _spans(times, names) for at in self._covered(span))
        covered = [self._covered(name.span) for name in names]
        self.name_ends = {tokens.start: tokens.stop for tokens in covered}
        """The token behind each name, by the token that opens it."""

    def _covered(self, span: Span) -> range:
        first = self.text.token_at(span.start)
        last = first
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return range(first, last)

    def folded(self, index: int) -> str:
        """The folded token, or an empty string past either end."""
        return self.tokens[index].folded if 0 <= index < len(self.tokens) else ""

    def adjacent(self, index: int) -> bool:
        """Does a token follow the one before it without a space?"""
        return 0 < index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end

    def line_start(self, index: int) -> bool:
        """Is a token the first of its line?"""
        return index == 0 or "\n" in self.text.text[self.tokens[index - 1].end : self.tokens[index].start]

    def noun(self, index: int) -> Noun | None:
        """The counted noun that begins in a token."""
        match = nouns().at(self.text, index, clitics=False) if index < len(self.tokens) else None
        return match.value if match is not None else None


def _spans(times: Iterable[Time], names: Iterable[Name]) -> list[Span]:
    return [time.span for time in times] + [name.span for name in names]
