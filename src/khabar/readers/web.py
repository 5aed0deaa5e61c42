"""A web page: which of its blocks are the report, and a plan that leads from its source to their text.

trafilatura decides which words are the article; the page is cut into blocks by a tokenizer of our own, which
knows where each character stood, and the blocks whose words trafilatura kept are kept.  So every character of the
text leads back to its place in the source.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from khabar.model import Edit
from khabar.readers.article import Shown, choose, shows
from khabar.readers.blocks import Block, blocks_of
from khabar.readers.child import in_child
from khabar.readers.dates import find_dates
from khabar.readers.header import names_outlet
from khabar.readers.lines import Line, Page, words_of
from khabar.readers.rubbish import is_label
from khabar.repair.plan import Plan
from khabar.repair.steps import Ruled, in_steps
from khabar.text import fold

_SECONDS = 7.0
"""For trafilatura; with htmldate's share (`metadata`) no page takes more than ten."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read: the plan that leads from its source to the report, and what stands around this."""

    plan: Plan
    around: Page
    """All blocks of the page as lines; those of the report begin at `head` and end at `tail`."""
    headline: int | None
    """Which of these lines shows the headline."""
    title: str | None
    """The title, without the site's name where the page shows it so."""
    byline: str | None
    """The author's name, where it stands in an element that a class calls so."""
    stamp: str | None
    """The date in an element that a class calls the post's metadata."""


def read_page(source: str, title: str | None) -> ReadPage:
    """The plan that leads from the source of a page to the text of its report, headline first, and what is around.

    A page on which trafilatura finds no article gives its paragraphs.

    Raises:
        InputError: when trafilatura takes too long or too much; its path is empty, as only the caller knows it.
    """
    blocks = blocks_of(source)
    texts = [html.unescape(block.text(source)) for block in blocks]
    page = Shown(blocks, texts, [words_of(text) for text in texts])
    title = _as_shown(page, title)
    kept, headline = choose(page, _extracted(source).splitlines(), title)
    chosen = [at for at in kept if headline is None or page.words[at] != page.words[headline]]
    wanted = sorted({*chosen, *([] if headline is None else [headline])})
    plan = in_steps(_edits(source, blocks, wanted, headline, title))
    return ReadPage(plan, *_around(page, chosen, headline), title, _byline(page, headline, chosen), _stamp(page))


_CUT = re.compile(r"\s+[|\-–—»«•·]+\s+|:\s+")
_SHORTEST_TITLE = 4


def _as_shown(page: Shown, title: str | None) -> str | None:
    """The part of a title of several (``الموقع - العنوان``) that the page shows as a line of its own."""
    cuts = list(_CUT.finditer(title or ""))[:6]
    if title is None or not cuts:
        return title
    shown = {words for words, block in zip(page.words, page.blocks, strict=True) if "title" not in block.within}
    parts = [title, *(title[: cut.start()] for cut in reversed(cuts)), *(title[cut.end() :] for cut in cuts)]
    long = [part for part in parts if len(part.split()) >= _SHORTEST_TITLE]
    alone = next((part for part in long if words_of(part) in shown), None)
    return alone or next((part for part in long if any(shows(words, words_of(part)) for words in shown)), title)


_MOST_NAME = 4
_LONGEST_STAMP = 300
_NAME = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


def _byline(page: Shown, headline: int | None, kept: Sequence[int]) -> str | None:
    """The name in an element whose class says that it holds the author's, between headline and report."""
    for at in range(headline or 0, kept[0] if kept else 0):
        if page.kinds(at) & {"byline", "contributors"}:
            parts = (" ".join(part.split()) for part in _CUT.split(page.texts[at]))
            name = next((part for part in parts if _is_name(part)), None)
            if name:
                return name
    return None


def _is_name(text: str) -> bool:
    words = words_of(text)
    named = 2 <= len(words) <= _MOST_NAME and _NAME.fullmatch(text) is not None
    return named and not is_label(text) and not names_outlet(" ".join(words))


def _stamp(page: Shown) -> str | None:
    """The first date that stands in the metadata of a post (``entry-meta``)."""
    marked = (at for at in range(len(page.blocks)) if page.words[at] and "metadata" in page.kinds(at))
    dates = (find_dates(fold(page.texts[at])) for at in marked if len(page.texts[at]) <= _LONGEST_STAMP)
    return next((found[0].value for found in dates if found), None)


def _around(page: Shown, kept: Sequence[int], headline: int | None) -> tuple[Page, int | None]:
    """The blocks of a page that show words, as lines, and where the headline stands among them."""
    shown = [at for at, words in enumerate(page.words) if words and "title" not in page.blocks[at].within]
    lines = tuple(Line(0, 0, " ".join(page.texts[at].split()), page.words[at]) for at in shown)
    head = bisect_left(shown, kept[0]) if kept else len(shown)
    tail = bisect_left(shown, kept[-1]) + 1 if kept else len(shown)
    return Page("", lines, head, tail), shown.index(headline) if headline in shown else None


