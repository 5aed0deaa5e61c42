"""`python -m bench.repair [--data FOLDER]`: how well damaged copies of our own reports are mended, beside peers.

Our reports (samples/) are printed to PDF by real producers and read back with the program's own reader; the same
reports get synthetic damage of every kind.  For each the table gives the character error rate (edit distance over the
length of the clean text, white space as one blank), the word error rate, and the paragraphs that begin where they
should, before and after repair, and the character error rate that peers reach in the same run.  On clean text nothing
may change: our samples, and with --data the first thousand reports of a news corpus.  The table goes to bench/results,
dated.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import process_time

from rapidfuzz.distance import Levenshtein

from bench.repair_clean import changed, news
from bench.repair_damage import DAMAGES
from bench.repair_peers import PEERS
from bench.repair_producers import Producer, producers
from khabar.repair import repair

ROOT = Path(__file__).resolve().parent.parent
SEED = 20231
CLEAN_REPORTS = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of damage: error rates in percent, summed over all texts."""

    name: str
    before: float
    after: float
    words_before: float
    words_after: float
    paragraphs_before: float
    paragraphs_after: float
    peers: tuple[float, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and keep the table."""
    parser = argparse.ArgumentParser(prog="bench.repair", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with news/saudinewsnet, for false changes and speed")
    parser.add_argument("--only", help="kinds or producers whose name holds these letters; nothing is kept")
    parser.add_argument("--keep", type=Path, help="folder for the PDFs and the texts before and after")
    options = parser.parse_args(arguments)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = own_reports()
    lines = [f"{_today()}, Python {sys.version.split()[0]}, one core, {len(texts)} reports", ""]
    lines += table("PDFs by producer", producer_rows(texts, options.only, options.keep))
    lines += table("synthetic damage", damage_rows(texts, options.only, options.keep))
    if options.only is None:
        lines += clean_lines(texts, options.data)
    print("\n".join(lines))
    if options.only is None:
        (ROOT / "bench" / "results" / f"{_today()}-repair.md").write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def own_reports() -> list[str]:
    """The clean texts of our samples."""
    import khabar

    files = sorted(file for file in (ROOT / "samples").iterdir() if file.suffix != ".md")
    return [document.text for file in files for document in khabar.read(file)]


def producer_rows(texts: Sequence[str], only: str | None, keep: Path | None) -> list[Row]:
    """Every producer that this machine has."""
    rows = []
    for producer in producers():
        if only is not None and only not in producer.name:
            continue
        missing = producer.needs()
        if missing:
            print(f"{producer.name}: left out, needs {missing}", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            raw = _printed(producer, texts, Path(folder))
        rows.append(row(producer.name, texts, raw, keep))
    return rows


def _printed(producer: Producer, texts: Sequence[str], folder: Path) -> list[str]:
    from khabar.readers.pdf import read_pdf

    files = producer.make(texts, folder)
    return [read_pdf(file.name, file.read_bytes())[0] for file in files]


def damage_rows(texts: Sequence[str], only: str | None, keep: Path | None) -> list[Row]:
    """Every kind of synthetic damage."""
    rows = []
    for name, damage in DAMAGES.items():
        if only is None or only in name:
            random = Random(SEED)
            rows.append(row(name, texts, [damage(text, random) for text in texts], keep))
    return rows


def row(name: str, texts: Sequence[str], raw: Sequence[str], keep: Path | None = None) -> Row:
    """Error rates before and after repair, and those of the peers."""
    mended = [repair(text)[0] for text in raw]
    if keep is not None:
        _keep(keep / name.replace(" ", "-").replace("/", "-"), texts, raw, mended)
    peers = tuple(characters_wrong(texts, [peer(text) for text in raw]) for peer in PEERS.values())
    return Row(
        name,
        characters_wrong(texts, raw),
        characters_wrong(texts, mended),
        words_wrong(texts, raw),
        words_wrong(texts, mended),
        paragraphs_right(texts, raw),
        paragraphs_right(texts, mended),
        peers,
    )


def _keep(folder: Path, texts: Sequence[str], raw: Sequence[str], mended: Sequence[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, (clean, before, after) in enumerate(zip(texts, raw, mended, strict=True)):
        for name, text in (("clean", clean), ("before", before), ("after", after)):
            (folder / f"{number:03}.{name}.txt").write_text(text, "utf-8", errors="replace")


def characters_wrong(texts: Sequence[str], found: Sequence[str]) -> float:
    """Character error rate in percent, white space as one blank."""
    return _wrong([" ".join(text.split()) for text in texts], [" ".join(text.split()) for text in found])


def words_wrong(texts: Sequence[str], found: Sequence[str]) -> float:
    """Word error rate in percent."""
    return _wrong([text.split() for text in texts], [text.split() for text in found])


def paragraphs_right(texts: Sequence[str], found: Sequence[str]) -> float:
    """F1 in percent of lines that begin as a paragraph does: with its first two words."""
    right = begun = expected = 0
    for text, one in zip(texts, found, strict=True):
        starts, lines = _starts(text), _starts(one)
        right += (starts & lines).total()
        begun += lines.total()
        expected += starts.total()
    return 200 * right / max(1, begun + expected)


def _starts(text: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(line.split()[:2]) for line in text.splitlines() if line.strip())


def _wrong(texts: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> float:
    distance = sum(Levenshtein.distance(text, one) for text, one in zip(texts, found, strict=True))
    return 100 * distance / sum(map(len, texts))


def table(title: str, rows: Iterable[Row]) -> list[str]:
    """Rows as Markdown."""
    names = " | ".join(f"{name}" for name in PEERS)
    lines = [
        f"| {title}: error rate, % | raw | **khabar** | {names} | words, raw | words, **khabar** "
        "| paragraphs right, raw | **khabar** |",
        "|---|" + "--:|" * (len(PEERS) + 6),
    ]
    for one in rows:
        peers = " | ".join(f"{rate:.2f}" for rate in one.peers)
        words = f"{one.words_before:.2f} | **{one.words_after:.2f}**"
        paragraphs = f"{one.paragraphs_before:.0f} | **{one.paragraphs_after:.0f}**"
        cells = (one.name, f"{one.before:.2f}", f"**{one.after:.2f}**", peers, words, paragraphs)
        lines.append(f"| {' | '.join(filter(None, cells))} |")
    return [*lines, ""]


def clean_lines(texts: Sequence[str], data: Path | None) -> list[str]:
    """False changes on clean text, and speed, with the peers beside."""
    lines = [f"Samples that a guessing rule changes: {_any_changed(texts)} of {len(texts)}."]
    reports = news(data, CLEAN_REPORTS) if data else []
    if not reports:
        return [*lines, "No --data given: no false changes counted on a news corpus."]
    lines += [f"- {rule}: {number} reports" for rule, number in changed(reports).items()]
    begin = process_time()
    for report in reports:
        repair(report)
    rate = len(reports) / (process_time() - begin)
    lines.append(f"News reports that a guessing rule changes: {_any_changed(reports)} of {len(reports):,}.")
    return [*lines, f"News reports a second through repair, one core: {rate:,.0f} ({len(reports):,} reports)."]


def _any_changed(reports: Sequence[str]) -> int:
    return sum(bool(changed([report])) for report in reports)


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
