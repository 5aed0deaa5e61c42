"""Weighted words as arrays, so that one report is compared with hundreds at once.

What comes out is a little less exact than `khabar.link.stories.dot`: it says which pairs are worth that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from khabar.link.reader import Last
from khabar.link.state import Packed, block_key

EXACT = 1e-9
"""No product of two vectors of length one is further off than this."""
_MOST = 50_000

Numbered = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Words by their numbers, and their weights."""


class Vectors:
    """The vectors of reports by their ids; `vector` gives one that is not in `kept` yet."""

    def __init__(self, vector: Callable[[str], Mapping[str, float]], kept: Packed) -> None:
        self._vector = vector
        self._kept = kept
        self._numbers: dict[int, int] = {}
        self._known = Last(self._numbered, _MOST)
        self._one = np.zeros(1 << 16)

    def clear(self) -> None:
        """Forget all vectors but those that are kept."""
        self._known.clear()

    def take(self, id: str, vector: Mapping[str, float]) -> None:
        """Keep a vector that is new, or has changed."""
        words = np.fromiter(map(_word_key, vector), np.int64, len(vector))
        weights = np.fromiter(vector.values(), np.float64, len(vector))
        self._kept[id] = words.tobytes() + weights.tobytes()
        self._known[id] = self._as_numbers(words), weights

    def alike(self, id: str, others: Sequence[str]) -> list[float]:
        """About the inner products of one report's vector with others."""
        if not others:
            return []
        words, weights = self._known[id]
        theirs = [self._known[other] for other in others]
        ends = np.cumsum([len(numbers) for numbers, _ in theirs])
        one = self._row()
        one[words] = weights
        products = one[np.concatenate([numbers for numbers, _ in theirs])]
        products *= np.concatenate([values for _, values in theirs])
        one[words] = 0.0
        sums = np.concatenate([[0.0], np.cumsum(products)])[np.concatenate([[0], ends])]
        found: list[float] = np.diff(sums).tolist()
        return found

    def _row(self) -> NDArray[np.float64]:
        """A number for every word, all zero."""
        if len(self._one) < len(self._numbers):
            self._one = np.zeros(2 * len(self._numbers))
        return self._one

    def _numbered(self, id: str) -> Numbered:
        packed = self._kept.get(id)
        if packed is None:
            self.take(id, self._vector(id))
            return self._known[id]
        half = len(packed) // 2
        return self._as_numbers(np.frombuffer(packed[:half], np.int64)), np.frombuffer(packed[half:], np.float64)

    def _as_numbers(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """Words by small numbers, which are given as they are met."""
        known = self._numbers
        return np.array([known.setdefault(word, len(known)) for word in words.tolist()], np.int64)


@lru_cache(maxsize=200_000)
def _word_key(word: str) -> int:
    return block_key("word", word)
