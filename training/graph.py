"""The encoder as an ONNX graph, written node by node, so that it is as fast as onnxruntime can make it on one core.

What tracing and onnxruntime's own optimiser make of the same network takes half as long again, mostly because the
fused operators for a residual with its norm and for a bias with GELU work on one number at a time on a CPU.  So the
graph holds the plain operators that are quick, and the session must not fuse them again (`khabar.encoder.session`).

In the int8 form (Jacob et al. 2018; weights per column and symmetric, inputs by the range of each run) all products
of layers and heads are products of whole numbers; attention, norms and GELU stay in 32-bit floating point.
Weights of 7 bits keep sums of two products within 16 bits, without which processors that lack VNNI get wrong sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
MICROSOFT = "com.microsoft"
_OPSET, _FORMAT = 23, 11
"""Versions of the operators (`Attention` came with 23) and of the file's form."""


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """An affine map: `weight` [inputs, outputs], `bias` [outputs]."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """Scale and shift of a layer norm."""

    scale: Floats
    shift: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One post-norm transformer layer."""

    query: Linear
    key: Linear
    value: Linear
    output: Linear
    attention_norm: Norm
    widen: Linear
    narrow: Linear
    output_norm: Norm


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """All numbers of an encoder."""

    words: Floats
    """Vocabulary × width."""
    positions: Floats
    """Positions × width; no window may have more pieces."""
    features: Floats
    """Features × width; none where there are no features."""
    norm: Norm
    layers: tuple[Layer, ...]
    attention_heads: int
    epsilon: float
    heads: Mapping[str, Linear]
    """From twice the width (first and last piece of a word) to the labels."""
    links: tuple[Linear, ...] = ()
    """From twice the width to the vectors for asking and for answering; none where there are no links."""


def random_network(
    layers: int,
    width: int,
    attention_heads: int,
    vocabulary: int,
    features: int,
    heads: Mapping[str, int],
    links: int = 0,
    seed: int = 0,
) -> Network:
    """A network of a shape with random numbers, for tests and for measuring speed.

    `heads` counts the labels, `links` the numbers of a word's vector for asking, and of that for answering.
    """
    rng = np.random.default_rng(seed)

    def table(*shape: int) -> Floats:
        return rng.normal(0, 0.05, shape).astype(np.float32)

    def linear(inputs: int, outputs: int) -> Linear:
        return Linear(table(inputs, outputs), table(outputs))

    def norm() -> Norm:
        return Norm(1 + table(width), table(width))

    def layer() -> Layer:
        query, key, value, output = (linear(width, width) for _ in range(4))
        widen, narrow = linear(width, 4 * width), linear(4 * width, width)
        return Layer(query, key, value, output, norm(), widen, narrow, norm())

    return Network(
        table(vocabulary, width),
        table(512, width),
        table(features, width),
        norm(),
        tuple(layer() for _ in range(layers)),
        attention_heads,
        1e-12,
        {name: linear(2 * width, labels) for name, labels in heads.items()},
        (linear(2 * width, links), linear(2 * width, links)) if links else (),
    )


def graph(network: Network, bits: int | None = None) -> onnx.ModelProto:
    """The network as a graph of the form that `khabar.encoder` runs: in whole numbers of `bits` (7 or 8), else floats.

    Raises:
        ValueError: when there cannot be numbers of so many bits.
    """
    if bits not in (None, 7, 8):
        raise ValueError(f"whole numbers of {bits} bits: only 7 and 8 are possible")
    return _Writer(network, bits).model()


