"""Learns the network of `khabar.link.readings`: first to spell, then to tell pairs of names from near misses.

Both ways go through all alignments of a pair (forward and backward, Graves et al. 2006): the share of the weight that
a chunk has at a place is what the place is taught to give.  A table of letters without surroundings, learned by
expectation maximisation, says what the alignments are in the first round.  numpy only; all is seeded.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.link.readings import END, OUTSIDE, START, WEIGHTS, windows

Spelling = tuple[str, str]
"""A Latin word and an Arabic one, in the letters of the network."""
Question = tuple[str, str, bool]
"""The same, and are they one name?"""
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Arrays = dict[str, Floats]

HALF, _HIDDEN, _LONGEST = 4, 96, 2
_NEVER = np.float32(-1e4)
_FAR = -1e3
_BATCH, _DROPPED, _DECAY = 512, 0.15, 0.01
_ROUNDS, _SOME = 6, 6_000
_PAIR_SEEN, _PAIR_USED = 400, 0.0015
"""Two Arabic letters may be one chunk where they stand together so often and share a Latin letter in so many words."""
_LIKE = 0.2
_ODD, _ODD_WEIGHT = -2.2, 0.1
"""Below this log chance a letter a pair is likely no spelling; so much of it is believed."""
_HOPELESS = -9.0
"""A true pair with such log odds is taken for an error of the source."""
_SPELL_RATE, _TELL_RATE = 3e-3, 2e-3


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pairs as arrays: windows of all Latin places, places a word, and the chunks that end at a letter by size."""

    seen: Ints
    places: Ints
    chunks: Ints
    lengths: Ints

    @property
    def owner(self) -> Ints:
        """The pair of every place."""
        return np.repeat(np.arange(len(self.places)), self.places)


@dataclass
class Learner:
    """The network while it learns."""

    letters: dict[str, int]
    chunks: dict[str, int]
    arrays: Arrays
    budget: float = 3.0
    letter: float = 0.1

    def batch(self, pairs: Sequence[Spelling]) -> Batch:
        """The arrays of some pairs."""
        seen = [window for latin, _ in pairs for window in windows(self.letters, latin, HALF)]
        lengths = np.array([len(arabic) for _, arabic in pairs])
        chunks = np.full((_LONGEST + 1, len(pairs), lengths.max() + 1), -1, np.int64)
        chunks[0] = self.chunks[""]
        for number, (_, arabic) in enumerate(pairs):
            for size in range(1, _LONGEST + 1):
                for end in range(size, len(arabic) + 1):
                    chunks[size, number, end] = self.chunks.get(arabic[end - size : end], -1)
        return Batch(np.array(seen), np.array([len(latin) + 1 for latin, _ in pairs]), chunks, lengths)


@dataclass(frozen=True, slots=True)
class Thought:
    """What the network computed of a batch: hidden layers, log chances of the chunks, and their log weights."""

    hidden: Floats
    deeper: Floats
    chances: Floats
    weights: Floats


class Steps:
    """Adam (Kingma and Ba 2015) with a warm start, a rate that falls to nothing, and decay."""

    def __init__(self, arrays: Arrays, rate: float, count: int) -> None:
        self.arrays, self.rate, self.count, self.done = arrays, rate, count, 0
        self.mean = {name: np.zeros_like(array) for name, array in arrays.items()}
        self.square = {name: np.zeros_like(array) for name, array in arrays.items()}

    def step(self, slopes: Arrays) -> None:
        """Go down the slopes, in place."""
        self.done += 1
        falling = max(0.02, (1 + math.cos(math.pi * self.done / self.count)) / 2)
        rate = np.float32(self.rate * min(1.0, self.done / 50) * falling)
        for name, slope in slopes.items():
            self.mean[name] += 0.1 * (slope - self.mean[name])
            self.square[name] += 0.01 * (slope**2 - self.square[name])
            if self.arrays[name].ndim > 1:
                self.arrays[name] *= 1 - rate * _DECAY
            size = np.sqrt(self.square[name] / (1 - 0.99**self.done)) + 1e-8
            self.arrays[name] -= rate * (self.mean[name] / (1 - 0.9**self.done)) / size


