"""How well a time expression fits an event word of its sentence, by what stands between the two.

The points are the weights of a logistic regression over the event words and times of our own corpus, rounded:
a time belongs to the word before it, or opens the sentence; another clause, another event, a cause (``بعد غارة``)
or the border of a claim speak against it.
"""

from __future__ import annotations

import re
from datetime import date

from khabar.events.clauses import Clauses, Mention
from khabar.events.particles import particles
from khabar.model import Published, Time

_WEEK = re.compile(r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-2])")
_AFTER = 0.9
_STEPS = ((4, 1.0), (8, 0.2), (16, -0.2))
"""Points for fewer tokens between than the first number."""
_FAR = -0.4
_VERB = _NOUN = -0.6
"""For each other event word between, three at most."""
_CAUSE = -0.9
_RELATIVE = -0.6
_OWN_RELATIVE = 0.9
"""``الهجوم الذي وقع أمس``: the relative clause right behind the word is about it."""
_COMMA = -0.3
_OUTSIDE = -1.1
_OPENING = 1.5
_COARSE = -0.9
"""A month or year is told of the background."""
_SINCE = -0.7
_UNTIL = -0.9
_PARTICIPLE = 1.8
_OTHER_TENSE = -2.5
"""What has happened is not dated by a day to come, what is to come not by a day that has passed."""
_UNREAL = {"hypothetical": -2.0, "negated": -1.0}
_OPENING_REACH = 2
_TIMED = frozenset(["ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"])
"""Types whose time of the day is news; talks and words are dated by the day."""
_MOST = 3
_DAY = 10
_COMMAS = frozenset("،,؛")


def date_fit(clauses: Clauses, mention: Mention, time: Time, outside: bool, published: Published | None) -> float:
    """Points for a time of the sentence as the date of a mention; from about 0 on it is more likely than not.

    `outside` tells that the border of a claim lies between.
    """
    first, last = clauses.text.token_at(time.span.start), clauses.text.token_at(time.span.end - 1)
    points = (
        _between(clauses, mention, first, last) + _before(clauses, mention, first) + _tense(mention, time, published)
    )
    points += _OUTSIDE if outside else 0.0
    points += _PARTICIPLE if mention.trigger.entry.word_class == "participle" else 0.0
    return points + (0.0 if len(day(time.value or "")) >= _DAY else _COARSE)


def _between(clauses: Clauses, mention: Mention, first: int, last: int) -> float:
    token = mention.trigger.token
    between = range(token + 1, first) if first > token else range(last + 1, token)
    words = [clauses.text.tokens[at].folded for at in between]
    points = next((value for reach, value in _STEPS if len(words) < reach), _FAR)
    verbs = sum(at in clauses.verbs for at in between)
    points += _VERB * min(_MOST, verbs)
    points += _NOUN * min(_MOST, sum(at in clauses.triggered for at in between) - verbs)
    inner = words[:-1] if first > token else words[1:]  # a comma beside the time only sets it apart
    points += _COMMA * min(_MOST, sum(word in _COMMAS for word in inner))
    points += _CAUSE if any(word.removeprefix("و") in particles("cause") for word in words) else 0.0
    if any(word in particles("relative") for word in words):
        own = first > token and any(word in particles("relative") for word in words[:2])
        points += _OWN_RELATIVE if own else _RELATIVE
    return points + (_AFTER if first > token else 0.0)


def _before(clauses: Clauses, mention: Mention, first: int) -> float:
    """What governs the time, and whether it opens the sentence."""
    word = clauses.text.tokens[first - 1].folded.removeprefix("و") if first else ""
    points = _SINCE if word in particles("since") else _UNTIL if word in particles("until") else 0.0
    opens = first - clauses.text.sentences[mention.sentence].first <= _OPENING_REACH
    return points + (_OPENING if opens and first < mention.trigger.token else 0.0)


def _tense(mention: Mention, time: Time, published: Published | None) -> float:
    points, value = _UNREAL.get(mention.status, 0.0), day(time.value or "")
    told = mention.status == "actual" and mention.trigger.analysis.tense == "past"
    other = told and later(value, published)
    other |= mention.status == "future" and _earlier(value, published)
    return points + (_OTHER_TENSE if other else 0.0)


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
