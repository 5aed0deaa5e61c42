"""Which kind of input something is, and the documents in it: the one place that knows all formats.

The bytes decide before the name, the name before what a server calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BufferedReader
from typing import cast

from khabar.errors import InputError
from khabar.model import Document, Origin
from khabar.readers.checks import MOST_BYTES, MOST_BYTES_OF_MANY, MOST_CHARACTERS, check_text, sha256
from khabar.readers.child import in_child
from khabar.readers.clean import make_document
from khabar.readers.encoding import Decoded, UnknownEncodingError, decode, decode_as
from khabar.readers.properties import completed, known_from
from khabar.readers.sniff import (
    BINARY,
    START,
    UNREAD,
    kind_of_bytes,
    kind_of_media_type,
    kind_of_name,
    kind_of_text,
    refused,
    refused_office_file,
    suffix_of,
)
from khabar.readers.source import DEEPEST, Source

Found = Iterator[Document | InputError]
"""Documents, and an error for each part that cannot become one; an error for the whole is raised."""

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


def documents_of_part(part: Source) -> Found:
    """The documents of a part of an archive; an error for the whole part is given, so that the next part goes on."""
    if part.depth > DEEPEST:
        yield InputError(part.name, f"lies in more than {DEEPEST} archives, one inside the other")
        return
    try:
        yield from documents_of(part)
    except InputError as error:
        yield error


def kind_of(source: Source) -> str | None:
    """The kind that its first bytes, its name or its media type tell; None where only its characters can.

    Raises:
        InputError: when it is empty, of a format that is not read, or not of the packed format that it names.
    """
    with source.open() as stream:
        start = cast(BufferedReader, stream).read1(START)  # damage behind the start is for the reader to meet
    if not start:
        raise InputError(source.name, "empty: no bytes")
    reason = refused(start)
    if reason is not None:
        raise InputError(source.name, reason)
    named = kind_of_name(suffix_of(source.member or source.path)) or kind_of_media_type(source.media_type)
    told = kind_of_bytes(start)
    if told is None and named in BINARY:
        raise InputError(source.name, f"broken {BINARY[named]}: it does not begin as one")
    if told in UNREAD:
        raise InputError(source.name, UNREAD[told])
    if told == "ole":
        raise InputError(source.name, refused_office_file(source.read(MOST_BYTES_OF_MANY)))
    if told == "zip":
        return _kind_of_zip(source, named)
    if "lines" in {told, named} and told in {None, "json", "lines"}:
        return "lines-utf-16" if b"\0" in start[:4] else "lines"
    return told or named


def _kind_of_zip(source: Source, named: str | None) -> str:
    from khabar.readers.archives import kind_of_zip

    try:
        return kind_of_zip(source)
    except InputError as error:
        if named in BINARY and error.reason.startswith("broken"):
            raise InputError(source.name, f"broken {BINARY[named]}: {error.reason.partition(': ')[2]}") from None
        raise


def origin_of(source: Source, data: bytes, media_type: str, encoding: str) -> Origin:
    """Where a document of all of a source's bytes comes from."""
    return Origin(source.path, sha256(data), media_type, encoding, source.member)


def _of_lines(source: Source) -> Found:
    from khabar.readers.records import documents_of_lines

    with source.open() as stream:
        yield from documents_of_lines(source, stream)


def _of_pdf(source: Source) -> Found:
    data = source.read(MOST_BYTES_OF_MANY)
    text, properties, pages = in_child("pdf", source.name, data)
    if text is not None:
        yield plain_document(source, text, origin_of(source, data, "application/pdf", "pdf"), properties)
        return
    from khabar.readers.ocr import ocr_pages, with_doubtful_numbers

    text = ocr_pages(source.name, data, pages)
    yield with_doubtful_numbers(plain_document(source, text, origin_of(source, data, "application/pdf", "ocr")))


def _of_picture(source: Source) -> Found:
    from khabar.readers.ocr import ocr_picture, with_doubtful_numbers

    data = source.read(MOST_BYTES_OF_MANY)
    text = ocr_picture(source.name, data)
    yield with_doubtful_numbers(plain_document(source, text, origin_of(source, data, "image/*", "ocr")))


def _of_packed(source: Source, work: str, media_type: str) -> Found:
    """Word, OpenDocument and the like: text and properties."""
    data = source.read(MOST_BYTES_OF_MANY)
    text, properties = in_child(work, source.name, data)
    yield plain_document(source, text, origin_of(source, data, media_type, work), properties)