# alignment -----------------------------------------------------------------------------------------------------------


def aligned(weights: Floats, batch: Batch) -> tuple[Floats, Floats]:
    """The log weight of every pair over all its alignments, and the share of every chunk at every place in it."""
    count, most, width = len(batch.places), int(batch.places.max()), batch.chunks.shape[2]
    starts = np.r_[0, np.cumsum(batch.places)[:-1]]
    rows = np.minimum(starts[:, None] + np.arange(most), len(weights) - 1)
    steps = [
        np.where((ids >= 0)[:, None], weights[rows[:, :, None], np.maximum(ids, 0)[:, None]], _NEVER)
        for ids in batch.chunks
    ]
    forward = np.full((count, most + 1, width), _NEVER)
    forward[:, 0, 0] = 0
    for at in range(most):
        forward[:, at + 1] = _sum([_later(forward[:, at], step[:, at], size) for size, step in enumerate(steps)])
    every = np.arange(count)
    total = forward[every, batch.places, batch.lengths]
    backward = np.full_like(forward, _NEVER)
    backward[every, batch.places, batch.lengths] = 0
    for at in range(most - 1, -1, -1):
        earlier = _sum([_earlier(backward[:, at + 1], step[:, at], size) for size, step in enumerate(steps)])
        backward[:, at] = np.where((at < batch.places)[:, None], earlier, backward[:, at])
    shares = np.zeros(weights.size)
    possible = total > _NEVER / 2
    inside = ((np.arange(most) < batch.places[:, None]) & possible[:, None])[:, :, None]
    for size, (step, ids) in enumerate(zip(steps, batch.chunks, strict=True)):
        here = forward[:, :-1, : width - size] + step[:, :, size:] + backward[:, 1:, size:] - total[:, None, None]
        share = np.exp(np.minimum(here, 0)) * inside
        number, place, end = np.nonzero(share > 1e-4)
        cells = rows[number, place] * weights.shape[1] + ids[number, end + size]
        shares += np.bincount(cells, share[number, place, end], weights.size)
    return total, shares.reshape(weights.shape).astype(np.float32)


def _later(row: Floats, step: Floats, size: int) -> Floats:
    found = np.full_like(row, _NEVER)
    found[:, size:] = row[:, : row.shape[1] - size] + step[:, size:]
    return found


def _earlier(row: Floats, step: Floats, size: int) -> Floats:
    found = np.full_like(row, _NEVER)
    found[:, : row.shape[1] - size] = row[:, size:] + step[:, size:]
    return found


def _sum(logs: Sequence[Floats]) -> Floats:
    highest = np.maximum.reduce(logs)
    added: Floats = np.log(sum(np.exp(one - highest) for one in logs)) + highest
    return np.maximum(added, _NEVER)


def first_table(learner: Learner, pairs: Sequence[Spelling]) -> tuple[Floats, Floats]:
    """Log chances of a chunk for a letter in any surroundings, and how often a word has each chunk."""
    some = pairs[:_SOME]
    counts = np.full((len(learner.letters), len(learner.chunks)), 0.01)
    for latin, arabic in some:
        marked = START + latin
        for at, letter in enumerate(marked):
            counts[learner.letters[letter], 0] += 0.3
            for place in range(len(arabic)):
                if abs(at / len(marked) - place / len(arabic)) < _LIKE:
                    for chunk, part in ((arabic[place], 1.0), (arabic[place : place + 2], 0.02)):
                        if chunk in learner.chunks:
                            counts[learner.letters[letter], learner.chunks[chunk]] += part
    for _ in range(_ROUNDS):
        table = np.log(counts / counts.sum(1, keepdims=True)).astype(np.float32)
        counts = np.full_like(counts, 1e-4)
        for start in range(0, len(some), _BATCH):
            batch = learner.batch(some[start : start + _BATCH])
            letters = batch.seen[:, HALF]
            np.add.at(counts, letters, aligned(table[letters], batch)[1])
    return table, (counts.sum(0) / len(some)).astype(np.float32)


