"""Clitics: the particles that Arabic writes together with the next word.

No split is made blindly.  `readings` only says which splits the letters allow, the whole word first;
a stage keeps the one for whose stem it has evidence (an entry of a table, a name met elsewhere).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "وك", "وس", "فب", "فل", "فك", "فس")
_SUFFIXES = ("هما", "كما", "هم", "هن", "ها", "نا", "كم", "ه", "ك", "ي")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a folded word apart: `prefix` + ``ال`` (where `article`) + `stem`.

    `offset` is how many letters of the folded word stand before the stem *with* its article, except in the
    fused ``لل``, whose article has lost its alef: there it is the number of letters before the second lam.
    """

    prefix: str
    article: bool
    stem: str
    offset: int


@lru_cache(maxsize=100_000)
def readings(folded: str) -> tuple[Reading, ...]:
    """All splits that the letters of a folded word allow, the whole word first.

    >>> [(r.prefix, r.article, r.stem) for r in readings("وبالرياض") if r.article]
    [('وب', True, 'رياض')]
    >>> [(r.prefix, r.article, r.stem) for r in readings("للامم") if r.article]
    [('ل', True, 'امم')]
    """
    found = []
    for prefix in _PROCLITICS:
        if not folded.startswith(prefix):
            continue
        rest = folded[len(prefix) :]
        if len(rest) < 2:
            continue
        if rest.startswith("ال") and len(rest) > 3:
            found.append(Reading(prefix, True, rest[2:], len(prefix)))
        elif prefix.endswith("ل") and rest.startswith("ل") and len(rest) > 2:
            found.append(Reading(prefix, True, rest[1:], len(prefix)))
        found.append(Reading(prefix, False, rest, len(prefix)))
    return tuple(found)


@lru_cache(maxsize=100_000)
def without_pronoun(folded: str) -> tuple[str, ...]:
    """The word, and the word without each attached pronoun that its letters allow (``زيارته`` → ``زيارت``, ``زياره``).

    >>> "زياره" in without_pronoun("زيارته")
    True
    """
    found = [folded]
    for suffix in _SUFFIXES:
        stem = folded.removesuffix(suffix)
        if stem != folded and len(stem) >= 3:
            found.append(stem)
            if stem.endswith("ت"):
                found.append(stem[:-1] + "ه")
    return tuple(found)
