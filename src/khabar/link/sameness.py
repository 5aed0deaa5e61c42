"""Do two reports tell of one event?  A list of named grounds, each with its score, its weight and its reason.

The weights add up to the logarithm of the odds.  They are those of a logistic regression over pairs of events of the
training part of our corpus, both as annotated and as found by the program, rounded; those of most grounds against
it were set on events of several outlets of SaudiNewsNet, read by hand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from khabar.link.cluster import Edge
from khabar.link.compare import Feature
from khabar.link.parties import (
    FEW_NAME,
    countries,
    one_in_other,
    parties,
    rarity,
    reversal,
    strangers,
    to_whom,
    who,
)
from khabar.link.scenes import FAMILIES, Scene
from khabar.link.stories import dot
from khabar.model import OTHER

SAME = 0.35
"""From this chance on, two events are one."""
_NOTHING_KNOWN = -5.2
"""The odds before any ground is looked at."""
_NEAR, _SOON = 10, 3
"""Undated events are one only if published within so many days; within a few, that speaks for it."""
_TWICE = 0.5
_CLOSE, _MANY = 0.7, 4
_ALIKE = 0.4
"""Cosine from which two passages cannot be more alike: paraphrases seldom reach it."""
_ENOUGH = 0.45
_COPIED, _SUREST = 0.97, 0.95
_APART = "apart"
_AHEAD = frozenset({"future", "hypothetical"})
_BOUND = frozenset({"ASSAULT", "PROTEST"})
"""Types whose events are told by their place above all."""
_ELSEWHERE, _TWO_STORIES = -2.2, -1.7
_A_COUNTRY = 0.4
_PARTICULAR = {"passage": 0.3, "counts": 1.0, "date": 1.0, "place": 0.9}
"""Grounds, with their least scores, that tell one event of a running matter from the next one."""
_BY_PHONE, _NEXT_DAY, _ANOTHER_ACT, _DAILY = -1.5, -0.4, -1.0, -1.0
_FEW_WORDS = 0.22
"""Cosine under which two passages have little in common."""

_KIN_MODES = (
    frozenset({"crash", "loss", "accident"}),
    frozenset({"fire", "explosion"}),
    frozenset({"flood", "storm", "collapse"}),
)
"""Modes that reports give to one happening without a type of PLOVER."""

Ground = Callable[[Scene, Scene], Feature | None]


def kind(one: Scene, other: Scene) -> Feature | None:
    """The same type of PLOVER; or two that reports confuse, where one word names both."""
    ours, theirs = one.event.type, other.event.type
    if ours == theirs == OTHER:
        return _untyped(one, other)
    if ours == theirs:
        return Feature("type", 1.0, 2.5, f"both {ours}")
    if one.triggers & other.triggers:
        family = any(ours in family and theirs in family for family in FAMILIES)
        return Feature("type", float(family), 0.5, f"{ours} and {theirs}")
    return Feature(_APART, 0.0, 1.0, f"{ours} and {theirs}")


def _untyped(one: Scene, other: Scene) -> Feature:
    """What PLOVER has no type for is told apart by its mode and by what it befell."""
    ours, theirs = one.event.mode or "", other.event.mode or ""
    befell = {label for label in one.recipients | other.recipients if label.islower()}
    if befell and one.recipients and other.recipients and one.recipients.isdisjoint(other.recipients):
        return Feature(_APART, 0.0, 1.0, "to other things")
    if ours == theirs:
        return Feature("type", 1.0, 3.0 if befell else 2.5, f"both {ours}")
    kin = any(ours in family and theirs in family for family in _KIN_MODES)
    return Feature("type" if kin else _APART, float(kin), 1.0, f"{ours} and {theirs}")


def wording(one: Scene, other: Scene) -> Feature | None:
    """A word of the same root names both, most of all where neither report tells anything else in such a word.

    To praise, to sign and to defend are all support: another word is another act.
    """
    shared = one.triggers & other.triggers
    if shared & one.own & other.own:
        return Feature("word", 1.0, 1.7, "named by the same word, and nothing else is")
    if not shared and one.event.type == "SUPPORT":
        return Feature("other word", 1.0, _ANOTHER_ACT, "named by other words")
    return Feature("word", float(bool(shared)), 1.2, f"named by {'the same word' if shared else 'other words'}")


def passage(one: Scene, other: Scene) -> Feature | None:
    """The sentences that tell it, by their telling words."""
    alike = dot(one.words, other.words)
    return Feature("passage", min(1.0, alike / _ALIKE), 1.25, f"passages alike by {alike:.2f}")


def company(one: Scene, other: Scene) -> Feature | None:
    """The names in these sentences, whatever their part in it is taken to be."""
    if not one.names or not other.names:
        return None
    shared = one.names & other.names
    score = len(shared) / min(len(one.names), len(other.names))
    return Feature("names", score, 0.8, f"names beside it: {', '.join(sorted(shared)[:3]) or 'none in common'}")


def time(one: Scene, other: Scene) -> Feature | None:
    """Dates that allow one day, give or take one; undated, a short time between the reports."""
    if one.when and other.when:
        gap = max(one.when[0] - other.when[1], other.when[0] - one.when[1], 0)
        if gap > 1:
            return Feature(_APART, 0.0, 1.0, f"{gap} days apart")
        if gap and _a_day(one) and _a_day(other):
            return Feature("next day", 1.0, _NEXT_DAY, "a day later")
        day = _one_day(one, other)
        return Feature("date", 1.0 if day else 0.2, 1.4, "the same day" if day else "times that agree")
    if one.day is None or other.day is None:
        return None
    days = abs(one.day - other.day)
    if days > _NEAR:
        return Feature(_APART, 0.0, 1.0, "reports far apart")
    if _long_before(one, other) or _long_before(other, one):
        return Feature("other time", 1.0, -0.3, "long before the other report")
    return Feature("reports", 1.0, 0.65, f"told within {days} days") if days <= _SOON else None


def _one_day(one: Scene, other: Scene) -> bool:
    """Are both dated to one and the same day?"""
    return _a_day(one) and one.when == other.when


def _a_day(scene: Scene) -> bool:
    return scene.when is not None and scene.when[0] == scene.when[1]


def _long_before(one: Scene, other: Scene) -> bool:
    """Is one dated, to long before the report that tells the other without a date?"""
    return one.when is not None and other.when is None and other.day is not None and other.day - one.when[1] > _NEAR


def place(one: Scene, other: Scene) -> Feature | None:
    """The same place, or one that may lie in the other, most of all on one day; two others speak against it."""
    ours, theirs = one.event.place, other.event.place
    if not ours or not theirs:
        return None
    known = 2.0 if _one_day(one, other) else 1.0
    if ours == theirs:
        return Feature("place", 1.0, _A_COUNTRY if ours in countries() else known, f"both in {ours}")
    if ours in countries() or theirs in countries():
        return None
    beside = ours in other.around or theirs in one.around
    if one_in_other(ours, theirs) or (beside and _one_day(one, other)):
        return Feature("place", 0.9, known, f"{ours} beside {theirs}")
    return Feature("other place", 1.0, _ELSEWHERE if one.event.type in _BOUND else -0.8, f"{ours} and {theirs}")


def front(one: Scene, other: Scene) -> Feature | None:
    """Two attacks, not dated to one day, in other words: on one front the same sides fight in one place every day."""
    attacks = one.event.type == other.event.type == "ASSAULT"
    if not attacks or _one_day(one, other) or dot(one.words, other.words) >= _FEW_WORDS:
        return None
    return Feature("front", 1.0, _DAILY, "perhaps another day's attack")


def manner(one: Scene, other: Scene) -> Feature | None:
    """A call is no visit."""
    ours, theirs = one.event.mode, other.event.mode
    if one.event.type != "CONSULT" or other.event.type != "CONSULT" or (ours == "phone") == (theirs == "phone"):
        return None
    return Feature("other manner", 1.0, _BY_PHONE, f"{ours} and {theirs}")


def counts(one: Scene, other: Scene) -> Feature | None:
    """Nearly as many dead, or wounded; nothing where the numbers differ, for a toll may be another day's."""
    for fate in sorted(one.counts.keys() & other.counts.keys()):
        (low, high), (least, most) = one.counts[fate], other.counts[fate]
        if high >= _CLOSE * least and most >= _CLOSE * low and max(low, least) > _MANY:
            return Feature("counts", 1.0, 0.8, f"alike in the number of {fate}")
    return None


