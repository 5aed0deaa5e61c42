"""How often words are met: wordfreq's Arabic lists (Speer 2022), read from its package's files.

wordfreq itself is not imported: with what it needs for all its languages that takes half a second, of which Arabic
words that are looked up as they stand need nothing.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from khabar.text.fold import fold_all

List = Literal["small", "large"]


def centibels(wordlist: List) -> list[list[str]]:
    """Words, spelled as they are; those at index i are 10^(-i/100) of all words.

    Raises:
        ValueError: when the file is not in the form that this reads.

    >>> [words for words in centibels("small") if "قال" in words][0][:1]
    ['قال']
    """
    import msgpack

    found = find_spec("wordfreq")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("wordfreq is not installed")
    path = Path(found.submodule_search_locations[0]) / "data" / f"{wordlist}_ar.msgpack.gz"
    header: dict[str, object]
    buckets: list[list[str]]
    header, *buckets = msgpack.unpackb(gzip.decompress(path.read_bytes()))
    if header != {"format": "cB", "version": 1}:
        raise ValueError(f"{path}: not the lists that wordfreq 3 has ({header!r})")
    return buckets


@cache
def shares() -> dict[str, float]:
    """Share of all words of each folded word of the small list; several spellings of one are added up.

    >>> 0.001 < shares()["قال"] < 0.01
    True
    """
    buckets = centibels("small")
    words = iter(fold_all(word for words in buckets for word in words))
    found: dict[str, float] = {}
    for index, bucket in enumerate(buckets):
        share = 10 ** (-index / 100)
        for _ in bucket:
            word = next(words)
            found[word] = found.get(word, 0.0) + share
    return found
