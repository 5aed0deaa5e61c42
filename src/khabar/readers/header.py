"""What the lines around a report say of it: when it was published, by whom, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from khabar.lexicon import forms
from khabar.readers.dates import FoundDate, find_dates
from khabar.readers.lines import Line, Page, words_of
from khabar.readers.outlets import known_outlets
from khabar.text import fold

_SEPARATORS = re.compile(r"\s+[-–—|/•]\s+|[|•،:]")
_DASHES = re.compile(r"\s+[-–—|/•]\s+|[|•]")
_DATE = "\0"
"""Stands for a date in a line being taken apart."""
_MOST_WORDS = 20
_LONGEST = 160
"""Characters that a header line may have."""
_MOST_LEFT = 3
"""Words that may stay in a bare date line: a place, an author."""
_Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that holds little else than a date."""

    at: int
    value: str
    score: int
    """How likely this is when the report was published, rather than when the page was seen."""
    outlet: str | None
    left: int
    """How many words it holds beside date and outlet."""
    printed: bool = False
    """Does it say that it is the date of a copy (``تاريخ الطباعة``)?"""


@dataclass(frozen=True, slots=True)
class OutletLine:
    """A line that names an outlet and nothing else; `relayed` where it stands behind ``المصدر:``."""

    at: int
    outlet: str
    relayed: bool
    known: bool


@cache
def labels() -> _Labels:
    """``نشر في`` → ``published`` and the like; what may stand beside a date."""
    return {fold(form): row["kind"] for form, row in forms("rubbish") if row["match"] == "label"}


@cache
def outlets() -> dict[str, str]:
    """Folded forms of known outlets → their kind."""
    return {" ".join(words_of(name)): outlet.kind for outlet in known_outlets() for name in outlet.names}


