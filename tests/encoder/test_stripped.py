"""A copy without weights: the same commands, by rules alone, and told so."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from khabar.encoder import available
from khabar.encoder.manifest import SHIPPED

pytestmark = pytest.mark.slow
KHABAR = Path(sys.executable).with_name("khabar")
REPORT = "زار الرئيس المصري عبد الفتاح السيسي موسكو أمس.\nوقال المتحدث باسم الرئاسة إن المباحثات تناولت التجارة.\n"
SAID = "found by rules only, without the encoder: its weights are not installed"


def build(folder: Path, **environment: str) -> str:
    (folder / "report.txt").write_text(REPORT, "utf-8")
    command = [KHABAR, "build", "report.txt", "--record", "khabar.db"]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    assert "Traceback" not in done.stderr
    return " ".join(done.stdout.split())


def versions(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "khabar.db") as record:
        found = [row[0] for row in record.execute("SELECT version FROM runs ORDER BY id")]
    record.close()
    return found


def test_a_stripped_copy_builds_by_rules_and_says_so_once(tmp_path: Path) -> None:
    told = build(tmp_path, KHABAR_WEIGHTS=str(tmp_path / "nowhere"))
    assert told.count(SAID) == 1
    assert "claims 1" in told
    assert [version.endswith(" (rules only)") for version in versions(tmp_path)] == [True]


@pytest.mark.skipif(not available(), reason="no weights are shipped with this copy")
def test_reports_are_annotated_anew_when_weights_come(tmp_path: Path) -> None:
    build(tmp_path, KHABAR_WEIGHTS=str(tmp_path / "nowhere"))
    told = build(tmp_path, KHABAR_WEIGHTS=str(SHIPPED))
    assert SAID not in told
    assert "read again (changed) 1" in told
    assert [version.endswith(" (rules only)") for version in versions(tmp_path)] == [True, False]
