"""Examples into windows, and windows into batches of about equal length."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from khabar.encoder.features import NAMES
from khabar.encoder.windows import FIRST, LAST, PADDING, pieces, windows
from training.data import IGNORED, Example, Link

Table = NDArray[np.float32]
"""Words × labels, or labels × labels."""
_SORTED_TOGETHER = 16
"""Batches out of which windows of like length are put together: enough to save padding, few enough to stay mixed."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One window of an example, ready for the encoder: `first` and `last` piece of each word."""

    example: int
    begin: int
    ids: list[int]
    first: list[int]
    last: list[int]
    features: list[list[int]]
    labels: dict[str, list[int]]
    links: list[Link]
    told: dict[str, Table]


class Texts:
    """Examples with their pieces, cut anew into windows each time that they are asked for.

    `told` may hold what a teacher says: for each head the log-probabilities [words, labels] of each example.
    """

    def __init__(self, tokenizer: Tokenizer, examples: list[Example]) -> None:
        self.examples = examples
        self.pieces = [pieces(tokenizer, example.words) for example in examples]
        self.told: dict[str, list[Table]] = {}
        self._links = [_by_head(example.links) for example in examples]

    def cut(self, size: int, rng: random.Random | None = None) -> list[Cut]:
        """Windows of at most `size` pieces; with a random generator their borders differ from time to time."""
        return [cut for at in range(len(self.examples)) for cut in self._cut(at, size, rng)]

    def _cut(self, at: int, size: int, rng: random.Random | None) -> Iterator[Cut]:
        example, ids = self.examples[at], self.pieces[at]
        room = size if rng is None else rng.randint(size // 2, size)
        for window in windows([len(word) for word in ids], example.starts, room):
            chosen = range(window.first, window.last)
            flat, first, last = [FIRST], [], []
            for word in chosen:
                first.append(len(flat))
                flat += ids[word]
                last.append(len(flat) - 1)
            labels = {head: [values[word] for word in chosen] for head, values in example.labels.items()}
            known = [example.features[word] for word in chosen]
            links = [link for word in chosen for link in self._links[at].get(word, ()) if link[2] in chosen]
            moved = [(kind, head - window.first, tail - window.first, answer) for kind, head, tail, answer in links]
            told = {head: tables[at][window.first : window.last] for head, tables in self.told.items()}
            yield Cut(at, window.first, [*flat, LAST], first, last, known, labels, moved, told)


def _by_head(links: list[Link]) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    for link in links:
        found.setdefault(link[1], []).append(link)
    return found


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of several windows; `labels` [batch, words] of each head, `IGNORED` where it has none.

    `links` [pairs, 4] holds row, kind of link, word that asks and word that may answer; `answers` [pairs] 1 or 0;
    `told` the log-probabilities [batch, words, labels] of the heads that a teacher has.
    """

    cuts: list[Cut]
    inputs: tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
    labels: dict[str, Tensor]
    links: Tensor
    answers: Tensor
    told: dict[str, Tensor]


def batches(cuts: list[Cut], most: int, heads: list[str], rng: random.Random | None = None) -> Iterator[Batch]:
    """Batches of at most `most` pieces, padding counted; in random order where a generator is given."""
    order = list(cuts)
    if rng is not None:
        rng.shuffle(order)
    block = len(order) if rng is None else max(1, _SORTED_TOGETHER * most // 128)
    groups: list[list[Cut]] = []
    for at in range(0, len(order), block):
        groups += _filled(sorted(order[at : at + block], key=lambda cut: len(cut.ids)), most)
    if rng is not None:
        rng.shuffle(groups)
    for group in groups:
        yield _batch(group, heads)


def _filled(cuts: list[Cut], most: int) -> Iterator[list[Cut]]:
    group: list[Cut] = []
    for cut in cuts:
        if group and (len(group) + 1) * len(cut.ids) > most:
            yield group
            group = []
        group.append(cut)
    if group:
        yield group


def _batch(cuts: list[Cut], heads: list[str]) -> Batch:
    count, length = len(cuts), max(len(cut.ids) for cut in cuts)
    words = max(len(cut.first) for cut in cuts)
    ids = torch.full((count, length), PADDING)
    mask = torch.zeros(count, length)
    features = torch.zeros(count, length, len(NAMES))
    first, last = torch.zeros(count, words, dtype=torch.long), torch.zeros(count, words, dtype=torch.long)
    labels = {head: torch.full((count, words), IGNORED) for head in heads}
    for row, cut in enumerate(cuts):
        ids[row, : len(cut.ids)] = torch.tensor(cut.ids)
        mask[row, : len(cut.ids)] = 1
        first[row, : len(cut.first)], last[row, : len(cut.last)] = torch.tensor(cut.first), torch.tensor(cut.last)
        for begin, end, columns in zip(cut.first, cut.last, cut.features, strict=True):
            features[row, begin : end + 1, columns] = 1
        for head in labels.keys() & cut.labels.keys():
            labels[head][row, : len(cut.first)] = torch.tensor(cut.labels[head])
    pairs = [(row, *link) for row, cut in enumerate(cuts) for link in cut.links]
    links = torch.tensor([pair[:4] for pair in pairs], dtype=torch.long).view(-1, 4)
    answers = torch.tensor([float(pair[4]) for pair in pairs])
    return Batch(cuts, (ids, mask, features, first, last), labels, links, answers, _told(cuts, words))


def _told(cuts: list[Cut], words: int) -> dict[str, Tensor]:
    found = {}
    for head, table in cuts[0].told.items():
        found[head] = torch.zeros(len(cuts), words, table.shape[1])
        for row, cut in enumerate(cuts):
            found[head][row, : len(cut.first)] = torch.from_numpy(cut.told[head])
    return found
