"""Documents made by hand, so that linking is tested by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from khabar import document_from_text
from khabar.model import Annotated, Event, Name, Role, Span

Maker = Callable[..., Annotated]


def span_of(text: str, words: str) -> Span:
    """The first place where the words stand."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def make_report(
    id: str,
    text: str,
    published: str | None = "2024-05-01",
    outlet: str | None = None,
    names: Sequence[tuple[str, ...]] = (),
    events: Sequence[tuple[str, str, str]] = (),
    who: Sequence[str] = (),
) -> Annotated:
    """A document with names (words, type, label, title) and events (trigger, type, status)."""
    document = replace(document_from_text(text, published=published), id=id, outlet=outlet or id)
    found = []
    for words, kind, label, *title in names:
        written = span_of(text, title[0]) if title and title[0] else None
        found.append(Name(span_of(text, words), kind, label, "test", 1.0, written))  # type: ignore[arg-type]
    told = tuple(
        Event(f"e{number}", (span_of(text, trigger),), kind, None, status,  # type: ignore[arg-type]
              tuple(Role(label, None, "test", 1.0) for label in who), (), None, None, None, None, (), "test", 1.0)
        for number, (trigger, kind, status) in enumerate(events, 1)
    )  # fmt: skip
    return Annotated(document, names=tuple(found), events=told)


@pytest.fixture
def report() -> Maker:
    """`make_report`."""
    return make_report
