"""Rough roots of the words that name an event: what its verb and its verbal noun have in common."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from khabar.text import fold
from khabar.text.morphology import without_pronoun

_WEAK = frozenset("اويءؤئ")
_FUTURE_BEFORE = frozenset("ياتن")


@lru_cache(maxsize=100_000)
def roots_of(word: str) -> frozenset[str]:
    """Consonants that the forms of one root mostly share; several readings where the letters allow them.

    >>> bool(roots_of("الزيارة") & roots_of("سيزور")), bool(roots_of("سيطرت") & roots_of("السيطرة"))
    (True, True)
    >>> bool(roots_of("استدعت") & roots_of("استدعاء")), bool(roots_of("قصف") & roots_of("زيارة"))
    (True, False)
    """
    first = fold(word).split()[:1]
    stem = first[0].removeprefix("ال") if first else ""
    return frozenset(root for form in _forms(stem) for root in _strip(form) if len(root) > 1) or frozenset({stem})


def _forms(stem: str) -> Iterator[str]:
    """The word without pronouns, and without the future's particle."""
    bare = min(without_pronoun(stem), key=len)
    yield stem
    yield bare
    if len(bare) > 4 and bare[0] == "س" and bare[1] in _FUTURE_BEFORE:
        yield bare[1:]


def _strip(form: str) -> Iterator[str]:
    """Consonants without the endings ه and ت, and without the letters that begin derived forms."""
    strong = "".join(letter for letter in form if letter not in _WEAK)
    if len(strong) > 2 and strong[-1] in "هت":
        strong = strong[:-1]
    yield strong
    for prefix in ("مست", "تست", "ست", "نت", "مت", "م", "ت", "ن"):
        if strong.startswith(prefix) and len(strong) - len(prefix) >= 2:
            yield strong[len(prefix) :]
