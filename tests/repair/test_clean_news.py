"""On clean reports nothing is guessed: our own samples, and a sample of the news beside the project."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

import khabar
from khabar.repair import repair

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(file for file in (ROOT / "samples").iterdir() if file.suffix != ".md")
NEWS = ROOT.parent / "shared" / "data" / "news" / "antcorpus.jsonl.gz"
ON_SIGHT = {"entity", "line-break", "control-character", "presentation-form", "invisible", "kashida", "odd-space"}
"""Rules that act on a character which no clean text holds; a look-alike letter is one of Persian too.  A lone word
without its space is an error of typing, which stays."""


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_samples_stay_byte_for_byte(file: Path) -> None:
    for document in khabar.read(file):
        assert repair(document.text) == (document.text, ())
        assert document.damage == ()


@pytest.mark.shared
def test_news_stays() -> None:
    if not NEWS.exists():
        pytest.skip(f"{NEWS} is not here")
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        reports = [str(json.loads(line)["text"]) for line in islice(lines, 300)]
    guessed = [step.rule for report in reports for step in repair(report)[1] if step.rule not in ON_SIGHT]
    assert set(guessed) <= {"lookalike-letter"}
