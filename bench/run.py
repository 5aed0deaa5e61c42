"""`make bench`: how fast, how quick to start, how much memory; written to a dated table in bench/results.

Documents and words a second are those of read, repair and annotate on one core over our own samples, each text
met before (tables loaded).  Machines differ, so the same run also times a peer: `bench.times` sets our times stage
beside dateparser's search for dates, on the same texts.
"""

from __future__ import annotations

import datetime
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from bench import times

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 5
REPORT_WORDS = 250


def main() -> int:
    """Measure, print and keep the table."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = [("`khabar --help`, whole process", f"{start_up():.2f} s")]
    rows += annotate_rows()
    rows += times.rows()
    lines = [f"{_today()}, Python {sys.version.split()[0]}, one core", "", "| what | measured |", "|---|--:|"]
    lines += [f"| {what} | {value} |" for what, value in rows]
    print("\n".join(lines))
    (ROOT / "bench" / "results" / f"{_today()}.md").write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def start_up() -> float:
    """Median seconds of `khabar --help`."""
    khabar = Path(sys.executable).with_name("khabar")
    return statistics.median(
        timed(lambda: subprocess.run([khabar, "--help"], check=True, capture_output=True)) for _ in range(5)
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def annotate_rows() -> list[tuple[str, str]]:
    """Speed and memory of read, repair and annotate."""
    import khabar

    documents = [document for file in sorted((ROOT / "samples").glob("*.txt")) for document in khabar.read(file)]
    first = timed(lambda: khabar.annotate(documents[0]))
    words = sum(len(document.text.split()) for document in documents)

    def ours() -> None:
        for document in documents:
            khabar.annotate(khabar.document_from_text(document.raw, published="2024-05-01"))

    seconds = median_of(ours)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    return [
        ("first report (tables loaded)", f"{first:.2f} s"),
        (f"reports of {REPORT_WORDS} words a second", f"{words / REPORT_WORDS / seconds:.0f}"),
        ("words a second", f"{words / seconds:,.0f}"),
        ("peak memory", f"{memory:.0f} MiB"),
    ]


def median_of(work: Callable[[], object]) -> float:
    """Median seconds of a piece of work, run once before it is timed."""
    work()
    return statistics.median(timed(work) for _ in range(REPEATS))


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
