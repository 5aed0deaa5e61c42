"""The corpus is well-formed, of one mind with itself, and what is counted of it is what is there."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.check import faults_of, of_copies, of_labels, of_others, spans_of
from corpus.damage import twins
from corpus.links import links_of
from corpus.load import DAMAGED, HERE, REPORTS, dumped, load_modes, load_plan, load_report, load_reports, load_same
from corpus.markup import MarkupError, read_marked, write_marked
from corpus.others import texts_of

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(REPORTS.glob("*.json"))
PLAN = load_plan()
STORY = {row["id"]: row["story"] or row["id"] for row in PLAN}


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    return load_reports()


def test_no_report_has_a_fault(reports: list[dict[str, Any]]) -> None:
    modes = load_modes()
    assert [f"{report['id']}: {fault}" for report in reports for fault in faults_of(report, modes)] == []


def test_one_thing_has_one_label(reports: list[dict[str, Any]]) -> None:
    assert list(of_labels(reports, load_same(), STORY)) == []


def test_no_report_is_nearly_another_outside_its_story(reports: list[dict[str, Any]]) -> None:
    assert list(of_copies(reports, STORY)) == []


def test_every_report_is_planned(reports: list[dict[str, Any]]) -> None:
    assert {report["id"] for report in reports} <= STORY.keys()
    assert [file.stem for file in FILES] == [report["id"] for report in reports]


def test_no_story_crosses_the_parts() -> None:
    parts: dict[str, set[str]] = {}
    for row in PLAN:
        parts.setdefault(STORY[row["id"]], set()).add(row["split"])
    assert {story: found for story, found in parts.items() if len(found) > 1} == {}


@pytest.mark.parametrize("file", FILES[::7], ids=lambda file: str(file.stem))
def test_the_marked_form_gives_the_report_back(file: Path) -> None:
    report = load_report(file)
    assert read_marked(write_marked(report)) == report
    assert dumped(report) == file.read_text("utf-8")


def test_spans_point_at_their_words(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        for _, span in spans_of(report):
            assert report["text"][span["start"] : span["end"]] == span["text"]
            assert report["text"].count(span["text"], 0, span["start"] + len(span["text"]) - 1) >= span["n"]


def test_the_links_are_those_of_the_reports(reports: list[dict[str, Any]]) -> None:
    story = {row["id"]: row["story"] for row in PLAN}
    assert json.loads((HERE / "links.json").read_text("utf-8")) == {"docs": "reports"} | links_of(reports, story)


def test_disputes_are_about_events_that_are_told() -> None:
    links = json.loads((HERE / "links.json").read_text("utf-8"))
    assert {dispute["event"] for dispute in links["disputes"]} <= {event["id"] for event in links["events"]}


def test_the_twins_are_those_that_the_program_makes(reports: list[dict[str, Any]]) -> None:
    assert {file.name: file.read_text("utf-8") for file in DAMAGED.iterdir()} == twins(reports)


def test_the_datasheet_counts_what_is_there() -> None:
    done = subprocess.run([sys.executable, "-m", "corpus.datasheet", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run: make corpus"


@pytest.mark.shared
@pytest.mark.slow
def test_no_twelve_words_are_somebody_elses(reports: list[dict[str, Any]]) -> None:
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        pytest.skip("needs the texts that lie beside the project")
    assert list(of_others(reports, texts_of(shared))) == []


FAULTY = {
    "a mark is not closed": "{t 2020-01-01|أمس",
    "a mark without |": "{t 2020-01-01 {e1|قال}",
    "unknown mark": "{z9|أمس}",
    "without an opening one": "أمس}",
    "marks that no line explains": "{e1|قصف}",
    "punctuation at an end": "{t 2020-01-01|أمس،}",
}


@pytest.mark.parametrize("reason", FAULTY)
def test_a_faulty_mark_is_refused(reason: str) -> None:
    with pytest.raises(MarkupError, match=reason.replace("|", r"\|")):
        read_marked(f"id: a\npublished: 2020-01-02\n---\n{FAULTY[reason]}\n---\n")


def test_names_are_found_with_what_is_attached_to_them() -> None:
    marked = "id: a\npublished: 2020-01-02\n---\nوبموسكو، للأمم المتحدة وموسكوفي موسكو\n---\n"
    report = read_marked(marked + "LOC Moscow = موسكو\nORG United Nations = الأمم المتحدة\n")
    assert [name["text"] for name in report["names"]] == ["موسكو", "للأمم المتحدة", "موسكو"]
