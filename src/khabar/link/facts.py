"""What one document tells, as linking keeps it to link others to it."""

from __future__ import annotations

from typing import Any

from khabar.link import stories
from khabar.link.bodies import Body
from khabar.link.candidates import told_by
from khabar.link.relabel import labels_of
from khabar.model import Annotated

SEPARATOR = "\x01"
"""Between the parts of what things are sorted by; it stands in no text."""


def named_in(document: Annotated) -> dict[str, Any]:
    """What a document tells of every label in it; nothing of those that only fill a role."""
    return {**dict.fromkeys(labels_of(document)), **told_by(document)}


def place_of(text: Body) -> str:
    """Sorts documents by date, then by id."""
    return SEPARATOR.join(text.order)


def facts_of(text: Body, document: Annotated) -> dict[str, Any]:
    """What is needed of a document when others are linked to it."""
    return {
        "place": place_of(text), "day": text.day, "title": text.title, "words": stories.words_told(text),
        "names": stories.names_told(document),
        "scenes": [f"{text.id}#{event.id}" for event in document.events],
    }  # fmt: skip
