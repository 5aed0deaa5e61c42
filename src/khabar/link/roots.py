"""Roots: the sources that a document's account comes from in the end.

An agency that a report credits, or that published it, is its root; a report that repeats the sentences of such a
report has the same one, credited or not.  Without an agency copies have the root of the earliest, and a report by
itself has its first identified source, else its outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from khabar.lexicon import table
from khabar.link.cluster import Groups
from khabar.link.copies import COPY
from khabar.link.credits import agency_of, credits
from khabar.model import Annotated, Claim, Copy


def innermost(claim: Claim) -> str | None:
    """The label or the words of who said it first, None where nobody is identified."""
    if claim.source_kind == "anonymous":
        return None
    return claim.source_entity or (claim.source.text if claim.source else None)


def _first_source(document: Annotated) -> str | None:
    """The first person or body that the report quotes: one with a name before one without, and both before a state."""
    quoted = sorted(document.claims, key=lambda claim: claim.content.start)
    known = [claim for claim in quoted if claim.source_kind in ("person", "organisation")]
    named = [claim.source_entity for claim in known if claim.source_entity]
    described = [claim.source.text for claim in known if claim.source]
    bodies = (label for label in named if label not in _states())
    return next((who for who in (*bodies, *named, *described) if who), None)


@cache
def _states() -> frozenset[str]:
    return frozenset(row["label"] for row in table("countries"))


def find_roots(documents: Sequence[Annotated], copies: Iterable[Copy]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For every document its roots, sorted; `copies` may hold lesser shares than those of a copy."""
    known = {document.document.id: document for document in documents}
    related = [copy for copy in copies if copy.first in known and copy.second in known]
    credited = {id: _credited(document) for id, document in known.items()}
    shared = _over_copies(credited, related)
    origin = _origins(known, related)
    return tuple((id, shared[id] or (_own_root(known[origin[id]]),)) for id in sorted(known))


def _credited(document: Annotated) -> tuple[str, ...]:
    own = agency_of(document.document.outlet)
    return (own,) if own else credits(document.document.text)


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


def _origins(known: Mapping[str, Annotated], copies: Iterable[Copy]) -> dict[str, str]:
    """For every document the earliest of its copies, itself where it has none."""
    groups = Groups(known)
    for copy in copies:
        if copy.share >= COPY:
            groups.join(copy.first, copy.second)
    return {member: min(members, key=lambda id: _order(known[id])) for members in groups.all() for member in members}


def _order(document: Annotated) -> tuple[str, str]:
    published = document.document.published
    return (published.value if published else "~", document.document.id)


def _own_root(document: Annotated) -> str:
    return _first_source(document) or document.document.outlet or document.document.id