@cache
def _label_pattern() -> re.Pattern[str]:
    names = sorted(labels(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


@cache
def _outlet_words() -> dict[str, frozenset[str]]:
    rows = [(fold(form), row["place"]) for form, row in forms("outlet_name_marks")]
    return {place: frozenset(form for form, where in rows if where == place) for place in ("first", "last")}


def date_lines(page: Page, headline: int | None) -> Iterator[DateLine]:
    """Bare date lines before and after the prose, each with a score.

    A date beneath the headline is the report's; one above it, where a site shows its weather, is the day on
    which the page was seen.  A clock time and a label such as ``تاريخ النشر`` speak for it.
    """
    for at, line in enumerate(page.lines):
        if page.at_edge(at) and len(line.text) <= _LONGEST and len(line.words) <= _MOST_WORDS:
            found = _date_line(page, at, line, headline)
            if found is not None:
                yield found


def _date_line(page: Page, at: int, line: Line, headline: int | None) -> DateLine | None:
    folded = fold(line.text)
    dates = find_dates(folded)
    if not dates or line.text.endswith(":"):  # ``الأحد 2 أفريل 2017:`` heads the day's programme
        return None
    left, outlet = _left_over(line, _without(folded, dates))
    if left > (0 if at == headline else _MOST_LEFT):
        return None
    printed = any(labels()[label.group()] == "printed" for label in _label_pattern().finditer(folded))
    return DateLine(at, dates[0].value, _score(page, at, headline, folded, dates), outlet, left, printed)


def _without(folded: str, dates: list[FoundDate]) -> str:
    """The line with a mark for each date, a separator for each label; weekdays and the like gone."""
    for found in reversed(dates):
        folded = f"{folded[: found.start]} {_DATE} {folded[found.end :]}"
    return _label_pattern().sub(lambda found: " " if labels()[found.group()] == "filler" else " | ", folded)


def _left_over(line: Line, rest: str) -> tuple[int, str | None]:
    """How many words stay when dates and labels are taken out, and the outlet among them.

    Words that run on into the date without a sign between them are a sentence or a headline, unless it is one
    word, a place.
    """
    left, outlet = 0, None
    for piece in _SEPARATORS.split(rest):
        sides = [words for side in piece.split(_DATE) if (words := _key(side))]
        named = [words for words in sides if names_outlet(words)]
        outlet = outlet or (_as_written(line, named[0]) if named else None)
        counts = [len(words.split()) for words in sides if words not in named]
        left += sum(counts) if _DATE not in piece or max(counts, default=0) < 2 else _MOST_LEFT + 1
    return left, outlet


def _key(text: str) -> str:
    return " ".join(word for word in words_of(text) if not word.isdigit())


def _score(page: Page, at: int, headline: int | None, folded: str, dates: list[FoundDate]) -> int:
    kinds = {labels()[found.group()] for found in _label_pattern().finditer(folded)}
    score = 2 * (headline is not None and headline < at < page.head) - 2 * (at >= page.tail)
    score += dates[0].has_hour + 2 * ("published" in kinds)
    return score - ("updated" in kinds and "published" not in kinds and len(dates) == 1)


def _as_written(line: Line, words: str) -> str | None:
    """The characters of the line that folded to these words."""
    count = len(words.split())
    parts = re.findall(r"[\w\u064b-\u065f\u0670]+", line.text)
    for first in range(len(parts) - count + 1):
        if " ".join(words_of(" ".join(parts[first : first + count]))) == words:
            return " ".join(parts[first : first + count])
    return None


def names_outlet(words: str) -> bool:
    return words in outlets() or _looks_like_outlet(words.split())


def _looks_like_outlet(words: list[str]) -> bool:
    if not 2 <= len(words) <= 4:
        return False
    shapes = _outlet_words()
    return words[0] in shapes["first"] or words[-1] in shapes["last"]


def believed_date(lines: Sequence[DateLine], headline: int | None, today: int) -> tuple[str | None, str | None]:
    """When the report was published and when its page was seen, of the bare date lines around it.

    The day shown above the headline among weather and menus (`today` is the last line of these) is when the page
    was seen, as is one behind ``تاريخ الطباعة``.
    """
    top = [line for line in lines if line.printed or line.at <= today]
    best = max((line for line in lines if line not in top), key=lambda line: line.score, default=None)
    above = [line for line in lines if best and headline is not None and line.at < min(headline, best.at)]
    seen = [line.value for line in (*top, *above) if best is None or line.value[:10] > best.value[:10]]
    return (best.value if best else None), max(seen, default=None)


def outlet_lines(page: Page, headline: int | None, known: str | None) -> Iterator[OutletLine]:
    """Short lines around the prose that are the name of an outlet, with or without a label and a place.

    A name is believed when the table has it, when it begins or ends as outlets' names do (``صحيفة``, ``نيوز``),
    or when it is what the input itself gave.  An agency's name after the prose is the signature of what was
    copied from it, not the outlet.
    """
    for at, line in enumerate(page.lines):
        if (
            page.at_edge(at)
            and at != headline
            and len(line.words) <= 7
            and len(line.text) <= _LONGEST
            and not line.text.endswith(".")
        ):
            found = _outlet_line(at, line, known)
            if found is not None and not (at >= page.tail and _is_agency(found.outlet)):
                yield found


def _outlet_line(at: int, line: Line, known: str | None) -> OutletLine | None:
    label, colon, rest = line.text.partition(":")
    relayed = bool(colon) and labels().get(fold(label.strip())) == "source"
    pieces = [piece.strip(' "«»“”()[]-') for piece in _DASHES.split(rest if relayed else line.text)]
    pieces = [piece for piece in pieces if piece]
    if not 1 <= len(pieces) <= 2 or len(pieces[-1].split()) > 4:
        return None
    words = " ".join(words_of(pieces[0]))
    given = bool(known) and words in {" ".join(words_of(known or "")), _without_kind(known or "")}
    if given or names_outlet(words):
        return OutletLine(at, pieces[0], relayed, given or words in outlets())
    return None


def _is_agency(outlet: str) -> bool:
    return outlets().get(" ".join(words_of(outlet))) == "agency"


def _without_kind(outlet: str) -> str:
    words = list(words_of(outlet))
    return " ".join(words[1:] if len(words) > 1 and words[0] in _outlet_words()["first"] else words)


_WITHOUT_COLON = frozenset({"بقلم", "بواسطه", "مرسله بواسطه", "كتب بواسطه", "نشر بواسطه", "نشرت بواسطه", "كتب", "كتبت"})
_BYLINE = re.compile(r"^(?P<label>\w+(?:\s+بواسطة)?)\s+(?P<name>[^\d:.،,|]{3,60}?)\s*(?:$|[-–|،,].*|في\s.*\d.*)")


def author_of(line: Line) -> str | None:
    """Who wrote it, of a line such as ``بقلم: ...``; the colon may be missing after ``بقلم`` and ``كتب``.

    >>> from khabar.readers.lines import page_of
    >>> author_of(page_of("كتبت ليلى حسن").lines[0])
    'ليلى حسن'
    """
    label, colon, name = line.text.partition(":")
    if not colon:
        found = _BYLINE.match(line.text)
        if found is None or fold(found["label"]) not in _WITHOUT_COLON or line.ends_sentence:
            return None
        label, name = found["label"], found["name"]
        if fold(label).startswith("كتب") and not 2 <= len(name.split()) <= 3:
            return None
    name = name.strip()
    if labels().get(fold(label.strip())) != "author" or not 1 <= len(name.split()) <= 5 or name.isascii():
        return None
    return name
