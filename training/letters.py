"""``python -m training.letters --data FOLDER``: the costs of `khabar.link.letters`, learned from pairs of names.

FOLDER holds ``names/netransliteration_train.tsv`` (NETransliteration, Merhav and Ash 2018; names of Wikidata, CC0).

1. Align the pairs: costs from which letters stand at like places, then three rounds of hard expectation
   maximisation over single letters; units of several letters are what aligned neighbours make together.
2. Drop the pairs that cost most, which are no transliterations (given name beside family name).
3. Teach the costs to tell: every pair against the same Arabic name with the Latin name that is spelled most like the
   right one and is another name; logistic loss over budget minus cheapest cost, no cost below zero (McCallum,
   Bellare and Pereira 2005, with the best alignment only).

Two Latin names are one where their Arabic spellings have the same consonants.  All is seeded; a run takes some
minutes on one core.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from khabar.link.letters import arabic_letters, latin_letters

Pair = tuple[str, str]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

OUT = Path(__file__).resolve().parents[1] / "src" / "khabar" / "link" / "letters.tsv"
_STEPS = ((1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (1, 0), (0, 1), (0, 2))
"""How many Arabic and Latin letters one step may pair."""
_ARABIC, _LATIN = 2, 3
_NEVER, _GAP, _OTHER, _DEAREST = 50.0, 3.5, 5.0, 9.0
_LONGEST = 13
_SEEN = 25
"""A unit of several letters must be seen so often."""
_ALIGNED = 12
_FAR = 8
_ALIGN, _BATCH = 15_000, 1_000
_ODD = 0.04
"""The share of the pairs that is dropped as no pairs."""
_EPOCHS, _RATE, _PULL = 7, 0.2, 0.001


@dataclass(frozen=True, slots=True)
class Units:
    """All units of one script, with the log probability of their letters."""

    names: list[str]
    ids: dict[str, int]
    chance: Floats


@dataclass(frozen=True, slots=True)
class Coded:
    """Pairs as arrays: unit ids by size, place and pair (-1 where there is none), and the lengths of the words."""

    ours: Ints
    theirs: Ints
    length: Ints
    width: Ints

    def part(self, chosen: slice) -> Coded:
        """Some of the pairs."""
        return Coded(self.ours[:, :, chosen], self.theirs[:, :, chosen], self.length[chosen], self.width[chosen])


# names ---------------------------------------------------------------------------------------------------------------


def read_pairs(file: Path) -> list[Pair]:
    """The pairs of a part of NETransliteration, Arabic first, in the letters that the costs know."""
    found = []
    for line in file.read_text("utf-8").splitlines():
        latin, arabic, _ = line.split("\t")
        pair = arabic_letters(arabic.replace(" ", "")), latin_letters(latin)
        if all(pair):
            found.append(pair)
    return found


def consonants(arabic: str) -> str:
    """What the spellings of one name have in common: no long vowels, no final ه, nothing double."""
    inner = arabic[:-1] if arabic.endswith("ه") else arabic
    return re.sub(r"(.)\1+", r"\1", re.sub("[اوي]", "", inner)) or arabic


def spellings(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    """The consonants of the Arabic spellings of every Latin name."""
    found: dict[str, set[str]] = {}
    for arabic, latin in pairs:
        found.setdefault(latin, set()).add(consonants(arabic))
    return found


def nearest_others(pairs: Sequence[Pair], names: Sequence[str], known: Mapping[str, set[str]]) -> list[str]:
    """For each pair the Latin name of `names` with the least Levenshtein distance that is another name.

    Of several the most alike by Jaro and Winkler, then the first by the alphabet; names that share the consonants of
    an Arabic spelling are no others.
    """
    pool = sorted(set(names))
    found = []
    for start in range(0, len(pairs), 500):
        some = [latin for _, latin in pairs[start : start + 500]]
        table = process.cdist(some, pool, scorer=Levenshtein.distance, dtype=np.uint8, score_cutoff=_FAR)
        found += [_nearest(latin, row, pool, known) for latin, row in zip(some, table, strict=True)]
    return found


def _nearest(latin: str, row: NDArray[np.uint8], pool: Sequence[str], known: Mapping[str, set[str]]) -> str:
    for distance in range(1, _FAR + 1):
        near = [pool[at] for at in np.nonzero(row == distance)[0].tolist()]
        others = [name for name in near if not known[name] & known[latin]]
        if others:
            return max(others, key=lambda name: JaroWinkler.similarity(name, latin))
    return next(name for name in pool if not known[name] & known[latin])


# alignment -----------------------------------------------------------------------------------------------------------


def units_of(words: Iterable[str], longest: int) -> Units:
    """Single letters, the ends of a word, and what is seen often enough of two or three letters."""
    seen = Counter(
        word[at : at + size] for word in words for size in range(1, longest + 1) for at in range(len(word) - size + 1)
    )
    names = ["", *sorted(unit for unit, count in seen.items() if len(unit) == 1 or count >= _SEEN)]
    total = sum(count for unit, count in seen.items() if len(unit) == 1)
    chance = [sum(math.log(seen[letter] / total) for letter in unit) for unit in names]
    return Units(names, {name: at for at, name in enumerate(names)}, np.array(chance))


def coded(ours: Units, theirs: Units, pairs: Sequence[Pair]) -> Coded:
    """The arrays of some pairs."""
    arabic, latin = [f"^{one}$" for one, _ in pairs], [f"^{other}$" for _, other in pairs]
    lengths, widths = np.array([*map(len, arabic)]), np.array([*map(len, latin)])
    return Coded(_places(ours, arabic, _ARABIC), _places(theirs, latin, _LATIN), lengths, widths)


def _places(units: Units, words: Sequence[str], longest: int) -> Ints:
    found = np.full((longest + 1, _LONGEST + 3, len(words)), -1, np.int64)
    found[0] = 0
    for number, word in enumerate(words):
        for size in range(1, longest + 1):
            for at in range(len(word) - size + 1):
                found[size, at, number] = units.ids.get(word[at : at + size], -1)
    return found


def align(table: Floats, pairs: Coded) -> tuple[Floats, NDArray[np.int8]]:
    """Cheapest cost of every pair (Viterbi over all pairs at once), and the step that reached each cell."""
    count, flat = len(pairs.length), table.ravel()
    cost = np.full((pairs.length.max() + 1, pairs.width.max() + 1, count), _NEVER)
    steps = np.zeros(cost.shape, np.int8)
    cost[0, 0] = 0
    for at in range(cost.shape[0]):
        for place in range(cost.shape[1]):
            for number, (size, width) in enumerate(_STEPS):
                if at < size or place < width:
                    continue
                one, other = pairs.ours[size, at - size], pairs.theirs[width, place - width]
                price = np.where((one < 0) | (other < 0), _NEVER, flat[one * table.shape[1] + other])
                price += cost[at - size, place - width]
                better = price < cost[at, place]
                cost[at, place][better] = price[better]
                steps[at, place][better] = number
    return cost[pairs.length, pairs.width, np.arange(count)], steps


def paths(table: Floats, pairs: Coded, cost: Floats, steps: NDArray[np.int8]) -> tuple[Ints, Ints]:
    """The cells of the table that the cheapest alignments use, from the end of the words: pair numbers and cells."""
    at, place = pairs.length.copy(), pairs.width.copy()
    sizes, widths = (np.array(column) for column in zip(*_STEPS, strict=True))
    numbers, cells = [], []
    possible = cost < _NEVER
    while len(live := np.nonzero(possible & (at + place > 0))[0]):
        step = steps[at[live], place[live], live]
        at[live] -= sizes[step]
        place[live] -= widths[step]
        one = pairs.ours[sizes[step], at[live], live]
        numbers.append(live)
        cells.append(one * table.shape[1] + pairs.theirs[widths[step], place[live], live])
    return np.concatenate(numbers), np.concatenate(cells)


def batches(table: Floats, pairs: Coded) -> Iterator[tuple[slice, Floats, Ints, Ints]]:
    """Some pairs at a time: which, their costs, and their paths."""
    for start in range(0, len(pairs.length), _BATCH):
        chosen = slice(start, start + _BATCH)
        part = pairs.part(chosen)
        cost, steps = align(table, part)
        yield chosen, cost, *paths(table, part, cost, steps)


# costs ---------------------------------------------------------------------------------------------------------------


def plain_costs(ours: Units, theirs: Units) -> Floats:
    """Any letter may be left out or stand for any other, at a price; the ends of a word only for each other."""
    table = np.full((len(ours.names), len(theirs.names)), _NEVER)
    single = [at for at, name in enumerate(ours.names) if len(name) == 1 and name not in "^$"]
    others = [at for at, name in enumerate(theirs.names) if len(name) == 1 and name not in "^$"]
    table[np.ix_(single, others)] = _OTHER
    table[0, others] = table[single, 0] = _GAP
    for end in "^$":
        table[ours.ids[end], theirs.ids[end]] = 0
    return table


def first_costs(ours: Units, theirs: Units, pairs: Sequence[Pair]) -> Floats:
    """Letters that often stand at like places of their words are cheap for each other."""
    both: Counter[Pair] = Counter()
    for arabic, latin in pairs:
        for at, one in enumerate(arabic):
            for place, other in enumerate(latin):
                both[one, other] += abs(at / len(arabic) - place / len(latin)) < 0.2
    total, firsts, seconds = both.total(), Counter[str](), Counter[str]()
    for (one, other), count in both.items():
        firsts[one] += count
        seconds[other] += count
    table = plain_costs(ours, theirs)
    for (one, other), count in both.items():
        if count:
            bond = math.log(count * total / firsts[one] / seconds[other])
            table[ours.ids[one], theirs.ids[other]] = min(_OTHER, max(0.1, 2.5 - 1.5 * bond))
    return table


def counted_costs(ours: Units, theirs: Units, counts: Counter[Pair]) -> Floats:
    """How rare a step is among all, against the chance of its letters: nothing for two letters always together."""
    table, total = plain_costs(ours, theirs), counts.total()
    for (one, other), count in counts.items():
        if count < _ALIGNED or _ends(one) != _ends(other) or one not in ours.ids or other not in theirs.ids:
            continue
        row, column = ours.ids[one], theirs.ids[other]
        price = (ours.chance[row] + theirs.chance[column]) / 2 - math.log(count / total)
        table[row, column] = min(table[row, column], max(0.0, price))
    return table


def _ends(unit: str) -> tuple[bool, bool]:
    return unit.startswith("^"), unit.endswith("$")


def count_steps(table: Floats, ours: Units, theirs: Units, pairs: Coded, merged: bool) -> Counter[Pair]:
    """The steps of all cheapest alignments; merged: neighbours that make one unit count half."""
    found: Counter[Pair] = Counter()
    for _, _, numbers, cells in batches(table, pairs):
        order = np.argsort(numbers, kind="stable")
        steps: list[Pair] = []
        for cell in cells[order][::-1].tolist():
            steps.append((ours.names[cell // table.shape[1]], theirs.names[cell % table.shape[1]]))
            if steps[-1][0].endswith("$"):
                _tally(steps, found, merged)
                steps = []
    return found


def _tally(steps: Sequence[Pair], found: Counter[Pair], merged: bool) -> None:
    for at, (one, other) in enumerate(steps):
        found[one, other] += 2
        for more, further in steps[at + 1 : at + 4] if merged else ():
            one, other = one + more, other + further
            if (len(one), len(other)) in _STEPS:
                found[one, other] += 1


def aligned_costs(ours: Units, theirs: Units, pairs: Sequence[Pair]) -> Floats:
    """The costs of the alignment, before anything is taught."""
    some = coded(ours, theirs, pairs[: _ALIGN // 2])
    table = first_costs(ours, theirs, pairs[: _ALIGN // 2])
    for _ in range(3):
        table = counted_costs(ours, theirs, count_steps(table, ours, theirs, some, merged=False))
    more = coded(ours, theirs, pairs[:_ALIGN])
    for _ in range(3):
        table = counted_costs(ours, theirs, count_steps(table, ours, theirs, more, merged=True))
    return table


# teaching ------------------------------------------------------------------------------------------------------------


def teach(table: Floats, questions: Coded, same: Floats) -> tuple[Floats, float, float]:
    """Costs, budget and budget a letter that tell the pairs from the others (AdaGrad)."""
    flat = table.ravel().copy()
    first, budget, letter = flat.copy(), 4.0, 0.1
    seen, seen_budget, seen_letter = np.ones(flat.size), 1.0, 1.0
    for epoch in range(_EPOCHS):
        loss = 0.0
        for chosen, cost, numbers, cells in batches(flat.reshape(table.shape), questions):
            size = questions.length[chosen] + questions.width[chosen] - 4
            sure = 1 / (1 + np.exp(np.clip(cost - budget - letter * size, -30, 30)))
            error = sure - same[chosen]
            loss -= float(np.log(np.abs(1 - same[chosen] - sure) + 1e-9).sum())
            used, where = np.unique(cells, return_inverse=True)
            slope = np.bincount(where, weights=-error[numbers]) + _PULL * len(size) / 20 * (flat[used] - first[used])
            seen[used] += slope**2 / 100
            flat[used] = np.clip(flat[used] - _RATE / 3 * slope / np.sqrt(seen[used]), 0, _DEAREST)
            slope_budget, slope_letter = float(error.sum()), float((error * size).sum()) / 10
            seen_budget += slope_budget**2 / 100
            seen_letter += slope_letter**2 / 100
            budget -= _RATE / 3 * slope_budget / math.sqrt(seen_budget)
            letter -= _RATE / 30 * slope_letter / math.sqrt(seen_letter)
        print(f"epoch {epoch}: loss {loss / len(same):.4f}, budget {budget:.2f} + {letter:.3f} a letter", flush=True)
    return flat.reshape(table.shape), budget, letter


def learn(pairs: Sequence[Pair]) -> tuple[Units, Units, Floats, float, float]:
    """All of it: units, costs and budget from true pairs."""
    ours, theirs = units_of((f"^{one}$" for one, _ in pairs), _ARABIC), units_of((f"^{two}$" for _, two in pairs), 3)
    table = aligned_costs(ours, theirs, pairs)
    print(f"aligned: {int((table < _NEVER).sum())} steps", flush=True)
    cost = np.concatenate([part for _, part, _, _ in batches(table, coded(ours, theirs, pairs))])
    dear = cost / np.array([len(one) + len(other) for one, other in pairs])
    true = [pair for pair, price in zip(pairs, dear, strict=True) if price <= np.quantile(dear, 1 - _ODD)]
    known, questions = spellings(pairs), list(true)
    for start in range(0, len(true), _ALIGN):
        some = true[start : start + _ALIGN]
        others = nearest_others(some, [latin for _, latin in some], known)
        questions += [(arabic, other) for (arabic, _), other in zip(some, others, strict=True)]
    same = np.array([1.0] * len(true) + [0.0] * len(true))
    order = np.random.default_rng(1).permutation(len(questions))
    shuffled = coded(ours, theirs, [questions[at] for at in order])
    return ours, theirs, *teach(table, shuffled, same[order])


def written(ours: Units, theirs: Units, table: Floats, budget: float, letter: float) -> str:
    """The file of `khabar.link.letters`."""
    lines = [
        "# Costs of reading Arabic letters as Latin ones; ^ and $ are the ends of a word.",
        "# Learned by `python -m training.letters` from the train part of NETransliteration (CC0).",
        f"budget\t{budget:.3f}\t{letter:.4f}",
    ]
    for row, column in zip(*np.nonzero(table < _NEVER), strict=True):
        lines.append(f"{ours.names[row]}\t{theirs.names[column]}\t{table[row, column]:.2f}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(prog="python -m training.letters", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with names/netransliteration_train.tsv")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    pairs = read_pairs(options.data / "names" / "netransliteration_train.tsv")
    random.Random(1).shuffle(pairs)
    short = [(one, other) for one, other in pairs if max(len(one), len(other)) <= _LONGEST]
    options.out.write_text(written(*learn(short)), "utf-8")


if __name__ == "__main__":
    main()
