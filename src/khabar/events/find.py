"""Events of a text: triggers, their roles, status, date and place, put together into one entry an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from khabar.events.clauses import FIRM, Clauses, Mention
from khabar.events.contents import Contents
from khabar.events.coreference import resolve
from khabar.events.merge import Draft, merge
from khabar.events.participants import Finder
from khabar.events.particles import particles
from khabar.events.roles import fill_roles
from khabar.events.sides import sides_of
from khabar.events.status import status_of
from khabar.events.triggers import Trigger, find_triggers
from khabar.events.when_where import OUTSIDE, Calendar, day, later, place_of, role_span
from khabar.model import Claim, Event, EventStatus, Name, Published, Role, Span, Time
from khabar.text import Tokenized

_EARLY = 4
"""Sentences after the first that still tell the day's news."""
_STATUS_ORDER = ("negated", "hypothetical", "actual")
_DEATHS = frozenset(["قتل", "مقتل", "مصرع", "لقي مصرع", "لقي حتف"])
_ACCIDENT_REACH = 25
_REFERENCE = 0.15
"""What an event loses in score that no verb in the past tells."""
_MEETINGS = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN"})


@dataclass(frozen=True, slots=True)
class _Document:
    """What all events of a text share."""

    clauses: Clauses
    contents: Contents
    story: Time | None
    """The day that the lead names."""
    named: frozenset[str]


def find_events(
    text: Tokenized, times: Sequence[Time], names: Sequence[Name], claims: Sequence[Claim], published: Published | None
) -> tuple[Event, ...]:
    """The events that a text tells of, in the order of their first mention.

    Source of the method: PLOVER's types and modes; triggers and roles by lexicon, word order and prepositions.
    """
    triggers = find_triggers(text, _covered(text, [name.span for name in names]))
    verbs = frozenset(trigger.token for trigger in triggers if trigger.entry.word_class == "verb")
    found = Finder(text, names, verbs, frozenset(trigger.token for trigger in triggers)).all()
    dated = _covered(text, [time.span for time in times])
    clauses = Clauses(text, resolve(text, found, names), triggers, claims, dated)
    named = frozenset(name.entity for name in names)
    calendar = Calendar(text, times)
    mentions = _mentions(text, clauses, triggers, calendar, published, named)
    drafts = [draft for draft in merge(_kept(text, mentions, named), named) if _tells(draft)]
    document = _Document(clauses, Contents(claims), calendar.story_day(), named)
    return tuple(_event(number, draft, document) for number, draft in enumerate(drafts, 1))


def _covered(text: Tokenized, spans: Sequence[Span]) -> frozenset[int]:
    """The tokens on which spans stand."""
    found: set[int] = set()
    for span in spans:
        found.update(range(text.token_at(span.start), text.token_at(max(span.start, span.end - 1)) + 1))
    return frozenset(found)


def _mentions(
    text: Tokenized,
    clauses: Clauses,
    triggers: Sequence[Trigger],
    calendar: Calendar,
    published: Published | None,
    named: frozenset[str],
) -> list[Mention]:
    found: list[Mention] = []
    previous: Mention | None = None
    for trigger in triggers:
        mention = _mention(text, clauses, trigger, previous, named)
        clauses.acted_on.update(mention.acted_on)
        mention.status = status_of(clauses, mention)
        _date(clauses, mention, calendar, published)
        clauses.pair = _pair(mention, named) or clauses.pair
        found.append(mention)
        if mention.actors and mention.trigger.entry.word_class == "verb":
            previous = mention
    return found


def _mention(
    text: Tokenized, clauses: Clauses, trigger: Trigger, previous: Mention | None, named: frozenset[str]
) -> Mention:
    """The first reading of a trigger that has what it needs, else the first."""
    first: Mention | None = None
    for reading in (trigger, *trigger.others):
        mention = Mention(reading, text.sentence_at(reading.start), pair=clauses.pair)
        fill_roles(clauses, mention, previous)
        if _filled(mention, named):
            return mention
        first = first or mention
    assert first is not None
    return first


def _pair(mention: Mention, named: frozenset[str]) -> tuple[Role, ...]:
    """The named sides of a meeting or agreement, if there are two of them."""
    sides = [role for role in (*mention.actors, *mention.recipients) if role.entity in named]
    return tuple(sides) if len(sides) == 2 and mention.trigger.entry.type in _MEETINGS else ()


def _date(clauses: Clauses, mention: Mention, calendar: Calendar, published: Published | None) -> None:
    time, mention.date_cost = calendar.nearest(clauses, mention)
    time = time or calendar.carried(mention)
    if time is None or time.value is None:
        return
    mention.date, mention.date_span = day(time.value), time.span
    if later(mention.date, published) and mention.status == "actual" and mention.trigger.analysis.tense != "past":
        mention.status = "actual" if mention.trigger.entry.type in _SPOKEN else "future"


def _kept(text: Tokenized, mentions: Sequence[Mention], named: frozenset[str]) -> list[Mention]:
    """The mentions that have what they need; deaths do not count beside an accident, the wounded only beside more."""
    filled = [one for one in mentions if _filled(one, named)]
    attacks = {one.sentence for one in filled if _is_attack(one) and one.trigger.entry.form not in _DEATHS}
    able = [one for one in filled if one.sentence in attacks or not _by_accident(text, one)]
    violent = {one.sentence for one in able if _is_attack(one)}
    return [one for one in able if one.trigger.entry.needs != "victims" or one.sentence in violent]


