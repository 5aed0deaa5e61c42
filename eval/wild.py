"""Precision and recall on wild news: what was found, and number or date words that were not, judged one by one.

    python -m eval.wild times --data FOLDER                           score the judged table today
    python -m eval.wild times --data FOLDER --draw 300 --seed 7       print a fresh sample to read
                                              [--table FILE]          and write its rows, to be judged

FOLDER holds ``news/antcorpus.jsonl.gz`` and ``news/saudinewsnet``; neither may be copied, so a table
(``eval/wild/KIND.tsv``) has no text: corpus, article, offsets in title + newline + text, the verdict, and where the
right expression begins and ends with its value.  Verdicts:

    right    found, extent and value as they should be          none     not found, and nothing to find
    wrong    found, but of another extent or value              missed   not found, but should have been
    false    found, but nothing of the kind

Each draw of a table opens with its own comment line; older draws stay in it as regression.  The score as judged is
that of the last draw alone, the one that no rule had seen; the score of today is that of all draws.

An expression is right today where span and value are those of the table.  Intervals are Wilson's at 95 %.
Recall is estimated over the articles drawn from: right ones of all found there, against missed ones of all
candidates there (the numbers stand in the table's comment line).
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khabar import document_from_text
from khabar.figures import find_figures
from khabar.model import Figure, Published
from khabar.names import find_names
from khabar.text import Tokenized, fold, tokenize
from khabar.text.numbers import read_number
from khabar.times import find_times
from khabar.times.words import View

TABLES = Path(__file__).resolve().parent / "wild"
COLUMNS = ("corpus", "article", "start", "end", "verdict", "right_start", "right_end", "value", "kind")
ARTICLES = 600
"""Articles that one draw looks into, half of each corpus."""
_AROUND = 110
_FIRST_DAY = "2015-08-01"
"""From here on the day of collection of saudinewsnet is the day of publication."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a corpus: its place there, title and text, and its day."""

    corpus: str
    number: int
    text: str
    published: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found, with its value written out."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One judged expression, or one judged candidate that was not found."""

    corpus: str
    article: int
    start: int
    end: int
    verdict: str
    right_start: int
    right_end: int
    value: str
    kind: str

    def touches(self, hit: Hit) -> bool:
        """Does a hit stand on it?"""
        first, last = min(self.start, self.right_start), max(self.end, self.right_end)
        return hit.start < last and first < hit.end

    def is_hit(self, hit: Hit) -> bool:
        """Is a hit the right one?"""
        return (hit.start, hit.end, hit.value) == (self.right_start, self.right_end, self.value)


# corpora -------------------------------------------------------------------------------------------------------------


def articles(data: Path, corpus: str) -> Iterator[Article]:
    """All articles of a corpus, numbered from 0."""
    return _ant(data / "news" / "antcorpus.jsonl.gz") if corpus == "ant" else _saudi(data / "news" / "saudinewsnet")


CORPORA = ("ant", "saudi")


def _ant(file: Path) -> Iterator[Article]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            one = json.loads(line)
            yield Article("ant", number, f"{one['title']}\n{one['text']}", _day(one["time"]))


def _day(written: str) -> str:
    """``30/12/2016`` or ``2016-12-30T08:04`` as an ISO day."""
    parts = written[:10].split("/")
    return "-".join(reversed(parts))


def _saudi(folder: Path) -> Iterator[Article]:
    number = 0
    for file in sorted(folder.glob("*.zip")):
        if file.stem < _FIRST_DAY:
            continue
        with zipfile.ZipFile(file) as packed:
            for one in json.loads(packed.read(f"{file.stem}.json")):
                yield Article("saudi", number, f"{one['title']}\n{one['content']}", one["date_extracted"][:10])
                number += 1


# what is found, and what might have been -----------------------------------------------------------------------------


def times_in(article: Article) -> list[Hit]:
    """Times of an article."""
    found = find_times(tokenize(article.text), Published(article.published, "given"))
    return [Hit(one.span.start, one.span.end, one.value or "") for one in found]


def figures_in(article: Article) -> list[Hit]:
    """Figures of an article that are not vague: ``15..20~ person dead #1f0c9a2e``.

    ``~`` is an approximation.  What is counted stands as a checksum, since a table holds no text.
    """
    text = tokenize(article.text)
    times, names = find_times(text, Published(article.published, "given")), find_names(text)
    found = find_figures(text, times, names, (), ())
    return [Hit(one.span.start, one.span.end, _figure_value(one)) for one in found if not one.vague]


