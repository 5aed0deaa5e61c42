"""The gold of links across documents speaks only of documents, words, figures and events that are there."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

SET = Path(__file__).resolve().parents[2] / "eval" / "stories"
GOLD: dict[str, Any] = json.loads((SET / "gold.json").read_text("utf-8"))
DOCS: dict[str, dict[str, Any]] = {
    file.stem: json.loads(file.read_text("utf-8")) for file in (SET / GOLD["docs"]).glob("*.json")
}
EVENTS = {event["id"]: event for event in GOLD["events"]}
MENTIONS = [(event["id"], mention) for event in GOLD["events"] for mention in event["mentions"]]


def span(text: str, words: str, n: int) -> tuple[int, int]:
    at = -1
    for _ in range(n + 1):
        at = text.index(words, at + 1)
    return at, at + len(words)


def inside(inner: tuple[int, int], outer: Iterable[tuple[int, int]]) -> bool:
    return any(start <= inner[0] and inner[1] <= end for start, end in outer)


def test_every_document_is_there() -> None:
    named = {mention["doc"] for _, mention in MENTIONS} | GOLD["roots"].keys()
    for group in (*(story["docs"] for story in GOLD["stories"]), *GOLD["copies"], *GOLD["copies_both"]):
        named |= set(group)
    named |= {value["doc"] for figure in GOLD["figures"] for value in figure["values"]}
    named |= {name for dispute in GOLD["disputes"] for position in dispute["positions"] for name in position["docs"]}
    assert named <= DOCS.keys()


def test_every_id_is_known_and_stands_once() -> None:
    stories = [story["id"] for story in GOLD["stories"]]
    assert len(set(stories)) == len(stories)
    assert len(EVENTS) == len(GOLD["events"])
    assert {event["story"] for event in GOLD["events"]} <= set(stories)
    assert {entry["event"] for entry in (*GOLD["figures"], *GOLD["disputes"])} <= EVENTS.keys()


def test_no_document_is_in_two_stories() -> None:
    placed = [name for story in GOLD["stories"] for name in story["docs"]]
    assert len(set(placed)) == len(placed)


def test_what_is_a_copy_both_ways_is_a_copy() -> None:
    assert all(pair in GOLD["copies"] for pair in GOLD["copies_both"])


@pytest.mark.parametrize(("event", "mention"), MENTIONS)
def test_mention_stands_in_an_annotated_trigger(event: str, mention: dict[str, Any]) -> None:
    doc = DOCS[mention["doc"]]
    found = span(doc["text"], mention["trigger"], mention["n"])
    if EVENTS[event]["type"] is None:  # the annotations hold no events without a PLOVER type
        return
    triggers = (
        span(doc["text"], trigger["text"], trigger["n"])
        for told in doc["events"]
        if told["type"] == EVENTS[event]["type"]
        for trigger in told["triggers"]
    )
    assert inside(found, triggers)


def test_a_document_tells_an_event_once() -> None:
    for event in GOLD["events"]:
        documents = [mention["doc"] for mention in event["mentions"]]
        assert len(set(documents)) == len(documents), event["id"]


def test_figures_are_those_of_the_annotations() -> None:
    for figure in GOLD["figures"]:
        told_in = {mention["doc"] for mention in EVENTS[figure["event"]]["mentions"]}
        for value in figure["values"]:
            key = [value[part] for part in ("text", "n", "low", "high")]
            annotated = [[own[part] for part in ("text", "n", "low", "high")] for own in DOCS[value["doc"]]["figures"]]
            assert key in annotated
            assert value["doc"] in told_in


def test_a_dispute_has_two_sides() -> None:
    for dispute in GOLD["disputes"]:
        told_in = {mention["doc"] for mention in EVENTS[dispute["event"]]["mentions"]}
        assert len(dispute["positions"]) >= 2
        assert {name for position in dispute["positions"] for name in position["docs"]} <= told_in
