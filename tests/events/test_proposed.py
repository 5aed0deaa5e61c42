"""The encoder's word on who acts, where no rule names anybody."""

import numpy as np
import pytest

from khabar.encoder.encoding import Encoding
from khabar.encoder.links import DISTANCES, Links
from khabar.encoder.manifest import Head
from khabar.encoder.windows import Window
from khabar.events import find_events
from khabar.events.learned import Opinion, opinion_of
from khabar.model import Event, Name, Published, Span
from khabar.text import Tokenized, tokenize

KINDS = ("date", "actor")
SILENT = -9.0


def names_of(text: str, *labels: tuple[str, str]) -> list[Name]:
    """Organisations by their words and labels."""
    places = [(text.index(words), words, label) for words, label in labels]
    return [Name(Span(at, at + len(words), words), "ORG", label, "test", 1.0) for at, words, label in places]


def opinion(text: Tokenized, odds: dict[str, float], kinds: tuple[str, ...] = KINDS) -> Opinion:
    """Words that answer with these log-odds whoever asks for an actor; all others are silent."""
    tokens = len(text.tokens)
    answering = np.full((tokens, len(kinds), 2), SILENT, np.float32)
    answering[:, :, 0] = 0
    for words, value in odds.items():
        answering[text.token_at(text.text.index(words)), -1, -1] = value
    links = Links(
        kinds, np.zeros((tokens, len(kinds), 2), np.float32), answering, np.zeros((len(kinds), DISTANCES), np.float32),
        np.zeros(tokens, np.int64),
    )  # fmt: skip
    scores = np.log(np.full((tokens, 2), 0.5, np.float32))
    head = Head("triggers", ("O", "ASSAULT"), "label")
    windows = (Window(0, tokens),)
    return opinion_of(
        Encoding(text, {"triggers": head}, {"triggers": scores}, windows, np.zeros((1, 1), np.float32), links)
    )


def found(monkeypatch: pytest.MonkeyPatch, text: str, names: list[Name], said: Opinion) -> tuple[Event, ...]:
    monkeypatch.setattr("khabar.events.find.opinion", lambda text: said)
    return find_events(tokenize(text), [], names, (), Published("2020-01-05", "given"))


TEXT = "قُصفت القرية. وقال ناطق إن كتيبة الأمل قرب حركة النور."
NAMES = names_of(TEXT, ("كتيبة الأمل", "Hope"), ("حركة النور", "Nour"))


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        ({"كتيبة": 1.0, "حركة": 0.5}, ["Hope"]),
        ({"كتيبة": -3.0, "حركة": 0.5}, ["Nour"]),
        ({"كتيبة": -3.0, "حركة": -3.0}, []),
    ],
)
def test_the_likeliest_name_acts_if_likely_enough(
    monkeypatch: pytest.MonkeyPatch, odds: dict[str, float], expected: list[str]
) -> None:
    (event,) = found(monkeypatch, TEXT, NAMES, opinion(tokenize(TEXT), odds))
    assert [role.entity for role in event.actors] == expected
    assert all(role.rule == "encoder" for role in event.actors)


def test_a_named_actor_stays_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "قصفت حركة النور القرية. وقال ناطق إن كتيبة الأمل بعيدة."
    names = names_of(text, ("كتيبة الأمل", "Hope"), ("حركة النور", "Nour"))
    (event,) = found(monkeypatch, text, names, opinion(tokenize(text), {"كتيبة": 5.0}))
    assert [role.entity for role in event.actors] == ["Nour"]


def test_who_is_only_acted_on_is_not_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "قصفت حركة النور كتيبة الأمل. ثم قُصفت القرية."
    names = names_of(text, ("كتيبة الأمل", "Hope"), ("حركة النور", "Nour"))
    events = found(monkeypatch, text, names, opinion(tokenize(text), {"كتيبة": 5.0}))
    assert "Hope" not in [role.entity for event in events for role in event.actors]


def test_weights_that_know_no_actors_propose_none(monkeypatch: pytest.MonkeyPatch) -> None:
    (event,) = found(monkeypatch, TEXT, NAMES, opinion(tokenize(TEXT), {}, kinds=("date",)))
    assert event.actors == ()
