"""Viterbi and spans against the plain definition."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.encoder.decode import Labelled, best_path, bio_spans, single_labels

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def scores_of(*rows: dict[str, float]) -> np.ndarray:
    """Log-probabilities; labels that are not named share what is left."""
    table = np.zeros((len(rows), len(LABELS)), np.float32)
    for at, row in enumerate(rows):
        left = (1 - sum(row.values())) / (len(LABELS) - len(row))
        table[at] = [row.get(label, left) for label in LABELS]
    return np.log(np.maximum(table, 1e-9))


def proper(path: tuple[int, ...], starts: set[int]) -> bool:
    before = "O"
    for at, column in enumerate(path):
        label = LABELS[column]
        if label[0] == "I" and (at in starts or before[:1] == "O" or before[2:] != label[2:]):
            return False
        before = label
    return True


@given(st.integers(0, 10**6), st.integers(1, 5), st.sets(st.integers(1, 4)))
def test_no_proper_row_of_labels_is_better(seed: int, length: int, cuts: set[int]) -> None:
    scores = np.log(np.random.default_rng(seed).dirichlet(np.full(len(LABELS), 0.5), length)).astype(np.float32)
    starts = {0, *(cut for cut in cuts if cut < length)}
    path = tuple(best_path(scores, LABELS, sorted(starts)).tolist())
    best = max(
        sum(scores[at, column] for at, column in enumerate(row))
        for row in product(range(len(LABELS)), repeat=length)
        if proper(row, starts)
    )
    assert proper(path, starts)
    assert sum(scores[at, column] for at, column in enumerate(path)) == pytest.approx(best, abs=1e-4)


def test_an_inside_label_without_a_beginning_is_mended() -> None:
    scores = scores_of({"O": 0.9}, {"I-PER": 0.6, "B-PER": 0.3}, {"I-PER": 0.8}, {"O": 0.9})
    assert [found[:3] for found in bio_spans(scores, LABELS, (0,))] == [(1, 3, "PER")]


def test_two_spans_of_one_label_side_by_side() -> None:
    scores = scores_of({"B-PER": 0.9}, {"B-PER": 0.8}, {"I-PER": 0.7})
    assert [found[:3] for found in bio_spans(scores, LABELS, (0,))] == [(0, 1, "PER"), (1, 3, "PER")]


def test_no_span_goes_over_the_end_of_a_sentence() -> None:
    scores = scores_of({"B-ORG": 0.9}, {"I-ORG": 0.6, "B-ORG": 0.3})
    assert [found[:3] for found in bio_spans(scores, LABELS, (0, 1))] == [(0, 1, "ORG"), (1, 2, "ORG")]


def test_a_span_is_as_probable_as_its_weakest_part() -> None:
    scores = scores_of({"B-PER": 0.9}, {"I-PER": 0.7}, {"O": 0.95})
    assert next(bio_spans(scores, LABELS, (0,))).probability == pytest.approx(0.7, abs=1e-4)
    doubtful_end = scores_of({"B-PER": 0.9}, {"I-PER": 0.7}, {"O": 0.55, "I-PER": 0.4})
    assert next(bio_spans(doubtful_end, LABELS, (0,))).probability == pytest.approx(0.6, abs=1e-4)


@pytest.mark.parametrize("labels", [LABELS, ("O",)])
def test_nothing_in_no_tokens(labels: tuple[str, ...]) -> None:
    empty = np.zeros((0, len(labels)), np.float32)
    assert list(bio_spans(empty, labels, ())) == []
    assert list(single_labels(empty, labels)) == []


def test_single_labels_leave_out_tokens_that_are_outside() -> None:
    scores = scores_of({"O": 0.9}, {"B-PER": 0.8})
    assert list(single_labels(scores, LABELS)) == [Labelled(1, 2, "B-PER", pytest.approx(0.8, abs=1e-4))]


def test_long_texts_take_no_longer_a_token() -> None:
    rng = np.random.default_rng(0)
    scores = np.log(rng.dirichlet(np.full(len(LABELS), 0.5), 50_000)).astype(np.float32)
    starts = tuple(range(0, 50_000, 25))
    assert len(best_path(scores, LABELS, starts)) == 50_000
