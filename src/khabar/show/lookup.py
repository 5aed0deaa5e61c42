"""The thing that an id stands for, as a view."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from rich.console import RenderableType

from khabar.errors import KhabarError
from khabar.model import Annotated, Links
from khabar.record import Record
from khabar.show.document import claim_view, document_view, event_view
from khabar.show.entity import entity_view, story_view
from khabar.show.happening import happening_view


def show(record: Record, id: str) -> RenderableType:
    """All about an event, a document, a person, body or place, a story, or one claim or event of a document.

    Raises:
        KhabarError: when nothing has this id; the text names ids like it.
    """
    links = record.links()
    found = _linked(record, id, links) or _document(record, id, links) or _part(record, id)
    if found is None:
        raise KhabarError(f"nothing in {record.path} has the id {id!r}{_near(record, id, links)}")
    return found


def _linked(record: Record, id: str, links: Links) -> RenderableType | None:
    for happening in links.happenings:
        if happening.id == id:
            told = record.documents(list(dict.fromkeys(mention.document for mention in happening.mentions)))
            return happening_view(happening, {annotated.document.id: annotated for annotated in told})
    for entity in links.entities:
        if id in (entity.id, entity.label):
            return entity_view(entity, links, record.outlets())
    for story in links.stories:
        if story.id == id:
            return story_view(story, links, record.documents(story.documents))
    return None


def _document(record: Record, id: str, links: Links) -> RenderableType | None:
    for annotated in record.documents([id]):
        return document_view(annotated, links)
    return None


def _part(record: Record, id: str) -> RenderableType | None:
    """``DOCUMENT:CLAIM`` or ``DOCUMENT:EVENT``."""
    name, _, part = id.rpartition(":")
    for annotated in record.documents([name]):
        for claim in annotated.claims:
            if claim.id == part:
                return claim_view(annotated, claim)
        for event in annotated.events:
            if event.id == part:
                return event_view(annotated, event)
    return None


def _ids(record: Record, id: str, links: Links) -> Iterator[str]:
    """What might have been meant."""
    yield from (happening.id for happening in links.happenings)
    yield from (story.id for story in links.stories)
    yield from (entity.id for entity in links.entities)
    yield from (entity.label for entity in links.entities)
    yield from record.ids()
    for annotated in record.documents([id.rpartition(":")[0]]):
        yield from _parts(annotated)


def _parts(annotated: Annotated) -> Iterator[str]:
    parts = [claim.id for claim in annotated.claims] + [event.id for event in annotated.events]
    return (f"{annotated.document.id}:{part}" for part in parts)


def _near(record: Record, id: str, links: Links) -> str:
    near = difflib.get_close_matches(id, dict.fromkeys(_ids(record, id, links)), 4, 0.5)
    return f"; did you mean {', '.join(near)}?" if near else "; find ids with khabar search or khabar timeline"
