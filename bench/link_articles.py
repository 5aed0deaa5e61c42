"""The articles of SaudiNewsNet, read from their zips and annotated by several processes, an hour's work that is kept.

A kept file has the name of its zip and a line an article: the annotation form with ``path`` and ``seconds``, the
processor's time that reading and annotating took.
"""

from __future__ import annotations

import gc
import json
import math
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from itertools import chain, islice, takewhile
from pathlib import Path
from time import process_time
from typing import Any

from khabar.model import Annotated

ROOT = Path(__file__).resolve().parent.parent
_WARM = (5, 200)


def kept_files(data: Path, keep: Path, number: int, processes: int) -> list[Path]:
    """Files that hold the first so many articles, or all there are; those that are missing are made."""
    keep.mkdir(parents=True, exist_ok=True)
    zips = sorted((data / "news" / "saudinewsnet").glob("*.zip"))
    begun = list(takewhile(Path.exists, (_kept(keep, file) for file in zips)))
    found: list[Path] = []
    with ExitStack() as stack:
        making: Iterator[Path] = iter(())
        if present(begun) < number:
            pool = stack.enter_context(multiprocessing.get_context("spawn").Pool(processes, _rules_only))
            making = pool.imap(partial(_annotate, keep), zips[len(begun) :])
        for made in chain(begun, making):
            found.append(made)
            if present(found) >= number:
                break  # what else was begun is left, and begun anew when it is needed
    return found


def _kept(keep: Path, file: Path) -> Path:
    return keep / f"{file.stem}.jsonl"


def _rules_only() -> None:
    """Annotation without the encoder, with which it takes about 130 ms an article: twice the time there is."""
    os.environ["KHABAR_WEIGHTS"] = str(ROOT / "bench")  # a folder without weights


def _annotate(keep: Path, file: Path) -> Path:
    """The kept file of one zip, made where there is none.

    What is loaded once is put where no collector looks: it would go through all of it again and again.
    """
    from khabar.export.annotation import to_json
    from khabar.model import Document, Published
    from khabar.pipeline import annotate
    from khabar.readers import read_all

    made, part = _kept(keep, file), keep / f"{file.stem}-{os.getpid()}.part"
    if made.exists():
        return made
    begun = process_time()
    with part.open("w", encoding="utf-8") as lines:
        for number, document in enumerate(one for one in read_all(file) if isinstance(one, Document)):
            if number in _WARM:
                gc.freeze()
            dated = replace(document, published=document.published or Published(file.stem, "given"))
            row = to_json(annotate(dated)) | {"path": f"{file}#{document.id}"}
            begun, took = process_time(), process_time() - begun
            lines.write(json.dumps(row | {"seconds": took}, ensure_ascii=False, separators=(",", ":")) + "\n")
    part.rename(made)
    return made


def present(files: Iterable[Path]) -> int:
    """How many articles some files hold: of those of SaudiNewsNet some are no reports, and are dropped."""
    return sum(map(_lines, files))


@cache
def _lines(file: Path) -> int:
    with file.open(encoding="utf-8") as lines:
        return sum(1 for _ in lines)


def rows(files: Sequence[Path], number: int) -> Iterator[dict[str, Any]]:
    """The first so many articles as they are kept."""
    lines = (line for file in files for line in file.open(encoding="utf-8"))
    return map(json.loads, islice(lines, number))


def articles(files: Sequence[Path], number: int) -> Iterator[Annotated]:
    """The first so many articles, each from a path of its own."""
    from khabar.export.annotation import from_json

    for at, row in enumerate(rows(files, number)):
        yield from_json({**row, "raw": ""}, f"{row['path']}-{at}")


def seconds(files: Sequence[Path], number: int) -> float:
    """The processor's time in which the first so many were read and annotated, over all processes."""
    return math.fsum(row["seconds"] for row in rows(files, number))
