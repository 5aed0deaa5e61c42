"""Weighted words as arrays, so that one report is compared with hundreds at once.

What comes out is a little less exact than `khabar.link.stories.dot`: it says which pairs are worth that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from khabar.link.reader import Last

EXACT = 1e-9
"""No product of two vectors of length one is further off than this."""
_MOST = 50_000

Numbered = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Words by their numbers, and their weights."""


class Vectors:
    """The vectors of reports by their ids; `vector` gives one where it is met first."""

    def __init__(self, vector: Callable[[str], Mapping[str, float]]) -> None:
        self._vector = vector
        self._numbers: dict[str, int] = {}
        self._known = Last(self._numbered, _MOST)
        self._one = np.zeros(1 << 16)

    def clear(self) -> None:
        """Forget all vectors, for weights have changed."""
        self._known.clear()

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
        vector = self._vector(id)
        numbers = [self._numbers.setdefault(word, len(self._numbers)) for word in vector]
        return np.array(numbers, np.int64), np.array(list(vector.values()), np.float64)
