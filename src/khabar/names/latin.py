"""Rule: a name written in Latin letters inside Arabic text (``Europe 1``)."""

from __future__ import annotations

from functools import cache

from khabar.names.candidate import Candidate
from khabar.names.known import body_nouns, media_nouns
from khabar.text import Tokenized


@cache
def _nouns() -> frozenset[str]:
    return media_nouns() | body_nouns()


def latin_names(text: Tokenized) -> list[Candidate]:
    """Capitalised Latin words that follow the noun of a body (quotation marks may stand between)."""
    found = []
    index = 0
    while index < len(text.tokens):
        last = _latin_end(text, index)
        if last > index and _follows_noun(text, index):
            found.append(
                Candidate(index, last, text.tokens[index].start, text.tokens[last - 1].end, "ORG", "latin-name", 0.6)
            )
        index = max(last, index + 1)
    return found


def _latin_end(text: Tokenized, index: int) -> int:
    last = index
    while last < len(text.tokens) and (
        _is_latin(text.tokens[last].text) or (last > index and text.tokens[last].kind == "number")
    ):
        last += 1
    return last


def _is_latin(word: str) -> bool:
    return word.isascii() and word[0].isalpha() and word[0].isupper()


def _follows_noun(text: Tokenized, index: int) -> bool:
    at = index - 1
    while at >= 0 and text.tokens[at].text in '"«“(':
        at -= 1
    return at >= 0 and text.tokens[at].folded.removeprefix("و").removeprefix("ل").removeprefix("ب") in _nouns()
