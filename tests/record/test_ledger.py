"""Which id a document gets, and what it takes the place of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from khabar.model import Document
from khabar.record.ledger import Ledger

MakeDocument = Callable[..., Document]


def read(ledger: Ledger, path: str, documents: Sequence[Document]) -> list[tuple[str, bool]]:
    """Read a file to its end; the ids that its documents get, and whether each was known."""
    ledger.met.clear()
    ids = []
    for document in documents:
        placement = ledger.place(document, path)
        ids.append((placement.document.id, placement.unchanged))
        if not placement.unchanged:
            ledger.record(placement)
    for held in ledger.unmet(path):
        ledger.retire(held)
    return ids


def test_a_taken_id_gets_a_number_that_stays(document: MakeDocument) -> None:
    ledger = Ledger("r")
    assert read(ledger, "a/x.txt", [document("x", "أول")]) == [("x", False)]
    assert read(ledger, "b/x.txt", [document("x", "ثان")]) == [("x-2", False)]
    assert read(ledger, "b/x.txt", [document("x", "ثان")]) == [("x-2", True)]
    assert read(ledger, "b/x.txt", [document("x", "ثان مغير")]) == [("x-2", False)]
    assert read(ledger, "a/x.txt", [document("x", "أول")]) == [("x", True)]
    assert sorted(ledger.by_id) == ["x", "x-2"]


def test_two_records_of_one_file_with_one_id(document: MakeDocument) -> None:
    ledger = Ledger("r")
    lines = [document("x", "أول"), document("x", "ثان"), document("x", "ثالث")]
    assert read(ledger, "f", lines) == [("x", False), ("x-2", False), ("x-3", False)]
    assert read(ledger, "f", lines) == [("x", True), ("x-2", True), ("x-3", True)]


def test_a_line_put_before_others(document: MakeDocument) -> None:
    ledger = Ledger("r")
    read(ledger, "f", [document("f-1", "أول"), document("f-2", "ثان")])
    moved = [document("f-1", "جديد"), document("f-2", "أول"), document("f-3", "ثان")]
    assert [id for id, _ in read(ledger, "f", moved)] == ["f-1", "f-2", "f-3"]
    assert read(ledger, "f", moved) == [("f-1", True), ("f-2", True), ("f-3", True)]


def test_a_change_taken_back(document: MakeDocument) -> None:
    ledger = Ledger("r")
    first, second = document("x", "أول"), document("x", "ثان")
    read(ledger, "f", [first])
    key = ledger.by_id["x"].key
    read(ledger, "f", [second])
    read(ledger, "f", [first])
    assert ledger.by_id["x"].key == key
    assert ledger.count("f") == 1


def test_a_lost_line_is_retired(document: MakeDocument) -> None:
    ledger = Ledger("r")
    read(ledger, "f", [document("x", "أول"), document("y", "ثان")])
    read(ledger, "f", [document("y", "ثان")])
    assert sorted(ledger.by_id) == ["y"]


def test_other_rules_make_it_stale(document: MakeDocument) -> None:
    ledger = Ledger("r")
    read(ledger, "f", [document("x", "أول")])
    ledger.rules = "other"
    assert [held.id for held in ledger.stale()] == ["x"]
    assert read(ledger, "f", [document("x", "أول")]) == [("x", False)]
    assert ledger.stale() == []


def test_a_given_date_stays_and_a_told_one_wins(document: MakeDocument) -> None:
    ledger = Ledger("r", "2020-01-02")
    undated = replace(document("x", "أول"), published=None)
    placed = ledger.place(undated, "f").document.published
    assert placed is not None
    assert (placed.value, placed.how) == ("2020-01-02", "given")
    ledger.record(ledger.place(undated, "f"))
    ledger.option = None
    assert ledger.place(undated, "f").unchanged
    ledger.option = "2021-01-01"
    assert not ledger.place(undated, "f").unchanged
    told = ledger.place(document("y", "ثان"), "g").document.published
    assert told is not None
    assert told.how == "text"
