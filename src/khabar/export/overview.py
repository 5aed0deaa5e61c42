"""What a reader asks first: what is new, what is disputed and by whom, what several roots tell, which stories run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from khabar.export.dates import date_label, first_day
from khabar.export.labels import Label, counted
from khabar.export.views import EventView, Views, published, published_label
from khabar.model import Document, Entity, Mention

MOST = 12
"""Things of one kind that a list shows before it says how many more there are."""
_TITLE = 90
_RECENT = timedelta(hours=24)


def just_come(arrived: Mapping[str, str], since: str | None) -> tuple[str | None, frozenset[str]]:
    """The moment from which reports count as new, and their ids.

    `arrived` says when each came into the record (ISO 8601, UTC).  Without `since` the day before the last arrival
    counts; where everything came in that day, nothing is new.

    >>> just_come({"a": "2024-05-01T06:00:00+00:00", "b": "2024-05-02T07:00:00+00:00"}, None)
    ('2024-05-01T07:00:00+00:00', frozenset({'b'}))
    >>> just_come({"a": "2024-05-01T06:00:00+00:00"}, None)
    (None, frozenset())
    >>> just_come({"a": "2024-05-01T06:00:00+00:00"}, "2024-05-01")
    ('2024-05-01', frozenset({'a'}))
    """
    start = since or (_day_before(max(arrived.values())) if arrived else "")
    new = frozenset(id for id, at in arrived.items() if at >= start)
    return (start, new) if since or len(new) < len(arrived) else (None, frozenset())


def _day_before(moment: str) -> str:
    return (datetime.fromisoformat(moment) - _RECENT).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Told:
    """A report in a list: when, by whom, its title."""

    id: str
    published: Label | None
    outlet: str
    title: str
    copy_of: str | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Some:
    """The first of many."""

    events: tuple[EventView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands above everything else on the first page."""

    since: Label | None
    """From when on reports are new; None where no line can be drawn."""
    counts: tuple[Label, ...]
    reports: tuple[Told, ...]
    """The new ones, else the last ones."""
    more_reports: int
    new: Some
    contested: Some
    supported: Some


def overview(views: Views, since: str | None) -> Overview:
    """The answers over all events and documents."""
    every = (found.document for found in views.documents.values())
    documents = [document for document in every if not views.new or document.id in views.new]
    documents.sort(key=lambda document: (document.published.value if document.published else "", document.id))
    new = [event for event in views.events if event.news]
    return Overview(
        date_label(since[:16]) if since else None,
        (counted(len(documents), "report"), counted(len(new), "event")),
        tuple(told(views, document) for document in documents[: -MOST - 1 : -1]),
        max(0, len(documents) - MOST),
        _some(new),
        _some([event for event in views.events if event.happening.support in ("disputed", "denied")]),
        _some([event for event in views.events if event.happening.support == "corroborated"]),
    )


def _some(events: Sequence[EventView]) -> Some:
    """Those that most roots tell, or else most accounts, in their order."""
    best = sorted(events, key=lambda event: (-event.happening.independent, -len(event.accounts)))[:MOST]
    chosen = {event.happening.id for event in best}
    return Some(tuple(event for event in events if event.happening.id in chosen), len(events) - len(chosen))


def told(views: Views, document: Document, *, first: bool = False) -> Told:
    """A report as lists name it."""
    title = document.title or _beginning(" ".join(document.text[: 2 * _TITLE].split()))
    return Told(document.id, published_label(document), document.publisher, title, views.copied(document.id), first)


def _beginning(text: str) -> str:
    return text if len(text) <= _TITLE else text[:_TITLE].rpartition(" ")[0] + " …"


@dataclass(frozen=True, slots=True)
class StoryView:
    """Reports about one running matter, in the order in which they were published, and its events."""

    id: str
    label: str
    days: Label
    counts: tuple[Label, ...]
    reports: tuple[Told, ...]
    roots: tuple[str, ...]
    events: Some
    contested: bool
    news: bool


