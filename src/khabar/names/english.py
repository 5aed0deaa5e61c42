"""English for places and bodies that no table knows: heads and adjectives translated, in the order of English.

``وزارة الطوارئ الروسية`` is the ``Russian Ministry of Emergencies``, ``مطار باماكو`` is ``Bamako airport``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from khabar.lexicon import forms, table
from khabar.names.evidence import zipf
from khabar.names.gazetteer import adjectives, country_codes, known, nation
from khabar.names.labels import in_latin, romanised
from khabar.text import fold, tokenize

Kind = Literal["adjective", "nation", "noun", "name", "number"]
_LONGEST = 4
_ACRONYM = 3
_IN = "في"


@dataclass(frozen=True, slots=True)
class _Head:
    """A noun that begins a name: its English, and whether what completes it stands before it or after ``of``."""

    label: str
    after: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A part of a name in English, with the particle (``and``, ``for``) that is attached to it in Arabic."""

    text: str
    kind: Kind
    joint: str = ""


@cache
def _heads() -> dict[str, _Head]:
    found = {fold(form): _Head(row["label"], row["order"] == "after") for form, row in forms("body_heads")}
    places = {fold(form): _Head(row["label"], row["order"] == "after") for form, row in forms("place_heads")}
    return places | found


@cache
def _words() -> dict[str, _Word]:
    return {fold(form): _Word(row["label"], cast(Kind, row["kind"])) for form, row in forms("label_words")}


@cache
def _ordinals() -> dict[str, int]:
    return {fold(form): int(row["value"]) for form, row in forms("ordinals") if row["value"].isdigit()}


def plain_label(words: tuple[str, ...]) -> str:
    """A place or body that no table knows, named by folded words.

    >>> plain_label(("وزاره", "الدفاع", "الروسيه")), plain_label(("مطار", "باماكو"))
    ('Russian Ministry of Defence', 'Bamako airport')
    >>> plain_label(("الكتيبه", "155", "مشاه"))
    '155th Infantry Battalion'
    """
    if len(words) == 1:
        return _place(words[0]) or in_latin(words[0])
    if _IN in words[1:-1]:
        at = words.index(_IN, 1)
        return f"{plain_label(words[:at])} in {plain_label(words[at + 1 :])}"
    head = _heads().get(words[0]) or _heads().get(words[0].removeprefix("ال"))
    if head is None:
        return " ".join(_place(word) or romanised(word) for word in words)
    number, rest = _numbered(words[1:])
    return f"{number}{_completed(head, _read(rest))}"


def _numbered(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """``155`` or ``الخامس`` behind a unit as its number, with the words that are left."""
    for at, word in enumerate(words):
        value = int(word) if word.isdecimal() else _ordinals().get(word.removeprefix("ال"))
        if value is not None:
            return f"{value}{_suffix(value)} ", words[:at] + words[at + 1 :]
    return "", words


def _suffix(value: int) -> str:
    return "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _read(words: Sequence[str]) -> list[_Word]:
    found: list[_Word] = []
    at = 0
    while at < len(words):
        last, word = _longest(words, at)
        found.append(word)
        at = last
    return found


def _longest(words: Sequence[str], at: int) -> tuple[int, _Word]:
    """A place that a table knows, of several words if need be, else one word."""
    for last in range(min(len(words), at + _LONGEST), at, -1):
        place = _place(" ".join(words[at:last]))
        if place is not None:
            return last, _Word(place, "name")
    return at + 1, _word(words[at])


@lru_cache(maxsize=20_000)
def _place(form: str) -> str | None:
    if len(form) < _ACRONYM:
        return None
    text = tokenize(form)
    match = known().at(text, 0, clitics=False)
    if match is None or match.last != len(text.tokens) or match.value[0].type != "LOC" or nation(form) is not None:
        return None
    return match.value[0].label


def _word(folded: str) -> _Word:
    for letters, joint in (("", ""), ("و", "and"), ("لل", "for"), ("ل", "for")):
        if folded.startswith(letters):
            found = _translated(folded[len(letters) :] if letters != "لل" else "ال" + folded[2:])
            if found is not None:
                return _Word(found.text, found.kind, joint)
    if folded.isdecimal():
        return _Word(folded, "number")
    for letters, joint in (("و", "and"), ("ل", "for")):
        if folded.startswith(letters) and zipf(folded[1:]) > zipf(folded):
            return _Word(romanised(folded[1:]), "name", joint)
    return _Word(romanised(folded), "name")


def _translated(folded: str) -> _Word | None:
    state = nation(folded)
    if state is not None:
        return _Word(state.adjective, "nation")
    stem = folded.removeprefix("ال")
    head = _heads().get(stem)
    return _words().get(stem) or (_Word(head.label.capitalize(), "noun") if head is not None else None)


def _completed(head: _Head, words: list[_Word]) -> str:
    """A head with its complement: nationality first, adjectives of the head next."""
    nations = [word.text for word in words if word.kind == "nation"]
    rest = [word for word in words if word.kind != "nation"]
    own = 0
    while own < len(rest) and rest[own].kind == "adjective" and not rest[own].joint:
        own += 1
    front = [*nations, *(_capital(word.text, head) for word in rest[:own])]
    others = rest[own:]
    if not head.after:
        joint = "for" if others and others[0].joint == "for" else "of"
        return " ".join([*front, head.label, *([joint, _joined(others)] if others else [])])
    purpose = next((at for at, word in enumerate(others) if word.joint == "for"), len(others))
    named, aim = others[:purpose], others[purpose:]
    final = _tail_adjectives(named)
    stays = _of_country(_joined(named[: len(named) - len(final)]))
    parts = [*nations, stays, *(_capital(word.text, head) for word in [*rest[:own], *final]), head.label]
    return " ".join(part for part in [*parts, *(["for", _joined(aim)] if aim else [])] if part)


def _of_country(label: str) -> str:
    """``US government`` for ``حكومة الولايات المتحدة``."""
    state = adjectives().get(country_codes().get(label, ""))
    return state.adjective if state is not None and label in _countries() else label


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["label"] for row in table("countries"))


def _tail_adjectives(words: list[_Word]) -> list[_Word]:
    """Adjectives after the name of a place, which describe the head (``قاعدة الجفرة الجوية``)."""
    at = len(words)
    while at > 0 and words[at - 1].kind == "adjective" and not words[at - 1].joint:
        at -= 1
    return words[at:] if at and words[at - 1].kind == "name" else []


def _capital(text: str, head: _Head) -> str:
    return text if head.label[0].islower() else text[0].upper() + text[1:]


def _joined(words: list[_Word]) -> str:
    """A noun phrase: adjectives before their noun, a second noun before the first (``Peace Initiative``)."""
    groups: list[tuple[str, list[str]]] = []
    nations: list[str] = []
    for word in (word for word in words if word.text):
        if word.kind == "nation":
            nations.append(word.text)
        elif word.kind == "adjective" and groups:
            groups[-1][1].insert(0, word.text.capitalize() if word.text.islower() else word.text)
        elif word.joint or not groups or word.kind in ("name", "number"):
            groups.append((word.joint, [word.text[0].upper() + word.text[1:]]))
        else:
            groups[-1][1].insert(0, word.text)
    parts = [
        f"{joint} {' '.join(texts)}" if joint and at else " ".join(texts) for at, (joint, texts) in enumerate(groups)
    ]
    return " ".join([*nations, *parts])
