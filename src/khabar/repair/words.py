"""How well a word is known, spelled as it stands: the evidence of every fix that guesses.

The frequencies are wordfreq's (its large Arabic list), unfolded, for here it matters whether a hamza is in its
place.  Loading them takes about a second, so each fix looks for a cheap sign of its damage first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

LETTER = r"\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f"
MARK = r"\u064b-\u065f\u0670"
FORM = r"\ufb50-\ufdff\ufe70-\ufefc"
"""Arabic presentation forms."""

_SILENT = re.compile(rf"[ \u0640{MARK}]")
_CLITICS = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك", "س")
_CLITIC_COST = 0.7
_SHORTEST_STEM = 3


_ODD = re.compile(r"[^\u0621-\u063a\u0641-\u06520-9A-Za-z \n.,:!?\"'()%/@#_+*&;\[\]«»،؛؟…“”‘’–-]")


@lru_cache(maxsize=4)
def oddities(text: str) -> str:
    """The characters of a text that are not common in news, each once: most fixes have nothing to do without one.

    >>> oddities("قال «نعم» في ٢٠٢٤ أو 2025"), oddities("کلمــة")
    ('٠٢٤', 'ـک')
    """
    return "".join(sorted(set(_ODD.findall(text))))


_WORD = re.compile(rf"[{LETTER}{MARK}]+")


@lru_cache(maxsize=4)
def words_of(text: str) -> tuple[str, ...]:
    """The Arabic words of a text in order, spelled as they stand."""
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=4)
def vocabulary(text: str) -> frozenset[str]:
    """The same, each once."""
    return frozenset(words_of(text))


@cache
def _known() -> dict[str, float]:
    from wordfreq import get_frequency_list

    buckets = get_frequency_list("ar", wordlist="large")
    return {word: 9 - centibels / 100 for centibels, words in enumerate(buckets) for word in words}


@lru_cache(maxsize=100_000)
def bare(word: str) -> str:
    """The letters of a word alone: no vowel signs, no kashida, no presentation forms.

    >>> bare("مُحَمّـد"), bare("ﻻﺑﺪ")
    ('محمد', 'لابد')
    """
    return _SILENT.sub("", unicodedata.normalize("NFKC", word))


@lru_cache(maxsize=100_000)
def frequency(word: str) -> float:
    """Zipf frequency of a word as it is spelled (log10 of uses in 10^9 words), 0 for one never seen.

    >>> frequency("الأول") > 5 > 2 > frequency("األول")
    True
    """
    return _known().get(bare(word), 0.0)


def is_known(word: str, least: float = 0.0) -> bool:
    """Has a word without vowel signs this Zipf frequency?  Quicker than `frequency`, which remembers what it met."""
    return _known().get(word, -1.0) >= least


def known_places(words: Iterable[str], least: float) -> list[int]:
    """Which of many words without vowel signs have this Zipf frequency?"""
    zipf = _known().get
    return [at for at, word in enumerate(words) if zipf(word, -1.0) >= least]


@lru_cache(maxsize=100_000)
def familiarity(word: str) -> float:
    """Like `frequency`, but a word with a particle counts as its stem does, less a little, where that is more.

    >>> familiarity("فبدراجاتهم") > 0 == frequency("فبدراجاتهم")
    True
    """
    plain = bare(word)
    stems = [
        plain[len(clitic) :]
        for clitic in _CLITICS
        if plain.startswith(clitic) and len(plain) >= len(clitic) + _SHORTEST_STEM
    ]
    return max([frequency(word), *(frequency(stem) - _CLITIC_COST for stem in stems)])


def sureness(gain: float) -> float:
    """Confidence of a guess whose reading is better known by so many Zipf points than what stands there.

    >>> sureness(0), sureness(1), sureness(3)
    (0.5, 0.91, 0.99)
    """
    return round(min(0.99, 1 / (1 + 10**-gain)), 2)
