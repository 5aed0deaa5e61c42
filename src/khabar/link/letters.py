"""What it costs to read an Arabic word and a Latin one as one name, letter by letter.

A weighted alignment (Ristad and Yianilos 1998, "Learning string-edit distance") whose steps pair up to two Arabic
letters with up to three Latin ones (``كس`` with ``x``, ``تش`` with ``tsch``, nothing with a silent ``h``); ``^`` and
``$`` stand for the ends of a word, so that a final ``e`` or ``s`` may be silent where an inner one may not.  A true
pair costs little: vowels that Arabic leaves out are cheap, another consonant is dear.  The costs are those of
``letters.tsv``, learned by ``training/letters.py`` from the train part of NETransliteration (Merhav and Ash 2018,
names of Wikidata, CC0) as a discriminative edit distance (McCallum, Bellare and Pereira 2005): true pairs against the
names that are spelled most like them.

No cost is negative and two words are one name only within a budget, so alignments over the budget are given up at
once: most words that are two names are told apart in their first letters.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from khabar.text import search_key

_LATIN = {
    "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "þ": "th", "ð": "d", "š": "sh", "ş": "sh",
    "ș": "sh", "ś": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh", "ź": "zh", "ż": "zh", "ñ": "ny", "ń": "ny",
    "ň": "ny", "ğ": "gh", "ə": "a", "ħ": "h", "ǧ": "j",
}  # fmt: skip
"""Latin letters with a sound of their own, as names are spelled where they are missing."""
_LATIN_TABLE = str.maketrans(_LATIN)
_NO_ACCENT = str.maketrans({letter: plain for letter, plain in _LATIN.items() if letter in "øłßæœđıþðəħ"})
_DOUBLE = re.compile(r"([^aeiouy])\1")
_SPARE = 1.0
"""So much over the budget an alignment is still followed, to tell a near miss from a far one."""
_LONGEST = 40
SURE = 0.8
"""How alike two words in different scripts are said to be where one name and two are as likely."""

ArabicSteps = tuple[tuple[int, dict[str, float]], ...]
LatinSteps = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """The table: for every Arabic unit the cost of each Latin unit; the budget of a pair, with its share a letter."""

    units: dict[str, dict[str, float]]
    latin: frozenset[str]
    """All Latin units."""
    budget: float
    letter: float
    longest_arabic: int
    longest_latin: int


@cache
def costs() -> Costs:
    """The shipped table, read once."""
    units: dict[str, dict[str, float]] = {}
    budget = letter = 0.0
    for line in files("khabar.link").joinpath("letters.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        arabic, latin, cost = line.split("\t")
        if arabic == "budget":
            budget, letter = float(latin), float(cost)
        else:
            units.setdefault(arabic, {})[latin] = float(cost)
    known = frozenset(latin for row in units.values() for latin in row)
    return Costs(units, known, budget, letter, max(map(len, units)), max(map(len, known)))


@lru_cache(maxsize=100_000)
def latin_letters(word: str) -> str:
    """A Latin word in the 26 plain letters: accents dropped, ``š`` as sh, ``ø`` as o; all else left out.

    >>> latin_letters("Šešelj"), latin_letters("O'Neill"), latin_letters("Müller")
    ('sheshelj', 'oneill', 'muller')
    """
    plain = unicodedata.normalize("NFC", word.lower()).translate(_LATIN_TABLE)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if "a" <= letter <= "z")


@lru_cache(maxsize=100_000)
def bare_letters(word: str) -> str:
    """A Latin word as it is typed where nobody cares for accents.

    >>> bare_letters("Vučić"), bare_letters("François")
    ('vucic', 'francois')
    """
    plain = unicodedata.normalize("NFKD", word.lower()).translate(_NO_ACCENT)
    return "".join(letter for letter in plain if "a" <= letter <= "z")


@lru_cache(maxsize=100_000)
def arabic_letters(word: str) -> str:
    """An Arabic word without article, hamza and vowel signs, as the costs know it.

    >>> arabic_letters("الدُّبَيبة"), arabic_letters("أوباما")
    ('دبيبه', 'اوباما')
    """
    letters = "".join(letter for letter in search_key(word) if letter.isalpha())
    return letters[2:] if letters.startswith("ال") and len(letters) > 4 else letters


@lru_cache(maxsize=200_000)
def margin(arabic: str, latin: str) -> float:
    """By how much the cheapest alignment of two words stays within the budget: log odds that they are one name.

    Above 0 they are; ``-inf`` where no alignment comes near.

    >>> margin("لوكاشينكو", "Lukashenko") > 0, margin("لوكاشينكو", "Lukashevich") > 0
    (True, False)
    """
    written = {latin_letters(latin), bare_letters(latin)}
    written |= {_DOUBLE.sub(r"\1", theirs) for theirs in written}
    return max(_odds(arabic_letters(arabic), theirs) for theirs in sorted(written))


def _odds(ours: str, theirs: str) -> float:
    if not ours or not theirs or max(len(ours), len(theirs)) > _LONGEST:
        return -math.inf
    table = costs()
    budget = table.budget + table.letter * (len(ours) + len(theirs))
    return budget - _cheapest(_arabic_steps(ours), _latin_steps(theirs), budget + _SPARE)


def sounds_like(arabic: str, latin: str) -> float:
    """How surely an Arabic and a Latin word are one name, 0 to 1; from 0.5 on they are.

    >>> sounds_like("غوتيريش", "Guterres") > 0.5, sounds_like("حفتر", "Hifter") > 0.5, sounds_like("صدام", "Khalifa")
    (True, True, 0.0)
    """
    odds = margin(arabic, latin)
    return 1 / (1 + math.exp(-odds)) if odds > -_SPARE else 0.0


@lru_cache(maxsize=50_000)
def _arabic_steps(word: str) -> tuple[ArabicSteps, ...]:
    """At every place of a word, the units that begin there: how far each goes, and its costs."""
    table, marked = costs(), f"^{word}$"
    return tuple(
        tuple(
            (size, row)
            for size in range(min(table.longest_arabic, len(marked) - at) + 1)
            if (row := table.units.get(marked[at : at + size]))
        )
        for at in range(len(marked) + 1)
    )


@lru_cache(maxsize=50_000)
def _latin_steps(word: str) -> tuple[LatinSteps, ...]:
    """At every place of a word, the units that begin there: where each ends, and its letters."""
    table, marked = costs(), f"^{word}$"
    return tuple(
        tuple(
            (at + size, marked[at : at + size])
            for size in range(min(table.longest_latin, len(marked) - at) + 1)
            if not size or marked[at : at + size] in table.latin
        )
        for at in range(len(marked) + 1)
    )


def _cheapest(ours: Sequence[ArabicSteps], theirs: Sequence[LatinSteps], limit: float) -> float:
    """The cost of the cheapest alignment, or infinity where it is not under the limit."""
    found = [[limit] * len(theirs) for _ in ours]
    found[0][0] = 0.0
    for at, steps in enumerate(ours):
        row = found[at]
        reached = [(found[at + size], units) for size, units in steps]
        for place, ends in enumerate(theirs):
            so_far = row[place]
            if so_far < limit:
                for goal, units in reached:
                    for end, unit in ends:
                        if unit in units and (total := so_far + units[unit]) < goal[end]:
                            goal[end] = total
    return found[-1][-1] if found[-1][-1] < limit else math.inf