def _of_table(source: Source) -> Found:
    from khabar.readers.tables import documents_of_table

    yield from documents_of_table(source)


def _of_feed(source: Source) -> Found:
    from khabar.readers.feeds import documents_of_feed

    yield from documents_of_feed(source)


def _of_sitemap(source: Source) -> Found:
    from khabar.readers.feeds import sitemap_refused

    yield from sitemap_refused(source)


def _of_warc(source: Source) -> Found:
    from khabar.readers.warc import documents_of_warc

    yield from documents_of_warc(source)


def _of_mail(source: Source) -> Found:
    from khabar.readers.mail import documents_of_mail

    yield from documents_of_mail(source)


def _of_mbox(source: Source) -> Found:
    from khabar.readers.mail import documents_of_mbox

    yield from documents_of_mbox(source)


def _of_zip(source: Source) -> Found:
    from khabar.readers.archives import documents_of_zip

    yield from documents_of_zip(source)


def _of_gzip(source: Source) -> Found:
    from khabar.readers.archives import documents_of_gzip

    yield from documents_of_gzip(source)


_READERS: dict[str, Callable[[Source], Found]] = {
    "lines": _of_lines, "pdf": _of_pdf, "picture": _of_picture, "table": _of_table, "feed": _of_feed,
    "sitemap": _of_sitemap, "warc": _of_warc, "mail": _of_mail, "mbox": _of_mbox, "zip": _of_zip, "gzip": _of_gzip,
    "docx": partial(_of_packed, work="docx", media_type=_WORD),
    "odt": partial(_of_packed, work="odt", media_type="application/vnd.oasis.opendocument.text"),
    "epub": partial(_of_packed, work="epub", media_type="application/epub+zip"),
}  # fmt: skip
"""Each loads its module, and what that needs, no earlier than an input asks for it."""


def plain_document(source: Source, text: str, origin: Origin, properties: Mapping[str, str] | None = None) -> Document:
    """A document of plain characters, and of what the properties of its file say.

    Raises:
        InputError: when the text is empty, too long or not Arabic, before or after cleaning.
    """
    check_text(source.name, text)
    properties = properties or {}
    known = known_from(properties, text).over(source.known)
    return completed(_checked(source, make_document(source.stem, text, origin, known)), properties)


def _checked(source: Source, document: Document) -> Document:
    check_text(source.name, document.text)
    return document


def _of_text(source: Source, kind: str | None) -> Found:
    data = source.read(MOST_BYTES if kind in {None, "text", "html"} else MOST_BYTES_OF_MANY)
    decoded = _decoded(source, data)
    text, encoding = decoded.text, decoded.encoding
    kind = kind or kind_of_text(text)
    if kind in {"json", "lines-utf-16"}:
        from khabar.readers.records import documents_of_json

        whole = _as_list(text) if kind == "lines-utf-16" else text
        yield from documents_of_json(source, data, encoding, whole)
    elif kind == "table":
        yield from _of_table(source)
    elif kind == "html":
        yield _of_page(source, text, origin_of(source, data, "text/html", encoding))
    else:
        yield plain_document(source, text, origin_of(source, data, "text/plain", encoding))


def _decoded(source: Source, data: bytes) -> Decoded:
    """By evidence; where there is none, as the server says, if every byte agrees."""
    try:
        return decode(data)
    except UnknownEncodingError as error:
        text = decode_as(data, source.charset or "")
        if text is None:
            raise InputError(source.name, str(error)) from None
        return Decoded(text, source.charset or "")


def _as_list(lines: str) -> str:
    """Lines of JSON as one JSON list (UTF-16 files, which cannot be read line by line)."""
    return f"[{','.join(line for line in lines.splitlines() if line.strip())}]"


def _of_page(source: Source, markup: str, origin: Origin) -> Document:
    from khabar.readers.page import document_of_page

    if not markup.strip():
        raise InputError(source.name, "empty: nothing but white space")
    if len(markup) > MOST_CHARACTERS:
        most = f"a page may have {MOST_CHARACTERS:,}"
        raise InputError(source.name, f"too large: {len(markup):,} characters, where {most}")
    try:
        document = document_of_page(source.stem, markup, origin, source.known)
    except InputError as error:
        raise InputError(error.path or source.name, error.reason) from None
    if not document.text.strip():
        raise InputError(source.name, "no text in this page")
    return _checked(source, document)
