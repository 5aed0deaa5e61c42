"""How well a time expression fits an event word as the event's date, by what stands around the two.

The points are the weights of a logistic regression over the event words and times of our own corpus (its parts train
and dev), rounded: a time belongs to the word before it, or opens the sentence; another event, a cause (``بعد غارة``)
or another's words speak against it.  A time of another sentence fits where the lead names the day of the story, where
the same parties act there, or where the encoder holds it for the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from math import exp
from typing import TYPE_CHECKING

from khabar.events.clauses import Clauses, Mention
from khabar.events.particles import particles
from khabar.model import Published

if TYPE_CHECKING:
    from khabar.events.when_where import Calendar

POINTS = {
    "any": -1.05,
    "day": 0.5,
    "unreal": -0.55,
    "noun": -0.2,
    "other tense": -1.05,
    "linked": 0.5,
    "apart": -1.6,
    "own force": 0.1,
    "own timed": 0.4,
    "force": 0.75,
    "timed": 1.0,
    "own": 0.75,
    "after": 0.35,
    "right after": 0.4,
    "verbs": -0.6,
    "nouns": -0.55,
    "times": -0.3,
    "nearest": 0.35,
    "opening": 1.8,
    "participle": 0.2,
    "cause": -0.6,
    "barrier": -0.45,
    "own relative": 0.9,
    "until": -0.7,
    "of another": -3.0,
    "behind cue": -0.65,
    "other claim": -0.35,
    "of the words": 0.2,
    "unreal elsewhere": -2.0,
    "sentence before": -0.1,
    "two before": -0.6,
    "three before": -1.1,
    "next sentence": -0.05,
    "far": -1.4,
    "lead": 0.35,
    "headline": -0.25,
    "story": 0.75,
    "told": -0.75,
    "spoken": -0.4,
    "has its own": -0.4,
    "last before": 0.5,
    "goes on": -0.15,
    "one day of few": 0.6,
    "since elsewhere": -2.0,
    "same type": 1.1,
    "same actor": -0.7,
    "same party": 1.6,
}
"""Points for each sign, times its strength: log-odds against the event having no date that the text gives.

Four are set by hand: nothing is carried of another event's day, of what has not happened, and of a day since when
something lasts; and the encoder, which has learnt from the same corpus and is surer of it, counts for half.  The
others were fitted anew with the encoder's present weights, held near what they were (ridge around those)."""
_WEEK = re.compile(r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-2])")
_OPENING_REACH = 2
_BEHIND_CUE = 4
"""Tokens behind a reporting word in which a time dates what is said rather than what it tells of."""
_RIGHT_AFTER = 4
_ODDS = (-6.0, 4.0)
"""Log-odds of the encoder beyond which it is no surer."""
_TIMED = frozenset(["ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"])
"""Types whose time of the day is news; talks and words are dated by the day."""
SPOKEN = frozenset(["REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN"])
_UNREAL = frozenset(["hypothetical", "negated"])
_MOST = 3
_DAY = 10
LEAD = 3
"""Sentences, headline and all, that tell the day of the story."""


def date_fit(clauses: Clauses, mention: Mention, at: int, calendar: Calendar) -> float:
    """Points for the time with the number `at` as the date of a mention; from about 0 on it is more likely than not."""
    return sum(POINTS[sign] * strength for sign, strength in signs(clauses, mention, at, calendar))


def signs(clauses: Clauses, mention: Mention, at: int, calendar: Calendar) -> Iterator[tuple[str, float]]:
    """The signs for and against a time as the date of a mention, with their strength."""
    time, value = calendar.times[at], day(calendar.times[at].value or "")
    yield "any", 1.0
    yield "day", float(len(value) >= _DAY)
    yield "unreal", float(mention.status in _UNREAL)
    yield "noun", float(mention.trigger.entry.word_class == "noun")
    yield "other tense", float(_other_tense(mention, value, calendar.published))
    odds, own = calendar.odds(mention.trigger.token, at), calendar.sentences[at] == mention.sentence
    if odds is not None:
        yield "linked", max(_ODDS[0], min(_ODDS[1], odds))
    elif calendar.learned is not None or not own:
        yield "apart", 1.0
    force, timed = mention.trigger.entry.type in _TIMED, "T" in (time.value or "")
    if own:
        yield "own force", float(force)
        yield "own timed", float(timed)
        yield from _own(clauses, mention, at, calendar)
    else:
        yield "force", float(force)
        yield "timed", float(timed)
        yield "unreal elsewhere", float(mention.status in _UNREAL)
        yield from _elsewhere(clauses, mention, at, calendar)


def _own(clauses: Clauses, mention: Mention, at: int, calendar: Calendar) -> Iterator[tuple[str, float]]:
    """The signs of a time of the mention's own sentence."""
    token, first, last = mention.trigger.token, calendar.tokens[at], calendar.lasts[at]
    after = first > token
    between = range(token + 1, first) if after else range(last + 1, token)
    verbs = sum(one in clauses.verbs for one in between)
    yield "own", 1.0
    yield "after", float(after)
    yield "right after", float(after and len(between) < _RIGHT_AFTER)
    yield "verbs", min(_MOST, verbs)
    yield "nouns", min(_MOST, sum(one in clauses.triggered for one in between) - verbs)
    yield "times", calendar.count(between)
    yield "nearest", float(calendar.is_nearest(mention, at))
    opens = first - clauses.text.sentences[mention.sentence].first <= _OPENING_REACH
    yield "opening", float(opens and not after)
    yield "participle", float(mention.trigger.entry.word_class == "participle")
    yield from _words_between(clauses, between, after=after)
    yield from _governed(clauses, mention, at, calendar)


