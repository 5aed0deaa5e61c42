"""Links as one JSON object: stories, events across documents, copies, roots and entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from khabar.export.annotation import span_to_json
from khabar.model import Annotated, Event, Happening, Links, Value

Json = dict[str, Any]


def links_to_json(links: Links, documents: Sequence[Annotated]) -> Json:
    """What linking found; spans are offsets into the texts of `documents`, which are annotated as they were linked."""
    events = {document.document.id: {event.id: event for event in document.events} for document in documents}
    return {
        "stories": [{"id": story.id, "label": story.label, "docs": list(story.documents)} for story in links.stories],
        "events": [_happening(happening, events) for happening in links.happenings],
        "copies": [[copy.first, copy.second] for copy in links.copies],
        "copy_shares": [
            {"first": copy.first, "second": copy.second, "share": round(copy.share, 3), "reason": copy.reason}
            for copy in links.copies
        ],
        "roots": {document: list(roots) for document, roots in links.roots},
        "entities": [
            {
                "id": entity.id, "label": entity.label, "type": entity.type, "forms": list(entity.forms),
                "labels": list(entity.labels), "docs": list(entity.documents), "reason": entity.reason,
                "score": round(entity.score, 3),
            }
            for entity in links.entities
        ],
    }  # fmt: skip


def _happening(happening: Happening, events: Mapping[str, Mapping[str, Event]]) -> Json:
    return {
        "id": happening.id, "type": happening.type, "mode": happening.mode, "date": happening.date,
        "place": happening.place, "actors": list(happening.actors), "recipients": list(happening.recipients),
        "mentions": [
            _mention(mention.document, events[mention.document][mention.event]) for mention in happening.mentions
        ],
        "happened": happening.status, "status": happening.support, "independent": happening.independent,
        "roots": list(happening.roots), "reason": happening.reason, "reason_ar": happening.reason_ar,
        "planned": happening.planned,
        "figures": _figures(happening.values),
        "values": [_value(value) for value in happening.values if value.low is None],
    }  # fmt: skip


def _mention(document: str, event: Event) -> Json:
    return {"doc": document, "event": event.id, "triggers": [span_to_json(span) for span in event.triggers]}


def _figures(values: Sequence[Value]) -> list[Json]:
    """Figures of one slot together, with the lowest and the highest of them."""
    slots: dict[str, list[Value]] = {}
    for value in values:
        if value.low is not None and value.high is not None:
            slots.setdefault(value.slot, []).append(value)
    return [
        {
            "what": slot,
            "low": min(value.low for value in told if value.low is not None),
            "high": max(value.high for value in told if value.high is not None),
            "values": [_value(value) for value in told],
        }
        for slot, told in slots.items()
    ]


def _value(value: Value) -> Json:
    common = {
        "doc": value.document, "source": value.source, "claim": value.claim, "text": value.span.text,
        "start": value.span.start, "end": value.span.end,
    }  # fmt: skip
    if value.low is not None:
        return {**common, "low": value.low, "high": value.high}
    return {"slot": value.slot, "value": value.value, **common}
