"""Paragraphs that were cut into lines, as in text pulled from a PDF: joined again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from khabar.model import Edit

_ENDS = (".", "!", "?", "؟", "…", ":", "؛")
_CLOSING = "\"'”»’)]} \t"
_UNFINISHED = frozenset(
    {
        "في",
        "من",
        "على",
        "إلى",
        "عن",
        "مع",
        "أن",
        "إن",
        "التي",
        "الذي",
        "هذا",
        "هذه",
        "بين",
        "حيث",
        "أو",
        "ما",
        "لا",
        "لم",
        "قد",
        "كل",
    }
)
"""Words after which no headline and no verse ends, but a torn line often does."""
_LEAST_LINES = 8
_LEAST_WIDTH = 30
"""Characters; a verse or an item of a list is shorter as a rule."""
_WIDER_THAN_VERSE = 70
_OPEN_LAST = 0.4
"""Of the lines before an empty one: a headline ends without a stop, too."""
_FULL = 0.7
"""Of the median width: a line shorter than this ended by itself (a heading, the end of a paragraph)."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def open(self) -> bool:
        """Does it stop in the middle of a sentence?"""
        return not self.text.rstrip(_CLOSING).endswith(_ENDS)

    @property
    def unfinished(self) -> bool:
        return self.text.rpartition(" ")[2] in _UNFINISHED


def torn_lines(text: str) -> tuple[Edit, ...]:
    """Line breaks within sentences become spaces, where the text shows that it was cut at a width.

    The signs: lines of nearly one width, most of which stop in the middle of a sentence, some after a word like
    ``في`` that nothing ends with.  A list of headlines shows the first two, never the third.
    """
    lines = _lines(text)
    if len(lines) < _LEAST_LINES:
        return ()
    width = sorted(len(line.text) for line in lines)[len(lines) // 2]
    told = _blanks_part_paragraphs(text, lines)
    if not _is_torn(lines, width) and not (told and _fills_blocks(text, lines, width)):
        return ()
    joined = (
        (line, below)
        for line, below in pairwise(lines)
        if len(line.text) >= _FULL * width and (line.open or (told and not _parted(text, line, below)))
    )
    return tuple(Edit(line.end, below.start, " ") for line, below in joined)


def _parted(text: str, line: _Line, below: _Line) -> bool:
    """Is there an empty line between two?"""
    return text.count("\n", line.end, below.start) > 1


def _blanks_part_paragraphs(text: str, lines: list[_Line]) -> bool:
    """Do the empty lines of a text stand between its paragraphs, as most lines before them end a sentence?

    Then a sentence that ends where a line does, inside a block, ends no paragraph.
    """
    last = [line for line, below in pairwise(lines) if _parted(text, line, below)]
    return 2 <= len(last) <= len(lines) / 2 and sum(line.open for line in last) <= _OPEN_LAST * len(last)


def _fills_blocks(text: str, lines: list[_Line], width: float) -> bool:
    """Are all lines but the last of each block wide ones, wider than verse, that stop in the middle of a sentence?"""
    inner = [line for line, below in pairwise(lines) if not _parted(text, line, below)]
    full = [line for line in inner if len(line.text) >= _FULL * width]
    open_ones = sum(line.open for line in full)
    return width >= _WIDER_THAN_VERSE and len(full) >= max(3, 0.8 * len(inner)) and open_ones >= 0.7 * len(full)


def _lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for whole in text.split("\n"):
        line = whole.strip()
        start = at + len(whole) - len(whole.lstrip())
        if line:
            lines.append(_Line(start, start + len(line), line))
        at += len(whole) + 1
    return lines


def _is_torn(lines: list[_Line], width: float) -> bool:
    if width < _LEAST_WIDTH:
        return False
    full = [line for line in lines if _FULL * width <= len(line.text) <= 1.4 * width]
    open_ones = [line for line in full if line.open]
    unfinished = sum(line.unfinished for line in open_ones)
    even = len(full) >= 0.6 * len(lines) and max(len(line.text) for line in lines) <= 2 * width
    return even and len(open_ones) >= 0.6 * len(full) and unfinished >= max(2, 0.05 * len(open_ones))
