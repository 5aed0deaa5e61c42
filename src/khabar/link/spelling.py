"""How alike two spellings of a name are.

Arabic writes a foreign name by ear: vowels come and go (``لوكاشينكو``, ``لوكاشنكو``), one sound has several
letters (``فاغنر``, ``فاجنر``), and typists swap neighbours (``يفكيروف``, ``يكفيروف``).  The distance is Damerau's, with
such differences cheap and all others dear.  Words in Latin letters are told apart in the same way; an Arabic and a
Latin word by the learned costs of `khabar.link.letters`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate

from khabar.link.frequency import frequency
from khabar.link.letters import SURE, bare_letters, latin_letters, sounds_like
from khabar.text import search_key

VOWELS = frozenset("اويءعهaeiouy")
_UNHEARD = VOWELS | frozenset("hw ")
_CHEAP, _SWAP, _FULL = 0.3, 0.6, 1.0
_SOUNDS = (
    "جغ", "جق", "غق", "قك", "كخ", "تط", "سص", "ثس", "ثت", "سز", "دض", "ضظ", "ذد", "ذز", "زظ", "هح", "فب", "شس",
    "ڤف", "بپ", "گغ", "گج", "گك",
    "ck", "cq", "kq", "gk", "gq", "gj", "cs", "sz", "fv", "vw", "bp", "td",
)  # fmt: skip
_SAME_SOUND = frozenset(frozenset(pair) for pair in _SOUNDS)
_CLASSES = {"جغقكخگ": "k", "تط": "t", "سصثشز": "s", "دضذظ": "d", "هح": "h", "فبڤپ": "f"}
_SPELLED = (("ph", "f"), ("ck", "k"), ("tsch|tch|cz", "ch"), ("sch", "sh"), ("kh|gh", "g"), ("th", "t"), ("dj|zh", "j"),
            ("oo|ou|ow", "u"), ("ee|ie|ei|ey", "i"), ("x", "ks"), ("w", "v"))  # fmt: skip
"""Latin letters that are written for one sound."""
_HEARD = (("تش", "s"), ("ث", "t"), ("tsch|tch|sch|sh|ch", "s"), ("[bp]h?", "f"), ("[ckgjq]+h?", "k"), ("th", "t"))
_CLASS = str.maketrans({letter: sound for letters, sound in _CLASSES.items() for letter in letters})
_ONE_LETTER = str.maketrans("رلمنvzw", "rlmnfs ")
_JOINED = frozenset({"عبد", "ابو", "ابي", "ابا", "ال"})
_CONNECTORS = frozenset({"بن", "ابن", "بنت", "بك", "بيك", "باشا", "افندي", "ولد", "اولد", "دي", "فان", "فون", "دو"})
_STEM = 3
_COMMON = 3.6
"""Zipf frequency from which a word is a name of its own rather than a stray spelling of another."""
_VOWELS_FREE = (0, 0, 0, 1, 5)
"""By the number of consonants: how many cheap differences leave two words one name."""
_SLACK = 0.01
_LATIN_DEARER = 1.25
"""Latin words tell their vowels too, so they are longer and a difference weighs more."""
_LONGEST = 40


@lru_cache(maxsize=100_000)
def words_of(form: str) -> tuple[str, ...]:
    """The words of a name for comparison: blind to hamza, article and joined ``عبد``; ``بن`` and the like left out.

    >>> words_of("عبد الفتاح السيسي") == words_of("عبدالفتاح السيسي"), words_of("يونس بيك يفكيروف")
    (True, ('يونس', 'يفكيروف'))
    """
    found: list[str] = []
    joined = ""
    for word in search_key(form).replace("-", " ").split():
        if word in _JOINED:
            joined += word
        elif word not in _CONNECTORS or joined:
            found.append(_without_article(joined + word))
            joined = ""
    return tuple(found) or tuple(search_key(form).split())


def _without_article(word: str) -> str:
    if word.startswith("عبدال") and len(word) > 7:
        return "عبد" + word[5:]
    for article in ("لل", "ال"):
        if word.startswith(article) and len(word) - len(article) >= _STEM:
            return word[len(article) :]
    return word


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """A key that spellings of one name share: classes of its consonants, in alphabetical order.

    >>> skeleton("يفكيروف") == skeleton("يوفقورف") == skeleton("يكفيروف")
    True
    """
    consonants = [letter for letter in word.translate(_CLASS) if letter not in VOWELS]
    return "".join(sorted(consonants)) or word


@lru_cache(maxsize=100_000)
def sound_key(word: str) -> str:
    """A key that spellings of one name in either script mostly share: the classes of its consonants, in order.

    >>> sound_key("بوتين"), sound_key("Putin"), sound_key("شولتس") == sound_key("Scholz")
    ('ftn', 'ftn', False)
    """
    letters = latin_letters(word) if is_latin(word) else word
    for written, sound in _HEARD:
        letters = re.sub(written, sound, letters.replace("x", "ks"))
    heard = [letter for letter in letters.translate(_CLASS).translate(_ONE_LETTER) if letter not in _UNHEARD]
    return re.sub(r"(.)\1+", r"\1", "".join(heard)) or word


def _sound(letter: str) -> str:
    return letter.translate(_CLASS)


@cache
def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if (one in VOWELS and other in VOWELS) or frozenset((one, other)) in _SAME_SOUND:
        return _CHEAP
    return _FULL


def _gap(letter: str, before: str) -> float:
    """What an added letter costs: little for a vowel or a doubled letter."""
    return _CHEAP if letter in VOWELS or letter == before else _FULL


def distance(one: str, other: str) -> float:
    """Weighted Damerau distance of two words (optimal string alignment).

    Written for speed: linking asks for it a hundred times a document.
    """
    ours, theirs = one.translate(_CLASS), other.translate(_CLASS)
    gaps = [_gap(letter, other[at - 1 : at]) for at, letter in enumerate(other)]
    last: list[float] = []
    row = [0.0, *accumulate(gaps)]
    for i, letter in enumerate(one):
        gap = _gap(letter, one[i - 1 : i])
        last, above, left = row, last, row[0] + gap
        row = [left]
        for j, facing in enumerate(other):
            best = last[j] if letter == facing else last[j] + _cost(letter, facing)
            if (added := last[j + 1] + gap) < best:
                best = added
            if (added := left + gaps[j]) < best:
                best = added
            if i and j and ours[i] == theirs[j - 1] and ours[i - 1] == theirs[j]:
                best = min(best, above[j - 1] + _SWAP)
            row.append(best)
            left = best
    return row[-1]


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> float:
    """How alike two words of either script are, 0 to 1.  Words of up to four letters must agree in every consonant.

    >>> alike("يفكيروف", "يوفقورف") > 0.75, alike("جاسم", "قاسم"), alike("خليفة", "صدام") < 0.5
    (True, 0.0, True)
    >>> alike("Osama", "Usama") > 0.74, alike("يوسف", "Yusuf") > 0.74, alike("صدام", "Khalifa")
    (True, True, 0.0)
    """
    if one == other:
        return 1.0
    if is_latin(one) != is_latin(other):
        return _across(*((other, one) if is_latin(one) else (one, other)))
    if is_latin(one):
        return _latin_alike(one, other)
    longest = max(len(one), len(other))
    if min(len(one), len(other)) < 2 or longest > _LONGEST or abs(len(one) - len(other)) > longest // 2:
        return 0.0
    if longest <= 4 and _consonants(one) != _consonants(other):
        return 0.0
    if _only_nisba(one, other) or _two_common_words(one, other) or _too_many_vowels(one, other):
        return 0.0
    return max(0.0, 1 - distance(one, other) / longest)


def is_latin(word: str) -> bool:
    """Is it written in Latin letters?"""
    return next((letter < "ɐ" for letter in word if letter.isalpha()), False)


def _across(arabic: str, latin: str) -> float:
    """The chance that they are one name, so scaled that an even one is just enough for whole names."""
    sure = sounds_like(arabic, latin)
    return SURE + (1 - SURE) * (2 * sure - 1) if sure >= 0.5 else 2 * SURE * sure


def _latin_alike(one: str, other: str) -> float:
    """With accents read and with accents left out (``Vučić`` is Vuchich and Vucic), whichever is closer."""
    if one.isascii() and other.isascii():
        return _latin_words_alike(one, other)
    return max(_latin_words_alike(*map(spelled, (one, other))) for spelled in (latin_letters, bare_letters))


def _latin_words_alike(one: str, other: str) -> float:
    """Vowels are cheap, for they are mostly somebody's ear; words begin alike, and short ones agree in all consonants.

    ``Ahmed`` is not ``Mohamed``, nor ``Lukashevich`` ``Lukashenko``.
    """
    ours, theirs = _plain(one), _plain(other)
    longest = max(len(ours), len(theirs))
    if ours == theirs:
        return float(bool(ours))
    if min(len(ours), len(theirs)) < 2 or longest > _LONGEST:
        return 0.0
    short = max(len(one), len(other)) <= 4
    if _cost(ours[0], theirs[0]) == _FULL or (short and _consonants(ours) != _consonants(theirs)):
        return 0.0
    return max(0.0, 1 - _LATIN_DEARER * distance(ours, theirs) / longest)


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    """A Latin word with one letter for one sound, nothing double.

    >>> _plain("Philippe"), _plain("Khaddafi"), _plain("Shoygu")
    ('filipe', 'gadafi', 'shoygu')
    """
    letters = latin_letters(word)
    for written, sound in _SPELLED:
        letters = re.sub(written, sound, letters)
    return re.sub(r"([^aeiou])\1", r"\1", letters)


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in VOWELS)


def _only_nisba(one: str, other: str) -> bool:
    """Is the one the adjective of the other (``صالح``, ``صالحي``)?  Then they are two names."""
    return one + "ي" == other or other + "ي" == one


def _too_many_vowels(one: str, other: str) -> bool:
    """The fewer the consonants, the more the vowels tell: ``فالون`` is not ``فلين``, but ``شومر`` may be ``شامر``."""
    consonants = min(len(_consonants(one)), len(_consonants(other)))
    if consonants >= len(_VOWELS_FREE):
        return False
    return distance(_sound(one), _sound(other)) > _CHEAP * _VOWELS_FREE[consonants] + _SLACK


def _two_common_words(one: str, other: str) -> bool:
    """Are they two names of their own, like ``محمد`` and ``محمود``, that differ in a long vowel only?"""
    if _consonants(one) != _consonants(other):
        return False
    return min(frequency(one), frequency(other)) >= _COMMON
