"""What is packed, unpacked within bounds: a small file that holds terabytes is refused before it does harm."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from khabar.errors import InputError

_LEAST_ALLOWED = 100_000_000
"""Bytes that any archive may unpack to, however small it is."""
_MOST_TIMES = 100
"""How many times its own size a larger one may unpack to.  Saved pages reach 10 to 20 times, one letter 1,000."""
_MOST_MEMBERS = 200_000
_BLOCK = 1 << 16
_Result = TypeVar("_Result")
Packed = zipfile.ZipExtFile | gzip.GzipFile


@dataclass(slots=True)
class Budget:
    """How much may still come out of a file, over all archives inside it."""

    bytes: int
    members: int = _MOST_MEMBERS

    def take_bytes(self, name: str, number: int) -> None:
        """Count bytes that came out.

        Raises:
            InputError: when there were too many.
        """
        self.bytes -= number
        if self.bytes < 0:
            raise InputError(name, f"too large: unpacks to more than {_MOST_TIMES} times its size (a bomb?)")

    def take_member(self, name: str) -> None:
        """Count one member.

        Raises:
            InputError: when there were too many.
        """
        self.members -= 1
        if self.members < 0:
            raise InputError(name, f"too large: more than {_MOST_MEMBERS:,} files in one archive")


def budget_for(packed: int) -> Budget:
    """What a file of `packed` bytes may unpack to."""
    return Budget(max(_LEAST_ALLOWED, _MOST_TIMES * packed))


class _Unpacked(io.RawIOBase):
    """A stream of unpacked bytes that are counted; damage becomes an `InputError`."""

    def __init__(self, name: str, stream: Packed, budget: Budget) -> None:
        self._name = name
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = unpacking(self._name, lambda: self._stream.read1(len(buffer)))
        self._budget.take_bytes(self._name, len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def unpacked(name: str, open_packed: Callable[[], Packed], budget: Budget) -> BinaryIO:
    """A stream of what a member unpacks to.

    Raises:
        InputError: now or while it is read, when the member is broken or too much.
    """
    return io.BufferedReader(_Unpacked(name, unpacking(name, open_packed), budget), _BLOCK)


def unpacking(name: str, action: Callable[[], _Result]) -> _Result:
    """What an action on packed bytes gives.

    Raises:
        InputError: when the bytes are broken, locked, or packed in a way that is not known.
    """
    try:
        return action()
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError, ValueError):
        raise InputError(name, "broken: it cannot be unpacked to its end") from None
    except (NotImplementedError, RuntimeError):
        raise InputError(name, "locked, or packed in a way that is not known") from None
