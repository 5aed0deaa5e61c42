"""One small encoder for all learned heads: a single pass over a text serves names today, claims and events later.

It runs on one core without a network: onnxruntime and the weights in ``weights/`` are all it needs.  Where these are
missing every stage goes by its rules alone, and `missing` says why.  Importing this package loads no library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from khabar.encoder.manifest import folder, identity, missing

if TYPE_CHECKING:
    from khabar.encoder.encoding import Encoding
    from khabar.text import Tokenized

__all__ = ["available", "encode", "encode_many", "identity", "missing", "on_threads"]

_THREADS = ContextVar("threads", default=1)


def available() -> bool:
    """Can the encoder be used: are its weights and its libraries here?"""
    return missing() is None


def encode(text: Tokenized) -> Encoding:
    """What the encoder says of a text.  The last few are kept, so that each stage may ask for the same text.

    Raises:
        EncoderError: when the weights are missing or are not what they must be.
    """
    return _kept(text, folder())


@lru_cache(maxsize=4)
def _kept(text: Tokenized, _weights: Path) -> Encoding:
    return encode_many([text], _THREADS.get())[0]


@contextmanager
def on_threads(count: int) -> Iterator[None]:
    """Inside, `encode` shares the windows of a text out among so many cores; its answers stay the same.

    Raises:
        ValueError: when there is to be no thread at all.

    >>> with on_threads(4):
    ...     _THREADS.get()
    4
    """
    if count < 1:
        raise ValueError(f"{count} threads: at least one is needed")
    before = _THREADS.set(count)
    try:
        yield
    finally:
        _THREADS.reset(before)


def encode_many(texts: Sequence[Tokenized], threads: int = 1) -> list[Encoding]:
    """What the encoder says of each text, in the order of the texts; the same as of each alone.

    Args:
        texts: Any number of texts of any length; those without a token too.
        threads: Cores to use.

    Raises:
        EncoderError: when the weights are missing or are not what they must be.
    """
    from khabar.encoder.session import encode_all

    return encode_all(texts, threads)
