"""What each rule of a plan does and why, in Arabic and English, for whoever reads what was done to a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from khabar.lexicon import table
from khabar.repair.plan import Plan


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule's name and why it changes a text, each in Arabic and in English."""

    arabic: str
    english: str
    why_arabic: str
    why_english: str


@cache
def _reasons() -> Mapping[str, Reason]:
    rows = table("repairs")
    return {row["key"]: Reason(row["form"].split("|")[0], row["english"], row["reason"], row["why"]) for row in rows}


def reason_of(rule: str) -> Reason:
    """The reason of a rule; its bare name where the table has none.

    >>> reason_of("kashida").english
    'stretched letters'
    """
    return _reasons().get(rule, Reason(rule, rule, "", ""))


def counted(plan: Plan) -> Mapping[str, int]:
    """How many edits every rule of a plan made, in the order of their first."""
    counts: dict[str, int] = {}
    for step in plan:
        if step.edits:
            counts[step.rule] = counts.get(step.rule, 0) + len(step.edits)
    return counts


def least_sure(plan: Plan) -> Mapping[str, float]:
    """The score of the least sure edit of every rule that guesses."""
    scores: dict[str, float] = {}
    for step in plan:
        if step.edits:
            scores[step.rule] = min([scores.get(step.rule, 1.0), *(edit.score for edit in step.edits)])
    return {rule: score for rule, score in scores.items() if score < 1}
