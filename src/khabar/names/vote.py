"""Rules, gazetteer and encoder vote: which candidates are names, and who decided.

Each candidate has two witnesses.  The rule that made it is right as often as its score says; the encoder says how
probable exactly these tokens are as a name of this kind.  Their log-odds are added, the encoder's weighed by how far
it was found to be trusted beside a rule; a candidate of the encoder alone has the odds of a name that no rule sees,
and hardly any where a rule sees another name in its place: rules know borders better.  What stays below even odds is
no name.  Of those that overlap the longer one is kept, unless the encoder clearly sees the shorter one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from math import exp, log
from typing import NamedTuple

from khabar.lexicon import forms
from khabar.model import NameType
from khabar.names.candidate import Candidate, words_of
from khabar.names.evidence import attested, words, zipf
from khabar.names.gazetteer import known, nation, towns
from khabar.names.known import TANWIN, body_nouns, in_idiom, media_nouns, place_nouns
from khabar.names.learned import Opinion
from khabar.text import Tokenized, fold

_TRUST = 0.25
"""What the encoder's log-odds count beside those of a rule."""
_LEANING = 0.6
"""Rules are right more often than their scores, which were set when a higher one only meant precedence."""
_UNSEEN: dict[NameType, float] = {"PER": -0.6, "LOC": -0.6, "ORG": -1.2}
"""Log-odds of a name that the encoder alone sees, before it is heard."""
_CROSSED, _HOLDING = 5.0, 1.5
"""What is taken from them where a rule sees a name in the same place: another one, or one that lies inside."""
_COMMON, _RARE = 0.5, 4.0
"""Taken for each step of Zipf frequency that even the rarest word of a name is commoner than names are."""
_BORDER_TRUST, _WORD = 0.3, 3.5
"""Between names that overlap: the encoder's weight, and what each token more counts."""
_CERTAIN = 0.85
"""Probability from which the encoder says where a person's name begins and ends."""
_CHAINS = frozenset({"given-and-family", "titled-person", "foreign-pair"})
"""Rules that put a person's name together word by word."""
_PLAIN, _WORDLIKE = 1.0, 3.3
"""Taken from a single word without article that is common and that no table of names has; how common."""
_LEAST = 0.01
"""Probabilities are kept this far from 0 and 1: neither witness is ever quite sure."""


class _Voted(NamedTuple):
    """A candidate with its log-odds of being a name, and its strength against others in its place."""

    name: Candidate
    sure: float
    strength: float


def voted(text: Tokenized, found: Iterable[Candidate], heard: Opinion) -> list[Candidate]:
    """Candidates that do not overlap, each scored by both witnesses; `agreed` where both saw it."""
    own = {(name.first, name.last, name.type): name for name in heard.names}
    ends = _person_ends(heard)
    pool = [_of_rule(_cut(text, candidate, ends), heard, own) for candidate in found]
    taken = {at: one.name for one in pool if one.sure > 0 for at in range(one.name.first, one.name.last)}
    ruled = {(one.name.first, one.name.last, one.name.type) for one in pool}
    alone = (name for key, name in own.items() if key not in ruled and not _is_no_name(text, name))
    pool += [_of_encoder(text, name, taken) for name in alone]
    return _apart(one for one in pool if one.sure > 0)


def _person_ends(heard: Opinion) -> dict[int, Candidate]:
    """The persons of whom the encoder is sure, by their first token and, negative, by their last."""
    sure = [name for name in heard.names if name.type == "PER" and name.score >= _CERTAIN]
    return {name.first: name for name in sure} | {-name.last: name for name in sure}


def _cut(text: Tokenized, found: Candidate, ends: Mapping[int, Candidate]) -> Candidate:
    """A person whom a rule has put together of single words, without the words that the encoder knows better.

    Where a name ends, and what before it is none (``رفيقه``), no list of names can tell; the encoder reads the rest.
    """
    seen = ends.get(found.first) or ends.get(-found.last)
    if found.rule not in _CHAINS or seen is None or seen.last - seen.first >= found.last - found.first:
        return found
    start = found.start if seen.first == found.first else seen.start
    return replace(found, first=seen.first, last=seen.last, start=start, end=text.tokens[seen.last - 1].end)


def _of_rule(found: Candidate, heard: Opinion, own: dict[tuple[int, int, NameType], Candidate]) -> _Voted:
    agreed = (found.first, found.last, found.type) in own
    said = odds(heard.probability(found.first, found.last, found.type))
    sure = odds(found.score) + _LEANING + _TRUST * said
    return _Voted(replace(found, score=_even(sure), agreed=agreed), sure, _strength(found, odds(found.score), said))


def _is_no_name(text: Tokenized, found: Candidate) -> bool:
    """Is it an idiom, or a word that cannot be a name: an adverb, a nationality, a month, the noun before a name?"""
    if in_idiom(text, found.first, found.last):
        return True
    if found.last - found.first > 1:
        return False
    word = words_of(text, found)[0]
    noun = word in place_nouns() or word in body_nouns() or word in media_nouns() or word in words("locative")
    return noun or TANWIN in text.tokens[found.first].text or nation(word) is not None or word in _months()


@cache
def _months() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("months"))


def _of_encoder(text: Tokenized, found: Candidate, taken: Mapping[int, Candidate]) -> _Voted:
    before = _UNSEEN[found.type]
    there = [taken[at] for at in range(found.first, found.last) if at in taken]
    if there:
        holds = all(found.first <= one.first and one.last <= found.last for one in there)
        before -= _HOLDING if holds else _CROSSED
    before -= _PLAIN if _is_plain_word(text, found) else 0.0
    before -= _COMMON * max(0.0, min(map(zipf, words_of(text, found))) - _RARE)
    sure = before + odds(found.score)
    return _Voted(replace(found, score=_even(sure)), sure, _strength(found, before, odds(found.score)))


def _is_plain_word(text: Tokenized, found: Candidate) -> bool:
    """Is it one word of the language without an article, of which no table knows a body or a place (``حاجز``)?"""
    words = words_of(text, found)
    if found.type == "PER" or len(words) != 1 or words[0].startswith("ال") or not words[0].isalpha():
        return False
    listed = words[0] in known() or words[0] in towns() or attested(words[0]) is not None
    return not listed and zipf(words[0]) >= _WORDLIKE


def _strength(found: Candidate, before: float, said: float) -> float:
    return before + _BORDER_TRUST * said + _WORD * (found.last - found.first)


def odds(probability: float) -> float:
    """The logarithm of the odds of a probability.

    >>> odds(0.5), odds(0.9) == -odds(0.1)
    (0.0, True)
    """
    kept = min(1 - _LEAST, max(_LEAST, probability))
    return round(log(kept / (1 - kept)), 9)


def _even(logarithm: float) -> float:
    return 1 / (1 + exp(-logarithm))


def _apart(pool: Iterable[_Voted]) -> list[Candidate]:
    kept: list[Candidate] = []
    taken: set[int] = set()
    for one in sorted(pool, key=lambda one: (one.strength, one.name.title is not None, -one.name.first), reverse=True):
        tokens = range(one.name.first, one.name.last)
        if taken.isdisjoint(tokens):
            kept.append(one.name)
            taken.update(tokens)
    return sorted(kept, key=lambda candidate: candidate.first)
