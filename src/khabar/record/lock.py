"""One build at a time: a lock beside the record that the system itself gives back when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from khabar.errors import RecordBusy, RecordError


class BuildLock:
    """Held from creation to `release`; under whatever name the record was given, a link included.

    Raises:
        RecordBusy: when another build holds it.
        RecordError: when it cannot be written.
    """

    def __init__(self, record: Path) -> None:
        real = record.resolve()
        self._path = real.with_name(real.name + "-lock")
        try:
            self._file = _locked(self._path)
        except BlockingIOError as error:
            raise RecordBusy(
                f"{record}: another build is writing this record; wait for it, or name another --record"
            ) from error
        except OSError as error:
            raise RecordError(f"{record}: cannot be written: {error.strerror}") from error

    def release(self) -> None:
        """Give the lock back, and take its file away while it is still ours."""
        self._path.unlink(missing_ok=True)
        os.close(self._file)


def _locked(path: Path) -> int:
    """A locked file that still has its name: its last holder may have taken it away between our two steps."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _has_name(file, path):
                return file
        except OSError:
            os.close(file)
            raise
        os.close(file)


def _has_name(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
