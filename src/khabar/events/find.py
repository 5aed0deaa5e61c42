"""Events of a text: triggers, their roles, status, date and place, put together into one entry an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from khabar.events.actors import states
from khabar.events.attendees import attend
from khabar.events.clauses import FIRM, Clauses, Mention
from khabar.events.contents import Contents
from khabar.events.coreference import resolve
from khabar.events.date_fit import SPOKEN, event_date, later, probability
from khabar.events.happenings import find_happenings
from khabar.events.learned import opinion
from khabar.events.meetings import gather
from khabar.events.merge import Draft, merge
from khabar.events.opponents import oppose
from khabar.events.participants import Finder
from khabar.events.particles import particles
from khabar.events.proposed import propose
from khabar.events.roles import fill_roles
from khabar.events.sides import invite, sides_of
from khabar.events.status import status_of
from khabar.events.told_by import told_again
from khabar.events.triggers import Trigger, carried_nouns, find_triggers
from khabar.events.when_where import Calendar, place_of, role_span
from khabar.model import Claim, Event, EventStatus, Name, Published, Role, Span, Time
from khabar.text import Tokenized, fold

_STATUS_ORDER = ("negated", "hypothetical", "actual")
_GOOD_DATE = -0.5
"""Points from which on a date fits well enough; of several such the fullest mention's is taken."""
_WEIGHED = 12
"""Mentions of an event, the fullest, whose dates are weighed."""
_ACCIDENT_REACH = 25
_DURING = 8
"""Tokens on either side of a word in which ``خلال الزيارة`` tells when it was."""
_OWN_CLAUSE, _PLACED, _MORE, _MOST_MORE = 0.3, 0.15, 0.04, 3
"""Parts of the score of an event: it has a clause of its own, a recipient or a place, more mentions and roles."""
_MEETINGS = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class _Document:
    """What all events of a text share."""

    clauses: Clauses
    contents: Contents
    calendar: Calendar
    named: frozenset[str]
    towns: frozenset[str]
    """Labels of the places that are no states nor their capitals."""
    drafts: dict[int, Draft]
    """The draft to which each trigger, by its token, belongs."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What bears out that an ambiguous word names an event."""

    named: frozenset[str]
    """Labels of all that the text names."""
    likely: Mapping[str, frozenset[int]]
    """For each type the tokens that the encoder holds to name such an event."""


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
    calendar = Calendar(text, times, learned, published)
    evidence = _Evidence(named, learned.likely if learned is not None else {})
    mentions = _mentions(text, clauses, triggers, calendar, evidence)
    if learned is not None:
        mentions = [one for one in mentions if one.trigger.token not in learned.nothing]
    able = frozenset(one.trigger.token for one in _kept(text, mentions, evidence))
    later = frozenset(one.trigger.token for one in mentions if _follows_on(text, one))
    drafts = [draft for draft in merge(mentions, named, able, later) if _tells(draft)]
    invite(drafts)
    attend(drafts, clauses)
    gather(drafts, clauses)
    oppose(drafts, named)
    if learned is not None:
        propose(drafts, clauses, names, _towns(names), learned.links)
    by_token = {one.trigger.token: draft for draft in drafts for one in draft.mentions}
    document = _Document(clauses, Contents(claims), calendar, named, _towns(names), by_token)
    events = [_event(number, draft, document) for number, draft in enumerate(drafts, 1)]
    if learned is not None:
        events = told_again(events, drafts, mentions, claims, text, learned.links)
    return (*events, *find_happenings(clauses, calendar, document.contents, published, events))


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
    evidence: _Evidence,
) -> list[Mention]:
    found: list[Mention] = []
    previous: Mention | None = None
    for trigger in triggers:
        mention = _mention(text, clauses, trigger, previous, evidence)
        clauses.acted_on.update(mention.acted_on)
        mention.status = clauses.statuses[trigger.token] = status_of(clauses, mention)
        _date(clauses, mention, calendar)
        clauses.pair = _pair(mention, evidence.named) or clauses.pair
        found.append(mention)
        if mention.actors and mention.trigger.entry.word_class == "verb":
            previous = mention
    return found