def _figure_value(figure: Figure) -> str:
    bounds = f"{figure.low:.12g}..{figure.high:.12g}{'~' if figure.approx else ''}"
    what = f"#{zlib.crc32(fold(figure.what).encode()):08x}" if figure.what else "#"
    return " ".join(part for part in (bounds, figure.unit, figure.kind or "-", what) if part)


def _numbers(text: Tokenized) -> Iterator[tuple[int, int]]:
    for index, token in enumerate(text.tokens):
        if token.kind == "number" or read_number(text, index) is not None:
            yield token.start, token.end


def _date_words(text: Tokenized) -> Iterator[tuple[int, int]]:
    view = View(text)
    for index, token in enumerate(text.tokens):
        match = view.word(index)
        if token.kind == "number" or match is not None or read_number(text, index) is not None:
            yield (token.start, token.end) if match is None else (match.start, match.end)


def repaired(article: Article) -> Article:
    """The article as the program reads it: offsets of figures are in the repaired text."""
    return replace(article, text=document_from_text(article.text, published=article.published).text)


Finder = Callable[[Article], list[Hit]]
KINDS: dict[str, tuple[Finder, Callable[[Tokenized], Iterator[tuple[int, int]]]]] = {
    "times": (times_in, _date_words),
    "figures": (figures_in, _numbers),
}
READY: dict[str, Callable[[Article], Article]] = {"figures": repaired}
"""What is done to an article first, where anything is."""


# drawing -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """One of the sample: its article, its offsets, and its value where it was found."""

    article: Article
    start: int
    end: int
    value: str | None


