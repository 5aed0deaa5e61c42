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

from khabar.model import Edit
from khabar.readers.blocks import Block, blocks_of
from khabar.readers.lines import words_of
from khabar.repair.plan import Plan
from khabar.repair.steps import Ruled, in_steps

_NEVER = frozenset({"figcaption", "aside", "nav", "footer", "button", "form-field", "title"})
"""Elements that hold no part of a report, whatever trafilatura says."""
_HEADINGS = frozenset({"h1", "h2", "h3"})
_PARAGRAPH = 12
"""Words that a sentence must have to be believed without trafilatura."""
_SURE = 5
"""Words from which on a block that trafilatura kept is known by its words alone."""


def page_plan(source: str, title: str | None) -> Plan:
    """The plan that leads from the source of a page to the text of its report, headline first.

    A page on which trafilatura finds no article gives its paragraphs.
    """
    blocks = blocks_of(source)
    words = [words_of(html.unescape(block.text(source))) for block in blocks]
    kept = _article(source, blocks, words)
    headline = _headline(blocks, words, title, kept)
    kept = sorted({*kept, *_missed(source, blocks, words, kept, headline)})
    chosen = [at for at in kept if headline is None or words[at] != words[headline]]
    return in_steps(
        _edits(source, blocks, sorted({*chosen, *([] if headline is None else [headline])}), headline, title)
    )


def fragment_plan(source: str) -> Plan:
    """The plan for a piece of HTML that is all text (the body field of a JSON record)."""
    blocks = blocks_of(source)
    kept = [at for at, block in enumerate(blocks) if words_of(html.unescape(block.text(source)))]
    return in_steps(_edits(source, blocks, kept, None, None))


def _article(source: str, blocks: Sequence[Block], words: Sequence[tuple[str, ...]]) -> list[int]:
    lines = [words_of(line) for line in _extracted(source).splitlines()]
    lines = [line for line in lines if line]
    kept = _in_article(words, lines)
    kept = [at for at in kept if not blocks[at].within & _NEVER]
    return kept or _paragraphs(blocks, words)


def _paragraphs(blocks: Sequence[Block], words: Sequence[tuple[str, ...]]) -> list[int]:
    """For a page in which trafilatura sees no article: its ``<p>``, else its longer blocks, else all its text."""
    shown = [at for at, block in enumerate(blocks) if words[at] and not block.within & _NEVER]
    marked = [at for at in shown if blocks[at].tag == "p"]
    return marked or [at for at in shown if len(words[at]) >= _PARAGRAPH] or shown


def _extracted(source: str) -> str:
    import trafilatura  # slow to load; only pages need it

    found = trafilatura.extract(
        source, include_comments=False, favor_recall=True, output_format="txt", deduplicate=False
    )
    return found or ""


def _in_article(words: Sequence[tuple[str, ...]], lines: list[tuple[str, ...]]) -> list[int]:
    """Blocks whose words stand in the article: long ones anywhere, short ones as a line between long ones."""
    whole = f" {' '.join(' '.join(line) for line in lines)} "
    alone = frozenset(lines)
    sure = [at for at, block in enumerate(words) if len(block) >= _SURE and f" {' '.join(block)} " in whole]
    sure = _densest(sure, words)
    if not sure:
        return []
    between = (at for at in range(sure[0], sure[-1]) if words[at] and len(words[at]) < _SURE)
    return sorted({*sure, *(at for at in between if words[at] in alone)})


def _densest(sure: list[int], words: Sequence[tuple[str, ...]]) -> list[int]:
    """Each passage once: a block whose words were kept already (a teaser of this very page) goes."""
    seen: set[tuple[str, ...]] = set()
    first = []
    for at in sure:
        if words[at] not in seen:
            seen.add(words[at])
            first.append(at)
    return first


def _missed(
    source: str, blocks: Sequence[Block], words: Sequence[tuple[str, ...]], kept: list[int], headline: int | None
) -> Iterator[int]:
    """Whole sentences between the headline and the last paragraph that trafilatura left out: often the lead."""
    if not kept:
        return
    seen = {words[at] for at in kept}
    for at in range(kept[0] if headline is None else headline + 1, kept[-1]):
        text = blocks[at].text(source).rstrip()
        if (
            len(words[at]) >= _PARAGRAPH
            and text.endswith(".")
            and not blocks[at].within & _NEVER
            and words[at] not in seen
        ):
            yield at


def _headline(
    blocks: Sequence[Block], words: Sequence[tuple[str, ...]], title: str | None, kept: list[int]
) -> int | None:
    """The block that shows the title: a heading before the article, else the page's ``<title>``."""
    wanted = words_of(title or "")
    before = range(kept[0] + 1) if kept else range(len(blocks))
    headings = [at for at in before if blocks[at].tag in _HEADINGS and words[at] and "title" not in blocks[at].within]
    same = [at for at in headings if words[at] == wanted]
    if same:
        return same[-1]
    first = [at for at in headings if blocks[at].tag == "h1" and len(words[at]) >= 3]
    if first and not wanted:
        return first[-1]
    named = [
        at for at, block in enumerate(blocks) if block.tag == "title" and wanted and words[at][: len(wanted)] == wanted
    ]
    return named[0] if named else (first[-1] if first else None)


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
    """``<title>`` without the name of the site behind the title."""
    start, end = pieces[0]
    written = len(html.escape(title, quote=False))
    return (
        [(start, start + written)]
        if source[start : start + written] == html.escape(title, quote=False)
        else [(start, end)]
    )


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
