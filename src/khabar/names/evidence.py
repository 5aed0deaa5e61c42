"""What the letters of one word say: is it a given name, a family name, a common word, a word never seen?

Evidence comes from our own tables, from the attested spellings inside the package arabic-name-romanizer (names of
Wikidata and of an Algerian register, read with SQL because the package's own look-up takes a query a word), and
from the word frequencies of wordfreq.
"""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from math import log10
from pathlib import Path

from khabar.lexicon import folded_forms
from khabar.text.frequency import shares
from khabar.text.morphology import readings, without_pronoun


@cache
def words(use: str) -> frozenset[str]:
    """Folded words of the table of small words that have this use.

    >>> "بن" in words("particle")
    True
    """
    return frozenset(form for form, row in folded_forms("name_words") if use in row["use"].split("|"))


def particles() -> frozenset[str]:
    """Words that join the parts of a person's name and never end it (``بن``, ``أبو``)."""
    return words("particle")


@dataclass(frozen=True, slots=True)
class Attested:
    """How often a word was seen as a given and as a family name, and its most frequent Latin spelling."""

    given: int
    family: int
    latin: str


@cache
def _connection(process: int) -> sqlite3.Connection | None:
    """The package's spellings, opened anew in every process, for SQLite forbids to carry a connection over a fork."""
    found = find_spec("arabic_name_romanizer")
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(found.submodule_search_locations[0]) / "resources" / "names.sqlite3"
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)


@lru_cache(maxsize=100_000)
def attested(word: str) -> Attested | None:
    """How a folded word is attested in names (the package's keys are folded as ours are), or None.

    >>> attested("محمد").given > 1000, attested("قال")
    (True, None)
    """
    connection = _connection(os.getpid())
    if connection is None:
        return None
    rows = connection.execute("SELECT role, latin, count FROM units WHERE arabic_key = ?", (word,)).fetchall()
    return _gathered(rows) if rows else None


def _gathered(rows: list[tuple[str, str, int]]) -> Attested:
    spelled: dict[str, int] = defaultdict(int)
    for _, latin, count in rows:
        spelled[latin] += count
    family = sum(count for role, _, count in rows if role == "surname")
    return Attested(sum(spelled.values()) - family, family, _most(spelled))


def _most(counts: dict[str, int]) -> str:
    return max(counts, key=lambda latin: (counts[latin], latin))


@lru_cache(maxsize=50_000)
def zipf(word: str) -> float:
    """Zipf frequency of a folded word (log10 of uses in 10^9 words), 0 for one never seen.

    >>> zipf("قال") > 5 > zipf("نكورونزيزا")
    True
    """
    frequency = shares().get(word, 0.0)
    return log10(frequency * 1e9) if frequency else 0.0


@cache
def _given_table() -> frozenset[str]:
    return frozenset(form for form, _ in folded_forms("given_names"))


@cache
def stops() -> frozenset[str]:
    """Words that no rule takes into a name."""
    return frozenset(form for form, _ in folded_forms("name_stops"))


@lru_cache(maxsize=50_000)
def is_given(word: str) -> bool:
    """Is the folded word a given name more probably than anything else?

    >>> is_given("محمد"), is_given("سيرغي"), is_given("بيان")
    (True, True, False)
    """
    if word in stops():
        return False
    if word in _given_table() or (word.startswith("عبدال") and len(word) > 6):
        return True
    seen = attested(word)
    return seen is not None and seen.given >= max(3.0, 10 ** (zipf(word) - 3))


@lru_cache(maxsize=50_000)
def is_family(word: str) -> bool:
    """Is the folded word attested as part of names, often enough for how common a word it is?"""
    if word in stops():
        return False
    seen = attested(word)
    if seen is not None and seen.given + seen.family >= max(1.0, 10 ** (zipf(word) - 3.9)):
        return True
    if word.startswith("ال") and len(word) > 4 and is_given(word[2:]) and zipf(word) < 4.3:
        return True
    return word.startswith("ال") and word.endswith("ي") and len(word) > 5 and zipf(word) < 3.7


@lru_cache(maxsize=50_000)
def is_rare(word: str) -> bool:
    """Is it a word that common Arabic does not have, not even with clitics or a pronoun: perhaps a foreign name?

    >>> is_rare("تيلرسون"), is_rare("لزيارتها"), is_rare("المدينه")
    (True, False, False)
    """
    return len(word) > 2 and word not in stops() and zipf(word) < 3.6 and not is_inflected(word)


@lru_cache(maxsize=50_000)
def is_inflected(word: str) -> bool:
    """Is it a common word with a clitic, an article, a pronoun or the prefix of a verb?"""
    for reading in readings(word):
        if reading.prefix or reading.article:
            stems = {reading.stem, "ال" + reading.stem} if reading.article else {reading.stem}
            if any(zipf(stem) >= 4 for stem in stems):
                return True
        if any(zipf(stem) >= 4.3 for stem in without_pronoun(reading.stem)[1:] if len(stem) > 2):
            return True
    if word.endswith("ا") and zipf(word[:-1]) >= 3.8:
        return True
    return word[:1] in ("ي", "ت", "ن") and len(word) in (4, 5) and zipf(word[1:]) >= 3.7 and not is_given(word[1:])


@lru_cache(maxsize=50_000)
def is_arabic_form(word: str) -> bool:
    """Has it the look of an Arabic verb, participle or plural, and is it attested in no name?"""
    seen = attested(word)
    if seen is not None and seen.given + seen.family > 1:
        return False
    if word.startswith("ال"):
        return word.endswith(("ه", "ات", "ين", "ون")) or zipf(word[2:]) >= 3.8
    return word.startswith(("ي", "ت", "سي", "ست", "مت", "مست", "لا", "وا")) or word.endswith(
        ("ه", "ات", "وا", "هم", "ها")
    )


_LONG = frozenset("اوي")


@lru_cache(maxsize=50_000)
def is_name_word(word: str) -> bool:
    """May the folded word go on a person's name that has begun?"""
    if is_given(word):
        return True
    if word.startswith("ف") and not zipf(word) and zipf(word[1:]) >= 3:
        return False
    if is_family(word):
        return True
    if word.startswith("و") and (
        not zipf(word) or zipf(word[1:]) >= zipf(word) or is_given(word[1:]) or is_family(word[1:])
    ):
        return False
    if word.startswith(("ل", "ب")) and zipf(word[1:]) >= 3 and not zipf(word):
        return False
    if word.endswith("ه") or is_verb_form(word) or (word.startswith("ال") and is_arabic_form(word)):
        return False
    return is_rare(word)


def is_verb_form(word: str) -> bool:
    """Has a folded word that no name attests the letters of a verb of today or of a regular plural?

    >>> is_verb_form("يؤجل"), is_verb_form("يلتسين"), is_verb_form("تاكيدات")
    (True, False, True)
    """
    if attested(word) is not None:
        return False
    prefixed = word[:1] in ("ي", "ت") and len(word) in (4, 5) and _LONG.isdisjoint(word[1:])
    return prefixed or word.endswith(("ات", "ها", "وا"))
