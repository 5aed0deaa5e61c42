"""How common a folded word is in the language (wordfreq), whatever letters folding has merged."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from khabar.text import fold


@cache
def _folded() -> dict[str, float]:
    """Share of all words, under the folded word; several spellings of one are added up."""
    from wordfreq import get_frequency_dict  # some tenths of a second to load, so only where it is needed

    shares: dict[str, float] = {}
    for word, share in get_frequency_dict("ar", "small").items():
        folded = fold(word)
        shares[folded] = shares.get(folded, 0.0) + float(share)
    return shares


@lru_cache(maxsize=200_000)
def frequency(word: str) -> float:
    """Zipf frequency (the logarithm of uses in a billion words) of a folded word with or without article; 0 if rare.

    >>> frequency("الي") > 6, frequency("وزاره") > 4, frequency("يفكيروف") < 3
    (True, True, True)
    """
    share = max(_folded().get(word, 0.0), _folded().get("ال" + word, 0.0))
    return math.log10(share) + 9 if share > 0 else 0.0
