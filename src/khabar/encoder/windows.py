"""Words into the pieces of the encoder's vocabulary, and a text into windows that the encoder can take at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from khabar.text.fold import INVISIBLE, MARKS, TATWEEL

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SIZE = 128
"""Pieces of one window at most, its two end marks counted: time grows with the square of it."""
LONGEST_WORD = 16
"""Pieces of one word that are kept: what is longer is no word, but an address or rubbish."""
FIRST, PADDING, LAST, UNKNOWN = 0, 1, 2, 3
"""Ids of the pieces that mean no letters, as in XLM-RoBERTa."""

_PERSIAN = {"ی": "ي", "ک": "ك", "ھ": "ه", "ہ": "ه"}
_DIGITS = {chr(base + digit): str(digit) for base in (0x0660, 0x06F0) for digit in range(10)}
_PLAIN = str.maketrans({**dict.fromkeys(MARKS | INVISIBLE | {TATWEEL}), **_PERSIAN, **_DIGITS})


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """A word as the encoder is to see it: hamza and ى as written, but no vowel signs, kashida, second set of digits.

    >>> plain("مُحَمَّد"), plain("إلى"), plain("٢٠٢٣")
    ('محمد', 'إلى', '2023')
    """
    return word.translate(_PLAIN)


def pieces(tokenizer: Tokenizer, words: Sequence[str]) -> list[list[int]]:
    """The ids of each word's pieces, at least one and at most `LONGEST_WORD`."""
    encoded = tokenizer.encode([plain(word) for word in words], is_pretokenized=True, add_special_tokens=False)
    found: list[list[int]] = [[] for _ in words]
    for word, piece in zip(encoded.word_ids, encoded.ids, strict=True):
        if word is not None:
            found[word].append(piece)
    return [ids[:LONGEST_WORD] or [UNKNOWN] for ids in found]


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `first` to `last` (left out) of a text."""

    first: int
    last: int


def windows(lengths: Sequence[int], starts: Iterable[int], size: int = SIZE) -> list[Window]:
    """Cut a text into windows that hold whole sentences, as many as go in; a sentence too long is cut between words.

    `lengths` counts the pieces of each token, `starts` holds the first token of each sentence.

    >>> windows([100, 100, 100, 10], [0, 1, 3], size=256)
    [Window(first=0, last=1), Window(first=1, last=4)]
    """
    room = size - 2
    found: list[Window] = []
    first = filled = 0
    for begin, end in _sentences(lengths, starts, room):
        needed = sum(lengths[begin:end])
        if begin > first and filled + needed > room:
            found.append(Window(first, begin))
            first, filled = begin, 0
        filled += needed
    return [*found, Window(first, len(lengths))] if len(lengths) > first else found


def _sentences(lengths: Sequence[int], starts: Iterable[int], room: int) -> list[tuple[int, int]]:
    """Sentences as ranges of tokens, none of more pieces than there is room for."""
    cuts = sorted({0, *starts, len(lengths)})
    found: list[tuple[int, int]] = []
    for begin, end in pairwise(cuts):
        filled, at = 0, begin
        for index in range(begin, end):
            if filled + lengths[index] > room and index > at:
                found.append((at, index))
                at, filled = index, 0
            filled += lengths[index]
        found.append((at, end))
    return found
