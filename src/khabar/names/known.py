"""Rule: a form that a table knows, where nothing speaks against it."""

from __future__ import annotations

from functools import cache

from khabar.lexicon import forms
from khabar.names.candidate import Candidate
from khabar.names.gazetteer import Entry, known
from khabar.text import Match, Tokenized, fold

_LOCATIVE = frozenset({"في", "الي", "من", "ب", "شرق", "غرب", "شمال", "جنوب", "شرقي", "غربي", "شمالي", "جنوبي", "قرب", "وسط", "نحو", "باتجاه", "دخول", "تحرير"})


@cache
def place_nouns() -> frozenset[str]:
    """Folded nouns that stand before the name of a place (``مدينة``)."""
    return frozenset(fold(form) for form, _ in forms("place_heads"))


@cache
def body_nouns() -> frozenset[str]:
    """Folded nouns that stand before the name of a body and outside it (``صحيفة``, ``تنظيم``)."""
    return frozenset(fold(form) for form, row in forms("body_heads"))


@cache
def _opening() -> frozenset[str]:
    return frozenset("\"«“”'‘(")


def known_names(text: Tokenized) -> list[Candidate]:
    """Every known form in the text, longest first at each word."""
    found: list[Candidate] = []
    index = 0
    while index < len(text.tokens):
        candidate = _at(text, index)
        if candidate is not None:
            found.append(candidate)
            index = candidate.last if candidate.rule != "known-weak" else index + 1
        else:
            index += 1
    return found


def _at(text: Tokenized, index: int) -> Candidate | None:
    match = known().at(text, index)
    if match is None or _is_unlikely_split(text, match):
        return None
    entry = next((entry for entry in match.value if entry.sure or _is_backed(text, match, entry)), None)
    if entry is None:
        return None
    rule = "known" if entry.sure else "known-weak"
    score = 0.9 if entry.sure else 0.7
    return Candidate(match.first, match.last, match.start, match.end, entry.type, rule, score, entry.label,
                     entry.reference, short=entry.short)  # fmt: skip


def _is_unlikely_split(text: Tokenized, match: Match[tuple[Entry, ...]]) -> bool:
    """A clitic before a form of three letters or less is more often part of another word (``باب``)."""
    length = match.end - match.start
    if match.prefix and match.last == match.first + 1:
        return length <= 2 or (length == 3 and match.prefix not in ("و", "ل", "ب", "ف", "ك")) or match.prefix[-1] == "س"
    return False


def _is_backed(text: Tokenized, match: Match[tuple[Entry, ...]], entry: Entry) -> bool:
    """Do the words before an unsure form say what it is?"""
    before, quoted = _before(text, match.first)
    if entry.type == "LOC":
        return before in place_nouns() or before in _LOCATIVE or match.prefix.endswith("ب")
    if entry.type == "ORG":
        return before in body_nouns() or (entry.media and quoted and before in body_nouns())
    return False


def _before(text: Tokenized, index: int) -> tuple[str, bool]:
    """The word before a token, and whether an opening mark stands between."""
    at = index - 1
    quoted = at >= 0 and text.tokens[at].text in _opening()
    while at >= 0 and text.tokens[at].kind == "mark" and text.tokens[at].text in _opening():
        at -= 1
    if at < 0 or text.tokens[at].kind == "mark":
        return "", quoted
    word = text.tokens[at].folded
    return (word[1:] if word[0] in "ولبف" and word[1:] in place_nouns() | body_nouns() else word), quoted
