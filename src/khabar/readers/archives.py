"""ZIP archives and gzip files of anything that can be read; nothing of them is ever written to the disk.

So a member called ``../../etc/passwd`` is only a name.
"""

from __future__ import annotations

import gzip
import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from khabar.errors import InputError
from khabar.model import Document
from khabar.readers.checks import MOST_BYTES_OF_MANY
from khabar.readers.files import wanted
from khabar.readers.kinds import documents_of_part
from khabar.readers.source import Source
from khabar.readers.unpack import Budget, budget_for, unpacked, unpacking

_TAIL = 66_000
"""The directory of a ZIP is announced in its last bytes, before a comment of at most 65,535."""
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_MOST_DIRECTORY = 30_000_000
"""Bytes; about 300,000 members."""
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
_JUNK = "__MACOSX/"


def documents_of_zip(source: Source) -> Iterator[Document | InputError]:
    """The documents of each member that may hold some; pictures and what else belongs to saved pages is passed over.

    Raises:
        InputError: when the archive is broken, a bomb, or holds nothing to read.
    """
    with seekable(source) as stream, archive_in(source, stream) as archive:
        budget = source.budget or budget_for(_size(stream))
        members = [member for member in archive.infolist() if _is_wanted(member)]
        if not members:
            raise InputError(source.name, "an archive without a file that can be read")
        for member in members:
            budget.take_member(source.name)
            yield from _of_member(replace(source, budget=budget), archive, member, budget)


def seekable(source: Source) -> BinaryIO:
    """A stream in which a directory at the end can be looked up; what is itself packed is unpacked into memory.

    Raises:
        InputError: when that would be too much.
    """
    stream = source.open()
    if stream.seekable():
        return stream
    stream.close()
    return io.BytesIO(source.read(MOST_BYTES_OF_MANY))


def archive_in(source: Source, stream: BinaryIO) -> zipfile.ZipFile:
    """The directory of a ZIP, opened.

    Raises:
        InputError: when it is broken or absurdly long.
    """
    if _directory_size(stream) > _MOST_DIRECTORY:
        raise InputError(source.name, "too large: the directory of this archive names millions of files")
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError):
        raise InputError(source.name, "broken ZIP archive: it has no directory (cut off?)") from None


def _directory_size(stream: BinaryIO) -> int:
    """Bytes of the directory, as announced."""
    size = _size(stream)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    if at64 >= 0:
        return int.from_bytes(tail[at64 + 40 : at64 + 48], "little")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def kind_of_zip(source: Source) -> str:
    """What a ZIP is by its members: a Word document, an OpenDocument text, a book, or an archive.

    Raises:
        InputError: when it is broken, or a packed format that is not read.
    """
    with seekable(source) as stream, archive_in(source, stream) as archive:
        names = frozenset(archive.namelist())
        mimetype = _mimetype(source, archive) if "mimetype" in names else ""
    if mimetype.startswith(_OPEN_DOCUMENT):
        if mimetype.removeprefix(_OPEN_DOCUMENT) in {"text", "text-template"}:
            return "odt"
        raise InputError(source.name, "an OpenDocument table, drawing or presentation is not read; save it as text")
    if mimetype == "application/epub+zip":
        return "epub"
    if "[Content_Types].xml" not in names:
        return "zip"
    if any(name.startswith("word/") for name in names):
        return "docx"
    what = "a PowerPoint presentation" if any(name.startswith("ppt/") for name in names) else "an Excel workbook"
    if any(name.startswith(("ppt/", "xl/")) for name in names):
        raise InputError(source.name, f"{what} is not read; save it as PDF, text or CSV")
    return "zip"


def _mimetype(source: Source, archive: zipfile.ZipFile) -> str:
    with unpacking(source.name, lambda: archive.open("mimetype")) as stream:
        return unpacking(source.name, lambda: stream.read(200)).decode("latin-1").strip()


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith(".") and part.strip(".") for part in path.parts)
    named = bool(member.filename) and not member.is_dir()
    return named and not hidden and not member.filename.startswith(_JUNK) and wanted(path)


def _of_member(
    source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget
) -> Iterator[Document | InputError]:
    part = source.part(_name(member), b"")
    if member.flag_bits & _ENCRYPTED:
        yield InputError(part.name, "locked with a password")
        return
    opened = partial(unpacked, part.name, lambda: _opened(archive, member), budget)
    yield from documents_of_part(replace(part, open=opened))


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> zipfile.ZipExtFile:
    return cast(zipfile.ZipExtFile, archive.open(member))


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; control characters are written out, and names in an Arabic code page are read as such."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        name = _in_code_page(name)
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in name)


def _in_code_page(name: str) -> str:
    """A name that was not marked as UTF-8: zipfile reads it as IBM's first code page."""
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "cp720"):
        try:
            read = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or any("\u0621" <= letter <= "\u064a" for letter in read):
            return read
    return name


def documents_of_gzip(source: Source) -> Iterator[Document | InputError]:
    """The documents of the one file that is packed in it.

    Raises:
        InputError: when it is broken or a bomb, or cannot be read once unpacked.
    """
    budget = source.budget or _budget(source)
    budget.take_member(source.name)
    inner = posixpath.basename(source.member or source.path).removesuffix(".gz").removesuffix(".GZ")
    part = replace(source, budget=budget).part(
        inner, b"", stem=source.stem.removesuffix(posixpath.splitext(inner)[1]), media_type=source.media_type
    )
    opened = partial(unpacked, part.name, partial(_open_gzip, source), budget)
    yield from documents_of_part(replace(part, open=opened))


class _Gzip(gzip.GzipFile):
    """Closes what it reads from, too."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()


def _open_gzip(source: Source) -> gzip.GzipFile:
    return _Gzip(source.open())


def _budget(source: Source) -> Budget:
    with source.open() as stream:
        return budget_for(_size(stream) if stream.seekable() else 0)
