"""The strokes with which a program stretches words to justify a line, where their code is not that of the kashida.

LibreOffice draws the stroke with a glyph that it gives any code: a blank's, or a sign's (``غ%داً``).  Its place tells
what it is: it lies over the letters on both its sides, where a blank stands clear of the letter before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from khabar.readers.glyphs import Glyph, direction

_TOUCH, _OVER, _NEAR = 0.003, 0.02, 0.03
"""Of the size: how far a stroke lies over the letter before it, how far over both letters beside it together, and how
far its like may stand clear of a letter."""
_MOST = 12
"""Strokes in a row."""
_NEVER = frozenset("«»‹›“”/-–")
"""What does stand between two letters, behind a particle or between the two names of a month."""

Row = tuple[Glyph, ...]
Kind = tuple[bool, float]
"""Is it a blank, and how wide is it against its size?"""


def without_strokes(rows: Sequence[Row]) -> list[Row]:
    """Rows of glyphs, each from right to left, without the strokes."""
    kinds = frozenset(_kind(row[start]) for row in rows for start, end in _runs(row) if _is_stroke(row, start, end))
    if not kinds:
        return list(rows)
    return [tuple(_kept(row, kinds)) for row in rows]


def _kept(row: Row, kinds: frozenset[Kind]) -> Iterator[Glyph]:
    """The glyphs but for the strokes; the letter before a stroke reaches to its end."""
    at = 0
    for start, end in _runs(row):
        if all(_kind(glyph) in kinds for glyph in row[start:end]):
            yield from row[at : start - 1]
            yield replace(row[start - 1], left=row[end - 1].left)
            at = end
    yield from row[at:]


def _kind(glyph: Glyph) -> Kind:
    return glyph.is_space, round((glyph.right - glyph.left) / glyph.size, 2)


def _runs(row: Row) -> Iterator[tuple[int, int]]:
    """Where signs that are no letters touch each other and the letters on both their sides."""
    at = 1
    while at < len(row) - 1:
        end = at
        while end < len(row) - 1 and end - at < _MOST and _may_stretch(row[end]):
            end += 1
        if end > at and _between_letters(row[at - 1], row[end]) and _touch(row[at - 1 : end + 1]):
            yield at, end
        at = max(end, at + 1)


def _may_stretch(glyph: Glyph) -> bool:
    return direction(glyph.text[0]) != "R" and glyph.text[0] not in _NEVER and not glyph.is_mark


def _between_letters(before: Glyph, behind: Glyph) -> bool:
    return direction(before.text[-1]) == "R" == direction(behind.text[0])


def _touch(glyphs: Iterable[Glyph]) -> bool:
    return all(right.left - left.right < _NEAR * left.size for right, left in pairwise(glyphs))


def _is_stroke(row: Row, start: int, end: int) -> bool:
    first, last = row[start], row[end - 1]
    before, behind = first.right - row[start - 1].left, row[end].right - last.left
    if before <= _TOUCH * first.size or (end - start > 1 and len({_kind(glyph) for glyph in row[start:end]}) > 1):
        return False
    return before + behind > _OVER * first.size if first.is_space else behind > -_TOUCH * first.size
