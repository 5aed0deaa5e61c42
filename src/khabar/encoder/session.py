"""The loaded encoder, and texts through it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from khabar.encoder.decode import Floats
from khabar.encoder.encoding import Encoding
from khabar.encoder.features import NAMES, features
from khabar.encoder.inputs import Features, Piece, feed, pieces_of
from khabar.encoder.links import DISTANCES, Links
from khabar.encoder.manifest import GRAPH, TOKENIZER, LinkHead, Manifest, check, folder, missing, read
from khabar.errors import EncoderError
from khabar.text import Tokenized

_PASSAGE = "passage"
_SIDES = ("link.asking", "link.answering")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the encoder says of one window."""

    scores: list[Floats]
    """Of each head log-probabilities, tokens × labels."""
    sides: list[Floats]
    """Vectors for asking and for answering, tokens × their numbers; none where the weights have no links."""
    passage: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """A folder of weights, loaded."""

    manifest: Manifest
    tokenizer: Any
    session: Any
    columns: tuple[int, ...]
    """For each feature of this program its column in the weights' input; -1 where they do not have it."""

    def pieces(self, text: Tokenized) -> list[Piece]:
        """The windows of a text."""
        return list(pieces_of(text, self.tokenizer, self._features(text), len(self.manifest.features)))

    def _features(self, text: Tokenized) -> Features:
        columns = self.columns
        if not self.manifest.features:
            return [()] * len(text.tokens)
        return [[columns[one] for one in found if columns[one] >= 0] for found in features(text)]

    def run(self, piece: Piece) -> Told:
        """What the encoder says of one window."""
        names = [f"head.{head.name}" for head in self.manifest.heads]
        sides = [*_SIDES] if self.manifest.links.kinds else []
        found = self.session.run([*names, *sides, _PASSAGE], feed(piece))
        scores, links = found[: len(names)], found[len(names) : -1]
        return Told([_log_softmax(one[0]) for one in scores], [one[0] for one in links], found[-1][0])

    @property
    def width(self) -> int:
        """Numbers in the vector of a window."""
        return int(next(out.shape[-1] for out in self.session.get_outputs() if out.name == _PASSAGE))


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)


def loaded() -> Encoder:
    """The encoder of this process, loaded when first asked for.

    Raises:
        EncoderError: when the weights are missing or are not what they must be.
    """
    return _load(folder(), os.getpid())


@cache
def _load(weights: Path, _process: int) -> Encoder:
    """By process too: a forked process loads its own, and leaves alone what it has of its parent's."""
    reason = missing(weights)
    if reason is not None:
        raise EncoderError(f"the encoder cannot be used: {reason}")
    manifest = read(weights)
    check(weights, manifest)
    columns = {name: column for column, name in enumerate(manifest.features)}
    unknown = sorted(set(columns) - set(NAMES))
    if unknown:
        raise EncoderError(f"{weights}: these weights use features unknown to this version ({', '.join(unknown)})")
    return Encoder(manifest, _tokenizer(weights), _session(weights), tuple(columns.get(name, -1) for name in NAMES))


def _tokenizer(weights: Path) -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(weights / TOKENIZER))


def _session(weights: Path) -> Any:
    """A session whose runs take one thread each: windows are shared out among threads, which wastes nothing.

    A window is small, so the arena that keeps memory from run to run stays small too, and saves a seventh of the time.
    The graph already has its quickest form, and what onnxruntime would fuse in it beyond the basic rules is slower on
    a CPU.
    """
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)  # errors only: it warns of machines without a graphics card
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(weights / GRAPH), options, providers=["CPUExecutionProvider"])


def encode_all(texts: Sequence[Tokenized], threads: int) -> list[Encoding]:
    """See `khabar.encoder.encode_many`."""
    return encode_with(loaded(), texts, threads)


def encode_with(encoder: Encoder, texts: Sequence[Tokenized], threads: int = 1) -> list[Encoding]:
    """What a loaded encoder says of each text."""
    windows = [encoder.pieces(text) for text in texts]
    with _mapper(threads) as mapper:
        results = iter(mapper(encoder.run, (piece for pieces in windows for piece in pieces)))
        found = [[next(results) for _ in pieces] for pieces in windows]
    return [_encoding(encoder, *parts) for parts in zip(texts, windows, found, strict=True)]


@contextmanager
def _mapper(threads: int) -> Iterator[Callable[[Callable[[Piece], Told], Iterable[Piece]], Iterable[Any]]]:
    """What runs a function over windows, in order: `map`, or that of so many threads."""
    if threads <= 1:
        yield map
        return
    with ThreadPoolExecutor(threads) as pool:
        yield pool.map


def _encoding(encoder: Encoder, text: Tokenized, windows: Sequence[Piece], found: Sequence[Told]) -> Encoding:
    """The windows of a text follow each other without a gap, so their rows only need to be put together."""
    heads = encoder.manifest.heads
    scores = [_joined([told.scores[at] for told in found], len(head.labels)) for at, head in enumerate(heads)]
    vectors = np.array([told.passage for told in found], np.float32).reshape(len(found), encoder.width)
    return Encoding(
        text,
        {head.name: head for head in heads},
        {head.name: values for head, values in zip(heads, scores, strict=True)},
        tuple(piece.window for piece in windows),
        vectors,
        _links(encoder.manifest.links, windows, found),
    )


def _joined(parts: Sequence[Floats], columns: int) -> Floats:
    return np.concatenate([np.zeros((0, columns), np.float32), *parts])


def _links(head: LinkHead, windows: Sequence[Piece], found: Sequence[Told]) -> Links:
    distances = np.array(head.distances, np.float32).reshape(len(head.kinds), DISTANCES)
    lengths = [piece.window.last - piece.window.first for piece in windows]
    inside = np.repeat(np.arange(len(windows)), lengths)
    if not head.kinds or not found:
        nothing = np.zeros((len(inside), len(head.kinds), 1), np.float32)
        return Links(head.kinds, nothing, nothing, distances, inside)
    sides = (np.concatenate([told.sides[side] for told in found]) for side in range(len(_SIDES)))
    asking, answering = (side.reshape(len(side), len(head.kinds), -1) for side in sides)
    return Links(head.kinds, asking, answering, distances, inside)
