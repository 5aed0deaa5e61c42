"""HTML cut into blocks of text with the place of every character; never fails, whatever the markup.

A tokenizer of a few lines instead of a parser: it goes once through the source, keeps no tree, and so neither
deep nesting nor unclosed tags can hurt it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from khabar.errors import InputError
from khabar.lexicon import forms

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
_MOST_MARKS = 6
_UNMARKED = frozenset({"html", "body", "main", "article"})
"""Elements that hold a whole page; what their classes say is about the page."""


Mark = tuple[int, str]
"""An element, by its number in the page, and what its class or id says that it holds (``related``, ``share``)."""


@dataclass(frozen=True, slots=True)
class Block:
    """Text between two block tags: the stretches of the source that hold it, the tag, and what it lies within."""

    tag: str
    within: frozenset[str]
    pieces: tuple[tuple[int, int], ...]
    linked: int = 0
    """How many of its characters are links."""
    shape: tuple[str, str] = ("", "")
    """The element and the one around it, each as tag and class: paragraphs of one text have the same."""
    marks: tuple[Mark, ...] = ()
    """The marked elements that it lies within, the outermost first."""
    article: int = 0
    """Number of the ``<article>`` that it lies in, 0 for none."""

    def text(self, source: str) -> str:
        """Its characters as they stand in the source."""
        return "".join(source[start:end] for start, end in self.pieces)


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element: its tag, its tag with its class, and the marks and the article that it lies in."""

    name: str
    shape: str
    marks: tuple[Mark, ...]
    article: int


_ROOT = _Element("", "", (), 0)


MOST_BLOCKS = 50_000
MOST_TAGS = 300_000
"""The longest live blogs have a tenth of either."""


class _Cutter:
    """Collects pieces of text until a block tag comes."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.open: list[_Element] = []
        self.within: dict[str, int] = {}
        self._count = 0
        self._links = 0
        self._linked = 0
        self._pieces: list[tuple[int, int]] = []
        self._named = Counter[str]()
        """How many open elements have a name."""

    def text(self, start: int, end: int) -> None:
        if start < end:
            self._linked += (end - start) * bool(self._links)
            if self._pieces and self._pieces[-1][1] == start:  # a million of ``<`` are one piece
                start, _ = self._pieces.pop()
            self._pieces.append((start, end))

    def cut(self) -> None:
        if self._pieces:
            if len(self.blocks) >= MOST_BLOCKS:
                raise InputError("", f"too many pieces: a page may have {MOST_BLOCKS:,} blocks of text")
            within = frozenset(name for name, depth in self.within.items() if depth)
            last = self.open[-1] if self.open else _ROOT
            around = self.open[-2].shape if len(self.open) > 1 else ""
            shape = (last.shape, around)
            self.blocks.append(
                Block(last.name, within, tuple(self._pieces), self._linked, shape, last.marks, last.article)
            )
            self._pieces, self._linked = [], 0

    def tag(self, name: str, written: str, *, close: bool) -> None:
        if name == "a":
            self._links = 0 if close else 1
        if name in _INLINE:
            return
        self.cut()
        if name in _VOID:
            return
        if close:
            self._closed(name)
        elif len(self.open) < _DEEPEST:
            self._opened(name, written)

    def _opened(self, name: str, written: str) -> None:
        self._count += 1
        above = self.open[-1] if self.open else _ROOT
        classes = _classes(written)
        kind = _marked(classes) if name not in _UNMARKED else None
        marks = (*above.marks, (self._count, kind)) if kind and len(above.marks) < _MOST_MARKS else above.marks
        article = self._count if name == "article" else above.article
        self.open.append(_Element(name, f"{name} {_DIGITS.sub('', classes)}", marks, article))
        self._named[name] += 1
        if name in _TOLD:
            self.within[name] = self.within.get(name, 0) + 1

    def _closed(self, name: str) -> None:
        """Closes `name` and what was left open inside it; a stray end tag closes nothing."""
        if not self._named[name]:
            return
        while True:
            last = self.open.pop().name
            self._named[last] -= 1
            if last in _TOLD:
                self.within[last] -= 1
            if last == name:
                return


_CLASSES = re.compile(r"""\s(?:class|id)\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s"'<>]{1,300}))""", re.IGNORECASE)
_DIGITS = re.compile(r"[\d-]+")
_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def _classes(tag: str) -> str:
    """Class and id of a tag, as written."""
    return " ".join(a or b or c for a, b, c in _CLASSES.findall(tag)) if len(tag) > 6 else ""


