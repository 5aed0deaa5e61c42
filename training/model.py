"""The network: a BERT encoder with features of words in its input, and one linear head a task over words."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from khabar.encoder.links import DISTANCES, LIMITS
from training.base import Base

DROPOUT = 0.1
LINK_WIDTH = 32
_PARTS = {"query": "q", "key": "k", "value": "v", "output": "ao", "widen": "fi", "narrow": "fo"}
_NORMS = {"attention_norm": "aln", "output_norm": "oln"}


class Layer(nn.Module):
    """One post-norm transformer layer with exact GELU (Devlin et al. 2019)."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))
        self.widen, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.attention_norm, self.output_norm = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, inputs: Tensor, bias: Tensor) -> Tensor:
        """`inputs` [batch, pieces, width], `bias` [batch, 1, 1, pieces]: very low where there is padding."""
        query, key, value = (self._split(part(inputs)) for part in (self.query, self.key, self.value))
        # no dropout in here: it would double the time of a step on a CPU, and hidden pieces do its work
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        attended = self.output(attended.transpose(1, 2).reshape(inputs.shape))
        middle = self.attention_norm(inputs + self.dropout(attended))
        widened = functional.gelu(self.widen(middle))
        normed: Tensor = self.output_norm(middle + self.dropout(self.narrow(widened)))
        return normed

    def _split(self, values: Tensor) -> Tensor:
        batch, pieces, width = values.shape
        return values.view(batch, pieces, self.heads, width // self.heads).transpose(1, 2)


class Encoder(nn.Module):
    """Pieces and the features of their words in, one vector a piece out."""

    def __init__(self, sizes: dict[str, int], epsilon: float, vocabulary: int, layers: int, features: int) -> None:
        super().__init__()
        width = sizes["width"]
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(sizes["positions"], width)
        self.features = nn.Linear(features, width, bias=False)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(width, epsilon)
        self.dropout = nn.Dropout(DROPOUT)
        made = (Layer(width, sizes["heads"], sizes["inner"], epsilon) for _ in range(layers))
        self.layers = nn.ModuleList(made)

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        """`ids` [batch, pieces], `mask` the same with 1 for a piece, `features` [batch, pieces, features]."""
        inputs = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.features(features)
        return self.through(self.dropout(self.norm(inputs)), mask, 0, len(self.layers))

    def through(self, states: Tensor, mask: Tensor, first: int, last: int) -> Tensor:
        """States [batch, pieces, width] through the layers `first` to `last` (left out)."""
        bias = ((1.0 - mask) * -1e4)[:, None, None, :]
        for layer in self.layers[first:last]:
            states = layer(states, bias)
        return states


class Links(nn.Module):
    """How likely one word is this or that to another: a biaffine score (Dozat and Manning 2017), and their distance.

    Each word has for each kind of link two vectors, one for asking and one for answering, the last number of which
    is added instead of multiplied.
    """

    def __init__(self, width: int, kinds: int) -> None:
        super().__init__()
        self.kinds = kinds
        self.asking, self.answering = (nn.Linear(width, kinds * (LINK_WIDTH + 1)) for _ in range(2))
        self.distances = nn.Parameter(torch.zeros(kinds, DISTANCES))

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors [batch, words, kinds × (width + 1)] for asking and for answering."""
        return self.asking(words), self.answering(words)

    def score(self, asking: Tensor, answering: Tensor, pairs: Tensor) -> Tensor:
        """Log-odds [pairs] of `pairs` [pairs, 4]: row, kind, word that asks, word that may answer."""
        row, kind, head, tail = pairs.unbind(1)
        ask, answer = (self._split(side)[row, at, kind] for side, at in ((asking, head), (answering, tail)))
        product = (ask[:, :-1] * answer[:, :-1]).sum(1)
        return product + ask[:, -1] + answer[:, -1] + self.distances[kind, distance(tail - head)]

    def _split(self, vectors: Tensor) -> Tensor:
        return vectors.unflatten(-1, (self.kinds, LINK_WIDTH + 1))


def distance(words: Tensor) -> Tensor:
    """So many words on or back as a column of `Links.distances`: see `khabar.encoder.links.distance`."""
    size = words.abs()
    exact = sum((size >= limit).long() for limit in LIMITS)
    return torch.where(words < 0, len(LIMITS) - exact, len(LIMITS) + exact)


class Model(nn.Module):
    """The encoder and its heads; a word is read off its first and its last piece."""

    def __init__(self, encoder: Encoder, heads: dict[str, int], links: int = 0) -> None:
        super().__init__()
        self.encoder = encoder
        self.transitions = nn.ModuleDict()
        """Of each head that is taught as a CRF; the shipped one has none."""
        self.first_only = False
        """Is a word read off its first piece alone?"""
        width = encoder.words.weight.shape[1]
        self.dropout = nn.Dropout(DROPOUT)
        self.heads = nn.ModuleDict({name: nn.Linear(2 * width, labels) for name, labels in heads.items()})
        self.links = Links(2 * width, links) if links else None

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """Scores [batch, words, labels] of each head under ``head.<name>``, and ``passage`` [batch, width].

        Where there are links, their vectors are under ``link.asking`` and ``link.answering``.

        `first` and `last` [batch, words] say where a word's first and last piece stand.
        """
        states = self.encoder(ids, mask, features)
        ends = (first, first if self.first_only else last)
        words = self.dropout(torch.cat([_gathered(states, end) for end in ends], -1))
        found = {f"head.{name}": head(words) for name, head in self.heads.items()}
        passage = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        if self.links is not None:
            found["link.asking"], found["link.answering"] = self.links(words)
        return found | {"passage": functional.normalize(passage, dim=-1)}


def _gathered(states: Tensor, places: Tensor) -> Tensor:
    return states.gather(1, places[:, :, None].expand(-1, -1, states.shape[-1]))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of the base model that are kept, and for each whole word behind them the kept pieces that make it up."""

    kept: list[int]
    words: dict[str, list[int]]


def build(
    base: Base, vocabulary: Vocabulary, layers: list[int], features: int, heads: dict[str, int], links: int = 0
) -> Model:
    """A model that starts from the base's tensors: of its layers those that are named, of its pieces those kept.

    A whole word begins as the mean of its pieces.
    """
    width = base.sizes["width"]
    kept = vocabulary.kept
    encoder = Encoder(base.sizes, base.epsilon, len(kept) + len(vocabulary.words), len(layers), features)
    words = torch.from_numpy(base.tensors["emb.word"]).view(-1, width)[kept]
    whole = [words[parts].mean(0, keepdim=True) for parts in vocabulary.words.values()]
    kind = torch.from_numpy(base.tensors["emb.type"]).view(-1, width)[0]
    state = {
        # the type of a segment is always the first: it goes into the words
        "words.weight": torch.cat([words, *whole]) + kind,
        "positions.weight": torch.from_numpy(base.tensors["emb.pos"]).view(-1, width),
        "features.weight": encoder.features.weight.detach(),
        "norm.weight": torch.from_numpy(base.tensors["emb.ln.w"]),
        "norm.bias": torch.from_numpy(base.tensors["emb.ln.b"]),
    }
    for place, layer in enumerate(layers):
        for name, short in (_PARTS | _NORMS).items():
            bias = torch.from_numpy(base.tensors[f"l{layer}.{short}.b"])
            weight = torch.from_numpy(base.tensors[f"l{layer}.{short}.w"])
            shape = (len(bias),) if name in _NORMS else (len(bias), -1)
            state[f"layers.{place}.{name}.weight"] = weight.view(shape)
            state[f"layers.{place}.{name}.bias"] = bias
    encoder.load_state_dict(state)
    return Model(encoder, heads, links)


def go_on(model: Model, vocabulary: Vocabulary, before: dict[str, Tensor], known: dict[str, int]) -> None:
    """Take over what a model with the same kept pieces and layers has learned.

    `known` has the whole words of that model with their ids; other whole words are made anew, as in `build`.

    Raises:
        ValueError: when that model has other pieces or layers.
    """
    state = model.state_dict()
    words = before["encoder.words.weight"]
    whole = [
        words[[known[word]] if word in known else parts].mean(0, keepdim=True)
        for word, parts in vocabulary.words.items()
    ]
    taken = before | {"encoder.words.weight": torch.cat([words[: len(vocabulary.kept)], *whole])}
    mine = [name for name in state if name.startswith("encoder.")]
    wrong = [name for name in mine if name not in taken or state[name].shape != taken[name].shape]
    if wrong:
        raise ValueError(f"the model to go on from is of another shape: {', '.join(wrong)}")
    model.load_state_dict(state | {name: value for name, value in taken.items() if name in state})
