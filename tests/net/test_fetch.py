"""One address at a time, from servers that mean well and from others."""

from __future__ import annotations

import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore
import pytest

from khabar.net.failure import FetchError
from khabar.net.fetch import USER_AGENT, Fetcher, Limits, Validators
from tests.net.conftest import LIMITS, VISIT, Reply, Site


def reason(fetcher: Fetcher, address: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.get(address)
    assert caught.value.path == address
    return caught.value.reason


def test_an_answer_tells_what_it_is(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", VISIT, ETag='"1"', Last_Modified="Tue, 29 Aug 2023 00:00:00 GMT", Cache_Control="max-age=60")
    answer = fetcher.get(f"{site.url}/a#top")
    assert (answer.data.decode(), answer.media_type, answer.charset) == (VISIT, "text/plain", "utf-8")
    assert (str(answer.address), answer.fresh, answer.unchanged) == (f"{site.url}/a", 60, False)
    assert answer.validators == Validators('"1"', "Tue, 29 Aug 2023 00:00:00 GMT")
    assert dict(site.asked[-1][1])["User-Agent"] == USER_AGENT
    assert USER_AGENT.startswith("khabar/")


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    def page(headers: dict[str, str]) -> Reply:
        return Reply(status=304) if headers.get("If-None-Match") == '"1"' else Reply(VISIT, headers={"ETag": '"1"'})

    site.pages["/a"] = page
    first = fetcher.get(f"{site.url}/a")
    assert fetcher.get(f"{site.url}/a", first.validators).unchanged
    assert not fetcher.get(f"{site.url}/a").unchanged


def test_the_name_of_the_host_stays_the_one_that_was_given(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", VISIT)
    port = site.url.rpartition(":")[2]
    fetcher.get(f"http://localhost:{port}/a")
    assert site.asked[-1][1]["Host"] == f"localhost:{port}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, fetcher: Fetcher, status: int) -> None:
    site.page("/a", status=status, Location="/b")
    site.page("/b", VISIT)
    answer = fetcher.get(f"{site.url}/a")
    assert (str(answer.address), str(answer.final)) == (f"{site.url}/a", f"{site.url}/b")


def test_redirects_with_letters_that_no_head_may_have(site: Site, fetcher: Fetcher) -> None:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write("HTTP/1.1 302 Found\r\nLocation: /تقرير\r\nContent-Length: 0\r\n\r\n".encode())

    site.pages["/a"] = Reply(write=write)
    path = site.page("/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1", VISIT)
    assert str(fetcher.get(f"{site.url}/a").final) == path


def test_redirects_that_lead_nowhere(site: Site, fetcher: Fetcher) -> None:
    site.page("/circle", status=302, Location="/circle2")
    site.page("/circle2", status=302, Location="/circle")
    for number in range(9):
        site.page(f"/far{number}", status=302, Location=f"/far{number + 1}")
    site.page("/file", status=302, Location="file:///etc/passwd")
    site.page("/data", status=302, Location="data:text/html,<p>x")
    site.page("/other", status=302, Location="ftp://127.0.0.1/x")
    site.page("/broken", status=302, Location="http://[/")
    assert "circle" in reason(fetcher, f"{site.url}/circle")
    assert "more than 4 redirects" in reason(fetcher, f"{site.url}/far0")
    said = reason(fetcher, f"{site.url}/file")
    assert said == "redirected to file:///etc/passwd: only http and https addresses are fetched"
    for path in ("/data", "/other", "/broken"):
        assert "redirected to" in reason(fetcher, site.url + path)


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name, played by this machine, redirects to a private number."""
    port = int(site.url.rpartition(":")[2])
    real = httpcore.SyncBackend.connect_tcp
    asked = []

    def connect(self: Any, host: str, port_asked: int, *rest: Any) -> Any:
        asked.append(host)
        return real(self, "127.0.0.1", port, *rest)

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        number = "93.184.216.34" if host == "paper.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.page("/a", status=302, Location="http://169.254.169.254/latest/meta-data")
    site.page("/b", VISIT)
    with Fetcher() as fetcher:
        assert fetcher.get("http://paper.example/b").data.decode() == VISIT
        said = reason(fetcher, "http://paper.example/a")
    assert "redirected to http://169.254.169.254" in said
    assert "cloud metadata" in said
    assert set(asked) == {"93.184.216.34"}


def test_a_name_is_resolved_once_and_only_what_was_judged_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that mean a public number when they are judged and a private one when they are asked find no gap."""
    answers = iter([["10.0.0.1", "93.184.216.34"], ["127.0.0.1"]])
    asked: list[str] = []

    def resolve(host: str, *rest: Any, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 0)) for number in next(answers)]

    def connect(self: Any, host: str, *rest: Any) -> Any:
        asked.append(host)
        raise httpcore.ConnectError("refused")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with Fetcher() as fetcher:
        assert reason(fetcher, "http://rebinding.example/") == "no connection: refused"
        assert asked == ["93.184.216.34"]
        assert "loopback" in reason(fetcher, "http://rebinding.example/")
        assert asked == ["93.184.216.34"]


def test_too_much(site: Site, fetcher: Fetcher) -> None:
    site.page("/told", b"a" * 300_000)

    def untold(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        for _ in range(10_000):
            handler.wfile.write(b"a" * 10_000)

    site.pages["/untold"] = Reply(write=untold)
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < LIMITS.most_bytes
    site.page("/bomb", bomb, Content_Encoding="gzip")
    for path in ("/told", "/untold", "/bomb"):
        assert reason(fetcher, site.url + path) == "too large: more than 200,000 bytes, packed or unpacked"


def test_packed_answers(site: Site, fetcher: Fetcher) -> None:
    site.page("/good", gzip.compress(VISIT.encode()), Content_Encoding="gzip")
    assert fetcher.get(f"{site.url}/good").data.decode() == VISIT
    site.page("/short", gzip.compress(VISIT.encode())[:-20], Content_Encoding="gzip")
    site.page("/lie", VISIT, Content_Encoding="gzip")
    site.page("/br", b"abc", Content_Encoding="br")
    assert "broken off" in reason(fetcher, f"{site.url}/short")
    assert "cannot be unpacked" in reason(fetcher, f"{site.url}/lie")
    assert "which was not asked for" in reason(fetcher, f"{site.url}/br")


def dripping(piece: bytes, before: bytes = b"") -> Reply:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        for _ in range(60):
            handler.wfile.write(piece)
            time.sleep(0.1)

    return Reply(write=write)


def test_slow_servers_are_given_up(site: Site) -> None:
    site.pages["/silent"] = Reply(write=lambda handler: time.sleep(1))
    site.pages["/head"] = dripping(b"X: 1\r\n", b"HTTP/1.1 200 OK\r\n")
    site.pages["/body"] = dripping(b"a", b"HTTP/1.0 200 OK\r\n\r\n")
    limits = Limits(connect=1, read=0.3, total=0.8, pause=0)
    with Fetcher(allow_private=True, limits=limits) as fetcher:
        for path in ("/silent", "/head", "/body"):
            began = time.monotonic()
            assert reason(fetcher, site.url + path) == "no answer in time"
            assert time.monotonic() - began < 1.2


def test_a_connection_that_breaks_off(site: Site, fetcher: Fetcher) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")

    site.pages["/cut"] = Reply(write=cut)
    site.pages["/none"] = Reply(write=lambda handler: None)
    site.pages["/nonsense"] = Reply(write=lambda handler: handler.wfile.write(b"\0\1\2" * 50) and None)
    for path in ("/cut", "/none", "/nonsense"):
        assert "broke off" in reason(fetcher, site.url + path)


@pytest.mark.parametrize(
    ("status", "said"), [(404, "404 (Not Found)"), (500, "500 (Internal Server Error)"), (799, "799")]
)
def test_refusals_are_told_with_their_number(site: Site, fetcher: Fetcher, status: int, said: str) -> None:
    site.page("/a", status=status)
    assert reason(fetcher, f"{site.url}/a") == f"the server answered {said}"
    assert len(site.paths()) == 1


def test_busy_servers_are_asked_again_when_they_say(site: Site, fetcher: Fetcher) -> None:
    replies = iter([Reply(status=429, headers={"Retry-After": "1"}), Reply(VISIT)])
    site.pages["/a"] = lambda headers: next(replies)
    began = time.monotonic()
    assert fetcher.get(f"{site.url}/a").data.decode() == VISIT
    assert time.monotonic() - began >= 1


def test_a_server_that_wants_long_peace_has_it(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", status=503, Retry_After="3600")
    with pytest.raises(FetchError) as caught:
        fetcher.get(f"{site.url}/a")
    assert (caught.value.temporary, caught.value.wait) == (True, 3600)
    assert "not to be asked again for" in reason(fetcher, f"{site.url}/b")
    assert site.paths() == ["/a"]


def test_pictures_are_not_loaded(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", b"\x89PNG", Content_Type="image/png")
    assert reason(fetcher, f"{site.url}/a") == "not a report: the server calls it image/png"


def test_robots_txt(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /closed\nAllow: /closed/but\n")
    for path in ("/closed/a", "/closed/but", "/open"):
        site.page(path, VISIT)
    said = reason(fetcher, f"{site.url}/closed/a")
    assert said.startswith("the robots.txt of 127.0.0.1 does not allow it")
    fetcher.get(f"{site.url}/closed/but")
    fetcher.get(f"{site.url}/open")
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    site.page("/away", status=302, Location="/closed/a")
    assert "robots.txt" in reason(fetcher, f"{site.url}/away")


def test_robots_txt_that_names_us(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: Khabar\nDisallow: /\n")
    assert "robots.txt" in reason(fetcher, f"{site.url}/a")


def test_without_its_robots_txt_a_busy_server_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", status=500)
    site.page("/a", VISIT)
    assert "its robots.txt cannot be read: the server answered 500" in reason(fetcher, f"{site.url}/a")
    assert "not to be asked again" in reason(fetcher, f"{site.url}/b")
    assert site.paths() == []
    site.page("/robots.txt", status=403)
    with Fetcher(allow_private=True) as another:
        another.get(f"{site.url}/a")


def test_endless_robots_txt_is_read_as_far_as_the_standard_wants(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /closed\n" + "User-agent: robot\nDisallow: /x\n" * 50_000)
    site.page("/a", VISIT)
    began = time.monotonic()
    fetcher.get(f"{site.url}/a")
    assert "robots.txt" in reason(fetcher, f"{site.url}/closed")
    assert time.monotonic() - began < 2


def test_pauses(site: Site) -> None:
    for path in ("/a", "/b"):
        site.page(path, VISIT)
    with Fetcher(allow_private=True, limits=Limits(pause=0.2)) as fetcher:
        began = time.monotonic()
        fetcher.get(f"{site.url}/a")
        fetcher.get(f"{site.url}/b")
        assert time.monotonic() - began >= 0.4  # robots.txt is a request, too


def test_a_delay_that_the_site_wants(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n")
    for path in ("/a", "/b"):
        site.page(path, VISIT)
    fetcher.get(f"{site.url}/a")
    began = time.monotonic()
    fetcher.get(f"{site.url}/b")
    assert time.monotonic() - began >= 0.25


def test_a_dead_server_is_not_asked_for_ever(fetcher: Fetcher) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
        for _ in range(3):
            assert "no connection: connection refused" in reason(fetcher, f"{dead}/a")
        assert "not to be asked again" in reason(fetcher, f"{dead}/a")


def test_names_and_passwords_go_to_their_server_only(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", status=302, Location="/b")
    site.page("/b", status=302, Location=site.url.replace("127.0.0.1", "localhost") + "/c")
    site.page("/c", status=401)
    with pytest.raises(FetchError) as caught:
        fetcher.get(site.url.replace("http://", "http://me:secret@") + "/a")
    assert "secret" not in f"{caught.value} {caught.value.path} {caught.value.reason}"
    sent = {path: "Authorization" in headers for path, headers in site.asked if path != "/robots.txt"}
    assert sent == {"/a": True, "/b": True, "/c": False}
    with pytest.raises(FetchError) as caught:
        fetcher.get("http://me:sec/ret@[::::]/")
    assert "sec" not in str(caught.value)