def phase(one: Scene, other: Scene) -> Feature | None:
    """One announces or imagines what the other tells as done: it may be this, or something like it.

    What is announced after the other was told as done is something else, unless it has the same day.
    """
    if (one.event.status in _AHEAD) == (other.event.status in _AHEAD):
        return None
    ahead, done = (one, other) if one.event.status in _AHEAD else (other, one)
    dated = ahead.when is not None and done.when is not None
    if not dated and ahead.day is not None and done.day is not None and done.day < ahead.day:
        return Feature(_APART, 0.0, 1.0, "announced again")
    return Feature("phase", 1.0, -1.0, f"{ahead.event.status} and {done.event.status}")


def matter(one: Scene, other: Scene) -> Feature | None:
    """Reports of two stories seldom tell of one event."""
    return None if one.story == other.story else Feature("story", 1.0, _TWO_STORIES, "two stories")


GROUNDS: tuple[Ground, ...] = (
    kind, wording, passage, company, time, place, who, to_whom, parties, counts, front, manner, strangers, reversal,
    phase, matter,
)  # fmt: skip


def compare(one: Scene, other: Scene) -> Edge | None:
    """One event?  An edge with the score and the reasons, or None."""
    first, second = sorted((one.id, other.id))
    if copied(one, other):
        return Edge(first, second, _COPIED, "the same sentence, copied")
    found = _grounds(one, other)
    if _two(one, other, found) or _unfounded(found, one_story=one.story == other.story):
        return None
    score = min(chance(found), _SUREST)
    return Edge(first, second, score, "; ".join(feature.reason for feature in found)) if score >= SAME else None


