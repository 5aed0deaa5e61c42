"""The annotation form: one JSON object a document, as the annotation guide describes it, read and written.

What is written has ``start`` and ``end`` in every span (offsets into ``text``) and ``rule`` and ``score`` in
every value.  What is read may have either offsets or a quoted text with ``n``, the number of the occurrence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from khabar.errors import InputError
from khabar.model import (
    OTHER,
    Annotated,
    Claim,
    Damage,
    Document,
    Edit,
    Event,
    Figure,
    Name,
    Origin,
    Place,
    Published,
    Role,
    Span,
    Step,
    Time,
)
from khabar.readers.outlets import outlet_country
from khabar.repair.damage import is_too_damaged
from khabar.repair.plan import OffsetMap

Json = dict[str, Any]


def span_to_json(span: Span | None) -> Json | None:
    """A span as ``{"text", "start", "end"}``."""
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def span_from_json(text: str, data: Mapping[str, Any] | None) -> Span | None:
    """A span from its offsets, or from its words and the number of the occurrence.

    Raises:
        InputError: when it is not in the text.

    >>> span_from_json("قال ثم قال", {"text": "قال", "n": 1})
    Span(start=7, end=10, text='قال')
    """
    if data is None:
        return None
    words = data["text"]
    start = data["start"] if "start" in data else _occurrence(text, words, data.get("n", 0))
    if start < 0 or text[start : start + len(words)] != words:
        raise InputError("annotation", f"span {words!r} is not in the text")
    return Span(start, start + len(words), words)


def _occurrence(text: str, words: str, number: int) -> int:
    at = -1
    for _ in range(number + 1):
        at = text.find(words, at + 1)
        if at < 0:
            break
    return at


def to_json(annotated: Annotated) -> Json:
    """The annotation form of one document."""
    document = annotated.document
    return {
        "id": document.id,
        "outlet": document.outlet,
        "outlet_country": outlet_country(document.outlet, document.url),
        "published": document.published.value if document.published else None,
        "published_how": document.published.how if document.published else None,
        "title": document.title,
        "author": document.author,
        "section": document.section,
        "url": document.url,
        "crawled": document.crawled,
        "text": document.text,
        "damage": [_damage_to_json(damage) for damage in document.damage],
        "too_damaged": is_too_damaged(document),
        "origin": _origin_to_json(document),
        "times": [_time_to_json(time) for time in annotated.times],
        "names": [_name_to_json(name) for name in annotated.names],
        "events": [_event_to_json(event) for event in annotated.events if event.type != OTHER],
        "other_events": [_event_to_json(event) for event in annotated.events if event.type == OTHER],
        "claims": [_claim_to_json(claim) for claim in annotated.claims],
        "figures": [_figure_to_json(figure) for figure in annotated.figures if not figure.vague],
        "vague_figures": [_figure_to_json(figure) for figure in annotated.figures if figure.vague],
    }


def _origin_to_json(document: Document) -> Json:
    origin = document.origin
    return {
        "path": origin.path,
        "member": origin.member,
        "sha256": origin.sha256,
        "media_type": origin.media_type,
        "encoding": origin.encoding,
        "plan": [{"rule": step.rule, "edits": [_edit_to_json(edit) for edit in step.edits]} for step in document.plan],
    }


def _edit_to_json(edit: Edit) -> list[int | float | str]:
    """Where, what, and how sure where that is not beyond doubt."""
    return [edit.start, edit.end, edit.new, *([edit.score] if edit.score < 1 else [])]


def _damage_to_json(damage: Damage) -> Json:
    return {**_required(damage.span), "kind": damage.kind, "score": damage.score}


def _time_to_json(time: Time) -> Json:
    return _required(time.span) | _fields(time, "span")


def _name_to_json(name: Name) -> Json:
    return {
        **_required(name.span),
        "type": name.type,
        "entity": name.entity,
        "title": span_to_json(name.title),
        "reference": name.reference,
        **({"candidates": [_fields(place) for place in name.candidates]} if name.candidates else {}),
        "rule": name.rule,
        "score": name.score,
    }


def _role_to_json(role: Role) -> Json:
    return {"entity": role.entity, "span": span_to_json(role.span), "rule": role.rule, "score": role.score}


def _event_to_json(event: Event) -> Json:
    return {
        "id": event.id,
        "triggers": [_required(span) for span in event.triggers],
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "actor": [role.entity for role in event.actors],
        "recipient": [role.entity for role in event.recipients],
        "date": event.date,
        "place": event.place,
        "claims": list(event.claims),
        "roles": {
            "actor": [_role_to_json(role) for role in event.actors],
            "recipient": [_role_to_json(role) for role in event.recipients],
        },
        "date_span": span_to_json(event.date_span),
        "date_score": event.date_score,
        "place_span": span_to_json(event.place_span),
        "rule": event.rule,
        "score": event.score,
    }


def _claim_to_json(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "cue": span_to_json(claim.cue),
        "source": span_to_json(claim.source),
        "source_kind": claim.source_kind,
        "source_entity": claim.source_entity,
        "via": [_required(span) for span in claim.via],
        "content": _required(claim.content),
        "stance": claim.stance,
        **({"evidence": claim.evidence} if claim.evidence else {}),
        **({"distance": claim.distance} if claim.distance else {}),
        "rule": claim.rule,
        "score": claim.score,
    }


def _figure_to_json(figure: Figure) -> Json:
    return _required(figure.span) | _fields(figure, "span", "vague")


def _required(span: Span) -> Json:
    return {"text": span.text, "start": span.start, "end": span.end}


def _fields(found: Time | Place | Figure, *but: str) -> Json:
    """The fields that are texts and numbers, in order, under their own names."""
    return {field.name: getattr(found, field.name) for field in fields(found) if field.name not in but}


def from_json(data: Mapping[str, Any], path: str = "annotation") -> Annotated:
    """A document and its annotations from the annotation form, gold files included.

    Raises:
        InputError: when the object has no text, or a span is not in it.
    """
    text = data.get("text")
    if not isinstance(text, str):
        raise InputError(path, "has no text")
    reader = _Reader(text)
    figures = [reader.figure(item, vague=False) for item in data.get("figures", [])]
    figures += [reader.figure(item, vague=True) for item in data.get("vague_figures", [])]
    return Annotated(
        document_from_json(data, path),
        tuple(reader.time(item) for item in data.get("times", [])),
        tuple(reader.name(item) for item in data.get("names", [])),
        tuple(reader.claim(item) for item in data.get("claims", [])),
        tuple(reader.event(item) for item in [*data.get("events", []), *data.get("other_events", [])]),
        tuple(figures),
    )


def document_from_json(data: Mapping[str, Any], path: str) -> Document:
    """The document of an annotation object; its raw text is got back by undoing the plan where there is one."""
    text = data["text"]
    origin = data.get("origin") or {}
    plan = tuple(Step(step["rule"], tuple(Edit(*edit) for edit in step["edits"])) for step in origin.get("plan", []))
    published = data.get("published")
    return Document(
        id=str(data.get("id") or "document"),
        text=text,
        raw=data.get("raw", text),
        plan=plan,
        origin=Origin(
            origin.get("path", path),
            origin.get("sha256") or hashlib.sha256(text.encode()).hexdigest(),
            origin.get("media_type", "application/json"),
            origin.get("encoding", "utf-8"),
            origin.get("member"),
        ),
        title=data.get("title"),
        outlet=data.get("outlet"),
        author=data.get("author"),
        section=data.get("section"),
        url=data.get("url"),
        published=Published(published, data.get("published_how") or "given") if published else None,
        crawled=data.get("crawled"),
        damage=tuple(_damage(text, damage) for damage in data.get("damage", ())),
    )


def _damage(text: str, data: Mapping[str, Any]) -> Damage:
    span = span_from_json(text, data)
    assert span is not None
    return Damage(span, data["kind"], data["score"])


class _Reader:
    """Reads the annotations of one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def optional(self, data: Mapping[str, Any] | None) -> Span | None:
        return span_from_json(self.text, data)

    def span(self, data: Mapping[str, Any]) -> Span:
        found = span_from_json(self.text, data)
        if found is None:
            raise InputError("annotation", "a span is missing")
        return found

    def time(self, data: Mapping[str, Any]) -> Time:
        value = data.get("value")
        kind: Any = data.get("kind") or ("duration" if value and value.startswith("P") else "date")
        return Time(
            self.span(data),
            value,
            kind,
            data.get("earliest"),
            data.get("latest"),
            data.get("anchor"),
            data.get("anchored_by", "none"),
            data.get("rule", "gold"),
            data.get("score", 1.0),
        )

    def name(self, data: Mapping[str, Any]) -> Name:
        return Name(
            self.span(data),
            data["type"],
            data["entity"],
            data.get("rule", "gold"),
            data.get("score", 1.0),
            self.optional(data.get("title")),
            data.get("reference"),
            tuple(Place(**place) for place in data.get("candidates", ())),
        )

    def claim(self, data: Mapping[str, Any]) -> Claim:
        return Claim(
            data["id"],
            self.optional(data.get("cue")),
            self.optional(data.get("source")),
            data["source_kind"],
            data.get("source_entity"),
            tuple(self.span(via) for via in data.get("via", [])),
            self.span(data["content"]),
            data["stance"],
            data.get("rule", "gold"),
            data.get("score", 1.0),
            data.get("evidence"),
            data.get("distance"),
        )

    def roles(self, data: Mapping[str, Any], role: str) -> tuple[Role, ...]:
        if "roles" in data:
            return tuple(
                Role(item["entity"], self.optional(item["span"]), item["rule"], item["score"])
                for item in data["roles"][role]
            )
        return tuple(Role(label, None, "gold", 1.0) for label in data.get(role) or [])

    def event(self, data: Mapping[str, Any]) -> Event:
        return Event(
            data["id"],
            tuple(self.span(item) for item in data["triggers"]),
            data["type"],
            data.get("mode"),
            data["status"],
            self.roles(data, "actor"),
            self.roles(data, "recipient"),
            data.get("date"),
            self.optional(data.get("date_span")),
            data.get("place"),
            self.optional(data.get("place_span")),
            tuple(data.get("claims", [])),
            data.get("rule", "gold"),
            data.get("score", 1.0),
            data.get("date_score"),
        )

    def figure(self, data: Mapping[str, Any], *, vague: bool) -> Figure:
        return Figure(
            self.span(data),
            data["low"],
            data["high"],
            bool(data.get("approx")),
            data.get("unit") or "other",
            data.get("what"),
            data.get("kind"),
            data.get("date"),
            data.get("place"),
            data.get("claim"),
            data.get("event"),
            vague,
            data.get("rule", "gold"),
            data.get("score", 1.0),
        )


def raw_offsets(document: Document, span: Span) -> tuple[int, int]:
    """Where a span of the clean text stands in the raw text."""
    return OffsetMap(document.plan).origin(span.start, span.end)
