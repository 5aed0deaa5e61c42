"""``python -m training.letters --data FOLDER``: the networks of `khabar.link.readings`, learned from pairs of names.

FOLDER holds ``names/netransliteration_train.tsv`` (NETransliteration, Merhav and Ash 2018; names of Wikidata, CC0).

1. Learn to spell: how Latin letters are written in Arabic (`training.readings`).
2. Drop the pairs that are least likely so, which are no transliterations (given name beside family name).
3. Learn to tell: every pair against the same Arabic name with one of the three Latin names that are spelled most like
   the right one and are other names.

Two Latin names are one where their Arabic spellings have the same consonants.  Names come with and without accents
and article, as typists leave them out.  All is seeded; a run takes some ten minutes on one core.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from khabar.link.letters import arabic_letters, arabic_spellings, latin_letters, latin_spellings
from khabar.link.readings import WEIGHTS
from training.readings import Learner, Question, learn_to_spell, learn_to_tell, log_chances, new_learner

Pair = tuple[str, str]

OUT = Path(__file__).resolve().parents[1] / "src" / "khabar" / "link" / "readings.npz"
_LONGEST, _WIDEST = 14, 16
_FAR = 8
_BLOCK, _NEAR, _NEAR_SHARES = 13_000, 4, (0.6, 0.2, 0.2)
_ODD = 0.04
"""The share of the pairs that is dropped as no pairs."""
_SPELL_EPOCHS, _TELL_EPOCHS = 10, 6
_SEEDS = (1,)
"""A network is learned from each."""


def read_pairs(file: Path) -> list[Pair]:
    """The pairs of a part of NETransliteration as they are written, Arabic first."""
    found = []
    for line in file.read_text("utf-8").splitlines():
        latin, arabic, _ = line.split("\t")
        pair = arabic.replace(" ", ""), latin
        if arabic_letters(pair[0]) and latin_letters(latin):
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


def nearest_others(
    wanted: Sequence[str], names: Iterable[str], known: Mapping[str, set[str]], count: int = 1, far: int = _FAR
) -> list[list[str]]:
    """For each wanted Latin name up to `count` of `names`, those with the least Levenshtein distance that are others.

    Of several as near the most alike by Jaro and Winkler, then the first by the alphabet; at least one, however far.
    Names that share a spelling in `known` are no others.
    """
    pool = sorted(set(names))
    found = []
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        table = process.cdist(some, pool, scorer=Levenshtein.distance, dtype=np.uint8, score_cutoff=far)
        found += [_nearest(latin, row, pool, known, count, far) for latin, row in zip(some, table, strict=True)]
    return found


def _nearest(
    latin: str, row: NDArray[np.uint8], pool: Sequence[str], known: Mapping[str, set[str]], count: int, far: int
) -> list[str]:
    found: list[str] = []
    for distance in range(1, far + 1):
        near = [pool[at] for at in np.nonzero(row == distance)[0].tolist()]
        others = [name for name in near if not known[name] & known[latin]]
        found += sorted(others, key=lambda name: -JaroWinkler.similarity(name, latin))
        if len(found) >= count:
            return found[:count]
    return found or [next(name for name in pool if not known[name] & known[latin])]


def near_misses(pairs: Sequence[Pair]) -> list[list[str]]:
    """For each pair the Latin names that are spelled most like its own and are others, as they are written."""
    told = {latin_letters(latin): latin for _, latin in reversed(pairs)}
    known = spellings((arabic_letters(arabic), latin_letters(latin)) for arabic, latin in pairs)
    found = []
    for start in range(0, len(pairs), _BLOCK):
        names = [latin_letters(latin) for _, latin in pairs[start : start + _BLOCK]]
        found += nearest_others(names, names, known, len(_NEAR_SHARES), _NEAR)
    return [[told[name] for name in names] for names in found]


def drawn(pairs: Sequence[Pair], others: Sequence[Sequence[str]], chance: np.random.Generator) -> list[Question]:
    """Every pair, and every Arabic name with one other name, in spellings drawn by chance."""
    found: list[Question] = []
    for (arabic, latin), near in zip(pairs, others, strict=True):
        shares = np.array(_NEAR_SHARES[: len(near)])
        other = near[chance.choice(len(near), p=shares / shares.sum())]
        for name, same in ((latin, True), (other, False)):
            found.append((_one_of(latin_spellings(name), chance), _one_of(arabic_spellings(arabic), chance), same))
    return found


def _one_of(written: Sequence[str], chance: np.random.Generator) -> str:
    return written[int(chance.integers(len(written)))]


def learn(pairs: Sequence[Pair]) -> list[Learner]:
    """All of it, from true pairs."""
    spelled = [
        (one, two) for arabic, name in pairs for one in latin_spellings(name) for two in arabic_spellings(arabic)
    ]
    learners = []
    for seed in _SEEDS:
        learner, table = new_learner(spelled, seed)
        print(f"{len(pairs)} pairs, {len(learner.letters)} letters, {len(learner.chunks)} chunks", flush=True)
        learn_to_spell(learner, table, spelled, _SPELL_EPOCHS, seed)
        learners.append(learner)
    first = [(latin_spellings(latin)[0], arabic_spellings(arabic)[0]) for arabic, latin in pairs]
    likely = log_chances(learners[0], first)
    least = np.quantile(likely, _ODD)
    true = [pair for pair, chance in zip(pairs, likely, strict=True) if chance > least]
    others = near_misses(true)
    for seed, learner in zip(_SEEDS, learners, strict=True):
        learn_to_tell(learner, lambda chance: drawn(true, others, chance), _TELL_EPOCHS, seed)
    return learners


def write(learners: Sequence[Learner], file: Path) -> None:
    """The file of `khabar.link.readings`."""
    stored: dict[str, Any] = {name: np.stack([one.arrays[name] for one in learners]) for name in WEIGHTS}
    stored = {name: array.astype(np.float16) for name, array in stored.items()}
    stored |= {"letters": np.array([*learners[0].letters]), "chunks": np.array([*learners[0].chunks])}
    stored["budget"] = np.mean([(one.budget, one.letter) for one in learners], axis=0)
    np.savez_compressed(file, **stored)


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(prog="python -m training.letters", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with names/netransliteration_train.tsv")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    pairs = read_pairs(options.data / "names" / "netransliteration_train.tsv")
    random.Random(1).shuffle(pairs)
    write(learn([pair for pair in pairs if len(pair[0]) <= _LONGEST and len(pair[1]) <= _WIDEST]), options.out)


if __name__ == "__main__":
    main()
