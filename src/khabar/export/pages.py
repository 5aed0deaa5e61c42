"""One page, or where that would be too heavy a first page and others in a folder beside it, with links between them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from markupsafe import escape

from khabar.export.labels import Label

MOST = 1_000_000
"""Bytes of the parts of a page, which a browser opens in less than a second."""
_FURTHER = re.compile(r"(?:stories|events|figures|names|reports)-[0-9]+\.html")
_LINK = re.compile(r'href="#((?:doc|event|name|story):[^"]*?)(@\d+-\d+)?"')


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a page that cannot be divided: one event, one report ..."""

    id: str
    html: str
    group: Label | None = None
    """The heading under which it stands."""


@dataclass(frozen=True, slots=True)
class Section:
    """Units of one kind, in order."""

    kind: str
    units: Sequence[Unit]
    leads: bool = False
    """Does it begin on the first page, even where not everything fits there?"""


@dataclass(slots=True)
class Page:
    """A page's file, relative to the folder of the first page, and what stands on it."""

    file: str
    parts: dict[str, list[Unit]] = field(default_factory=dict)
    size: int = 0

    def has_room(self, unit: Unit, most: int) -> bool:
        """Would a unit fit?"""
        return not self.size or self.size + len(unit.html.encode()) <= most

    def add(self, kind: str, unit: Unit) -> None:
        """Put a unit at the end."""
        self.parts.setdefault(kind, []).append(unit)
        self.size += len(unit.html.encode())


def spread(name: str, sections: Sequence[Section], most: int = MOST) -> list[Page]:
    """The pages for some sections: one where all fits, else the first and, for each section, as many as it needs.

    `name` is the file of the first page; the others lie in a folder that is called after it.
    """
    first = Page(name)
    total = sum(len(unit.html.encode()) for section in sections for unit in section.units)
    folder = _folder(name)
    pages = [first]
    for section in sections:
        on_first = total <= most or section.leads
        page, number = (first if on_first else None), 1
        for unit in section.units:
            if page is None or not page.has_room(unit, most):
                number += page is not None
                page = Page(f"{folder}/{section.kind}-{number}.html")
                pages.append(page)
            page.add(section.kind, unit)
    return pages


def _folder(name: str) -> str:
    """The folder beside a first page in which its further pages lie."""
    return f"{name.rpartition('.')[0] or name}_files"


def leftover(first: Path, written: Collection[str]) -> list[Path]:
    """Further pages of a first page, from an earlier and longer report, that are not among those just written."""
    folder = first.parent / _folder(first.name)
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in found if _FURTHER.fullmatch(file.name) and f"{folder.name}/{file.name}" not in written]


def places(pages: Sequence[Page]) -> dict[str, str]:
    """For every unit, by its id as it stands in HTML, the file of its page."""
    return {str(escape(unit.id)): page.file for page in pages for units in page.parts.values() for unit in units}


def starts(pages: Sequence[Page]) -> dict[str, str]:
    """For every kind of section the file on which it begins."""
    found: dict[str, str] = {}
    for page in pages:
        for kind in page.parts:
            found.setdefault(kind, page.file)
    return found


def path(here: str, there: str) -> str:
    """The address of one page on another; empty on itself.

    >>> path("r.html", "r_files/events-2.html"), path("r_files/events-2.html", "r.html"), path("r.html", "r.html")
    ('r_files/events-2.html', '../r.html', '')
    >>> path("r_files/events-2.html", "r_files/events-1.html")
    'events-1.html'
    """
    if here == there:
        return ""
    folder, _, file = there.rpartition("/")
    if "/" not in here:
        return quote(there)
    return quote(file) if folder else f"../{quote(file)}"


def relinked(html: str, here: str, place_of: Mapping[str, str]) -> str:
    """A page with the links to what stands on another page made to lead there."""

    def turn(match: re.Match[str]) -> str:
        there = place_of.get(match[1], here)
        return f'href="{path(here, there)}#{match[1]}{match[2] or ""}"'

    return _LINK.sub(turn, html)


def grouped(units: Sequence[Unit]) -> Iterator[tuple[Label | None, list[Unit]]]:
    """Units under their headings."""
    for group, found in groupby(units, key=lambda unit: unit.group):
        yield group, list(found)
