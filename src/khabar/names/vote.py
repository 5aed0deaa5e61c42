"""Rules, gazetteer and encoder vote: which candidates are names, and who decided.

Each candidate has two witnesses.  The rule that made it is right as often as its score says; the encoder says how
probable exactly these tokens are as a name of this kind.  Their odds are multiplied (their logarithms added), as for
two witnesses who know nothing of each other; a candidate of the encoder alone has the odds of a name that no rule
sees.  What comes out below even odds is no name, and of those that overlap the surest ones are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import exp, log

from khabar.model import NameType
from khabar.names.candidate import Candidate
from khabar.names.learned import Opinion

_TRUST = 1.0
"""What the encoder's log-odds count beside those of a rule."""
_UNSEEN: dict[NameType, float] = {"PER": 0.0, "LOC": 0.0, "ORG": 0.0}
"""Log-odds of a name that the encoder alone sees."""
_LEAST = 0.002
"""Probabilities are kept this far from 0 and 1: the encoder is never quite sure."""


def voted(found: Iterable[Candidate], heard: Opinion) -> list[Candidate]:
    """Candidates that do not overlap, each scored by both witnesses; `agreed` where both saw it."""
    own = {(name.first, name.last, name.type): name for name in heard.names}
    pool = [_joined(candidate, heard, own) for candidate in found]
    seen = {(candidate.first, candidate.last, candidate.type) for candidate in pool}
    pool += [replace(name, score=_even(_UNSEEN[name.type] + _TRUST * odds(name.score)))
             for key, name in own.items() if key not in seen]  # fmt: skip
    return _apart([candidate for candidate in pool if candidate.score >= 0.5])


def _joined(found: Candidate, heard: Opinion, own: dict[tuple[int, int, NameType], Candidate]) -> Candidate:
    probability = heard.probability(found.first, found.last, found.type)
    agreed = (found.first, found.last, found.type) in own
    score = _even(odds(found.score) + _TRUST * odds(probability))
    return replace(found, score=score, agreed=agreed)


def odds(probability: float) -> float:
    """The logarithm of the odds of a probability.

    >>> odds(0.5), odds(0.9) == -odds(0.1)
    (0.0, True)
    """
    kept = min(1 - _LEAST, max(_LEAST, probability))
    return round(log(kept / (1 - kept)), 9)


def _even(logarithm: float) -> float:
    return 1 / (1 + exp(-logarithm))


def _apart(pool: Sequence[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(pool, key=_strength, reverse=True):
        tokens = range(candidate.first, candidate.last)
        if taken.isdisjoint(tokens):
            kept.append(candidate)
            taken.update(tokens)
    return sorted(kept, key=lambda candidate: candidate.first)


def _strength(found: Candidate) -> tuple[float, int, bool, int]:
    return found.score, found.last - found.first, found.title is not None, -found.first
