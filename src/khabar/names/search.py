"""Phrases found faster: most words can be seen at once to begin none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from khabar.text import Match, Phrases, Tokenized, fold, tokenize
from khabar.text.morphology import readings

Value = TypeVar("Value")


class Finder(Generic[Value]):
    """A table of phrases that remembers, word by word, whether any phrase may begin with it.

    >>> from khabar.text import tokenize
    >>> [match.value for match in Finder([("حزب", "party")]).find(tokenize("قال وحزب النور"))]
    ['party']
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        known = list(entries)
        self._phrases = Phrases(known)
        firsts = frozenset(_first(form) for form, _ in known)
        self._begins = lru_cache(maxsize=50_000)(lambda word: _begins(word, firsts))

    def at(self, text: Tokenized, index: int, *, clitics: bool = True) -> Match[Value] | None:
        """The longest phrase that begins in token `index`, or None."""
        if not self._begins(text.tokens[index].folded):
            return None
        return self._phrases.at(text, index, clitics=clitics)

    def find(self, text: Tokenized) -> list[Match[Value]]:
        """All phrases in the text, left to right, not overlapping."""
        found: list[Match[Value]] = []
        index = 0
        while index < len(text.tokens):
            match = self.at(text, index)
            if match is None:
                index += 1
            else:
                found.append(match)
                index = match.last
        return found


def _first(form: str) -> str:
    first = fold(form).split()[0]
    return first if first.isalpha() else tokenize(form).tokens[0].folded


def _begins(word: str, firsts: frozenset[str]) -> bool:
    """May a phrase with one of these first words begin in a folded word, clitics before it or not?"""
    return word in firsts or any(
        (f"ال{reading.stem}" if reading.article else reading.stem) in firsts
        for reading in readings(word)
        if reading.prefix
    )
