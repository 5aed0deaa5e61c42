"""What holds for every text: offsets point at their characters, repair keeps clean text, annotate is deterministic."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar
from khabar.export.annotation import from_json, raw_offsets, to_json
from khabar.link import link, relabel
from khabar.model import Annotated, Span
from khabar.repair.plan import apply

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(file for file in (ROOT / "samples").iterdir() if file.suffix != ".md")
WORDS = """
قال الرئيس المصري عبد الفتاح السيسي|إن|زيارة|ووصل|بموسكو|للأمم المتحدة|أمس الخميس|مقتل 12 شخصا
17 أيلول/سبتمبر الماضي|بحسب مصدر أمني|لم يستقبل|، |. |: «|»|"|نحو 1.200 جندي|ـ|ﷲ|ً|كـتـب
&amp;|Wagner|٢٠٢٣|هـ|و|ال|سـ|(|)|🙂|ﻻ
"""
PIECES = [*WORDS.strip().replace("\n", "|").split("|"), "\n", "\u200f", "\u0600", "x" * 40]


def spans(value: Any) -> Iterator[Span]:
    """Every span anywhere inside a value."""
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)


def check(found: Annotated) -> None:
    text = found.document.text
    assert apply(found.document.raw, found.document.plan) == text
    for span in spans((found.times, found.names, found.claims, found.events, found.figures)):
        assert text[span.start : span.end] == span.text
        assert span.text
        assert span.text == span.text.strip()
        start, end = raw_offsets(found.document, span)
        assert 0 <= start <= end <= len(found.document.raw)
    known = {claim.id for claim in found.claims}
    assert all(claim in known for event in found.events for claim in event.claims)
    assert all(
        0 <= item.score <= 1 and item.rule for item in (*found.times, *found.names, *found.claims, *found.events)
    )


@pytest.fixture(scope="module")
def annotated() -> tuple[Annotated, ...]:
    return tuple(khabar.annotate(document) for file in SAMPLES for document in khabar.read(file))


def test_samples(annotated: tuple[Annotated, ...]) -> None:
    assert len(annotated) == 14
    for found in annotated:
        check(found)


def test_annotation_form_comes_back_the_same(annotated: tuple[Annotated, ...]) -> None:
    for found in annotated:
        data = to_json(found) | {"raw": found.document.raw}
        again = from_json(data)
        assert to_json(again) == to_json(found)


def test_linking_does_not_depend_on_order(annotated: tuple[Annotated, ...]) -> None:
    forwards, backwards = link(annotated), link(annotated[::-1])
    assert forwards.entities == backwards.entities
    assert set(forwards.copies) == set(backwards.copies)
    assert [happening.reason for happening in forwards.happenings] == [
        happening.reason for happening in backwards.happenings
    ]
    assert relabel(annotated, forwards) == relabel(annotated[::-1], backwards)[::-1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25), st.sampled_from([None, "2023-09-29", "2024-02-29"]))
def test_any_text(pieces: list[str], published: str | None) -> None:
    document = khabar.document_from_text(" ".join(["وقال المتحدث أمس إن الوفد", *pieces]), published=published)
    found = khabar.annotate(document)
    check(found)
    assert khabar.annotate(document) == found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_characters(noise: str) -> None:
    check(khabar.annotate(khabar.document_from_text("استقبل الوزير " + noise + " السفير", published="2020-01-01")))