def stories(views: Views) -> Iterator[StoryView]:
    """All stories, those with the latest reports first."""
    roots = dict(views.links.roots)
    of_document = _by_document(views.events)
    made = []
    for story in views.links.stories:
        documents = sorted((views.documents[id].document for id in story.documents), key=published)
        told_in = (event for id in story.documents for event in of_document.get(id, ()))
        events = list({event.happening.id: event for event in told_in}.values())
        origins = sorted({views.name(root)[0] for id in story.documents for root in roots.get(id, ())})
        view = StoryView(
            story.id,
            story.label,
            _days(documents),
            (counted(len(documents), "report"), counted(len(origins), "root"), counted(len(events), "event")),
            tuple(told(views, document, first=not at) for at, document in enumerate(documents)),
            tuple(origins),
            _some(sorted(events, key=lambda event: first_day(event.happening.date))),
            any(event.happening.support in ("disputed", "denied") for event in events),
            any(id in views.new for id in story.documents),
        )
        made.append((published(documents[-1]), view))
    return (view for _, view in sorted(made, key=lambda pair: (pair[0], pair[1].id), reverse=True))


def _by_document(events: Sequence[EventView]) -> dict[str, list[EventView]]:
    found: dict[str, list[EventView]] = {}
    for event in events:
        for id in dict.fromkeys(mention.document for mention in event.happening.mentions):
            found.setdefault(id, []).append(event)
    return found


def _days(documents: Sequence[Document]) -> Label:
    """From the first report to the last."""
    known = sorted(document.published.value[:10] for document in documents if document.published)
    if not known:
        return date_label(None)
    return date_label(known[0] if known[0] == known[-1] else f"{known[0]}/{known[-1]}")


@dataclass(frozen=True, slots=True)
class NameView:
    """A person, body or place, with the events that it has a part in and where reports first name it."""

    entity: Entity
    name: Label
    count: Label
    events: Some
    reports: tuple[tuple[Told, str], ...]
    """Each with the link to the first mention."""
    more_reports: int


def names(views: Views, kind: str) -> Iterator[NameView]:
    """All people, bodies or places, those that most reports name first."""
    parts: dict[str, list[EventView]] = {}
    for event in views.events:
        happening = event.happening
        for label in dict.fromkeys((*happening.actors, *happening.recipients, happening.place)):
            if label is not None:
                parts.setdefault(label, []).append(event)
    first = _first_mentions(views)
    chosen = [entity for entity in views.links.entities if entity.type == kind]
    for entity in sorted(chosen, key=lambda entity: (-len(entity.documents), entity.label)):
        reports = [
            (told(views, views.documents[id].document), first.get((entity.label, id), f"#doc:{id}"))
            for id in entity.documents[:MOST]
        ]
        yield NameView(
            entity,
            views.name(entity.label),
            counted(len(entity.documents), "report"),
            _some(parts.get(entity.label, ())),
            tuple(reports),
            max(0, len(entity.documents) - MOST),
        )


def _first_mentions(views: Views) -> dict[tuple[str, str], str]:
    """For each name and document the link to where it first stands there."""
    found: dict[tuple[str, str], str] = {}
    for annotated in views.documents.values():
        id = annotated.document.id
        for name in annotated.names:
            found.setdefault((name.entity, id), f"#doc:{id}@{name.span.start}-{name.span.end}")
    return found


def mentions(views: Views) -> dict[str, tuple[EventView, ...]]:
    """For each document the events that it tells, in the order of its text."""
    by_id = {event.happening.id: event for event in views.events}
    found = {}
    for id, annotated in views.documents.items():
        ids = (views.of_mention.get(Mention(id, event.id)) for event in annotated.events)
        found[id] = tuple(by_id[happening] for happening in dict.fromkeys(ids) if happening is not None)
    return found
