"""Rule: a town of GeoNames, where a word before it says that a place is meant."""

from __future__ import annotations

from collections.abc import Mapping

from khabar.names.candidate import Candidate
from khabar.names.evidence import is_family, is_given, words, zipf
from khabar.names.gazetteer import Entry, towns
from khabar.names.known import place_nouns
from khabar.text import Tokenized, fold

_LONGEST = 4


def located_towns(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """``بلدة كفر نبودة``, ``في غريان``, ``بغريان``."""
    found = []
    for index, token in enumerate(text.tokens):
        if token.kind != "word" or index in at:
            continue
        candidate = _after(text, index) if index and _locates(text, index) else _with_preposition(text, index)
        if candidate is not None:
            found.append(candidate)
    return found


def _locates(text: Tokenized, index: int) -> bool:
    before = text.tokens[index - 1].folded
    return before in place_nouns() or before[1:] in place_nouns() or before in words("locative")


def _after(text: Tokenized, index: int) -> Candidate | None:
    noun = text.tokens[index - 1].folded not in words("locative")
    for last in range(min(index + _LONGEST, len(text.tokens)), index, -1):
        name = " ".join(token.folded for token in text.tokens[index:last])
        entry = towns().get(name)
        if entry is not None and (noun or (_is_distinct(name) and not text.tokens[last - 1].text.endswith("ه"))):
            return _town(text, index, last, text.tokens[index].start, entry, 0.75 if noun else 0.6)
    return None


def _with_preposition(text: Tokenized, index: int) -> Candidate | None:
    token = text.tokens[index]
    if not token.folded.startswith("ب") or len(token.folded) < 5 or fold(token.text[:1]) != "ب":
        return None
    entry = towns().get(token.folded[1:])
    return (
        _town(text, index, index + 1, token.start + 1, entry, 0.6) if entry and _is_distinct(token.folded[1:]) else None
    )


def _is_distinct(name: str) -> bool:
    """Is it a name that is neither a word nor a person's?"""
    if " " in name:
        return True
    return len(name) > 3 and zipf(name) < 3.6 and not is_given(name) and not is_family(name)


def _town(text: Tokenized, first: int, last: int, start: int, entry: Entry, score: float) -> Candidate:
    return Candidate(first, last, start, text.tokens[last - 1].end, "LOC", "town", score, entry.label, entry.reference)