# the network ---------------------------------------------------------------------------------------------------------


def new_learner(pairs: Sequence[Spelling], seed: int) -> tuple[Learner, Floats]:
    """A network that knows nothing, over the letters and chunks of the pairs, and its first table."""
    together = Counter(arabic[at : at + 2] for _, arabic in pairs for at in range(len(arabic) - 1))
    letters = [OUTSIDE, START, END, *sorted({letter for latin, _ in pairs for letter in latin})]
    single = ["", *sorted({letter for _, arabic in pairs for letter in arabic})]
    double = sorted(two for two, count in together.items() if count >= _PAIR_SEEN)
    trial = Learner(_numbered(letters), _numbered(single + double), {})
    table, used = first_table(trial, pairs)
    kept = [at for at, share in enumerate(used.tolist()) if at < len(single) or share >= _PAIR_USED]
    chunks = [[*trial.chunks][at] for at in kept]
    return Learner(trial.letters, _numbered(chunks), _new_arrays(len(letters), len(chunks), seed)), table[:, kept]


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


def _new_arrays(letters: int, chunks: int, seed: int) -> Arrays:
    random = np.random.default_rng(seed)
    arrays = {
        "first": random.normal(0, 0.25, (2 * HALF + 1, letters, _HIDDEN)),
        "first_bias": np.zeros(_HIDDEN),
        "second": random.normal(0, 1.4 / math.sqrt(_HIDDEN), (_HIDDEN, _HIDDEN)),
        "second_bias": np.zeros(_HIDDEN),
        "chance": random.normal(0, 0.05, (_HIDDEN, chunks)),
        "chance_bias": np.zeros(chunks),
        "telling": np.zeros((_HIDDEN, chunks)),
        "telling_bias": np.zeros(chunks),
    }
    return {name: arrays[name].astype(np.float32) for name in WEIGHTS}


def think(arrays: Arrays, seen: Ints, random: np.random.Generator | None) -> Thought:
    """Forward through the network; with a generator some of the hidden units are left out."""
    hidden = arrays["first_bias"] + sum(arrays["first"][at][seen[:, at]] for at in range(seen.shape[1]))
    hidden = _dropped(np.maximum(hidden, 0), random)
    deeper = _dropped(np.maximum(hidden @ arrays["second"] + arrays["second_bias"], 0), random)
    chances = deeper @ arrays["chance"] + arrays["chance_bias"]
    chances -= chances.max(1, keepdims=True)
    chances -= np.log(np.exp(chances).sum(1, keepdims=True))
    return Thought(hidden, deeper, chances, chances + deeper @ arrays["telling"] + arrays["telling_bias"])


def _dropped(units: Floats, random: np.random.Generator | None) -> Floats:
    if random is None:
        return units
    left = random.random(units.shape, dtype=np.float32) > _DROPPED
    return units * left / np.float32(1 - _DROPPED)


def slopes(arrays: Arrays, seen: Ints, thought: Thought, weights: Floats, telling: bool) -> Arrays:
    """Backward through the network, from the slopes of the chunks' log weights."""
    chances = weights - np.exp(thought.chances) * weights.sum(1, keepdims=True)
    found = {"chance": thought.deeper.T @ chances, "chance_bias": chances.sum(0)}
    back = chances @ arrays["chance"].T
    if telling:
        found |= {"telling": thought.deeper.T @ weights, "telling_bias": weights.sum(0)}
        back += weights @ arrays["telling"].T
    back *= (thought.deeper > 0) / np.float32(1 - _DROPPED)
    found |= {"second": thought.hidden.T @ back, "second_bias": back.sum(0)}
    back = back @ arrays["second"].T * (thought.hidden > 0) / np.float32(1 - _DROPPED)
    first = np.zeros_like(arrays["first"])
    for at in range(seen.shape[1]):
        order = np.argsort(seen[:, at], kind="stable")
        letters, starts = np.unique(seen[order, at], return_index=True)
        first[at][letters] = np.add.reduceat(back[order], starts)
    return found | {"first": first, "first_bias": back.sum(0)}


