"""What the encoder says of events: words that name none, and dates told in other sentences."""

import numpy as np
import pytest

from khabar.encoder.encoding import Encoding
from khabar.encoder.links import DISTANCES, Links
from khabar.encoder.manifest import Head
from khabar.encoder.windows import Window
from khabar.events.learned import opinion_of
from khabar.text import tokenize

TEXT = tokenize("زار الوزير عمان. وصل أمس، وغادر اليوم.")
TOKENS = len(TEXT.tokens)


def encoding(asking: dict[int, float], nothing: dict[int, float], borders: tuple[int, ...] = ()) -> Encoding:
    """Times that answer with these log-odds whoever asks, tokens that name nothing with these probabilities."""
    answering = np.zeros((TOKENS, 1, 2), np.float32)
    for token, odds in asking.items():
        answering[token, 0, -1] = odds
    scores = np.log(np.full((TOKENS, 2), 0.5, np.float32))
    for token, probability in nothing.items():
        scores[token] = np.log([probability, 1 - probability])
    window = np.searchsorted(borders, np.arange(TOKENS), side="right")
    distances = np.zeros((1, DISTANCES), np.float32)
    links = Links(("date",), np.zeros((TOKENS, 1, 2), np.float32), answering, distances, window)
    head = Head("triggers", ("O", "CONSULT"), "label")
    passages = np.zeros((1, 1), np.float32)
    return Encoding(TEXT, {"triggers": head}, {"triggers": scores}, (Window(0, TOKENS),), passages, links)


@pytest.mark.parametrize(
    ("odds", "date"),
    [({5: 2.0, 8: 1.0}, 0), ({5: 1.0, 8: 2.0}, 1), ({5: -1.0, 8: -0.5}, None), ({5: -1.0, 8: 0.5}, 1)],
)
def test_the_likeliest_time_dates_an_event_if_it_is_likely_at_all(odds: dict[int, float], date: int | None) -> None:
    assert opinion_of(encoding(odds, {})).date(0, [5, 8]) == date


def test_times_read_apart_from_the_trigger_do_not_date_it() -> None:
    assert opinion_of(encoding({5: 2.0, 8: 3.0}, {}, borders=(7,))).date(0, [5, 8]) == 0
    assert opinion_of(encoding({5: 2.0, 8: 3.0}, {}, borders=(4,))).date(0, [5, 8]) is None
    assert opinion_of(encoding({}, {})).date(0, []) is None


def test_only_what_surely_names_nothing_is_held_for_nothing() -> None:
    assert opinion_of(encoding({}, {0: 0.999, 4: 0.9})).nothing == {0}
