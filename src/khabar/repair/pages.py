"""Lines that every page repeats, in text pulled from pages with a form feed between two: headers, footers, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khabar.model import Edit

_EDGE = 3
"""Lines at the top and at the foot of a page among which the repeated ones are."""
_SHARE = 0.6
"""Of the pages that must repeat a line."""
_LONGEST = 120
_DIGITS = re.compile(r"\d+")
_SCORE = 0.95


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    key: str
    """Its words, with every number the same: a page's number counts up."""


def running_lines(text: str) -> tuple[Edit, ...]:
    r"""What most pages have at their top or foot, page numbers apart, goes; a text of one page has no such line.

    >>> from khabar.repair.plan import apply_edits
    >>> text = "الصحيفة 1\n\nوصل الوفد إلى\n\fالصحيفة 2\n\nالمدينة أمس\n"
    >>> apply_edits(text, running_lines(text))
    'وصل الوفد إلى\n\x0cالمدينة أمس\n'
    """
    if "\f" not in text:
        return ()
    pages = [page for page in _pages(text) if page]
    if len(pages) < 2:
        return ()
    tops = _repeated([page[:_EDGE] for page in pages])
    feet = _repeated([page[-_EDGE:] for page in pages])
    edits = (edit for page in pages for edit in _of_page(text, page, tops, feet))
    return tuple(edit for edit in edits if edit.start < edit.end)


def _pages(text: str) -> Iterator[list[_Line]]:
    at = 0
    for page in text.split("\f"):
        lines: list[_Line] = []
        start = at
        for line in page.split("\n"):
            if line.strip():
                lines.append(_Line(start, start + len(line), _DIGITS.sub("0", " ".join(line.split()))))
            start += len(line) + 1
        yield lines
        at += len(page) + 1


def _repeated(edges: Sequence[Sequence[_Line]]) -> frozenset[str]:
    counts = Counter(key for lines in edges for key in {line.key for line in lines})
    least = max(2.0, _SHARE * len(edges))
    return frozenset(key for key, count in counts.items() if count >= least and len(key) <= _LONGEST)


def _of_page(text: str, lines: list[_Line], tops: frozenset[str], feet: frozenset[str]) -> Iterator[Edit]:
    """The page's first lines as long as they are repeated ones, and its last."""
    first = next((at for at, line in enumerate(lines[:_EDGE]) if line.key not in tops), min(_EDGE, len(lines)))
    last = len(lines)
    while last > max(first, len(lines) - _EDGE) and lines[last - 1].key in feet:
        last -= 1
    if first == last:
        return
    page_start = text.rfind("\f", 0, lines[0].start) + 1
    if first:
        yield Edit(page_start, lines[first].start, "", _SCORE)
    if last < len(lines):
        yield Edit(lines[last - 1].end, lines[-1].end, "", _SCORE)
