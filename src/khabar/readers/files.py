"""Files and folders: what there is to read, and one file to its documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from khabar.errors import InputError
from khabar.model import Document, Dropped, Origin, Published
from khabar.readers.checks import MOST_BYTES, MOST_BYTES_OF_MANY, MOST_CHARACTERS, check_text, sha256
from khabar.readers.clean import make_document
from khabar.readers.encoding import UnknownEncodingError, decode
from khabar.readers.known import Known, iso_date

_KINDS = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json",
    ".jsonl": "lines", ".ndjson": "lines", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
_NOT_REPORTS = frozenset({"links.json"})
_PASSED_OVER = frozenset(
    [
        ".avif",
        ".bmp",
        ".css",
        ".gif",
        ".ico",
        ".jpeg",
        ".jpg",
        ".js",
        ".m4a",
        ".map",
        ".md",
        ".mjs",
        ".mov",
        ".mp3",
        ".mp4",
        ".ogg",
        ".otf",
        ".png",
        ".svg",
        ".tif",
        ".tiff",
        ".ttf",
        ".wav",
        ".webm",
        ".webp",
        ".woff",
        ".woff2",
        ".db",
        ".db-lock",
        ".db-shm",
        ".db-wal",
        ".sqlite",
        ".py",
    ]
)
"""What lies beside saved pages and records: pictures, sound, styles, scripts, notes, other records."""
_MAGIC = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"))
_HTML_STARTS = ("<!doctype html", "<html", "<head", "<body", "<?xml", "<article", "<div", "<p>", "<!--")


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
        if not entry.is_dir() and _wanted(entry):
            yield _reachable(entry)
    for entry in visible:
        if entry.is_dir():
            yield from _walk(entry, seen)


def _wanted(path: Path) -> bool:
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
    try:
        for found in _documents(path):
            yield Dropped(found.path, found.reason) if isinstance(found, InputError) else found
    except InputError as error:
        yield Dropped(error.path, error.reason)
    except OSError as error:
        yield Dropped(str(path), _reason(error))


def _documents(path: Path) -> Iterator[Document | InputError]:
    reachable = _reachable(path)
    if isinstance(reachable, Dropped):
        raise InputError(reachable.path, "a folder, not a file" if path.is_dir() else reachable.reason)
    kind = _KINDS.get(path.suffix.lower())
    if kind == "lines" and not _is_utf16(path):
        from khabar.readers.records import documents_of_lines

        with path.open("rb") as stream:
            yield from documents_of_lines(str(path), path.stem, stream)
        return
    _check_size(path, MOST_BYTES_OF_MANY if kind in {"json", "pdf", "docx", "lines"} else MOST_BYTES)
    yield from _of_bytes(path, path.read_bytes(), kind)


def _check_size(path: Path, most: int) -> None:
    size = path.stat().st_size
    if size > most:
        raise InputError(str(path), f"too large: {size:,} bytes, where such a file may have {most:,}")


def _is_utf16(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) in {b"\xff\xfe", b"\xfe\xff"}


def _of_bytes(path: Path, data: bytes, kind: str | None) -> Iterator[Document | InputError]:
    name = str(path)
    if not data:
        raise InputError(name, "empty: no bytes")
    magic = next((known for mark, known in _MAGIC if data.startswith(mark)), None)
    if magic == "pdf":
        yield _of_pdf(path, data)
    elif magic == "zip" or kind == "docx":
        yield _of_docx(path, data)
    elif kind == "pdf":
        raise InputError(name, "broken PDF: it does not begin as one")
    else:
        yield from _of_text(path, data, kind)


def _of_pdf(path: Path, data: bytes) -> Document:
    from khabar.readers.pdf import text_of_pdf

    text = text_of_pdf(str(path), data)
    return _plain(path, text, Origin(str(path), sha256(data), "application/pdf", "pdf"))


def _of_docx(path: Path, data: bytes) -> Document:
    from khabar.readers.docx import text_of_docx

    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _plain(path, text_of_docx(str(path), data), Origin(str(path), sha256(data), media_type, "docx"))


def _plain(path: Path, text: str, origin: Origin) -> Document:
    check_text(str(path), text)
    return _not_empty(str(path), make_document(path.stem, text, origin, Known()))


def _not_empty(name: str, document: Document) -> Document:
    check_text(name, document.text)
    return document


def _of_text(path: Path, data: bytes, kind: str | None) -> Iterator[Document | InputError]:
    name = str(path)
    try:
        decoded = decode(data)
    except UnknownEncodingError as error:
        raise InputError(name, str(error)) from None
    text, encoding = decoded.text, decoded.encoding
    kind = kind or _sniffed(text)
    if kind in {"json", "lines"}:
        from khabar.readers.records import documents_of_json

        yield from documents_of_json(name, path.stem, data, encoding, _as_list(text) if kind == "lines" else text)
    elif kind == "html":
        yield _of_page(path, text, Origin(name, sha256(data), "text/html", encoding))
    else:
        yield _plain(path, text, Origin(name, sha256(data), "text/plain", encoding))


def _as_list(lines: str) -> str:
    """Lines of JSON as one JSON list (UTF-16 files, which cannot be read line by line)."""
    return f"[{','.join(line for line in lines.splitlines() if line.strip())}]"


def _sniffed(text: str) -> str:
    start = text[:2000].lstrip().lower()
    if start.startswith(_HTML_STARTS):
        return "html"
    return "json" if start.startswith(("{", "[{")) else "text"


def _of_page(path: Path, source: str, origin: Origin) -> Document:
    from khabar.readers.metadata import metadata_of
    from khabar.readers.web import page_plan

    if not source.strip():
        raise InputError(str(path), "empty: nothing but white space")
    if len(source) > MOST_CHARACTERS:
        raise InputError(str(path), f"too large: {len(source):,} characters, where a page may have {MOST_CHARACTERS:,}")
    known = metadata_of(source)
    document = make_document(path.stem, source, origin, known, page_plan(source, known.title))
    if not document.text.strip():
        raise InputError(str(path), "no text in this page")
    return _not_empty(str(path), document)


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
