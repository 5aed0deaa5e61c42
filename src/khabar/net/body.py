"""The body of an answer, unpacked as it comes and never beyond a size: a bomb stops where it begins to be one."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
"""What servers are told that we unpack; only codings that can be unpacked piece by piece within a bound."""
_PIECE = 65_536
_GZIP_MARK = b"\x1f\x8b"
_MARK_LENGTH = 2
"""Bytes by which a packed part, of whatever form, can be told."""
_GZIP, _ZLIB, _BARE = 31, 15, -15
"""How zlib calls the three forms; ``deflate`` is written both with zlib's head and without."""


class TooLargeError(Exception):
    """There is more than was to be read."""


class BrokenError(Exception):
    """The body does not hold what its head says; the text tells how."""


def read_body(pieces: Iterable[bytes], coding: str, most: int, *, cut: bool = False) -> bytes:
    """All of a body, unpacked; with `cut` its first `most` bytes, where it has more.

    Raises:
        TooLargeError: when it, packed or unpacked, has more than `most` bytes.
        BrokenError: when it is packed in a way that was not asked for, or cannot be unpacked.

    >>> read_body([b"ab", b"cd"], "", 10), read_body([b"ab", b"cd"], "", 3, cut=True)
    (b'abcd', b'abc')
    """
    whole = bytearray()
    try:
        for piece in _unpacked(_bounded(pieces, most), coding.strip().lower()):
            whole += piece
            if len(whole) > most:
                raise TooLargeError
    except TooLargeError:
        if not cut:
            raise
    return bytes(whole[:most])


def _bounded(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        yield piece
        if size > most:
            raise TooLargeError


def _unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    if coding in {"", "identity"}:
        yield from pieces
    elif coding in {"gzip", "x-gzip", "deflate"}:
        yield from _inflated(pieces, bare_too=coding == "deflate")
    else:
        raise BrokenError(f"packed as {coding[:30]!r}, which was not asked for")


def _inflated(pieces: Iterable[bytes], *, bare_too: bool) -> Iterator[bytes]:
    unpacker, parts, held = None, 0, b""
    for piece in pieces:
        piece, held = held + piece, b""
        while piece:
            if unpacker is None:
                if len(piece) < _MARK_LENGTH:
                    held = piece
                    break
                if parts and not piece.startswith(_GZIP_MARK):
                    return
                unpacker, parts = _unpacker(piece, bare_too), parts + 1
            yield _decompressed(unpacker, piece)
            piece = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            unpacker = None if unpacker.eof else unpacker  # gzip may consist of several parts
    if unpacker is not None:
        yield unpacker.flush()
    if (unpacker is not None and not unpacker.eof) or (held and not parts):
        raise BrokenError("broken off: its packed form has no end")


def _decompressed(unpacker: zlib._Decompress, piece: bytes) -> bytes:
    try:
        return unpacker.decompress(piece, _PIECE)
    except zlib.error:
        raise BrokenError("cannot be unpacked: it is not what the server says that it is") from None


def _unpacker(start: bytes, bare_too: bool) -> zlib._Decompress:
    if not bare_too:
        return zlib.decompressobj(_GZIP)
    has_head = len(start) > 1 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return zlib.decompressobj(_ZLIB if has_head else _BARE)
