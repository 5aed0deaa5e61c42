"""Ligatures whose two letters came out in the wrong order: ``األول`` for ``الأول``, ``املشكالت`` for ``المشكلات``.

Some fonts draw two letters in one stroke, and some PDFs give them back as the stroke was drawn, from left to right.
Which pairs a text has turned round shows in words that the language does not have as they stand and has once they
are turned back.  A pair for which a text shows that is turned wherever the word gains by it, other pairs nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from khabar.model import Edit
from khabar.repair.words import LETTER, MARK, familiarity, frequency, sureness, vocabulary

_PAIRS = {
    **dict.fromkeys(("ال", "أل", "إل", "آل"), "لا"),
    **{"مل": "لم", "حل": "لح", "خل": "لخ", "جل": "لج", "هل": "له", "ىل": "لى", "يل": "لي"},
    **{"يف": "في", "ىف": "فى", "مت": "تم", "مي": "يم", "من": "نم", "مب": "بم", "جت": "تج", "حت": "تح", "خت": "تخ"},
    **{"حي": "يح", "جي": "يج", "خي": "يخ", "حن": "نح", "جن": "نج", "خن": "نخ", "حب": "بح", "جب": "بج", "خب": "بخ"},
    **{"يت": "تي", "ين": "ني", "ني": "ين", "يب": "بي", "هب": "به", "هي": "يه", "هن": "نه", "هت": "ته", "رب": "بر"},
    **{"حم": "مح", "جم": "مج", "خم": "مخ", "حس": "سح", "حص": "صح", "هم": "مه"},
}
"""A pair as it came out, and the class (the pair as it should be) that is learned for it."""
_LAM_ALEF = "لا"
_ANY_PAIR = re.compile(f"(?=({'|'.join(_PAIRS)}))")
_WORD = re.compile(rf"[{LETTER}{MARK}]+(?!\d|ـ)")
_ANYWHERE = ("األ", "اإل", "اآل", "هلل")
_AT_START = re.compile(rf"\n(?:[وفبك]?ا(?:ال|(?:مل|حل|خل|جل)[{LETTER}]{{3}})|و?(?:يف|عىل|إىل|اىل|اليت)\n)")
_GOD = re.compile(rf"(?<![{LETTER}])(?P<before>[{LETTER}]*?)هللا(?![{LETTER}])")
_GOD_SCORE = 0.98
_BEFORE_GOD = frozenset({"", "و", "ف", "ت", "ب", "أ", "عبد"})
_RIGHT = ("لا", "لأ", "لإ", "لآ")
_TELLING = {"يف": "في", "عىل": "لى", "إىل": "لى", "اىل": "لى", "ىف": "فى"}
"""Damaged forms of the commonest words, and the class that they show."""
_RARE_WORD = "يف"
"""``لم يف بوعده``: a word after all."""
_IMPOSSIBLE = re.compile("ا[اأإآ]|ال\u064b")
_IMPOSSIBLE_COST = 3.0
_MOST_TURNS, _MOST_PLACES = 4, 6
_UNKNOWN, _WELL_KNOWN = 2.4, 3.6
_SIGNS, _MANY_SIGNS = 2, 3
_GAIN = 0.4
_SURE_GAIN = 2.2
"""Zipf points: so much better known is a word once turned, where nothing else in the text shows the damage."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A word with some of its pairs turned: which classes they are of, and how much better known it is."""

    word: str
    at: tuple[int, ...]
    classes: frozenset[str]
    gain: float


