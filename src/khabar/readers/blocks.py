"""HTML cut into blocks of text with the place of every character; never fails, whatever the markup.

A tokenizer of a few lines instead of a parser: it goes once through the source, keeps no tree, and so neither
deep nesting nor unclosed tags can hurt it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)")
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "o:p", "img",
})  # fmt: skip
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "textarea", "select", "iframe", "object", "math", "canvas"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_TOLD = frozenset({"figcaption", "aside", "nav", "footer", "header", "button", "title", "figure", "article", "main"})
_DEEPEST = 500


@dataclass(frozen=True, slots=True)
class Block:
    """Text between two block tags: the stretches of the source that hold it, the tag, and what it lies within."""

    tag: str
    within: frozenset[str]
    pieces: tuple[tuple[int, int], ...]

    def text(self, source: str) -> str:
        """Its characters as they stand in the source."""
        return "".join(source[start:end] for start, end in self.pieces)


class _Cutter:
    """Collects pieces of text until a block tag comes."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.open: list[str] = []
        self.within: dict[str, int] = {}
        self._pieces: list[tuple[int, int]] = []

    def text(self, start: int, end: int) -> None:
        if start < end:
            self._pieces.append((start, end))

    def cut(self) -> None:
        if self._pieces:
            within = frozenset(name for name, depth in self.within.items() if depth)
            self.blocks.append(Block(self.open[-1] if self.open else "", within, tuple(self._pieces)))
            self._pieces = []

    def tag(self, name: str, *, close: bool) -> None:
        if name in _INLINE:
            return
        self.cut()
        if name in _VOID:
            return
        if close:
            self._closed(name)
        elif len(self.open) < _DEEPEST:
            self.open.append(name)
            if name in _TOLD:
                self.within[name] = self.within.get(name, 0) + 1

    def _closed(self, name: str) -> None:
        """Closes `name` and what was left open inside it; a stray end tag closes nothing."""
        if name not in self.open:
            return
        while True:
            last = self.open.pop()
            if last in _TOLD:
                self.within[last] -= 1
            if last == name:
                return


def blocks_of(source: str) -> list[Block]:
    """Blocks of text of a page, in order; scripts, styles, comments and form fields hold none.

    >>> [block.text("<p>أ <b>ب</b></p>ج") for block in blocks_of("<p>أ <b>ب</b></p>ج")]
    ['أ ب', 'ج']
    """
    cutter = _Cutter()
    for kind, start, end in _tokens(source):
        if kind == "text":
            cutter.text(start, end)
        else:
            cutter.tag(kind.lstrip("/"), close=kind.startswith("/"))
    cutter.cut()
    return cutter.blocks


def _tokens(source: str) -> Iterator[tuple[str, int, int]]:
    """``text``, ``name`` or ``/name`` with its place; comments, declarations and silent elements are passed over."""
    at, unclosed = 0, set[str]()
    while at < len(source):
        opening = source.find("<", at)
        if opening < 0:
            yield "text", at, len(source)
            return
        yield "text", at, opening
        at, kind = _tag_end(source, opening)
        if kind in _SILENT and kind not in unclosed and source[at - 2 : at] != "/>":
            end = _end_of_silent(source, kind, at)
            at = at if end is None else end
            unclosed |= {kind} if end is None else set()
        elif kind:
            yield kind, opening, at
        elif at == opening + 1:
            yield "text", opening, at


_REST = re.compile(r"""(?>[^>"']+|"[^"]{0,5000}"|'[^']{0,5000}')*+>""")


def _tag_end(source: str, at: int) -> tuple[int, str]:
    """Where the tag or comment that begins here ends, and the tag's name, empty where it has none."""
    if source.startswith("<!--", at):
        return _after(source, "-->", at + 4), ""
    if source[at + 1 : at + 2] in {"!", "?"}:
        return _after(source, ">", at + 2), ""
    found = _TAG.match(source, at)
    if found is None:
        return at + 1, ""
    rest = _REST.match(source, found.end(), found.end() + 20_000)
    end = rest.end() if rest else _after(source, ">", found.end())
    return end, f"{found['close']}{found['name'].lower()}"


def _end_of_silent(source: str, name: str, at: int) -> int | None:
    """After ``</script>``; None where nobody closes the element (a script then ends with the page)."""
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, at)
    if found is not None:
        return _after(source, ">", found.end())
    return len(source) if name in {"script", "style"} else None


def _after(source: str, mark: str, at: int) -> int:
    found = source.find(mark, at)
    return len(source) if found < 0 else found + len(mark)
