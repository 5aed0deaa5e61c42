"""What is known of each name over all documents, and in which blocks it is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from khabar.link.names import taken_apart
from khabar.link.spelling import is_latin, skeleton, sound_key
from khabar.link.state import Keys, block_key
from khabar.model import Annotated, Name, NameType
from khabar.text import search_key

WINDOW = 60
"""With how many labels before it in each block a label is compared; those of one given name are a block too."""
_COMPANY = 40
"""At most so many names of one document count as each other's company."""
_FORMS = 12
_TRUST = 1_000_000
"""Scores are added up as whole millionths: sums of fractions depend on their order."""

Told = dict[str, Any]
"""What one document, or all of them, say of a label: counts by kind, as JSON holds them."""
_COUNTS = ("types", "forms", "titles", "references", "documents", "company")


@dataclass
class Profile:
    """All that the documents say of one label: its spellings, titles, documents and company."""

    label: str
    types: Mapping[NameType, int] = field(default_factory=dict)
    forms: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, int] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)
    documents: Mapping[str, int] = field(default_factory=dict)
    company: Mapping[str, int] = field(default_factory=dict)
    trust: float = 0.0
    """Sum of the scores of its mentions."""

    @cached_property
    def type(self) -> NameType:
        """The type of most mentions."""
        return min(self.types, key=lambda kind: (-self.types[kind], kind))

    @cached_property
    def spellings(self) -> list[tuple[str, ...]]:
        """Its most frequent forms as words, the longest first."""
        frequent = sorted(self.forms, key=lambda form: (-self.forms[form], form))[:_FORMS]
        kind = self.type
        found = {taken_apart(form, kind).words for form in frequent}
        return sorted(found, key=lambda words: (-len(words), words))

    @cached_property
    def full(self) -> list[tuple[str, ...]]:
        """The spellings with more than one word."""
        return [words for words in self.spellings if len(words) > 1]


def profile_of(label: str, told: Told) -> Profile:
    """The profile of a label from all that is told of it."""
    counted = {name: told[name] for name in _COUNTS if name != "references"}
    return Profile(label, references=set(told["references"]), trust=told["trust"] / _TRUST, **counted)


def told_by(document: Annotated) -> dict[str, Told]:
    """What one document says of every label that it names."""
    found: dict[str, Told] = {}
    for name in document.names:
        if search_key(name.span.text).strip():
            _tell(found.setdefault(name.entity, nothing_told()), name, document.document.id)
    present = list(found)[:_COMPANY]
    for one in present:
        found[one]["company"] = {other: 1 for other in present if other != one}
    return found


def nothing_told() -> Told:
    """Of a label that nobody has named."""
    return {**{name: {} for name in _COUNTS}, "trust": 0}


def _tell(told: Told, name: Name, document: str) -> None:
    title = None if name.title is None else search_key(name.title.text)
    values = (name.type, name.span.text, title, name.reference, document)
    for kind, value in zip(_COUNTS, values, strict=False):
        if value is not None:
            told[kind][value] = told[kind].get(value, 0) + 1
    told["trust"] += round(name.score * _TRUST)


def add_told(all_told: Told, told: Told, sign: int) -> None:
    """Add what one document says to what all say, or take it away (`sign` -1)."""
    for kind in _COUNTS:
        counts = all_told[kind]
        for value, number in told[kind].items():
            counts[value] = counts.get(value, 0) + sign * number
            if not counts[value]:
                del counts[value]
    all_told["trust"] += sign * told["trust"]


def keys_of(profile: Profile) -> Keys:
    """The blocks of a profile: by its consonants, these with the given name, and its sounds in the other script."""
    own = {key for plain in _keys(profile) for key in (block_key(*plain), block_key(*plain, "given", _given(profile)))}
    across = {(block_key(*sound, latin), block_key(*sound, not latin)) for sound, latin in _heard(profile)}
    whole = bool(profile.full)
    family = {(block_key("family", word, whole), block_key("family", word, not whole)) for word in families(profile)}
    return tuple(sorted({(key, key) for key in own} | across | family))


def families(profile: Profile) -> frozenset[str]:
    """The last words of a person's full spellings, or of all where there are no full ones."""
    return frozenset(words[-1] for words in profile.full or profile.spellings) if profile.type == "PER" else frozenset()


def _keys(profile: Profile) -> Iterator[tuple[str, ...]]:
    """Where a profile is looked for: by the consonants of its last word, or of the whole of a place or body."""
    for words in profile.spellings:
        if profile.type == "PER":
            yield ("PER", skeleton(words[-1]))
            if len(words) > 2:
                yield ("PER", skeleton(words[1]))
        else:
            yield (profile.type, skeleton("".join(words)))


def _heard(profile: Profile) -> Iterator[tuple[tuple[str, str], bool]]:
    """The sounds of a profile's last words, or of all of a place or body; and whether they are in Latin letters.

    ``w`` is both و and, as Germans write it, ف.
    """
    for words in profile.spellings:
        told = words[-1] if profile.type == "PER" else "".join(words)
        yield (profile.type, sound_key(told)), is_latin(told)
        if "w" in told:
            yield (profile.type, sound_key(told.replace("w", "v"))), True


def _given(profile: Profile) -> str:
    return skeleton(profile.spellings[0][0])
