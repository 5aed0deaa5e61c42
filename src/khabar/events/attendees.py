"""Who else was at a meeting: ``حضر الاستقبال مساعد الوزير فلان، وسفير الدولة الضيفة``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from khabar.events.actors import bare_word, nation, states
from khabar.events.clauses import Clauses
from khabar.events.merge import Draft
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.model import Role

_REACH = 60
_OPENING = 2
"""Words that may stand before the verb in its sentence: ``كما حضر``."""
_SIDE = "جانب"
_POSTED = "ambassador"
"""Label of the title that names the country to which its holder is sent, not only his own."""
_SCORE = 0.5


def attend(drafts: Sequence[Draft], clauses: Clauses) -> None:
    """Give the meeting told of last those who were at it: hosts, but for those of the visitors' own country."""
    tokens = clauses.text.tokens
    verbs = [at for at in range(len(tokens) - 1) if tokens[at].folded.removeprefix("و") in particles("was-at")]
    if not verbs:
        return
    meetings = _told([draft for draft in drafts if draft.type == "CONSULT"])
    visits = [(at, draft) for at, draft in meetings if "visit" in draft.modes]
    countries: dict[str, set[str]] = {}
    for one in clauses.found:
        countries.setdefault(one.entity, set()).add(one.nation)
    for at in verbs:
        noun = bare_word(tokens[at + 1].folded)
        known = visits if noun in particles("reception") else meetings if noun in particles("meeting") else []
        before = bisect_left(known, at, key=itemgetter(0))
        if before and _opens(clauses, at):
            _add(known[before - 1][1], clauses, at, countries)


def _told(drafts: Sequence[Draft]) -> list[tuple[int, Draft]]:
    """Each place where one of some events is told, by its token, in order."""
    return sorted(((one.trigger.token, draft) for draft in drafts for one in draft.mentions), key=itemgetter(0))


def _opens(clauses: Clauses, at: int) -> bool:
    """Does the verb at a token open its sentence?"""
    sentence = clauses.text.sentences[clauses.text.sentence_at(clauses.text.tokens[at].start)]
    return at - sentence.first <= _OPENING


def _add(draft: Draft, clauses: Clauses, at: int, countries: Mapping[str, set[str]]) -> None:
    visitors = {country for entity in draft.actors for country in countries.get(entity, ()) if country}
    for one, country in _present(clauses, at):
        if one.entity in draft.actors or one.entity in draft.recipients:
            continue
        came = "visit" not in draft.modes or country in visitors
        slot = draft.actors if came else draft.recipients
        slot[one.entity] = Role(one.entity, one.span, "attendee", _SCORE)


def _present(clauses: Clauses, at: int) -> Iterator[tuple[Participant, str]]:
    """The persons named behind the verb at a token, each with the country for which he was there, if it is told."""
    side, start = "", at + 2
    last = clauses.right(at, clauses.text.sentence_at(clauses.text.tokens[at].start), _REACH)
    for one in clauses.between(start, last):
        if one.kind == "PER":
            side = _side(clauses, start, one.last) or side
            yield one, side or _country(clauses, start, one)
            start = one.last


def _side(clauses: Clauses, first: int, last: int) -> str:
    """``من الجانب العماني``: the country of the side that is named among some tokens."""
    tokens = clauses.text.tokens[first:last]
    for one, other in pairwise(tokens):
        made = nation(other.folded) if bare_word(one.folded) == _SIDE else None
        if made is not None:
            return made[0]
    return ""


def _country(clauses: Clauses, first: int, one: Participant) -> str:
    """The country of somebody's office, told in his title or right before it."""
    if one.label == _POSTED:
        return ""
    named = [other.entity for other in clauses.between(first, one.first) if other.entity in states()]
    return one.nation or next(iter(named), "")