class _Writer:
    """Writes the nodes in order."""

    def __init__(self, network: Network, bits: int | None) -> None:
        self._network = network
        self._highest = None if bits is None else 2 ** (bits - 1) - 1
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._shared: dict[tuple[int, ...], str] = {}

    def model(self) -> onnx.ModelProto:
        states = self._embeddings()
        masked = self._masked()
        for layer in self._network.layers:
            states = self._layer(layer, states, masked)
        self._heads(states)
        self._passage(states)
        made = helper.make_graph(self._nodes, "encoder", self._inputs(), self._outputs(), self._constants)
        versions = [helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(made, opset_imports=versions, ir_version=_FORMAT, producer_name="khabar")
        onnx.checker.check_model(model)
        return model

    def _inputs(self) -> list[onnx.ValueInfoProto]:
        whole, real = TensorProto.INT64, TensorProto.FLOAT
        pieces: list[str | int | None] = ["batch", "pieces"]
        words: list[str | int | None] = ["batch", "words"]
        found = [helper.make_tensor_value_info("ids", whole, pieces)]
        found.append(helper.make_tensor_value_info("mask", real, pieces))
        if len(self._network.features):
            columns = len(self._network.features)
            found.append(helper.make_tensor_value_info("features", real, [*pieces, columns]))
        return [*found, *(helper.make_tensor_value_info(name, whole, words) for name in ("first", "last"))]

    def _outputs(self) -> list[onnx.ValueInfoProto]:
        real, width = TensorProto.FLOAT, self._network.words.shape[1]
        found = [
            helper.make_tensor_value_info(name, real, ["batch", "words", len(linear.bias)])
            for name, linear in self._linears_of_words().items()
        ]
        return [*found, helper.make_tensor_value_info("passage", real, ["batch", width])]

    def _linears_of_words(self) -> dict[str, Linear]:
        """All that is read off words, by the name of its output."""
        network = self._network
        heads = {f"head.{name}": head for name, head in network.heads.items()}
        return heads | dict(zip(("link.asking", "link.answering"), network.links, strict=False))

    def _constant(self, values: NDArray[np.generic]) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _whole(self, *values: int) -> str:
        if values not in self._shared:
            self._shared[values] = self._constant(np.array(values, np.int64))
        return self._shared[values]

    def _add(self, kind: str, *inputs: str, out: str = "", domain: str = "", **attributes: Any) -> str:
        name = out or f"v{len(self._nodes)}"
        self._nodes.append(
            helper.make_node(kind, inputs, [name], f"{kind}{len(self._nodes)}", domain=domain, **attributes)
        )
        return name

    def _embeddings(self) -> str:
        network = self._network
        length = self._add("Shape", "ids", start=1, end=2)
        positions = self._add("Slice", self._constant(network.positions), self._whole(0), length)
        states = self._add("Add", self._words(), positions)
        if len(network.features):
            states = self._add("Add", states, self._add("MatMul", "features", self._constant(network.features)))
        return self._norm(network.norm, states)

    def _words(self) -> str:
        words = self._network.words
        if self._highest is None:
            return self._add("Gather", self._constant(words), "ids")
        scale = _scale(words, 127, axis=1)
        rows = self._add("Gather", self._constant(np.rint(words / scale).astype(np.int8)), "ids")
        scales = self._add("Gather", self._constant(scale), "ids")
        return self._add("Mul", self._add("Cast", rows, to=TensorProto.FLOAT), scales)

    def _masked(self) -> tuple[str, str]:
        """Is anything padding, and what then is added to the scores of attention."""
        lowest = self._add("ReduceMin", "mask", keepdims=0)
        some = self._add("Less", lowest, self._constant(np.array(0.5, np.float32)))
        less = self._add("Sub", "mask", self._constant(np.array(1, np.float32)))
        bias = self._add("Mul", less, self._constant(np.array(1e4, np.float32)))
        shape = self._add("Shape", "ids", start=1, end=2)
        full = self._add("Concat", self._whole(1, 1), shape, self._whole(1), axis=0)
        return some, self._add("Expand", self._add("Unsqueeze", bias, self._whole(1, 2)), full)

    def _norm(self, norm: Norm, states: str) -> str:
        scale, shift = self._constant(norm.scale), self._constant(norm.shift)
        return self._add("LayerNormalization", states, scale, shift, axis=-1, epsilon=self._network.epsilon)

    def _layer(self, layer: Layer, states: str, masked: tuple[str, str]) -> str:
        attended = self._attention(self._linears((layer.query, layer.key, layer.value), states), masked)
        middle = self._norm(layer.attention_norm, self._add("Add", states, self._linear(layer.output, attended)))
        widened = self._add("Gelu", self._linear(layer.widen, middle))
        return self._norm(layer.output_norm, self._add("Add", middle, self._linear(layer.narrow, widened)))

    def _attention(self, parts: list[str], masked: tuple[str, str]) -> str:
        """Adding the mask takes a fifth of attention's time, so it is left out where nothing is padding."""
        some, bias = masked
        heads = self._network.attention_heads
        branches = {}
        for branch, inputs in (("then_branch", [*parts, bias]), ("else_branch", parts)):
            out = f"{branch}{len(self._nodes)}"
            node = helper.make_node("Attention", inputs, [out], q_num_heads=heads, kv_num_heads=heads)
            value = helper.make_tensor_value_info(out, TensorProto.FLOAT, None)
            branches[branch] = helper.make_graph([node], branch, [], [value])
        return self._add("If", some, **branches)

    def _linear(self, linear: Linear, inputs: str, out: str = "") -> str:
        if self._highest is None:
            product = self._add("MatMul", inputs, self._constant(linear.weight))
            return self._add("Add", product, self._constant(linear.bias), out=out)
        weight, scale = self._quantised(linear.weight)
        bias = self._constant(linear.bias)
        return self._add("DynamicQuantizeMatMul", inputs, weight, scale, "", bias, out=out, domain=MICROSOFT)

    def _linears(self, linears: tuple[Linear, ...], inputs: str) -> list[str]:
        """Several maps of the same input, which is put into whole numbers once."""
        if self._highest is None:
            return [self._linear(linear, inputs) for linear in linears]
        given = [f"{inputs}.{part}" for part in ("whole", "scale", "zero")]
        self._nodes.append(helper.make_node("DynamicQuantizeLinear", [inputs], given))
        found = []
        for linear in linears:
            weight, scale = self._quantised(linear.weight)
            bias = self._constant(linear.bias)
            names = (given[0], weight, given[1], scale, given[2], "", bias)
            found.append(self._add("MatMulIntegerToFloat", *names, domain=MICROSOFT))
        return found

    def _quantised(self, weight: Floats) -> tuple[str, str]:
        scale = _scale(weight, self._highest or 127, axis=0)
        return self._constant(np.rint(weight / scale).astype(np.int8)), self._constant(scale[0])

    def _heads(self, states: str) -> None:
        width = self._network.words.shape[1]
        shape = self._whole(1, 1, width)
        ends = []
        for place in ("first", "last"):
            wide = self._add("Expand", self._add("Unsqueeze", place, self._whole(2)), shape)
            ends.append(self._add("GatherElements", states, wide, axis=1))
        words = self._add("Concat", *ends, axis=-1)
        linears = self._linears_of_words()
        together = Linear(
            np.concatenate([linear.weight for linear in linears.values()], axis=1),
            np.concatenate([linear.bias for linear in linears.values()]),
        )
        sizes = self._whole(*(len(linear.bias) for linear in linears.values()))
        # one product for all of them: the words are put into whole numbers once
        split = helper.make_node("Split", [self._linear(together, words), sizes], list(linears), "heads", axis=-1)
        self._nodes.append(split)

    def _passage(self, states: str) -> None:
        """The mean over all pieces, of length 1."""
        counted = self._add("Mul", states, self._add("Unsqueeze", "mask", self._whole(2)))
        total = self._add("ReduceSum", counted, self._whole(1), keepdims=0)
        length = self._add("ReduceL2", total, self._whole(1), keepdims=1)
        self._add("Div", total, length, out="passage")


def _scale(values: Floats, highest: int, axis: int) -> Floats:
    widest = np.abs(values).max(axis=axis, keepdims=True)
    return np.maximum(widest / highest, 1e-12).astype(np.float32)
