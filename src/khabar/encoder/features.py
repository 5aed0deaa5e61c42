"""What tables know about each word: small yes-or-no features that go into the encoder beside its pieces.

A small encoder has seen few names; gazetteers and lists of attested names have seen many.  Each feature is added, as
a learned vector, to the word's input (so the layers can weigh it by context), not to its output.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from khabar.lexicon import folded_forms
from khabar.names.evidence import attested, is_family, is_given, is_rare, zipf
from khabar.names.gazetteer import known, nation, towns
from khabar.text import Tokenized
from khabar.text.morphology import readings

_COMMON = 5.0
"""Zipf frequency from which a word is one of the few thousand that every text has."""


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(form.split()[0] for form, _ in folded_forms(name))


def _stems(word: str) -> frozenset[str]:
    """The word, and what its letters allow to be left of it without clitics, with and without the article."""
    found = {word}
    for reading in readings(word):
        found.add(reading.stem)
        if reading.article:
            found.add("ال" + reading.stem)
    return frozenset(found)


def _given_often(word: str) -> bool:
    seen = attested(word)
    return seen is not None and seen.given >= 10


def _family_often(word: str) -> bool:
    seen = attested(word)
    return seen is not None and seen.family >= 10


_WORD: tuple[tuple[str, Callable[[str, frozenset[str]], bool]], ...] = (
    ("given", lambda word, _: is_given(word)),
    ("family", lambda word, _: is_family(word)),
    ("given-often", lambda word, _: _given_often(word)),
    ("family-often", lambda word, _: _family_often(word)),
    ("given-stem", lambda _, stems: any(map(is_given, stems))),
    ("rare", lambda word, _: is_rare(word)),
    ("unseen", lambda word, _: zipf(word) == 0),
    ("common", lambda word, _: zipf(word) >= _COMMON),
    ("town", lambda _, stems: not stems.isdisjoint(towns())),
    ("nation", lambda _, stems: any(nation(stem) is not None for stem in stems)),
    ("title", lambda _, stems: not stems.isdisjoint(_table("titles"))),
    ("body-head", lambda _, stems: not stems.isdisjoint(_table("body_heads"))),
    ("place-head", lambda _, stems: not stems.isdisjoint(_table("place_heads"))),
    ("article", lambda word, _: word.startswith(("ال", "وال", "بال", "لل", "ولل", "وبال", "فال", "كال"))),
)
_PHRASE = ("PER", "LOC", "ORG")
NAMES = (
    *(name for name, _ in _WORD),
    *(f"{mark}-{kind}{sure}" for kind in _PHRASE for mark in ("first", "inside") for sure in ("", "?")),
)
"""The features, in the order of the columns."""
_COLUMN = {name: column for column, name in enumerate(NAMES)}


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> tuple[int, ...]:
    stems = _stems(word)
    return tuple(column for column, (_, holds) in enumerate(_WORD) if holds(word, stems))


def features(text: Tokenized) -> list[list[int]]:
    """For each token of a text the columns of its features (indexes into `NAMES`), in order, without doubles.

    >>> from khabar.text import tokenize
    >>> [NAMES[column] for column in features(tokenize("زار موسكو"))[1] if column >= len(NAMES) - 12]
    ['first-LOC']
    """
    found = [set(_of_word(token.folded)) if token.kind == "word" else set() for token in text.tokens]
    _mark_phrases(text, found)
    return [sorted(columns) for columns in found]


def _mark_phrases(text: Tokenized, found: Sequence[set[int]]) -> None:
    """Forms of the gazetteers, the longest at each token; unsure meanings have columns of their own."""
    gazetteer = known()
    index = 0
    while index < len(text.tokens):
        match = gazetteer.at(text, index)
        if match is None:
            index += 1
            continue
        for entry in match.value:
            ending = entry.type + ("" if entry.sure else "?")
            for at in range(match.first, match.last):
                found[at].add(_COLUMN[("first-" if at == match.first else "inside-") + ending])
        index = match.last
