"""A trained model as the folder of weights that `khabar.encoder` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from khabar.encoder.features import NAMES
from khabar.encoder.manifest import GRAPH, HEADS, TOKENIZER, digest
from khabar.encoder.windows import SIZE
from training import data, graph
from training.graph import Floats, Layer, Linear, Network, Norm
from training.model import Links, Model

BITS = 7
"""Of the weights' whole numbers: right on processors without VNNI too, and no less exact in the measures."""
_NEAR = 1e-3
"""How far the graph in floats may be from PyTorch."""


def export(model: Model, folder: Path, bits: int | None = BITS) -> None:
    """Write ``encoder.onnx`` and ``heads.json`` beside the ``tokenizer.json`` that already lies in a folder.

    Args:
        model: The trained model; any number of layers and heads.
        folder: Where the weights go.
        bits: Of the weights' whole numbers, 7 or 8; None for floats (four times as large, for comparing).

    Raises:
        ValueError: when the graph says something else than the model.
    """
    model = model.eval().cpu()
    network = network_of(model)
    difference = farthest(model, network)
    if difference > _NEAR:
        raise ValueError(f"the graph differs from the model by {difference:.4f}")
    onnx.save(graph.graph(network, bits), folder / GRAPH)
    (folder / HEADS).write_text(json.dumps(_manifest(network, model, folder), indent=1) + "\n", "utf-8")


def network_of(model: Model) -> Network:
    """The numbers of a model, of its positions those that a window can have."""
    encoder = model.encoder
    return Network(
        words=_array(encoder.words.weight),
        positions=_array(encoder.positions.weight)[:SIZE],
        features=_array(encoder.features.weight).T,
        norm=_norm(encoder.norm),
        layers=tuple(map(_layer, encoder.layers)),
        attention_heads=encoder.layers[0].heads,
        epsilon=encoder.norm.eps,
        heads={name: _linear(head) for name, head in model.heads.items()},
        links=() if model.links is None else (_linear(model.links.asking), _linear(model.links.answering)),
    )


def _array(tensor: torch.Tensor) -> Floats:
    return tensor.detach().float().numpy()


def _linear(linear: nn.Module) -> Linear:
    return Linear(_array(linear.weight).T, _array(linear.bias))


def _norm(norm: nn.Module) -> Norm:
    return Norm(_array(norm.weight), _array(norm.bias))


def _layer(layer: nn.Module) -> Layer:
    return Layer(
        query=_linear(layer.query),
        key=_linear(layer.key),
        value=_linear(layer.value),
        output=_linear(layer.output),
        attention_norm=_norm(layer.attention_norm),
        widen=_linear(layer.widen),
        narrow=_linear(layer.narrow),
        output_norm=_norm(layer.output_norm),
    )


def farthest(model: Model, network: Network) -> float:
    """The largest difference between what a model and its graph in floats say of a padded batch."""
    feed = _example(len(network.words), len(network.features))
    found = run(graph.graph(network), feed)
    with torch.no_grad():
        wanted = model(*(torch.from_numpy(feed[name]) for name in ("ids", "mask", "features", "first", "last")))
    return max(float(np.abs(found[name] - values.numpy()).max()) for name, values in wanted.items())


def run(model: onnx.ModelProto, feed: Mapping[str, np.ndarray]) -> dict[str, Floats]:
    """The outputs of a graph by their names."""
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, dict(feed)), strict=True))


def _example(vocabulary: int, features: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    batch, pieces, words = 3, 40, 10
    mask = np.ones((batch, pieces), np.float32)
    mask[1, 30:] = mask[2, 12:] = 0
    return {
        "ids": rng.integers(4, vocabulary, (batch, pieces)),
        "mask": mask,
        "features": (rng.random((batch, pieces, features)) < 0.1).astype(np.float32),
        "first": np.sort(rng.integers(1, 12, (batch, words))),
        "last": np.sort(rng.integers(1, 12, (batch, words))),
    }


def _manifest(network: Network, model: Model, folder: Path) -> dict[str, object]:
    heads = {name: {"labels": labels, "kind": _kind(labels)} for name, labels in data.HEADS.items()}
    return {
        "layers": len(network.layers),
        "vocabulary": len(network.words),
        "features": NAMES,
        "heads": {name: heads[name] for name in network.heads},
        "links": {} if model.links is None else _distances(model.links),
        "sha256": {name: digest(folder / name) for name in (GRAPH, TOKENIZER)},
    }


def _distances(links: Links) -> dict[str, list[float]]:
    rows = links.distances.detach().tolist()
    return {kind: [round(value, 4) for value in row] for kind, row in zip(data.LINKS, rows, strict=True)}


def _kind(labels: tuple[str, ...]) -> str:
    return "bio" if any(label.startswith("B-") for label in labels) else "label"
