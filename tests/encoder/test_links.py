"""Pairs of tokens: every pair in one window has odds, no other has, and the numbers are those of the formula."""

import numpy as np
import pytest

from khabar.encoder import encode
from khabar.encoder.links import DISTANCES, Links, distance
from khabar.text import tokenize

REPORT = "زار وزير الخارجية المدينة يوم الثلاثاء، وقال إن الكتاب في الطريق."


@pytest.mark.usefixtures("weights")
def test_all_pairs_of_a_window_have_odds() -> None:
    found = encode(tokenize(REPORT))
    tokens = range(len(found.text.tokens))
    assert np.isfinite(found.links.odds("actor", tokens, tokens)).all()
    assert found.links.odds("date", [], tokens).shape == (0, len(tokens))


@pytest.mark.usefixtures("weights")
def test_nothing_is_known_across_windows() -> None:
    found = encode(tokenize("\n".join([REPORT] * 20)))
    first, second = found.windows[:2]
    odds = found.links.odds("actor", [0], [0, first.last - 1, first.last, second.last - 1])
    assert np.isnan(odds).tolist() == [[False, False, True, True]]


@pytest.mark.usefixtures("weights")
def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError, match="owner"):
        encode(tokenize(REPORT)).links.odds("owner", [0], [1])


def test_the_odds_are_product_and_both_sums_and_distance() -> None:
    rng = np.random.default_rng(0)
    asking, answering = (rng.normal(size=(90, 2, 4)).astype(np.float32) for _ in range(2))
    distances = rng.normal(size=(2, DISTANCES)).astype(np.float32)
    links = Links(("actor", "date"), asking, answering, distances, np.zeros(90, np.int64))
    found = links.odds("date", range(90), range(90))
    for head, tail in ((0, 0), (0, 89), (89, 0), (4, 7), (7, 4), (10, 26), (10, 27)):
        ask, answer = asking[head, 1], answering[tail, 1]
        wanted = ask[:3] @ answer[:3] + ask[3] + answer[3] + distances[1, distance(tail - head)]
        assert found[head, tail] == pytest.approx(wanted, abs=1e-5)
