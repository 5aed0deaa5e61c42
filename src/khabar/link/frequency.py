"""How common a folded word is in the language (wordfreq), whatever letters folding has merged."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache


@lru_cache(maxsize=200_000)
def frequency(word: str) -> float:
    """Zipf frequency (the logarithm of uses in a billion words) of the commonest spelling of a folded word.

    >>> frequency("الي") > 6, frequency("وزاره") > 4, frequency("يفكيروف") < 3
    (True, True, True)
    """
    from wordfreq import zipf_frequency  # some tenths of a second to load, so only where it is needed

    return max(float(zipf_frequency(spelling, "ar", "small")) for spelling in _spellings(word))


def _spellings(word: str) -> Iterator[str]:
    ends = {"ه": ("ه", "ة"), "ي": ("ي", "ى")}.get(word[-1:], (word[-1:],))
    starts = ("ا", "أ", "إ", "آ") if word[:1] == "ا" and len(word) > 1 else (word[:1],)
    for start in starts:
        for end in ends:
            whole = start + word[1:-1] + end if len(word) > 1 else word
            yield whole
            yield "ال" + whole
