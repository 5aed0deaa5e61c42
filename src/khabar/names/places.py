"""Rules for places: a noun such as ``مدينة`` or ``قاعدة`` with the name that follows it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from khabar.lexicon import Row, forms
from khabar.names.candidate import Candidate, name_start
from khabar.names.evidence import is_arabic_form, is_inflected, stops, words, zipf
from khabar.names.gazetteer import nation
from khabar.text import Match, Phrases, Tokenized, fold
from khabar.text.quotes import OPENING

_PASSIVE = "\u064f"


@cache
def _heads() -> Phrases[Row]:
    return Phrases(forms("place_heads"))


@cache
def _blocked() -> frozenset[str]:
    tables = ("weekdays", "titles", "state_bodies", "body_heads", "title_modifiers", "place_heads")
    return frozenset(fold(form) for name in tables for form, _ in forms(name))


def headed_places(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """``بلدة كفر نبل`` gives ``كفر نبل``, ``قاعدة الجفرة الجوية`` the whole."""
    found = []
    for match in _heads().find(text):
        candidate = _outside(text, match, at) if match.value["inside"] == "no" else _inside(text, match, at)
        if candidate is not None:
            found.append(candidate)
    return found


def _outside(text: Tokenized, match: Match[Row], at: Mapping[int, Candidate]) -> Candidate | None:
    first = _after_mark(text, match.last)
    last = _name_end(text, first)
    if last == first or first in at or _is_told(text, first):
        return None
    if last < len(text.tokens) and text.tokens[last].folded in words("place-side"):
        last += 1
    return Candidate(first, last, text.tokens[first].start, text.tokens[last - 1].end, "LOC", "place-after-noun", 0.6)


def _is_told(text: Tokenized, first: int) -> bool:
    """Is it an ordinal (``ولاية سادسة``) or a passive verb, whose vowel news writes (``قرية أُخليت``)?"""
    token = text.tokens[first]
    return not words("ordinal").isdisjoint({token.folded, f"ال{token.folded}"}) or token.text[1:2] == _PASSIVE


def _inside(text: Tokenized, match: Match[Row], at: Mapping[int, Candidate]) -> Candidate | None:
    if match.last < len(text.tokens) and text.tokens[match.last].folded in stops():
        return None
    known = at.get(match.last)
    backed = known is not None and known.start == text.tokens[match.last].start
    if known is not None and (known.type == "ORG" or match.value["inside"] == "unknown"):
        return None
    if not backed and match.last < len(text.tokens) and is_arabic_form(text.tokens[match.last].folded):
        return None
    last = known.last if known is not None and backed else _name_end(text, match.last)
    if last == match.last or text.tokens[match.last].folded in words("place-ending"):
        return None
    while last < len(text.tokens) and text.tokens[last].folded in words("place-ending"):
        last += 1
    rule, score = ("noun-and-place", 0.75) if backed else ("noun-and-name", 0.55)
    return Candidate(
        match.first, last, name_start(text, match.first, match.start), text.tokens[last - 1].end, "LOC", rule, score
    )


def _after_mark(text: Tokenized, index: int) -> int:
    return index + 1 if index < len(text.tokens) and text.tokens[index].text in OPENING else index


def _name_end(text: Tokenized, first: int) -> int:
    """End of the name of a place that may begin at `first`; `first` itself where none does."""
    if first >= len(text.tokens) or not _may_name(text.tokens[first].folded):
        return first
    if text.tokens[first].folded in words("place-opener"):
        return first + 2 if first + 1 < len(text.tokens) and _may_name(text.tokens[first + 1].folded) else first
    return first + 1


def _may_name(word: str) -> bool:
    if not word[:1].isalpha() or len(word) < 3 or word.startswith("لل") or word in stops() or nation(word) is not None:
        return False
    if word in words("place-opener"):
        return True
    return not (
        word in _blocked() or zipf(word) >= 4 or word.endswith("ات") or word in words("place-ending") or _is_plain(word)
    )


def _is_plain(word: str) -> bool:
    """Is it an adjective or a verb or another word of the language, not a name?"""
    return not word.startswith("ال") and (word.endswith(("يه", "ها", "هم", "وا")) or is_inflected(word))
