"""Where a name begins inside its first token: ``بموسكو`` and ``ووزارة`` have a clitic, ``بولندا`` and ``لبنان`` none.

Letters alone cannot tell.  Each way to take the token apart is weighed by what is known of the rest: whether tables
or registers of names have it, how common it is, whether the same text has it without the clitic, and how often that
clitic stands before a name.  After a preposition, or after the noun of a place, no other clitic can stand.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache, lru_cache

from khabar.lexicon import forms
from khabar.model import NameType
from khabar.names.candidate import name_start
from khabar.names.evidence import attested, is_given, particles, stops, words, zipf
from khabar.names.gazetteer import known, towns
from khabar.names.known import place_nouns
from khabar.text import Token, Tokenized, fold
from khabar.text.morphology import Reading, readings
from khabar.text.phrases import stem_start

_COST = {
    "": 0.0,
    "و": -0.5,
    "ل": 0.6,
    "ب": 0.4,
    "ف": 2.0,
    "ك": 2.5,
    "ول": 1.0,
    "وب": 1.0,
    "فب": 2.0,
    "فل": 2.0,
    "وك": 3.0,
}
"""What speaks against a clitic before a name: the rarer it is there, the more.  ``و`` joins all names of a list."""
_PERSONAL = 1.0
"""Against ``ب`` and ``ل`` before a person, who is less often met or thanked than a place is where something is."""
_TABLE, _HERE, _ATTESTED = 2.0, 2.5, 1.0
_ARTICLE, _OPENING = 1.5, 1.0
"""For an article behind a clitic, which no foreign name has by chance; against a weak letter, as in ``لاتفيا``."""
_WEAK = frozenset("ايو")
_SHORT = 3
_NEVER = -5.0
_TAKING = frozenset({"عن", "مع", "بين", "ضد", "بعد", "قبل", "عند", "حول"})
_HEADS = ("body_heads", "place_heads", "state_bodies")


def stem_of(text: Tokenized, first: int, last: int, kind: NameType, here: Container[str] = ()) -> int:
    """Offset at which a name begins that stands in tokens `first` to `last` (left out), its clitics cut off.

    `here` holds the folded words of the whole text.

    >>> from khabar.text import tokenize
    >>> [stem_of(tokenize(words), 0, 1, "LOC") for words in ("بموسكو", "بولندا", "لبنان", "كوبا", "والجزائر")]
    [1, 0, 0, 0, 1]
    """
    token = text.tokens[first]
    if token.kind != "word" or _is_governed(text, first):
        return token.start
    match = known().at(text, first)
    if match is not None and match.last == last:
        return name_start(text, first, match.start)
    choices = [reading for reading in readings(token.folded) if reading.prefix in _COST]
    best = max(choices, key=lambda reading: _weight(reading, _is_hamzated(token, reading), kind, here), default=None)
    return token.start if best is None else name_start(text, first, stem_start(token, best.offset))


def _is_governed(text: Tokenized, first: int) -> bool:
    """Does a word stand right before that takes the name itself (``في``, ``مدينة``), so that no clitic can?"""
    before = text.tokens[first - 1].folded if first else ""
    return before in _TAKING or before in words("locative") or before in place_nouns()


def _is_hamzated(token: Token, reading: Reading) -> bool:
    """Is a hamza written where the rest begins, as no foreign name has it inside (``وأسيوط``)?"""
    return token.text[stem_start(token, reading.offset) - token.start] in "أإآ"


def _weight(reading: Reading, hamzated: bool, kind: NameType, here: Container[str]) -> float:
    stem = "ال" + reading.stem if reading.article else reading.stem
    cost = _COST[reading.prefix]
    if kind == "PER" and reading.prefix in ("ب", "ل", "ف"):
        cost += _PERSONAL
    if reading.prefix and reading.stem[0] in _WEAK and not reading.article:
        cost += -_OPENING if hamzated else _OPENING
    if reading.prefix and reading.article:
        cost -= _ARTICLE
    if reading.prefix and len(stem) >= _SHORT and stem in here:
        cost -= _HERE
    return _known_weight(stem, kind) - cost


@cache
def _heads() -> frozenset[str]:
    return frozenset(fold(form).split()[0] for name in _HEADS for form, _ in forms(name))


@lru_cache(maxsize=50_000)
def _known_weight(word: str, kind: NameType) -> float:
    """How good a beginning of a name of this kind a folded word is."""
    if word in particles() or word in words("place-opener"):
        return _TABLE + _ATTESTED
    if word not in _heads() and (len(word) < _SHORT or word in stops()):
        return _NEVER
    found = zipf(word) / 2 + (_TABLE if word in known() else 0.0)
    if kind == "ORG":
        return found + (_TABLE if word in _heads() else 0.0)
    if kind == "LOC":
        return found + (_TABLE if word in _heads() or word in towns() else 0.0)
    seen = attested(word)
    if seen is not None:
        found += _ATTESTED + min(2.0, (seen.given + seen.family) ** 0.2)
    return found + (1.0 if is_given(word) else 0.0)
