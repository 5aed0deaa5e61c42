"""When and where: the time expression and the place that fit a mention best in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from khabar.events.actors import bare_word
from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import SPOKEN
from khabar.events.date_fit import LEAD, date_fit, day
from khabar.events.learned import Opinion
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.model import Published, Span, Time
from khabar.text import Tokenized

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REACH = 60
"""Tokens on either side of a mention in which the dates of its own sentence are looked for."""
_BESIDE = 4
"""Of these the nearest on either side."""
_PLACE_REACH = 25
_STAYING = frozenset(["ASSAULT", "PROTEST", "COERCE", "MOBILIZE"])
LEAST = -3.0
"""Points from which on a date is given.  Low on purpose: the likeliest date of the text is given, with its words and
how probable it is, for every event but those far from any.  What links documents rests on firm ones alone
(`khabar.model.FIRM`): of the others about one in four is what an annotator would give."""
_ANY = -4.0
"""Points from which on a date of its own sentence tells a mention from others of its type."""
_SURE = -1.0
"""Points from which on a date of a mention's own sentence says something of other sentences."""
_BACK = 6
"""Sentences before a mention in which its date is looked for, the lead apart."""
_MOST_DATES = 12
"""Dates that are weighed on either side of a mention, and of those of the lead."""
_TOPIC_REACH = 5
_SINCE = 12
"""Tokens before ``منذ`` in which the event stands whose time it is."""


class Calendar:
    """The dates of a text, in order; each is known by its number among them."""

    def __init__(
        self,
        text: Tokenized,
        times: Sequence[Time],
        learned: Opinion | None = None,
        published: Published | None = None,
    ) -> None:
        dated = [
            time for time in times if time.value and time.kind in ("date", "time") and not time.value.startswith("P")
        ]
        self.times = sorted(dated, key=lambda time: time.span.start)
        self.tokens = [text.token_at(time.span.start) for time in self.times]
        self.lasts = [text.token_at(time.span.end - 1) for time in self.times]
        self.sentences = [text.sentence_at(time.span.start) for time in self.times]
        self.text = text
        self.learned = learned
        self.published = published
        self.told: list[list[Mention]] = [[] for _ in self.times]
        """For each date the mentions of its own sentence that it dates."""
        self.days = len({day(time.value or "") for time in self.times})
        lead = range(bisect_left(self.sentences, LEAD))
        self.story = next((at for at in lead if _DAY.fullmatch(day(self.times[at].value or ""))), None)
        """The first day that the lead names: when the outlet's own news happened."""
        self._odds: tuple[int, dict[int, float]] = (-1, {})

    def nearest(self, clauses: Clauses, mention: Mention) -> tuple[Time | None, float]:
        """The date of the mention's own sentence that fits it best, and how well (`date_fit`)."""
        at, fit = self._best(clauses, mention, self._own(mention), _ANY)
        if at is not None and fit > _SURE:
            self.told[at].append(mention)
        return (None if at is None else self.times[at]), fit

    def fitting(self, clauses: Clauses, mention: Mention) -> tuple[Time | None, float]:
        """The date of the text that fits a mention best, its own sentence and the others, and how well.

        To be asked when all mentions have been dated from their own sentences.
        """
        at, fit = self._best(clauses, mention, self._candidates(mention), LEAST)
        return (None if at is None else self.times[at]), fit

    def _best(self, clauses: Clauses, mention: Mention, among: Sequence[int], least: float) -> tuple[int | None, float]:
        self._ask(mention.trigger.token, among)
        fits = [(date_fit(clauses, mention, at, self), -at) for at in among]
        fit, at = max(fits, default=(least, 0))
        return (-at, fit) if fit > least else (None, least)

    def _candidates(self, mention: Mention) -> list[int]:
        """The dates of the sentences around a mention, and those of the lead."""
        first, _ = self._within(mention.sentence - _BACK, mention.sentence)
        low, high = self._within(mention.sentence, mention.sentence)
        _, last = self._within(mention.sentence, mention.sentence + 1)
        before = range(max(first, low - _MOST_DATES), low)
        after = range(high, min(last, high + _MOST_DATES))
        lead = range(min(_MOST_DATES, low, bisect_left(self.sentences, LEAD)))
        return sorted({*lead, *before, *self._own(mention), *after})

    def _own(self, mention: Mention) -> range:
        """The dates near a mention in its own sentence."""
        low, high = self._within(mention.sentence, mention.sentence)
        token = mention.trigger.token
        at = bisect_left(self.tokens, token)
        first, last = bisect_left(self.tokens, token - _REACH), bisect_left(self.tokens, token + _REACH)
        return range(max(low, first, at - _BESIDE), min(high, last, at + _BESIDE))

    def _within(self, first: int, last: int) -> tuple[int, int]:
        """The dates from one sentence to another, the last one not among them."""
        return bisect_left(self.sentences, first), bisect_left(self.sentences, last + 1)

    def _ask(self, trigger: int, among: Sequence[int]) -> None:
        if self.learned is not None and among:
            odds = self.learned.date_odds(trigger, [self.tokens[at] for at in among])
            self._odds = trigger, {at: one for at, one in zip(among, odds, strict=True) if one is not None}

    def odds(self, trigger: int, at: int) -> float | None:
        """The encoder's log-odds of a time being the date of a trigger, None where it did not read them together."""
        return self._odds[1].get(at) if self._odds[0] == trigger else None

    def count(self, tokens: range) -> int:
        """How many dates begin among some tokens."""
        return bisect_left(self.tokens, tokens.stop) - bisect_left(self.tokens, tokens.start) if tokens else 0

    def is_nearest(self, mention: Mention, at: int) -> bool:
        """Is no other date of the sentence nearer to the mention?"""
        first, last = self._within(mention.sentence, mention.sentence)
        near = bisect_left(self.tokens, mention.trigger.token, first, last)
        beside = self.tokens[max(first, near - 1) : min(last, near + 1)]
        return abs(self.tokens[at] - mention.trigger.token) <= min(
            abs(token - mention.trigger.token) for token in beside
        )

    def dated(self, sentence: int) -> bool:
        """Does a sentence name a date?"""
        first, last = self._within(sentence, sentence)
        return last > first

    def last_before(self, token: int) -> int:
        """The token of the last date before a token, -1 where there is none."""
        at = bisect_left(self.tokens, token)
        return self.tokens[at - 1] if at else -1

    def of_another(self, clauses: Clauses, trigger: int, at: int) -> bool:
        """``زيارة س في أعقاب زيارة ص في 17 أيلول``: the second visit's day; ``منذ 2011`` dates what precedes it."""
        tokens, time = self.text.tokens, self.tokens[at]
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
