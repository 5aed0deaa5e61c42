"""Tokens and sentences, as offsets into the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from khabar.model import Span
from khabar.text.fold import fold

_MARK = "\u0610\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
_TOKEN = re.compile(
    rf"""
    [^\W\d_]+ (?:(?:[{_MARK}]|['’](?=[A-Za-z]))[^\W\d_]*)*                                    # a word
    | [0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]+)*  # 5.400  20:30
    | \.{{2,}} | … | [^\w\s] | _                                                             # punctuation
    """,
    re.VERBOSE,
)
_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_SENTENCE_END = frozenset({".", "!", "?", "؟", "…"})
_CLOSING = frozenset("\"”»’')]")
_BREAK = re.compile(r"\n")
_MAY_END = _SENTENCE_END | _CLOSING
_LONGEST_SENTENCE = 500
"""Tokens.  No writer's sentence is as long; a text without full stops is cut here, since what is found in a sentence
is compared with all else in it."""
_ABBREVIATIONS = frozenset(
    {"د", "م", "أ", "ت", "ج", "ق", "ا", "ف", "ب", "ص", "غ", "ه", "ط", "س", "كم", "st", "mr", "dr", "u", "n"}
)


class Token(NamedTuple):
    """A word, a number or a punctuation mark; `folded` is its look-up form.

    A tuple, since a text has as many of these as words, and a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    text: str
    folded: str
    kind: str
    """``word``, ``number`` or ``mark``."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` up to, not including, ``last`` of a text."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Tokenized:
    """A text with its tokens and sentences, computed once and read by every stage."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The characters from `start` to `end` as a span."""
        return Span(start, end, self.text[start:end])

    def token_span(self, first: int, last: int) -> Span:
        """The stretch from token `first` to token `last`, which is left out."""
        return self.span(self.tokens[first].start, self.tokens[last - 1].end)

    def token_at(self, offset: int) -> int:
        """Index of the token that holds `offset`, or of the last one before it (0 at the start)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds `offset`, or of the last one before it (0 at the start)."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].start <= offset:
                low = middle + 1
            else:
                high = middle
        return max(0, low - 1)


def _tokens(text: str) -> tuple[Token, ...]:
    """Made as plain tuples are, which takes half the time, for most of tokenising goes into this."""
    make = tuple.__new__
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = text[start:end]
        found.append(make(Token, (start, end, word, *_read(word))))
    return tuple(found)


@lru_cache(maxsize=200_000)
def _read(word: str) -> tuple[str, str]:
    """The look-up form of a token, and its kind, which its first character tells."""
    return fold(word), "word" if word[0].isalpha() else "number" if word[0] in _DIGITS else "mark"


def plain_words(text: str) -> list[str]:
    """The words and numbers of a text as written, in less time than its tokens.

    >>> plain_words("في 1,200 (ألف)")
    ['في', '1,200', 'ألف']
    """
    return [word for word in _TOKEN.findall(text) if _read(word)[1] != "mark"]


def _abbreviated(tokens: tuple[Token, ...], at: int) -> bool:
    """Is the full stop at token `at` part of ``د.`` or ``أ.ف.ب``?"""
    before = tokens[at - 1] if at else None
    if tokens[at].text != "." or before is None or before.end != tokens[at].start:
        return False
    followed = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].kind == "word"
    return before.folded in _ABBREVIATIONS and (followed or before.folded == "د")


def _ends_sentence(tokens: tuple[Token, ...], at: int) -> bool:
    """Does the mark at token `at` end a sentence, no line break being behind it?"""
    token = tokens[at]
    if token.text in _SENTENCE_END and not _abbreviated(tokens, at):
        return not (at + 1 < len(tokens) and tokens[at + 1].text in _MAY_END)
    return token.text in _CLOSING and at > 0 and tokens[at - 1].text in _SENTENCE_END


def _ends(text: str, tokens: tuple[Token, ...], starts: tuple[int, ...]) -> list[int]:
    """The tokens that end a sentence: before a line break, at a mark, and the last."""
    breaks = (match.start() for match in _BREAK.finditer(text))
    found = {bisect_right(starts, at) - 1 for at in breaks} - {-1}
    found.update(at for at, token in enumerate(tokens) if token[2] in _MAY_END and _ends_sentence(tokens, at))
    return sorted(found | {len(tokens) - 1}) if tokens else []


def _sentences(text: str, tokens: tuple[Token, ...], starts: tuple[int, ...]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    first = 0
    for end in _ends(text, tokens, starts):
        for last in (*range(first + _LONGEST_SENTENCE, end + 1, _LONGEST_SENTENCE), end + 1):
            found.append(Sentence(tokens[first].start, tokens[last - 1].end, first, last))
            first = last
    return tuple(found)


@lru_cache(maxsize=8)
def tokenize(text: str) -> Tokenized:
    """Tokens and sentences of a text.

    A line break ends a sentence, a point inside a number or an abbreviation does not.

    >>> [token.text for token in tokenize("بلغت 5.400 هكتار.").tokens]
    ['بلغت', '5.400', 'هكتار', '.']
    >>> len(tokenize("قال د. سالم. ثم غادر").sentences)
    2
    """
    tokens = _tokens(text)
    starts = tuple([token[0] for token in tokens])
    return Tokenized(text, tokens, _sentences(text, tokens, starts), starts)
