"""One entry an event: the mentions of one text that name the same event are put together.

Same type and mode family, participants that agree, no two different dates or places.  What makes two mentions
one: they stand in one sentence, or one is the headline's, or the later one is definite (``الهجوم``), or their
participants are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.events.roles import Mention
from khabar.model import Role

_ENOUGH = 1.0
_SAME_SENTENCE = 1.5
_SAME_WORD = 0.7
_HEADLINE = 1.3
_HEADLINE_REACH = 5
_DEFINITE = 0.7
_DEFINITE_FAR = 0.8
_FAR = 6
"""Sentences after which a definite noun alone no longer points back."""
_SHARED = 0.4
_DISJOINT = -0.6
_OTHER_DATE = -0.5
_OTHER_PLACE = -0.5


@dataclass
class Draft:
    """An event in the making."""

    type: str
    mentions: list[Mention] = field(default_factory=list)

    @property
    def modes(self) -> set[str]:
        return {mention.trigger.entry.mode for mention in self.mentions if mention.trigger.entry.mode}

    def roles(self, role: str) -> list[Role]:
        """The fillers of a role over all mentions, each once."""
        found: dict[str, Role] = {}
        for mention in self.mentions:
            for one in mention.actors if role == "actor" else mention.recipients:
                if one.entity not in found or found[one.entity].score < one.score:
                    found[one.entity] = one
        return list(found.values())


def merge(mentions: Sequence[Mention], named: frozenset[str]) -> list[Draft]:
    """Drafts of events, in the order of their first mention; `named` are the labels of named entities."""
    drafts: list[Draft] = []
    for mention in mentions:
        fitting = [
            (agreement(draft, mention, named), at) for at, draft in enumerate(drafts) if _same_kind(draft, mention)
        ]
        score, at = max(fitting, default=(0.0, -1))
        if score >= _ENOUGH:
            drafts[at].mentions.append(mention)
        else:
            drafts.append(Draft(mention.trigger.entry.type, [mention]))
    return drafts


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
    return score


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
        return score + (_DEFINITE if gap <= _FAR else _DEFINITE_FAR)
    return score


def _repeated(draft: Draft, mention: Mention) -> bool:
    """Is the same word, of the same row, among the draft's triggers?"""
    return any(one.trigger.entry.form == mention.trigger.entry.form for one in draft.mentions)


def _labels(roles: Sequence[Role], named: frozenset[str]) -> set[str]:
    return {role.entity for role in roles if role.entity in named}


def _participants(draft: Draft, mention: Mention, named: frozenset[str]) -> float:
    known = _labels(draft.roles("actor"), named), _labels(draft.roles("recipient"), named)
    new = _labels(mention.actors, named), _labels(mention.recipients, named)
    if known[0] & new[1] and known[1] & new[0] and not known[0] & new[0]:
        return -2.0
    if not (known[0] | known[1]) or not (new[0] | new[1]):
        return 0.0
    if (known[0] | known[1]) & (new[0] | new[1]):
        return _SHARED
    return _DISJOINT


def _dates(draft: Draft, mention: Mention) -> float:
    dates = {one.date for one in draft.mentions if one.date}
    if not mention.date or not dates:
        return 0.0
    return 0.3 if mention.date in dates else _OTHER_DATE


def _places(draft: Draft, mention: Mention) -> float:
    places = {place.entity for one in draft.mentions for place in one.places}
    new = {place.entity for place in mention.places}
    if not places or not new:
        return 0.0
    return 0.3 if places & new else _OTHER_PLACE
