"""Writes ``src/khabar/repair/neighbours.tsv``, the bigram model of `khabar.repair.neighbours`.

    python -m scripts.make_neighbours DATA

DATA is a folder with corpora that allow a model to be trained on them: ANERcorp (CAMeL Lab's split, CC BY-SA 4.0),
the sample of Wojood (MIT), Wikinews (CAMeL-Lab/wild_diacritics, CC BY-SA 4.0), and ANS headlines (Apache 2.0); with
them go our own reports, of the stories that are for training (corpus/).  The table holds numbers about pairs
of words, no sentence.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from khabar.repair.neighbours import SCALE, is_number, kind, tokens
from scripts.word_classes import word_classes

CORPUS = Path(__file__).parents[1] / "corpus"
OUT = Path(__file__).parents[1] / "src" / "khabar" / "repair" / "neighbours.tsv"
KINDS, SECOND_KINDS, WORDS = 300, 300, 10_000
"""The commonest words: so many are a kind of their own beside their neighbours, so many beside their neighbours but
one, and so many are counted as words."""
CLASSES = 150
LEAST, LEAST_WORDS = 3, 2
"""Times that a pair must be met, or should have been met by chance: of classes, of words."""
OFTEN = 200
SMOOTHED = 0.5
HEAD = """\
# The words of each class; then, for neighbours, for neighbours but one (both by class) and for words side by side, five
# times the logarithm of how much oftener they are met than by chance (words: than their classes would have it) and the
# words for which that is so.
# Made by scripts/make_neighbours.py; see there for the corpora and licences.
"""

Name = Callable[[str], str | None]
Scores = dict[tuple[str, str], float]


def main() -> int:
    """Count, compare with chance, write."""
    sentences = [[".", *(token for word in words for token in tokens(word)), "."] for words in read(Path(sys.argv[1]))]
    counted = Counter(token for sentence in sentences for token in sentence)
    common = [word for word, _ in counted.most_common(WORDS)]
    classes = {word: f"c{number}" for word, number in word_classes(sentences, CLASSES).items()}
    by_kind = named(common[:KINDS], classes)
    kinds = scores(sentences, by_kind, 1, 0.3)

    def by_kinds(first: str, second: str) -> float:
        return kinds.get((by_kind(first), by_kind(second)), 0.0)

    own = {word: word for word in common}
    parts = {
        "kind": kinds,
        "second": scores(sentences, named(common[:SECOND_KINDS], classes), 2, 0.3),
        "word": scores(sentences, own.get, 1, 0.6, LEAST_WORDS, by_kinds),
    }
    members: dict[str, list[str]] = {}
    for word, name in sorted(classes.items()):
        members.setdefault(name, []).append(word)
    lines = [f"class\t{name}\t{' '.join(words)}\n" for name, words in members.items()]
    for part, found in parts.items():
        lines += rows(part, found)
    OUT.write_text(HEAD + "".join(lines), "utf-8")
    print(f"{sum(map(len, parts.values())):,} pairs, {OUT.stat().st_size:,} bytes")
    return 0


def rows(part: str, found: Scores) -> Iterator[str]:
    """One line for all pairs with the same first word, in it one column for those with the same score."""
    beside: dict[str, dict[int, list[str]]] = {}
    for (first, second), score in sorted(found.items()):
        beside.setdefault(first, {}).setdefault(round(SCALE * score), []).append(second)
    for first, others in beside.items():
        columns = [f"{score} {' '.join(words)}" for score, words in sorted(others.items())]
        yield "\t".join([part, first, *columns]) + "\n"


def named(common: Iterable[str], classes: Mapping[str, str]) -> Callable[[str], str]:
    """What a word is counted as: itself where it is common, else its class, else its kind."""
    own = frozenset(word for word in common if not is_number(word))
    return lambda word: f"={word}" if word in own else classes.get(word) or kind(word)


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
    yield from own()


def own() -> Iterator[list[str]]:
    """The paragraphs of our own reports, of those stories that are for training."""
    with (CORPUS / "plan.tsv").open(encoding="utf-8", newline="") as stream:
        split = {row["id"]: row["split"] for row in csv.DictReader(stream, delimiter="\t")}
    for file in sorted((CORPUS / "reports").glob("*.json")):
        if split.get(file.stem) == "train":
            yield from (line.split() for line in json.loads(file.read_text("utf-8"))["text"].splitlines() if line)


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
    sentences: list[list[str]],
    name: Name,
    away: int,
    least: float,
    times: int = LEAST,
    expected: Callable[[str, str], float] = lambda *_: 0.0,
) -> Scores:
    """Pairs met clearly oftener or more seldom than by chance or than `expected`; words without a name are left out."""
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
    found = {}
    for one, other in dict.fromkeys([*(pair for pair, count in pairs.items() if count >= times), *often]):
        if not one or not other:
            continue
        count = pairs[one, other]
        chance = first[one] * second[other] / everything * math.exp(expected(one, other))
        score = math.log((count + SMOOTHED) / (chance + SMOOTHED))
        if abs(score) >= least and (count >= times or chance >= times):
            found[one, other] = score
    return found


if __name__ == "__main__":
    sys.exit(main())
