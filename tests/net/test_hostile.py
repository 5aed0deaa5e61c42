"""Whatever a server sends, there is an answer or a plain reason, and soon."""

from __future__ import annotations

import gzip
import zlib
from typing import Any
from unittest.mock import patch

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.errors import InputError
from khabar.net.body import BrokenError, TooLargeError, read_body
from khabar.net.failure import FetchError
from khabar.net.feeds import feed_of
from khabar.net.fetch import Answer, Fetcher, Limits
from khabar.net.robots import rules_of

LIMITS = Limits(total=1, most_bytes=10_000, redirects=3, tries=1, pause=0)
HEADS = (
    "Location", "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Retry-After", "ETag",
    "Cache-Control", "Set-Cookie", "Connection", "WWW-Authenticate",
)  # fmt: skip
VALUES = (
    "/", "//", "http://[", "file:///x", "data:,x", "http://10.0.0.1/", "text/html; charset=\x85", "image/svg+xml", "-1",
    "99999999999999999999", "gzip", "deflate", "br", "gzip, gzip", "chunked", "max-age=99999999999", "a=b; Domain=.",
    "0", "Tue, 99 Abc 99999 99:99:99", "\"", "text/plain; charset=" + "x" * 500, "close", "Basic", "../" * 300,
)  # fmt: skip
heads = st.lists(
    st.tuples(st.sampled_from(HEADS), st.one_of(st.sampled_from(VALUES), st.text(max_size=20))), max_size=5
)
statuses = st.one_of(
    st.sampled_from([200, 203, 204, 206, 301, 302, 304, 308, 401, 404, 429, 503]), st.integers(0, 1200)
)
BODY = b"<rss><channel><item><link>/a</link></item></channel></rss>"
bodies = st.one_of(st.binary(max_size=300), st.sampled_from([BODY, gzip.compress(BODY), gzip.compress(b"0" * 10**6)]))


def answer_of(data: bytes) -> Answer | FetchError:
    """What becomes of a server that answers everything with the same bytes."""

    def connect(self: Any, *rest: Any) -> httpcore.NetworkStream:
        return httpcore.MockStream([data])

    with (
        patch.object(httpcore.SyncBackend, "connect_tcp", connect),
        patch("khabar.net.transport._looked_up", lambda host, port: ["93.184.216.34"]),
        Fetcher(limits=LIMITS) as fetcher,
    ):
        try:
            return fetcher.get("http://paper.example/a")
        except FetchError as error:
            return error


@settings(deadline=None, max_examples=60)
@given(statuses, heads, bodies)
def test_any_answer(status: int, heads: list[tuple[str, str]], body: bytes) -> None:
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in heads)]
    check(answer_of("\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body))


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check(answer_of(data))
    check(answer_of(b"HTTP/1.1 200 OK\r\n" + data))


def check(found: Answer | FetchError) -> None:
    if isinstance(found, FetchError):
        assert found.path == "http://paper.example/a"
        assert found.reason
        assert len(found.reason) < 1000
    else:
        assert len(found.data) <= LIMITS.most_bytes
        try:
            feed_of(found)
        except InputError as error:
            assert error.reason


def test_the_name_for_tls_stays_the_one_that_was_given() -> None:
    names = []

    class Stream(httpcore.MockStream):
        def start_tls(self, context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Any:
            names.append(server_hostname)
            return self

    with (
        patch.object(httpcore.SyncBackend, "connect_tcp", lambda *rest: Stream([b"HTTP/1.1 404 X\r\n\r\n"])),
        patch("khabar.net.transport._looked_up", lambda host, port: ["93.184.216.34"]),
        Fetcher(limits=LIMITS) as fetcher,
        pytest.raises(FetchError, match="404"),
    ):
        fetcher.get("https://paper.example/a")
    assert set(names) == {"paper.example"}


@settings(deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=5), st.sampled_from(["", "gzip", "deflate", "x"]))
def test_bodies_are_bounded(pieces: list[bytes], coding: str) -> None:
    for cut in (True, False):
        try:
            assert len(read_body(pieces, coding, 100, cut=cut)) <= 100
        except TooLargeError:
            assert not cut
        except BrokenError:
            assert coding


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_what_was_packed_comes_out_however_it_is_cut(data: bytes, size: int) -> None:
    bare = zlib.compressobj(9, zlib.DEFLATED, -15)
    forms = {"gzip": gzip.compress(data), "deflate": zlib.compress(data), "Deflate": bare.compress(data) + bare.flush()}
    for coding, packed in forms.items():
        pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
        assert read_body(pieces, coding, 10_000) == data
    two = gzip.compress(data) * 2
    assert read_body([two[at : at + 7] for at in range(0, len(two), 7)], "gzip", 10_000) == data * 2


@given(st.text(max_size=500))
def test_any_robots_txt(text: str) -> None:
    rules = rules_of(f"User-agent: *\n{text}".encode("utf-8", "replace"))
    assert rules.delay >= 0


@pytest.mark.parametrize("size", [30_000])
def test_a_robots_txt_of_thousands_of_names_is_read_at_once(size: int) -> None:
    names = "".join(f"User-agent: r{number}\n" for number in range(size // 2))
    rules = "".join(f"Disallow: /{number}\n" for number in range(size // 2))
    assert rules_of(f"{names}{rules}User-agent: khabar\nDisallow: /x\nCrawl-delay: 2".encode()).delay == 2
