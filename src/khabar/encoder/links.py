"""How likely one token is this or that to another: the actor of a trigger's event, its date, a claim that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from khabar.encoder.decode import Floats, Whole

LIMITS = (1, 2, 3, 5, 9, 17, 33, 65)
"""Distances in words at which a new column begins."""
DISTANCES = 2 * len(LIMITS) + 1


def distance(words: int) -> int:
    """The column of a distance: words on (positive) or back (negative), coarser the farther.

    >>> distance(0), distance(1), distance(-1), distance(4), distance(-1000)
    (8, 9, 7, 11, 0)
    """
    size = sum(abs(words) >= limit for limit in LIMITS)
    return len(LIMITS) - size if words < 0 else len(LIMITS) + size


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """What the encoder says of pairs of tokens of one text: a biaffine score (Dozat and Manning 2017) of each kind."""

    kinds: tuple[str, ...]
    asking: Floats
    """Tokens × kinds × (width + 1): what each token asks with; the last number is added to the product of the rest."""
    answering: Floats
    distances: Floats
    """Kinds × `DISTANCES`: what being so far apart adds."""
    window: Whole
    """For each token the window that it was encoded in: of tokens in two windows nothing is known."""

    def odds(self, kind: str, asking: Sequence[int], answering: Sequence[int]) -> Floats:
        """Log-odds (natural logarithm), asking × answering tokens; NaN for tokens that were not encoded together.

        Raises:
            KeyError: for a kind that these weights do not have.
        """
        if kind not in self.kinds:
            raise KeyError(f"these weights know nothing of {kind!r}")
        column = self.kinds.index(kind)
        heads, tails = np.asarray(asking, np.int64), np.asarray(answering, np.int64)
        ask, answer = self.asking[heads, column], self.answering[tails, column]
        apart = tails[None, :] - heads[:, None]
        size = np.searchsorted(LIMITS, np.abs(apart), side="right")
        found = ask[:, :-1] @ answer[:, :-1].T + ask[:, -1:] + answer[:, -1]
        found = found + self.distances[column, len(LIMITS) + np.sign(apart) * size]
        found[self.window[heads][:, None] != self.window[tails][None, :]] = np.nan
        return np.asarray(found, np.float32)
