"""Which states a profile tells of: in the titles of a person, in the names and the label of a body."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from khabar.lexicon import forms, table
from khabar.link.candidates import Profile
from khabar.link.spelling import words_of


@cache
def _arabic() -> dict[str, str]:
    """Countries and demonyms of one word, as names are compared, with their ISO codes."""
    found: dict[str, str] = {}
    for name in ("countries", "demonyms"):
        for form, row in forms(name):
            words = words_of(form)
            if len(words) == 1:
                found.setdefault(words[0], row["iso"])
    return found


@cache
def _english() -> dict[str, str]:
    return {row["label"].lower(): row["iso"] for name in ("countries", "demonyms") for row in table(name)}


@lru_cache(maxsize=50_000)
def _of_words(text: str) -> frozenset[str]:
    """
    >>> sorted(_of_words("وزير الدفاع الروسي")), sorted(_of_words("Libyan House of Representatives"))
    (['RU'], ['LY'])
    """
    latin = (_english().get(word.strip("(),.").lower()) for word in text.split())
    arabic = (_arabic().get(word) for word in words_of(text))
    return frozenset(iso for iso in (*latin, *arabic) if iso)


def states_of(label: str) -> frozenset[str]:
    """ISO codes in an English label: of a state, or of a body that its label calls by one.

    >>> sorted(states_of("Bahraini Ministry of Foreign Affairs")), sorted(states_of("John Kerry"))
    (['BH'], [])
    """
    return _of_words(label)


def _texts(profile: Profile) -> Iterator[str]:
    if profile.type == "PER":
        yield from profile.titles
    elif profile.type == "ORG":
        yield profile.label
        yield from profile.forms


def nations(profile: Profile) -> frozenset[str]:
    """ISO codes of the states told of, none for places."""
    return frozenset(iso for text in _texts(profile) for iso in _of_words(text))
