"""The counted part of ``DATASHEET.md``, written between its marks: ``python -m corpus.datasheet [--check]``."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.load import HERE, SECOND, load_agreement, load_plan, load_reports
from corpus.tally import against_marks, tally

Json = dict[str, Any]
SHEET = HERE / "DATASHEET.md"
_COUNTED = re.compile(r"(<!-- counted -->\n).*(\n<!-- end -->)", re.DOTALL)
PARTS = ("train", "dev", "test")


def counted() -> str:
    """All tables."""
    reports, plan = load_reports(), load_plan()
    part = {row["id"]: row["split"] for row in plan}
    everything = tally(reports, plan)
    sections = [
        _section("What was asked for", ("what", "there is", "asked"), _asked(everything)),
        _section("By part", ("what", *PARTS), _by_part(reports, part, plan)),
        *(_section(title, ("what", "count"), _starting(everything, start)) for title, start in _GROUPS.items()),
        _section("Basis", ("basis", "reports"), Counter(report["basis"] for report in reports).most_common()),
    ]
    return "\n\n".join([*sections, *_agreement()])


_GROUPS = {
    "Events by type": "type ", "Modes": "mode ", "Status": "status ", "Claims": "claims: ", "Times": "times: ",
    "Names": "names: ", "Units of figures": "unit ", "Genre": "genre ", "Usage": "usage ",
}  # fmt: skip


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [" | ".join(map(str, row)) for row in (head, ["---"] * len(head), *rows)]
    return "\n".join([f"### {title}", "", *(f"| {line} |" for line in lines)])


def _asked(counts: Counter[str]) -> list[tuple[str, str, str]]:
    return [(name, f"{count:,}", f"{least:,}") for name, count, least in against_marks(counts)]


def _starting(counts: Counter[str], start: str) -> list[tuple[str, int]]:
    found = Counter({name.removeprefix(start): count for name, count in counts.items() if name.startswith(start)})
    return found.most_common()


def _by_part(reports: Sequence[Json], part: dict[str, str], plan: Sequence[dict[str, str]]) -> list[Sequence[object]]:
    counts = {name: tally([one for one in reports if part[one["id"]] == name], plan) for name in PARTS}
    kinds = ("reports", "words", "names", "events", "claims", "times", "figures", "stories")
    return [(kind, *(f"{counts[name][kind]:,}" for name in PARTS)) for kind in kinds]


def _agreement() -> Iterator[str]:
    """How well a second annotator, who had not seen the first annotation, agreed with it.

    The figures are those of the day: afterwards the first annotation was mended where the two did not agree.
    """
    rows = [(row["figure"], row["agreement"]) for row in load_agreement()]
    yield _section(
        f"Agreement of two annotators on {len(list(SECOND.glob('*.json')))} reports", ("figure", "agreement"), rows
    )


def main() -> int:
    """Write the tables, or say whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    sheet = SHEET.read_text("utf-8")
    renewed = _COUNTED.sub(lambda found: f"{found[1]}\n{counted()}\n{found[2]}", sheet)
    if parser.parse_args().check:
        return 0 if renewed == sheet else 1
    SHEET.write_text(renewed, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
