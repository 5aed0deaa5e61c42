"""Spaces inside words and words without a space between them.

Two neighbours are joined where the word that they make is far better known than the two would be found side by side
by chance; one word is cut where nobody writes it so and two well-known words meet in it.  How far is enough depends
on the text: where several words show such damage, less is asked of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from khabar.lexicon import forms
from khabar.model import Edit
from khabar.repair.words import (
    LETTER,
    MARK,
    bare,
    familiarity,
    frequency,
    is_known,
    known_places,
    sureness,
    vocabulary,
    words_of,
)
from khabar.text import fold

_ONE = rf"[{LETTER}]"
_NEIGHBOURS = re.compile(rf"([{LETTER}{MARK}]+) (?=([{LETTER}{MARK}]+))")
_NEAR = 20
_MARKED = re.compile(f"[{MARK}]")
_CHANCE = 9.0
"""Zipf frequencies are logarithms of uses in 10^9 words: so much is taken off for two words that meet by chance."""

_NEVER_FIRST = frozenset("ةىءئؤ")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two words with one blank between them, and by how much the word that they make is better known."""

    blank: int
    before: str
    """The word before the two."""
    first: str
    second: str
    gain: float


_JOINED_KNOWN = 3.5
_SURE_GAIN, _STRONG_GAIN, _EASY_GAIN = 5.0, 4.0, 2.8
_LEAST_GAIN, _LETTER_GAIN = 1.0, 4.5
_FRAGMENT = 2.8
"""No word of its own: known less than this."""
_FEWEST = 3
_RATE, _HIGH_RATE = 1 / 250, 1 / 120
_FEW, _SHORT_RATE, _LEAST_RATE = 2, 1 / 60, 1 / 200


def split_words(text: str) -> tuple[Edit, ...]:
    """Blanks inside words: ``ال وزير``, ``السر يع``.

    >>> from khabar.repair.plan import apply_edits
    >>> text = "قال ال وزير إن ا لمدينة آمنة"
    >>> apply_edits(text, split_words(text))
    'قال الوزير إن المدينة آمنة'
    """
    words = words_of(text)
    least = _least_places(len(words))
    if not any(map(_is_fragment, words)) or _joinable(words) < least:
        return ()
    pairs = [pair for pair in _pairs(text) if pair.gain >= _LEAST_GAIN or pair.first in _spelled("article")]
    strong = {pair.first + pair.second for pair in pairs if pair.gain >= _STRONG_GAIN and not _is(pair.first, "head")}
    often = len(strong) >= max(_FEWEST, _RATE * len(words)) or len(strong) >= max(2, _HIGH_RATE * len(words))
    joined = _apart([pair for pair in pairs if _is_split(pair, often=often)])
    if len(joined) < least:
        return ()
    return tuple(Edit(pair.blank, pair.blank + 1, "", sureness(pair.gain / 2)) for pair in joined)


def _least_places(words: int) -> float:
    """So many places must show a defect: in a long text one alone is an error of typing, no damage of the copy."""
    return max(1.0, min(_FEW, words * _SHORT_RATE), words * _LEAST_RATE)


@lru_cache(maxsize=50_000)
def _is_fragment(word: str) -> bool:
    """Of one or two letters and no such word, or beginning as no word does: the half of one, perhaps."""
    return word[0] in _NEVER_FIRST or _is(word, "article") or (len(word) < _SHORTEST and not _is(word, "short"))


def _joinable(words: Sequence[str]) -> int:
    """Neighbours that might be one word, whatever stands between them."""
    known = known_places(map(add, words, words[1:]), _JOINED_KNOWN - 1)
    return sum(1 for at in known if _is_joinable(words[at], words[at + 1]))


def _is_joinable(first: str, second: str) -> bool:
    return _gain(first, second) >= _EASY_GAIN or len(first) == 1 or first in _spelled("article")


def _pairs(text: str) -> Iterator[_Pair]:
    marked, articles = _MARKED.search(text) is not None, _spelled("article")
    for found in _NEIGHBOURS.finditer(text):
        first, second = found.groups()
        if is_known(bare(first + second) if marked else first + second) or first in articles:
            before = text[max(0, found.start() - _NEAR) : found.start()].split()
            yield _Pair(found.end() - 1, before[-1] if before else "", first, second, _gain(first, second))


