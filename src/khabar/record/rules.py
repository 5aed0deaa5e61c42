"""What decides an annotation: the version of the program, and a hash of its rules, its words and its weights."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import khabar
from khabar.encoder import available, identity

STAGES = (
    "model.py",
    "pipeline.py",
    "readers",
    "repair",
    "text",
    "lexicon",
    "encoder",
    "times",
    "names",
    "claims",
    "events",
    "figures",
)
"""Files and folders of the package whose contents decide what is found in a document."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Two builds with equal rules find the same in the same bytes."""

    version: str
    """Of the program; ends in ``(rules only)`` where the encoder could not be used."""
    annotate: str
    link: str


def _sources(parts: tuple[str, ...]) -> Iterator[Path]:
    home = Path(khabar.__file__).parent
    for part in parts:
        path = home / part
        found = [path] if path.suffix else path.rglob("*")
        yield from sorted(file for file in found if file.suffix in {".py", ".tsv"})


def _hash(parts: tuple[str, ...]) -> str:
    digest = hashlib.sha256(f"{khabar.__version__} {identity()}".encode())
    for file in _sources(parts):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def present_rules() -> Rules:
    """The rules of the program that runs."""
    version = khabar.__version__ if available() else f"{khabar.__version__} (rules only)"
    return Rules(version, _hash(STAGES), _hash((*STAGES, "link")))