def ligature_order(text: str) -> tuple[Edit, ...]:
    """Pairs of letters that a ligature turned round, in the texts and the words that show it.

    >>> from khabar.repair.plan import apply_edits
    >>> text = "املشكالت األولى في اإلنتاج واملجالس واملغرب"
    >>> apply_edits(text, ligature_order(text))
    'المشكلات الأولى في الإنتاج والمجالس والمغرب'
    """
    if not any(sign in text for sign in _ANYWHERE) and not _AT_START.search("\n\n".join(["", *vocabulary(text), ""])):
        return ()
    words = Counter(found.group() for found in _WORD.finditer(text))
    damaged = _damaged_classes(words)
    if not damaged:
        return tuple(_names_of_god(text))
    turned = {word: turn for word in words if (turn := _best(word, damaged)) is not None}
    edits = list(_names_of_god(text)) if _LAM_ALEF not in damaged else []
    for found in _WORD.finditer(text):
        if found.group() in turned:
            edits += _swaps(found, turned[found.group()])
    return tuple(sorted(edits, key=lambda edit: edit.start))


def _names_of_god(text: str) -> Iterator[Edit]:
    """``هللا``, which is no word, for ``الله``: this ligature is turned round as a whole."""
    for found in _GOD.finditer(text):
        before = found["before"]
        if before in _BEFORE_GOD or (len(before) > 2 and frequency(before) >= _WELL_KNOWN):
            yield Edit(found.end("before"), found.end(), "الله", _GOD_SCORE)


def _damaged_classes(words: Counter[str]) -> dict[str, float]:
    """The classes that the words show to be turned, and the gain that a word needs to be turned back."""
    signs: Counter[str] = Counter()
    for word in words:
        if len(word) > 2 and frequency(word) < _UNKNOWN:
            turn = _best_of(word, _positions(word, None))
            if turn is not None and turn.gain >= _SURE_GAIN and familiarity(turn.word) >= _WELL_KNOWN:
                certain = _IMPOSSIBLE.search(word) is not None and turn.classes == {_LAM_ALEF}
                signs.update(dict.fromkeys(turn.classes, _SIGNS if certain else 1))
    for word in words.keys() & _TELLING.keys():
        signs[_TELLING[word]] += min(_SIGNS, words[word]) if word == _RARE_WORD else _SIGNS
    needed = 1 if signs.total() >= _MANY_SIGNS else _SIGNS
    return {name: _needed(name, wrong, words) for name, wrong in signs.items() if wrong >= needed}


def _needed(name: str, wrong: int, words: Iterable[str]) -> float:
    """Little where no pair of the class stands as it should, much where most do."""
    right = sum(name in word or (name == _LAM_ALEF and any(pair in word for pair in _RIGHT)) for word in words)
    return _GAIN if wrong >= right else _SURE_GAIN


def _positions(word: str, damaged: dict[str, float] | None) -> list[int]:
    found = [found.start() for found in _ANY_PAIR.finditer(word) if damaged is None or _PAIRS[found[1]] in damaged]
    return found[:_MOST_PLACES]


def _best(word: str, damaged: dict[str, float]) -> _Turn | None:
    turn = _best_of(word, _positions(word, damaged))
    if turn is None or turn.gain < max(damaged[name] for name in turn.classes):
        return None
    return turn


@lru_cache(maxsize=20_000)
def _score(word: str) -> float:
    return familiarity(word) - (_IMPOSSIBLE_COST if _IMPOSSIBLE.search(word) else 0.0)


def _best_of(word: str, places: list[int]) -> _Turn | None:
    """The best known word among those that turning pairs at these places gives."""
    best, best_score = None, _score(word)
    for number in range(1, min(_MOST_TURNS, len(places)) + 1):
        for chosen in combinations(places, number):
            if any(after - before < 2 for before, after in pairwise(chosen)):
                continue
            turned = _turned(word, chosen)
            if (score := _score(turned)) > best_score:
                best, best_score = (turned, chosen), score
    if best is None:
        return None
    classes = frozenset(_PAIRS[word[at : at + 2]] for at in best[1])
    return _Turn(best[0], best[1], classes, best_score - _score(word))


def _turned(word: str, places: tuple[int, ...]) -> str:
    letters = list(word)
    for at in places:
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def _swaps(found: re.Match[str], turn: _Turn) -> Iterator[Edit]:
    for at in turn.at:
        start = found.start() + at
        yield Edit(start, start + 2, found.group()[at : at + 2][::-1], sureness(turn.gain))
