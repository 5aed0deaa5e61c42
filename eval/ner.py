"""`python -m eval.ner --data FOLDER`: names against the published corpora for named entities, exact spans.

    python -m eval.ner --data FOLDER [--corpus NAME ...] [--joined 8] [--show 20] [--write]

FOLDER holds ``ner/`` with the corpora as their makers publish them; one that is missing is named and passed over.
Each is read in its own tokens, and two answers are scored on it:

    program   the names of the report stage (`find_names`), PER, ORG and LOC
    model     the encoder's head for ANERcorp's own scheme, PER, ORG, LOC and MISC, where its weights are there

Sentences that follow each other in a newspaper are read in runs of `--joined`; 1 reads each alone.  A name that
begins or ends inside a token of the corpus (``بموسكو``) counts as that whole token.  A span is right where first
token, last token and type are those of the corpus; figures are micro-averaged.  The guides differ (ANERcorp takes
some heads into names, AQMAR's articles are no news), so the program's figures say how it does under other people's
rules, not how often it is wrong.  With `--write` a dated table goes to ``eval/results``.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, groupby
from pathlib import Path

from eval.score import Tally
from khabar import __version__, encoder
from khabar.names import find_names
from khabar.text import tokenize
from training.data import as_text

RESULTS = Path(__file__).resolve().parent / "results"
THREE = ("PER", "LOC", "ORG")
FOUR = (*THREE, "MISC")

Entity = tuple[int, int, str]
"""First token, last token (left out), type."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of a corpus's sentence, and the entities that its makers see in it."""

    words: tuple[str, ...]
    entities: frozenset[Entity]
    starts: tuple[int, ...] = (0,)
    """The first token of each of the corpus's sentences that are read together here."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a corpus lies below the data folder, how it is read, and how its types are called here.

    A type that `types` does not hold is no entity here.  `alone` is True where sentences do not follow each other.
    """

    path: str
    read: Callable[[Path], Iterable[list[tuple[str, str]]]]
    types: dict[str, str]
    alone: bool = False


