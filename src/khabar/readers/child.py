"""Libraries that parse what strangers wrote run in a process of their own, which may hang, crash or bloat.

One worker process is started when it is first needed, does one work after another, and is replaced after it was
killed or has died.  It is a new Python, not a fork: a parent with threads cannot be forked safely, and `spawn` of
multiprocessing would import the caller's main module once more.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, Any

from khabar.errors import InputError
from khabar.readers.frames import FAILED, MEMORY, ORDER, READY, REFUSED, Frame, receive, send, send_value
from khabar.readers.limits import address_space

SECONDS = 10.0
"""Of wall clock that one work may take."""
MEMORY_BYTES = 500_000_000
"""That one work may have beside what the loaded worker has."""
_START_SECONDS = 120.0
"""Python and a large library, on a machine that is busy."""
_MOST_REPLY = 400_000_000
_SPARE = 100_000_000
"""A worker that has grown by more than this is replaced, so that every document finds (nearly) the same memory."""


class Ended(Exception):  # noqa: N818 - an event, which `in_child` reports as an InputError
    """The worker is gone, or cannot be started; the text says why."""


class Child:
    """One worker process, and the talk with it.  For one thread at a time; see `in_child`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "khabar.readers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # Ctrl-C is for the parent
        )
        self._works: set[str] = set()
        self._size = 0
        """Bytes of its address space when the last work was loaded."""
        self._talking = False
        self._late = False

    @property
    def usable(self) -> bool:
        """Does it live, wait for work, and have about the memory that it began with?"""
        if self._talking or self._late or self._process.poll() is not None:
            return False
        return address_space(self._process.pid) <= self._size + _SPARE

    def load(self, work: str) -> None:
        """Have the libraries of a work loaded, so that no document pays for it.

        Raises:
            Ended: when it cannot.
        """
        if work not in self._works:
            self._ask(_START_SECONDS, READY, {"work": work})
            self._works.add(work)
            self._size = address_space(self._process.pid)

    def do(self, order: dict[str, Any], data: bytes) -> Frame:
        """Have a work done.

        Raises:
            Ended: when there is no reply.
        """
        return self._ask(order["seconds"], ORDER, order, data)

    def _ask(self, seconds: float, kind: bytes, order: dict[str, Any], data: bytes | None = None) -> Frame:
        watch = threading.Timer(seconds, self._too_late)
        watch.daemon = True
        watch.start()
        self._talking = True
        try:
            reply = self._talk(kind, order, data)
        except (OSError, ValueError):
            raise Ended(self._why(seconds)) from None
        finally:
            watch.cancel()
        if reply is None:
            raise Ended(self._why(seconds))
        self._talking = False
        return reply

    def _talk(self, kind: bytes, order: dict[str, Any], data: bytes | None) -> Frame | None:
        requests, replies = self._process.stdin, self._process.stdout
        assert requests is not None
        assert replies is not None
        send_value(requests, order, kind)
        if data is not None:
            send(requests, kind, data)
        return receive(replies, _MOST_REPLY)

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def _why(self, seconds: float) -> str:
        self.end()
        code = self._process.returncode
        if self._late or code == -getattr(signal, "SIGALRM", 0):
            return f"took longer than {seconds:g} s"
        return f"its reader crashed (signal {-code})" if code < 0 else f"its reader ended early (exit status {code})"

    def end(self) -> None:
        """Let it go, at once; it has nothing to save."""
        if self._process.poll() is None:
            self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            _close(stream)
        self._process.wait()


def _close(stream: IO[bytes] | None) -> None:
    with suppress(OSError):  # what was not sent can be sent no more
        if stream is not None:
            stream.close()


class _Office:
    """The one worker of this process, and whose turn it is."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.child: Child | None = None
        self.inherited: list[Child] = []
        """Workers of the process that this one was forked from: not ours to use or to end."""

    def worker(self, work: str) -> Child:
        """A worker that has loaded this work, the present one if it can go on.

        Raises:
            Ended: when none can be started.
        """
        if self.child is not None and not self.child.usable:
            self.close()
        try:
            self.child = self.child or Child()
        except OSError as error:
            raise Ended(f"its reader cannot be started: {error}") from None
        self.child.load(work)
        return self.child

    def close(self) -> None:
        """End the worker; the next work starts another."""
        child, self.child = self.child, None
        if child is not None:
            child.end()

    def forked(self) -> None:
        """In a new process: begin anew."""
        self.turn = threading.Lock()
        if self.child is not None:
            self.inherited.append(self.child)
        self.child = None


_office = _Office()
atexit.register(_office.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_office.forked)


def in_child(
    work: str, path: str, data: bytes, *, seconds: float = SECONDS, memory: int = MEMORY_BYTES, **options: Any
) -> Any:
    """What a work (by its name in `worker.WORKS`) makes of some bytes, done in the worker process.

    `seconds` are wall clock, `memory` is bytes beside those that the loaded worker has.  Libraries are loaded before
    either is counted.  Where the system has no limit on address space (macOS, Windows) only the time is limited.

    Raises:
        InputError: when the work refuses the bytes, takes too long, needs too much memory, or crashes; it names
            `path`.
    """
    order = {"work": work, "path": path, "seconds": seconds, "memory": memory, "options": options}
    with _office.turn:
        try:
            reply = _office.worker(work).do(order, data)
        except Ended as ended:
            _office.close()
            raise InputError(path, str(ended)) from None
        if reply.kind in {MEMORY, FAILED}:
            _office.close()
    return _value_of(reply, path, memory)


def _value_of(reply: Frame, path: str, memory: int) -> Any:
    if reply.kind == MEMORY:
        raise InputError(path, f"needs more than {memory // 1_000_000} MB")
    try:
        value = reply.value()
    except ValueError:
        raise InputError(path, "its reader gave no answer that can be read") from None
    if reply.kind == REFUSED:
        raise InputError(*map(str, value))
    if reply.kind == FAILED:
        raise InputError(path, f"its reader failed: {value}")
    return value
