"""`make bench`: how fast, how quick to start, how much memory; written to a dated table in bench/results.

Documents and words a second are those of read, repair and annotate on one core over our own samples, each text
met before (tables loaded).  Machines differ, so the same run also times a peer's work on the same texts: the
search for dates of dateparser, with Arabic named, against our whole annotation and against our times alone.
"""

from __future__ import annotations

import datetime
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 5
REPORT_WORDS = 250


def main() -> int:
    """Measure, print and keep the table."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = [("`khabar --help`, whole process", f"{start_up():.2f} s")]
    rows += annotate_rows()
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
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def annotate_rows() -> list[tuple[str, str]]:
    """Speed and memory of read, repair and annotate, and of the peer."""
    from dateparser.search import search_dates

    import khabar
    from khabar.text import tokenize
    from khabar.times import find_times

    documents = [document for file in sorted((ROOT / "samples").glob("*.txt")) for document in khabar.read(file)]
    first = timed(lambda: khabar.annotate(documents[0]))
    words = sum(len(document.text.split()) for document in documents)

    def ours() -> None:
        for document in documents:
            khabar.annotate(khabar.document_from_text(document.raw, published="2024-05-01"))

    def our_times() -> None:
        for document in documents:
            find_times(tokenize(document.text), document.published)

    def their_times() -> None:
        for document in documents:
            search_dates(document.text, languages=["ar"])

    ours_seconds, times_seconds, their_seconds = (median_of(work) for work in (ours, our_times, their_times))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    return [
        ("first report (tables loaded)", f"{first:.2f} s"),
        (f"reports of {REPORT_WORDS} words a second", f"{words / REPORT_WORDS / ours_seconds:.0f}"),
        ("words a second", f"{words / ours_seconds:,.0f}"),
        (
            "dateparser's search for dates takes, as a multiple of our times stage",
            f"{their_seconds / times_seconds:.1f}",
        ),
        ("... as a multiple of our whole annotation", f"{their_seconds / ours_seconds:.2f}"),
        ("peak memory, dateparser included", f"{memory:.0f} MiB"),
    ]


def median_of(work: Callable[[], object]) -> float:
    """Median seconds of a piece of work, run once before it is timed."""
    work()
    return statistics.median(timed(work) for _ in range(REPEATS))


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
