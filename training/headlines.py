"""Do two headlines agree, disagree, or speak of different things?  A head on the base model, taught on ANS's pairs.

Both are read at once (a cross-encoder).  The lower half of the base model's layers stays as it is, so what it says of
each pair is worked out once; the upper half is taught, and told of each word whether the other headline has it too.
Khouja (2020), Stance Prediction and Claim Verification: An Arabic Perspective, reaches .767 on the same split.
"""

from __future__ import annotations

import csv
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from khabar.encoder.windows import FIRST, LAST, pieces
from khabar.text import Token, tokenize
from khabar.text.morphology import readings
from training.model import Encoder

STANCES = ("agree", "disagree", "other")
_LONGEST = 160
"""Pieces of a pair."""
_KNOWN = 5
"""What is told of each piece beside its letters: see `_known`."""
_NEGATIONS = frozenset({"لا", "لم", "لن", "ليس", "ليست", "غير", "دون", "عدم"})
_BATCH, _TOGETHER = 24, 20
_STRAY = 0.03
"""Pairs of headlines drawn at random, for each pair that is taught: they speak of different things."""
_SMOOTHING, _OTHER = 0.05, 2.0
"""Of the labels; and how much more the rarest of them counts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to teach the head."""

    layers: int = 12
    frozen: int = 6
    epochs: int = 8
    rate: float = 1e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    """Each layer learns at this share of the rate of the one above it."""
    hidden: float = 0.06
    """Share of pieces that are hidden."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two headlines as the upper layers get them: of each piece its vector, what is known of it, its side (0 to 2)."""

    states: Tensor
    known: Tensor
    side: Tensor
    stance: int


def read(folder: Path, part: str) -> list[tuple[str, str, int]]:
    """The pairs of a part (train, dev, test) with the index of their stance."""
    with (folder / "claims" / "ans" / f"stance_{part}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["s1"], row["s2"], STANCES.index(row["stance"])) for row in csv.DictReader(file)]


def stems(token: Token) -> frozenset[str]:
    """What may be left of a word without its clitics."""
    return frozenset(reading.stem for reading in readings(token.folded))


def _known(token: Token, others: Sequence[Token]) -> list[float]:
    """Whether the other headline has the very word, a stem of it, its first letters; is it a number, a negation?"""
    own = stems(token)
    same = any(token.folded == other.folded for other in others)
    stem = any(own & stems(other) for other in others)
    alike = any(one[:3] == another[:3] for one in own for other in others for another in stems(other))
    return [float(told) for told in (same, stem, alike, token.kind == "number", token.folded in _NEGATIONS)]


def _input(tokenizer: Tokenizer, first: str, second: str) -> tuple[list[int], list[list[float]], list[int]]:
    """Ids of the pieces of both headlines, what is known of each, and the side that it belongs to (0 for marks)."""
    both = [tokenize(text).tokens for text in (first, second)]
    ids, known, side = [FIRST], [[0.0] * _KNOWN], [0]
    for number, (own, others) in enumerate(zip(both, both[::-1], strict=True), 1):
        for token, word in zip(own, pieces(tokenizer, [token.text for token in own]), strict=True):
            told = _known(token, others)
            ids += word
            known += [told] * len(word)
            side += [number] * len(word)
        ids.append(LAST)
        known.append([0.0] * _KNOWN)
        side.append(0)
    return ids[:_LONGEST], known[:_LONGEST], side[:_LONGEST]


def prepared(encoder: Encoder, tokenizer: Tokenizer, rows: Sequence[tuple[str, str, int]], frozen: int) -> list[Pair]:
    """The pairs with what the lower layers, which are not taught, say of them."""
    encoder.eval()
    found = []
    for first, second, stance in rows:
        ids, known, side = _input(tokenizer, first, second)
        mask, none = torch.ones(1, len(ids)), torch.zeros(1, len(ids), encoder.features.in_features)
        with torch.no_grad():
            begun = encoder.norm(encoder.words(torch.tensor([ids])) + encoder.positions.weight[: len(ids)])
            states = encoder.through(begun + encoder.features(none), mask, 0, frozen)
        found.append(Pair(states[0].clone(), torch.tensor(known), torch.tensor(side), stance))
    return found


class Head(nn.Module):
    """The upper layers, and one of three answers from the mean of each headline's pieces and the first piece."""

    def __init__(self, encoder: Encoder, frozen: int) -> None:
        super().__init__()
        self.encoder, self.frozen = encoder, frozen
        width = encoder.words.weight.shape[1]
        self.known = nn.Linear(_KNOWN + 1, width, bias=False)
        nn.init.zeros_(self.known.weight)
        self.answer = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(5 * width, 128), nn.GELU(), nn.Dropout(0.1), nn.Linear(128, len(STANCES))
        )

    def forward(self, states: Tensor, mask: Tensor, known: Tensor, side: Tensor) -> Tensor:
        """Scores [batch, stances] of padded pairs."""
        told = torch.cat([known, (side == 2)[:, :, None].float()], -1)
        states = self.encoder.dropout(states) + self.known(told)
        states = self.encoder.through(states, mask, self.frozen, len(self.encoder.layers))
        one, other = (_mean(states, side == number) for number in (1, 2))
        answer: Tensor = self.answer(torch.cat([states[:, 0], one, other, (one - other).abs(), one * other], -1))
        return answer


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    return (states * chosen[:, :, None]).sum(1) / chosen.sum(1, keepdim=True).clamp(min=1)


