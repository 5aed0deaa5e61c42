"""What the system can hold a process to; each does nothing where the system knows no such limit."""

from __future__ import annotations

import os
import signal


def address_space(process: int | None = None) -> int:
    """Bytes of address space of a process (of this one for None), 0 where the system does not tell (macOS, Windows)."""
    try:
        with open(f"/proc/{process or 'self'}/statm", "rb") as stream:  # noqa: PTH123 - pathlib costs as much as the rest
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def limit_memory(used: int, more: int | None) -> None:
    """Lets this process have `more` bytes over what it `used`; no limit for None, or where the system knows none.

    The limit is on address space: it holds for every allocator (Python's, libxml2's, pdfium's own), where a limit
    on the heap alone would not see what is mapped.  Libraries and their tables are mapped before and counted in
    `used`, so that the same input is refused on a small machine and on a large one.
    """
    if not used and more is not None:
        return
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = resource.RLIM_INFINITY if more is None else used + more
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def limit_time(seconds: float) -> None:
    """The system ends this process later than its parent would: for the case that the parent is gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds and seconds + 2)


def leave_no_core_file() -> None:
    """However this process crashes, it does not fill the disk."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
