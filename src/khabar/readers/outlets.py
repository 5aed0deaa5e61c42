"""Who publishes a page: the outlets of the lexicon, and those that users add in a table of their own.

A user's table is a TSV file whose first line names its columns: ``form`` (the outlet's names, set apart by ``|``,
the one to show first) and any of ``domains`` (hosts, set apart by blanks), ``country`` (ISO 3166, two letters),
``kind`` (agency, paper, tv, radio, site, government) and ``label`` (its name in English).  The environment
variable ``KHABAR_OUTLETS`` names it (``khabar build --outlets FILE`` sets that), so that worker processes read it
too.  Its rows go before ours.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from khabar.errors import InputError
from khabar.lexicon import table
from khabar.readers.lines import words_of

VARIABLE = "KHABAR_OUTLETS"


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: its names, the one to show first, its kind, where it is at home, and its hosts."""

    names: tuple[str, ...]
    kind: str
    country: str | None
    """ISO 3166, two letters, None where it belongs to none."""
    domains: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name to show."""
        return self.names[0]


def known_outlets() -> tuple[Outlet, ...]:
    """The user's outlets, then ours.

    Raises:
        InputError: when the user's table cannot be read.
    """
    return (*_added(os.environ.get(VARIABLE) or None), *_ours())


@cache
def _ours() -> tuple[Outlet, ...]:
    return tuple(
        Outlet(tuple(row["form"].split("|")), row["kind"], row["country"] or None, tuple(row["domains"].split()))
        for row in table("outlets")
    )


@cache
def _added(path: str | None) -> tuple[Outlet, ...]:
    return tuple(_rows(Path(path))) if path else ()


def _rows(path: Path) -> Iterator[Outlet]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"no table of outlets: {error}") from None
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if not rows or "form" not in rows[0][1]:
        raise InputError(str(path), "no table of outlets: its first line must name its columns, and one of them form")
    columns = rows[0][1]
    for number, cells in rows[1:]:
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        if len(cells) > len(columns) or not row.get("form"):
            raise InputError(str(path), f"no table of outlets: line {number} does not fit its columns")
        domains = tuple(row.get("domains", "").lower().split())
        yield Outlet(tuple(row["form"].split("|")), row.get("kind") or "site", row.get("country") or None, domains)


def site_of(url: str | None) -> Outlet | None:
    """The outlet whose host, or a host above it, an address names: ``m.paper.example`` is ``paper.example``.

    Raises:
        InputError: when the user's table cannot be read.
    """
    host = _host(url)
    parts = host.split(".")
    hosts = _by_host(os.environ.get(VARIABLE) or None)
    return next((hosts[host] for host in (".".join(parts[at:]) for at in range(len(parts) - 1)) if host in hosts), None)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""


@cache
def _by_host(path: str | None) -> dict[str, Outlet]:
    hosts: dict[str, Outlet] = {}
    for outlet in (*_added(path), *_ours()):
        for domain in outlet.domains:
            hosts.setdefault(domain, outlet)
    return hosts


def outlet_country(outlet: str | None, url: str | None = None) -> str | None:
    """The country (ISO 3166) of an outlet, by the address of its page, else by its name; None where unknown.

    >>> outlet_country("هسبريس"), outlet_country(None, "https://www.alarabiya.net/a")
    ('MA', 'SA')

    Raises:
        InputError: when the user's table cannot be read.
    """
    site = site_of(url)
    if site is not None:
        return site.country
    return _countries(os.environ.get(VARIABLE) or None).get(words_of(outlet or ""))


@cache
def _countries(path: str | None) -> dict[tuple[str, ...], str | None]:
    countries: dict[tuple[str, ...], str | None] = {}
    for outlet in (*_added(path), *_ours()):
        for name in outlet.names:
            countries.setdefault(words_of(name), outlet.country)
    return countries
