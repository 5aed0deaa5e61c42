"""The other verbs."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from khabar.export.annotation import from_json
from khabar.export.csv import csv_text
from khabar.model import Happening, Links, Mention
from khabar.record import Record

Khabar = Callable[..., object]
HOSTILE = "<script>alert(1)</script> [red]عاجل[/red] \x1b[2J"


@pytest.fixture
def built(khabar: Khabar, reports: Path) -> Khabar:
    """With a record of the reports."""
    assert khabar("build", reports).code == 0
    return khabar


def test_help_is_quick_and_complete(khabar: Khabar) -> None:
    done = khabar("--help")
    assert done.code == 0
    verbs = re.findall(r"^  (\w+)  ", done.out.split("Commands:")[1], re.MULTILINE)
    assert verbs == ["build", "analyse", "watch", "timeline", "show", "search", "same", "different", "report", "export"]
    for verb in verbs:
        assert khabar(verb, "--help").code == 0
    assert "Exit codes: 0 done; 1 nothing" in khabar("build", "--help").out
    assert khabar("--version").out.startswith("khabar 0.")


def test_help_loads_nothing_heavy() -> None:
    heavy = {"sqlalchemy", "rich", "jinja2", "lxml", "wordfreq", "httpx", "httpcore", "protego"}
    code = f"import sys, khabar.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("verb", [["timeline"], ["show", "x"], ["search", "x"], ["report"], ["export", "csv"]])
def test_without_a_record(khabar: Khabar, verb: list[str]) -> None:
    done = khabar(*verb)
    assert (done.code, done.out) == (1, "")
    assert (
        done.err
        == "khabar: khabar.db: there is no record here; make one with: khabar build FOLDER --record khabar.db\n"
    )


def test_search_marks_what_it_found(built: Khabar) -> None:
    done = built("search", "بالقاهره")
    assert done.code == 0
    assert "visit" in done.out
    assert built("search", "كلمةلاتوجد").out == "nothing found\n"
    assert built("search", "؟!").code == 1


def test_show_every_kind_of_id(built: Khabar) -> None:
    with Record("khabar.db") as record:
        links, documents = record.links(), record.documents()
    claims = [f"{found.document.id}:{claim.id}" for found in documents for claim in found.claims]
    events = [f"{found.document.id}:{event.id}" for found in documents for event in found.events]
    linked = [item.id for kind in (links.happenings, links.entities, links.stories) for item in kind]
    assert claims
    labels = [entity.label for entity in links.entities]
    for id in [*claims[:3], *events[:3], *linked, "visit", *labels[:2]]:
        done = built("show", id)
        assert (done.code, bool(done.out.strip())) == (0, True), id
    assert "←" in built("show", claims[0]).out
    assert re.search(r"text \d+-\d+, raw \d+-\d+", built("show", claims[0]).out)


def test_timeline_of_what_is_disputed_or_new(built: Khabar) -> None:
    everything = built("timeline", "--undated").out
    assert built("timeline", "--undated", "--since", "2000-01-01").out == everything
    assert built("timeline", "--since", "2999-01-01").out == "no such events\n"
    contested = built("timeline", "--undated", "--disputed").out
    assert len(contested) < len(everything)
    assert built("timeline", "--since", "yesterday").code == 2


def test_show_a_wrong_id_names_its_neighbours(built: Khabar) -> None:
    done = built("show", "vist")
    assert (done.code, done.out) == (1, "")
    assert "has the id 'vist'; did you mean visit" in done.err
    assert "find ids with khabar search" in built("show", "qqqqqqqq").err
    assert built("show", "visit:c999").code == 1


def test_report_is_written_whole(built: Khabar, tmp_path: Path) -> None:
    assert built("report", "--out", tmp_path / "r.html").code == 0
    assert "<html" in (tmp_path / "r.html").read_text("utf-8")
    assert built("report", "--out", tmp_path).code == 1
    assert built("report", "--out", tmp_path / "not" / "yet" / "r.html").code == 0
    assert "<html" in (tmp_path / "not" / "yet" / "r.html").read_text("utf-8")
    assert built("report", "--out", tmp_path / "r.html" / "r.html").code == 1
    assert built("report", "--out", tmp_path / "r.html", "--since", "2000-01-01").code == 0
    assert "What is new" in (tmp_path / "r.html").read_text("utf-8")


def test_export_jsonl(built: Khabar, tmp_path: Path) -> None:
    lines = built("export", "jsonl").out.splitlines()
    assert {json.loads(line)["id"] for line in lines} == {"visit", "denial"}
    built("export", "jsonl", "--out", tmp_path / "x.jsonl")
    assert (tmp_path / "x.jsonl").read_text("utf-8").splitlines() == lines


def test_export_csv_leads_back_to_the_characters(built: Khabar) -> None:
    with Record("khabar.db") as record:
        documents = {found.document.id: found.document for found in record.documents()}
    text = built("export", "csv", "--bom").out
    assert text.startswith("\ufeffhappening,")
    table = list(csv.DictReader(text.lstrip("\ufeff").splitlines()))
    assert table
    for row in table:
        document = documents[row["document"]]
        assert document.text[int(row["start"]) : int(row["end"])].splitlines() == row["quote"].splitlines()
        assert 0 <= int(row["raw_start"]) < int(row["raw_end"]) <= len(document.raw)


def test_export_csv_holds_no_formula() -> None:
    text = "=HYPERLINK(1) زار الوزير القاهرة."
    event = {"id": "e1", "type": "CONSULT", "status": "actual", "triggers": [{"text": "زار"}], "actor": ["-1"]}
    data = {"id": "x", "text": text, "outlet": "@SUM(1)", "events": [event]}
    found = from_json(data)
    told = Happening(
        "h1", "CONSULT", None, "actual", None, None, (), (), (Mention("x", "e1"),), (), "single-source", 1, (), "", ""
    )
    cells = [cell for row in csv.reader(csv_text([found], Links(happenings=(told,)))) for cell in row]
    assert {"'@SUM(1)", "'-1", f"'{text}"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("verb", [["timeline"], ["export", "jsonl"]])
def test_a_full_disk_is_told_in_one_line(built: Khabar, verb: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from khabar.cli import main; main()", *verb]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "khabar: what was found cannot be printed: No space left on device\n")


def test_wrong_format_is_wrong_usage(built: Khabar) -> None:
    assert built("export", "xml").code == 2


def test_a_hostile_report_is_shown_as_text(khabar: Khabar, tmp_path: Path) -> None:
    text = "قال الوزير إن الوفد وصل إلى القاهرة أمس. " + HOSTILE
    data = {"id": "x", "text": text, "title": HOSTILE, "outlet": HOSTILE, "published": "2023-01-01"}
    (tmp_path / "x.json").write_text(json.dumps(data), "utf-8")
    khabar("build", "x.json")
    for verb in (["show", "x"], ["search", "عاجل"], ["timeline"]):
        done = khabar(*verb)
        assert (done.code, "\x1b" in done.out) == (0, False), verb
    assert "[red]" in khabar("show", "x").out
    khabar("report")
    assert "<script>alert(1)" not in Path("report.html").read_text("utf-8")


def test_analyse_names_files_as_their_inputs(khabar: Khabar, reports: Path, tmp_path: Path) -> None:
    (reports / "gold.json").write_text(json.dumps({"id": "other", "text": "وصل الوفد إلى القاهرة أمس."}), "utf-8")
    (reports / "two.jsonl").write_text(
        "\n".join(json.dumps({"id": name, "text": f"غادر الوفد {name} القاهرة أمس."}) for name in ("a/b", "links")),
        "utf-8",
    )
    (reports / "z").mkdir()
    (reports / "z" / "visit.txt").write_text("وصل وفد روسي إلى بنغازي أمس للقاء حفتر.", "utf-8")
    done = khabar("analyse", reports, "--out", "deep/pred", "--published", "2023-09-01")
    assert (done.code, done.out) == (0, "")
    written = {path.stem: json.loads(path.read_text("utf-8")) for path in Path("deep/pred").iterdir()}
    links = written.pop("links")
    assert set(written) == {"gold", "visit", "visit-2", "denial", "a-b", "links-2"}
    assert all(data["id"] == name for name, data in written.items())
    assert written["gold"]["published"] == "2023-09-01"
    named = {mention["doc"] for event in links["events"] for mention in event["mentions"]}
    assert named <= set(written)
    for data in written.values():
        for span in [*data["times"], *data["names"], *(claim["content"] for claim in data["claims"])]:
            assert data["text"][span["start"] : span["end"]] == span["text"]


def test_analyse_prints_a_line_a_report_without_a_folder(khabar: Khabar, reports: Path) -> None:
    done = khabar("analyse", reports, "--format", "json")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, {data["id"] for data in found}) == (0, {"visit", "denial"})
    assert all(data["events"] and data["claims"] for data in found)


def test_analyse_on_bad_input(khabar: Khabar, reports: Path, tmp_path: Path) -> None:
    done = khabar("analyse", reports, "--out", reports / "visit.txt")
    assert (done.code, "visit.txt: not a folder" in done.err) == (1, True)
    assert khabar("analyse", reports, "--out", "p", "--published", "2023-13-01").code == 2
    assert khabar("analyse", "absent", "--out", "p").code == 1
    (reports / "empty.txt").touch()
    done = khabar("analyse", reports, "--out", "p", "--no-link")
    assert (done.code, "empty.txt" in done.err, (tmp_path / "p" / "links.json").exists()) == (3, True, False)
