"""What the encoder says of one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from khabar.encoder.decode import Floats, Labelled, bio_spans, single_labels
from khabar.encoder.links import Links
from khabar.encoder.manifest import Head
from khabar.encoder.windows import Window
from khabar.text import Tokenized


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """For each token of a text the probabilities of all labels of all heads, and a vector for each window.

    Raises:
        KeyError: from `spans` and `scores`, for a head that these weights do not have.
    """

    text: Tokenized
    heads: Mapping[str, Head]
    scores: Mapping[str, Floats]
    """For each head log-probabilities (natural logarithm), tokens × labels."""
    windows: tuple[Window, ...]
    """The stretches of tokens that were encoded together."""
    passages: Floats
    """Windows × width: the vector of each window, of length 1."""
    links: Links
    """What is known of pairs of tokens; without kinds where these weights have none."""

    def spans(self, head: str) -> tuple[Labelled, ...]:
        """What a head finds, in the order of the text.

        Of a ``bio`` head the spans of the most probable proper row of labels, of a ``label`` head the single tokens
        whose label is not ``O``.
        """
        asked = self.heads[head]
        if asked.kind == "label":
            return tuple(single_labels(self.scores[head], asked.labels))
        return tuple(bio_spans(self.scores[head], asked.labels, self.sentence_starts))

    def label(self, head: str, first: int, last: int) -> tuple[str, float]:
        """The label that a head gives to tokens `first` to `last` (left out) together, and its probability.

        It is the geometric mean of the probabilities at the single tokens, brought back to the sum of 1.
        """
        means = self.scores[head][first:last].mean(axis=0)
        shares = np.exp(means - means.max())
        best = int(shares.argmax())
        return self.heads[head].labels[best], float(shares[best] / shares.sum())

    @property
    def sentence_starts(self) -> tuple[int, ...]:
        """The first token of each sentence."""
        return tuple(sentence.first for sentence in self.text.sentences)
