"""From the probabilities of labels to spans of tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
OUTSIDE = "O"
_NEVER = -1e9


class Labelled(NamedTuple):
    """Tokens `first` to `last` (left out) have a label."""

    first: int
    last: int
    label: str
    """Without ``B-`` and ``I-``."""
    probability: float


@cache
def _allowed(labels: tuple[str, ...]) -> NDArray[np.bool_]:
    """May the label of a column follow that of a row?  The last row is the beginning of a sentence."""
    table = np.ones((len(labels) + 1, len(labels)), dtype=bool)
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            table[:, column] = [before[:2] in {"B-", "I-"} and before[2:] == label[2:] for before in (*labels, OUTSIDE)]
    return table


def best_path(scores: Floats, labels: tuple[str, ...], starts: Sequence[int]) -> Whole:
    """The most probable labels of the tokens among those in which ``I-`` only goes on with a span (Viterbi).

    Args:
        scores: Log-probabilities, tokens × labels.
        labels: The meaning of the columns.
        starts: The first token of each sentence, in order; no span goes over the end of a sentence.

    Where the best label of each token for itself already makes a proper row, as in nearly all sentences, no row can
    be better; only the other sentences are searched.
    """
    path = scores.argmax(axis=1) if len(scores) else np.zeros(0, np.int64)
    allowed = _allowed(labels)
    before = np.concatenate(([len(labels)], path[:-1]))
    cuts = np.unique(np.asarray([0, *starts], np.int64))
    cuts = cuts[cuts < len(path)]
    before[cuts] = len(labels)
    wrong = np.flatnonzero(~allowed[before, path])
    for sentence in np.unique(np.searchsorted(cuts, wrong, side="right") - 1):
        begin = cuts[sentence]
        end = cuts[sentence + 1] if sentence + 1 < len(cuts) else len(path)
        path[begin:end] = _viterbi(scores[begin:end], labels)
    return path


@cache
def _before(labels: tuple[str, ...]) -> tuple[tuple[int, ...] | None, ...]:
    """For each label those that may stand before it; None for any."""
    allowed = _allowed(labels)[:-1]
    return tuple(None if column.all() else tuple(np.flatnonzero(column).tolist()) for column in allowed.T)


def _viterbi(scores: Floats, labels: tuple[str, ...]) -> list[int]:
    """Plain lists: with so few labels arrays would take longer."""
    first, *rest = scores.tolist()
    before, begins = _before(labels), _allowed(labels)[-1].tolist()
    best = [score if begin else score + _NEVER for score, begin in zip(first, begins, strict=True)]
    columns = range(len(labels))
    came: list[list[int]] = []
    for row in rest:
        top = max(columns, key=best.__getitem__)
        came.append([top if some is None else max(some, key=best.__getitem__) for some in before])
        best = [best[at] + score for at, score in zip(came[-1], row, strict=True)]
    path = [max(columns, key=best.__getitem__)]
    for froms in reversed(came):
        path.append(froms[path[-1]])
    return path[::-1]


def bio_spans(scores: Floats, labels: tuple[str, ...], starts: Sequence[int]) -> Iterator[Labelled]:
    """The spans of the best path, in order.

    A span is as probable as the least probable thing that it rests on: the label of each of its tokens, and that the
    token behind it does not go on with it.  These are the encoder's own probabilities of single tokens (softmax); a
    product would fall with the length of a name, a mean would hide the one doubtful border.
    """
    path = best_path(scores, labels, starts)
    chosen = np.exp(scores[np.arange(len(path)), path])
    sentences = set(starts)
    for first, last in _runs(path, labels):
        label = labels[path[first]][2:]
        probability = chosen[first:last].min()
        inside = f"I-{label}"
        if last < len(path) and last not in sentences and inside in labels:
            probability = min(probability, -np.expm1(min(0.0, scores[last, labels.index(inside)])))
        yield Labelled(first, last, label, min(1.0, float(probability)))


def _runs(path: Whole, labels: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """First and last token (left out) of each span of a proper path."""
    begins = np.array([label.startswith("B-") for label in labels], dtype=bool)
    goes_on = np.array([label.startswith("I-") for label in labels], dtype=bool)
    on = goes_on[path]
    ends = np.append(np.flatnonzero(~on), len(path))
    for first in np.flatnonzero(begins[path]).tolist():
        yield first, int(ends[np.searchsorted(ends, first, side="right")])


def single_labels(scores: Floats, labels: tuple[str, ...]) -> Iterator[Labelled]:
    """Each token whose most probable label is not ``O``, with that label's probability."""
    if not len(scores):
        return
    path = scores.argmax(axis=1)
    outside = labels.index(OUTSIDE) if OUTSIDE in labels else -1
    for at in np.flatnonzero(path != outside).tolist():
        label = int(path[at])
        yield Labelled(at, at + 1, labels[label], min(1.0, float(np.exp(scores[at, label]))))
