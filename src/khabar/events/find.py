"""Events of a text: triggers, their roles, status, date and place, put together into one entry an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from khabar.events.actors import states
from khabar.events.clauses import FIRM, Clauses, Mention
from khabar.events.contents import Contents
from khabar.events.coreference import resolve
from khabar.events.date_fit import event_date, later
from khabar.events.learned import opinion
from khabar.events.merge import Draft, merge
from khabar.events.participants import Finder
from khabar.events.particles import particles
from khabar.events.roles import fill_roles
from khabar.events.sides import invite, sides_of
from khabar.events.status import status_of
from khabar.events.triggers import Trigger, find_triggers
from khabar.events.when_where import Calendar, place_of, role_span
from khabar.model import Claim, Event, EventStatus, Name, Published, Role, Span, Time
from khabar.text import Tokenized, fold

_EARLY = 4
"""Sentences after the first that still tell the day's news."""
_STATUS_ORDER = ("negated", "hypothetical", "actual")
_DEATHS = frozenset(["قتل", "مقتل", "مصرع", "لقي مصرع", "لقي حتف"])
_ACCIDENT_REACH = 25
_DURING = 8
"""Tokens on either side of a word in which ``خلال الزيارة`` tells when it was."""
_OWN_CLAUSE, _PLACED, _MORE, _MOST_MORE = 0.3, 0.15, 0.04, 3
"""Parts of the score of an event: it has a clause of its own, a recipient or a place, more mentions and roles."""
_GOOD_DATE = 0.5
"""Points from which on a date fits well enough; of several such the fullest mention's is taken."""
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
    towns: frozenset[str]
    """Labels of the places that are no states nor their capitals."""
    drafts: dict[int, Draft]
    """The draft to which each trigger, by its token, belongs."""


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
    learned = opinion(text)
    calendar = Calendar(text, times, learned)
    mentions = _mentions(text, clauses, triggers, calendar, published, named)
    if learned is not None:
        mentions = [one for one in mentions if one.trigger.token not in learned.nothing]
    drafts = [draft for draft in merge(_kept(text, mentions, named), named) if _tells(draft)]
    invite(drafts)
    by_token = {one.trigger.token: draft for draft in drafts for one in draft.mentions}
    document = _Document(clauses, Contents(claims), calendar.story_day(), named, _towns(names), by_token)
    return tuple(_event(number, draft, document) for number, draft in enumerate(drafts, 1))


def _towns(names: Sequence[Name]) -> frozenset[str]:
    acting = {name.entity for name in names if name.type != "LOC"} | states()
    return frozenset(name.entity for name in names) - acting


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
        mention.status = clauses.statuses[trigger.token] = status_of(clauses, mention)
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
    time, mention.date_fit = calendar.nearest(clauses, mention, published)
    time = time or calendar.carried(mention)
    if time is None or time.value is None:
        return
    mention.date, mention.date_span = event_date(mention.trigger.entry.type, time.value), time.span
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
    actors, recipients = sides_of(draft, document.named, document.towns)
    date, date_span = _day_of(ordered, _status(draft), told_by, document)
    return Event(
        f"e{number}", spans, draft.type, _mode(draft), _status(draft), actors, recipients, date, date_span,
        place.entity if place else None, role_span(place), told_by,
        f"trigger:{ordered[0].trigger.entry.form}", _score(clauses, draft),
    )  # fmt: skip


def _tells(draft: Draft) -> bool:
    """Does the text say anything about it?  One bare noun without who, whom, where or when tells of no event."""
    if len(draft.mentions) > 1 or draft.mentions[0].trigger.entry.word_class != "noun":
        return True
    return bool(draft.actors or draft.recipients or draft.places or draft.dates)