@lru_cache(maxsize=100_000)
def _gain(first: str, second: str) -> float:
    joined = frequency(first + second)
    if joined < _JOINED_KNOWN - 1:
        return 0.0
    return joined - max(0.0, frequency(first) + frequency(second) - _CHANCE)


def _is_split(pair: _Pair, *, often: bool) -> bool:
    first, second = bare(pair.first), bare(pair.second)
    joined = frequency(first + second)
    if _is(first, "head"):
        return False
    if first in _spelled("article"):
        return _is_noun_without_article(first, second, joined) and not (first == "ال" and _is_given(pair.before))
    if first == "ا" and second.startswith("ل"):
        return joined >= _JOINED_KNOWN - 1 and joined > frequency(second)
    if len(first) == 1 and not often:
        return first != "و" and len(second) > 1 and pair.gain >= _LETTER_GAIN and frequency(second) < _FRAGMENT
    if often:
        letter = min(len(first), len(second)) == 1 and first != "و"
        return joined >= _JOINED_KNOWN - 1 and pair.gain >= (_LEAST_GAIN if letter else _EASY_GAIN)
    rare = min(frequency(first), frequency(second)) < _FRAGMENT or second[0] in _NEVER_FIRST
    return joined >= _JOINED_KNOWN and pair.gain >= _SURE_GAIN and rare


def _is_noun_without_article(first: str, second: str, joined: float) -> bool:
    """``ال وزير``, not ``ال ثاني``, which is a family (``آل``)."""
    return joined >= _JOINED_KNOWN and joined > frequency(second) - 1.5 and not _is(second, "family")


@cache
def _used_as(use: str) -> frozenset[str]:
    """Folded words of the table that have this use."""
    return frozenset(fold(form) for form, row in forms("spacing_words") if use in row["use"].split("|"))


@cache
def _spelled(use: str) -> frozenset[str]:
    """The same, spelled as they stand: ``ان`` ends a dual, ``أن`` does not; ``آل`` is a family, ``ال`` the article."""
    return frozenset(form for form, row in forms("spacing_words") if use in row["use"].split("|"))


def _is(word: str, use: str) -> bool:
    return fold(word) in _used_as(use)


def _is_given(word: str) -> bool:
    """``محمد ال صالح`` is a name, and ``ال`` its ``آل``."""
    return fold(word) in _given_names()


@cache
def _given_names() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("given_names"))


def _apart(pairs: list[_Pair]) -> list[_Pair]:
    """No word is joined to both its neighbours, the better known wins."""
    kept: list[_Pair] = []
    for pair in pairs:
        if kept and pair.blank - kept[-1].blank - 1 == len(pair.first):
            if pair.gain > kept[-1].gain:
                kept[-1] = pair
        else:
            kept.append(pair)
    return kept


