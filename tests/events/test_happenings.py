"""What happens and has no type of PLOVER: which words tell of it, what it befell, what is one and what is another."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from khabar import annotate, document_from_text
from khabar.events import find_events
from khabar.export.annotation import from_json, to_json
from khabar.model import OTHER, Event, Name, Published, Span
from khabar.text import tokenize
from khabar.times import find_times

CASES = Path(__file__).parent / "cases" / "happenings.tsv"
PUBLISHED = Published("2020-01-05", "given")


@pytest.fixture(autouse=True)
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.events.find.opinion", lambda text: None)


def happenings_of(marked: str) -> list[Event]:
    """The happenings of a text in which a person may be marked as ``[words|PER|label]``."""
    names = []
    text = marked
    if "[" in marked:
        before, words, kind, label, after = marked.replace("]", "|").replace("[", "|").split("|")
        text = before + words + after
        assert kind == "PER"
        names = [Name(Span(len(before), len(before + words), words), "PER", label, "test", 1.0)]
    read = tokenize(text)
    found = find_events(read, find_times(read, PUBLISHED), names, (), PUBLISHED)
    return [event for event in found if event.type == OTHER]


def shown(event: Event) -> str:
    befell = "+".join(role.entity for role in event.recipients)
    return f"{event.mode} {event.status} {befell}: {', '.join(span.text for span in event.triggers)}"


def cases() -> list[tuple[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return [(row["text"], row["expect"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("text", "expect"), cases())
def test_case(text: str, expect: str) -> None:
    assert "; ".join(map(shown, happenings_of(text))) == expect


def test_two_crashes_of_two_days_are_two() -> None:
    text = "غرق قارب صيد أمس قبالة الميناء. وقال شهود إن قارب صيد غرق في 12 مارس 2018 في المكان نفسه."
    assert [event.date for event in happenings_of(text)] == ["2020-01-04", "2018-03-12"]


def test_an_announcement_that_remains_belong_to_someone_is_told_by_its_word_of_saying() -> None:
    document = document_from_text("أعلنت الشرطة الخميس أن الجثة تعود إلى الصياد المفقود.", published="2020-01-05")
    events = [event for event in annotate(document).events if event.mode == "identify"]
    assert [(event.triggers[0].text, event.date) for event in events] == [("أعلنت", "2020-01-02")]


def test_they_stand_apart_from_the_events_of_the_annotation_form() -> None:
    found = annotate(document_from_text("غرق قارب صيد أمس، وزار الرئيس السوري لبنان.", published="2020-01-05"))
    data = to_json(found)
    assert [event["type"] for event in data["events"]] == ["CONSULT"]
    assert [event["mode"] for event in data["other_events"]] == ["crash"]
    assert [event.type for event in from_json(data).events] == ["CONSULT", OTHER]
