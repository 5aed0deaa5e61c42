"""An encoder's view made by hand, so that the vote is tested without weights."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import khabar.names.find as find
from khabar.model import NameType
from khabar.names.candidate import Candidate
from khabar.names.learned import Opinion
from khabar.text import Tokenized

KINDS: tuple[NameType, ...] = ("PER", "LOC", "ORG")
Seen = list[tuple[int, int, NameType, float]]
"""First token, last token (left out), type, probability."""


def make_opinion(text: Tokenized, seen: Seen) -> Opinion:
    """The view of an encoder that sees just these names and holds all other tokens for none."""
    count = len(text.tokens)
    odds = {"O": [0.98] * count} | {f"{mark}-{kind}": [0.01] * count for kind in KINDS for mark in "BI"}
    names = []
    for first, last, kind, probability in seen:
        for at in range(first, last):
            odds["O"][at] = 1 - probability
            odds[f"{'I' if at > first else 'B'}-{kind}"][at] = probability
        start, end = text.tokens[first].start, text.tokens[last - 1].end
        names.append(Candidate(first, last, start, end, kind, "model", probability))
    return Opinion(tuple(names), odds)


Told = Callable[[Seen], None]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Makes `find_names` hear an encoder that sees these names."""

    def tell(seen: Seen) -> None:
        monkeypatch.setattr(find, "opinion", lambda text: make_opinion(text, seen))

    return tell


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No encoder, as where its weights are not installed."""
    monkeypatch.setattr(find, "opinion", lambda text: None)
