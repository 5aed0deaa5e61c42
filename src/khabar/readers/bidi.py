"""From signs as they stand on a page, right to left, to the order in which they are read.

The inverse of the Unicode bidirectional algorithm for one line: numbers and Latin words, which run from left to
right, are turned round, and brackets get the form that opens or closes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from khabar.readers.glyphs import direction

_BINDS_DIGITS = frozenset(".,:/٫٬")
"""Signs that stay inside a number (common separators); a dash between two numbers of Arabic text does not."""
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "<": ">"}
_OTHER = {**_PAIRS, **{closing: opening for opening, closing in _PAIRS.items()}}


def logical(signs: Sequence[str], *, rightward: bool) -> str:
    """The text of a line whose signs are given from right to left; `rightward` where it is read so.

    A number beside a Latin word goes with it (``Covid 19``), since the page looks the same either way.

    >>> logical(list("وباء 91 divoC ("), rightward=True)
    'وباء Covid 19 ('
    >>> logical(list(reversed("see عام")), rightward=False)
    'see ماع'
    """
    kinds = _kinds(signs)
    if not rightward:
        return _brackets("".join(_turned(list(signs)[::-1], kinds[::-1], "R")))
    return _brackets("".join(_turned(list(signs), kinds, "LN")))


def _kinds(signs: Sequence[str]) -> list[str]:
    """The direction of each sign; a separator between two digits goes with them."""
    kinds = [direction(sign[0]) for sign in signs]
    for at in range(1, len(signs) - 1):
        if not kinds[at] and signs[at] in _BINDS_DIGITS and kinds[at - 1] == kinds[at + 1] == "N":
            kinds[at] = "N"
    return kinds


def _turned(signs: list[str], kinds: list[str], against: str) -> list[str]:
    """Runs that go against the line, turned round."""
    found: list[str] = []
    at = 0
    while at < len(signs):
        end = _end_of_run(kinds, at, against) if kinds[at] and kinds[at] in against else at
        found += reversed(signs[at:end]) if end > at else signs[at : at + 1]
        at = max(end, at + 1)
    return found


def _end_of_run(kinds: list[str], start: int, against: str) -> int:
    """Where a run ends: at a sign of the line's own direction, less what hangs between the two.

    Blanks and signs between two Latin words belong to the run, and so do numbers beside a Latin word; two numbers
    with a blank between them are two runs.
    """
    end = start + 1
    latin = kinds[start] != "N"
    at = end
    while at < len(kinds) and (not kinds[at] or kinds[at] in against):
        if kinds[at]:
            if at > end and not (latin and kinds[at] != "N") and not (latin or _reaches_latin(kinds, at, against)):
                break
            latin = latin or kinds[at] != "N"
            end = at + 1
        at += 1
    return end


def _reaches_latin(kinds: list[str], at: int, against: str) -> bool:
    """Does the run from here to the next sign of the line's direction hold a Latin letter (``Mirage 2000``)?"""
    while at < len(kinds) and (not kinds[at] or kinds[at] in against):
        if kinds[at] not in {"", "N"}:
            return True
        at += 1
    return False


_BRACKET = re.compile(r"[()\[\]{}«»‹›<>]")


def _brackets(line: str) -> str:
    """Brackets as they open and close: behind a blank one opens, before a blank it closes.

    Where neither or both are so, it closes what is open.

    >>> _brackets("العلمين )مصر( - أمس"), _brackets("ل»الرواق«.")
    ('العلمين (مصر) - أمس', 'ل«الرواق».')
    """
    opened: list[str] = []

    def seen(found: re.Match[str]) -> str:
        opening = found.group() if found.group() in _PAIRS else _OTHER[found.group()]
        opens = _opens(line, found.start())
        if opens if opens is not None else opening not in opened:
            opened.append(opening)
            return opening
        if opening in opened:
            opened.remove(opening)
        return _PAIRS[opening]

    return _BRACKET.sub(seen, line)


def _opens(line: str, at: int) -> bool | None:
    before = line[at - 1] if at else " "
    behind = line[at + 1] if at + 1 < len(line) else " "
    if _is_free(before) == _is_free(behind):
        return None
    return _is_free(before)


def _is_free(sign: str) -> bool:
    return sign.isspace() or sign in ".،,؛;:!؟?\"'”“-–" or sign in _OTHER
