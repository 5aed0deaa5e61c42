"""Other people's texts, whatever form they lie in: to be sure that no sentence of theirs is in the corpus."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every report under a folder: plain text, JSON, JSON lines, zipped or not."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _texts(path)


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    if path.suffix in {".txt", ".tsv", ".csv", ".html", ".md"}:
        yield path.name, path.read_text("utf-8", "replace")
    elif path.suffix == ".json":
        yield from _strings(path.name, json.loads(path.read_text("utf-8")))
    elif path.name.endswith(".jsonl.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield from _strings(f"{path.name} line {number}", json.loads(line))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                if member.endswith(".json"):
                    yield from _strings(f"{path.name} {member}", json.loads(archive.read(member)))


def _strings(name: str, data: Any) -> Iterator[tuple[str, str]]:
    """Every long string of a JSON value."""
    if isinstance(data, str):
        if len(data) > 60:
            yield name, data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _strings(name, value)
