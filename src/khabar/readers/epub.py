"""The text of a book (.epub): its chapters in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from khabar.errors import InputError
from khabar.readers.office import Parts, Text, local, parts_of

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "blockquote", "div"})
_LEFT_OUT = frozenset({"script", "style", "nav", "head", "title", "svg"})
_BREAKS = frozenset({"br", "hr", "tr"})


def read_epub(path: str, data: bytes) -> Text:
    """The paragraphs of all chapters, one a line, and what the book says of itself.

    Raises:
        InputError: when it is no book, is broken or locked, or unpacks to an absurd size.
    """
    parts = parts_of(path, data, "EPUB book")
    if "META-INF/rights.xml" in parts.names:
        raise InputError(path, "EPUB book locked with a password")
    package = next((name for name in sorted(parts.names) if name.endswith(".opf")), None)
    if package is None:
        raise InputError(path, "broken EPUB book: it has no list of chapters")
    root = parts.tree(package)
    lines = [line for name in _chapters(root, package) if name in parts.names for line in _lines_of(parts, name)]
    told = {local(node): node.text or "" for node in root.iter() if isinstance(node.tag, str)}
    properties = {"Title": "title", "Author": "creator", "CreationDate": "date"}
    return "\n".join(lines), {name: told.get(field, "") for name, field in properties.items()}


def _chapters(root: Any, package: str) -> Iterator[str]:
    """The names of the chapters' parts, in reading order; the list of contents is none."""
    items = {node.get("id"): node for node in root.iter() if local(node) == "item"}
    for node in root.iter():
        item = items.get(node.get("idref")) if local(node) == "itemref" else None
        if item is not None and "nav" not in (item.get("properties") or "").split():
            yield posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(item.get("href") or "")))


def _lines_of(parts: Parts, name: str) -> Iterator[str]:
    from lxml import etree, html

    try:
        page = html.document_fromstring(parts.read(name), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        raise InputError(parts.path, f"broken EPUB book: its chapter {name} cannot be read") from None
    written = "".join(_pieces(page))
    yield from (" ".join(line.split()) for line in written.split("\n") if line.strip())


def _pieces(node: Any) -> Iterator[str]:
    """Characters in order; a line ends before and behind each block."""
    if not isinstance(node.tag, str) or node.tag in _LEFT_OUT:
        return
    end = "\n" if node.tag in _BLOCKS or node.tag in _BREAKS else ""
    yield end
    yield (node.text or "").replace("\n", " ")
    for inner in node:
        yield from _pieces(inner)
        yield (inner.tail or "").replace("\n", " ")
    yield end
