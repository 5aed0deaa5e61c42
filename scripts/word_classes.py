"""Classes of words that like the same neighbours, for scripts/make_neighbours.py.

Each common word is a row: which words, and which kinds of words, stand before and behind it, and of which kind it is.
Positive pointwise mutual information, its largest singular vectors (a randomised search: Halko, Martinsson and Tropp,
2011), then spherical k-means that begins with the commonest words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from khabar.repair.neighbours import is_number, kind

LEAST = 3
"""Times that a word must be met to have a class."""
BESIDE = 1_200
"""Neighbours that count as words; others count as their kind."""
DIMENSIONS, SPARE, ROUNDS = 80, 20, 15
SEED = 1

Matrix = npt.NDArray[np.float32]


def word_classes(sentences: Sequence[Sequence[str]], number: int) -> dict[str, int]:
    """The class of every word that is met often enough."""
    counted = Counter(word for sentence in sentences for word in sentence)
    words = [word for word, count in counted.most_common() if count >= LEAST and not is_number(word)]
    places = _vectors(_information(_met(sentences, counted, words)))
    weights = np.array([counted[word] ** 0.5 for word in words], np.float32)
    return dict(zip(words, _nearest(places, weights, number).tolist(), strict=True))


def _met(sentences: Sequence[Sequence[str]], counted: Counter[str], words: list[str]) -> Matrix:
    """How often each word stands before and behind which others, and (less) its own kind."""
    column = {word: at for at, (word, _) in enumerate(counted.most_common(BESIDE))}
    kinds = {name: at for at, name in enumerate(sorted({kind(word) for word in counted}))}
    beside = {word: column.get(word, len(column) + kinds[kind(word)]) for word in counted}
    width = len(column) + len(kinds)
    row = {word: at for at, word in enumerate(words)}
    met = np.zeros((len(words), 2 * width + len(kinds)), np.float32)
    for sentence in sentences:
        for first, second in pairwise(sentence):
            if first in row:
                met[row[first], beside[second]] += 1
            if second in row:
                met[row[second], width + beside[first]] += 1
    for word, at in row.items():
        met[at, 2 * width + kinds[kind(word)]] = 2 * min(5, counted[word]) ** 0.5
    return met


def _information(met: Matrix) -> Matrix:
    """Pointwise mutual information where it is above 0."""
    chance = met.sum(1, keepdims=True) * met.sum(0, keepdims=True) / met.sum()
    found: Matrix = np.zeros_like(met)
    np.log(np.maximum(met, chance) / np.maximum(chance, 1e-9), where=met > 0, out=found)
    return found


def _vectors(information: Matrix) -> Matrix:
    """The rows in a few dimensions, each of length 1."""
    random = np.random.default_rng(SEED)
    basis = information @ random.standard_normal((information.shape[1], DIMENSIONS + SPARE)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(information @ (information.T @ basis))
    left, values, _ = np.linalg.svd(basis.T @ information, full_matrices=False)
    return _of_length_one((basis @ left)[:, :DIMENSIONS] * values[:DIMENSIONS] ** 0.5)


def _of_length_one(rows: Matrix) -> Matrix:
    lengths: Matrix = np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    return np.divide(rows, lengths)


def _nearest(places: Matrix, weights: Matrix, number: int) -> npt.NDArray[np.intp]:
    centres = places[:number].copy()
    nearest: npt.NDArray[np.intp] = (places @ centres.T).argmax(1)
    for _ in range(ROUNDS):
        centres = np.zeros_like(centres)
        np.add.at(centres, nearest, places * weights[:, None])
        nearest = (places @ _of_length_one(centres).T).argmax(1)
    return nearest