def _day_of(
    mentions: Sequence[Mention], status: str, told_by: Sequence[str], document: _Document
) -> tuple[str | None, Span | None]:
    """The date of the mention that it fits best; else that of the event during which it was.

    Else the story's own day, for what the outlet tells first in verbs.
    """
    kind = mentions[0].trigger.entry.type
    dated = _best_dated(mentions) or _around(mentions, document)
    if dated is not None:
        return event_date(kind, dated.date or ""), dated.date_span
    verbs = [one for one in mentions if one.trigger.entry.word_class != "noun"]
    early = min(one.sentence for one in mentions) <= _EARLY
    story = document.story
    if story is None or not verbs or not early or told_by or status != "actual":
        return None, None
    return event_date(kind, story.value or ""), story.span


def _best_dated(mentions: Sequence[Mention]) -> Mention | None:
    dates = [one for one in mentions if one.date]
    return max(dates, key=lambda one: min(one.date_fit, _GOOD_DATE), default=None)


def _around(mentions: Sequence[Mention], document: _Document) -> Mention | None:
    """``سيعقد خلال الزيارة لقاءات``: the dated mention of the event during which this one takes place."""
    tokens = document.clauses.text.tokens
    for one in mentions:
        sentence, token = document.clauses.text.sentences[one.sentence], one.trigger.token
        for at in range(max(sentence.first, token - _DURING), min(sentence.last, token + _DURING)):
            if tokens[at].folded in particles("during"):
                other = next((document.drafts[to] for to in (at + 1, at + 2) if to in document.drafts), None)
                if other is not None and one not in other.mentions:
                    return _best_dated(other.mentions)
    return None


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
    firsthand = [one for one in draft.mentions if not _referred(one)]
    told = [one.status for one in firsthand]
    if not told or _past(draft):
        return "actual"
    if "future" in told and not _under_way(firsthand):
        return "future"
    counts = {status: told.count(status) for status in _STATUS_ORDER}
    return cast(EventStatus, max(_STATUS_ORDER, key=lambda status: counts[status]))


def _under_way(mentions: Sequence[Mention]) -> bool:
    """``يقوم بزيارة ستشهد إجراء مباحثات``: a verb says that it goes on, and only its course is still to come."""
    begun = any(one.status == "actual" and one.trigger.entry.word_class == "verb" for one in mentions)
    return begun and all(one.trigger.entry.word_class == "noun" for one in mentions if one.status == "future")


def _referred(mention: Mention) -> bool:
    """``الهجوم``, ``رفض الاتفاق``: a definite noun takes up what is known; an agreement that is refused was made."""
    settled = mention.status == "actual" or mention.trigger.entry.type == "SUPPORT"
    return mention.trigger.analysis.article and settled


def _past(draft: Draft) -> bool:
    return any(one.trigger.analysis.tense == "past" and one.status == "actual" for one in draft.mentions)


def _score(clauses: Clauses, draft: Draft) -> float:
    """How sure it is that the text tells of an event as news: a clause of its own tells it, of whom or where."""
    told = any(_told(clauses, one) for one in draft.mentions)
    placed = bool(draft.recipients or draft.places)
    more = len(draft.mentions) - 1 + max(map(_fullness, draft.mentions))
    return round(0.25 + _OWN_CLAUSE * told + _PLACED * placed + _MORE * min(more, _MOST_MORE), 2)


def _told(clauses: Clauses, mention: Mention) -> bool:
    """Is it told by a verb in the past of a main clause (``قصفت``, ``اندلعت مظاهرات``), or as deaths announced?

    Not so where it is only referred to: ``منذ الهجوم``, ``المتهم الذي قتل``, ``هجوم استهدف``, and not by what a crowd
    holds up or shouts.
    """
    entry, analysis, token = mention.trigger.entry, mention.trigger.analysis, mention.trigger.token
    if mention.status != "actual" or analysis.article:
        return False
    before = [word.folded for word in clauses.text.tokens[max(0, token - 2) : token]]
    if entry.word_class == "noun":
        occurred = any(word.removeprefix("و") in particles("occurring") for word in before)
        return occurred or entry.form in _DEATHS or entry.needs == "victims"
    if analysis.tense != "past" or (entry.tail and fold(entry.form.split()[0]) in particles("slogan")):
        return False
    attached = token - 1 in clauses.triggered and not analysis.prefix
    return not attached and not any(word in particles("relative") for word in before)
