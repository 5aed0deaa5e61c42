"""Events of a text: triggers, their roles, status, date and place, put together into one entry an event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import cast

from khabar.events.clauses import FIRM, Clauses, Mention
from khabar.events.merge import Draft, merge
from khabar.events.participants import Finder
from khabar.events.roles import fill_roles
from khabar.events.status import status_of
from khabar.events.triggers import Trigger, find_triggers
from khabar.events.when_where import Calendar, day, later, place_of, role_span
from khabar.model import Claim, Event, EventStatus, Name, Published, Role, Span, Time
from khabar.text import Tokenized

_STATUS_ORDER = ("negated", "hypothetical", "actual")
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN"})


def find_events(
    text: Tokenized, times: Sequence[Time], names: Sequence[Name], claims: Sequence[Claim], published: Published | None
) -> tuple[Event, ...]:
    """The events that a text tells of, in the order of their first mention.

    Source of the method: PLOVER's types and modes; triggers and roles by lexicon, word order and prepositions.
    """
    triggers = find_triggers(text, _covered(text, names))
    verbs = frozenset(trigger.token for trigger in triggers if trigger.entry.word_class == "verb")
    clauses = Clauses(
        text, Finder(text, names, verbs, frozenset(trigger.token for trigger in triggers)).all(), triggers, claims
    )
    named = frozenset(name.entity for name in names)
    mentions = _mentions(text, clauses, triggers, Calendar(text, times), published, named)
    drafts = merge(_kept(mentions, named), named)
    contents = _Contents(claims)
    return tuple(_event(number, clauses, draft, contents) for number, draft in enumerate(drafts, 1))


def _covered(text: Tokenized, names: Sequence[Name]) -> frozenset[int]:
    found: set[int] = set()
    for name in names:
        found.update(range(text.token_at(name.span.start), text.token_at(max(name.span.start, name.span.end - 1)) + 1))
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
        mention = Mention(reading, text.sentence_at(reading.start))
        fill_roles(clauses, mention, previous)
        if _filled(mention, named):
            return mention
        first = first or mention
    assert first is not None
    return first


def _date(clauses: Clauses, mention: Mention, calendar: Calendar, published: Published | None) -> None:
    time = calendar.nearest(clauses, mention) or calendar.carried(mention)
    if time is None or time.value is None:
        return
    mention.date, mention.date_span = day(time.value), time.span
    if later(mention.date, published) and mention.status == "actual" and mention.trigger.analysis.tense != "past":
        mention.status = "actual" if mention.trigger.entry.type in _SPOKEN else "future"


def _kept(mentions: Sequence[Mention], named: frozenset[str]) -> list[Mention]:
    """The mentions that have what they need; victims count only beside the attack that made them."""
    filled = [one for one in mentions if _filled(one, named)]
    attacks = {
        one.sentence for one in filled if one.trigger.entry.type == "ASSAULT" and one.trigger.entry.needs != "victims"
    }
    return [one for one in filled if one.trigger.entry.needs != "victims" or one.sentence in attacks]


def _filled(mention: Mention, named: frozenset[str]) -> bool:
    """Are the roles filled that the trigger's row asks for?  Weak rules do not count."""
    roles = [role for role in (*mention.actors, *mention.recipients) if role.score >= FIRM]
    actors = sum(role in mention.actors for role in roles)
    recipients = len(roles) - actors
    return {
        "": True,
        "victims": True,
        "any": bool(actors or recipients),
        "both": bool(actors and recipients) or actors > 1,
        "actor": actors > 0,
        "recipient": recipients > 0,
        "armed": mention.armed,
        "force": mention.force,
        "person": mention.person,
        "named": any(role.entity in named for role in roles),
    }[mention.trigger.entry.needs]


def _event(number: int, clauses: Clauses, draft: Draft, contents: _Contents) -> Event:
    ordered = sorted(draft.mentions, key=lambda one: (-_fullness(one), one.trigger.start))
    spans = tuple(_span(clauses.text, one.trigger) for one in ordered)
    dated = next((one for one in ordered if one.date), None)
    place = next((found for found in (place_of(clauses, one) for one in ordered) if found), None)
    actors, recipients = _sides(draft)
    return Event(
        f"e{number}", spans, draft.type, _mode(draft), _status(draft), actors, recipients,
        dated.date if dated else None, dated.date_span if dated else None,
        place.entity if place else None, role_span(place), contents.holding(spans),
        f"trigger:{ordered[0].trigger.entry.form}", _score(draft),
    )  # fmt: skip


def _sides(draft: Draft) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """Actors and recipients; who is told as both is kept where the surer rule put him."""
    actors, recipients = dict(draft.actors), dict(draft.recipients)
    for entity in actors.keys() & recipients.keys():
        del (recipients if actors[entity].score >= recipients[entity].score else actors)[entity]
    return tuple(actors.values()), tuple(recipients.values())


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
    told = [one.status for one in draft.mentions if not (one.trigger.analysis.article and one.status == "actual")]
    if not told or _past(draft):
        return "actual"
    if "future" in told:
        return "future"
    counts = {status: told.count(status) for status in _STATUS_ORDER}
    return cast(EventStatus, max(_STATUS_ORDER, key=lambda status: counts[status]))


def _past(draft: Draft) -> bool:
    return any(one.trigger.analysis.tense == "past" and one.status == "actual" for one in draft.mentions)


class _Contents:
    """The contents of claims, looked up by span."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = sorted(claims, key=lambda claim: claim.content.start)
        self.starts = [claim.content.start for claim in self.claims]
        self.furthest = list(accumulate((claim.content.end for claim in self.claims), max))
        self.order = {claim.id: number for number, claim in enumerate(claims)}

    def holding(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """Ids of the claims in whose content one of the spans stands, in the order of the claims."""
        found: set[str] = set()
        for span in spans:
            at = bisect_right(self.starts, span.start) - 1
            while at >= 0 and self.furthest[at] >= span.end:
                if self.claims[at].content.end >= span.end:
                    found.add(self.claims[at].id)
                at -= 1
        return tuple(sorted(found, key=self.order.__getitem__))


def _score(draft: Draft) -> float:
    return round(min(0.95, 0.4 + 0.1 * len(draft.mentions) + 0.05 * sum(map(_fullness, draft.mentions))), 2)