@cache
def _mark_words() -> dict[str, str]:
    return {form: row["kind"] for form, row in forms("page_marks")}


@lru_cache(maxsize=4096)
def _marked(classes: str) -> str | None:
    """What a class or id says that the element holds, by its words: ``td-related-box`` → ``related``."""
    kinds = _mark_words()
    for one in classes.split():
        words = [word.lower() for word in _CLASS_WORD.findall(one)]
        pairs = ["-".join(pair) for pair in pairwise(words)]
        known = next((kinds[word] for word in (*pairs, *words) if word in kinds), None)
        if known:
            return known
    return None


def blocks_of(source: str) -> list[Block]:
    """Blocks of text of a page, in order; scripts, styles, comments and form fields hold none.

    Raises:
        InputError: when there are more than `MOST_BLOCKS` or `MOST_TAGS`; its path is empty, as only the
            caller knows it.

    >>> [block.text("<p>أ <b>ب</b></p>ج") for block in blocks_of("<p>أ <b>ب</b></p>ج")]
    ['أ ب', 'ج']
    """
    tags = source.count("<")
    if tags > MOST_TAGS:
        raise InputError("", f"too many tags: {tags:,}, where a page may have {MOST_TAGS:,}")
    cutter = _Cutter()
    for kind, start, end in _tokens(source):
        if kind == "text":
            cutter.text(start, end)
        else:
            cutter.tag(kind.lstrip("/"), source[start:end], close=kind.startswith("/"))
    cutter.cut()
    return cutter.blocks


def _tokens(source: str) -> Iterator[tuple[str, int, int]]:
    """``text``, ``name`` or ``/name`` with its place; comments, declarations and silent elements are passed over."""
    at, unclosed, reach = 0, set[str](), _REACH
    while at < len(source):
        opening = source.find("<", at)
        if opening < 0:
            yield "text", at, len(source)
            return
        yield "text", at, opening
        at, kind, reach = _tag_end(source, opening, reach)
        if kind in _SILENT and kind not in unclosed and source[at - 2 : at] != "/>":
            end = _end_of_silent(source, kind, at)
            at = at if end is None else end
            unclosed |= {kind} if end is None else set()
        elif kind:
            yield kind, opening, at
        elif at == opening + 1:
            yield "text", opening, at


_REST = re.compile(r"""(?>[^>"']+|"[^"]{0,5000}"|'[^']{0,5000}')*+>""")
_REACH = 20_000
"""Characters in which a tag must end for its quotes to be believed."""


def _tag_end(source: str, at: int, reach: int) -> tuple[int, str, int]:
    """Where the tag or comment that begins here ends, the tag's name, empty where it has none, and the next reach.

    Each tag whose quotes never close halves the reach, so that a page of nothing else is not read thousands of times.
    """
    if source.startswith("<!--", at):
        return _after(source, "-->", at + 4), "", reach
    if source[at + 1 : at + 2] in {"!", "?"}:
        return _after(source, ">", at + 2), "", reach
    found = _TAG.match(source, at)
    if found is None:
        return at + 1, "", reach
    name = f"{found['close']}{found['name'].lower()}"
    rest = _REST.match(source, found.end(), found.end() + reach)
    if rest is None:
        return _after(source, ">", found.end()), name, max(reach // 2, _REACH // 100)
    return rest.end(), name, reach


def _end_of_silent(source: str, name: str, at: int) -> int | None:
    """After ``</script>``; None where nobody closes the element (a script then ends with the page)."""
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, at)
    if found is not None:
        return _after(source, ">", found.end())
    return len(source) if name in {"script", "style"} else None


def _after(source: str, mark: str, at: int) -> int:
    found = source.find(mark, at)
    return len(source) if found < 0 else found + len(mark)
