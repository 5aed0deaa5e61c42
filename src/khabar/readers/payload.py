"""The body of an answer of a web server as crawlers store it: chunked and packed, or already neither.

Many crawlers undo both and leave the head as it was, so that what the head says is tried and not believed.
"""

from __future__ import annotations

import zlib

_WITH_GZIP_HEAD, _WITHOUT_HEAD = 31, -15


def decoded_payload(data: bytes, transfer: str, content: str, most: int) -> bytes:
    """A body with its ``Transfer-Encoding`` and ``Content-Encoding`` undone, no further than to `most` bytes and one.

    >>> decoded_payload(b"5\\r\\nhello\\r\\n0\\r\\n\\r\\n", "chunked", "", 100)
    b'hello'
    >>> decoded_payload(b"hello", "chunked", "gzip", 100)
    b'hello'
    """
    if "chunked" in transfer.lower():
        data = _joined(data)
    for coding in reversed(content.lower().replace(" ", "").split(",")):
        data = _unpacked(data, coding, most)
    return data


def _joined(data: bytes) -> bytes:
    """Chunks without their lengths; the bytes as they are where they are no chunks."""
    chunks: list[bytes] = []
    at = 0
    while (end := data.find(b"\r\n", at, at + 1_000)) >= 0:
        length = data[at:end].partition(b";")[0].strip()
        if not 0 < len(length) <= 8 or length.strip(b"0123456789abcdefABCDEF"):
            break
        size = int(length, 16)
        if size == 0:
            return b"".join(chunks)
        chunks.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(chunks) if chunks and at >= len(data) else data


def _unpacked(data: bytes, coding: str, most: int) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        return _inflated(data, _WITH_GZIP_HEAD, most) or data
    if coding == "deflate":
        return _inflated(data, zlib.MAX_WBITS, most) or _inflated(data, _WITHOUT_HEAD, most) or data
    return _from_brotli(data, most) or data if coding == "br" else data


def _inflated(data: bytes, head: int, most: int) -> bytes:
    try:
        return zlib.decompressobj(head).decompress(data, most + 1)
    except zlib.error:
        return b""


def _from_brotli(data: bytes, most: int) -> bytes:
    import brotli  # slow to load; few answers are packed so

    try:
        return bytes(brotli.Decompressor().process(data, output_buffer_limit=most + 1))
    except brotli.error:
        return b""
