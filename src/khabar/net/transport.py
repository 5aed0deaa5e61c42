"""The way to the servers: a name is resolved once, what it means is judged, and only that is connected to.

A check of the name beforehand would prove nothing, as the name may mean something else when the connection is made
(DNS rebinding).  So the check sits below the HTTP client, where the number is known; the Host header and the name
for TLS stay those of the address.  Every reading and writing also keeps to one deadline, so that a server that
sends one byte at a time is given up as any other.
"""

from __future__ import annotations

import math
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any

import httpcore
import httpx

from khabar.net.guard import refusal, refused_port

_NO_HOST = "no such host, or no network"
_MOST_TRIED = 4
"""Numbers that are tried of a name that has several."""


class RefusedError(Exception):
    """A host that must not be asked; its text says why."""


class Deadline:
    """A moment after which nothing is waited for any more."""

    def __init__(self) -> None:
        self._at = math.inf

    def set(self, seconds: float) -> None:
        """So many seconds from now."""
        self._at = time.monotonic() + seconds

    def move(self, seconds: float) -> None:
        """Later by what was waited on purpose."""
        self._at += seconds

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._at - time.monotonic()

    def cut(self, timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
        """A timeout that does not go beyond it."""
        left = self.left
        if left <= 0:
            raise late("the time for it is up")
        if timeout is None:
            return None if math.isinf(left) else left
        return min(timeout, left)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to the numbers that may be asked, and to no others."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._plain = httpcore.SyncBackend()
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the numbers of a host.

        Raises:
            RefusedError: when none of them is one of the public network.
            httpcore.ConnectError, httpcore.ConnectTimeout: when none answers.
        """
        failed: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError(_NO_HOST)
        for number in self._allowed(host, port, timeout):
            try:
                left = self._deadline.cut(timeout, httpcore.ConnectTimeout)
                stream = self._plain.connect_tcp(number, port, left, local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _allowed(self, host: str, port: int, timeout: float | None) -> list[str]:
        reason = None if self._allow_private else refused_port(port)
        if reason:
            raise RefusedError(reason)
        numbers = _resolved(host, port, self._deadline.cut(timeout, httpcore.ConnectTimeout))
        if self._allow_private:
            return numbers[:_MOST_TRIED]
        public = [number for number in numbers if refusal(number) is None]
        if numbers and not public:
            number = "" if host == numbers[0] else f" ({numbers[0]})"
            kind = _named(refusal(numbers[0]))
            raise RefusedError(f"{host} is {kind} address{number}, not one of the public network")
        return public[:_MOST_TRIED]


def _named(kind: str | None) -> str:
    return f"an {kind}" if kind == "unspecified" else f"a {kind}"


def _resolved(host: str, port: int, timeout: float | None) -> list[str]:
    """The numbers of a host.  The system's resolver knows no timeout, so it works in a thread of its own."""
    answers: SimpleQueue[list[str] | OSError] = SimpleQueue()
    threading.Thread(target=lambda: answers.put(_looked_up(host, port)), daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except Empty:
        raise httpcore.ConnectTimeout("its name was not resolved in time") from None
    if isinstance(answer, OSError):
        raise httpcore.ConnectError(_NO_HOST) from answer
    return answer


def _looked_up(host: str, port: int) -> list[str] | OSError:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        return error
    except UnicodeError:
        return OSError("not a name")
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _TimedStream(httpcore.NetworkStream):
    """A connection that keeps to the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cut(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cut(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.cut(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """httpx over `GuardedBackend`.  Errors stay those of httpcore."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        backend = GuardedBackend(deadline, allow_private=allow_private)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(), max_connections=10, keepalive_expiry=30, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the body of its answer is read later."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Let all connections go."""
        self._pool.close()


@cache
def _tls() -> ssl.SSLContext:
    """The certificates that are trusted; to read them takes longer than most answers."""
    return httpx.create_ssl_context()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()
