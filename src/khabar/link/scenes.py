"""What linking knows of one document's event: who, when, where, in which words, in which story."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from khabar.link.bodies import SHINGLE, Body, Passage
from khabar.link.stories import Vector, Weights, content_words
from khabar.link.trigger_roots import roots_of
from khabar.model import Annotated, Claim, Event, Name, Role, Span, Value
from khabar.text import fold

FAMILIES = (
    frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "CONCEDE"}),
    frozenset({"AID", "COOPERATE", "SUPPORT"}),
    frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"}),
    frozenset({"SANCTION", "COERCE", "REJECT", "RETREAT"}),
    frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"}),
    frozenset({"RETREAT", "CONCEDE", "MOBILIZE"}),
)
"""Types of PLOVER that two reports may give to one event."""

_NEAR = 60
"""Characters behind a word of saying within which a date belongs to it."""
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_COMMON, _RARE = 2.5, 5.0
"""Weights of words: of a name that one report in ten has, and of one that one in a hundred and fifty has."""


@dataclass(frozen=True)
class Scene:
    """A document's event for comparison."""

    id: str
    document: Annotated
    event: Event
    day: int | None
    """Day on which the document was published."""
    when: tuple[int, int] | None
    """First and last day that the event's date allows."""
    actors: frozenset[str]
    recipients: frozenset[str]
    rare: Mapping[str, float]
    """For each of these how telling it is that it takes part, 0 to 1: little if one report in ten names it."""
    triggers: frozenset[str]
    """Rough roots of the words that name it."""
    own: frozenset[str]
    """Those of them that name no other event of the report."""
    spots: frozenset[int]
    """Shingles of the text that hold a trigger: copies share them."""
    words: Vector
    around: frozenset[str]
    """Places that its sentences name, one of which may lie in another (``في تاجوراء شرق طرابلس``)."""
    names: frozenset[str]
    """Whatever its sentences name."""
    company: Mapping[str, float]
    """The people and bodies among these, each with how telling it is, as in `rare`."""
    counts: Mapping[str, tuple[float, float]]
    """Lowest and highest number for every fate that figures of this event tell (``dead``)."""
    story: str
    values: tuple[Value, ...] | None = None
    """What its document tells of it, where that has been found out."""


def scenes(
    documents: Sequence[Annotated], texts: Mapping[str, Body], weights: Weights, stories: Mapping[str, str]
) -> list[Scene]:
    """One scene for every event, by date of publication, document and place in the text."""
    found = [
        _scene(document, event, texts[document.document.id], weights, stories)
        for document in documents
        for event in document.events
    ]
    return sorted(
        found, key=lambda scene: (texts[scene.document.document.id].order, scene.event.triggers[0].start, scene.id)
    )


def _scene(document: Annotated, event: Event, text: Body, weights: Weights, stories: Mapping[str, str]) -> Scene:
    name = document.document.id
    event = _without_time_of_saying(document, event)
    passages = list(_passages(text, event))
    words = [word for passage in passages for word in passage.words]
    names = _within(document.names, passages)
    return Scene(
        id=f"{name}#{event.id}", document=document, event=event, day=text.day, when=interval(event.date),
        actors=frozenset(role.entity for role in event.actors),
        recipients=frozenset(role.entity for role in event.recipients),
        rare=_rarities((*event.actors, *event.recipients), weights),
        triggers=_roots(event),
        own=_roots(event) - _roots(*(other for other in document.events if other.id != event.id)),
        spots=frozenset(_spots(event, passages)),
        words=weights.vector(content_words(words)),
        around=frozenset(name.entity for name in names if name.type == "LOC"),
        names=frozenset(name.entity for name in names), company=_company(names, weights),
        counts=_counts(document, event), story=stories.get(name, name),
    )  # fmt: skip


def _rarities(roles: Sequence[Role], weights: Weights) -> dict[str, float]:
    """By the rarest word that names each; one whose name is not told there is taken for rare."""
    return _most((role.entity, _rarity(role.span.text, weights) if role.span else 1.0) for role in roles)


