"""The measure against judged sentences: what it reads, and how it counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.judged import Judged, Marked, Score, detection, events_told, one_judge, read_judged, read_marked, verbs


def test_only_told_events_count() -> None:
    assert events_told("هاجم مسلحون الثكنة في كركوك وقتلوا 12 جنديا.", "ASSAULT")
    assert not events_told("لم يتغير شيء منذ الهجوم.", "ASSAULT")
    assert not events_told("تسعى الحكومة إلى منع أي هجوم.", "ASSAULT")


def test_detection_counts_right_found_and_wanted() -> None:
    used = [(Judged("", label, 0, 0), said) for label, said in (("yes", True), ("yes", False), ("easy no", True))]
    score = detection(used)
    assert score == Score(1, 2, 2)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert Score(0, 0, 0).f1 == 0.0


def test_one_judge_is_held_against_the_others_of_his_sentence() -> None:
    agreed, split, pair = Judged("", "yes", 3, 3), Judged("", "difficult no", 1, 3), Judged("", "yes", 2, 2)
    assert one_judge([agreed, pair]) == Score(1, 1, 1)
    assert one_judge([split]).found == pytest.approx(1 / 3)
    assert (one_judge([split]).right, one_judge([split]).wanted) == (0, 0)


def test_a_verb_is_right_where_somebody_marked_it() -> None:
    text = "وهاجم مسلحون الثكنة."
    assert verbs([Marked(text, frozenset(["وهاجم"])), Marked(text, frozenset(["مسلحون"]))], "ASSAULT") == Score(1, 2, 2)


def test_files_are_read(tmp_path: Path) -> None:
    table, spans = tmp_path / "gsr.csv", tmp_path / "spans.json"
    table.write_text("text,label,accept,total\nأ,yes,3,3\nب,ambiguous,2,3\nج,easy no,0,3\n", "utf-8")
    spans.write_text(json.dumps([{"text": "أ", "spans": [{"verb": ["هاجم"]}]}, {"text": "ب", "spans": []}]), "utf-8")
    assert [(one.label, one.accepted, one.judges) for one in read_judged(table)] == [
        ("yes", 3, 3),
        ("ambiguous", 2, 3),
        ("easy no", 0, 3),
    ]
    assert read_marked(spans) == [Marked("أ", frozenset(["هاجم"]))]
