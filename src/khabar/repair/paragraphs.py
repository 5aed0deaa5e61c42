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
_LEAST_WIDTH = 45
"""Characters; a verse or an item of a list is shorter as a rule."""
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
    if not _is_torn(lines, width):
        return ()
    pairs = pairwise(lines)
    joined = ((line, below) for line, below in pairs if line.open and len(line.text) >= _FULL * width)
    return tuple(Edit(line.end, below.start, " ") for line, below in joined)


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
