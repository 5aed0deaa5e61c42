"""Linking at scale: ``python -m bench.link --data ../shared/data`` over the articles of SaudiNewsNet.

They are read from their zips and annotated by two processes, with the rules only (see `bench.link_articles`); what was
annotated is kept in ``--keep``, so that a second run measures linking alone.  Of every size the whole collection is
then put into a record and linked at once, in a process of its own, so that its peak memory is its own; a hundred
articles more are linked into the same record after that.  Seconds are the processor's, where the column does not name
the clock, for what else runs on the machine does not count.  ``--records`` keeps the records, for `bench.link_show`.

Printed are a table, the exponent b of ``seconds = a * documents ** b`` (least squares of the logarithms), and whether
the largest took less than half an hour and 6 GB.  All that, and a plot, are written into ``bench/results`` too.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench.link_articles import ROOT, articles, kept_files, present, seconds
from bench.link_plot import exponent, plot
from khabar.model import Annotated
from khabar.record.write import Writer

SIZES = (4_000, 8_000, 16_000, 31_030)
MORE = 100
MINUTES, MEGABYTES = 30, 6_000
COLUMNS = (
    "documents", "read and annotate s", "store s", "link s", "both by the clock s", "s / (n log n) of the first",
    "100 more s", "peak MB", "record MB", "events", "stories",
)  # fmt: skip

Row = dict[str, float]


class Watch:
    """Seconds of the processor and by the clock, added up over every time that it runs."""

    def __init__(self) -> None:
        self.cpu = self.clock = 0.0

    def __enter__(self) -> None:
        self.cpu -= process_time()
        self.clock -= perf_counter()

    def __exit__(self, *_: object) -> None:
        self.cpu += process_time()
        self.clock += perf_counter()


def main() -> int:
    """Print the table, a row as soon as it is measured."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    asked.add_argument("--keep", type=Path, help="folder for annotated articles; those that are missing are annotated")
    asked.add_argument("--records", type=Path, help="folder in which the records stay")
    asked.add_argument("--results", type=Path, default=ROOT / "bench" / "results")
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--files", type=Path, nargs="+", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.child:
        return _child(given.child, given.files, given.sizes[0])
    with TemporaryDirectory() as folder:
        begun = perf_counter()
        files = kept_files(given.data, given.keep or Path(folder), max(given.sizes), given.processes)
        print(f"Annotated now, what was not kept: {perf_counter() - begun:.0f} s by the clock.\n")
        sizes = sorted({min(size, present(files)) for size in given.sizes})
        said = _Said()
        rows = list(_table(files, sizes, given.records or Path(folder), given.processes, said))
    _conclude(rows, given.results, said)
    return 0


class _Said:
    """What was printed, line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str) -> None:
        print(line, flush=True)
        self.lines.append(line)


def _table(
    files: Sequence[Path], sizes: Iterable[int], folder: Path, processes: int, say: Callable[[str], None]
) -> Iterable[Row]:
    folder.mkdir(parents=True, exist_ok=True)
    say("| " + " | ".join(COLUMNS) + " |\n|" + "--:|" * len(COLUMNS))
    first = None
    for size in sizes:
        row = _measured(files, size, folder / f"{size}.db")
        row["annotate"] = seconds(files, size) / processes
        row["share"] = row["link"] / (row["linked"] * math.log(row["linked"]))
        first = first or row["share"]
        cells = (
            f"{row['linked']:,}", f"{row['annotate']:.0f}", f"{row['store']:.0f}", f"{row['link']:.0f}",
            f"{row['clock']:.0f}", f"{row['share'] / first:.2f}", f"{row['more']:.1f}", f"{row['peak']:,.0f}",
            f"{row['record']:,.0f}", f"{row['happenings']:,}", f"{row['stories']:,}",
        )  # fmt: skip
        say("| " + " | ".join(cells) + " |")
        yield row


def _conclude(rows: Sequence[Row], results: Path, said: _Said) -> None:
    """Say how cost grows and whether the mark is met; write the table and the plot."""
    largest = rows[-1]
    minutes = sum(largest[part] for part in ("annotate", "store", "link")) / 60
    met = minutes < MINUTES and largest["peak"] < MEGABYTES
    said(
        f"\n{largest['linked']:,} articles read, annotated with rules only on two processes, stored and linked in "
        f"{minutes:.1f} minutes, with {largest['peak']:,.0f} MB at most: the mark of {MINUTES} minutes and "
        f"{MEGABYTES:,} MB is {'met' if met else 'missed'}."
    )
    path = results / f"{date.today().isoformat()}-link.md"
    if len(rows) > 1:
        points = [(row["linked"], row["link"]) for row in rows]
        said(f"Linking grows with the documents to the power of {exponent(points):.2f}.")
        path.with_suffix(".svg").write_text(plot(points), encoding="utf-8")
    path.write_text("\n".join([f"{date.today().isoformat()}, two cores", "", *said.lines]) + "\n", encoding="utf-8")
    print(f"Written: {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}, and a plot beside it")


def _measured(files: Sequence[Path], size: int, record: Path) -> Row:
    record.unlink(missing_ok=True)
    told = ["--sizes", str(size), "--child", str(record), "--files", *map(str, files)]
    done = subprocess.run([sys.executable, "-m", "bench.link", *told], check=True, stdout=subprocess.PIPE, cwd=ROOT)
    found: Row = json.loads(done.stdout)
    return found


def _child(record: Path, files: Sequence[Path], size: int) -> int:
    """Fill a record, link it, link some more into it; print seconds of the processor, and megabytes."""
    from khabar.record.rules import Rules

    with Writer(record, Rules("bench", "rules", "links")) as writer:
        coming, store, link, more = articles(files, size), Watch(), Watch(), Watch()
        linked = _add(writer, islice(coming, size - MORE), store)
        with link:
            writer.link(lambda _: None)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        _add(writer, coming, Watch())
        with more:
            writer.link(lambda _: None)
        counts = writer.counts()
    clock = store.clock + link.clock
    found = {"linked": linked, "store": store.cpu, "link": link.cpu, "clock": clock, "more": more.cpu, "peak": peak}
    print(json.dumps(found | {"record": record.stat().st_size / 2**20} | counts))
    return 0


def _add(writer: Writer, some: Iterable[Annotated], watch: Watch) -> int:
    """Store articles; to read what was kept of them is the bench's own work, and is not watched."""
    added = 0
    for annotated in some:
        with watch:
            writer.add(annotated, writer.place(annotated.document, annotated.document.origin.path))
            writer.commit_if_due()
        added += 1
    with watch:
        writer.commit()
    return added


if __name__ == "__main__":
    sys.exit(main())