def _mention(
    text: Tokenized, clauses: Clauses, trigger: Trigger, previous: Mention | None, evidence: _Evidence
) -> Mention:
    """The first reading of a trigger that has what it needs, else the first."""
    first: Mention | None = None
    for reading in (trigger, *trigger.others):
        mention = Mention(reading, text.sentence_at(reading.start), pair=clauses.pair)
        fill_roles(clauses, mention, previous)
        if _filled(mention, evidence):
            return mention
        first = first or mention
    assert first is not None
    return first


def _pair(mention: Mention, named: frozenset[str]) -> tuple[Role, ...]:
    """The named sides of a meeting or agreement, if there are two of them."""
    sides = [role for role in (*mention.actors, *mention.recipients) if role.entity in named]
    return tuple(sides) if len(sides) == 2 and mention.trigger.entry.type in _MEETINGS else ()


def _date(clauses: Clauses, mention: Mention, calendar: Calendar) -> None:
    """The date that the mention's own sentence gives it; a day to come makes what is told in no past tense future."""
    time, mention.date_fit = calendar.nearest(clauses, mention)
    if time is None or time.value is None:
        return
    mention.date, mention.date_span = event_date(mention.trigger.entry.type, time.value), time.span
    ahead = later(mention.date, calendar.published) and mention.trigger.analysis.tense != "past"
    if ahead and mention.status == "actual" and mention.trigger.entry.type not in SPOKEN:
        mention.status = "future"


def _kept(text: Tokenized, mentions: Sequence[Mention], evidence: _Evidence) -> list[Mention]:
    """The mentions that have what they need; deaths do not count beside an accident, the wounded only beside more."""
    filled = [one for one in mentions if _filled(one, evidence)]
    attacks = {one.sentence for one in filled if _is_attack(one) and not _is_death(one)}
    able = [one for one in filled if one.sentence in attacks or not _by_accident(text, one)]
    violent = {one.sentence for one in able if _is_attack(one)}
    return [one for one in able if one.trigger.entry.needs != "victims" or one.sentence in violent]


def _is_attack(mention: Mention) -> bool:
    return mention.trigger.entry.type == "ASSAULT" and mention.trigger.entry.needs != "victims"


def _is_death(mention: Mention) -> bool:
    """``قتل``, ``لقي مصرعه``: the word alone does not say that somebody killed."""
    return fold(mention.trigger.entry.form) in particles("death")


def _by_accident(text: Tokenized, mention: Mention) -> bool:
    """``مقتل ثلاثة في حادث مروري``: nobody killed them."""
    if not _is_death(mention):
        return False
    sentence, token = text.sentences[mention.sentence], mention.trigger.token
    first, last = max(sentence.first, token - _ACCIDENT_REACH), min(sentence.last, token + _ACCIDENT_REACH)
    return any(word.folded in particles("accident") for word in text.tokens[first:last])


def _filled(mention: Mention, evidence: _Evidence) -> bool:
    """Are the roles filled that the trigger's row asks for, or is the encoder sure without?  Weak rules do not count.

    A word that must be ``known`` only takes up an event that others tell of.
    """
    entry = mention.trigger.entry
    if entry.needs != "known" and mention.trigger.token in evidence.likely.get(entry.type, ()):
        return True
    roles = [role for role in (*mention.actors, *mention.recipients) if role.score >= FIRM]
    actors = sum(role in mention.actors for role in roles)
    recipients = len(roles) - actors
    return {
        "": True,
        "victims": True,
        "explosive": True,
        "any": bool(actors or recipients) or ("place" in entry.taken and bool(mention.places)),
        "both": bool(actors and recipients) or actors > 1,
        "actor": actors > 0,
        "recipient": recipients > 0,
        "armed": mention.armed,
        "force": mention.force,
        "person": mention.person,
        "known": False,
        "named": any(role.entity in evidence.named for role in roles),
    }[entry.needs]


