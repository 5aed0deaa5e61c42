"""Arabic that was stored as it is seen, from left to right: ``ةرايز`` for ``زيارة``.

Old files and some PDFs hold lines in visual order.  Whether a line does is told by its words: read backwards they are
known, as they stand they are not.  Numbers and Latin words run from left to right in both orders and are kept,
unless the years of the text show that they were turned as well; brackets are mirrored where that closes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from khabar.model import Edit
from khabar.repair.numbers import is_year
from khabar.repair.words import FORM, LETTER, MARK, bare, familiarity, frequency, sureness

_WORD = re.compile(rf"[{LETTER}{MARK}{FORM}\u0640]+")
_CHEAP = re.compile(
    rf"(?<![{LETTER}{MARK}{FORM}])(?:[ةى\ufe94\ufef0][{LETTER}{FORM}]|يف(?![{LETTER}])|نم(?![{LETTER}]))"
)
_LEFT_TO_RIGHT = re.compile(
    r"[A-Za-z\u00c0-\u024f@#](?:[\w .,'’&:/@#+-]*[A-Za-z0-9\u00c0-\u024f])?"
    r"|[+-]?[0-9٠-٩۰-۹]+(?:[.,:/٫٬-][0-9٠-٩۰-۹]+)*[%٪]?",
    re.ASCII,
)
_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_PAIR = re.compile(r"\([^()\n]*\)|\[[^][\n]*\]|\{[^{}\n]*\}|«[^«»\n]*»|‹[^‹›\n]*›")
_MARKS = re.compile(rf"([{MARK}]+)([{LETTER}{FORM}])")
_STRAY_MARK = re.compile(rf"(?<![{LETTER}{FORM}{MARK}])[{MARK}]")
_GAIN, _EASY_GAIN = 1.5, 0.5
"""Zipf points, the mean of a line's words, by which a line must be better known when read backwards; the second where
most of the text is in visual order."""
_WORDS, _MANY, _ENOUGH = 3, 8, 300
_WORD_GAIN = 3.5
_SHORTEST = 4
_YEAR_WORTH = 5.0


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    words: int
    gain: float
    """How much better known its words are, in the mean, when they are read backwards."""


@dataclass(frozen=True, slots=True)
class _How:
    """How lines were laid out: were brackets mirrored, and were numbers and Latin words turned round as well?"""

    mirrored: bool = True
    all: bool = False


def visual_order(text: str) -> tuple[Edit, ...]:
    """Lines in visual order turned round, and words of other lines that are spelled backwards.

    >>> from khabar.repair.plan import apply_edits
    >>> text = ".(رصم) ةرهاقلا ىلإ 2023 ماع لصو ريزولا"
    >>> apply_edits(text, visual_order(text))
    'الوزير وصل عام 2023 إلى القاهرة (مصر).'
    """
    if not _CHEAP.search(text):
        return ()
    lines = list(_lines(text))
    turned = sum(line.words for line in lines if line.gain > 0)
    mostly = turned >= _MANY and 2 * turned > sum(line.words for line in lines)
    needed = _EASY_GAIN if mostly else _GAIN
    backwards = [line for line in lines if _is_backwards(line, needed)]
    how = _how([line.text for line in backwards])
    edits = [_edit(line, 0, len(line.text), how, sureness(line.gain)) for line in backwards]
    for line in lines:
        if not _is_backwards(line, needed):
            edits += _words(line)
    return tuple(sorted(edits, key=lambda edit: edit.start))


def _edit(line: _Line, start: int, end: int, how: _How, score: float) -> Edit:
    return Edit(line.start + start, line.start + end, _turned(line.text[start:end], how), score)


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for whole in text.split("\n"):
        line = whole.strip()
        words = _WORD.findall(line)[:_ENOUGH]
        if words:
            gain = sum(_gain(word) for word in words) / len(words)
            yield _Line(at + len(whole) - len(whole.lstrip()), line, len(words), gain)
        at += len(whole) + 1


def _is_backwards(line: _Line, needed: float) -> bool:
    return line.gain >= needed and (line.words >= _WORDS or needed < _GAIN)


@lru_cache(maxsize=50_000)
def _gain(word: str) -> float:
    """How much better known a word is when it is read backwards; a ligature is one letter."""
    return familiarity(word[::-1]) - familiarity(word) if len(word) > 1 else 0.0


def _turned(line: str, how: _How) -> str:
    """A line in the order in which it is read."""
    parts, at = [], 0
    for found in _LEFT_TO_RIGHT.finditer(line):
        parts += [_mirrored(line[at : found.start()][::-1], how), found.group()[::-1] if how.all else found.group()]
        at = found.end()
    read = "".join([*parts, _mirrored(line[at:][::-1], how)][::-1])
    return _MARKS.sub(r"\2\1", read) if _STRAY_MARK.search(read) else read


def _mirrored(part: str, how: _How) -> str:
    return part.translate(_MIRROR) if how.mirrored else part


def _how(lines: list[str]) -> _How:
    """The way of turning lines under which most brackets close and most numbers are years, Latin words known."""
    mirrored = _pairs(lines, mirrored=True) >= _pairs(lines, mirrored=False)
    words = [word for line in lines for word in re.findall(r"[A-Za-z]{3,}|(?<!\d)\d{4}(?!\d)", line)]
    return _How(mirrored, all=sum(_worth(word[::-1]) - _worth(word) for word in words) > 0)


def _worth(word: str) -> float:
    return _YEAR_WORTH * is_year(word) if word[0].isdigit() else frequency(word.lower())


def _pairs(lines: list[str], *, mirrored: bool) -> int:
    """Brackets that open and close within a line, once the lines are turned."""
    turned = (line[::-1].translate(_MIRROR) if mirrored else line[::-1] for line in lines)
    return sum(len(_PAIR.findall(line)) for line in turned)


def _words(line: _Line) -> Iterator[Edit]:
    """Words spelled backwards in a line that is not; several of them beside each other are one stretch."""
    words = list(_WORD.finditer(line.text))
    turned = [_is_turned_word(word.group()) for word in words]
    at = 0
    while at < len(words):
        end = at
        while turned[at] and end + 1 < len(words) and (turned[end + 1] or _may_be_turned(words[end + 1].group())):
            end += 1
        while not turned[end] and end > at:
            end -= 1
        if turned[at]:
            yield _edit(line, words[at].start(), words[end].end(), _How(), sureness(_WORD_GAIN / 2))
        at = end + 1


def _is_turned_word(word: str) -> bool:
    plain = bare(word)
    if len(plain) < _SHORTEST or (len(plain) == _SHORTEST and plain[0] not in "ةى"):
        return False
    return not familiarity(word) and frequency(word[::-1]) >= _WORD_GAIN


def _may_be_turned(word: str) -> bool:
    return len(word) < _SHORTEST and _gain(word) > 0
