"""The search keys of a text and of a query: what makes ``بالقاهرة``, ``القاهره`` and ``قاهرة`` meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from khabar.text import fold, plain_words, search_key
from khabar.text.morphology import readings, without_pronoun

_SHORTEST_STEM = 3
_ARABIC = re.compile("[ء-غف-ي]+")


def _key(folded: str) -> str:
    return _loose(folded) if _ARABIC.fullmatch(folded) else "".join(filter(str.isalnum, search_key(folded)))


def _loose(letters: str) -> str:
    """What `search_key` makes of folded Arabic letters, in less time."""
    joined = letters.replace("ئو", "و").replace("ؤ", "و").replace("ئ", "ي").replace("ء", "")
    return joined.replace("وو", "و")


@lru_cache(maxsize=200_000)
def word_key(word: str) -> str:
    """The key of a word as written; empty for a punctuation mark.

    >>> word_key("القاهرة") == word_key("القَاهِره"), word_key("1,200"), word_key("،")
    (True, '1200', '')
    """
    return _key(fold(word))


@lru_cache(maxsize=200_000)
def stem_keys(word: str) -> frozenset[str]:
    """Keys of what the letters of a word may leave without clitics, article and pronoun; not the word's own key.

    >>> stem_keys("بالقاهرة") >= {"القاهره", "قاهره"}, "زياره" in stem_keys("زيارته")
    (True, True)
    """
    stems = [stem for stem, _ in _stems(fold(word))]
    bare = [shorter for stem in [*stems, fold(word)] for shorter in without_pronoun(stem)]
    return frozenset(_key(stem) for stem in stems + bare if len(stem) >= _SHORTEST_STEM) - {word_key(word), ""}


def _stems(folded: str) -> Iterator[tuple[str, bool]]:
    """Stems of a word, and whether it is an article that was taken off, which is hardly ever wrong."""
    for reading in readings(folded):
        if reading.article:
            yield "ال" + reading.stem, True
        if reading.prefix or reading.article:
            yield reading.stem, reading.article


@lru_cache(maxsize=10_000)
def query_stems(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """Stems that a query's word surely means as well, and those that it means if they are words of the record.

    >>> sure, possible = query_stems("والقاهرة")
    >>> sorted(sure), "وزير" in query_stems("وزير")[1], query_stems("وزير")[1]
    (['القاهره', 'قاهره'], False, frozenset({'زير'}))
    """
    found = [(_key(stem), sure) for stem, sure in _stems(fold(word)) if len(stem) >= _SHORTEST_STEM]
    sure = frozenset(key for key, certain in found if certain)
    return sure, frozenset(key for key, _ in found) - sure


def text_words(*texts: str | None) -> list[str]:
    """The words and numbers of some texts, as written.

    >>> text_words("في 1,200", None)
    ['في', '1,200']
    """
    return list(chain.from_iterable(plain_words(text) for text in texts if text))


def index_columns(words: Sequence[str]) -> tuple[str, str]:
    """The two columns of the full-text table: every word's key, and each stem's key once."""
    stems = frozenset().union(*map(stem_keys, set(words)))
    return " ".join(map(word_key, words)), " ".join(sorted(stems))
