"""To be stopped by Ctrl-C or SIGTERM where nothing is half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STATUS = 130
"""What a program that was interrupted leaves with."""


class Stopped(KeyboardInterrupt):
    """The user wants the program to end; all that was begun is done."""


class Stop:
    """Takes the signals while it is open.  The first one ends what waits, or the next waiting; the second ends all.

    Outside the main thread, where Python takes no signals, it does nothing.
    """

    def __init__(self) -> None:
        self.asked = False
        self._waits = False
        self._before: list[tuple[signal.Signals, Any]] = []

    def __enter__(self) -> Stop:
        if threading.current_thread() is threading.main_thread():
            self._before = [(number, signal.signal(number, self._ask)) for number in _SIGNALS]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before:
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked and not self._waits:
            raise SystemExit(_STATUS)
        self.asked = True
        if self._waits:
            raise Stopped

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Here the program only waits, and may be stopped.

        Raises:
            Stopped: at once where it was asked for before, or whenever it is.
        """
        self._waits = True  # before the look, so that no signal falls between the two
        try:
            if self.asked:
                raise Stopped
            yield
        finally:
            self._waits = False

    def sleep(self, seconds: float, sleep: Callable[[float], None]) -> bool:
        """Wait, for nothing but the time; True where the user does not want to wait longer."""
        try:
            with self.waiting():
                sleep(seconds)
        except Stopped:
            return True
        return False