def _is_attack(mention: Mention) -> bool:
    return mention.trigger.entry.type == "ASSAULT" and mention.trigger.entry.needs != "victims"


def _by_accident(text: Tokenized, mention: Mention) -> bool:
    """``مقتل ثلاثة في حادث مروري``: nobody killed them."""
    if mention.trigger.entry.form not in _DEATHS:
        return False
    sentence, token = text.sentences[mention.sentence], mention.trigger.token
    first, last = max(sentence.first, token - _ACCIDENT_REACH), min(sentence.last, token + _ACCIDENT_REACH)
    return any(word.folded in particles("accident") for word in text.tokens[first:last])


def _filled(mention: Mention, named: frozenset[str]) -> bool:
    """Are the roles filled that the trigger's row asks for?  Weak rules do not count."""
    roles = [role for role in (*mention.actors, *mention.recipients) if role.score >= FIRM]
    actors = sum(role in mention.actors for role in roles)
    recipients = len(roles) - actors
    return {
        "": True,
        "victims": True,
        "any": bool(actors or recipients) or ("place" in mention.trigger.entry.taken and bool(mention.places)),
        "both": bool(actors and recipients) or actors > 1,
        "actor": actors > 0,
        "recipient": recipients > 0,
        "armed": mention.armed,
        "force": mention.force,
        "person": mention.person,
        "named": any(role.entity in named for role in roles),
    }[mention.trigger.entry.needs]


def _event(number: int, draft: Draft, document: _Document) -> Event:
    clauses = document.clauses
    ordered = sorted(draft.mentions, key=lambda one: (-_fullness(one), one.trigger.start))
    spans = tuple(_span(clauses.text, one.trigger) for one in ordered)
    told_by = document.contents.holding(spans)
    place = place_of(clauses, ordered)
    actors, recipients = sides_of(draft, document.named)
    date, date_span = _day_of(ordered, _status(draft), told_by, document.story)
    return Event(
        f"e{number}", spans, draft.type, _mode(draft), _status(draft), actors, recipients, date, date_span,
        place.entity if place else None, role_span(place), told_by,
        f"trigger:{ordered[0].trigger.entry.form}", _score(draft),
    )  # fmt: skip


def _tells(draft: Draft) -> bool:
    """Does the text say anything about it?  One bare noun without who, whom, where or when tells of no event."""
    if len(draft.mentions) > 1 or draft.mentions[0].trigger.entry.word_class != "noun":
        return True
    return bool(draft.actors or draft.recipients or draft.places or draft.dates)


def _day_of(
    mentions: Sequence[Mention], status: str, told_by: Sequence[str], story: Time | None
) -> tuple[str | None, Span | None]:
    """The fullest mention's date near it; else the story's own day, for what the outlet tells first in verbs."""
    dates = [one for one in mentions if one.date]
    dated = min(dates, key=lambda one: one.date_cost >= OUTSIDE, default=None)
    if dated is not None:
        return dated.date, dated.date_span
    verbs = [one for one in mentions if one.trigger.entry.word_class != "noun"]
    early = min(one.sentence for one in mentions) <= _EARLY
    if story is None or not verbs or not early or told_by or status != "actual":
        return None, None
    return day(story.value or ""), story.span


def _fullness(mention: Mention) -> int:
    return min(2, len(mention.actors)) + min(2, len(mention.recipients)) + bool(mention.date)


def _span(text: Tokenized, trigger: Trigger) -> Span:
    return text.span(trigger.start, trigger.end)


def _mode(draft: Draft) -> str | None:
    for mention in draft.mentions:
        if mention.trigger.entry.mode:
            return mention.trigger.entry.mode
    return None


def _status(draft: Draft) -> EventStatus:
    """What the mentions say together: a past verb outweighs plans, plans a bare noun; a definite noun says nothing."""
    told = [one.status for one in draft.mentions if not _referred(one)]
    if not told or _past(draft):
        return "actual"
    if "future" in told:
        return "future"
    counts = {status: told.count(status) for status in _STATUS_ORDER}
    return cast(EventStatus, max(_STATUS_ORDER, key=lambda status: counts[status]))


def _referred(mention: Mention) -> bool:
    """``الهجوم``, ``رفض الاتفاق``: a definite noun takes up what is known; an agreement that is refused was made."""
    settled = mention.status == "actual" or mention.trigger.entry.type == "SUPPORT"
    return mention.trigger.analysis.article and settled


def _past(draft: Draft) -> bool:
    return any(one.trigger.analysis.tense == "past" and one.status == "actual" for one in draft.mentions)


def _score(draft: Draft) -> float:
    """How sure it is that the text tells of an event: more mentions and roles, a verb, but not bare references."""
    told = sum(map(_told, draft.mentions))
    score = 0.45 + 0.05 * len(draft.mentions) + 0.05 * sum(map(_fullness, draft.mentions)) + 0.1 * told
    return round(max(0.2, min(0.95, score if told else score - _REFERENCE)), 2)


def _told(mention: Mention) -> bool:
    """Is it told by a verb in the past, not only referred to (``منذ الهجوم``)?"""
    return mention.trigger.analysis.tense == "past" and mention.status == "actual"
