"""`make readme`: writes the newest result tables into README.md, between its marks; nobody types a number there."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "eval" / "results"
SHOWN = (
    "times",
    "names",
    "entities",
    "events",
    "roles",
    "claims",
    "sources",
    "source-kind",
    "event-status",
    "figures",
)
STORY_FIGURES = ("stories", "copies", "events", "independent", "spread", "disputed")


def newest() -> dict[str, dict[str, Any]]:
    """The newest result of every gold set; other people's corpora have tables of their own."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(RESULTS.glob("*.json")):
        data = json.loads(file.read_text("utf-8"))
        if "documents" in data:
            found[data["gold"]] = data
    return found


def table(results: dict[str, dict[str, Any]], figures: tuple[str, ...]) -> list[str]:
    """A Markdown table, one row a gold set that has these figures."""
    rows = ["| gold set | documents | " + " | ".join(figures) + " |", "|---|--:|" + "--:|" * len(figures)]
    for gold, data in results.items():
        if all(figure in data["figures"] for figure in figures):
            cells = " | ".join(f"{data['figures'][figure][0]:.2f}" for figure in figures)
            rows.append(f"| {gold} | {data['documents']} | {cells} |")
    return rows


def bench(name: str) -> list[str]:
    """The newest table of a bench: ``DATE.md`` of speed, ``DATE-NAME.md`` of any other."""
    day = "[0-9]" * 4 + "-[0-9][0-9]-[0-9][0-9]"
    files = sorted((ROOT / "bench" / "results").glob(f"{day}{name}.md"))
    return files[-1].read_text("utf-8").splitlines() if files else []


def repair(lines: list[str]) -> list[str]:
    """The two tables of the bench of repair, each in two rows: the mean over its rows, and the worst."""
    tables: dict[str, list[list[float]]] = {}
    head: list[str] = []
    for line in lines:
        cells = [cell.strip().strip("*") for cell in line.strip("|").split("|")]
        if "error rate" in cells[0]:
            head = cells[1:7]
            tables[cells[0].partition(":")[0]] = []
        elif tables and line.startswith("|") and "---" not in line:
            list(tables.values())[-1].append([float(cell) for cell in cells[1:7]])
    rows = [f"| characters wrong, % | {' | '.join(head)} |", "|---|" + "--:|" * len(head)]
    for name, found in tables.items():
        columns = list(zip(*found, strict=True))
        for kind, pick in (("mean", mean), ("worst", max)):
            cells_of = " | ".join(f"{pick(column):.2f}" for column in columns)
            rows.append(f"| {name} ({len(found)}), {kind} | {cells_of} |")
    return rows


def patch(text: str, mark: str, lines: list[str]) -> str:
    """The text with the lines between ``<!-- mark -->`` and ``<!-- /mark -->``.

    Raises:
        ValueError: when a mark is missing.

    >>> patch("<!-- a -->old<!-- /a -->", "a", ["new"])
    '<!-- a -->\\nnew\\n<!-- /a -->'
    """
    head, start, rest = text.partition(f"<!-- {mark} -->")
    _, end, tail = rest.partition(f"<!-- /{mark} -->")
    if not start or not end:
        raise ValueError(f"no marks for {mark}")
    return f"{head}{start}\n" + "\n".join(lines) + f"\n{end}{tail}"


def latest(folder: Path, pattern: str) -> list[str]:
    """The lines of the newest dated file."""
    files = sorted(folder.glob(pattern))
    return files[-1].read_text("utf-8").splitlines() if files else []


def heads() -> list[str]:
    """How well each head of the shipped encoder does on our own corpus: F1 of all, and of each kind."""
    run = json.loads((ROOT / "training" / "results" / "shipped.json").read_text("utf-8"))
    rows = ["| head | precision | recall | F1 | F1 by kind |", "|---|--:|--:|--:|---|"]
    for name, scores in run["epochs"][-1]["scores"].items():
        source, _, head = name.partition(" ")
        if source == "corpus":
            kinds = ", ".join(f"{kind} {found[2]:.2f}" for kind, found in scores.items() if kind != "all")
            rows.append(f"| {head} | {' | '.join(f'{value:.3f}' for value in scores['all'])} | {kinds} |")
    for kind, found in run["epochs"][-1].get("links", {}).items():
        rows.append(f"| pairs: {kind} | {' | '.join(f'{value:.3f}' for value in found)} | |")
    return rows


def card() -> None:
    """Patch the model card."""
    file = ROOT / "docs" / "model-card.md"
    text = patch(file.read_text("utf-8"), "ner", latest(RESULTS, "*-ner.md"))
    text = patch(text, "heads", heads())
    file.write_text(patch(text, "encoder", bench("-encoder")), "utf-8")


def main() -> int:
    """Patch README.md and the model card."""
    readme = ROOT / "README.md"
    results = newest()
    text = patch(readme.read_text("utf-8"), "eval", table(results, SHOWN))
    text = patch(text, "stories", table(results, STORY_FIGURES))
    text = patch(text, "repair", repair(bench("-repair")))
    text = patch(text, "web", bench("-web"))
    text = patch(text, "ner", latest(RESULTS, "*-ner.md"))
    text = patch(text, "encoder", bench("-encoder"))
    readme.write_text(patch(text, "bench", bench("")), "utf-8")
    card()
    return 0


if __name__ == "__main__":
    sys.exit(main())
