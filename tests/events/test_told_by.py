"""Claims that tell an event again in words that nothing joins to its other mentions."""

import numpy as np
import pytest

from khabar.claims import find_claims
from khabar.encoder.links import DISTANCES, Links
from khabar.events.clauses import Mention
from khabar.events.merge import Draft
from khabar.events.told_by import told_again
from khabar.events.triggers import find_triggers
from khabar.model import Event
from khabar.text import Tokenized, tokenize

KINDS = ("told", "same")
TEXT = tokenize("اقتحم مسلحون المعسكر فجرا.\n\nوقالت مصادر أمنية إن هجوما استهدف الجنود في الليل.")


def links(text: Tokenized, odds: dict[str, tuple[float, float]], kinds: tuple[str, ...] = KINDS) -> Links:
    """Words that answer with these log-odds, one for each kind, whichever word asks."""
    tokens = len(text.tokens)
    answering = np.zeros((tokens, len(kinds), 2), np.float32)
    answering[:, :, -1] = -9.0
    for words, values in odds.items():
        answering[text.token_at(text.text.index(words)), :, -1] = values[: len(kinds)]
    none = np.zeros((tokens, len(kinds), 2), np.float32)
    return Links(kinds, none, answering, np.zeros((len(kinds), DISTANCES), np.float32), np.zeros(tokens, np.int64))


def told(odds: dict[str, tuple[float, float]], kinds: tuple[str, ...] = KINDS) -> list[tuple[str, ...]]:
    """The claims of each event, where every word of the text that names one is an event of its own."""
    triggers = [one for one in find_triggers(TEXT, frozenset()) if one.entry.type == "ASSAULT"]
    mentions = [Mention(one, TEXT.sentence_at(one.start)) for one in triggers]
    drafts = [Draft("ASSAULT", [one]) for one in mentions]
    events = [
        Event(f"e{number}", (TEXT.span(one.trigger.start, one.trigger.end),), "ASSAULT", None, "actual", (), (),
              None, None, None, None, (), "test", 1.0, None)
        for number, one in enumerate(mentions)
    ]  # fmt: skip
    claims = find_claims(TEXT, (), ())
    return [event.claims for event in told_again(events, drafts, mentions, claims, TEXT, links(TEXT, odds, kinds))]


def test_what_a_claim_tells_in_other_words_is_told_by_it() -> None:
    assert told({"قالت": (1.0, -9.0), "اقتحم": (-9.0, -1.0)})[0] == ("c1",)


@pytest.mark.parametrize(
    "odds",
    [{"قالت": (1.0, -9.0)}, {"اقتحم": (-9.0, 3.0)}, {"قالت": (-0.5, -9.0), "اقتحم": (-9.0, 3.0)}],
)
def test_one_of_the_two_links_is_not_enough(odds: dict[str, tuple[float, float]]) -> None:
    assert told(odds)[0] == ()


def test_weights_without_these_links_add_nothing() -> None:
    assert told({"قالت": (1.0, 1.0), "اقتحم": (1.0, 1.0)}, ("told",))[0] == ()
