"""Ways to teach an encoder more than its labels do, each an option of ``train``; `RESULTS.md` says what it is worth."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional

from khabar.encoder.windows import UNKNOWN
from training.batches import Batch, Texts, batches
from training.data import HEADS, IGNORED
from training.model import Encoder

_HIDDEN = 0.15
"""Share of the pieces that masked-language training asks for (Devlin et al. 2019)."""
_RATE = 5e-5
LETTERS = 4
"""First id that stands for letters."""


def language(encoder: Encoder, texts: list[Texts], epochs: int, most: int, seed: int) -> Iterator[float]:
    """Go on with masked-language training, in place, and yield the mean loss of each epoch.

    What hidden pieces are is asked of the vectors of pieces themselves, which stay as they are.
    """
    rng = random.Random(seed)
    bias = torch.zeros(len(encoder.words.weight), requires_grad=True)
    encoder.words.weight.requires_grad_(False)
    optimiser = torch.optim.AdamW([*(one for one in encoder.parameters() if one.requires_grad), bias], lr=_RATE)
    encoder.train()
    for _ in range(epochs):
        losses = []
        for batch in batches([cut for one in texts for cut in one.cut(192, rng)], most, [], rng):
            ids, mask, features, *_ = batch.inputs
            asked = (torch.rand(ids.shape) < _HIDDEN) & (ids >= LETTERS)
            states = encoder(ids.masked_fill(asked, UNKNOWN), mask, features.masked_fill(asked[:, :, None], 0.0))
            told = states[asked] @ encoder.words.weight.T + bias
            loss = functional.cross_entropy(told, ids[asked])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        yield sum(losses) / len(losses)
    encoder.words.weight.requires_grad_(True)


def distance(student: dict[str, Tensor], batch: Batch) -> Tensor:
    """How far what a model says is from what its teacher says (Hinton et al. 2015), for each word and head.

    Every word counts for every head that the teacher has, whether it has a label of it or not.
    """
    real = batch.inputs[4] > 0
    parts = [
        functional.kl_div(
            functional.log_softmax(student[f"head.{head}"][real], -1),
            told[real],
            reduction="batchmean",
            log_target=True,
        )
        for head, told in batch.told.items()
    ]
    return torch.stack(parts).sum()


class Transitions(nn.Module):
    """Which label follows which: a linear-chain CRF over what a head says (Lafferty et al. 2001)."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.scores = nn.Parameter(torch.zeros(labels, labels))

    def loss(self, told: Tensor, wanted: Tensor) -> Tensor:
        """The negative log-likelihood, summed, of the rows of `wanted` [batch, words] that are labelled throughout.

        Words behind the end of a row are `IGNORED`, and so is a row that the head knows nothing of.
        """
        length = (wanted != IGNORED).sum(1)
        rows = (length > 0) & (wanted[:, 0] != IGNORED)
        told, wanted, length = told[rows], wanted[rows].clamp(min=0), length[rows]
        if not len(told):
            return told.sum()
        place = torch.arange(told.shape[1])
        inside = place[None, :] < length[:, None]
        right = told.gather(2, wanted[:, :, None])[:, :, 0].masked_fill(~inside, 0.0).sum(1)
        steps = self.scores[wanted[:, :-1], wanted[:, 1:]]
        right = right + steps.masked_fill(~inside[:, 1:], 0.0).sum(1)
        alpha = told[:, 0]
        for at in range(1, told.shape[1]):
            after = torch.logsumexp(alpha[:, :, None] + self.scores, 1) + told[:, at]
            alpha = torch.where(inside[:, at, None], after, alpha)
        return (torch.logsumexp(alpha, 1) - right).sum()


def transitions(heads: Iterable[str]) -> nn.ModuleDict:
    """One `Transitions` for each head that marks stretches of words."""
    return nn.ModuleDict({head: Transitions(len(HEADS[head])) for head in heads if HEADS[head][-1][1:2] == "-"})


def names_hidden(batch: Batch, share: float, heads: Iterable[str]) -> Tensor:
    """Pieces [batch, pieces] of a share of the words in names: what stands around them must tell what they are."""
    ids, _, _, first, last = batch.inputs
    labels = torch.stack([batch.labels[head] for head in heads])
    chosen = (labels > 0).any(0) & (torch.rand(first.shape) < share)
    place = torch.arange(ids.shape[1])
    of_word = (place >= first[:, :, None]) & (place <= last[:, :, None])
    return (of_word & chosen[:, :, None]).any(1)
