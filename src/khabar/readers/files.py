"""Files and folders: what there is to read, and one file to its documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from khabar.errors import InputError
from khabar.model import Document, Dropped, Origin, Published
from khabar.readers.checks import sha256
from khabar.readers.clean import make_document
from khabar.readers.kinds import documents_of
from khabar.readers.known import Known, iso_date
from khabar.readers.source import source_of_file

_MOST_REFUSED = 100_000
_NOT_REPORTS = frozenset({"links.json"})
_PASSED_OVER = frozenset({
    ".avif", ".bmp", ".css", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".m4a", ".map", ".md", ".mjs", ".mov", ".mp3",
    ".mp4", ".ogg", ".otf", ".png", ".svg", ".tif", ".tiff", ".ttf", ".wav", ".webm", ".webp", ".woff", ".woff2",
    ".db", ".db-lock", ".db-shm", ".db-wal", ".sqlite", ".py",
})  # fmt: skip
"""What lies beside saved pages and records: pictures, sound, styles, scripts, notes, other records."""


def discover(inputs: Iterable[Path]) -> Iterator[Path | Dropped]:
    """The files to read under some files and folders, in order of name, each once.

    In a folder hidden files, notes (``.md``), ``links.json`` and what belongs to a saved page (pictures, styles,
    scripts) are passed over; a file of any other unknown type is given, so that its reader can say what it is.  What
    was named itself is always given; what cannot be reached is given as `Dropped`.
    """
    seen: set[str] = set()
    for given in inputs:
        for found in _walk(given, seen) if given.is_dir() else [_reachable(given)]:
            if isinstance(found, Dropped) or _first_time(found, seen):
                yield found


def _first_time(path: Path, seen: set[str]) -> bool:
    real = os.path.realpath(path)
    if real in seen:
        return False
    seen.add(real)
    return True


def _walk(folder: Path, seen: set[str]) -> Iterator[Path | Dropped]:
    """A folder's files and then its folders'; a folder met before (a link back) is not entered again."""
    if not _first_time(folder, seen):
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Dropped(str(folder), _reason(error))
        return
    visible = [entry for entry in entries if not entry.name.startswith(".")]
    for entry in visible:
        if not entry.is_dir() and wanted(entry):
            yield _reachable(entry)
    for entry in visible:
        if entry.is_dir():
            yield from _walk(entry, seen)


def wanted(path: PurePath) -> bool:
    """May a file of a folder or an archive be a report, by its name?"""
    return path.suffix.lower() not in _PASSED_OVER and path.name not in _NOT_REPORTS


def _reachable(path: Path) -> Path | Dropped:
    if path.is_symlink() and not path.exists():
        return Dropped(str(path), "a broken link")
    if not path.exists():
        return Dropped(str(path), "no such file or folder")
    if not path.is_file():
        return Dropped(str(path), "not a file")
    return path if os.access(path, os.R_OK) else Dropped(str(path), "not readable: permission denied")


def _reason(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def read(path: str | Path) -> Iterator[Document]:
    """The documents of one file, repaired and cleaned.

    Raises:
        InputError: when the file, or one of its records, cannot become a document.
    """
    for found in read_all(path):
        if isinstance(found, Dropped):
            raise InputError(found.path, found.reason)
        yield found


def read_all(path: str | Path) -> Iterator[Document | Dropped]:
    """The documents of one file, with a `Dropped` for each record, or the whole file, that cannot become one."""
    path = Path(path)
    found: Document | InputError | None = None
    try:
        for found in _until_hopeless(path, _documents(path)):
            yield Dropped(found.path, found.reason) if isinstance(found, InputError) else found
        if found is None:
            yield Dropped(str(path), "nothing in it can be read")
    except InputError as error:
        yield Dropped(error.path, error.reason)
    except OSError as error:
        yield Dropped(str(path), _reason(error))


def _until_hopeless(path: Path, parts: Iterable[Document | InputError]) -> Iterator[Document | InputError]:
    """Its parts, up to a stretch of refused ones without end: a file of no reports must not take hours to say so."""
    refused = 0
    for part in parts:
        refused = refused + 1 if isinstance(part, InputError) else 0
        if refused > _MOST_REFUSED:
            raise InputError(str(path), f"given up: {_MOST_REFUSED:,} parts one after the other cannot be read")
        yield part


def _documents(path: Path) -> Iterator[Document | InputError]:
    reachable = _reachable(path)
    if isinstance(reachable, Dropped):
        raise InputError(reachable.path, "a folder, not a file" if path.is_dir() else reachable.reason)
    yield from documents_of(source_of_file(path))


def document_from_text(
    text: str, *, id: str = "text", published: str | None = None, outlet: str | None = None
) -> Document:
    """A document from characters at hand, repaired and cleaned as a file of plain text is.

    >>> document_from_text("زيــارة رسمية", published="2023-09-29").text
    'زيارة رسمية'
    """
    day = iso_date(published)
    known = Known(outlet=outlet, published=Published(day, "given") if day else None)
    return make_document(
        id, text, Origin("<text>", sha256(text.encode("utf-8", "surrogatepass")), "text/plain", "utf-8"), known
    )
