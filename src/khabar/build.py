"""The loop behind ``khabar build``: inputs to documents to a record, one document at a time.

`attempt` holds the one broad ``except`` of the program: whatever goes wrong inside a document drops that
document, with the reason, and nothing else.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from khabar.encoder import missing
from khabar.errors import InputError, KhabarError
from khabar.model import Annotated, Document, Dropped
from khabar.record.ledger import Placement
from khabar.record.rules import present_rules
from khabar.record.write import Writer

log = logging.getLogger("khabar")
Result = TypeVar("Result")
MOST_ENTRIES = 50
"""New reports that are fetched of one feed or sitemap in one run."""
SIZE_OF_ADDRESS = 100_000
"""What an address counts beside the bytes of files; nobody knows how much there is before it is fetched."""
_LIKE_AN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class Progress(Protocol):
    """Who is told how far a build is."""

    def start(self, files: int, size: int) -> None:
        """So many files of so many bytes in all are to be read."""

    def advance(self, size: int, documents: int) -> None:
        """So many bytes more and the documents in them are safe in the record."""

    def linking(self, documents: int) -> None:
        """All is read; so many documents are being linked."""


class Quiet:
    """Tells nobody."""

    def start(self, files: int, size: int) -> None:
        """Nothing."""

    def advance(self, size: int, documents: int) -> None:
        """Nothing."""

    def linking(self, documents: int) -> None:
        """Nothing."""


QUIET = Quiet()


@dataclass(slots=True)
class Summary:
    """What a build did."""

    read: int = 0
    """Documents that are new."""
    changed: int = 0
    """New versions of documents, and documents that other rules had annotated."""
    unchanged: int = 0
    damaged: int = 0
    """Of the documents read or read again: those too damaged to trust."""
    dropped: list[Dropped] = field(default_factory=list)
    rules_only: str | None = None
    """Why the encoder had no say; None where it had."""
    counts: dict[str, int] = field(default_factory=dict)
    """What the record holds now."""

    @property
    def met(self) -> int:
        """Documents that the inputs hold, in whatever state."""
        return self.read + self.changed + self.unchanged


def attempt(
    path: str, items: Iterable[Document | Dropped], work: Callable[[Document], Result]
) -> Iterator[Result | Dropped]:
    """The results of `work` over the documents of one input; a `Dropped` where there is none.

    The per-document boundary: an error while a document is read or annotated drops it and is logged.
    """
    source = iter(items)
    while True:
        name = path
        result: Result | Dropped
        try:
            item = next(source, None)
            if item is None:
                return
            if isinstance(item, Document):
                name = _name(path, item)
                result = work(item)
            else:
                result = item
        except KhabarError as error:
            result = _refused(name, error)
        except Exception as error:
            log.warning("%r: internal error", name, exc_info=True)
            result = Dropped(name, f"internal error: {type(error).__name__}: {error}")
        yield result


def _name(path: str, document: Document) -> str:
    member = document.origin.member
    return f"{path} ({member})" if member else path


def _refused(name: str, error: KhabarError) -> Dropped:
    return Dropped(error.path, error.reason) if isinstance(error, InputError) else Dropped(name, str(error))


def build(
    inputs: Sequence[str | Path],
    record: Path,
    published: str | None = None,
    progress: Progress = QUIET,
    *,
    entries: int = MOST_ENTRIES,
    allow_private: bool = False,
) -> Summary:
    """Read, annotate and link what inputs hold into a record; only what is new or has changed.

    An input that is no file but looks like an address is fetched; `entries` bounds the new reports of each feed or
    sitemap, `allow_private` lets addresses of private networks be asked.

    Raises:
        RecordError: when the record cannot be used; RecordBusy while another build writes it.
    """
    with Writer(record, present_rules(), published) as writer:
        run = Run(writer, progress)
        _read(run, inputs, entries, allow_private)
        run.again()
        run.link()
        run.summary.counts = writer.counts()
        run.summary.rules_only = missing()
    return run.summary


def _read(run: Run, inputs: Sequence[str | Path], entries: int, allow_private: bool) -> None:
    from khabar.readers import discover

    paths, addresses = divided(inputs)
    files = list(discover(paths))
    run.start(files, len(addresses))
    run.read(files)
    if addresses:
        from khabar.net.fetch import Fetcher
        from khabar.net.intake import Intake

        with Fetcher(allow_private=allow_private) as fetcher:
            Intake(run, fetcher, entries=entries).take_all(addresses)


def divided(inputs: Iterable[str | Path]) -> tuple[list[Path], list[str]]:
    """Files and folders, and addresses.  What exists is a file, whatever it looks like.

    >>> divided(["C:\\reports", "https://paper.example/feed"])[1]
    ['https://paper.example/feed']
    """
    paths, addresses = [], []
    for given in inputs:
        if isinstance(given, Path) or os.path.lexists(given) or not _LIKE_AN_ADDRESS.match(given):
            paths.append(Path(given))
        else:
            addresses.append(given)
    return paths, addresses


class Run:
    """One run over a record."""

    def __init__(self, writer: Writer, progress: Progress = QUIET) -> None:
        self.writer = writer
        self.progress = progress
        self.summary = Summary()
        self._size = 0
        self._documents = 0

    def start(self, files: list[Path | Dropped], addresses: int) -> None:
        """Tell how much there is to read."""
        sizes = [0 if isinstance(file, Dropped) else _size(file) for file in files]
        self.progress.start(len(files) + addresses, sum(sizes) + addresses * SIZE_OF_ADDRESS)

    def read(self, files: list[Path | Dropped]) -> None:
        """Take all files in."""
        for file in files:
            if isinstance(file, Dropped):
                self.refuse(file, os.path.realpath(file.path))
            else:
                self._file(file, _size(file))
        self.commit()

    def commit(self, size: int = 0) -> None:
        """Make everything so far safe, and tell that so many bytes more are."""
        self.writer.commit()
        self._size += size
        self._report()

    def refuse(self, dropped: Dropped, path: str) -> None:
        """An input that cannot be read at all."""
        self.writer.begin_file(path)
        self._drop(dropped, path)

    def _file(self, file: Path, size: int) -> None:
        path, sha256 = os.path.realpath(file), _fingerprint(file)
        if sha256 is not None and self.writer.file_is_unchanged(path, sha256):
            self.unchanged(path)
            self._size += size
        else:
            self.documents(str(file), _read_all(file), path, sha256, size)
        self._report_if_due()

    def unchanged(self, path: str) -> None:
        """What the record holds of this is still so."""
        unchanged = self.writer.ledger.count(path)
        self.summary.unchanged += unchanged
        self._documents += unchanged

    def documents(
        self, name: str, items: Iterable[Document | Dropped], path: str, sha256: str | None, size: int = 0
    ) -> bool:
        """Take the documents of one input in, which has `sha256` where all of it is to be known; was all of it good?"""
        self.writer.begin_file(path)
        complete = self.more(name, items, path, size)
        if complete and sha256 is not None:
            self.writer.finish_file(path, sha256)
        return complete

    def more(self, name: str, items: Iterable[Document | Dropped], path: str, size: int = 0) -> bool:
        """Take further documents of an input in; were all of them good?"""
        left, complete = size, True
        for result in attempt(name, items, partial(self._annotate, path=path)):
            if isinstance(result, Dropped):
                complete = False
                self._drop(result, path)
            else:
                left -= self._take(*result, left)
            self._report_if_due()
        self._size += left
        return complete

    def _annotate(self, document: Document, path: str) -> tuple[Placement, Annotated | None]:
        """A document's place in the record, and what is found in it unless that is there already."""
        from khabar.pipeline import annotate

        placement = self.writer.place(document, path)
        return placement, None if placement.unchanged else annotate(placement.document)

    def _take(self, placement: Placement, annotated: Annotated | None, left: int) -> int:
        """Store what is new; an estimate of the bytes that the document took, for the progress bar."""
        if annotated is None:
            self.summary.unchanged += 1
        else:
            self.writer.add(annotated, placement)
            self.summary.damaged += _is_too_damaged(annotated.document)
            if placement.same or placement.older:
                self.summary.changed += 1
            else:
                self.summary.read += 1
        share = min(left, 2 * len(placement.document.raw))
        self._size += share
        self._documents += 1
        return share

    def _drop(self, dropped: Dropped, path: str) -> None:
        self.summary.dropped.append(dropped)
        self.writer.drop(dropped, path)

    def _report_if_due(self) -> None:
        if self.writer.commit_if_due():
            self._report()

    def _report(self) -> None:
        """Nothing is called done before it is safe."""
        self.progress.advance(self._size, self._documents)
        self._size = self._documents = 0

    def again(self) -> None:
        """Annotate anew, from their stored texts, documents of other rules whose files were not among the inputs."""
        from khabar.pipeline import annotate

        for held in self.writer.ledger.stale():
            stored = self.writer.stored(held.id).document
            for result in attempt(held.path, [stored], annotate):
                if isinstance(result, Dropped):  # the record keeps what earlier rules found in it
                    self.summary.dropped.append(result)
                else:
                    self.writer.again(held, result)
                    self.summary.changed += 1
            self.writer.commit_if_due()

    def link(self) -> None:
        """Link what has changed since the last linking."""
        self.writer.commit()
        if self.writer.links_are_stale():
            self.writer.link(self.progress.linking)


def _read_all(file: Path) -> Iterator[Document | Dropped]:
    """Loads the readers no earlier than inside `attempt`; other commands import this module without them."""
    from khabar.readers import read_all

    yield from read_all(file)


def _is_too_damaged(document: Document) -> bool:
    from khabar.repair.damage import is_too_damaged

    return is_too_damaged(document)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _fingerprint(file: Path) -> str | None:
    """Hash of a plain file's bytes; None for what cannot be read, which reading will say better."""
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
