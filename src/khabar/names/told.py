"""Rule: a medium in quotation marks to which somebody speaks (``قال لـ«السنبلة»``)."""

from __future__ import annotations

from collections.abc import Mapping

from khabar.names.candidate import Candidate
from khabar.text import Tokenized
from khabar.text.quotes import CLOSER

_LONGEST = 4
_TO = "ل"


def told_media(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """``ل`` that stands before a quotation mark: only the names of media are quoted there, up to four words long."""
    found = []
    for index, token in enumerate(text.tokens):
        closer = CLOSER.get(token.text)
        if index and closer is not None and text.tokens[index - 1].folded == _TO:
            last = _closed(text, index + 1, closer)
            if last > index + 1:
                end = text.tokens[last - 1].end
                found.append(Candidate(index + 1, last, text.tokens[index + 1].start, end, "ORG", "told-medium", 0.9))
    return found


def _closed(text: Tokenized, first: int, closer: str) -> int:
    """The token of the closing mark, if only a few words stand before it; else `first`."""
    for last in range(first, min(first + _LONGEST + 1, len(text.tokens))):
        if text.tokens[last].text == closer:
            return last
        if text.tokens[last].kind != "word":
            break
    return first
