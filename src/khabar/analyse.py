"""The loop behind ``khabar analyse``: inputs to one JSON a document, and their links, without a record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from khabar.build import MOST_ENTRIES, attempt, divided
from khabar.errors import KhabarError
from khabar.export.annotation import to_json
from khabar.export.files import file_name, make_folder, write_text
from khabar.model import Annotated, Document, Dropped, Links, Published

_LINKS = "links"
_MANY = {".jsonl", ".ndjson"}
"""Endings of files that may hold several documents, whose own ids name them."""


@dataclass(slots=True)
class Analysis:
    """What an analysis did."""

    documents: list[Annotated] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    links: Links | None = None


def analyse(
    inputs: Sequence[str | Path],
    out: Path | None = None,
    published: str | None = None,
    *,
    linked: bool = True,
    entries: int = MOST_ENTRIES,
    allow_private: bool = False,
) -> Analysis:
    """Annotate what inputs hold, and write ``NAME.json`` for each document and ``links.json`` for all to a folder.

    NAME is the stem of the document's file, or its own id where a file holds several; ``NAME-2`` where taken.
    Inputs are files, folders and addresses, as for `khabar.build.build`.  Without `out` nothing is written.

    Raises:
        KhabarError: when `out` cannot be a folder or cannot be written.
    """
    from khabar.readers import discover, read_all

    if out is not None:
        make_folder(out)
    done = Analysis()
    paths, addresses = divided(inputs)
    for item in discover(paths):
        results = [item] if isinstance(item, Dropped) else _annotated(str(item), read_all(item), published)
        _take(done, item, list(results))
    if addresses:
        from khabar.net.once import read_addresses

        for given, items in read_addresses(addresses, entries, allow_private=allow_private):
            _take(done, None, list(_annotated(given, items, published)))
    if linked and done.documents:
        _link(done)
    if out is not None:
        _write(done, out)
    return done


def _annotated(name: str, items: Iterable[Document | Dropped], published: str | None) -> Iterator[Annotated | Dropped]:
    from khabar.pipeline import annotate

    def work(document: Document) -> Annotated:
        return annotate(dated(document, published))

    yield from attempt(name, items, work)


def dated(document: Document, published: str | None) -> Document:
    """The document, with the date that the user gave where it tells none itself."""
    if published is None or document.published is not None:
        return document
    return replace(document, published=Published(published, "given"))


def _take(done: Analysis, item: Path | Dropped | None, results: list[Annotated | Dropped]) -> None:
    taken = {annotated.document.id.casefold() for annotated in done.documents} | {_LINKS}
    own_name = item.stem if isinstance(item, Path) and len(results) == 1 and item.suffix.lower() not in _MANY else None
    for result in results:
        if isinstance(result, Dropped):
            done.dropped.append(result)
            continue
        name = _free(file_name(own_name or result.document.id), taken)
        taken.add(name.casefold())
        done.documents.append(replace(result, document=replace(result.document, id=name)))


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _link(done: Analysis) -> None:
    from khabar.link import link, relabel

    done.links = link(done.documents)
    done.documents = list(relabel(done.documents, done.links))


def _write(done: Analysis, out: Path) -> None:
    for annotated in done.documents:
        _write_json(out / f"{annotated.document.id}.json", to_json(annotated))
    if done.links is not None:
        from khabar.export.links import links_to_json

        _write_json(out / f"{_LINKS}.json", links_to_json(done.links, done.documents))


def _write_json(path: Path, data: object) -> None:
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def checked_date(text: str) -> str:
    """A date as ``--published`` takes it.

    Raises:
        KhabarError: when it is not ``YYYY-MM-DD`` or no such day exists.

    >>> checked_date("2023-09-29")
    '2023-09-29'
    >>> checked_date("2023-02-30")
    Traceback (most recent call last):
    khabar.errors.KhabarError: '2023-02-30' is no date: give the day as YYYY-MM-DD, such as 2023-09-29
    """
    import re
    from datetime import date

    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise KhabarError(f"{text!r} is no date: give the day as YYYY-MM-DD, such as 2023-09-29")
