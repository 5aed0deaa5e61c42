"""Which kind of input something is, and the documents in it: the one place that knows all formats.

The bytes decide before the name, the name before what a server calls it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from khabar.errors import InputError
from khabar.model import Document, Origin
from khabar.readers.checks import MOST_BYTES, MOST_BYTES_OF_MANY, MOST_CHARACTERS, check_text, sha256
from khabar.readers.clean import make_document
from khabar.readers.encoding import UnknownEncodingError, decode
from khabar.readers.source import Source

Found = Iterator[Document | InputError]
"""Documents, and an error for each part that cannot become one; an error for the whole is raised."""

_SUFFIXES = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json",
    ".jsonl": "lines", ".ndjson": "lines", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
_MAGIC = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"))
_MEDIA_TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/json": "json"}
_HTML_STARTS = ("<!doctype html", "<html", "<head", "<body", "<?xml", "<article", "<div", "<p>", "<!--")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def documents_of(source: Source) -> Found:
    """The documents of a source, whatever its format.

    Raises:
        InputError: when nothing of it can become a document; it names the source and the reason.
        OSError: when a file cannot be opened or read.
    """
    kind = kind_of(source)
    if kind is not None and kind in _READERS:
        yield from _READERS[kind](source)
    else:
        yield from _of_text(source, kind)


def kind_of(source: Source) -> str | None:
    """The kind that its first bytes, its name or its media type tell; None where only its characters can.

    Raises:
        InputError: when it is empty, or calls itself a PDF and is none.
    """
    with source.open() as stream:
        start = stream.read(8)
    if not start:
        raise InputError(source.name, "empty: no bytes")
    magic = next((kind for mark, kind in _MAGIC if start.startswith(mark)), None)
    named = _SUFFIXES.get(_suffix(source)) or _MEDIA_TYPES.get((source.media_type or "").partition(";")[0].strip())
    if named == "pdf" and magic != "pdf":
        raise InputError(source.name, "broken PDF: it does not begin as one")
    if named == "lines" and start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "lines-utf-16"
    return "docx" if magic == "zip" else magic or named


def _suffix(source: Source) -> str:
    path = source.member or source.path
    return posixpath.splitext(urlsplit(path).path if "://" in path else path)[1].lower()


def origin_of(source: Source, data: bytes, media_type: str, encoding: str) -> Origin:
    """Where a document of all of a source's bytes comes from."""
    return Origin(source.path, sha256(data), media_type, encoding, source.member)


def _of_lines(source: Source) -> Found:
    from khabar.readers.records import documents_of_lines

    with source.open() as stream:
        yield from documents_of_lines(source.name, source.stem, stream)


def _of_pdf(source: Source) -> Found:
    from khabar.readers.pdf import text_of_pdf

    data = source.read(MOST_BYTES_OF_MANY)
    text = text_of_pdf(source.name, data)
    yield plain_document(source, text, origin_of(source, data, "application/pdf", "pdf"))


def _of_docx(source: Source) -> Found:
    from khabar.readers.docx import text_of_docx

    data = source.read(MOST_BYTES_OF_MANY)
    yield plain_document(source, text_of_docx(source.name, data), origin_of(source, data, _WORD, "docx"))


_READERS: dict[str, Callable[[Source], Found]] = {"lines": _of_lines, "pdf": _of_pdf, "docx": _of_docx}


def plain_document(source: Source, text: str, origin: Origin) -> Document:
    """A document of plain characters.

    Raises:
        InputError: when the text is empty, too long or not Arabic, before or after cleaning.
    """
    check_text(source.name, text)
    return _checked(source, make_document(source.stem, text, origin, source.known))


def _checked(source: Source, document: Document) -> Document:
    check_text(source.name, document.text)
    return document


def _of_text(source: Source, kind: str | None) -> Found:
    data = source.read(MOST_BYTES if kind in {None, "text", "html"} else MOST_BYTES_OF_MANY)
    try:
        decoded = decode(data)
    except UnknownEncodingError as error:
        raise InputError(source.name, str(error)) from None
    text, encoding = decoded.text, decoded.encoding
    kind = kind or _sniffed(text)
    if kind in {"json", "lines-utf-16"}:
        from khabar.readers.records import documents_of_json

        whole = _as_list(text) if kind == "lines-utf-16" else text
        yield from documents_of_json(source.name, source.stem, data, encoding, whole)
    elif kind == "html":
        yield _of_page(source, text, origin_of(source, data, "text/html", encoding))
    else:
        yield plain_document(source, text, origin_of(source, data, "text/plain", encoding))


def _as_list(lines: str) -> str:
    """Lines of JSON as one JSON list (UTF-16 files, which cannot be read line by line)."""
    return f"[{','.join(line for line in lines.splitlines() if line.strip())}]"


def _sniffed(text: str) -> str:
    start = text[:2000].lstrip().lower()
    if start.startswith(_HTML_STARTS):
        return "html"
    return "json" if start.startswith(("{", "[{")) else "text"


def _of_page(source: Source, markup: str, origin: Origin) -> Document:
    from khabar.readers.metadata import metadata_of
    from khabar.readers.web import page_plan

    if not markup.strip():
        raise InputError(source.name, "empty: nothing but white space")
    if len(markup) > MOST_CHARACTERS:
        most = f"a page may have {MOST_CHARACTERS:,}"
        raise InputError(source.name, f"too large: {len(markup):,} characters, where {most}")
    known = metadata_of(markup).over(source.known)
    document = make_document(source.stem, markup, origin, known, page_plan(markup, known.title))
    if not document.text.strip():
        raise InputError(source.name, "no text in this page")
    return _checked(source, document)
