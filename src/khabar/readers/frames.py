"""What passes between `child` and its worker: frames of a kind, a length and that many bytes.

Strings, JSON and bytes only.  A parser that was taken over could write what it likes into the pipe, so nothing
that comes out of it is ever executed (as pickle would) or believed to be short.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import IO, Any

_HEAD = struct.Struct(">cQ")
READY, ORDER, BYTES, TEXT, JSON = b"+", b"o", b"b", b"t", b"j"
REFUSED, MEMORY, FAILED = b"r", b"m", b"f"


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: its kind (a byte) and its bytes."""

    kind: bytes
    payload: bytes

    def value(self) -> Any:
        """What the bytes say: themselves, a string, or JSON.

        Raises:
            ValueError: when they do not say what the kind announces.
        """
        if self.kind == BYTES:
            return self.payload
        text = self.payload.decode("utf-8", "surrogatepass")
        return text if self.kind == TEXT else json.loads(text)


def send(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write one frame.

    Raises:
        OSError: when nobody reads any more.
    """
    stream.write(_HEAD.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def send_value(stream: IO[bytes], value: Any, kind: bytes | None = None) -> None:
    """Write a value in the kind that fits it, or as JSON of a given kind."""
    if kind is None and isinstance(value, bytes):
        send(stream, BYTES, value)
    elif kind is None and isinstance(value, str):
        send(stream, TEXT, value.encode("utf-8", "surrogatepass"))
    else:
        send(stream, kind or JSON, json.dumps(value).encode("ascii"))


def receive(stream: IO[bytes], most: int | None = None) -> Frame | None:
    """Read one frame; None at the end of the stream.

    Raises:
        ValueError: when the frame announces more than `most` bytes.
    """
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    if most is not None and size > most:
        raise ValueError(f"a frame of {size:,} bytes")
    payload = stream.read(size)
    return Frame(kind, payload) if len(payload) == size else None
