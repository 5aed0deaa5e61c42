"""Digits that a font turned into private-use characters, read back from the text itself.

A PDF may name the glyph of a digit by a code of its own font, so that a year comes out as four signs of the private
use area.  Which digit each code stands for is worked out from what the text says around it: four of them after
``عام`` are a year, one or two before a month's name are a day, some names end in a known number (``عربي 21``), no
number begins with zero, and a font numbers its digits in order.  A code is mended only where every good reading
agrees on it, and nothing is touched in a text without such characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from khabar.lexicon import forms
from khabar.model import Edit
from khabar.repair.words import oddities
from khabar.text import fold

_RUN = re.compile(r"[\ue000-\uf8ff]+")
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 40
"""Characters before and after a run in which its neighbours are looked for."""
_RUNS = 200
_BEAM = 400
_STRONG = 3.0
_ORDER = 0.5
_MARGIN = 0.4
_ROW_MARGIN, _MANY_CODES, _GAP = 1.0, 4, 16
_ROW_SCORE, _BEAM_SCORE = 0.95, 0.85
_LONGEST = 15
"""A run of more private characters is no number."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2050


@dataclass(frozen=True, slots=True)
class Run:
    """A run of private characters, the word before it, and the two words after it."""

    codes: str
    before: str
    after: tuple[str, ...]


def private_digits(text: str) -> tuple[Edit, ...]:
    r"""Private-use characters whose digit the text gives away.

    >>> from khabar.repair.plan import apply_edits
    >>> text = "منذ عام \ue009\ue005\ue008\ue008 وفي \ue009\ue008 من حزيران"
    >>> apply_edits(text, private_digits(text))
    'منذ عام 2011 وفي 21 من حزيران'
    """
    if not _RUN.search(oddities(text)):
        return ()
    runs = list(_runs(text))[:_RUNS]
    digits, score = _in_a_row(runs), _ROW_SCORE
    if not digits:
        digits, score = read_digits(runs), _BEAM_SCORE
    return tuple(Edit(at, at + 1, digits[code], score) for at, code in enumerate(text) if code in digits)


def _in_a_row(runs: list[Run]) -> dict[str, str]:
    """What the codes stand for if ten codes in a row are the ten digits of a font, and the text is sure which ten."""
    codes = sorted({code for run in runs for code in run.codes})
    digits: dict[str, str] = {}
    for font in _fonts(codes):
        readings = sorted(_row_readings(font, runs), key=lambda pair: -pair[0])
        best = readings[0][0] if readings else 0.0
        sure = best - readings[1][0] >= _ROW_MARGIN if len(readings) > 1 else best >= 0 and len(font) > _MANY_CODES
        if sure and (best >= _STRONG / 2 or len(readings) == 1):
            digits |= readings[0][1]
    return digits


def _fonts(codes: list[str]) -> Iterator[list[str]]:
    """The codes of each font: those that lie close together."""
    font: list[str] = []
    for code in codes:
        if font and ord(code) - ord(font[-1]) > _GAP:
            yield font
            font = []
        font.append(code)
    if font:
        yield font


def _row_readings(font: list[str], runs: list[Run]) -> Iterator[tuple[float, dict[str, str]]]:
    first, last = ord(font[0]), ord(font[-1])
    own = [run for run in runs if set(run.codes) <= set(font)]
    for zero in range(max(0, last - 9), first + 1):
        reading = {code: str(ord(code) - zero) for code in font}
        yield sum(_told(run, reading) for run in own), reading


def _runs(text: str) -> Iterator[Run]:
    for found in _RUN.finditer(text):
        before = _WORD.findall(text[max(0, found.start() - _NEAR) : found.start()])
        after = _WORD.findall(text[found.end() : found.end() + _NEAR])
        yield Run(found.group(), fold(before[-1]) if before else "", tuple(fold(word) for word in after[:2]))


def read_digits(runs: list[Run]) -> dict[str, str]:
    """What every good reading of the runs agrees on: private character to digit."""
    codes = sorted({code for run in runs for code in run.codes})
    if len(codes) > 10:
        return {}
    readings = _readings(runs, codes)
    if not readings or max(_told(run, readings[0][1]) for run in runs) < _STRONG:
        return {}
    best = readings[0][0]
    good = [reading for score, reading in readings if score > best - _MARGIN]
    return {code: good[0][code] for code in codes if len({reading[code] for reading in good}) == 1}


def _readings(runs: list[Run], codes: list[str]) -> list[tuple[float, dict[str, str]]]:
    """The best readings, the best first: a beam search that gives the codes their digits one by one."""
    beam: list[tuple[float, dict[str, str]]] = [(0.0, {})]
    for number in range(len(codes)):
        known = set(codes[: number + 1])
        read = [run for run in runs if set(run.codes) <= known]
        grown = [
            {**reading, codes[number]: digit}
            for _, reading in beam
            for digit in "0123456789"
            if digit not in reading.values()
        ]
        scored = [(sum(_told(run, reading) for run in read) + _in_order(reading), reading) for reading in grown]
        beam = sorted(scored, key=lambda pair: (-pair[0], sorted(pair[1].items())))[:_BEAM]
    return beam


def _told(run: Run, reading: Mapping[str, str]) -> float:
    """How well the text around a run fits the number that it would be."""
    digits = "".join(reading[code] for code in run.codes)
    if len(digits) > 1 and digits[0] == "0":
        return -_STRONG
    if len(digits) > _LONGEST:
        return 0.0
    number = int(digits)
    if len(digits) == 4 and (run.before in _year_heads() or run.before in _months()):
        return _STRONG if _FIRST_YEAR <= number <= _LAST_YEAR else -_STRONG
    if len(digits) <= 2 and _is_before_month(run.after):
        return _STRONG / 2 if 1 <= number <= 31 else -_STRONG
    return _STRONG if digits in _numbered_names().get(run.before, ()) else 0.0


def _is_before_month(after: tuple[str, ...]) -> bool:
    """``27 يونيو`` or ``27 من يونيو``."""
    named = after[1:] if after[:1] == ("من",) else after[:1]
    return bool(named) and named[0] in _months()


def _in_order(reading: Mapping[str, str]) -> float:
    """A font numbers its glyphs in the order of the digits, mostly without a gap."""
    pairs = sorted((ord(code), int(digit)) for code, digit in reading.items())
    score = 0.0
    for (code, digit), (next_code, next_digit) in pairwise(pairs):
        score += _ORDER if digit < next_digit else -_ORDER
        score += _ORDER if next_digit - digit == next_code - code else 0.0
    return score


@cache
def _months() -> frozenset[str]:
    return frozenset(fold(form).split()[0] for form, _ in forms("months"))


@cache
def _year_heads() -> frozenset[str]:
    return frozenset(fold(form).split()[-1] for form, _ in forms("year_heads"))


@cache
def _numbered_names() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form, row in forms("numbered_names"):
        found.setdefault(fold(form), set()).add(row["number"])
    return {name: frozenset(numbers) for name, numbers in found.items()}