def fragment_plan(source: str) -> Plan:
    """The plan for a piece of HTML that is all text (the body field of a JSON record)."""
    blocks = blocks_of(source)
    kept = [at for at, block in enumerate(blocks) if words_of(html.unescape(block.text(source)))]
    return in_steps(_edits(source, blocks, kept, None, None))


def _extracted(source: str) -> str:
    return str(in_child("article", "", source.encode("utf-8", "surrogatepass"), seconds=_SECONDS))


_PIECE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|\s+")


def _edits(
    source: str, blocks: Sequence[Block], kept: Iterable[int], headline: int | None, title: str | None
) -> Iterator[Ruled]:
    """Everything outside the kept blocks goes; inside them markup goes, entities are read, spaces become one."""
    at, first, wanted = 0, True, list(kept)
    stands = set(wanted)
    dropped = [piece for number, block in enumerate(blocks) if number not in stands for piece in block.pieces]
    for number in wanted:
        block = blocks[number]
        pieces = _trimmed(source, block, title if number == headline and block.tag == "title" else None)
        if not pieces:
            continue
        yield from _between(dropped, at, pieces[0][0], "" if first else "\n\n")
        yield from _inside(source, pieces)
        at, first = pieces[-1][1], False
    yield from _between(dropped, at, len(source), "")


def _between(dropped: list[tuple[int, int]], start: int, end: int, new: str) -> Iterator[Ruled]:
    """What lies between two kept blocks: markup, and text that is no part of the report."""
    if start == end:
        return
    low, high = bisect_left(dropped, (start, start)), bisect_left(dropped, (end, end))
    if low == high:
        yield "markup", Edit(start, end, new)
        return
    first, last = dropped[low][0], dropped[high - 1][1]
    yield "markup", Edit(start, first, new)
    yield "rubbish:page", Edit(first, last, "")
    if last < end:
        yield "markup", Edit(last, end, "")


def _trimmed(source: str, block: Block, title: str | None) -> list[tuple[int, int]]:
    """The pieces of a block without the white space at its ends, and of ``<title>`` only the title."""
    pieces = [piece for piece in block.pieces if _start(source, *piece) < piece[1]]
    if not pieces:
        return []
    pieces[0] = (_start(source, *pieces[0]), pieces[0][1])
    pieces[-1] = (pieces[-1][0], _end(source, *pieces[-1]))
    return _only_title(source, pieces, title) if title else pieces


_SPACES = ("&nbsp;", "&#160;", "&#xa0;", "&rlm;", "&lrm;")


def _start(source: str, start: int, end: int) -> int:
    """Where the white space at the start of a piece ends, written as entities or not."""
    while start < end:
        entity = next((space for space in _SPACES if source.startswith(space, start, end)), None)
        if entity is None and not source[start].isspace():
            break
        start += len(entity) if entity else 1
    return start


def _end(source: str, start: int, end: int) -> int:
    while start < end:
        entity = next((space for space in _SPACES if source.endswith(space, start, end)), None)
        if entity is None and not source[end - 1].isspace():
            break
        end -= len(entity) if entity else 1
    return end


def _only_title(source: str, pieces: list[tuple[int, int]], title: str) -> list[tuple[int, int]]:
    """``<title>`` without the name of the site before or behind the title."""
    start, end = pieces[0]
    found = source.find(html.escape(title, quote=False), start, end)
    return [(start, end)] if found < 0 else [(found, found + len(html.escape(title, quote=False)))]


def _inside(source: str, pieces: list[tuple[int, int]]) -> Iterator[Ruled]:
    for number, (start, end) in enumerate(pieces):
        if number and pieces[number - 1][1] < start:
            yield from _markup_inside(source, pieces[number - 1][1], start)
        for found in _PIECE.finditer(source, start, end):
            rule, new = ("entity", html.unescape(found.group())) if found.group()[0] == "&" else ("space", " ")
            if rule == "space" and number and found.start() == start and source[pieces[number - 1][1] - 1].isspace():
                new = ""
            if found.group() != new:
                yield rule, Edit(found.start(), found.end(), new)


def _markup_inside(source: str, start: int, end: int) -> Iterator[Ruled]:
    """Tags within a sentence; white space written between two of them stays as one space."""
    outside = html.unescape(re.sub(r"<[^>]*>", "", source[start:end]))
    yield "markup", Edit(start, end, " " if outside[:1].isspace() or outside[-1:].isspace() else "")
