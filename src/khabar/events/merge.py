"""One entry an event: the mentions of one text that name the same event are put together.

Same type and mode family, participants that agree, no two different dates or places.  What makes two mentions
one: they stand in one sentence, or one is the headline's, or the later one is definite (``الهجوم``), or their
participants are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.events.actors import states
from khabar.events.clauses import Mention
from khabar.events.date_fit import day
from khabar.model import Role

_ENOUGH = 1.0
_REMEMBERED = 40
"""Events of one type that a later mention may still join."""
_SAME_SENTENCE = 1.4
_SAME_WORD = 1.1
_HEADLINE = 1.5
_HEADLINE_REACH = 5
_DEFINITE = 0.7
_SHARED = 0.5
_OTHER_PARTNER = 0.1
_SAME_SIDES = 0.4
_DISJOINT = -0.6
_OTHER_DATE = -0.5
_OTHER_PLACE = -0.8
_OTHER_STATUS = -0.2
_TWO_VERBS = -0.3
_SAME_FORM = 0.2
_FOLLOWED = -1.5
_VICTIMS = 0.3
_ONE_WAY = frozenset(["ASSAULT", "REQUEST"])
"""Types in which whoever acts in one mention and is acted on in another takes part in two events."""


@dataclass
class Draft:
    """An event in the making: its mentions, and what they say so far."""

    type: str
    mentions: list[Mention] = field(default_factory=list)
    actors: dict[str, Role] = field(default_factory=dict)
    recipients: dict[str, Role] = field(default_factory=dict)
    modes: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)
    inviters: dict[str, Role] = field(default_factory=dict)
    """Who invited the visitors, where the same sentence tells it."""

    def add(self, mention: Mention) -> None:
        """Take a mention in; of two rules for one role the surer is kept."""
        self.mentions.append(mention)
        for known, new in ((self.actors, mention.actors), (self.recipients, mention.recipients)):
            for role in new:
                if role.entity not in known or known[role.entity].score < role.score:
                    known[role.entity] = role
        entry = mention.trigger.entry
        self.modes |= {entry.mode} if entry.mode else set()
        self.forms.add(entry.form)
        self.dates |= {day(mention.date)} if mention.date else set()
        self.places |= {place.entity for place in mention.places}
        self.sentences.add(mention.sentence)


def merge(
    mentions: Sequence[Mention], named: frozenset[str], able: frozenset[int], later: frozenset[int] = frozenset()
) -> list[Draft]:
    """Drafts of events, in the order of their first mention; `named` are the labels of named entities.

    A mention whose token is not among the `able` ones takes up an event that others tell of, but tells of none alone.
    """
    drafts: list[Draft] = []
    recent: dict[str, list[Draft]] = {}
    for mention in mentions:
        known = recent.setdefault(mention.trigger.entry.type, [])
        fitting = [
            (agreement(draft, mention, named) + _after(draft, mention, later), at)
            for at, draft in enumerate(known)
            if _same_kind(draft, mention)
        ]
        score, at = max(fitting, default=(0.0, -1))
        if score < _ENOUGH:
            if mention.trigger.token not in able:
                continue
            known.append(Draft(mention.trigger.entry.type))
            drafts.append(known[-1])
            at = len(known) - 1
        known[at].add(mention)
        del known[:-_REMEMBERED]
    return drafts


def _after(draft: Draft, mention: Mention, later: frozenset[int]) -> float:
    """What came before the rest of its sentence is none of the events that this tells."""
    beside = draft.mentions[-1].sentence == mention.sentence
    return _FOLLOWED if beside and mention.trigger.token in later else 0.0


def _same_kind(draft: Draft, mention: Mention) -> bool:
    if draft.type != mention.trigger.entry.type:
        return False
    mode = mention.trigger.entry.mode
    return draft.type == "CONSULT" or not mode or not draft.modes or mode in draft.modes or draft.type == "ASSAULT"


def agreement(draft: Draft, mention: Mention, named: frozenset[str]) -> float:
    """How well a mention fits a draft; negative where a date, place or the participants speak against it."""
    score = _nearness(draft, mention)
    score += _participants(draft, mention, named)
    score += _dates(draft, mention) + _places(draft, mention)
    return score + _status(draft, mention) + _clause(draft, mention)


def _status(draft: Draft, mention: Mention) -> float:
    """What happened is not what is planned, feared or asked for."""
    statuses = {one.status for one in draft.mentions}
    return 0.0 if mention.status in statuses else _OTHER_STATUS


def _clause(draft: Draft, mention: Mention) -> float:
    """Two verbs in one sentence tell of two events more often than a verb and a noun, unless they are of one row.

    Dead and wounded of one sentence (``قتل 40 وأصيب 80``) are those of one event.
    """
    if draft.mentions[-1].sentence != mention.sentence:
        return 0.0
    score = _SAME_FORM if _repeated(draft, mention) else 0.0
    if mention.trigger.entry.needs == "victims":
        return score + _VICTIMS
    verbs = draft.mentions[-1].trigger.entry.word_class == mention.trigger.entry.word_class == "verb"
    return score + (_TWO_VERBS if verbs else 0.0)


def _nearness(draft: Draft, mention: Mention) -> float:
    gap = mention.sentence - draft.mentions[-1].sentence
    if gap == 0:
        return _SAME_SENTENCE
    score = _SAME_WORD if _repeated(draft, mention) else 0.0
    if (
        draft.mentions[0].sentence == 0
        and len({one.sentence for one in draft.mentions}) == 1
        and gap <= _HEADLINE_REACH
    ):
        return score + _HEADLINE
    definite = mention.trigger.analysis.article or bool(mention.trigger.analysis.pronoun)
    if definite and mention.trigger.entry.word_class == "noun":
        return score + _DEFINITE
    return score


def _repeated(draft: Draft, mention: Mention) -> bool:
    """Is the same word, of the same row, among the draft's triggers?"""
    return mention.trigger.entry.form in draft.forms


