"""One English label for one thing: of a table where a table knows it, else romanised the same way every time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from khabar.lexicon import forms, table
from khabar.names.evidence import attested, particles
from khabar.names.letters import is_foreign, spelled
from khabar.text import fold

_ARAB = {
    "AE",
    "BH",
    "DJ",
    "DZ",
    "EG",
    "IQ",
    "JO",
    "KW",
    "LB",
    "LY",
    "MA",
    "MR",
    "OM",
    "PS",
    "QA",
    "SA",
    "SD",
    "SO",
    "SY",
    "TN",
    "YE",
}
"""States whose people's names are spelled in one way, but for hamza and the like."""
_FIRM = str.maketrans("غقكچگطثصزظذضڤپ", "جججججتتسسسددفب", "اويءئؤهع")
"""Letters that stand for one foreign sound made one, vowels and weak letters left out."""
_OFTEN = 10


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word, foreign g, k and s in any Arabic spelling alike.

    >>> skeleton("سيرغي") == skeleton("سيرجي"), skeleton("شويغو") == skeleton("شويجو"), skeleton("بوتين")
    (True, True, 'بتن')
    """
    return word.translate(_FIRM)


@cache
def _by_skeleton() -> dict[tuple[str, ...], str]:
    """Skeletons of full names of foreign persons to their label; those that two persons share are left out."""
    found: dict[tuple[str, ...], set[str]] = {}
    for form, row in forms("persons"):
        words = fold(form).split()
        if len(words) > 1:
            found.setdefault(tuple(skeleton(word) for word in words), set()).add(row["label"])
    return {key: labels.pop() for key, labels in found.items() if len(labels) == 1 and sum(map(len, key)) > 4}


@cache
def _arab() -> frozenset[str]:
    return frozenset(row["label"] for row in table("persons") if row["iso"] in _ARAB)


def variant(words: tuple[str, ...]) -> str | None:
    """The known foreigner whose name these folded words spell in another way, or None.

    >>> variant(("سيرجي", "لافروف")), variant(("محمد", "صلاح"))
    ('Sergei Lavrov', None)
    """
    label = _by_skeleton().get(tuple(skeleton(word) for word in words))
    return None if label in _arab() else label


def person_label(words: tuple[str, ...]) -> str:
    """A person's name in Latin letters, the same for ``عبدالله`` and ``عبد الله``.

    >>> person_label(("عبد", "الله", "بن", "احمد")) == person_label(("عبدالله", "بن", "احمد"))
    True
    >>> person_label(("ستيفن", "غارلند")), person_label(("ايفان", "بيتروكوف"))
    ('Stephen Garlend', 'Ivan Bitrokov')
    """
    parts = _compounds(words)
    foreign = _foreignness(parts)
    return variant(words) or " ".join(romanised(part, foreign=foreign) for part in parts)


def _foreignness(words: Sequence[str]) -> bool | None:
    """Does the first name tell that an unattested family name is foreign, or Arabic?  None where it does not."""
    first = words[0]
    if len(words) < 2 or first in particles():
        return None
    seen = attested(first)
    if first in _foreign():
        return True
    return False if seen is not None and seen.given >= _OFTEN else None


@cache
def _foreign() -> dict[str, str]:
    return {fold(form): row["label"] for form, row in forms("foreign_names")}


def _compounds(words: tuple[str, ...]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "عبد":
            joined[-1] += word
        else:
            joined.append(word)
    return [part for word in joined for part in _apart(word)]


def _apart(word: str) -> list[str]:
    """``ابوبكر`` as ``ابو بكر``."""
    return ["ابو", word[3:]] if word.startswith("ابو") and len(word) > 5 else [word]


@cache
def _joiners() -> dict[str, str]:
    return {fold(form): row["label"] for form, row in forms("name_words") if row["label"] != "-"}


@lru_cache(maxsize=20_000)
def romanised(word: str, *, foreign: bool | None = None) -> str:
    """A folded word in Latin letters: as attested in names, else letter by letter.

    >>> romanised("محمد"), romanised("بن"), romanised("العتواني")
    ('Mohamed', 'bin', 'al-Atwani')
    """
    if word in _joiners():
        return _joiners()[word]
    if word in _foreign():
        return _foreign()[word]
    seen = attested(word)
    if seen is not None and seen.given + seen.family > 1:
        return seen.latin if seen.latin.startswith(("al-", "ad-", "bin")) else seen.latin[:1].upper() + seen.latin[1:]
    return in_latin(word, foreign=foreign)


def in_latin(word: str, *, foreign: bool | None = None) -> str:
    """A folded word letter by letter, as places are spelled: how a man of that name spells it says nothing of them.

    >>> in_latin("مورا"), in_latin("الدغم")
    ('Mora', 'al-Dagham')
    """
    if word.startswith("ال") and len(word) > 4:
        return "al-" + spelled(word[2:], foreign=False)
    if word.startswith("عبدال") and len(word) > 6:
        return "Abdul " + romanised(word[5:], foreign=False)
    return spelled(word, foreign=is_foreign(word) if foreign is None else foreign)