def likeness(one: Scene, other: Scene) -> float:
    """The chance that two events are one, whatever it is founded on; 0 where something keeps them apart."""
    if copied(one, other):
        return _COPIED
    found = _grounds(one, other)
    return 0.0 if _two(one, other, found) else chance(found)


def _grounds(one: Scene, other: Scene) -> list[Feature]:
    """All grounds, or those up to the one that keeps the two apart, which most pairs have early."""
    found = []
    for ground in GROUNDS:
        if (feature := ground(one, other)) is not None:
            found.append(feature)
            if feature.name == _APART:
                break
    return found


def chance(found: Sequence[Feature]) -> float:
    """The chance that two events are one, by the grounds for and against it.

    >>> round(chance([]), 3), round(chance([Feature("type", 1.0, 2.5, ""), Feature("recipients", 1.0, 2.7, "")]), 3)
    (0.005, 0.5)
    """
    return 1 / (1 + math.exp(-_NOTHING_KNOWN - sum(feature.score * feature.weight for feature in found)))


def contradict(one: Scene, other: Scene) -> bool:
    """Do their times or places exclude each other, and the sentences are not one?"""
    found = [feature for ground in (time, place) if (feature := ground(one, other)) is not None]
    return any(feature.name in (_APART, "other place") for feature in found) and not copied(one, other)


def told_twice(one: Scene, other: Scene) -> bool:
    """Does one report name one event in two places, its headline and its body: by one word, of the same parties?

    Or an attack, once with its time and once without, as in ``حصيلة القصف`` and ``غارتان أصابتا الموقع ليل الثلاثاء``.
    """
    if one.event.type != other.event.type or contradict(one, other):
        return False
    if one.event.type == OTHER:
        return one.event.mode == other.event.mode and one.recipients == other.recipients
    shared = parties(one, other)
    same = bool(one.triggers & other.triggers) and shared is not None and shared.score >= _TWICE
    return same or (one.event.type == "ASSAULT" and (_only_adds(one, other) or _only_adds(other, one)))


def _only_adds(one: Scene, other: Scene) -> bool:
    """Does one telling give nothing but a time, with neither place nor parties of its own, to a telling without one?"""
    bare = not (one.actors or one.recipients or one.event.place)
    return bare and one.when is not None and other.when is None


def copied(one: Scene, other: Scene) -> bool:
    """Do both triggers stand in the same three words of nearly the same sentence, and that tells of the same people?"""
    return (
        bool(one.spots & other.spots)
        and one.event.type == other.event.type
        and dot(one.words, other.words) > _ENOUGH
        and strangers(one, other) is None
    )


def _two(one: Scene, other: Scene, found: Sequence[Feature]) -> bool:
    """Does something keep them apart, or is nothing particular to them: no day, town, number, wording or rare party?

    ``مساعدة اليونان`` and ``هجمات بوكو حرام`` are told every day, each time of another event.
    """
    if any(feature.name == _APART for feature in found):
        return True
    particular = (feature for feature in found if feature.score >= _PARTICULAR.get(feature.name, math.inf))
    return rarity(one, other) < FEW_NAME and all(
        feature.name == "place" and feature.weight <= _A_COUNTRY for feature in particular
    )


def _unfounded(found: Sequence[Feature], *, one_story: bool) -> bool:
    """Do fewer than two of words, parties, counts, day and place speak for it?

    In one story those who do it and those to whom it is done are two grounds, elsewhere one: two armies meet often.
    """
    sides = ("actors", "recipients") if one_story else ("parties",)
    telling = {"passage": 0.3, "word": 1.0, "counts": 1.0, "date": 1.0, "place": 0.9} | dict.fromkeys(sides, 0.5)
    return sum(feature.score >= telling[feature.name] for feature in found if feature.name in telling) < 2
