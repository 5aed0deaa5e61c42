"""How wide the lines of a text are: evidence for the word with which a line began.

A program that breaks lines puts a word on the next line only where it no longer fits.  So a line's first word is at
least as long as the room that the line above has left.  How far that can be relied upon, with the letters of a font
being of unequal widths, is told by the lines that are not torn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import log

_MOST = 5.0
_LONGEST_WORD = 14
_QUANTILE = 0.97
_LEAST_LINES = 8
_SUPPOSED = 8
"""Pairs of lines that are taken for granted: most programs break lines so."""


class Widths:
    """The width of a text's lines, and what a first word too short for the room above costs (natural logarithm).

    Args:
        lengths: in characters, of every line of more than a few words.
        certain: the length of a line and that of the first word below it, for lines known to be whole.
        words: lengths of words of the text.
    """

    def __init__(self, lengths: Sequence[int], certain: Iterable[tuple[int, int]], words: Sequence[int]) -> None:
        self.width = sorted(lengths)[int(_QUANTILE * (len(lengths) - 1))] if len(lengths) >= _LEAST_LINES else 0
        pairs = [(above, first) for above, first in certain if not self.ends_paragraph(above)]
        wrong = sum(self._fits(above, first) for above, first in pairs)
        ordered = sorted(words)
        by_chance = sum(bisect_left(ordered, self.width - above) / max(1, len(ordered)) for above, _ in pairs)
        gain = _odds(by_chance, len(pairs)) - _odds(wrong, len(pairs) + _SUPPOSED)
        self.cost = max(0.0, min(_MOST, gain)) if 2 * wrong <= len(pairs) else 0.0

    def _fits(self, above: int, first: int) -> bool:
        return above + 1 + first <= self.width

    def against(self, above: int, first: int) -> float:
        """What tells against a line that begins with a word of this length below a line of that length."""
        return self.cost if self._fits(above, first) and not self.ends_paragraph(above) else 0.0

    def ends_paragraph(self, length: int) -> bool:
        """Is a line so short that no word can have kept it from going on?"""
        return length + _LONGEST_WORD < self.width


def _odds(times: float, of: int) -> float:
    return log((times + 0.5) / (of - times + 0.5))
