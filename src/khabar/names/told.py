"""Rules: a medium to which somebody speaks (``قال لـ«السنبلة»``), or to which a dateline credits the report."""

from __future__ import annotations

from collections.abc import Mapping

from khabar.names.candidate import Candidate
from khabar.text import Tokenized
from khabar.text.quotes import CLOSER

_LONGEST = 4
_TO = "ل"
_DATELINE = 12
"""Tokens of a line among which a dateline credits somebody."""
_DASHES, _BETWEEN = frozenset("-–—"), frozenset("-–—،,/")


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


def credited_media(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """What stands in brackets before the dash of a dateline (``طرابلس 5 يناير (وكالة الساحل) - أعلنت ...``)."""
    found: list[Candidate] = []
    for sentence in text.sentences:
        for index in range(sentence.first, min(sentence.first + _DATELINE, len(text.tokens))):
            if text.tokens[index].text == "(":
                last = _bracketed(text, index + 1)
                if last > index + 1 and last + 1 < len(text.tokens) and text.tokens[last + 1].text in _DASHES:
                    found += _credits(text, index + 1, last, at)
                break
    return found


def _bracketed(text: Tokenized, first: int) -> int:
    """The token of the bracket that closes, if only words and the marks between them stand before it; else `first`."""
    for last in range(first, min(first + 2 * _LONGEST + 1, len(text.tokens))):
        if text.tokens[last].text == ")":
            return last
        if text.tokens[last].kind != "word" and text.tokens[last].text not in _BETWEEN:
            break
    return first


def _credits(text: Tokenized, first: int, last: int, at: Mapping[int, Candidate]) -> list[Candidate]:
    """Each name between marks that is no place and nothing that a table knows already."""
    found: list[Candidate] = []
    begin = first
    for index in range(first, last + 1):
        if index == last or text.tokens[index].kind == "mark":
            known = any(spot in at and at[spot].rule.startswith("known") for spot in range(begin, index))
            if 0 < index - begin <= _LONGEST and not known:
                start, end = text.tokens[begin].start, text.tokens[index - 1].end
                found.append(Candidate(begin, index, start, end, "ORG", "credited-medium", 0.8))
            begin = index + 1
    return found
