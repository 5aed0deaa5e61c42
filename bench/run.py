"""`make bench`: how fast, how quick to start, how much memory; written to a dated table in bench/results.

Documents and words a second are those of read, repair and annotate on one core over our own samples, repeated;
a reader's machine will differ, so the same run also times a peer's work on the same texts: trafilatura's
extraction of a page that holds them, as a yardstick (reports a second of ours over its).
"""

from __future__ import annotations

import datetime
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

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
    """Speed and memory of read, repair and annotate, and the yardstick."""
    import trafilatura

    import khabar
    from khabar.readers import document_from_text

    documents = [document for file in sorted((ROOT / "samples").glob("*.txt")) for document in khabar.read(file)]
    first = timed(lambda: khabar.annotate(documents[0]))
    words = sum(len(document.text.split()) for document in documents)
    pages = [f"<html><body><article><p>{document.text}</p></article></body></html>" for document in documents]

    def ours() -> None:
        for document in documents:
            khabar.annotate(document_from_text(document.raw, published="2024-05-01"))

    def peer() -> None:
        for page in pages:
            trafilatura.extract(page)

    ours_seconds = statistics.median(timed(ours) for _ in range(REPEATS))
    peer_seconds = statistics.median(timed(peer) for _ in range(REPEATS))
    memory = psutil.Process().memory_info().rss / 2**20
    return [
        ("first report (tables loaded)", f"{first:.2f} s"),
        (f"reports of {REPORT_WORDS} words a second", f"{words / REPORT_WORDS / ours_seconds:.0f}"),
        ("words a second", f"{words / ours_seconds:,.0f}"),
        (
            "time, as a multiple of trafilatura's extraction of the same texts",
            f"{ours_seconds / peer_seconds:.1f}",
        ),
        ("resident memory", f"{memory:.0f} MiB"),
    ]


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
