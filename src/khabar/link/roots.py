"""Roots: the sources that a document's account comes from in the end.

An agency that a report credits is its root; a report that repeats the sentences of such a report has the same
one, credited or not.  Without an agency it is the first identified source, else the outlet itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from khabar.lexicon import forms
from khabar.link.cluster import Groups
from khabar.model import Annotated, Claim, Copy
from khabar.text import Match, Phrases, Tokenized, tokenize

_HEAD, _TAIL = 40, 8
_OPENING = frozenset("([-–—:|/\n،") | {""}
_CLOSING = frozenset(")]-–—:|/\n")


@dataclass(frozen=True, slots=True)
class _Credit:
    label: str
    anywhere: bool
    """False for a code or a short word that is an ordinary one too (``واس``, ``بنا``)."""


@cache
def _agencies() -> Phrases[_Credit]:
    own = [(form, _Credit(row["label"], True)) for form, row in forms("agencies")]
    outlets = ((form, row) for form, row in forms("outlets") if row["kind"] == "agency")
    return Phrases([*own, *((_plain(form), _Credit(row["label"], _telling(form))) for form, row in outlets)])


def _plain(form: str) -> str:
    return " ".join(form.replace(".", " ").split())


def _telling(form: str) -> bool:
    """Does the form name an agency wherever it stands?  One of several words does, unless they are letters."""
    words = _plain(form).split()
    return len(words) > 1 and any(len(word) > 2 for word in words)


def _words_only(text: str) -> Tokenized:
    """A text without its punctuation: ``أ.ف.ب`` and ``وكالة «سبأ»`` read like their plain forms."""
    read = tokenize(text)
    words = tuple(token for token in read.tokens if token.kind != "mark")
    return Tokenized(text, words, (), tuple(token.start for token in words))


def credits(text: str) -> tuple[str, ...]:
    """Labels of the agencies that a report credits, in order.

    >>> credits("باريس - أ ف ب: وصل الوفد."), credits("قال شاهد لوكالة «رويترز» إن الوفد وصل.")
    (('Agence France-Presse',), ('Reuters',))
    >>> credits("اختار الوفد أن يقيم في بترا يومين كاملين قبل أن يغادرها.")
    ()
    """
    words = _words_only(text)
    found = (match for match in _agencies().find(words) if _is_credit(words, match))
    return tuple(dict.fromkeys(match.value.label for match in found))


def _is_credit(words: Tokenized, match: Match[_Credit]) -> bool:
    if match.value.anywhere:
        return True
    at_edge = match.first < _HEAD or match.last > len(words.tokens) - _TAIL
    before = words.text[max(0, match.start - 4) : match.start].rstrip(" \t")[-1:]
    after = words.text[match.end : match.end + 4].lstrip(" \t")[:1]
    opened = before in _OPENING or not words.text[match.start :].startswith("ال")
    return not match.prefix and at_edge and opened and (after in _CLOSING or after == "")


def innermost(claim: Claim) -> str | None:
    """The label or the words of who said it first, None where nobody is identified."""
    if claim.source_kind == "anonymous":
        return None
    return claim.source_entity or (claim.source.text if claim.source else None)


def _first_source(document: Annotated) -> str | None:
    """The first source that the report quotes: a person before a body, one with a name before one without."""
    quoted = sorted(document.claims, key=lambda claim: claim.content.start)
    people = [claim for claim in quoted if claim.source_kind == "person"]
    bodies = [claim for claim in quoted if claim.source_kind in ("organisation", "document")]
    named = (claim.source_entity for claim in (*people, *bodies))
    described = (claim.source.text for claim in (*people, *bodies) if claim.source)
    return next((who for who in (*named, *described) if who), None)


def find_roots(documents: Sequence[Annotated], copies: Iterable[Copy]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For every document its roots, sorted."""
    credited = {document.document.id: credits(document.document.text) for document in documents}
    shared = _over_copies(credited, copies)
    own = ((document.document.id, document) for document in documents)
    return tuple(sorted((id, shared[id] or (_own_root(document),)) for id, document in own))


def _over_copies(credited: Mapping[str, Sequence[str]], copies: Iterable[Copy]) -> dict[str, tuple[str, ...]]:
    """What one copy credits holds for all that go back to the same text."""
    groups = Groups(credited)
    for copy in copies:
        groups.join(copy.first, copy.second)
    found = {}
    for members in groups.all():
        agencies = tuple(sorted({agency for member in members for agency in credited[member]}))
        found.update(dict.fromkeys(members, agencies))
    return found


def _own_root(document: Annotated) -> str:
    return _first_source(document) or document.document.outlet or document.document.id
