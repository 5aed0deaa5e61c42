"""Arabic as old programs drew it: each letter in the form of its place in the word, each line from left to right."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LETTERS = "\u0621-\u063a\u0641-\u064a"
_PLACES = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}
_MARK = re.compile(r"[\u064b-\u0652\u0670]")
_LEFT_TO_RIGHT = re.compile(r"[0-9٠-٩A-Za-z][0-9٠-٩A-Za-z.,:/%-]*[0-9٠-٩A-Za-z]|[A-Za-z]+(?: [A-Za-z]+)+")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@cache
def _forms() -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for code in range(0xFE70, 0xFEFD):
        place, *letters = unicodedata.decomposition(chr(code)).split() or ("",)
        if place in _PLACES:
            found.setdefault("".join(chr(int(letter, 16)) for letter in letters), {})[_PLACES[place]] = chr(code)
    return found


def join_left(letter: str) -> bool:
    """Does a letter join the one behind it?"""
    return 2 in _forms().get(letter, {}) or letter == "ـ"


def shaped(text: str) -> str:
    """Every letter in the form of its place, ``لا`` in one sign.

    >>> shaped("سلام")
    'ﺳﻼﻡ'
    """
    parts: list[str] = []
    at, joined = 0, False
    while at < len(text):
        letter = text[at : at + 2] if text[at : at + 2] in _forms() and len(text[at : at + 2]) == 2 else text[at]
        forms = _forms().get(letter)
        if forms is None:
            parts.append(letter)
            joined = joined if _MARK.match(letter) else letter == "ـ"
        else:
            following = _MARK.sub("", text[at + len(letter) : at + len(letter) + 4])[:1]
            goes_on = 2 in forms and (1 in _forms().get(following, {}) or following == "ـ")
            place = (1 if joined and 1 in forms else 0) + (2 if goes_on else 0)
            parts.append(forms.get(place, letter))
            joined = goes_on
        at += len(letter)
    return "".join(parts)


def visual(line: str) -> str:
    """A line of Arabic as its signs stand from left to right; numbers and Latin words keep their order.

    >>> visual("عام 2011 (الأول)")
    '(لوألا) 2011 ماع'
    """
    turned = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda found: found.group()[::-1], turned)
