"""Duckling's Arabic phrases, where the folder with them is at hand: value and grain as there.

The folder is `KHABAR_DATA`, else ``../shared/data`` beside the checkout.  An hour is right as ``T15:00``; the end of an
interval, which Duckling leaves out, is taken in.
"""

from __future__ import annotations

import ast
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from khabar.model import Published
from khabar.text import tokenize
from khabar.times import find_times
from khabar.times.words import Reading

PHRASES = (
    Path(os.environ.get("KHABAR_DATA", Path(__file__).parents[3] / "shared" / "data")) / "time" / "duckling_ar.tsv"
)
SAID = Published("2013-02-12T04:30", "given")
STEPS = {"Second": timedelta(seconds=1), "Minute": timedelta(minutes=1), "Hour": timedelta(hours=1),
         "Day": timedelta(1), "Week": timedelta(7)}  # fmt: skip
FORMS = {"Second": "%Y-%m-%dT%H:%M:%S", "Minute": "%Y-%m-%dT%H:%M", "Hour": "%Y-%m-%dT%H:%M", "Day": "%Y-%m-%d",
         "Week": "%G-W%V", "Month": "%Y-%m", "Year": "%Y"}  # fmt: skip


def wanted(value: str) -> str:
    """``(2013, 2, 11, 0, 0, 0) Day`` as our value writes it."""
    moments, grain, _ = re.split(r"\) (?=[A-Z])(\w+)", value, maxsplit=1)
    numbers = ast.literal_eval(moments + ")")
    if isinstance(numbers[0], int):
        return datetime(*numbers).strftime(FORMS[grain])
    first, last = datetime(*numbers[0]), datetime(*numbers[1]) - STEPS[grain]
    return f"{first.strftime(FORMS[grain])}/{last.strftime(FORMS[grain])}"


def right(reading: Reading) -> list[str]:
    """The phrases that give exactly the one value."""
    rows = [line.split("\t") for line in PHRASES.read_text("utf-8").splitlines() if line.startswith("datetime")]
    return [
        phrase
        for _, value, phrase in rows
        if [time.value for time in find_times(tokenize(phrase), SAID, reading)] == [wanted(value)]
    ]


@pytest.mark.skipif(not PHRASES.exists(), reason=f"no file {PHRASES}: set KHABAR_DATA")
@pytest.mark.parametrize(("reading", "least"), [("assistant", 160), ("news", 115)])
def test_phrases(reading: Reading, least: int) -> None:
    assert len(right(reading)) >= least
