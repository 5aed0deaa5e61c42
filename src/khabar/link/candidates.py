"""What is known of each name over all documents, and which two of them are worth comparing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from khabar.link.names import taken_apart
from khabar.link.spelling import is_latin, skeleton, sound_key
from khabar.model import Annotated, Name, NameType
from khabar.text import search_key

_COMPANY = 40
"""At most so many names of one document count as each other's company."""
_FORMS = 12
_BLOCK = 60
"""A crowded block is split by the given name; what is still crowded is compared with its first members only."""


@dataclass
class Profile:
    """All that the documents say of one label: its spellings, titles, documents and company."""

    label: str
    types: Counter[NameType] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    references: set[str] = field(default_factory=set)
    documents: dict[str, None] = field(default_factory=dict)
    company: Counter[str] = field(default_factory=Counter)
    trust: float = 0.0
    """Sum of the scores of its mentions."""

    @property
    def type(self) -> NameType:
        """The type of most mentions."""
        return min(self.types, key=lambda kind: (-self.types[kind], kind))

    @property
    def spellings(self) -> list[tuple[str, ...]]:
        """Its most frequent forms as words, the longest first."""
        frequent = sorted(self.forms, key=lambda form: (-self.forms[form], form))[:_FORMS]
        kind = self.type
        found = {taken_apart(form, kind).words for form in frequent}
        return sorted(found, key=lambda words: (-len(words), words))

    @property
    def full(self) -> list[tuple[str, ...]]:
        """The spellings with more than one word."""
        return [words for words in self.spellings if len(words) > 1]


def profiles(documents: Sequence[Annotated]) -> dict[str, Profile]:
    """A profile for every label, in the order of the labels."""
    found: dict[str, Profile] = {}
    for document in sorted(documents, key=lambda one: one.document.id):
        for name in document.names:
            if search_key(name.span.text).strip():
                _add(found.setdefault(name.entity, Profile(name.entity)), name, document.document.id)
        _introduce(found, document.names)
    return dict(sorted(found.items()))


def _add(profile: Profile, name: Name, document: str) -> None:
    profile.types[name.type] += 1
    profile.forms[name.span.text] += 1
    profile.documents[document] = None
    profile.trust += name.score
    if name.title is not None:
        profile.titles[search_key(name.title.text)] += 1
    if name.reference is not None:
        profile.references.add(name.reference)


def _introduce(found: Mapping[str, Profile], names: Iterable[Name]) -> None:
    present = list(dict.fromkeys(name.entity for name in names if name.entity in found))[:_COMPANY]
    for one in present:
        found[one].company.update(other for other in present if other != one)


def pairs(known: Mapping[str, Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Two labels of one type that share a block key, each pair once, the smaller label first."""
    blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for label, profile in known.items():
        for key in sorted(set(_keys(profile))):
            blocks[key].append(label)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        for pair in _within(blocks[key], known):
            if pair not in seen:
                seen.add(pair)
                yield known[pair[0]], known[pair[1]]
    for pair in sorted(set(_across(known)) - seen):
        yield known[pair[0]], known[pair[1]]


def _keys(profile: Profile) -> Iterator[tuple[str, ...]]:
    """Where a profile is looked for: by the consonants of its last word, or of the whole of a place or body."""
    for words in profile.spellings:
        if profile.type == "PER":
            yield ("PER", skeleton(words[-1]))
            if len(words) > 2:
                yield ("PER", skeleton(words[1]))
        else:
            yield (profile.type, skeleton("".join(words)))


def _across(known: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    """A name in Latin letters with the Arabic ones that sound like it."""
    latin: dict[tuple[str, str], list[str]] = defaultdict(list)
    for label, profile in known.items():
        for key in sorted({key for key, written in _heard(profile) if written}):
            latin[key].append(label)
    if not latin:
        return
    met: Counter[tuple[str, str]] = Counter()
    for label, profile in known.items():
        for key in sorted({key for key, written in _heard(profile) if not written} & latin.keys()):
            met[key] += 1
            if met[key] <= _BLOCK:
                yield from ((min(label, other), max(label, other)) for other in latin[key][:_BLOCK] if other != label)


def _heard(profile: Profile) -> Iterator[tuple[tuple[str, str], bool]]:
    """The sounds of a profile's last words, or of all of a place or body; and whether they are in Latin letters.

    ``w`` is both و and, as Germans write it, ف.
    """
    for words in profile.spellings:
        told = words[-1] if profile.type == "PER" else "".join(words)
        yield (profile.type, sound_key(told)), is_latin(told)
        if "w" in told:
            yield (profile.type, sound_key(told.replace("w", "v"))), True


def _within(labels: Sequence[str], known: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    if len(labels) <= _BLOCK:
        yield from ((one, other) for at, one in enumerate(labels) for other in labels[at + 1 :])
        return
    parts: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        parts[_given(known[label])].append(label)
    for part in parts.values():
        yield from ((one, other) for at, one in enumerate(part) for other in part[at + 1 : at + _BLOCK])


def _given(profile: Profile) -> str:
    return skeleton(profile.spellings[0][0])
