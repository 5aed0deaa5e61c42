"""Writes ``src/khabar/repair/neighbours.tsv``, the bigram model of `khabar.repair.neighbours`.

    python scripts/make_neighbours.py DATA

DATA is a folder with corpora that allow a model to be trained on them: ANERcorp (CAMeL Lab's split, CC BY-SA 4.0),
the sample of Wojood (MIT), Wikinews (CAMeL-Lab/wild_diacritics, CC BY-SA 4.0), and ANS headlines (Apache 2.0).  The
table holds numbers about pairs of words, no sentence.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from khabar.repair.neighbours import kind, tokens

OUT = Path(__file__).parents[1] / "src" / "khabar" / "repair" / "neighbours.tsv"
KINDS, SECOND_KINDS, WORDS = 100, 1_500, 10_000
"""The commonest words: so many are a kind of their own beside their neighbours, so many beside their neighbours but
one, and so many are counted as words."""
LEAST = 3
"""Times that a pair must be met, or should have been met by chance."""
OFTEN = 200
SMOOTHED = 1.0
HEAD = """\
# Pairs of kinds of neighbours, of neighbours but one, of words: first, second, ten times the logarithm of how much
# oftener they are met than by chance.  Made by scripts/make_neighbours.py; see there for the corpora and licences.
"""


def main() -> int:
    """Count, compare with chance, write."""
    sentences = [[".", *(token for word in words for token in tokens(word)), "."] for words in read(Path(sys.argv[1]))]
    counted = Counter(token for sentence in sentences for token in sentence)
    common = [word for word, _ in counted.most_common(WORDS)]
    parts = (
        ("kind", scores(sentences, named(common[:KINDS]), 1, 0.4)),
        ("second", scores(sentences, named(common[:SECOND_KINDS]), 2, 0.4)),
        ("word", scores(sentences, {word: word for word in common}.get, 1, 0.7)),
    )
    rows = [(part, *row) for part, found in parts for row in sorted(found)]
    OUT.write_text(
        HEAD + "".join(f"{part}\t{first}\t{second}\t{score}\n" for part, first, second, score in rows), "utf-8"
    )
    print(f"{len(rows):,} pairs")
    return 0


def named(common: Iterable[str]) -> Callable[[str], str]:
    """What a word is counted as: itself where it is common, else its kind."""
    own = frozenset(common)
    return lambda word: f"={word}" if word in own else kind(word)


def read(data: Path) -> Iterator[list[str]]:
    """Sentences as words."""
    for name in ("ANERCorp_CamelLab_train.txt", "wojood_sample_train.txt"):
        yield from columns((data / "ner" / name).read_text("utf-8").splitlines(), " ")
    wikinews = (data / "news" / "wikinews70.tsv").read_text("utf-8").splitlines()[1:]
    yield from columns(["" if line.startswith("#") else line for line in wikinews if line.strip()], "\t")
    for name in ("claim_train.csv", "stance_train.csv"):
        with (data / "claims" / "ans" / name).open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                yield from (cell.split() for cell in row[:-1])


def columns(lines: Iterable[str], between: str) -> Iterator[list[str]]:
    """The first column of a file with one word a line and an empty line between sentences."""
    words: list[str] = []
    for line in lines:
        if line.strip():
            words.append(line.split(between)[0])
        elif words:
            yield words
            words = []
    yield words


def scores(
    sentences: list[list[str]], name: Callable[[str], str | None], away: int, least: float
) -> Iterator[tuple[str, str, int]]:
    """Pairs that are met clearly oftener or more seldom than by chance; words without a name are left out."""
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        names = [name(word) or "" for word in sentence]
        pairs.update(zip(names, names[away:], strict=False))
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    everything = sum(pairs.values())
    often = [(one, other) for one in first if first[one] > OFTEN for other in second if second[other] > OFTEN]
    for one, other in dict.fromkeys([*(pair for pair, count in pairs.items() if count >= LEAST), *often]):
        count, chance = pairs[one, other], first[one] * second[other] / everything
        score = math.log((count + SMOOTHED) / (chance + SMOOTHED))
        if one and other and abs(score) >= least and (count >= LEAST or chance >= LEAST):
            yield one, other, round(10 * score)


if __name__ == "__main__":
    sys.exit(main())
