"""Text from outside made fit for a terminal: no control characters, no escapes, no markup."""

from __future__ import annotations

import re
import unicodedata

from rich.text import Text

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
ISOLATE, END = "\u2068", "\u2069"
"""What opens and closes a stretch of text whose direction is its own."""


def clean(text: str | None) -> str:
    """One line of harmless characters.  Control characters (with them every escape sequence) and bidi controls go.

    >>> clean("عاجل\\x1b[31m [bold]\\n خبر\\u202e")
    'عاجل[31m [bold] خبر'
    """
    if text is None:
        return ""
    return "".join(filter(_is_harmless, " ".join(text.split()))).encode("utf-8", "replace").decode()


def _is_harmless(character: str) -> bool:
    return character not in _BIDI and unicodedata.category(character) != "Cc"


def isolated(text: str | None) -> str:
    """`clean`, and right-to-left text in an isolate, so that it does not turn the English line around it.

    >>> isolated("Cairo"), isolated("القاهرة") == "\\u2068القاهرة\\u2069"
    ('Cairo', True)
    """
    harmless = clean(text)
    return f"{ISOLATE}{harmless}{END}" if _RIGHT_TO_LEFT.search(harmless) else harmless


def plain(text: str | None, style: str = "") -> Text:
    """As rich shows it: nothing in the text is markup."""
    return Text(isolated(text), style=style)


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words.

    >>> shortened("one two three", 9)
    'one two …'
    """
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + " …"
