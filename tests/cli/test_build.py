"""``khabar build``: once, again, killed, crowded, and on bad input."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from khabar.model import Annotated, Document
from khabar.record import Record
from khabar.record.rules import Rules
from khabar.record.write import Writer

Khabar = Callable[..., object]


def rows(done: object) -> dict[str, int]:
    """The numbers of the table that a build ends with."""
    lines = [line.rsplit(maxsplit=1) for line in done.out.splitlines() if line.strip()]  # type: ignore[attr-defined]
    return {line[0].strip(): int(line[1]) for line in lines if len(line) == 2 and line[1].isdigit()}


def test_a_second_run_does_only_what_is_new_or_changed(khabar: Khabar, reports: Path) -> None:
    first = khabar("build", reports)
    assert first.code == 0
    assert rows(first)["read"] == 2
    again = rows(khabar("build", reports))
    assert (again["read"], again["unchanged"]) == (0, 2)
    (reports / "visit.txt").write_text("قال الوزير إن الوفد غادر القاهرة أمس عائدا إلى الخرطوم.", "utf-8")
    (reports / "new.txt").write_text("وصل وفد روسي إلى بنغازي للقاء القائد العام خليفة حفتر.", "utf-8")
    third = rows(khabar("build", reports))
    assert (third["read"], third["read again (changed)"], third["unchanged"]) == (1, 1, 1)
    assert third["in the record"] == 3


def test_a_file_that_is_gone_stays_in_the_record(khabar: Khabar, reports: Path) -> None:
    khabar("build", reports)
    (reports / "denial.txt").unlink()
    assert rows(khabar("build", reports))["in the record"] == 2


def test_a_new_program_annotates_anew_even_what_is_gone(
    khabar: Khabar, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    khabar("build", reports)
    (reports / "denial.txt").unlink()
    monkeypatch.setattr("khabar.build.present_rules", lambda: Rules("9", "other", "other"))
    again = rows(khabar("build", reports))
    assert (again["read again (changed)"], again["unchanged"]) == (2, 0)
    assert rows(khabar("build", reports))["unchanged"] == 1


def test_two_files_of_one_name_keep_their_ids(khabar: Khabar, reports: Path) -> None:
    (reports / "z").mkdir()
    (reports / "z" / "visit.txt").write_text("وصل وفد روسي إلى بنغازي للقاء القائد العام خليفة حفتر.", "utf-8")
    for _ in range(2):
        khabar("build", reports)
        with Record("khabar.db") as record:
            assert sorted(record.ids()) == ["denial", "visit", "visit-2"]
            assert "روسي" in record.document("visit-2").document.text


def test_exit_codes(khabar: Khabar, reports: Path, tmp_path: Path) -> None:
    assert khabar("build", reports, "absent.txt").code == 3
    assert khabar("build", "absent.txt").code == 1
    assert khabar("build", reports, "--record", tmp_path).code == 1
    assert khabar("build").code == 2
    for date in ("2023-02-30", "20230929", "yesterday", "٢٠٢٣-٠٩-٢٩", ""):
        done = khabar("build", reports, "--published", date)
        assert (done.code, "YYYY-MM-DD" in done.err) == (2, True)
    (tmp_path / "nothing").mkdir()
    done = khabar("build", tmp_path / "nothing")
    assert (done.code, "no report to read" in done.err) == (1, True)


def test_what_is_dropped_is_named_with_its_reason_and_the_rest_goes_on(khabar: Khabar, reports: Path) -> None:
    (reports / "empty.txt").touch()
    (reports / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (reports / "link.txt").symlink_to("nowhere.txt")
    (reports / "broken.json").write_text("{", "utf-8")
    done = khabar("build", reports)
    assert done.code == 3
    assert (rows(done)["read"], rows(done)["dropped"]) == (2, 4)
    with Record("khabar.db") as record:
        dropped = {Path(item.path).name: item.reason for item in record.dropped()}
    assert set(dropped) == {"empty.txt", "binary.txt", "link.txt", "broken.json"}
    assert all(dropped.values())
    for name in dropped:
        (reports / name).unlink()
    khabar("build", reports)


def test_an_internal_error_drops_its_document_only(
    khabar: Khabar, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(document: Document) -> Annotated:
        if document.id == "visit":
            raise ZeroDivisionError("a \x1b[31m[bold]mistake")
        return Annotated(document)

    monkeypatch.setattr("khabar.pipeline.annotate", failing)
    done = khabar("build", reports)
    assert done.code == 3
    assert "internal error: ZeroDivisionError: a [31m[bold]mistake" in done.out
    assert rows(done)["read"] == 1


def test_a_hostile_name_cannot_write_to_the_terminal(khabar: Khabar, reports: Path) -> None:
    (reports / "\x1b[2J[red]\u202ex\udcff.txt").touch()
    done = khabar("build", reports)
    assert (done.code, rows(done)["read"]) == (3, 2)
    assert not {"\x1b", "\u202e"} & set(done.out + done.err)
    assert "[2J[red]x" in done.out


def test_a_given_date_is_for_those_that_tell_none(khabar: Khabar, reports: Path) -> None:
    khabar("build", reports, "--published", "2023-09-06")
    khabar("build", reports)
    with Record("khabar.db") as record:
        published = {found.document.id: found.document.published for found in record.documents()}
    assert published["denial"].value == "2023-09-06"
    assert published["visit"].value == "2023-08-30"


def test_a_document_that_new_rules_fail_on_is_named_and_kept(
    khabar: Khabar, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(document: Document) -> Annotated:
        raise ZeroDivisionError("a mistake")

    monkeypatch.setattr("khabar.pipeline.annotate", Annotated)
    khabar("build", reports)
    monkeypatch.setattr("khabar.pipeline.annotate", failing)
    monkeypatch.setattr("khabar.build.present_rules", lambda: Rules("9", "other", "other"))
    (reports / "new").mkdir()
    (reports / "new" / "empty.txt").touch()
    done = khabar("build", reports / "new")
    assert (done.code, done.out.count("internal error: ZeroDivisionError: a mistake")) == (1, 2)
    with Record("khabar.db") as record:
        assert sorted(record.ids()) == ["denial", "visit"]


def test_a_second_build_at_once_is_told_so(khabar: Khabar, reports: Path, tmp_path: Path) -> None:
    with Writer(tmp_path / "khabar.db", Rules("test", "annotate", "link")):
        done = khabar("build", reports)
    assert (done.code, "khabar.db: another build is writing this record" in done.err) == (1, True)
    assert khabar("build", reports).code == 0


SAME_RULES = """
import khabar.build
from khabar.record.rules import Rules
khabar.build.present_rules = lambda: Rules("test", "annotate", "link")
"""
SLOW_BUILD = f"""{SAME_RULES}
import time
import khabar.pipeline
from khabar.model import Annotated
def slow(document):
    time.sleep(0.02)
    return Annotated(document)