def _company(names: Sequence[Name], weights: Weights) -> dict[str, float]:
    return _most((name.entity, _rarity(name.span.text, weights)) for name in names if name.type != "LOC")


def _most(scored: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for label, score in scored:
        found[label] = max(found.get(label, 0.0), score)
    return found


def _rarity(named: str, weights: Weights) -> float:
    words = content_words([fold(word) for word in named.split()])
    rarest = max(map(weights, words), default=_COMMON)
    return min(1.0, max(0.0, (rarest - _COMMON) / (_RARE - _COMMON)))


def _without_time_of_saying(document: Annotated, event: Event) -> Event:
    """The event without a date that is but a guess, or tells when it was said (``بحسب ما أعلنت الوزارة أمس``)."""
    event = replace(event, date=event.firm_date, date_span=event.date_span if event.firm_date else None)
    told = [claim for claim in document.claims if claim.id in event.claims and claim.cue is not None]
    if event.date_span is None or not told:
        return event
    saying = any(_told_at(claim, event.date_span, trigger) for claim in told for trigger in event.triggers)
    return replace(event, date=None, date_span=None) if saying else event


def _told_at(claim: Claim, date: Span, trigger: Span) -> bool:
    """Does the date stand outside the content that holds the trigger, beside the word of saying behind it?"""
    inside = claim.content.start <= trigger.start < claim.content.end
    return (
        inside and claim.cue is not None and claim.content.end <= claim.cue.start < date.start < claim.cue.end + _NEAR
    )


def _counts(document: Annotated, event: Event) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for figure in document.figures:
        if figure.event == event.id and figure.kind and not figure.vague:
            low, high = found.get(figure.kind, (figure.low, figure.high))
            found[figure.kind] = min(low, figure.low), max(high, figure.high)
    return found


def _passages(text: Body, event: Event) -> Iterator[Passage]:
    """The sentences that hold the first triggers, each once."""
    starts = [span.start for span in event.triggers[:2]]
    return (passage for passage in text.passages if any(passage.start <= start < passage.end for start in starts))


def _within(names: Sequence[Name], passages: Sequence[Passage]) -> list[Name]:
    return [name for name in names if any(passage.start <= name.span.start < passage.end for passage in passages)]


def _roots(*events: Event) -> frozenset[str]:
    return frozenset(root for event in events for span in event.triggers for root in roots_of(span.text))


def _spots(event: Event, passages: Sequence[Passage]) -> Iterator[int]:
    for passage in passages:
        for span in event.triggers[:2]:
            if passage.start <= span.start < passage.end:
                at = bisect_right(passage.starts, span.start) - 1
                yield from passage.shingles[max(0, at - SHINGLE + 1) : at + 1]


def interval(value: str | None) -> tuple[int, int] | None:
    """First and last day of an ISO date, month, year or range of these; None for anything else.

    >>> first, last = interval("2020-02")
    >>> last - first
    28
    """
    if value is None or value.startswith("P"):
        return None
    ends = [_day_range(part) for part in value.split("/")[:2]]
    known = [end for end in ends if end is not None]
    return (known[0][0], known[-1][1]) if known and known[0][0] <= known[-1][1] else None


def _day_range(value: str) -> tuple[int, int] | None:
    if week := _WEEK.match(value):
        return _week_range(int(week[1]), int(week[2]))
    found = _ISO.match(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 1, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first.toordinal(), first.toordinal()
    last = first.replace(day=monthrange(first.year, month)[1]) if month else date(first.year, 12, 31)
    return first.toordinal(), last.toordinal()


def _week_range(year: int, week: int) -> tuple[int, int] | None:
    """Monday to Sunday, and the two days before, with which the week begins in most of the Arab world."""
    try:
        monday = date.fromisocalendar(year, week, 1).toordinal()
    except ValueError:
        return None
    return monday - 2, monday + 6