def _words_between(clauses: Clauses, between: range, *, after: bool) -> Iterator[tuple[str, float]]:
    words = [clauses.text.tokens[one].folded for one in between]
    yield "cause", float(any(word.removeprefix("و") in particles("cause") for word in words))
    yield "barrier", float(any(word in particles("barrier") for word in words))
    yield "own relative", float(after and any(word in particles("relative") for word in words[:2]))


def _governed(clauses: Clauses, mention: Mention, at: int, calendar: Calendar) -> Iterator[tuple[str, float]]:
    """By what the time is governed: a preposition, another event, another's words."""
    first, claim = calendar.tokens[at], clauses.claim_of(mention.trigger.token)
    word = clauses.text.tokens[first - 1].folded.removeprefix("و") if first else ""
    yield "until", float(word in particles("until"))
    yield "of another", float(calendar.of_another(clauses, mention.trigger.token, at))
    yield "behind cue", float(any(one in clauses.cues for one in range(max(0, first - _BEHIND_CUE), first)))
    other = clauses.claim_of(first)
    yield "other claim", float(other is not None and other is not claim)
    start = calendar.times[at].span.start
    outside = claim is not None and not claim.content.start <= start < claim.content.end
    yield "of the words", float(outside and mention.trigger.entry.type in SPOKEN)


def _elsewhere(clauses: Clauses, mention: Mention, at: int, calendar: Calendar) -> Iterator[tuple[str, float]]:
    """The signs of a time of another sentence."""
    sentence, claim = calendar.sentences[at], clauses.claim_of(mention.trigger.token)
    yield _distance(mention.sentence - sentence), 1.0
    yield "lead", float(sentence < LEAD)
    yield "headline", float(mention.sentence == 0)
    yield "story", float(calendar.story == at)
    yield "told", float(claim is not None)
    yield "spoken", float(mention.trigger.entry.type in SPOKEN)
    yield "has its own", float(calendar.dated(mention.sentence))
    yield "last before", float(calendar.tokens[at] == calendar.last_before(mention.trigger.token))
    yield "goes on", float(_goes_on(clauses, mention))
    yield "one day of few", 1 / calendar.days
    yield "since elsewhere", float(clauses.text.tokens[calendar.tokens[at] - 1].folded in particles("since"))
    yield from _company(mention, calendar.told[at])


def _company(mention: Mention, others: list[Mention]) -> Iterator[tuple[str, float]]:
    """Does the time date an event of the same type, or one in which somebody has part that this mention acts on?"""
    yield "same type", float(any(one.trigger.entry.type == mention.trigger.entry.type for one in others))
    actors = {role.entity for role in mention.actors}
    known = {role.entity for one in others for role in (*one.actors, *one.recipients)}
    yield "same actor", float(any(actors & {role.entity for role in one.actors} for one in others))
    yield "same party", float(bool((actors | {role.entity for role in mention.recipients}) & known))


def _distance(sentences: int) -> str:
    """The sign for a time so many sentences before (positive) or after the mention."""
    if sentences == -1:
        return "next sentence"
    return {1: "sentence before", 2: "two before"}.get(sentences, "three before" if 3 <= sentences <= 6 else "far")


def _goes_on(clauses: Clauses, mention: Mention) -> bool:
    """Does the sentence go on with what somebody said (``وأضاف``, ``كما``)?"""
    first = clauses.text.sentences[mention.sentence].first
    word = clauses.text.tokens[first].folded
    return word == "كما" or (word.startswith("و") and first in clauses.cues)


def _other_tense(mention: Mention, value: str, published: Published | None) -> bool:
    """What has happened is not dated by a day to come, what is to come not by a day that has passed."""
    if mention.status == "actual" and mention.trigger.analysis.tense == "past":
        return later(value, published)
    return mention.status == "future" and _earlier(value, published)


def day(value: str) -> str:
    """A value without its time of day.

    >>> day("2015-08-06TNI"), day("2015-W31"), day("2019-04/2020-06")
    ('2015-08-06', '2015-W31', '2019-04/2020-06')
    """
    return "/".join(part.split("T")[0] for part in value.split("/"))


def event_date(kind: str, value: str) -> str:
    """The date of an event of a type: deeds of force, crowds and movements keep the part of the day.

    >>> event_date("ASSAULT", "2015-08-06TNI"), event_date("CONSULT", "2015-08-06TNI")
    ('2015-08-06TNI', '2015-08-06')
    """
    return value if kind in _TIMED else day(value)


def later(value: str, published: Published | None) -> bool:
    """Does a date lie after the day of publication?"""
    if published is None or not value[:4].isdigit() or len(published.value) < 10:
        return False
    if "W" in value:
        week = _WEEK.match(value)
        return week is not None and date.fromisocalendar(int(week[1]), int(week[2]), 1).isoformat() > published.value
    known = min(len(value), 10)
    return value[:known] > published.value[:known]


def _earlier(value: str, published: Published | None) -> bool:
    """Does a date lie before the day of publication?"""
    if published is None or not value[:4].isdigit() or "W" in value:
        return False
    return value < published.value[: len(value)]


def probability(points: float) -> float:
    """How probable it is that a date with so many points is the event's.

    >>> probability(0.0), probability(-3.0)
    (0.5, 0.047)
    """
    return round(1 / (1 + exp(-points)), 3)
