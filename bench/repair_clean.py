"""Clean reports, in which a repair has nothing to guess."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from khabar.repair import repair

CERTAIN = frozenset(
    {
        "entity",
        "line-break",
        "control-character",
        "presentation-form",
        "invisible",
        "kashida",
        "lookalike-letter",
        "odd-space",
    }
)
"""Rules that act on a character that no clean text holds; all others judge by evidence, that is, they guess."""
_LEAST = 400
"""Characters of a report worth reading."""


def news(data: Path, most: int) -> list[str]:
    """The first reports of SaudiNewsNet under a data folder; none where it is not there."""
    return [report for report, _ in zip(_reports(data / "news" / "saudinewsnet"), range(most), strict=False)]


def _reports(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(file) as archive:
            for member in archive.namelist():
                for record in json.loads(archive.read(member)):
                    content = str(record.get("content") or "")
                    if len(content) >= _LEAST:
                        yield content


def changed(reports: Sequence[str]) -> Counter[str]:
    """How many reports each guessing rule changes."""
    found: Counter[str] = Counter()
    for report in reports:
        _, plan = repair(report)
        found.update({step.rule for step in plan} - CERTAIN)
    return found