def draw(kind: str, data: Path, count: int, seed: int) -> tuple[list[Drawn], str]:
    """`count` found and `count` not found expressions of a seeded choice of articles, and the line that says so."""
    finder, candidates = KINDS[kind]
    choice = random.Random(seed)
    found: list[Drawn] = []
    rest: list[Drawn] = []
    for corpus in CORPORA:
        for drawn in choice.sample(list(articles(data, corpus)), ARTICLES // len(CORPORA)):
            article = READY[kind](drawn) if kind in READY else drawn
            hits = finder(article)
            found += [Drawn(article, hit.start, hit.end, hit.value) for hit in hits]
            rest += [
                Drawn(article, start, end, None)
                for start, end in candidates(tokenize(article.text))
                if not any(hit.start < end and start < hit.end for hit in hits)
            ]
    line = f"# seed {seed}: {ARTICLES} articles, {len(found)} found, {len(rest)} candidates not found"
    return choice.sample(found, min(count, len(found))) + choice.sample(rest, min(count, len(rest))), line


def shown(number: int, one: Drawn) -> str:
    """One of the sample as it is read."""
    text = one.article.text
    before, after = text[max(0, one.start - _AROUND) : one.start], text[one.end : one.end + _AROUND]
    context = f"{before}[[{text[one.start : one.end]}]]{after}".replace("\n", " ⏎ ")
    where = f"{one.article.corpus} {one.article.number} published {one.article.published}"
    return f"{number}. {where} = {one.value if one.value is not None else 'NOT FOUND'}\n   {context}"


def unjudged(drawn: Sequence[Drawn]) -> list[Row]:
    """Rows as they are before they are read: all right, nothing missed."""
    return [
        Row(one.article.corpus, one.article.number, one.start, one.end, "none" if one.value is None else "right",
            one.start, one.end, one.value or "", "")
        for one in drawn
    ]  # fmt: skip


# the table -----------------------------------------------------------------------------------------------------------


def write_table(file: Path, rows: Sequence[Row], line: str) -> None:
    """Write a table of judgements."""
    lines = [line, "\t".join(COLUMNS), *("\t".join(str(getattr(row, name)) for name in COLUMNS) for row in rows)]
    file.write_text("\n".join(lines) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw of a table: its comment line, and the rows that were judged."""

    line: str
    rows: tuple[Row, ...]

    @property
    def sizes(self) -> tuple[int, int]:
        """How many were found and not found in all articles drawn from."""
        numbers = [int(word) for word in self.line.replace(":", " ").replace(",", " ").split() if word.isdecimal()]
        return numbers[-2], numbers[-1]


def read_draws(file: Path) -> list[Draw]:
    """The draws of a table, the last one last."""
    draws: list[tuple[str, list[Row]]] = []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("#"):
            draws.append((line, []))
        elif line != "\t".join(COLUMNS):
            draws[-1][1].append(_row(line))
    return [Draw(line, tuple(rows)) for line, rows in draws]


def _row(line: str) -> Row:
    corpus, article, start, end, verdict, right_start, right_end, value, kind = line.split("\t")
    return Row(corpus, int(article), int(start), int(end), verdict, int(right_start), int(right_end), value, kind)


def read_table(file: Path) -> tuple[list[Row], tuple[int, int]]:
    """The rows of all draws, and how many were found and not found in all articles drawn from."""
    draws = read_draws(file)
    found, rest = sum(one.sizes[0] for one in draws), sum(one.sizes[1] for one in draws)
    return [row for one in draws for row in one.rows], (found, rest)


# scores --------------------------------------------------------------------------------------------------------------


def wilson(hits: float, total: int) -> tuple[float, float, float]:
    """Share and its 95 % interval (Wilson 1927).

    >>> tuple(round(one, 3) for one in wilson(97, 100))
    (0.97, 0.915, 0.99)
    """
    if not total:
        return 0.0, 0.0, 1.0
    z, share = 1.959964, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return share, middle - half, middle + half


def recall(right: float, missed: tuple[float, float, float], sizes: tuple[int, int]) -> tuple[float, float, float]:
    """Right ones among all there are, from the share found right and the share of candidates missed."""
    found, rest = sizes
    values = [right * found / (right * found + one * rest) for one in missed]
    return values[0], values[2], values[1]


def _line(name: str, share: tuple[float, float, float], remark: str) -> str:
    return f"{name:22} {share[0]:.3f}  [{share[1]:.3f}, {share[2]:.3f}]  {remark}"


def as_judged(rows: Sequence[Row], sizes: tuple[int, int]) -> list[str]:
    """The two figures as they were on the day of judging."""
    tally = Counter(row.verdict for row in rows)
    found, rest = tally["right"] + tally["wrong"] + tally["false"], tally["none"] + tally["missed"]
    precision, missed = wilson(tally["right"], found), wilson(tally["missed"], rest)
    return [
        _line("precision as judged", precision, f"{tally['right']} of {found}"),
        _line("recall as judged", recall(precision[0], missed, sizes), f"{tally['missed']} missed of {rest} not found"),
    ]


def today(kind: str, data: Path, rows: Sequence[Row], sizes: tuple[int, int]) -> tuple[list[str], list[str]]:
    """The two figures on the same places with the program of today, and the rows that it gets wrong."""
    wanted = {(row.corpus, row.article) for row in rows}
    known = {
        (one.corpus, one.number): KINDS[kind][0](READY[kind](one) if kind in READY else one)
        for corpus in CORPORA
        for one in articles(data, corpus)
        if (one.corpus, one.number) in wanted
    }
    produced = right = left = rest = 0
    bad = []
    for row in rows:
        hits = [hit for hit in known[row.corpus, row.article] if row.touches(hit)]
        good = row.verdict not in ("false", "none") and any(row.is_hit(hit) for hit in hits)
        produced += bool(hits)
        right += good
        if row.verdict in ("missed", "none"):
            rest += 1
            left += row.verdict == "missed" and not hits
        if not good and (hits or row.verdict not in ("false", "none")):
            bad.append(f"{row} -> {hits}")
    precision = wilson(right, produced)
    return [
        _line("precision today", precision, f"{right} of {produced}"),
        _line("recall today", recall(precision[0], wilson(left, rest), sizes), f"{left} missed of {rest} not found"),
    ], bad


def main() -> int:
    """Run; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--draw", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--show", action="store_true", help="name the rows that are wrong today")
    options = parser.parse_args()
    if options.draw:
        drawn, line = draw(options.kind, options.data, options.draw, options.seed)
        print(line, *(shown(number, one) for number, one in enumerate(drawn, 1)), sep="\n")
        if options.table:
            write_table(options.table, unjudged(drawn), line)
        return 0
    table = options.table or TABLES / f"{options.kind}.tsv"
    rows, sizes = read_table(table)
    last = read_draws(table)[-1]
    lines, bad = today(options.kind, options.data, rows, sizes)
    print(last.line, *as_judged(last.rows, last.sizes), *lines, *(bad if options.show else ()), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
