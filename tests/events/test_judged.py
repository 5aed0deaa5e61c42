"""The measure against judged sentences: what it reads, and how it counts."""

from __future__ import annotations

import json
from pathlib import Path

from eval.judged import Judged, Marked, Score, detection, events_told, read_judged, read_marked, verbs


def test_only_told_events_count() -> None:
    assert events_told("هاجم مسلحون الثكنة وقتلوا جنديين.", "ASSAULT")
    assert not events_told("لم يتغير شيء منذ الهجوم.", "ASSAULT")
    assert not events_told("تسعى الحكومة إلى منع أي هجوم.", "ASSAULT")


def test_detection_counts_right_found_and_wanted() -> None:
    used = [(Judged("", "yes"), True), (Judged("", "yes"), False), (Judged("", "easy no"), True)]
    score = detection(used)
    assert score == Score(1, 2, 2)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert Score(0, 0, 0).f1 == 0.0


def test_a_verb_is_right_where_somebody_marked_it() -> None:
    text = "وهاجم مسلحون الثكنة."
    assert verbs([Marked(text, frozenset(["وهاجم"])), Marked(text, frozenset(["مسلحون"]))], "ASSAULT") == Score(1, 2, 2)


def test_files_are_read(tmp_path: Path) -> None:
    table, spans = tmp_path / "gsr.csv", tmp_path / "spans.json"
    table.write_text("text,label\nأ,yes\nب,ambiguous\nج,easy no\n", "utf-8")
    spans.write_text(json.dumps([{"text": "أ", "spans": [{"verb": ["هاجم"]}]}, {"text": "ب", "spans": []}]), "utf-8")
    assert [one.label for one in read_judged(table)] == ["yes", "easy no"]
    assert read_marked(spans) == [Marked("أ", frozenset(["هاجم"]))]
