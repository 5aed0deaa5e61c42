"""When and where: the time expression and the place that fit a mention best in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from khabar.events.actors import bare_word
from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import SPOKEN
from khabar.events.date_fit import date_fit, day
from khabar.events.learned import Opinion
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.model import Published, Span, Time
from khabar.text import Tokenized

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REACH = 45
_PLACE_REACH = 25
_STAYING = frozenset(["ASSAULT", "PROTEST", "COERCE", "MOBILIZE"])
LEAST = -6.0
"""How well a date fits that another sentence tells."""
_TOPIC_REACH = 5
_SINCE = 12
"""Tokens before ``منذ`` in which the event stands whose time it is."""
_LEAD = 3
"""Sentences, headline and all, in which the day of the story is looked for."""


class Calendar:
    """The dates of a text, looked up by token."""

    def __init__(self, text: Tokenized, times: Sequence[Time], learned: Opinion | None = None) -> None:
        dated = [
            time for time in times if time.value and time.kind in ("date", "time") and not time.value.startswith("P")
        ]
        self.times = sorted(dated, key=lambda time: time.span.start)
        self.tokens = [text.token_at(time.span.start) for time in self.times]
        self.text = text
        self.learned = learned

    def story_day(self) -> Time | None:
        """The first day that the lead names: when the outlet's own news happened."""
        last = self.text.sentences[min(len(self.text.sentences), _LEAD) - 1].last if self.text.sentences else 0
        lead = self.times[: bisect_left(self.tokens, last)]
        return next((time for time in lead if _DAY.fullmatch(day(time.value or ""))), None)

    def nearest(
        self, clauses: Clauses, mention: Mention, published: Published | None = None
    ) -> tuple[Time | None, float]:
        """The date of the sentence that fits the trigger best, and how well (`date_fit`)."""
        token = mention.trigger.token
        sentence = self.text.sentences[mention.sentence]
        low = bisect_left(self.tokens, max(sentence.first, token - _REACH))
        high = bisect_left(self.tokens, min(sentence.last, token + _REACH))
        best, most = None, LEAST
        claim = clauses.claim_of(token)
        for at in range(low, high):
            if self._of_another(clauses, token, self.tokens[at]):
                continue
            time = self.times[at]
            outside = claim is not None and not claim.content.start <= time.span.start < claim.content.end
            if outside and mention.status != "actual":
                continue
            fit = date_fit(clauses, mention, time, outside, published)
            if fit > most:
                best, most = time, fit
        return best, most

    def carried(self, mention: Mention) -> Time | None:
        """The day that another sentence tells of, for an event whose own sentence names none.

        The one that the encoder holds for more likely than not; else that of the sentence before, for a past event.
        """
        elsewhere = self._elsewhere(mention)
        told = None if self.learned is None else self.learned.date(mention.trigger.token, [at for at, _ in elsewhere])
        if told is not None:
            return elsewhere[told][1]
        if mention.sentence == 0 or mention.trigger.analysis.tense == "noun" or mention.status != "actual":
            return None
        before = self.text.sentences[mention.sentence - 1]
        low, high = bisect_left(self.tokens, before.first), bisect_left(self.tokens, before.last)
        days = [time for time in self.times[low:high] if _DAY.fullmatch(day(time.value or ""))]
        return days[0] if len(days) == 1 else None

    def _elsewhere(self, mention: Mention) -> list[tuple[int, Time]]:
        """The times of other sentences with their tokens: those of its own were weighed and are another event's."""
        own = self.text.sentences[mention.sentence]
        return [(at, time) for at, time in zip(self.tokens, self.times, strict=True) if not own.first <= at < own.last]

    def _of_another(self, clauses: Clauses, trigger: int, time: int) -> bool:
        """``زيارة س في أعقاب زيارة ص في 17 أيلول``: the second visit's day; ``منذ 2011`` dates what precedes it."""
        tokens = self.text.tokens
        if time and tokens[time - 1].folded in particles("since"):
            return trigger > time and any(at in clauses.triggered for at in range(max(0, time - _SINCE), time))
        after = [at for at in range(trigger + 1, time) if tokens[at].folded in particles("aftermath")]
        return bool(after) and any(at in clauses.triggered for at in range(after[-1] + 1, time))


def place_of(clauses: Clauses, mentions: Sequence[Mention]) -> Participant | None:
    """Where an event was: the place of a mention's own complements, else one near it in its sentence.

    What is said or signed happens only where its own complements say so: ``أدانت مصر الهجوم في كابول``.
    """
    found = (finder(clauses, one) for finder in (_own_place, _near_place, _carried_place) for one in mentions)
    return next((one for one in found if one is not None), None)


def _own_place(clauses: Clauses, mention: Mention) -> Participant | None:
    own = (one for one in mention.places if one.kind == "LOC" and not _of_content(clauses, mention, one))
    return next((one for one in own if not _of_topic(clauses, one)), None)


def _near_place(clauses: Clauses, mention: Mention) -> Participant | None:
    if mention.trigger.entry.type in SPOKEN:
        return None
    sentence = clauses.text.sentences[mention.sentence]
    token = mention.trigger.token
    around = clauses.between(max(sentence.first, token - _PLACE_REACH), min(sentence.last, token + _PLACE_REACH))
    places = [one for one in around if _locative(one) and not _of_topic(clauses, one)]
    return min(places, key=lambda one: (one.first < token, abs(one.first - token)), default=None)


def _carried_place(clauses: Clauses, mention: Mention) -> Participant | None:
    """Force used and crowds: the one place that the sentence before tells of."""
    if mention.trigger.entry.type not in _STAYING or mention.sentence == 0:
        return None
    before = clauses.text.sentences[mention.sentence - 1]
    around = clauses.between(before.first, before.last)
    places = [one for one in around if _locative(one) and not _of_topic(clauses, one)]
    return places[0] if len({one.entity for one in places}) == 1 else None


def _of_content(clauses: Clauses, mention: Mention, place: Participant) -> bool:
    """``دعا إلى وقف القتال في غزة``: the place of what is asked, pledged, blamed, not of the words."""
    entry, token = mention.trigger.entry, mention.trigger.token
    if entry.type not in SPOKEN or entry.tail:
        return False
    between = clauses.text.tokens[token + 1 : place.first]
    return any(word.folded in particles("content") or word.folded.startswith("ب") for word in between)


def _locative(one: Participant) -> bool:
    return one.kind == "LOC" and one.preposition in particles("locative") | {"ب"}


def _of_topic(clauses: Clauses, place: Participant) -> bool:
    """``لبحث الوضع في السودان``: the place of what is talked about."""
    if not place.preposition:
        return False
    before = clauses.text.tokens[max(0, place.first - _TOPIC_REACH) : place.first]
    marks = [at for at, token in enumerate(before) if token.kind == "mark"]
    return any(bare_word(token.folded) in particles("topic") for token in before[marks[-1] + 1 if marks else 0 :])


def role_span(one: Participant | None) -> Span | None:
    return None if one is None else one.span
