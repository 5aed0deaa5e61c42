"""Addresses in a text: links, mail, handles, file names and percent-encoded letters, whose digits count nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from khabar.text.tokens import Tokenized

_REST = r"[^\s<>\"«»“”،؛]{0,2000}"
_TOP = "com|net|org|gov|info|edu|tv|me|co|io|ly|sa|tn|eg|uk|fr"
_PART, _ENCODED = "[A-Za-z0-9_./&=-]", "(?:%[0-9A-Fa-f]{2})"
_ADDRESS = re.compile(
    rf"""
    (?:https?|ftp)://{_REST}                                              # a link
    | (?<![\w.@/-])www\.{_REST}
    | (?<![\w@/-])(?:[A-Za-z0-9-]+\.){{1,4}}(?:{_TOP})(?![\w@])(?:/{_REST})?
    | (?<![\w.+-])[A-Za-z0-9_.+-]{{1,64}}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*    # mail
    | (?<![\w@])@[A-Za-z0-9_]{{2,50}}                                     # a handle
    | (?<![A-Za-z0-9_./%&=-]){_PART}{{0,200}}{_ENCODED}{{3,1000}}(?:{_PART}|%){{0,2000}}  # letters as %D8%A7
    | (?<![\w.-])[A-Za-z0-9_-]{{1,80}}\.(?:jpe?g|png|gif|pdf|mp[34]|docx?|xlsx?|html?|php|aspx?|zip)(?!\w)  # a file
    """,
    re.VERBOSE,
)
_SIGNS = ("://", "www.", "@", ".", "%")


@lru_cache(maxsize=8)
def addresses(text: str) -> tuple[tuple[int, int], ...]:
    """Where addresses stand in a text, from left to right.

    >>> text = "نشر الحساب @news24 رابطا www.site.com/2015/08/03 أمس"
    >>> [text[start:end] for start, end in addresses(text)]
    ['@news24', 'www.site.com/2015/08/03']
    """
    if not any(sign in text for sign in _SIGNS):
        return ()
    return tuple(match.span() for match in _ADDRESS.finditer(text))


def address_tokens(text: Tokenized) -> frozenset[int]:
    """The tokens that stand in addresses."""
    found: set[int] = set()
    for start, end in addresses(text.text):
        index = bisect_left(text.starts, start)
        while index < len(text.tokens) and text.tokens[index].start < end:
            found.add(index)
            index += 1
    return frozenset(found)
