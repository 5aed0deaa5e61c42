"""Are two names in full, in Arabic or Latin letters, one name?

Words are compared by `khabar.link.spelling.alike`; the rules here say which words must find a partner: a person's
given and family names in one order or with the family name first, fathers and middle names only where both tell them,
initials for words that begin with them; every word of a body or place but the form of a company.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from khabar.lexicon import table
from khabar.link.spelling import VOWELS, alike, is_latin, sound_key, words_of
from khabar.model import NameType
from khabar.text import search_key

ONE_NAME = 0.74
"""From this on two names are one."""
_INITIAL, _ACRONYM, _JOINED = 0.8, 0.85, 0.9
_LONG = 12
"""Words beyond these are not compared; no name has more."""
_FATHERS = frozenset({"بن", "ابن", "بنت", "ولد"})


@dataclass(frozen=True, slots=True)
class Written:
    """A name taken apart: its telling words in order, and what else its writing tells."""

    words: tuple[str, ...]
    joined: str
    """All its words, written together."""
    fathers: bool
    """Is a father named (``بن``, bin)?"""


def same_name(one: str, other: str, kind: NameType) -> float:
    """How surely two written names are one name, 0 to 1; from `ONE_NAME` on they are.

    >>> same_name("سيرغي لافروف", "Sergey Viktorovich Lavrov", "PER") > ONE_NAME
    True
    >>> same_name("خليفة حفتر", "Saddam Haftar", "PER"), same_name("Lavrov, S.", "Sergei Lavrov", "PER") > ONE_NAME
    (0.0, True)
    """
    ours, theirs = taken_apart(one, kind), taken_apart(other, kind)
    if not ours.words or not theirs.words:
        return 0.0
    if ours.words == theirs.words or ours.joined == theirs.joined:
        return 1.0
    joined = alike(ours.joined, theirs.joined) if len(ours.words) != len(theirs.words) else 0.0
    return max(joined if joined >= _JOINED else 0.0, _person(ours, theirs) if kind == "PER" else _body(ours, theirs))


@lru_cache(maxsize=50_000)
def taken_apart(form: str, kind: NameType) -> Written:
    """The telling words of a name: no titles, particles or forms of companies.

    >>> taken_apart("Sheikh Farid bin Salim al-Nouri", "PER").words, taken_apart("Nouri, Farid", "PER").words
    (('farid', 'salim', 'nouri'), ('farid', 'nouri'))
    """
    if not is_latin(form):
        told, words = search_key(form).split(), words_of(form)[:_LONG]
        return Written(words, "".join(words), any(word in _FATHERS for word in told))
    family, comma, given = form.partition(",")
    known = _latin_kinds()
    every = _latin_words(f"{given} {family}" if comma and kind == "PER" else form)
    idle = known["title"] | known["particle"] | known["father"]
    telling = tuple(word for word in every if word not in idle) or tuple(every)
    return Written(telling[:_LONG], "".join(every), any(word in known["father"] for word in every))


@cache
def _latin_kinds() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("latin_name_words"):
        found.setdefault(row["kind"], set()).update(" ".join(_pieces(form)) for form in row["form"].split("|"))
    return {kind: frozenset(forms) for kind, forms in found.items()}


def _pieces(form: str) -> list[str]:
    """Words in plain letters; single letters that stand together (``J.P.``, ``S.A.``) are one word."""
    spread = re.sub(r"\b((?:\w\.){2,}\w?)(?!\w)", lambda found: found[0].replace(".", ""), form.replace("&", " and "))
    spread = re.sub(r"['’`]", "", spread)
    return [word.lower() for word in re.findall(r"\d+|[^\W\d_]+", spread)]


def _latin_words(form: str) -> list[str]:
    """The words without a company's form at either end, ``abd`` joined to what follows."""
    words = _pieces(form)
    for size in (5, 4, 3, 2, 1):
        while len(words) > size and " ".join(words[-size:]) in _latin_kinds()["legal"]:
            del words[-size:]
        while len(words) > size and " ".join(words[:size]) in _latin_kinds()["legal"]:
            del words[:size]
    text = re.sub(r"\b(abd|abdu|abdul|abdel|abu)( (al|el|ul))? ", r"\1", " ".join(words) + " ")
    return re.sub(r"\babd[ue]l?", "abd", text).split()


def _word(one: str, other: str) -> float:
    """How alike two words are; numbers must agree, and a single letter stands for a word that begins like it."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    if min(len(one), len(other)) == 1:
        return _INITIAL if _begins(*sorted((one, other), key=len)) else 0.0
    return alike(one, other)


def _begins(initial: str, word: str) -> bool:
    if is_latin(initial) == is_latin(word):
        return word.startswith(initial)
    return initial not in VOWELS and sound_key(word)[:1] == sound_key(initial)[:1]


def _person(ours: Written, theirs: Written) -> float:
    shorter, longer = sorted((ours, theirs), key=lambda written: len(written.words))
    if len(shorter.words) == 1:
        return _word(shorter.words[0], longer.words[0]) if len(longer.words) == 1 else 0.0
    orders = [shorter.words]
    if not (ours.fathers and theirs.fathers):
        orders += [shorter.words[-1:] + shorter.words[:-1], shorter.words[1:] + shorter.words[:1]]
    whole = ours.fathers or theirs.fathers
    return max(_told(words, longer.words, whole) for words in orders)


def _told(words: Sequence[str], others: Sequence[str], given: bool) -> float:
    """The mean over words that each find a partner, in order; 0 where one finds none.

    `given`: the first must find the first, or a son would be his father.
    """
    total, at = 0.0, 0
    for place, word in enumerate(words):
        while at < len(others) and _word(word, others[at]) < ONE_NAME:
            if given and place == 0:
                return 0.0
            at += 1
        if at == len(others):
            return 0.0
        total += _word(word, others[at])
        at += 1
    return total / len(words)


def _body(ours: Written, theirs: Written) -> float:
    shorter, longer = sorted((ours.words, theirs.words), key=len)
    if len(shorter) == 1 < len(longer):
        initials = "".join(word[0] for word in longer)
        return _ACRONYM if len(initials) > 2 and shorter[0] == initials else 0.0
    return _told(shorter, longer, True) if len(shorter) == len(longer) else 0.0
