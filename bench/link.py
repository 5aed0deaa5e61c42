"""Linking at scale: ``python -m bench.link --data ../shared/data`` over the articles of SaudiNewsNet.

Of every size the whole collection is linked at once into a record, in a process of its own, so that its peak memory is
its own; then a hundred articles more are linked into the same record.  Annotation uses the rules only (with the encoder
it takes about 130 ms an article) and is kept in ``--keep``, so that a second run measures linking alone.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from khabar.model import Annotated

ROOT = Path(__file__).resolve().parent.parent
SIZES = (4_000, 8_000, 16_000, 31_030)
MORE = 100
COLUMNS = ("documents", "annotate s", "link s", "s / (n log n) of the first", "100 more s", "peak MB", "record MB")


def main() -> int:
    """Print the table, a row as soon as it is measured."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    asked.add_argument("--keep", type=Path, help="annotated articles, a line each; what is missing is annotated")
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.child:
        return _child(given.child, given.keep, given.sizes[0])
    with TemporaryDirectory() as folder:
        keep = given.keep or Path(folder) / "annotated.jsonl"
        print("| " + " | ".join(COLUMNS) + " |\n|" + "--:|" * len(COLUMNS))
        first = None
        for size in sorted(given.sizes):
            begun = process_time()
            present = _annotate(given.data, keep, size + MORE)
            row = _measured(keep, min(size, present - MORE), Path(folder) / f"{size}.db")
            share = row["link"] / (row["documents"] * math.log(row["documents"]))
            first = first or share
            cells = (
                f"{row['documents']:,}", f"{process_time() - begun:.0f}", f"{row['link']:.0f}", f"{share / first:.2f}",
                f"{row['more']:.1f}", f"{row['peak']:.0f}", f"{row['record']:.0f}",
            )  # fmt: skip
            print("| " + " | ".join(cells) + " |", flush=True)
    return 0


def _measured(keep: Path, size: int, record: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.link", "--keep", str(keep), "--sizes", str(size), "--child", str(record)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    record.unlink()
    return found


def _child(record: Path, keep: Path, size: int) -> int:
    """Fill a record, link it, link some more into it; print seconds of the processor, and megabytes."""
    from khabar.record.rules import Rules
    from khabar.record.write import Writer

    with Writer(record, Rules("bench", "rules", "links")) as writer:
        articles = _kept(keep)
        _add(writer, islice(articles, size))
        begun, wall = process_time(), perf_counter()
        writer.link(lambda _: None)
        linked, waited = process_time() - begun, perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        _add(writer, islice(articles, MORE))
        begun = process_time()
        writer.link(lambda _: None)
        more, counts = process_time() - begun, writer.counts()
    found = {"documents": size, "link": linked, "wall": waited, "more": more, "peak": peak}
    print(json.dumps({**found, "record": record.stat().st_size / 2**20, "counts": counts}))
    return 0


def _add(writer: object, articles: Iterator[Annotated]) -> None:
    from khabar.record.write import Writer

    assert isinstance(writer, Writer)
    for annotated in articles:
        path = annotated.document.origin.path
        writer.add(annotated, writer.place(annotated.document, path))
        writer.commit_if_due()
    writer.commit()


def _kept(keep: Path) -> Iterator[Annotated]:
    from khabar.export.annotation import from_json

    with keep.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            data = json.loads(line)
            path = f"{data.get('path', 'article')}-{number}"
            yield from_json({**data, "raw": ""}, path)


def _annotate(data: Path, keep: Path, size: int) -> int:
    """Annotate articles in the order of their collection until so many are kept; how many are."""
    from khabar.export.annotation import to_json
    from khabar.model import Document, Published
    from khabar.pipeline import annotate
    from khabar.readers import read_all

    os.environ["KHABAR_WEIGHTS"] = str(ROOT / "bench")  # a folder without weights
    present = sum(1 for _ in keep.open(encoding="utf-8")) if keep.exists() else 0
    files = sorted((data / "news" / "saudinewsnet").glob("*.zip")) if present < size else []
    articles = ((file, found) for file in files for found in read_all(file) if isinstance(found, Document))
    with keep.open("a", encoding="utf-8") as lines:
        for file, document in islice(articles, present, size):
            dated = replace(document, published=document.published or Published(file.stem, "given"))
            row = to_json(annotate(dated)) | {"path": f"{file}#{document.id}"}
            lines.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
            present += 1
    return present


if __name__ == "__main__":
    sys.exit(main())
