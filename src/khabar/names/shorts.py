"""The short form follows the long one inside a document: ``حفتر`` after (or in the headline before) ``خليفة حفتر``."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from khabar.names.candidate import Candidate, is_on, name_start, words_of
from khabar.names.evidence import is_given, particles, stops, words, zipf
from khabar.names.gazetteer import nation
from khabar.names.persons import titles
from khabar.text import Phrases, Tokenized, fold

_UNSURE, _OFTEN = 0.36, 0.6
_FAMILIES = frozenset({"ال"})
"""After ``آل`` stands a house, whose name alone means the house and not one man of it."""


def short_forms(text: Tokenized, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Mentions by the last part of a name that stands in full elsewhere in the text."""
    owners: dict[str, list[Candidate]] = defaultdict(list)
    for person in chosen:
        if person.type == "PER" and not person.short and person.rule != "titled-word":
            for short in _shorts(words_of(text, person)):
                owners[short].append(person)
        if person.rule == "known-after-title":
            owners[" ".join(words_of(text, person))].append(person)
    taken = {index for found in chosen for index in range(found.first, found.last)}
    table = Phrases((short, short) for short in owners)
    found = []
    for match in table.find(text):
        if taken.isdisjoint(range(match.first, match.last)) and _stands_alone(
            text, match.first, match.last, match.value
        ):
            owner = _nearest(owners[match.value], match.first)
            found.append(
                Candidate(
                    match.first, match.last, match.start, match.end, "PER", "short-form", 0.75, owner.label, short=True
                )
            )
    return found


def body_shorts(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """``المجلس`` after a body whose name begins with ``مجلس``: half of them only mean it (``الصندوق`` does rarely)."""
    found: list[Candidate] = []
    named: set[str] = set()
    for index, token in enumerate(text.tokens):
        body = at.get(index)
        if body is not None and body.type == "ORG" and body.last - body.first > 1:
            head = words_of(text, body)[0]
            named.add(head if head.startswith("ال") else f"ال{head}")
        elif token.kind == "word" and body is None:
            match = _short_bodies().at(text, index)
            if match is not None and match.value in named:
                start = name_start(text, index, match.start)
                score = _OFTEN if match.value in words("body-named") else _UNSURE
                found.append(Candidate(index, index + 1, start, token.end, "ORG", "body-short", score))
    return found


@cache
def _short_bodies() -> Phrases[str]:
    return Phrases((word, word) for word in words("body-short"))


def _shorts(words: tuple[str, ...]) -> Iterator[str]:
    """Last parts of a name that may stand for it (``بن دغر``, ``دغر``; ``عبد الكريم`` whole)."""
    if len(words) < 2 or len(words[-1]) < 3:
        return
    if words[-2] in _FAMILIES:
        return
    if words[-2] in particles():
        yield f"{words[-2]} {words[-1]}"
        if words[-2] in ("بن", "بك", "بيك"):
            yield words[-1]
        if words[-2] in ("ابو", "ابي", "بو"):
            yield from (f"{kin} {words[-1]}" for kin in ("ابو", "ابي") if kin != words[-2])
        return
    if len(words) > 2 and words[-3] == "ولد":
        yield f"ولد {words[-2]} {words[-1]}"
    yield words[-1]
    if len(words) == 2 and words[0].startswith("ال") and zipf(words[0]) < 4.5:
        yield words[0]


def _stands_alone(text: Tokenized, first: int, last: int, short: str) -> bool:
    """Is it the man and not the common word or the given name of another?"""
    if " " in short:
        return True
    if is_on(text.tokens[first]):
        return False
    if short in stops() or nation(short) is not None or titles().at(text, first, clitics=False) is not None:
        return _is_subject(text, first) and short not in stops()
    if zipf(short) >= 5 and not is_given(short):
        return False
    return not (last < len(text.tokens) and text.tokens[last].folded in ("بن", "ابن"))


def _is_subject(text: Tokenized, index: int) -> bool:
    """Does it open a headline before a colon (``الجبير: ...``)?"""
    return index + 1 < len(text.tokens) and text.tokens[index + 1].text == ":"


def _nearest(owners: Sequence[Candidate], index: int) -> Candidate:
    """The bearer named last before a token, else the first one after it."""
    ordered = sorted(owners, key=lambda owner: owner.first)
    at = bisect_right([owner.first for owner in ordered], index)
    return ordered[max(0, at - 1)]


def with_own_bearers(text: Tokenized, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Short forms of world-known men, given to the man of that name whom this very text names in full."""
    full = {person.label for person in chosen if person.type == "PER" and not person.short}
    bearers: dict[str, Candidate] = {}
    for person in chosen:
        if person.type == "PER" and not person.short and person.last - person.first > 1:
            bearers.setdefault(words_of(text, person)[-1], person)
    return [_own(text, found, full, bearers) for found in chosen]


def _own(text: Tokenized, found: Candidate, full: set[str | None], bearers: dict[str, Candidate]) -> Candidate:
    if not found.short or found.label in full:
        return found
    bearer = bearers.get(fold(text.text[found.start : found.end]).split()[-1])
    return found if bearer is None else replace(found, label=bearer.label, rule="short-form")