def _event(number: int, draft: Draft, document: _Document) -> Event:
    clauses = document.clauses
    ordered = sorted(draft.mentions, key=lambda one: (-_fullness(one), one.trigger.start))
    spans = _named_by(ordered, document)
    told_by = document.contents.holding(spans)
    place = place_of(clauses, ordered)
    actors, recipients = sides_of(draft, document.named, document.towns)
    date, date_span, date_score = _day_of(ordered, document)
    status = _status(draft, document.calendar.published)
    return Event(
        f"e{number}", spans, draft.type, _mode(draft), status, actors, recipients, date, date_span,
        place.entity if place else None, role_span(place), told_by,
        f"trigger:{ordered[0].trigger.entry.form}", _score(clauses, draft), date_score,
    )  # fmt: skip


def _follows_on(text: Tokenized, mention: Mention) -> bool:
    """Is it what the rest of its sentence came after (``جاءت الزيارة في أعقاب زيارة قام بها فلان``)?"""
    before = text.tokens[mention.trigger.token - 1].folded if mention.trigger.token else ""
    analysis = mention.trigger.analysis
    bare = mention.trigger.entry.word_class == "noun" and not analysis.article and not analysis.pronoun
    return bare and before.removeprefix("و") in particles("aftermath")


def _tells(draft: Draft) -> bool:
    """Does the text say anything about it?  One bare noun without who, whom, where or when tells of no event."""
    if len(draft.mentions) > 1 or draft.mentions[0].trigger.entry.word_class != "noun":
        return True
    return bool(draft.actors or draft.recipients or draft.places or draft.dates)


def _day_of(mentions: Sequence[Mention], document: _Document) -> tuple[str | None, Span | None, float | None]:
    """The date that fits one of the mentions best, else that of the event during which it was; and how probable."""
    kind = mentions[0].trigger.entry.type
    fits = [document.calendar.fitting(document.clauses, one) for one in mentions[:_WEIGHED]]
    time, fit = max(fits, key=lambda pair: min(pair[1], _GOOD_DATE))
    if time is not None:
        return event_date(kind, time.value or ""), time.span, probability(fit)
    around = _around(mentions, document)
    if around is None:
        return None, None, None
    return event_date(kind, around.date or ""), around.date_span, probability(around.date_fit)


def _best_dated(mentions: Sequence[Mention]) -> Mention | None:
    return max((one for one in mentions if one.date), key=lambda one: one.date_fit, default=None)


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


def _named_by(mentions: Sequence[Mention], document: _Document) -> tuple[Span, ...]:
    """The words that name an event: its triggers, then the nouns of its light verbs that no trigger covers."""
    text = document.clauses.text
    nouns = sorted({at for one in mentions for at in carried_nouns(text, one.trigger)} - document.drafts.keys())
    own = [text.span(one.trigger.start, one.trigger.end) for one in mentions]
    return (*own, *(text.span(text.tokens[at].start, text.tokens[at].end) for at in nouns))


def _mode(draft: Draft) -> str | None:
    for mention in draft.mentions:
        if mention.trigger.entry.mode:
            return mention.trigger.entry.mode
    return None


def _status(draft: Draft, published: Published | None) -> EventStatus:
    """What the mentions say together: a past verb outweighs plans, plans a bare noun; a definite noun says nothing."""
    firsthand = [one for one in draft.mentions if not _referred(one)]
    told = [one.status for one in firsthand]
    if not told or _past(draft):
        return "actual"
    if "future" in told and not _under_way(firsthand, published):
        return "future"
    counts = {status: told.count(status) for status in _STATUS_ORDER}
    return cast(EventStatus, max(_STATUS_ORDER, key=lambda status: counts[status]))


def _under_way(mentions: Sequence[Mention], published: Published | None) -> bool:
    """``يقوم بزيارة ستشهد إجراء مباحثات``: a verb says that it goes on, and only its course is still to come.

    Not so where its day is to come (``يؤدي زيارة ... من 12 إلى 14``, in a headline ``يؤدي زيارة``).
    """
    if any(one.status == "future" and one.date and later(one.date, published) for one in mentions):
        return False
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
        return occurred or _is_death(mention) or entry.needs == "victims"
    if analysis.tense != "past" or (entry.tail and fold(entry.form.split()[0]) in particles("slogan")):
        return False
    attached = token - 1 in clauses.triggered and not analysis.prefix
    return not attached and not any(word in particles("relative") for word in before)
