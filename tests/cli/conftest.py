"""The command line as a user meets it, in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from khabar.cli import main
from khabar.record.rules import Rules


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Khabar = Callable[..., Done]

VISIT = """البرهان يصل إلى القاهرة

القاهرة، 30 أغسطس 2023

قالت وكالة السنبلة إن رئيس مجلس السيادة السوداني عبد الفتاح البرهان وصل أمس إلى القاهرة.
وأكد وزير الخارجية المصري سامح شكري أن الرئيس عبد الفتاح السيسي استقبل البرهان في العلمين.
"""
DENIAL = """نفى المتحدث باسم القوات المسلحة السودانية نبيل عبد الله، الأربعاء، وصول البرهان إلى موسكو.
"""


@pytest.fixture
def khabar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Khabar:
    """Runs a command in an empty folder, as a program whose rules nobody edits meanwhile."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("khabar.build.present_rules", lambda: Rules("test", "annotate", "link"))

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["khabar", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsysbinary.readouterr()
        return Done(code, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "visit.txt").write_text(VISIT, "utf-8")
    (folder / "denial.txt").write_text(DENIAL, "utf-8")
    return folder
