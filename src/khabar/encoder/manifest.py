"""What the folder of weights holds, as its ``heads.json`` says; reads no weights and needs no library."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, cast

from khabar.errors import EncoderError

SHIPPED = Path(__file__).with_name("weights")
GRAPH, TOKENIZER, HEADS = "encoder.onnx", "tokenizer.json", "heads.json"
LIBRARIES = ("numpy", "onnxruntime", "tokenizers")
_KINDS = ("bio", "label")


@dataclass(frozen=True, slots=True)
class Head:
    """One question that the encoder answers for each token."""

    name: str
    labels: tuple[str, ...]
    """The meaning of each column of its output."""
    kind: Literal["bio", "label"]
    """``bio``: spans of tokens (``O``, ``B-PER``, ``I-PER`` ...); ``label``: each token for itself."""


@dataclass(frozen=True, slots=True)
class LinkHead:
    """The questions that the encoder answers for pairs of tokens."""

    kinds: tuple[str, ...]
    distances: tuple[tuple[float, ...], ...]
    """For each kind what being so far apart adds to its score: see `khabar.encoder.links`."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of ``heads.json``."""

    layers: int
    vocabulary: int
    features: tuple[str, ...]
    """Names of the columns of the features that the encoder was trained with."""
    heads: tuple[Head, ...]
    links: LinkHead
    """Without kinds where the weights have none."""
    sha256: Mapping[str, str]
    """For each file of weights the hash of its bytes."""


def folder() -> Path:
    """Where the weights lie: beside this module, or where the environment's ``KHABAR_WEIGHTS`` says."""
    return Path(os.environ.get("KHABAR_WEIGHTS") or SHIPPED)


def missing(weights: Path | None = None) -> str | None:
    """Why the encoder cannot be used, as words for the user; None where it can.

    >>> missing(Path("nowhere"))
    'its weights are not installed (heads.json)'
    """
    home = weights or folder()
    for name in (HEADS, GRAPH, TOKENIZER):
        if not (home / name).is_file():
            return f"its weights are not installed ({name})"
    for library in LIBRARIES:
        if find_spec(library) is None:
            return f"the library {library} is not installed"
    return None


def read(weights: Path) -> Manifest:
    """The manifest of a folder of weights.

    Raises:
        EncoderError: when it cannot be read, or is not as it must be.
    """
    path = weights / HEADS
    try:
        return _manifest(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise EncoderError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EncoderError(f"{path}: not the description of an encoder ({error})") from error


def _manifest(data: Mapping[str, Any]) -> Manifest:
    heads = tuple(_head(name, head) for name, head in data["heads"].items())
    asked = data.get("links", {})
    links = LinkHead(tuple(asked), tuple(tuple(map(float, row)) for row in asked.values()))
    sizes = int(data["layers"]), int(data["vocabulary"])
    return Manifest(*sizes, tuple(data["features"]), heads, links, dict(data["sha256"]))


def _head(name: str, data: Mapping[str, Any]) -> Head:
    kind = data["kind"]
    if kind not in _KINDS:
        raise ValueError(f"head {name} is of the unknown kind {kind!r}")
    return Head(name, tuple(data["labels"]), cast(Literal["bio", "label"], kind))


def check(weights: Path, manifest: Manifest) -> None:
    """Make sure that the files of weights are those that the manifest speaks of.

    Raises:
        EncoderError: when one is another.
    """
    for name in (GRAPH, TOKENIZER):
        found = digest(weights / name)
        if found != manifest.sha256.get(name):
            raise EncoderError(f"{weights / name}: not the file that {HEADS} describes (sha256 {found[:12]}…)")


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def identity() -> str:
    """What of the encoder decides an annotation: a hash of its weights, or ``rules only`` where it cannot be used."""
    if missing() is not None:
        return "rules only"
    return digest(folder() / HEADS)
