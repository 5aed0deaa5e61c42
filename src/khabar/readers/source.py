"""What a reader is given: bytes, where they lie, and what is known of them from outside."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from khabar.errors import InputError
from khabar.readers.known import Known
from khabar.readers.unpack import Budget

DEEPEST = 3
"""Archives inside archives."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read: a file, a member of an archive, an answer of a web server."""

    name: str
    """What errors call it: the file's path, its member behind it."""
    path: str
    """The file, or the address, that holds it."""
    stem: str
    """Name of the document where the bytes tell no better."""
    open: Callable[[], BinaryIO]
    """A new stream from the first byte; may be called more than once."""
    member: str | None = None
    """Which part of the file it is (``2020/a.html``, ``record 3``)."""
    media_type: str | None = None
    """What a server or an archive calls it; believed only where neither name nor bytes tell."""
    charset: str | None = None
    """What a server says of its characters; believed only where the bytes agree."""
    known: Known = field(default_factory=Known)
    """What stands beside it (a feed's title and date, a mail's head); what it says itself goes before."""
    depth: int = 0
    """In how many archives it lies."""
    budget: Budget | None = None
    """What may still be unpacked from the file that holds it; None for what is not in an archive."""

    def read(self, most: int) -> bytes:
        """All its bytes.

        Raises:
            InputError: when it has more than `most`.
        """
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise InputError(self.name, f"too large: more than the {most:,} bytes that such a file may have")
        return data

    def part(self, member: str, data: bytes, **changes: Any) -> Source:
        """A part of it, one archive deeper: ``report.zip (2020/a.html)``; `open` in `changes` for what is streamed."""
        whole = f"{self.member} {member}" if self.member else member
        own: dict[str, Any] = {
            "name": f"{self.path} ({whole})",
            "stem": f"{self.stem}-{posixpath.splitext(member)[0]}",
            "open": lambda: io.BytesIO(data),
            "media_type": None,
            "charset": None,
        }
        return replace(self, member=whole, depth=self.depth + 1, **{**own, **changes})


def source_of_file(path: Path) -> Source:
    """A file as a source; nothing is opened yet."""
    return Source(str(path), str(path), path.stem, lambda: path.open("rb"))


def source_of_bytes(name: str, stem: str, data: bytes, known: Known | None = None) -> Source:
    """Bytes at hand as a source."""
    return Source(name, name, stem, lambda: io.BytesIO(data), known=known or Known())