_GLUED_SIGN = re.compile(
    rf"[ةى]{_ONE}|(?:وا|اء)(?<={_ONE}{{5}}){_ONE}{{3}}"
    rf"|\A[وف]?(?:في|من|عن|على|إلى|أن|إن|مع|بين|بعد|قبل|قال|قالت|أو|هذا|هذه|التي|الذي|كان|كانت)"
    rf"ال(?!ه|ها|هم|ي|ات|ة)(?:{_ONE}){{4}}"
)
_LONG = re.compile(rf"{_ONE}{{3,12}}ال{_ONE}{{3,}}|{_ONE}{{12,}}")
_LONG_SIGNS = 2
_GLUED_SIGNS, _WORDS_A_SIGN, _GLUED_RATE = 4, 30, 0.022
"""So many signs show that a text loses spaces: fewer are errors of typing, which clean reports have, too."""
_LEAST_LETTERS = 5
_LONG_WORD = re.compile(rf"(?<![{LETTER}{MARK}])[{LETTER}{MARK}]{{5,40}}(?![{LETTER}{MARK}])")
_WELL, _GOOD = 4.0, 3.3
_SHORT_KNOWN = 5.0
_KNOWN_GLUED = 2.2
_ENDING = re.compile("ات|ته|تا|ين|ون|يو|يت|ية")
_SUM, _EASY_SUM = 8.5, 7.8


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a word falls in two: the letters before the cut, and how well the two parts are known."""

    at: int
    least: float
    both: float
    ends: bool
    """Does the first part end as only words do (``ة``, ``ى``), or the second begin with the article?"""


def glued_words(text: str) -> tuple[Edit, ...]:
    """Words that lost the space between them: ``فيالعاصمة``, ``المدينةالقديمة``.

    >>> from khabar.repair.plan import apply_edits
    >>> text = "قالالوزير إن المدينةالقديمة آمنة"
    >>> apply_edits(text, glued_words(text))
    'قال الوزير إن المدينة القديمة آمنة'
    """
    words = vocabulary(text)
    if not _may_be_glued(words) or not _shows_glue(words, len(words_of(text))):
        return ()
    cuts = ((found, _cut(found.group())) for found in _LONG_WORD.finditer(text))
    return tuple(_space(found, cut) for found, cut in cuts if cut is not None and _is_likely(cut))


def _may_be_glued(words: Iterable[str]) -> bool:
    """Is there a word with a sign of two in it, or several of a length that only few words have?"""
    long = [word for word in words if len(word) >= _LEAST_LETTERS]
    return any(map(_GLUED_SIGN.search, long)) or sum(1 for word in long if _LONG.match(word)) >= _LONG_SIGNS


def _shows_glue(vocabulary: Iterable[str], words: int) -> bool:
    """Do enough words of a text fall in two?  Words that tell count twice."""
    unknown = (word for word in vocabulary if len(word) >= _LEAST_LETTERS and not is_known(word, _KNOWN_GLUED))
    cuts = ((word, cut) for word in unknown if (cut := _cut(word)) is not None)
    signs = sum(_is_likely(cut) + _is_telling(word, cut) for word, cut in cuts)
    return signs >= max(2, min(_GLUED_SIGNS, words / _WORDS_A_SIGN), words * _GLUED_RATE)


def _space(word: re.Match[str], cut: _Cut) -> Edit:
    at = word.start() + cut.at
    return Edit(at, at, " ", sureness(cut.both - _CHANCE + 1))


@lru_cache(maxsize=50_000)
def _cut(word: str) -> _Cut | None:
    """The best place to cut a word that is not known as it stands."""
    if frequency(word) >= _KNOWN_GLUED or len(bare(word)) != len(word) or familiarity(word) >= _KNOWN_GLUED + 1:
        return None
    cuts = (cut for at in range(2, len(word) - 1) if (cut := _cut_at(word, at)) is not None)
    return max(cuts, key=lambda cut: (cut.ends, cut.both), default=None)


def _cut_at(word: str, at: int) -> _Cut | None:
    first, second = word[:at], word[at:]
    if _is(first, "head") or _is(first, "article") or not (_may_be_part(first) and _may_be_part(second)):
        return None
    known = frequency(first), frequency(second)
    if any(len(part) == 3 and score < _SHORT_KNOWN for part, score in zip((first, second), known, strict=True)):
        return None
    ends = _ends(first, second) or (second.startswith("ال") and len(second) > 4 and not _is_clitic(first))
    good = min(known) >= _GOOD and (ends or not _ENDING.match(second))
    return _Cut(at, min(known), sum(known), ends) if good else None


def _may_be_part(word: str) -> bool:
    return (len(word) > 2 and word != "هما") or word in _spelled("part")


def _ends(first: str, second: str) -> bool:
    """``ة`` and ``ى`` stand at the end of words only, ``وا`` and ``اء`` nearly so."""
    return first[-1] in "ةى" or (len(first) > 4 and first.endswith(("وا", "اء")) and not _ENDING.match(second))


def _is_clitic(first: str) -> bool:
    """``وبالرجال``: no two words."""
    return not _may_be_part(first)


def _is_sure(cut: _Cut) -> bool:
    return cut.ends and cut.least >= _WELL and cut.both >= _SUM


def _is_likely(cut: _Cut) -> bool:
    """In a text that loses spaces."""
    return _is_sure(cut) or cut.both >= _EASY_SUM


def _is_telling(word: str, cut: _Cut) -> bool:
    """Does it show that the text loses spaces: two long words, of which the second is no ending?"""
    if _is_sure(cut):
        return True
    shorter = min(cut.at, len(word) - cut.at)
    return shorter > 3 and cut.least >= _GOOD + 0.5 and cut.both >= _SUM
