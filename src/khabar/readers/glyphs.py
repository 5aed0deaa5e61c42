"""The glyphs of a PDF's page: which characters each stands for, and where it lies."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

_MOST_SIGNS = 60_000
"""Of one page; a full page of a newspaper has a third of it."""
_SAME = 0.01
"""Points; characters nearer than this were drawn by one glyph."""
_TWICE = 0.08
"""Of the size; one letter drawn twice so near to itself is bold type made by overprinting."""
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn sign, in points; `left` is where the pen was, `order` its place in the file."""

    text: str
    left: float
    right: float
    base: float
    size: float
    order: int
    turn: int
    """Quarter turns of its writing against the page."""

    @property
    def middle(self) -> float:
        """Halfway between its sides."""
        return (self.left + self.right) / 2

    @property
    def is_space(self) -> bool:
        """Is it a blank that was drawn as such?"""
        return self.text.isspace()

    @property
    def is_mark(self) -> bool:
        """Is it a vowel sign?"""
        return _is_mark(self.text)


@lru_cache(maxsize=10_000)
def _is_mark(text: str) -> bool:
    return all(unicodedata.category(letter) == "Mn" for letter in text)


@cache
def direction(letter: str) -> str:
    """``R`` for Arabic and Hebrew letters, ``L`` for others, ``N`` for digits, ``""`` for all else.

    >>> direction("ب"), direction("b"), direction("7"), direction("٧"), direction("(")
    ('R', 'L', 'N', 'N', '')
    """
    kind = unicodedata.bidirectional(letter)
    if kind in _RIGHT_TO_LEFT:
        return "R"
    if kind in {"EN", "AN"}:
        return "N"
    return "L" if kind == "L" else ""


def glyphs_of(layer: Any) -> list[Glyph] | None:
    """The glyphs of a page's text layer, in the order of the file, the page turned as most of its writing is.

    None where a page has more than can be put in order.
    """
    if layer.count_chars() > _MOST_SIGNS:
        return None
    found = _joined(_Signs(layer).all())
    turn, _ = Counter(glyph.turn for glyph in found).most_common(1)[0] if found else (0, 0)
    return [_turned(glyph, turn) for glyph in found] if turn else found


@dataclass(frozen=True, slots=True)
class _Sign:
    text: str
    x: float
    y: float
    glyph: Glyph


class _Signs:
    """Asks pdfium for the characters of a text layer, one by one."""

    def __init__(self, layer: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium, self._layer = pdfium, layer
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()

    def all(self) -> Iterator[_Sign]:
        """All but those that pdfium made up itself."""
        for order in range(self._layer.count_chars()):
            if not self._pdfium.FPDFText_IsGenerated(self._layer, order):
                sign = self._sign(order)
                if sign is not None:
                    yield sign

    def _sign(self, order: int) -> _Sign | None:
        pdfium, layer, box, matrix = self._pdfium, self._layer, self._box, self._matrix
        text = chr(pdfium.FPDFText_GetUnicode(layer, order))
        pdfium.FPDFText_GetCharOrigin(layer, order, self._x, self._y)
        pdfium.FPDFText_GetLooseCharBox(layer, order, box)
        if text < " " or (text.isspace() and box.right - box.left < _SAME and box.top - box.bottom < _SAME):
            return None
        pdfium.FPDFText_GetMatrix(layer, order, matrix)
        size = pdfium.FPDFText_GetFontSize(layer, order) * math.hypot(matrix.c, matrix.d)
        turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        x, y = self._x.value, self._y.value
        first, last = (box.left, box.right) if turn % 2 == 0 else (box.bottom, box.top)
        along, base = ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
        sides = sorted((first, last) if turn < 2 else (-last, -first))
        return _Sign(text, x, y, Glyph(text, along, sides[1], base, size or 1.0, order, turn))


def _joined(signs: Iterator[_Sign]) -> list[Glyph]:
    """Characters of one glyph together; overprinted letters once."""
    found: list[Glyph] = []
    last: _Sign | None = None
    drawn: dict[tuple[str, int, int], Glyph] = {}
    for sign in signs:
        one = last is not None and abs(sign.x - last.x) < _SAME and abs(sign.y - last.y) < _SAME
        if one and found:
            found[-1] = _one_glyph(found[-1], sign.glyph)
        elif not _overprinted(sign.glyph, drawn):
            found.append(sign.glyph)
        last = sign
    return [replace(glyph, text=_spelled(glyph.text)) if len(glyph.text) > 1 else glyph for glyph in found]


def _one_glyph(glyph: Glyph, more: Glyph) -> Glyph:
    """Two characters of one glyph; a blank that a letter's glyph is said to hold beside it is not there."""
    text = (glyph.text + more.text).strip() or " "
    return replace(glyph, text=text, left=min(glyph.left, more.left), right=max(glyph.right, more.right))


def _overprinted(glyph: Glyph, drawn: dict[tuple[str, int, int], Glyph]) -> bool:
    near = _TWICE * glyph.size
    across, up = round(glyph.left / near), round(glyph.base / near)
    places = [(glyph.text, across + x, up) for x in (0, -1, 1)]
    others = [drawn[place] for place in places if place in drawn]
    drawn[places[0]] = glyph
    return not glyph.is_space and any(
        abs(other.left - glyph.left) < near and abs(other.base - glyph.base) < near for other in others
    )


_ALEFS = frozenset("اأإآٱ")


def _spelled(text: str) -> str:
    """The characters of one glyph in the order in which they are spelled: ``لا`` is drawn in one stroke, ``ال`` never.

    Fonts that list their glyphs from left to right name the alef first.
    """
    letters = [letter for letter in text if unicodedata.category(letter) != "Mn"]
    marks = [letter for letter in text if unicodedata.category(letter) == "Mn"]
    if len(letters) == 2 and letters[1] == "ل" and letters[0] in _ALEFS:
        letters.reverse()
    return "".join(letters + marks)


def _turned(glyph: Glyph, turn: int) -> Glyph:
    return replace(glyph, turn=(glyph.turn - turn) % 4)
