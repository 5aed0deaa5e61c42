"""Every token of every text has its row, whatever the text, and the same row whatever is read with it."""

import multiprocessing
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.encoder import encode, encode_many
from khabar.encoder.encoding import Encoding
from khabar.text import tokenize

REPORT = "زار وزير الخارجية المدينة يوم الثلاثاء، وقال إن الكتاب في الطريق.\nوأضاف أن 12 من مرافقيه وصلوا."
ODD = (
    "",
    " \n\t ",
    "،؛؟!…",
    "\u064b\u0651\u0640",
    "\u200f\u202e\u2066",
    "ك" * 3000,
    "\ud800 كتاب",
    "🇱🇾👩‍👩‍👧‍👦",
    "ﷺ ﻻ ﷽",
    "a\x00b",
    "https://paper.example/" + "x/" * 500,
    "123456789" * 60,
    "𝔸𝕣𝕒𝕓 漢字 हिन्दी",
)
pytestmark = pytest.mark.usefixtures("weights")


def assert_whole(found: Encoding) -> None:
    """Each token has one row of probabilities, and the windows cover the tokens without a gap."""
    tokens = len(found.text.tokens)
    for name, head in found.heads.items():
        assert found.scores[name].shape == (tokens, len(head.labels))
        assert np.exp(found.scores[name]).sum(axis=1) == pytest.approx(np.ones(tokens), abs=1e-4)
        assert all(0 <= one.first < one.last <= tokens and 0 <= one.probability <= 1 for one in found.spans(name))
    borders = [0, *(window.last for window in found.windows)]
    assert [window.first for window in found.windows] == borders[:-1]
    assert borders[-1] == tokens
    assert found.passages.shape == (len(found.windows), 24)
    assert np.linalg.norm(found.passages, axis=1) == pytest.approx(np.ones(len(found.windows)), abs=1e-4)


def same(one: Encoding, other: Encoding) -> bool:
    scores = all(np.array_equal(one.scores[name], other.scores[name]) for name in one.heads)
    return scores and np.array_equal(one.passages, other.passages)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text: str) -> None:
    assert_whole(encode(tokenize(text)))


@given(st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_any_text(text: str) -> None:
    assert_whole(encode(tokenize(text)))


def test_a_text_of_five_thousand_words_has_many_windows() -> None:
    found = encode(tokenize((REPORT + "\n") * 280))
    assert len(found.text.tokens) > 5_000
    assert len(found.windows) > 20
    assert_whole(found)


def test_spans_come_in_order_and_do_not_overlap() -> None:
    spans = encode(tokenize(REPORT * 5)).spans("names")
    assert spans
    assert all(one.last <= other.first for one, other in pairwise(spans))
    assert {one.label for one in spans} <= {"PER", "ORG"}


@pytest.mark.parametrize("threads", [1, 2])
def test_a_text_is_encoded_the_same_whatever_is_encoded_with_it(threads: int) -> None:
    texts = [tokenize(text) for text in (REPORT, "كتاب", "", REPORT * 20, "قال")]
    together = encode_many(texts, threads=threads)
    assert [found.text for found in together] == texts
    assert all(same(found, encode_many([text])[0]) for found, text in zip(together, texts, strict=True))


def test_no_texts() -> None:
    assert encode_many([]) == []


def test_marks_and_kashida_make_no_difference() -> None:
    plain, vowelled = encode(tokenize("قال وزير")), encode(tokenize("قَالَ وزيـــر"))
    assert same(plain, vowelled)


def test_an_unknown_head_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        encode(tokenize(REPORT)).spans("colours")


def _encoded_in_a_child(connection: "multiprocessing.connection.Connection") -> None:
    connection.send(encode_many([tokenize(REPORT)])[0].scores["names"])


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_encodes_too(weights: Path) -> None:
    ours = encode_many([tokenize(REPORT)], threads=2)[0].scores["names"]
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    child = context.Process(target=_encoded_in_a_child, args=(there,))
    child.start()
    assert here.poll(20)
    assert np.array_equal(here.recv(), ours)
    child.join(20)
    assert child.exitcode == 0