# learning ------------------------------------------------------------------------------------------------------------


def batches(pairs: Sequence[tuple[str, str, object]], random: np.random.Generator) -> Iterator[Ints]:
    """Numbers of pairs of about one length, in no order."""
    size = np.array([100 * len(latin) + len(arabic) for latin, arabic, *_ in pairs])
    order = np.argsort(size + 150 * random.random(len(pairs)), kind="stable")
    parts = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
    for part in random.permutation(len(parts)):
        yield parts[part]


def learn_to_spell(learner: Learner, table: Floats, pairs: Sequence[Spelling], epochs: int, seed: int) -> None:
    """Maximise the chance of the Arabic word given the Latin one; the first epoch takes its alignments from a table."""
    random, known = np.random.default_rng(seed), [(*pair, True) for pair in pairs]
    steps = Steps(learner.arrays, _SPELL_RATE, epochs * (len(pairs) // _BATCH + 1))
    for epoch in range(epochs):
        loss = 0.0
        for part in batches(known, random):
            batch = learner.batch([pairs[at] for at in part])
            thought = think(learner.arrays, batch.seen, random)
            total, shares = aligned(thought.chances if epoch else table[batch.seen[:, HALF]], batch)
            believed = np.where(total < _ODD * (batch.places + batch.lengths), _ODD_WEIGHT, 1.0) * (total > _FAR)
            shares *= -(believed / len(part)).astype(np.float32)[batch.owner][:, None]
            steps.step(slopes(learner.arrays, batch.seen, thought, shares, telling=False))
            loss -= float(np.maximum(total, -60).sum())
        print(f"spelling, epoch {epoch}: loss {loss / len(pairs):.3f}", flush=True)


def learn_to_tell(
    learner: Learner, drawn: Callable[[np.random.Generator], list[Question]], epochs: int, seed: int
) -> None:
    """Logistic loss over the log weight, a budget and its share a letter; the questions are drawn anew every epoch."""
    random = np.random.default_rng(seed)
    odds = {"odds": np.array([learner.budget, learner.letter], np.float32)}
    count = epochs * (len(drawn(np.random.default_rng(seed))) // _BATCH + 1)
    steps, shift = Steps(learner.arrays, _TELL_RATE, count), Steps(odds, 3 * _TELL_RATE, count)
    for epoch in range(epochs):
        questions, loss = drawn(random), 0.0
        for part in batches(questions, random):
            some = [questions[at] for at in part]
            batch, same = learner.batch([(latin, arabic) for latin, arabic, _ in some]), np.array([q[2] for q in some])
            thought = think(learner.arrays, batch.seen, random)
            total, shares = aligned(thought.weights, batch)
            size = batch.places - 1 + batch.lengths
            logit = np.clip(total + odds["odds"][0] + odds["odds"][1] * size, -30, 30)
            sure = 1 / (1 + np.exp(-logit))
            error = (sure - same) * (total > _FAR) * ~(same & (logit < _HOPELESS)) / len(part)
            shares *= error.astype(np.float32)[batch.owner][:, None]
            steps.step(slopes(learner.arrays, batch.seen, thought, shares, telling=True))
            shift.step({"odds": np.array([error.sum(), (error * size).sum() / 10], np.float32)})
            loss -= float(np.log(np.abs(1 - same - sure) + 1e-9).sum())
        learner.budget, learner.letter = odds["odds"].tolist()
        told = f"loss {loss / len(questions):.4f}, budget {learner.budget:.2f} + {learner.letter:.3f} a letter"
        print(f"telling, epoch {epoch}: {told}", flush=True)


def log_chances(learner: Learner, pairs: Sequence[Spelling]) -> Floats:
    """Of each pair, the log chance of its spelling a letter."""
    found = []
    for start in range(0, len(pairs), _BATCH):
        batch = learner.batch(pairs[start : start + _BATCH])
        total, _ = aligned(think(learner.arrays, batch.seen, None).chances, batch)
        found.append(total / (batch.places - 1 + batch.lengths))
    return np.concatenate(found)
