"""Texts to the arrays that the encoder takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from khabar.encoder.decode import Floats, Whole
from khabar.encoder.windows import FIRST, LAST, Window, pieces, windows
from khabar.text import Tokenized

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_LONE = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs, which are no characters; the tokeniser takes no text that has them."""
Features = Sequence[Sequence[int]]
"""For each token the columns of its features."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One window of a text as lists; `feed` makes arrays of it, which take more room."""

    window: Window
    ids: Sequence[Sequence[int]]
    """For each token of the window the ids of its pieces, at least one."""
    features: Features
    columns: int
    """How many features there are."""


def pieces_of(text: Tokenized, tokenizer: Tokenizer, features: Features, columns: int) -> Iterator[Piece]:
    """The windows of a text, in order."""
    ids = pieces(tokenizer, _words(text))
    for window in windows([len(one) for one in ids], (sentence.first for sentence in text.sentences)):
        part = slice(window.first, window.last)
        yield Piece(window, ids[part], features[part], columns)


def _words(text: Tokenized) -> list[str]:
    words = [token.text for token in text.tokens]
    return [_LONE.sub("\ufffd", word) for word in words] if _LONE.search(text.text) else words


def feed(piece: Piece) -> dict[str, Whole | Floats]:
    """The arrays of one window, as a batch of one: int8 numbers are scaled by what is in a batch.

    So a report is given the same answers whatever else is read with it; and on one core batches are no quicker.
    """
    lengths = np.fromiter(map(len, piece.ids), np.int64, len(piece.ids))
    ends = np.cumsum(lengths)
    count = int(ends[-1]) + 2
    arrays: dict[str, Whole | Floats] = {
        "ids": np.fromiter(chain((FIRST,), *piece.ids, (LAST,)), np.int64, count)[None],
        "mask": np.ones((1, count), np.float32),
        "first": (ends - lengths + 1)[None],
        "last": ends[None],
    }
    if piece.columns:
        arrays["features"] = np.zeros((1, count, piece.columns), np.float32)
        arrays["features"][0, 1:-1] = np.repeat(_table(piece.features, piece.columns), lengths, axis=0)
    return arrays


def _table(features: Features, columns: int) -> Floats:
    """Tokens × features: 1 where a token has a feature."""
    table = np.zeros((len(features), columns), np.float32)
    counts = [len(found) for found in features]
    table[np.repeat(np.arange(len(features)), counts), np.fromiter(chain(*features), np.int64, sum(counts))] = 1
    return table
