"""Rules for bodies named by a number or by definite adjectives: ``الكتيبة 155 مشاة``, ``الهيئة العليا للانتخابات``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from khabar.names.candidate import Candidate, name_start
from khabar.names.evidence import stops, words
from khabar.names.gazetteer import nation
from khabar.text import Phrases, Tokenized


@cache
def _units() -> Phrases[str]:
    return Phrases((word, word) for word in words("unit"))


@cache
def _bodies() -> Phrases[str]:
    return Phrases((word, word) for word in words("definite-body"))


def numbered_units(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """``اللواء 444 قتال``, ``الفرقة الأمنية الأولى``."""
    found = []
    for match in _units().find(text):
        last = _unit_end(text, match.last)
        if last > match.last:
            found.append(_body(text, match.first, match.start, last, "numbered-unit", 0.7))
    return found


def _unit_end(text: Tokenized, index: int) -> int:
    last = index
    if last + 1 < len(text.tokens) and text.tokens[last].folded in ("الامنيه", "العسكريه"):
        last += 1
    if last >= len(text.tokens) or not (
        text.tokens[last].folded in words("ordinal") or text.tokens[last].kind == "number"
    ):
        return index
    last += 1
    if last < len(text.tokens) and text.tokens[last].folded == "عشر":
        last += 1
    while last < len(text.tokens) and text.tokens[last].folded in words("arm"):
        last += 1
    return last


def definite_bodies(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """A definite noun of a body with adjectives of which one is a nationality or a rank, and its purpose with ``ل``."""
    found = []
    for match in _bodies().find(text):
        if match.first in at:
            continue
        last, adjectives, national = _adjectives(text, match.last)
        end = _purpose(text, last) if adjectives else last
        if national or end > last:
            score = 0.7 if end > last else 0.6
            found.append(_body(text, match.first, match.start, end, "definite-body", score))
    return found


def _adjectives(text: Tokenized, index: int) -> tuple[int, int, bool]:
    """End of the adjectives after a noun, how many, and whether one is a nationality and not all it has."""
    last, national = index, False
    while last < len(text.tokens) and last - index < 4:
        word = text.tokens[last].folded
        if nation(word) is not None and word.startswith("ال") and not word.endswith(("ون", "ين")):
            national = True
        elif word not in words("rank"):
            break
        last += 1
    return last, last - index, national


def _purpose(text: Tokenized, last: int) -> int:
    """``للانتخابات``, ``لحقوق الإنسان``, with what ``و`` joins to it."""
    if last >= len(text.tokens):
        return last
    word = text.tokens[last].folded
    if word.startswith("لل") and len(word) > 4:
        end = last + 1
    elif word.startswith("ل") and len(word) > 3 and word not in stops() and _definite(text, last + 1):
        end = last + 2
    else:
        return last
    while end < len(text.tokens) and end - last < 5 and (_definite(text, end) or _joined(text.tokens[end].folded)):
        end += 1
    return end


def _joined(word: str) -> bool:
    return word.startswith("وال") and word[1:] not in words("definite-body")


def _definite(text: Tokenized, index: int) -> bool:
    if index >= len(text.tokens):
        return False
    word = text.tokens[index].folded
    return (
        word.startswith("ال")
        and len(word) > 4
        and word not in stops()
        and "\n" not in text.text[text.tokens[index - 1].end : text.tokens[index].start]
    )


def _body(text: Tokenized, first: int, start: int, last: int, rule: str, score: float) -> Candidate:
    return Candidate(first, last, name_start(text, first, start), text.tokens[last - 1].end, "ORG", rule, score)
