"""Writes the table of what was tried, from the measures that each training left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write_results(folder: Path) -> None:
    """``RESULTS.md`` beside the folder of measures: a row for each, the last epoch of it."""
    runs = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
    folder.with_name("RESULTS.md").write_text(_page(runs), "utf-8")


def _page(runs: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for run in runs for name in run["epochs"][-1]["scores"]))
    head = ["what", "layers", "features", "joined", "epochs", "seconds", *names]
    rows = [head, ["---"] * len(head), *(_row(run, names) for run in runs)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"# What was tried\n\nF1 of exact spans; written by `python -m training results`.\n\n{table}\n"


def _row(run: dict[str, Any], names: list[str]) -> list[str]:
    last = run["epochs"][-1]
    told = [f"{last['scores'][name]['all'][2]:.3f}" if name in last["scores"] else "" for name in names]
    seconds = sum(epoch["seconds"] for epoch in run["epochs"])
    features = "yes" if run["features"] else "no"
    return [run["name"], str(run["layers"]), features, str(run["joined"]), str(last["epoch"]), str(seconds), *told]
