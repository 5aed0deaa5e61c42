"""How the letters of a Latin word are written in Arabic, each in its surroundings.

Small networks read every Latin letter with four letters on either side and weigh what Arabic has for it: nothing, one
letter or two (``ch`` is ش in French, تش in English, خ in German).  The weight of an Arabic word is the sum over all
ways to share its letters out, in order, among the Latin ones (the forward algorithm, as for CTC, Graves et al. 2006).
The weights are first the chances of a spelling, then taught to tell pairs of names from the names that are spelled
most like them, and so no longer sum to one.  Of several networks the mean is taken.

They lie in ``readings.npz``, written by ``python -m training.letters``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Chunks = tuple[tuple[int, int], ...]

START, END, OUTSIDE = "^", "$", "_"
"""Stand in a window before a word, after it, and beyond."""
WEIGHTS = ("first", "first_bias", "second", "second_bias", "chance", "chance_bias", "telling", "telling_bias")
"""The arrays of a network, from the letters on; the last four give the weights of the chunks."""


@dataclass(frozen=True, slots=True)
class Networks:
    """Letters they read, chunks they write, their arrays, and the log odds of one name for an alignment of weight 1."""

    letters: dict[str, int]
    chunks: dict[str, int]
    """Nothing, every Arabic letter, and pairs of letters; their numbers."""
    arrays: dict[str, Floats]
    """The first axis is the network."""
    budget: float
    letter: float
    """What every letter of either word adds to the odds."""

    @property
    def half(self) -> int:
        """How many letters they see on either side."""
        seen: int = self.arrays["first"].shape[1]
        return seen // 2


@cache
def networks() -> Networks:
    """The shipped networks, read once."""
    with as_file(files("khabar.link") / "readings.npz") as path, np.load(path) as stored:
        letters, chunks = ({str(name): at for at, name in enumerate(stored[key])} for key in ("letters", "chunks"))
        budget, letter = stored["budget"].tolist()
        return Networks(letters, chunks, {name: stored[name].astype(np.float32) for name in WEIGHTS}, budget, letter)


def windows(letters: dict[str, int], word: str, half: int) -> list[list[int]]:
    """For the start of a word and each of its letters, the numbers of the letters around it."""
    outside = [letters[OUTSIDE]] * half
    marked = [*outside, letters[START], *(letters[letter] for letter in word), letters[END], *outside]
    return [marked[at : at + 2 * half + 1] for at in range(len(word) + 1)]


@lru_cache(maxsize=10_000)
def place_weights(word: str) -> tuple[Floats, Floats]:
    """The weight of each chunk at each place of a Latin word; and the most that can follow each place."""
    known = networks()
    arrays, seen = known.arrays, np.array(windows(known.letters, word, known.half))
    first, *biases = (arrays[name][:, None] for name in ("first_bias", "second_bias", "chance_bias", "telling_bias"))
    hidden = np.maximum(arrays["first"][:, np.arange(seen.shape[1]), seen].sum(2) + first, 0)
    hidden = np.maximum(hidden @ arrays["second"] + biases[0], 0)
    chance = hidden @ arrays["chance"] + biases[1]
    chance -= np.log(np.exp(chance).sum(2, keepdims=True))
    weights = np.exp((chance + hidden @ arrays["telling"] + biases[2]).mean(0))
    after = np.append(np.cumprod(weights.sum(1)[::-1])[::-1][1:], 1)
    return weights.astype(np.float32), after.astype(np.float32)


@lru_cache(maxsize=20_000)
def _chunks_of(arabic: str) -> Chunks:
    """For every letter the number of its chunk, and of that with the letter before it (-1: there is none)."""
    known = networks().chunks
    return tuple((known[letter], known.get(arabic[max(0, at - 1) : at + 1], -1)) for at, letter in enumerate(arabic))


def log_weight(latin: str, arabic: str, least: float) -> float:
    """The log of the weight of an Arabic word for a Latin one; ``-inf`` where it can't come up to `least`.

    Both words are in letters that the network knows.
    """
    weights, after = place_weights(latin)
    chunks, enough = _chunks_of(arabic), math.exp(least)
    row = [1.0] + [0.0] * len(arabic)
    for chances, most in zip(weights.tolist(), after.tolist(), strict=True):
        row = _further(row, chances, chunks)
        if sum(row) * most < enough:
            return -math.inf
    return math.log(row[-1]) if row[-1] >= enough else -math.inf


def _further(row: list[float], chances: list[float], chunks: Chunks) -> list[float]:
    """The weights of having written so many Arabic letters, after one more Latin letter."""
    nothing, before, last = chances[0], 0.0, row[0]
    found = [last * nothing]
    for (one, two), weight in zip(chunks, row[1:], strict=True):
        total = weight * nothing + last * chances[one]
        if two >= 0:
            total += before * chances[two]
        found.append(total)
        before, last = last, weight
    return found
