"""What linking reads of a document's text: its sentences as folded words and as shingles, and its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zlib import crc32

from khabar.model import Document
from khabar.text import tokenize

SHINGLE = 3
LONGEST = 4_000
"""Sentences beyond this number are left out, so that one monstrous file cannot stop the rest."""
_HEADLINE_WORDS = 25


@dataclass(frozen=True)
class Passage:
    """A sentence: where it stands, its folded words, and its overlapping groups of three words, as numbers."""

    start: int
    end: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    """Where each word stands in the text."""

    @cached_property
    def shingles(self) -> tuple[int, ...]:
        """One number for every three words in a row; a shorter sentence has one for the whole of it."""
        last = max(1, len(self.words) - SHINGLE + 1)
        return tuple(crc32(" ".join(self.words[at : at + SHINGLE]).encode()) for at in range(last))


@dataclass(frozen=True)
class Body:
    """A document for linking: its id, when it was published, its sentences without the headline."""

    id: str
    published: str
    """ISO date or a prefix of one; empty where unknown."""
    title: str
    """As its outlet gives it, else its headline; empty where it has neither."""
    headline: tuple[str, ...]
    passages: tuple[Passage, ...]

    @cached_property
    def size(self) -> int:
        """Words of the body."""
        return sum(len(passage.words) for passage in self.passages)

    @cached_property
    def shingles(self) -> frozenset[int]:
        """All shingles of the body."""
        return frozenset(shingle for passage in self.passages for shingle in passage.shingles)

    @cached_property
    def digest(self) -> str:
        """The same for bodies of the same words."""
        return " ".join(word for passage in self.passages for word in passage.words)

    @cached_property
    def day(self) -> int | None:
        """Day of publication as a number, None where it is not known to the day."""
        return day_number(self.published)

    @property
    def order(self) -> tuple[str, str]:
        """Sorts by date, unknown dates last, then by id."""
        return (self.published or "~", self.id)


def day_number(value: str | None) -> int | None:
    """The day of an ISO date as a number; None for a coarser or impossible one.

    >>> day_number("2020-01-02T08:00") - day_number("2020-01-01"), day_number("2020-01")
    (1, None)
    """
    if value is None or len(value) < 10:
        return None
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def body(document: Document) -> Body:
    """The body of a document.  A short first line that ends without a full stop is its headline, not its body."""
    passages = _passages(document.text)
    title, headline = document.title or "", tuple[str, ...]()
    if len(passages) > 1 and _is_headline(document.text, passages[0]):
        title = title or document.text[passages[0].start : passages[0].end]
        headline, passages = passages[0].words, passages[1:]
    published = document.published.value if document.published else ""
    return Body(document.id, published, title, headline, tuple(passages))


def _passages(text: str) -> list[Passage]:
    read = tokenize(text)
    found = []
    for sentence in read.sentences[:LONGEST]:
        words = [token for token in read.tokens[sentence.first : sentence.last] if token.kind != "mark"]
        if words:
            folded = tuple(token.folded for token in words)
            found.append(Passage(sentence.start, sentence.end, folded, tuple(token.start for token in words)))
    return found


def _is_headline(text: str, first: Passage) -> bool:
    followed = text[first.end : first.end + 4]
    return len(first.words) <= _HEADLINE_WORDS and "\n" in followed and text[first.end - 1 : first.end] != "."


def bodies(documents: Sequence[Document]) -> list[Body]:
    """Bodies by date, then id: the order in which everything that follows is done."""
    return sorted((body(document) for document in documents), key=lambda one: one.order)
