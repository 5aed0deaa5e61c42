"""The worker process: what goes wrong in it becomes a reason, and the next work finds a good one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from khabar.errors import InputError
from khabar.readers import child
from khabar.readers.child import in_child
from khabar.readers.frames import JSON, Frame, receive, send_value
from tests.readers import formats
from tests.readers.bombs import END, PAGE
from tests.readers.formats import BODY

GOOD = formats.PAGE.encode()
HEAVY = (PAGE + "<p>ا" * 40_000 + END).encode()
"""A page that takes trafilatura a second or more."""


def reason(data: bytes = HEAVY, work: str = "article", **limits: float) -> str:
    with pytest.raises(InputError) as caught:
        in_child(work, "a.html", data, **limits)  # type: ignore[arg-type]
    assert caught.value.path == "a.html"
    return caught.value.reason


def worker() -> int:
    """The process that works now."""
    assert BODY in in_child("article", "a.html", GOOD)
    assert child._office.child is not None
    return child._office.child._process.pid


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_worker_for_all() -> None:
    assert worker() == worker()
    assert "broken Word" in reason(b"no", "docx")
    assert worker() == worker()


def test_time() -> None:
    before = worker()
    assert reason(seconds=0.05) == "took longer than 0.05 s"
    assert worker() != before
    assert not alive(before)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space of a process")
def test_memory() -> None:
    assert reason(b"a" * 30_000_000, memory=20_000_000) == "needs more than 20 MB"
    assert worker()


@pytest.mark.skipif(not hasattr(signal, "SIGSEGV") or sys.platform == "win32", reason="signals of POSIX")
def test_crash() -> None:
    before = worker()
    threading.Timer(0.1, os.kill, (before, signal.SIGSEGV)).start()
    assert reason() == f"its reader crashed (signal {int(signal.SIGSEGV)})"
    assert worker() != before


def test_unknown_errors_are_named() -> None:
    assert "its reader failed: TypeError" in reason(GOOD, "article", no_such_option=1)
    assert worker()


def test_a_worker_that_was_killed_between_works() -> None:
    os.kill(worker(), signal.SIGKILL)
    time.sleep(0.05)
    assert worker()


def test_threads_take_turns() -> None:
    with ThreadPoolExecutor(4) as threads:
        texts = list(threads.map(lambda _: in_child("article", "a.html", GOOD), range(12)))
    assert len(set(texts)) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="systems that fork")
def test_a_fork_starts_a_worker_of_its_own() -> None:
    before = worker()
    forked = os.fork()
    if not forked:
        same = worker() == before
        child._office.close()
        os._exit(1 if same else 0)
    assert os.waitpid(forked, 0)[1] == 0
    assert worker() == before


_ALONE = """
import os, sys
os.close(0)
from khabar.readers.child import in_child, _office
in_child("article", "a", sys.argv[1].encode())
print(_office.child._process.pid)
"""


def test_no_standard_input_and_nothing_left_behind() -> None:
    done = subprocess.run([sys.executable, "-c", _ALONE, formats.PAGE], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert not alive(int(done.stdout))


def test_frames() -> None:
    read, written = os.pipe()
    with os.fdopen(read, "rb") as replies, os.fdopen(written, "wb") as requests:
        for value in (b"\0\xff", "نص \ud800", ["a", 1, None]):
            send_value(requests, value)
            frame = receive(replies)
            assert frame is not None
            assert frame.value() == value
        send_value(requests, "x" * 100)
        with pytest.raises(ValueError, match="100 bytes"):
            receive(replies, most=99)
    with pytest.raises(ValueError, match="Expecting"):
        Frame(JSON, b"{").value()
