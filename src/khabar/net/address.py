"""Addresses as users, feeds and redirects write them: one form for each, and no password in it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from khabar.net.failure import FetchError

MOST_LETTERS = 4_000
"""Of one address; browsers and servers stop at less."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_USERINFO = re.compile(r"(?<=://)\S*@")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where something is to be fetched from.  ``str(address)`` is its one form, which holds no secret."""

    scheme: str
    host: str
    """As the name service knows it: small letters, Arabic names in their ``xn--`` form; IPv6 without brackets."""
    port: int
    path: str
    """Percent-encoded, with the query."""
    user: tuple[str, str] | None = None
    """Name and password, which are sent to this server and never shown."""

    @property
    def server(self) -> str:
        """What requests are counted by: ``https://paper.example``, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def stem(self) -> str:
        """A name for what lies there.

        >>> parse("https://www.paper.example/news/visit.html").stem, parse("https://paper.example/?p=12").stem
        ('visit', 'paper.example-p=12')
        """
        path, _, query = self.path.partition("?")
        last = posixpath.basename(unquote(path).rstrip("/"))
        stem = posixpath.splitext(last)[0] if re.search(r"\.\w{1,5}$", last) else last
        host = self.host.removeprefix("www.")
        named = stem if re.search(r"[^\W\d_]", stem) else "-".join(filter(None, (host, stem)))
        return "-".join(filter(None, (named, unquote(query))))

    def __str__(self) -> str:
        return self.server + self.path


def is_address(text: str) -> bool:
    """Does a text look like an address, of whatever scheme?  ``C:\\\\reports`` does not.

    >>> is_address("https://paper.example/"), is_address("C:\\\\reports"), is_address("a: b//c")
    (True, False, False)
    """
    return _SCHEME.match(text) is not None


def shown(text: str) -> str:
    """A text that may be an address, fit for messages: no name and password, and not endless.

    Where it is none, nobody can tell where the password ends; so all goes up to the last ``@``.

    >>> shown("https://me:secret@paper.example/feed")
    'https://paper.example/feed'
    """
    safe = _USERINFO.sub("", text.replace("\\", "/"))
    return safe if len(safe) <= 300 else safe[:299] + "…"


def parse(text: str, base: Address | None = None) -> Address:
    """The address that a text writes, from `base` on where it is relative.

    Raises:
        FetchError: when it is no address of a web page.

    >>> str(parse("HTTPS://me:secret@Paper.Example:443/تقرير#top"))
    'https://paper.example/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1'
    """
    import httpx

    if len(text) > MOST_LETTERS:
        raise FetchError(shown(text), f"no address has more than {MOST_LETTERS:,} letters")
    try:
        url = httpx.URL(text.strip())
        if base and url.is_relative_url:
            url = httpx.URL(str(base)).join(url)
        host = url.raw_host.decode("ascii").lower()
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        detail = "" if "@" in text else f": {shown(str(error))}"  # which may quote a piece of a password
        raise FetchError(shown(text), f"not an address{detail}") from None
    if url.scheme not in _PORTS:
        raise FetchError(shown(text), "only http and https addresses are fetched")
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise FetchError(shown(text), "not an address: there is no such name of a host")
    port = _PORTS[url.scheme] if url.port is None else url.port
    path = url.raw_path.decode("ascii") or "/"
    if not 0 < port < 65_536:
        raise FetchError(shown(text), f"not an address: there is no port {port}")
    return Address(url.scheme, host, port, path, _user(url.username, url.password))


def each_once(texts: Iterable[str]) -> list[str]:
    """Addresses as they were given, without those that write one given before in another way.

    >>> each_once(["http://paper.example", "HTTP://paper.example:80/#top", "ftp://x"])
    ['http://paper.example', 'ftp://x']
    """
    forms: dict[str, str] = {}
    for text in texts:
        try:
            forms.setdefault(str(parse(text)), text)
        except FetchError:
            forms.setdefault(text, text)  # whoever takes it says what is wrong with it
    return list(forms.values())


def _user(name: str, password: str) -> tuple[str, str] | None:
    return (name, password) if name or password else None
