"""How well a head does: exact spans, decoded by Viterbi under the rules of B-I-O."""

from __future__ import annotations

from collections import Counter

import numpy as np
import torch

from khabar.encoder.decode import best_path
from training.batches import Table, Texts, batches
from training.data import HEADS, IGNORED, LINKS
from training.model import Model

_MOST = 4_000
"""Pieces of a batch."""
Span = tuple[int, int, str]


def is_bio(labels: tuple[str, ...]) -> bool:
    """Does a head mark stretches of words, or each word for itself?"""
    return any(label.startswith("B-") for label in labels)


def _single(row: list[int], wished: list[int], labels: tuple[str, ...]) -> set[Span]:
    """Words with a label other than O, where the annotation asks for one."""
    asked = [(at, labels[label]) for at, label in enumerate(row) if wished[at] != IGNORED]
    return {(at, at + 1, label) for at, label in asked if label != "O"}


def spans(sequence: list[str]) -> set[Span]:
    """Stretches of B-I-O labels: first word, last word left out, kind (seqeval's default reading)."""
    found: set[Span] = set()
    begun: int | None = None
    for at, label in enumerate([*sequence, "O"]):
        if begun is not None and (label[:2] != "I-" or label[2:] != sequence[begun][2:]):
            found.add((begun, at, sequence[begun][2:]))
            begun = None
        if label[:2] == "B-" or (label[:2] == "I-" and begun is None):
            begun = at
    return found


Scores = dict[str, tuple[float, float, float]]
"""Precision, recall and F1 of each kind of span, and of ``all``."""


def predicted(model: Model, texts: Texts, heads: list[str], size: int) -> dict[str, list[Table]]:
    """For each head the log-probabilities [words, labels] of each example."""
    found = {
        head: [np.zeros((len(one.words), len(HEADS[head])), np.float32) for one in texts.examples] for head in heads
    }
    model.eval()
    with torch.inference_mode():
        for batch in batches(texts.cut(size), _MOST, list(model.heads)):
            told = model(*batch.inputs)
            for head in heads:
                scores = torch.log_softmax(told[f"head.{head}"], -1).numpy()
                for row, cut in enumerate(batch.cuts):
                    found[head][cut.example][cut.begin : cut.begin + len(cut.first)] = scores[row, : len(cut.first)]
    return found


def scored(model: Model, texts: Texts, heads: list[str], size: int) -> dict[str, Scores]:
    """How well each head does on the texts that have its labels."""
    told = predicted(model, texts, heads, size)
    found: dict[str, Scores] = {}
    for head in heads:
        follows = model.transitions[head].scores.detach().numpy() if head in model.transitions else None
        wished = [one.labels[head] for one in texts.examples]
        found[head] = _scored(told[head], wished, HEADS[head], follows)
    return found


def _scored(
    told: list[Table], wished: list[list[int]], labels: tuple[str, ...], follows: Table | None = None
) -> Scores:
    counts = {what: Counter[str]() for what in ("right", "told", "wanted")}
    for scores, row in zip(told, wished, strict=True):
        gold, guess = _both(scores, row, labels, follows)
        for what, chosen in (("right", gold & guess), ("told", guess), ("wanted", gold)):
            counts[what].update(kind for _, _, kind in chosen)
            counts[what]["all"] += len(chosen)
    kinds = sorted(counts["wanted"])
    return {kind: _prf(*(counts[what][kind] for what in ("right", "told", "wanted"))) for kind in kinds}


def _both(
    scores: Table, wished: list[int], labels: tuple[str, ...], follows: Table | None
) -> tuple[set[Span], set[Span]]:
    if not is_bio(labels):
        return _single(wished, wished, labels), _single(scores.argmax(1).tolist(), wished, labels)
    path = best_path(scores, labels, ()) if follows is None else _with_transitions(scores, follows)
    gold, guess = (spans([labels[label] for label in row]) for row in (wished, path))
    return gold, guess


def _with_transitions(scores: Table, follows: Table) -> list[int]:
    """The best row of labels where each transition counts too (Viterbi)."""
    best, came = scores[0], []
    for row in scores[1:]:
        through = best[:, None] + follows
        came.append(through.argmax(0))
        best = through.max(0) + row
    path = [int(best.argmax())]
    for before in reversed(came):
        path.append(int(before[path[-1]]))
    return path[::-1]


def links_scored(model: Model, texts: Texts, size: int) -> Scores:
    """How well the links do: pairs of words at even odds, those in one window of the encoder.

    Raises:
        ValueError: when the model has none.
    """
    if model.links is None:
        raise ValueError("this model has no links")
    counts = {what: Counter[str]() for what in ("right", "told", "wanted")}
    model.eval()
    with torch.inference_mode():
        for batch in batches(texts.cut(size), _MOST, list(model.heads)):
            found = model(*batch.inputs)
            told = model.links.score(found["link.asking"], found["link.answering"], batch.links) > 0
            wanted = batch.answers > 0
            kinds = batch.links[:, 1]
            for what, chosen in (("right", told & wanted), ("told", told), ("wanted", wanted)):
                counts[what].update(LINKS[kind] for kind in kinds[chosen].tolist())
    return {kind: _prf(*(counts[what][kind] for what in ("right", "told", "wanted"))) for kind in LINKS}


def _prf(right: int, told: int, wanted: int) -> tuple[float, float, float]:
    precision, recall = right / max(1, told), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)
