"""What a rule of this stage hands over: a stretch of tokens that may be a name."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.model import NameType
from khabar.names.evidence import zipf
from khabar.text import Token, Tokenized, fold


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `first` to `last` (left out), of which `start` to `end` may be a name.

    `label` is None where only the words themselves can give it.  `title` holds the first and the last token
    (left out) of the office that stands before a person.
    """

    first: int
    last: int
    start: int
    end: int
    type: NameType
    rule: str
    score: float
    label: str | None = None
    reference: str | None = None
    title: tuple[int, int] | None = None
    short: bool = False
    """True for a part of a person's name that a table knows to stand alone."""
    agreed: bool = False
    """True where the encoder sees the same tokens as a name of the same kind."""


def name_start(text: Tokenized, first: int, start: int) -> int:
    """Where a name begins whose stem stands at `start` in token `first`: a fused ``لل`` (``للأمم``) is kept whole.

    >>> from khabar.text import tokenize
    >>> name_start(tokenize("للأمم المتحدة"), 0, 1), name_start(tokenize("لليبيا"), 0, 1)
    (0, 1)
    """
    if start == text.tokens[first].start or text.text[start - 1 : start + 1] != "لل":
        return start
    rest = fold(text.text[start : text.tokens[first].end])
    return start - 1 if zipf("ال" + rest[1:]) >= zipf(rest) else start


def is_on(token: Token) -> bool:
    """Is it the preposition ``على``, which folding makes the same as the name ``علي``?"""
    return token.folded in ("علي", "وعلي", "فعلي") and token.text.endswith("ى")


def words_of(text: Tokenized, found: Candidate) -> tuple[str, ...]:
    """The folded words of a candidate, its first one without clitics, without quotation marks and hyphens.

    >>> from khabar.text import tokenize
    >>> words_of(tokenize("وخالد الأحمد"), Candidate(0, 2, 1, 12, "PER", "x", 1.0))
    ('خالد', 'الاحمد')
    """
    first = text.tokens[found.first]
    head = fold(text.text[found.start : min(first.end, found.end)])
    if head.startswith("لل") and found.start == first.start:
        head = "ال" + head[2:]
    rest = [token.folded for token in text.tokens[found.first + 1 : found.last] if token.kind != "mark"]
    return (head, *rest) if first.kind != "mark" else tuple(rest)
