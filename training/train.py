"""Training: all heads at once over one encoder."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional

from khabar.encoder.windows import UNKNOWN
from training.batches import Batch, Cut, Texts, batches
from training.data import IGNORED
from training.model import Model
from training.ways import LETTERS, distance, names_hidden

_NAMES = ("names", "anercorp")
_OTHERS = 0.5
"""Weight of heads that don't mark names, and of links: names are what the encoder has the most to learn for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train; the defaults are what the shipped model was trained with."""

    epochs: int = 8
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.95
    """Each layer learns at this share of the rate of the one above it."""
    size: int = 192
    """Pieces of a window at most: more than in use, so that words farther apart are told from each other too."""
    most: int = 1_200
    """Pieces of a batch at most."""
    masked: float = 0.12
    """Share of pieces hidden, and of pieces whose features are, so that the words around a name are learned too."""
    averaged: float = 0.995
    """Share of the running average of weights that a step keeps (Polyak and Juditsky 1992); 0 for none."""
    names_masked: float = 0.0
    """Share of the words in names that are hidden whole, beside those pieces."""
    frozen: int = 0
    """So many vectors of pieces, the first ones, stay as the base model has them; positions too, unless it is 0."""
    seed: int = 0


def groups(model: Model, plan: Plan) -> list[dict[str, object]]:
    """Parameters with their rates: lower layers learn slower, heads and features faster."""
    depth = len(model.encoder.layers)
    found: list[dict[str, object]] = []
    for name, parameter in model.named_parameters():
        if plan.frozen and name == "encoder.positions.weight":
            parameter.requires_grad_(False)
            continue
        if plan.frozen and name == "encoder.words.weight":
            if plan.frozen == len(parameter):
                parameter.requires_grad_(False)
            else:
                parameter.register_hook(partial(_first_kept, plan.frozen))
                found.append({"params": [parameter], "lr": plan.rate, "weight_decay": 0.0})
            continue
        parts = name.split(".")
        level = int(parts[2]) + 1 if parts[1] == "layers" else 0
        rate = plan.rate * plan.decay ** (depth - level)
        if parts[0] in ("heads", "links", "transitions") or parts[1] == "features":
            rate = plan.head_rate
        found.append({"params": [parameter], "lr": rate, "weight_decay": 0.01 if parameter.dim() > 1 else 0.0})
    return found


def _first_kept(count: int, gradient: Tensor) -> Tensor:
    """A gradient that leaves the first rows as they are."""
    kept = gradient.clone()
    kept[:count] = 0.0
    return kept


def hidden(batch: Batch, share: float, names: float = 0.0) -> tuple[Tensor, ...]:
    """The inputs of a batch with a share of the pieces that stand for letters unknown, and as many features hidden.

    Of the words in names the share `names` is hidden whole.
    """
    ids, mask, features, *places = batch.inputs
    unknown = (torch.rand(ids.shape) < share) & (ids >= LETTERS)
    if names:
        unknown |= names_hidden(batch, names, [head for head in _NAMES if head in batch.labels])
    bare = torch.rand(ids.shape) < share
    return ids.masked_fill(unknown, UNKNOWN), mask, features.masked_fill(bare[:, :, None], 0.0), *places


def loss_of(model: Model, scores: dict[str, Tensor], batch: Batch) -> Tensor:
    """Cross-entropy of each head and of links, summed over what they are taught on, for each word of the batch."""
    total, labels = torch.zeros(()), batch.labels
    taught = torch.stack([wanted != IGNORED for wanted in labels.values()]).any(0).sum()
    for head, wanted in labels.items():
        found = scores[f"head.{head}"]
        if head in model.transitions:
            loss = model.transitions[head].loss(found, wanted)
        else:
            found = found.flatten(0, 1)
            loss = functional.cross_entropy(found, wanted.flatten(), ignore_index=IGNORED, reduction="sum")
        total = total + loss * (1.0 if head in _NAMES else _OTHERS)
    if model.links is not None:
        told = model.links.score(scores["link.asking"], scores["link.answering"], batch.links)
        total = total + _OTHERS * functional.binary_cross_entropy_with_logits(told, batch.answers, reduction="sum")
    return total / taught.clamp(min=1)


class Average:
    """The running average of a model's weights."""

    def __init__(self, model: Model, kept: float) -> None:
        self.kept = kept
        self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}
        self.steps = 0

    def step(self, model: Model) -> None:
        """Take the weights in as they are now; early steps weigh more, as there is little to average."""
        self.steps += 1
        kept = min(self.kept, self.steps / (self.steps + 10))
        for name, value in model.state_dict().items():
            self.weights[name].lerp_(value.detach(), 1 - kept)


def train(
    model: Model,
    sources: list[Texts],
    plan: Plan,
    report: Callable[[int, float, float], None],
    after: Callable[[int, Model], None] | None = None,
) -> None:
    """Train in place; at the end the model holds the averaged weights.

    `report` is called after each epoch with its number, mean loss and seconds.  What a teacher says of the sources
    counts as much as their labels.
    """
    rng = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    heads = list(model.heads)
    optimiser = torch.optim.AdamW(groups(model, plan), betas=(0.9, 0.98), eps=1e-8, fused=True)
    per_epoch = len(list(batches(_cuts(sources, plan, rng), plan.most, heads, rng)))
    steps = plan.epochs * per_epoch
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (1.05 * steps - step) / (1.05 * steps - warm)))
    )
    average = Average(model, plan.averaged)
    for epoch in range(plan.epochs):
        model.train()
        begun, total, count = time.monotonic(), 0.0, 0
        for batch in batches(_cuts(sources, plan, rng), plan.most, heads, rng):
            scores = model(*hidden(batch, plan.masked, plan.names_masked))
            loss = loss_of(model, scores, batch)
            if batch.told:
                loss = loss + distance(scores, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.step(model)
            total, count = total + loss.item(), count + 1
        report(epoch, total / count, time.monotonic() - begun)
        if after is not None:
            kept = {name: value.clone() for name, value in model.state_dict().items()}
            model.load_state_dict(average.weights)
            after(epoch, model)
            model.load_state_dict(kept)
    model.load_state_dict(average.weights)


def _cuts(sources: list[Texts], plan: Plan, rng: random.Random) -> list[Cut]:
    return [cut for texts in sources for cut in texts.cut(plan.size, rng)]
