"""What the encoder says of events: words that name none, and dates told in other sentences."""

import numpy as np
import pytest

from khabar.encoder.encoding import Encoding
from khabar.encoder.links import DISTANCES, Links
from khabar.encoder.manifest import Head
from khabar.encoder.windows import Window
from khabar.events.clauses import Clauses, Mention
from khabar.events.learned import opinion_of
from khabar.events.triggers import find_triggers
from khabar.events.when_where import Calendar
from khabar.model import Span, Time
from khabar.text import tokenize

TEXT = tokenize("زار الوزير عمان. وصل أمس، وغادر اليوم.")
TOKENS = len(TEXT.tokens)


def time_at(words: str, value: str) -> Time:
    start = TEXT.text.index(words)
    return Time(Span(start, start + len(words), words), value, "date", None, None, None, "published", "test", 1.0)


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


def test_the_odds_of_times_are_those_of_the_encoder() -> None:
    assert opinion_of(encoding({5: 2.0, 8: -1.0}, {})).date_odds(0, [5, 8]) == [2.0, -1.0]
    assert opinion_of(encoding({}, {})).date_odds(0, []) == []


def test_of_times_read_apart_from_the_trigger_nothing_is_known() -> None:
    assert opinion_of(encoding({5: 2.0, 8: 3.0}, {}, borders=(7,))).date_odds(0, [5, 8]) == [2.0, None]


@pytest.mark.parametrize(("odds", "date"), [({5: 4.0, 8: -4.0}, "2020-01-04"), ({5: -4.0, 8: 4.0}, "2020-01-05")])
def test_what_the_encoder_holds_for_the_date_of_another_sentences_event_dates_it(
    odds: dict[int, float], date: str
) -> None:
    times = [time_at("أمس", "2020-01-04"), time_at("اليوم", "2020-01-05")]
    calendar = Calendar(TEXT, times, opinion_of(encoding(odds, {})))
    trigger = find_triggers(TEXT, frozenset())[0]
    found, _ = calendar.fitting(Clauses(TEXT, [], [trigger], []), Mention(trigger, 0))
    assert found is not None and found.value == date


def test_only_what_surely_names_nothing_is_held_for_nothing() -> None:
    assert opinion_of(encoding({}, {0: 0.999, 4: 0.9})).nothing == {0}


def test_what_the_encoder_is_sure_of_is_likely_of_its_type() -> None:
    assert opinion_of(encoding({}, {token: 0.5 for token in range(TOKENS) if token != 4} | {4: 0.01})).likely == {
        "CONSULT": {4}
    }
