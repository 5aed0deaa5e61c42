"""A text as lines, with the places where rubbish may stand: before the first paragraph and after the last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khabar.text import fold

_WORD = re.compile(r"[\w\u064b-\u065f\u0670\u0640]+")
_CLOSING = "\"'”»’)]} \t"
_ENDS = (".", "،", "؛", ":", "…")
LONG = 22
"""Words from which on a line is prose even without a full stop."""
_TORN = 9
"""Three lines in a row of so many words are prose cut into lines (a PDF)."""
_HEAD_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: where its characters begin and end, white space at the ends left out."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    """Folded."""

    @property
    def ends_sentence(self) -> bool:
        """Does it end as a sentence does?  (Headlines end with ``؟`` and ``!`` too, so these do not count.)"""
        return self.text.rstrip(_CLOSING).endswith(_ENDS)

    @property
    def key(self) -> str:
        """Its words without numbers, for look-up."""
        return " ".join(word for word in self.words if not word.isdigit())


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text; those before `head` stand before the prose, those from `tail` on after it."""

    text: str
    lines: tuple[Line, ...]
    head: int
    tail: int
    outlet: tuple[str, ...] = ()
    """Words of the outlet's name, where it is known."""
    author: tuple[str, ...] = ()
    """Words of the author's name, where it is known."""

    def at_edge(self, at: int) -> bool:
        """Is line `at` outside the prose?"""
        return at < self.head or at >= self.tail

    def gap(self, at: int) -> str:
        """The white space before line `at`, or after the last."""
        before = self.lines[at - 1].end if at else 0
        after = self.lines[at].start if at < len(self.lines) else len(self.text)
        return self.text[before:after]


def words_of(text: str) -> tuple[str, ...]:
    """Folded words of a short text."""
    return tuple(fold(word) for word in _WORD.findall(text))


def page_of(text: str) -> Page:
    r"""Lines of a text and where its prose begins and ends.

    A text without prose has no edges, so that nothing is taken for rubbish merely because it is short.

    >>> page = page_of("عنوان قصير\n\nوصل الوزير إلى المدينة صباحا.\n\nالوسوم")
    >>> len(page.lines), page.head, page.tail
    (3, 1, 2)
    """
    lines = tuple(_lines(text))
    prose = [at for at in range(len(lines)) if _is_prose(lines, at)]
    if not prose:
        return Page(text, lines, 0, len(lines))
    return Page(text, lines, min(prose[0], _HEAD_LINES), prose[-1] + 1)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for whole in text.split("\n"):
        line = whole.strip()
        if line:
            begin = start + len(whole) - len(whole.lstrip())
            yield Line(begin, begin + len(line), line, words_of(line))
        start += len(whole) + 1


def _is_prose(lines: tuple[Line, ...], at: int) -> bool:
    count = len(lines[at].words)
    if count >= LONG or (count >= 5 and lines[at].ends_sentence):
        return True
    run = lines[max(0, at - 2) : at + 3]
    return count >= _TORN and len(run) >= 3 and _has_run(run) and not _has_twins(run)


def _has_run(lines: tuple[Line, ...]) -> bool:
    """Do three lines that follow one another have so many words each?"""
    long = [_TORN <= sum(not word.isdigit() for word in line.words) < LONG for line in lines]
    return any(all(long[at : at + 3]) for at in range(len(lines) - 2))


def _has_twins(lines: tuple[Line, ...]) -> bool:
    return any(alike(first, second) for at, first in enumerate(lines) for second in lines[at + 1 :])


def alike(first: Line, second: Line) -> bool:
    """Do two lines say the same in nearly the same words (a headline and the headline of the list that led to it)?"""
    if first.words == second.words:
        return len(first.words) >= 3
    longer = max(len(first.words), len(second.words))
    return longer >= 5 and len(set(first.words) & set(second.words)) >= 0.75 * longer