def _batch(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    states, known, side = (
        nn.utils.rnn.pad_sequence([getattr(pair, name) for pair in pairs], batch_first=True)
        for name in ("states", "known", "side")
    )
    lengths = torch.tensor([len(pair.side) for pair in pairs])
    mask = (torch.arange(states.shape[1])[None, :] < lengths[:, None]).float()
    return states, mask, known, side, torch.tensor([pair.stance for pair in pairs])


def scored(head: Head, pairs: Sequence[Pair]) -> dict[str, float]:
    """F1 of each stance, their plain mean (``macro``), and the share of right answers (``accuracy``)."""
    head.eval()
    told, wanted = [], []
    with torch.inference_mode():
        for at in range(0, len(pairs), 32):
            *inputs, stance = _batch(pairs[at : at + 32])
            told += head(*inputs).argmax(-1).tolist()
            wanted += stance.tolist()
    found = {name: _f1(told, wanted, number) for number, name in enumerate(STANCES)}
    right = sum(one == other for one, other in zip(told, wanted, strict=True))
    return found | {"macro": sum(found.values()) / len(found), "accuracy": right / max(1, len(wanted))}


def _f1(told: Sequence[int], wanted: Sequence[int], label: int) -> float:
    both = sum(one == other == label for one, other in zip(told, wanted, strict=True))
    return 2 * both / max(1, told.count(label) + wanted.count(label))


def _groups(head: Head, plan: Plan) -> list[dict[str, object]]:
    """Parameters that are taught, with their rates."""
    depth = len(head.encoder.layers)
    found: list[dict[str, object]] = []
    for name, parameter in head.named_parameters():
        parts = name.split(".")
        layer = int(parts[2]) if parts[:2] == ["encoder", "layers"] else -1
        if parts[0] == "encoder" and layer < plan.frozen:
            parameter.requires_grad_(False)
            continue
        rate = plan.rate * plan.decay ** (depth - layer - 1) if parts[0] == "encoder" else plan.head_rate
        found.append({"params": [parameter], "lr": rate, "weight_decay": 0.01 if parameter.dim() > 1 else 0.0})
    return found


def teach(encoder: Encoder, tokenizer: Tokenizer, folder: Path, plan: Plan) -> dict[str, object]:
    """Teach the head on the train part; returns what was done and its measures on dev (each epoch) and test (once)."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    rows = read(folder, "train")
    lines = [line for one, other, _ in rows for line in (one, other)]
    strays = [(rng.choice(lines), rng.choice(lines), STANCES.index("other")) for _ in range(600)]
    turned = [(other, one, stance) for one, other, stance in rows]
    told, back, apart, dev, test = (
        prepared(encoder, tokenizer, part, plan.frozen)
        for part in (rows, turned, strays, read(folder, "dev"), read(folder, "test"))
    )
    head = Head(encoder, plan.frozen)
    optimiser = torch.optim.AdamW(_groups(head, plan))
    count = len(told) + round(_STRAY * len(told))
    steps = plan.epochs * (count // _BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), max(0.0, 1.03 - step / steps))
    )
    weights = torch.tensor([1.0, 1.0, _OTHER])
    epochs = []
    for epoch in range(plan.epochs):
        begun, total = time.monotonic(), 0.0
        head.train()
        drawn = [rng.choice(either) for either in zip(told, back, strict=True)]
        for batch in _batches([*drawn, *rng.sample(apart, count - len(told))], rng):
            states, mask, known, side, stance = _batch(batch)
            states = states * (torch.rand(states.shape[:2]) > plan.hidden)[:, :, None]
            scores = head(states, mask, known, side)
            loss = functional.cross_entropy(scores, stance, weights, label_smoothing=_SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(batch)
        seconds = round(time.monotonic() - begun)
        epochs.append(
            {"epoch": epoch + 1, "loss": round(total / count, 4), "seconds": seconds, "dev": scored(head, dev)}
        )
        print(epochs[-1], flush=True)
    return {"name": "headlines", "plan": asdict(plan), "epochs": epochs, "test": scored(head, test)}


def _batches(pairs: list[Pair], rng: random.Random) -> list[list[Pair]]:
    """Pairs of like length together, in random order."""
    rng.shuffle(pairs)
    size = _BATCH * _TOGETHER
    blocks = [sorted(pairs[at : at + size], key=lambda pair: len(pair.side)) for at in range(0, len(pairs), size)]
    found = [block[at : at + _BATCH] for block in blocks for at in range(0, len(block), _BATCH)]
    rng.shuffle(found)
    return found
