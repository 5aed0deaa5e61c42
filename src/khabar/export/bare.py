"""Names and descriptions without the particles that stood before them in their sentence (``والوفد``, ``للقيادة``)."""

from __future__ import annotations

from functools import lru_cache

from khabar.text import fold
from khabar.text.frequency import shares
from khabar.text.morphology import without_pronoun

_CLEARLY = 6.0
"""How many times as common the rest must be as the whole word."""
_FLOOR = 1e-6
"""Share of all words below which a word is too rare to say anything."""
_SHORTEST = 3


@lru_cache(maxsize=50_000)
def bare(words: str) -> str:
    """A noun phrase without an attached particle, where how common the words are leaves no doubt that it is one.

    >>> [bare(words) for words in ("والوفد", "للقيادة العامة", "لقوات الأمن", "للجنة")]
    ['الوفد', 'القيادة العامة', 'قوات الأمن', 'اللجنة']
    >>> [bare(words) for words in ("وزير الدفاع", "لجنة", "بلدية", "باخرة", "كتائب", "فريق", "والدة القتيل")]
    ['وزير الدفاع', 'لجنة', 'بلدية', 'باخرة', 'كتائب', 'فريق', 'والدة القتيل']
    """
    first, space, rest = words.partition(" ")
    return _fused(first) + space + rest if first.startswith("لل") else _parted(first) + space + rest


def _fused(word: str) -> str:
    """``لل``: the particle and the article, or the particle and a word that begins with a lam."""
    if len(word) < _SHORTEST + 2:
        return word
    article = max(("ال" + word[2:], "ال" + word[1:]), key=_share)
    return article if _share(article) or not _share(word[1:]) else word[1:]


def _parted(word: str) -> str:
    rest = word[1:]
    if len(rest) < _SHORTEST or word[0] not in "وفبلك":
        return word
    whole = _share(word)
    if word[0] in "بك" and whole:
        return word
    return rest if _share(rest) > max(_CLEARLY * whole, _FLOOR) else word


def _share(word: str) -> float:
    """How common a word is, with its pronoun or without."""
    return max(shares().get(form, 0.0) for form in without_pronoun(fold(word)))
