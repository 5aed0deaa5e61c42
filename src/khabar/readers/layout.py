"""Where the glyphs of a page lie, read as a person does: columns, then lines, then signs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from khabar.readers.bidi import logical
from khabar.readers.glyphs import Glyph, direction
from khabar.readers.strokes import without_strokes

_LINE = 0.4
"""Of the size: glyphs whose base lines differ by less stand on one line."""
_BLANK = 0.2
"""Of the size: letters further apart than this are two words, where no blank was drawn between them."""
_GUTTER = 1.0
"""Of the size: the least width of the empty strip between two columns."""
_COLUMN_LINES = 4
_COLUMN_SIGNS = 18
"""On average a line; the cells of a table have fewer."""
_MOST_ABOVE, _MOST_BELOW = 12, 4
"""Lines that may stand across all columns at the top and at the foot of a page."""
_PARAGRAPH = 1.25
"""Of the usual distance between lines: what stands further apart belongs to two paragraphs."""


@dataclass(frozen=True)
class Line:
    """Glyphs of one line or of one column's part of it, from right to left."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def base(self) -> float:
        """The height at which most of it stands."""
        bases = sorted(glyph.base for glyph in self.glyphs)
        return bases[len(bases) // 2]

    @cached_property
    def size(self) -> float:
        """The middle size of its glyphs."""
        sizes = sorted(glyph.size for glyph in self.glyphs)
        return sizes[len(sizes) // 2]

    @cached_property
    def left(self) -> float:
        """Its left end."""
        return min(glyph.left for glyph in self.glyphs)

    @cached_property
    def right(self) -> float:
        """Its right end."""
        return max(glyph.right for glyph in self.glyphs)


def text_of_page(glyphs: Sequence[Glyph]) -> str:
    """The text of a page in reading order, a line break after each line, an empty line between paragraphs.

    Writing that stands across the rest comes last, as the file has it.
    """
    level = [glyph for glyph in glyphs if glyph.turn == 0]
    if not level:
        return ""
    rightward = _is_arabic(level)
    rows = [Line(row) for row in without_strokes([row.glyphs for row in _rows(level)])]
    columns = _in_order([piece for row in rows for piece in _pieces(row)], rightward=rightward)
    parts = [_text_of_column(column, rightward=rightward) for column in columns]
    across = "".join(glyph.text for glyph in glyphs if glyph.turn)
    return "\n".join([*parts, across] if across.strip() else parts)


def _is_arabic(glyphs: Iterable[Glyph]) -> bool:
    kinds = [direction(glyph.text[0]) for glyph in glyphs]
    return kinds.count("R") >= kinds.count("L")


def _rows(glyphs: Sequence[Glyph]) -> list[Line]:
    """Glyphs on one height, from the top of the page to its foot."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.is_mark, -glyph.base)):
        if glyph.is_mark and rows:
            min(rows, key=lambda row: abs(row[0].base - glyph.base)).append(glyph)
        elif rows and rows[-1][0].base - glyph.base < _LINE * min(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [Line(_right_to_left(row)) for row in rows]


def _right_to_left(row: Iterable[Glyph]) -> tuple[Glyph, ...]:
    """By the place of the pen; each vowel sign behind the letter that it stands on."""
    signs = sorted((glyph for glyph in row if not glyph.is_mark), key=lambda glyph: (-glyph.left, glyph.order))
    marks: dict[int, list[Glyph]] = {}
    for mark in (glyph for glyph in row if glyph.is_mark):
        marks.setdefault(_bearer(mark, signs), []).append(mark)
    if not signs:
        return tuple(row)
    return tuple(
        glyph
        for at, sign in enumerate(signs)
        for glyph in (sign, *sorted(marks.get(at, ()), key=lambda mark: (mark.text != "\u0651", mark.order)))
    )


def _bearer(mark: Glyph, signs: Sequence[Glyph]) -> int:
    """The letter with which a vowel sign shares most of its width, or the nearest one."""
    first = bisect_left(signs, -mark.right - mark.size, key=lambda sign: -sign.left)
    last = bisect_right(signs, -mark.left + 3 * mark.size, key=lambda sign: -sign.left)
    near = [at for at in range(first, last) if direction(signs[at].text[0]) == "R"] or range(len(signs))
    return max(
        near, key=lambda at: (round(_shared(mark, signs[at]), 1), -abs(signs[at].middle - mark.middle)), default=0
    )


def _shared(one: Glyph, other: Glyph) -> float:
    return max(0.0, min(one.right, other.right) - max(one.left, other.left))


def _pieces(row: Line) -> list[Line]:
    """A row cut where it may be two columns."""
    pieces: list[list[Glyph]] = [[]]
    edge = float("inf")
    for glyph in row.glyphs:
        if glyph.is_space:
            if pieces[-1]:
                pieces[-1].append(glyph)
            continue
        if pieces[-1] and edge - glyph.right > _GUTTER * glyph.size:
            pieces.append([])
        pieces[-1].append(glyph)
        edge = min(edge, glyph.left)
    return [Line(tuple(piece)) for piece in pieces if piece]


def _in_order(lines: list[Line], *, rightward: bool) -> list[list[Line]]:
    """Lines in columns, the column that is read first first."""
    lines = sorted(lines, key=lambda line: (-line.base, -line.right))
    heights = _heights(lines)
    for skipped in range(_MOST_ABOVE + _MOST_BELOW + 1):
        for above in range(max(0, skipped - _MOST_BELOW), min(skipped, _MOST_ABOVE) + 1):
            start, end = _cut(heights, above), _cut(heights, len(heights) - (skipped - above))
            found = _columns(lines[start:end], rightward=rightward)
            if found:
                top, foot = lines[:start], lines[end:]
                return [column for column in (top, *found, foot) if column]
    return [lines] if lines else []


def _heights(lines: Sequence[Line]) -> list[int]:
    """Where each new height begins in lines sorted from top to foot."""
    new = [at for at, (above, line) in enumerate(pairwise(lines), 1) if above.base - line.base > _LINE * line.size]
    return [0, *new]


def _cut(heights: Sequence[int], at: int) -> int:
    return heights[max(0, min(at, len(heights) - 1))] if at < len(heights) else 10**9


def _columns(lines: Sequence[Line], *, rightward: bool) -> list[list[Line]]:
    """The columns of lines that are parted by empty strips from top to foot; none where there are not two."""
    columns: list[list[Line]] = []
    edge = float("inf")
    for line in sorted(lines, key=lambda line: -line.right):
        if not columns or edge - line.right > _GUTTER * line.size:
            columns.append([])
        columns[-1].append(line)
        edge = min(edge, line.left)
    if len(columns) < 2 or not all(_is_column(column) for column in columns):
        return []
    ordered = [_sorted(column) for column in columns]
    return ordered if rightward else ordered[::-1]


def _is_column(lines: Sequence[Line]) -> bool:
    signs = sum(len(line.glyphs) for line in lines)
    return len(_heights(_sorted(lines))) >= _COLUMN_LINES and signs >= _COLUMN_SIGNS * len(lines)


def _sorted(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.base, -line.right))


def _text_of_column(lines: Sequence[Line], *, rightward: bool) -> str:
    """Pieces of one height as one line again, and an empty line where the distance is larger than usual."""
    starts = [*_heights(lines), len(lines)]
    rows = [_one_line(lines[start:end]) for start, end in pairwise(starts)]
    drops = sorted((above.base - below.base) / below.size for above, below in pairwise(rows))
    usual = drops[len(drops) // 3] if drops else 0.0
    parts: list[str] = []
    for at, row in enumerate(rows):
        if at and _begins_paragraph(rows[at - 1], row, usual):
            parts.append("")
        parts.append(_text_of_line(row, rightward=rightward))
    return "\n".join(parts)


def _one_line(pieces: Iterable[Line]) -> Line:
    return Line(tuple(glyph for piece in sorted(pieces, key=lambda piece: -piece.right) for glyph in piece.glyphs))


def _begins_paragraph(above: Line, line: Line, usual: float) -> bool:
    size = max(above.size, line.size)
    return (above.base - line.base) / size > _PARAGRAPH * usual or abs(above.size - line.size) > 0.15 * size


def _text_of_line(line: Line, *, rightward: bool) -> str:
    parts: list[str] = []
    edge: float | None = None
    for glyph in line.glyphs:
        if glyph.is_space:
            parts.append(" ")
            edge = glyph.left if edge is None else min(edge, glyph.left)
        elif glyph.is_mark:
            parts.append(glyph.text)
        else:
            if edge is not None and _are_two_words(parts, glyph, edge):
                parts.append(" ")
            parts.append(glyph.text)
            edge = glyph.left
    return " ".join(logical(parts, rightward=_direction(parts, rightward=rightward)).split())


_WORD_END = re.compile("ة[\u064b-\u0652]?|اً|ًا")
"""What no letter of the same word follows."""
_TANWIN = re.compile("اً|ًا|ً")


def _are_two_words(parts: Sequence[str], glyph: Glyph, edge: float) -> bool:
    """Is there a blank before a sign: by its distance, or because the letters before it end a word?"""
    if _TANWIN.match(glyph.text):
        return False  # one glyph for two letters, drawn at the place of the second
    ended = _WORD_END.fullmatch("".join(parts[-2:])[-2:]) or _WORD_END.fullmatch(parts[-1][-1:])
    if ended and direction(glyph.text[0]) == "R":
        return True
    return edge - glyph.right > _BLANK * glyph.size


def _direction(signs: Iterable[str], *, rightward: bool) -> bool:
    """Is a line read from right to left?  Where it tells nothing itself, as the page is."""
    kinds = [direction(sign[0]) for sign in signs]
    arabic, latin = kinds.count("R"), kinds.count("L")
    return rightward if arabic == latin or (arabic and latin and rightward) else arabic > latin