khabar.pipeline.annotate = slow
from khabar.cli import main
main()
"""
KILLED_WHILE_LINKING = f"""{SAME_RULES}
import os, signal
import khabar.link.linker, khabar.pipeline
from khabar.model import Annotated
khabar.pipeline.annotate = Annotated
khabar.link.linker.Linker.update = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from khabar.cli import main
main()
"""


def committed(record: Path) -> int:
    """How many documents a record holds for whoever opens it now; 0 where there is none yet."""
    try:
        with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.slow
def test_a_build_that_is_killed_loses_nothing_and_goes_on(
    khabar: Khabar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabar.pipeline.annotate", Annotated)
    lines = [json.dumps({"id": f"d{at}", "text": f"وصل الوفد رقم {at} إلى القاهرة أمس."}) for at in range(150)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    record = tmp_path / "khabar.db"
    process = subprocess.Popen([sys.executable, "-c", SLOW_BUILD, "build", "many.jsonl"], cwd=tmp_path)
    deadline = time.monotonic() + 30
    while not (before := committed(record)) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    after = committed(record)
    assert 0 < before <= after < 150
    with Record(record) as opened:
        assert len(opened.documents()) == after
        assert opened.links().roots
    done = rows(khabar("build", "many.jsonl"))
    assert (done["unchanged"], done["read"], done["in the record"]) == (after, 150 - after, 150)
    with sqlite3.connect(record) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.slow
def test_links_that_a_kill_prevented_are_made_by_the_next_run(khabar: Khabar, reports: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED_WHILE_LINKING, "build", str(reports)]
    assert subprocess.run(command, cwd=tmp_path, env={**os.environ, "COLUMNS": "100"}).returncode == -signal.SIGKILL
    again = rows(khabar("build", reports))
    assert (again["read"], again["unchanged"]) == (0, 2)
    with Record(tmp_path / "khabar.db") as record:
        assert len(record.links().roots) == 2


def test_records_of_one_file_are_told_apart(khabar: Khabar, tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": f"وصل وفد {name} إلى القاهرة أمس الأول."}) for name in ("a", "a", "b")]
    file = tmp_path / "three.jsonl"
    file.write_text("\n".join(lines))
    assert rows(khabar("build", file))["read"] == 2  # the same bytes twice are one report
    file.write_text("\n".join([lines[2], '{"id": "c", "text": "غادر الوفد القاهرة إلى بورتسودان."}', "{"]))
    done = khabar("build", file)
    assert (done.code, rows(done)["unchanged"], rows(done)["read"], rows(done)["dropped"]) == (3, 1, 1, 1)
    file.write_text("\n".join(lines[2:]))
    khabar("build", file)
    with Record("khabar.db") as record:
        assert record.ids() == ["b"]