def read_lines(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Sentences of a file with a token and its tag a line and an empty line between sentences."""
    lines = path.read_text("utf-8").splitlines()
    for filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            yield [_cells(line) for line in group]


def _cells(line: str) -> tuple[str, str]:
    word, _, tag = line.strip().rpartition(" ")
    return word or "-", tag


def read_folder(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Sentences of all files of a folder."""
    for file in sorted(path.glob("*.txt")):
        yield from read_lines(file)


def read_table(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Sentences of a table with a token a row, its last revised label in the last column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        for _, group in groupby(rows, key=lambda row: row["Sentence_ID"]):
            yield [(row["Word"], row["Revised_Label"].replace("_", "-")) for row in group]


_FOUR = {"PER": "PER", "PERS": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC"}
_THREE = {"PER": "PER", "PERS": "PER", "LOC": "LOC", "ORG": "ORG"}
CORPORA = {
    "ANERcorp test": Corpus("ANERCorp_CamelLab_test.txt", read_lines, _FOUR),
    "ANERcorp train": Corpus("ANERCorp_CamelLab_train.txt", read_lines, _FOUR),
    "CLEANANERcorp test": Corpus("CLEANANERCorp_test.txt", read_lines, _THREE),
    "AQMAR": Corpus("aqmar", read_folder, _THREE),
    "CAraNER": Corpus("CAraNER.csv", read_table, _THREE, alone=True),
    "Wojood sample": Corpus("wojood_sample_test.txt", read_lines, _THREE | {"GPE": "LOC", "FAC": "LOC"}, alone=True),
}
"""Of CLEANANERcorp, whose MISC is far wider than ANERcorp's, three types count; AQMAR's MIS are kinds made up for each
article, CAraNER's TIT are titles: no names here."""
SCORED = tuple(name for name in CORPORA if name != "ANERcorp train")
"""Scored unless others are asked for; the model has been trained on ANERcorp's train part."""


def entities(tags: Sequence[str], types: dict[str, str]) -> frozenset[Entity]:
    """What tags of the scheme IOB2 delimit, read as seqeval does: an ``I`` after another type begins an entity.

    >>> sorted(entities(["B-PERS", "I-PERS", "O", "I-LOC", "B-LOC"], {"PERS": "PER", "LOC": "LOC"}))
    [(0, 2, 'PER'), (3, 4, 'LOC'), (4, 5, 'LOC')]
    """
    found: list[Entity] = []
    first, open_kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        mark, _, kind = tag.partition("-")
        goes_on = mark == "I" and kind == open_kind
        if open_kind and not goes_on:
            found.append((first, at, open_kind))
        if not goes_on:
            first, open_kind = at, kind
    return frozenset((first, last, types[kind]) for first, last, kind in found if kind in types)


def sentences(corpus: Corpus, folder: Path, joined: int) -> list[Sentence]:
    """All sentences of a corpus, in runs of so many where they follow each other."""
    read = list(corpus.read(folder / corpus.path))
    size = 1 if corpus.alone else joined
    runs = [list(chain(*read[at : at + size])) for at in range(0, len(read), size)]
    groups = (read[at : at + size] for at in range(0, len(read), size))
    starts = [tuple(accumulate(map(len, group[:-1]), initial=0)) for group in groups]
    return [
        Sentence(tuple(word for word, _ in run), entities([tag for _, tag in run], corpus.types), begun)
        for run, begun in zip(runs, starts, strict=True)
    ]


def by_program(sentence: Sentence) -> frozenset[Entity]:
    """The names of the report stage, as whole tokens of the corpus.

    >>> sorted(by_program(Sentence(("التقى", "بوتين", "بموسكو", "ماكرون"), frozenset())))
    [(1, 2, 'PER'), (2, 3, 'LOC'), (3, 4, 'PER')]
    """
    owner = [at for at, word in enumerate(sentence.words) for _ in range(len(word) + 1)]
    names = find_names(tokenize(" ".join(sentence.words)))
    return frozenset((owner[name.span.start], owner[name.span.end - 1] + 1, name.type) for name in names)


def by_model(sentence: Sentence) -> frozenset[Entity]:
    """What the encoder's head for ANERcorp's scheme says."""
    found = encoder.encode(as_text(sentence.words, sentence.starts)).spans("anercorp")
    return frozenset((span.first, span.last, _FOUR[span.label]) for span in found)


def score(answers: Iterable[tuple[Sentence, frozenset[Entity]]], kinds: Sequence[str]) -> dict[str, Tally]:
    """Hits, wanted and found entities of each kind and of ``all``."""
    tallies = {kind: Tally() for kind in ("all", *kinds)}
    for sentence, answer in answers:
        for kind in kinds:
            wanted = {one for one in sentence.entities if one[2] == kind}
            found = {one for one in answer if one[2] == kind}
            for name in ("all", kind):
                tallies[name].add(len(wanted & found), len(wanted), len(found))
    return tallies


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: who answered on which corpus, over how many tokens, and how well."""

    corpus: str
    answer: str
    tokens: int
    tallies: dict[str, Tally]

    @property
    def figures(self) -> dict[str, float]:
        """F1 of everything and of each kind, with precision and recall of everything."""
        whole = self.tallies["all"]
        shares = {"precision": whole.hit / max(whole.predicted, 1), "recall": whole.hit / max(whole.gold, 1)}
        return {"f1": whole.f1} | shares | {kind: self.tallies[kind].f1 for kind in self.tallies if kind != "all"}


ANSWERS: dict[str, tuple[Callable[[Sentence], frozenset[Entity]], tuple[str, ...]]] = {
    "program": (by_program, THREE),
    "model": (by_model, FOUR),
}


def measured(name: str, folder: Path, options: argparse.Namespace) -> Iterator[Line]:
    """The rows of one corpus; the encoder answers only where its weights are and the corpus has MISC as it has."""
    corpus = CORPORA[name]
    read = sentences(corpus, folder, options.joined)
    tokens = sum(len(sentence.words) for sentence in read)
    for answer, (ask, kinds) in ANSWERS.items():
        if answer == "model" and not encoder.available():
            continue
        kept = tuple(kind for kind in kinds if kind in corpus.types.values())
        answers = [(sentence, ask(sentence)) for sentence in read]
        yield Line(name, answer, tokens, score(answers, kept))
        _show(f"{name}, {answer}", answers, set(kept), options.show)


def _show(title: str, answers: Sequence[tuple[Sentence, frozenset[Entity]]], kinds: set[str], count: int) -> None:
    """Some of what was missed and of what was too much, drawn by a fixed seed."""
    wrong = [
        (sign, sentence.words, entity)
        for sentence, answer in answers
        for sign, found in (("missed", sentence.entities - answer), ("spurious", answer - sentence.entities))
        for entity in sorted(found)
        if entity[2] in kinds
    ]
    for sign, words, (first, last, kind) in random.Random(1).sample(wrong, min(count, len(wrong))):
        inside = " ".join(words[first:last])
        print(f"{title}: {sign} {kind}: {' '.join(words[max(0, first - 5) : first])} [{inside}] "
              f"{' '.join(words[last : last + 4])}", file=sys.stderr)  # fmt: skip


def table(lines: Sequence[Line], joined: int) -> list[str]:
    """The dated table in Markdown."""
    head = f"khabar {__version__}, exact spans, micro-averaged, runs of {joined} sentences, {_today()}"
    columns = ("f1", "precision", "recall", *FOUR)
    rows = ["| corpus | tokens | answer | " + " | ".join(columns) + " |", "|---|--:|---|" + "--:|" * len(columns)]
    for line in lines:
        cells = " | ".join(f"{line.figures[name]:.3f}" if name in line.figures else "" for name in columns)
        rows.append(f"| {line.corpus} | {line.tokens} | {line.answer} | {cells} |")
    return [head, "", *rows]


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def _write(lines: Sequence[Line], rows: Sequence[str]) -> None:
    stem = RESULTS / f"{_today()}-ner"
    stem.with_suffix(".md").write_text("\n".join(rows) + "\n", "utf-8")
    figures = {
        f"{line.corpus}, {line.answer}": {name: round(value, 4) for name, value in line.figures.items()}
        for line in lines
    }
    data = {"gold": "ner", "version": __version__, "date": _today(), "figures": figures}
    stem.with_suffix(".json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def main() -> int:
    """Run; returns the exit status: 1 where no corpus was found."""
    options = _options()
    folder: Path = options.data / "ner"
    present = [name for name in options.corpus if (folder / CORPORA[name].path).exists()]
    for name in options.corpus:
        if name not in present:
            print(f"{name}: {folder / CORPORA[name].path} is not there", file=sys.stderr)
    if not encoder.available():
        print("no weights of the encoder: only the program answers, on its rules", file=sys.stderr)
    lines = [line for name in present for line in measured(name, folder, options)]
    rows = table(lines, options.joined)
    print("\n".join(rows))
    if options.write and lines:
        _write(lines, rows)
    return int(not lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", nargs="+", choices=CORPORA, default=SCORED)
    parser.add_argument("--joined", type=int, default=8)
    parser.add_argument("--show", type=int, default=0, metavar="COUNT")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
