"""A document's text as the page shows it, cut wherever an annotation begins or ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from khabar.export.views import anchored
from khabar.model import Annotated, Mention, Time


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document that the same annotations cover."""

    start: int
    text: str
    kinds: str = ""
    """Space-separated classes: ``PER ORG LOC time trigger claim cue source figure``."""
    title: str | None = None
    """What its words mean: the one name of a spelling, the value of a time."""
    event: str | None = None
    """Id of the event over all documents that its words name."""


class Mark(NamedTuple):
    """One annotation of a text."""

    start: int
    end: int
    kind: str
    title: str = ""
    event: str = ""


def segments(annotated: Annotated, events: Mapping[Mention, str] | None = None) -> Iterator[Segment]:
    """All of the text, in order; `events` leads from a document's events to those over all documents."""
    marks = sorted(_marks(annotated, events or {}))
    text = annotated.document.text
    bounds = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    active: list[Mark] = []
    at = 0
    for start, end in pairwise(bounds):
        active = [mark for mark in active if mark.end > start]
        while at < len(marks) and marks[at].start == start:
            active.append(marks[at])
            at += 1
        yield _segment(start, text[start:end], active)


def _segment(start: int, text: str, marks: list[Mark]) -> Segment:
    titles = dict.fromkeys(mark.title for mark in marks if mark.title)
    event = next((mark.event for mark in marks if mark.event), None)
    return Segment(start, text, " ".join(sorted({mark.kind for mark in marks})), "; ".join(titles) or None, event)


def _marks(annotated: Annotated, events: Mapping[Mention, str]) -> Iterator[Mark]:
    for name in annotated.names:
        yield Mark(name.span.start, name.span.end, name.type, name.entity)
    for time in annotated.times:
        yield Mark(time.span.start, time.span.end, "time", _meaning(time))
    for figure in annotated.figures:
        yield Mark(figure.span.start, figure.span.end, "figure")
    for event in annotated.events:
        happening = events.get(Mention(annotated.document.id, event.id), "")
        yield from (Mark(span.start, span.end, "trigger", "", happening) for span in event.triggers)
    for claim in annotated.claims:
        for span, kind in ((claim.content, "claim"), (claim.cue, "cue"), (claim.source, "source")):
            if span is not None:
                yield Mark(span.start, span.end, kind)


def _meaning(time: Time) -> str:
    """The value of a time, with what a relative one was reckoned from."""
    note = anchored(time)
    return f"{time.value or '?'} ({note[0].partition('» ')[2]})" if note else time.value or ""
