"""A small web site in this process, and limits so small that nothing takes long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from khabar.net.fetch import Fetcher, Limits
from khabar.record.rules import Rules

LIMITS = Limits(connect=1, read=0.4, total=1.5, most_bytes=200_000, redirects=4, tries=3, pause=0, longest_wait=1)

VISIT = (
    "قالت وكالة السنبلة إن رئيس مجلس السيادة السوداني عبد الفتاح البرهان وصل أمس إلى القاهرة في زيارة تستمر يومين. "
    "وأكد وزير الخارجية المصري سامح شكري أن الرئيس عبد الفتاح السيسي استقبل البرهان في العلمين."
)
BOAT = "قالت منظمة الهجرة إن قاربا غرق قبالة طرابلس أمس، وإن 12 مهاجرا فقدوا وأنقذ خفر السواحل ثلاثين آخرين."


@dataclass
class Reply:
    """What the site answers with; `write` writes the whole answer itself."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[[BaseHTTPRequestHandler], None] | None = None

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass
class Site:
    """Pages by path; whatever else is asked for is not found."""

    url: str = ""
    pages: dict[str, Reply | Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def page(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Reply(body, status, {"Content-Type": "text/plain; charset=utf-8", **named})
        return self.url + path

    def paths(self) -> list[str]:
        """What was asked for, beside robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def feed(self, path: str, *items: str, more: str = "", **headers: str) -> str:
        channel = f"<channel><title>المرصد</title>{more}{''.join(items)}</channel>"
        body = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
        return self.page(path, body, **{"Content_Type": "application/rss+xml", **headers})

    def item(self, path: str, title: str = "خبر", date: str = "Tue, 29 Aug 2023 20:45:00 +0300", text: str = "") -> str:
        link = f"<link>{self.url}{path}</link>" if path else ""
        return f"<item><title>{title}</title>{link}<pubDate>{date}</pubDate><description>{text}</description></item>"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers)))
        reply = self.site.pages.get(self.path.partition("?")[0], Reply(b"not here", 404))
        reply = reply if isinstance(reply, Reply) else reply(dict(self.headers))
        if reply.write is not None:
            reply.write(self)
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.data)))
        self.end_headers()
        if reply.status != 304:
            self.wfile.write(reply.data)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves early is what these tests are about."""


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty site on this machine."""
    made = Site()
    handler = type("Handler", (_Handler,), {"site": made})
    with _Server(("127.0.0.1", 0), handler) as server:
        made.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits wherever a fetcher is made, and rules that nobody edits meanwhile."""
    monkeypatch.setattr("khabar.net.fetch.LIMITS", LIMITS)
    for place in ("khabar.build", "khabar.watch"):
        monkeypatch.setattr(f"{place}.present_rules", lambda: Rules("test", "annotate", "link"))


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """One that may ask this machine."""
    with Fetcher(allow_private=True) as made:
        yield made
