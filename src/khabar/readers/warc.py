"""Web archives (WARC): the pages and files that servers answered with, read record by record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from typing import Any, cast
from urllib.parse import urlsplit

from khabar.errors import InputError
from khabar.model import Document
from khabar.readers.checks import MOST_BYTES_OF_MANY
from khabar.readers.known import Known
from khabar.readers.payload import decoded_payload
from khabar.readers.source import Source
from khabar.readers.unpack import unpacking

_READ = frozenset({
    "text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/rss+xml",
    "application/atom+xml", "application/rdf+xml", "application/msword", "application/epub+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
})  # fmt: skip
"""Media types that may hold a report; what else a page is made of (pictures, styles, scripts) is passed over."""
_OK = 200
_PANIC = "PanicException"
"""What fastwarc, which is written in Rust, raises on a mistake of its own; no module has this class."""


class _Counted:
    """A stream that knows how much was read from it."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self.read_bytes = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)  # what came before damage is given before the damage is met
        self.read_bytes += len(data)
        return data

    def tell(self) -> int:
        return self.read_bytes


def documents_of_warc(source: Source) -> Iterator[Document | InputError]:
    """The documents of all answers with status 200 that may hold a report; other records are passed over.

    Raises:
        InputError: when no record can be read, or none is such an answer.
    """
    from khabar.readers.kinds import documents_of_part

    number = read = end = 0
    with source.open() as stream:
        counted = _Counted(cast(BufferedReader, stream))
        records = _records(counted)
        while (record := _next(source, records)) is not None:
            if isinstance(record, InputError):
                yield record
                break
            number += 1
            end = record.stream_pos + _length(record)
            if _wanted(record):
                read += 1
                yield from documents_of_part(_part(source, record, number))
        for _ in iter(lambda: counted.read(1 << 20), b""):  # up to the end, which tells whether the last record is cut
            continue
    if end > counted.read_bytes:
        yield InputError(source.name, "cut off: its last record is not whole")
    if not read:
        raise InputError(source.name, f"no pages in this web archive: none of its {number:,} answers is one")


def _records(stream: _Counted) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    given: Any = stream
    return iter(ArchiveIterator(given, record_types=kinds, parse_http=True, stream_detect=False))


def _next(source: Source, records: Iterator[Any]) -> Any:
    """The next record, None behind the last, an error where the archive is broken: beyond it nothing can be found."""
    try:
        return unpacking(source.name, lambda: next(records, None))
    except InputError as error:
        return error
    except OSError as error:
        return InputError(source.name, f"broken web archive: {str(error).rstrip('.').lower()}; the rest is lost")
    except _panics():
        return InputError(source.name, "broken web archive: its reader failed; the rest is lost")


def _panics() -> tuple[type[BaseException], ...]:
    """What a library in Rust raises when it fails.

    The class has no module to import it from and is made at the first panic; Python asks for it only when something
    was raised, so it is there by then.
    """
    return tuple(kind for kind in BaseException.__subclasses__() if kind.__name__ == _PANIC)


def _length(record: Any) -> int:
    """Bytes that a record has, as it announces them: its head, with a colon and a line's end a field, and its block."""
    head = sum(len(name) + len(value) + 4 for name, value in record.headers.items())
    told = record.headers.get("Content-Length") or ""
    return head + (int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else 0)


def _wanted(record: Any) -> bool:
    if record.http_headers is not None and record.http_headers.status_code != _OK:
        return False
    url = record.headers.get("WARC-Target-URI") or ""
    return _media_type(record) in _READ and not url.rstrip("<>").endswith("/robots.txt")


def _media_type(record: Any) -> str:
    told = record.http_content_type if record.http_headers is not None else record.headers.get("Content-Type")
    return str(told or "").partition(";")[0].strip().lower()


def _part(source: Source, record: Any, number: int) -> Source:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    crawled = record.record_date.strftime("%Y-%m-%dT%H:%M") if record.record_date else None
    data = record.reader.read(MOST_BYTES_OF_MANY + 1)
    if record.http_headers is not None:
        transfer, content = (record.http_headers.get(f"{name}-Encoding") or "" for name in ("Transfer", "Content"))
        data = decoded_payload(data, transfer, content, MOST_BYTES_OF_MANY)
    part = source.part(
        f"record {number}",
        data,
        stem=f"{source.stem}-{number:03}",
        media_type=_media_type(record),
        charset=record.http_charset,
        known=Known(url=url if urlsplit(url).scheme in {"http", "https"} else None, crawled=crawled),
    )
    return replace(part, name=f"{part.name[:-1]}: {url})" if url else part.name)