def _labels(roles: Sequence[Role], named: frozenset[str]) -> set[str]:
    return {role.entity for role in roles if role.entity in named}


def _participants(draft: Draft, mention: Mention, named: frozenset[str]) -> float:
    known = draft.actors.keys() & named, draft.recipients.keys() & named
    new = _labels(mention.actors, named), _labels(mention.recipients, named)
    if known[0] & new[1] and known[1] & new[0] and not known[0] & new[0]:
        return -2.0
    if known[0] & new[0] and known[1] & new[1]:
        return _SAME_SIDES
    crossed = known[0] & new[1] or known[1] & new[0]
    if draft.type in _ONE_WAY and crossed and not (known[0] & new[0] or known[1] & new[1]):
        return _DISJOINT
    if (known[0] | known[1]) & (new[0] | new[1]):
        return _OTHER_PARTNER if _meets_another(draft, known[0] | known[1], new[0] | new[1]) else _SHARED
    differ = any(one and other for one, other in zip(known, new, strict=True))
    return _DISJOINT if differ else 0.0


def _meets_another(draft: Draft, known: set[str], new: set[str]) -> bool:
    """``التقى فلان الوزير ثم استقبل السفير``: whoever meets two others has met twice; a state is whom he visits."""
    apart = known - new - states(), new - known - states()
    return draft.type == "CONSULT" and all(apart)


def _dates(draft: Draft, mention: Mention) -> float:
    dates = draft.dates
    if not mention.date or not dates:
        return 0.0
    return 0.3 if day(mention.date) in dates else _OTHER_DATE


def _places(draft: Draft, mention: Mention) -> float:
    places = draft.places
    new = {place.entity for place in mention.places}
    if not places or not new:
        return 0.0
    return 0.3 if places & new else _OTHER_PLACE
