"""Documents and links made by hand, so that these tests need no stage."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable

import pytest
from hypothesis import settings

from khabar.model import (
    Annotated,
    Claim,
    Copy,
    Document,
    Entity,
    Event,
    Figure,
    Happening,
    Links,
    Mention,
    Name,
    Origin,
    Published,
    Role,
    Span,
    Step,
    Story,
    Time,
    Value,
)

# In CI the same examples every time, so that a landing never hangs on luck; at a desk new ones at every run.
settings.register_profile("ci", derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

TEXT = "قالت وكالة السنبلة إن الوزير وصل إلى القاهرة أمس ومعه 12 مرافقا."

MakeDocument = Callable[..., Document]
MakeAnnotated = Callable[..., Annotated]


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def make_document(id: str = "one", text: str = TEXT, path: str = "one.txt", title: str | None = None) -> Document:
    origin = Origin(path, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "text/plain", "utf-8")
    plan = (Step("bidi", ()),)
    return Document(
        id, text, text, plan, origin, title=title, outlet="المرصد", published=Published("2023-08-30", "text")
    )


def make_annotated(document: Document | None = None) -> Annotated:
    """Something of everything, for texts that hold the words of `TEXT`."""
    document = document or make_document()
    text = document.text
    if text != TEXT:
        return Annotated(document)
    role = Role("Minister", span(text, "الوزير"), "by-hand", 0.5)
    return Annotated(
        document,
        (
            Time(
                span(text, "أمس"), "2023-08-29", "date", "2023-08-29", "2023-08-29", "2023-08-30", "published", "r", 0.9
            ),
        ),
        (Name(span(text, "القاهرة"), "LOC", "Cairo", "r", 0.8, None, "geonames:360630"),),
        (
            Claim(
                "c1", span(text, "قالت"), span(text, "وكالة السنبلة"), "organisation", "Sunbula", (),
                span(text, "الوزير وصل إلى القاهرة أمس"), "assert", "r", 0.7,
            ),
        ),
        (
            Event(
                "e1", (span(text, "وصل"),), "CONSULT", "visit", "actual", (role,), (), "2023-08-29", None, "Cairo",
                span(text, "القاهرة"), ("c1",), "r", 0.6,
            ),
        ),
        (
            Figure(
                span(text, "12"), 12, 12, False, "person", "مرافق", None, None, None, "c1", "e1", False, "r", 0.9
            ),
        ),
    )  # fmt: skip


def make_links(*ids: str) -> Links:
    return Links(
        (Entity("n1", "Khalifa Haftar", "PER", ("خليفة حفتر", "حفتر"), ("Khalifa Haftar",), ids, "one man", 0.9),),
        (
            Happening(
                "h1", "CONSULT", "visit", "actual", "2023-08-29", "Cairo", ("Minister",), (),
                tuple(Mention(id, "e1") for id in ids),
                (Value("date", "2023-08-29", None, None, ids[0], Span(1, 3, "اب"), None, "Sunbula"),),
                "single-source", 1, ("Sunbula",), "one source", "مصدر واحد",
            ),
        ),
        (Story("s1", ids, "visit"),),
        (Copy(ids[0], ids[-1], 0.75, "same sentences"),),
        tuple((id, ("Sunbula",)) for id in ids),
    )  # fmt: skip


@pytest.fixture(scope="session")
def document() -> MakeDocument:
    return make_document


@pytest.fixture(scope="session")
def annotated() -> MakeAnnotated:
    return make_annotated


@pytest.fixture(scope="session")
def links() -> Callable[..., Links]:
    return make_links
