"""The files of the corpus, read."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from khabar.lexicon import table

Json = dict[str, Any]
HERE = Path(__file__).resolve().parent
REPORTS = HERE / "reports"
DAMAGED = HERE / "damaged"
SECOND = HERE / "second"
"""Reports annotated again by somebody who had not seen the first annotation."""


def load_report(file: Path) -> Json:
    """One report in the annotation form."""
    report: Json = json.loads(file.read_text("utf-8"))
    return report


def dumped(report: Json) -> str:
    """A report as JSON with one line an annotation, so that a change to one is a change to one line."""
    lines = []
    for key, value in report.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            lines.append(f" {json.dumps(key)}: [\n  {items}\n ]")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def load_reports() -> list[Json]:
    """All reports, by id."""
    return [load_report(file) for file in sorted(REPORTS.glob("*.json"))]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t"))


def load_plan() -> list[dict[str, str]]:
    """Rows of ``plan.tsv``: one a report."""
    return _rows("plan.tsv")


def load_agreement() -> list[dict[str, str]]:
    """Rows of ``agreement.tsv``: a figure each."""
    return _rows("agreement.tsv")


def load_modes() -> dict[str, frozenset[str]]:
    """The modes that PLOVER has for each type of event."""
    return {row["type"]: frozenset(row["modes"].split()) for row in table("plover")}


def load_same() -> dict[str, frozenset[str]]:
    """Rows of ``two_things.tsv``: labels that are alike, or share a form, and are two things all the same."""
    pairs: dict[str, set[str]] = defaultdict(set)
    for row in _rows("two_things.tsv"):
        pairs[row["first"]].add(row["second"])
        pairs[row["second"]].add(row["first"])
    return {label: frozenset(others) for label, others in pairs.items()}
