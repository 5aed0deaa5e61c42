"""Are two names one person, body or place?  A list of weighted features, each with its score and its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from khabar.link.candidates import Profile
from khabar.link.cluster import Edge
from khabar.link.frequency import frequency
from khabar.link.nations import nations
from khabar.link.spelling import alike, is_latin

SAME = 0.75
"""From this weighted mean on, two names are one."""
_WORD = 0.74
"""From this on, two words are spellings of one name."""
_WHOLE = 0.8
_EVERYDAY = 4.0
_APART = "apart"


@dataclass(frozen=True, slots=True)
class Feature:
    """One ground for or against: its name, how strongly it speaks (0 against, 1 for), its weight, and why."""

    name: str
    score: float
    weight: float
    reason: str


Words = tuple[str, ...]
Ground = Callable[[Profile, Profile], Feature | None]


def same_reference(one: Profile, other: Profile) -> Feature | None:
    """The same, or another, entry of a gazetteer."""
    if not one.references or not other.references:
        return None
    if one.references & other.references:
        return Feature("reference", 1.0, 4.0, "the same place in the gazetteer")
    return Feature(_APART, 0.0, 9.0, "two places of the gazetteer")


def full_name(one: Profile, other: Profile) -> Feature | None:
    """Given and family name; two different given names keep relatives apart."""
    if one.type != "PER" or not one.full or not other.full:
        return None
    score, words, others = max((_person(a, b), a, b) for a in one.full for b in other.full)
    if score < _WORD:
        return Feature(_APART, 0.0, 9.0, "different given names or fathers")
    return Feature("full name", score, 3.0, f"{' '.join(words)} ~ {' '.join(others)}")


def _person(words: Words, others: Words) -> float:
    """How alike two full names are: first with first, last with last, fathers between them where both tell."""
    given = alike(words[0], others[0])
    if given < _WORD:
        return given
    family = alike(words[-1], others[-1])
    shorter, longer = sorted((words, others), key=len)
    if family < _WORD and len(shorter) < len(longer):
        family = alike(shorter[-1], longer[len(shorter) - 1])
    fathers = _fathers(shorter, longer)
    return min(given, family, fathers) if min(given, family, fathers) < _WORD else (given + family) / 2


def _fathers(shorter: Words, longer: Words) -> float:
    """Every name between first and last of the shorter must stand, in order, in the longer."""
    at = 1
    for word in shorter[1:-1]:
        while at < len(longer) and alike(word, longer[at]) < _WORD:
            at += 1
        if at == len(longer):
            return 0.0
        at += 1
    return 1.0


def short_name(one: Profile, other: Profile) -> Feature | None:
    """Names of one word each, or one and a full name that ends in it: little by itself."""
    if one.type != "PER" or (one.full and other.full):
        return None
    score = max(alike(a[-1], b[-1]) for a in one.spellings for b in other.spellings)
    if score < _WORD:
        return Feature(_APART, 0.0, 9.0, "different family names")
    return Feature("family name", score, 1.0, f"family names alike by {score:.2f}")


def whole_name(one: Profile, other: Profile) -> Feature | None:
    """A body or a place: the whole name, word by word, or written together."""
    if one.type == "PER":
        return None
    best = [(a, b) for a in one.spellings for b in other.spellings if _whole(a, b) >= _WHOLE]
    if not best:
        return Feature(_APART, 0.0, 9.0, "different names")
    telling = one.type == "LOC" or any(not _ordinary(a) for a, _ in best)
    score = max(_whole(a, b) for a, b in best)
    return Feature("name", score, 3.0 if telling else 1.5, f"names alike by {score:.2f}")


def _ordinary(words: Words) -> bool:
    """Is it made of everyday words (``وزارة الداخلية``), so that many bodies bear it?"""
    return all(frequency(word) >= _EVERYDAY for word in words)


def _whole(words: Words, others: Words) -> float:
    if "".join(words) == "".join(others):
        return 1.0
    if len(words) != len(others):
        return 0.0
    return min(_telling(a, b) for a, b in zip(words, others, strict=True))


def _telling(word: str, other: str) -> float:
    """A short word of a place or body has one spelling in its script."""
    if min(len(word), len(other)) > 4 or is_latin(word) != is_latin(other):
        return alike(word, other)
    return float(word == other)


def office(one: Profile, other: Profile) -> Feature | None:
    """The same title or office."""
    shared = sorted(title for title in one.titles if title in other.titles)
    if shared:
        return Feature("office", 1.0, 1.5, f"both {max(shared, key=len)}")
    return None


def nationality(one: Profile, other: Profile) -> Feature | None:
    """The states that titles, names and labels tell of (``وزير الدفاع الروسي``, ``Libyan``)."""
    ours, theirs = nations(one), nations(other)
    if not ours or not theirs:
        return None
    if ours & theirs:
        return Feature("nationality", 1.0, 0.5, f"both of {min(ours & theirs)}")
    return Feature(_APART if one.type == "ORG" else "nationality", 0.0, 2.0, f"of {min(ours)} and {min(theirs)}")


def company(one: Profile, other: Profile) -> Feature | None:
    """The other names in the documents that have them."""
    shared = one.company.keys() & other.company.keys()
    smaller = min(len(one.company), len(other.company))
    if smaller < 3:
        return None
    score = min(1.0, 2 * len(shared) / smaller)
    return Feature("company", score, 0.7, f"{len(shared)} names in common")


GROUNDS: tuple[Ground, ...] = (same_reference, full_name, short_name, whole_name, office, nationality, company)


def compare(one: Profile, other: Profile) -> Edge | None:
    """The weighted mean of all features that apply, as an edge with its reasons; None where the two are apart."""
    if one.type != other.type:
        return None
    found: list[Feature] = []
    for ground in GROUNDS:
        if (feature := ground(one, other)) is not None:
            if feature.name == _APART:
                return None
            found.append(feature)
    if not found:
        return None
    score = sum(feature.score * feature.weight for feature in found) / sum(feature.weight for feature in found)
    if score < SAME or _too_little(found):
        return None
    first, second = sorted((one.label, other.label))
    return Edge(first, second, min(score, 1.0), "; ".join(feature.reason for feature in found))


def _too_little(found: list[Feature]) -> bool:
    """A family name alone makes nobody the same; an office or much company beside it may."""
    names = {feature.name for feature in found}
    return not names & {"reference", "full name", "name", "office"}
