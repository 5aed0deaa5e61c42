"""Roots: the sources that a document's account comes from in the end.

An agency that a report credits, or that published it, is its root; a report that repeats the sentences of such a
report has the same one, credited or not.  Without an agency copies have the root of the earliest, and a report by
itself has its first identified source, else its outlet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from khabar.lexicon import table
from khabar.link.cluster import Edge, Groups
from khabar.link.copies import COPY
from khabar.link.credits import agency_of, credits
from khabar.model import Annotated, Claim, Span

_MANIFOLD, _MANY, _OTHERS, _SURVEY, _PART = 2, 5, 3, 8, 5


def innermost(claim: Claim) -> str | None:
    """The label or the words of who said it first, None where nobody is identified."""
    if claim.source_kind == "anonymous":
        return None
    return claim.source_entity or (claim.source.text if claim.source else None)


def _main_source(document: Annotated) -> str | None:
    """The first source that the report quotes; None where what nobody identified says is by far the most of it.

    Nor has a survey that quotes many, each for a little, one main source: its account is the outlet's own.
    """
    first, told = _first_source(document), _told(document)
    if first is None or (_opens_unnamed(document) and told[first] * _MANIFOLD < told[None]):
        return None
    survey = len(told) >= _SURVEY and told[first] < sum(told.values()) / _PART
    return None if survey else first


def _opens_unnamed(document: Annotated) -> bool:
    """Is the first claim of a report that of a source without a name?"""
    first = min(document.claims, key=lambda claim: claim.content.start)
    return first.source_kind == "anonymous"


def _told(document: Annotated) -> Counter[str | None]:
    """How many characters each source says, None for the unnamed."""
    found: Counter[str | None] = Counter({None: 0})
    for claim in document.claims:
        found[innermost(claim)] += claim.content.end - claim.content.start
    return found


def _first_source(document: Annotated) -> str | None:
    """The first person or body that the report quotes: one with a name before one without, and both before a state."""
    quoted = sorted(document.claims, key=lambda claim: claim.content.start)
    known = [claim for claim in quoted if claim.source_kind in ("person", "organisation") or claim.source_entity]
    named = [claim.source_entity for claim in known if claim.source_entity]
    described = [claim.source.text for claim in known if claim.source]
    bodies = (label for label in named if label not in _states())
    return next((who for who in (*bodies, *named, *described) if who), None)


@cache
def _states() -> frozenset[str]:
    return frozenset(row["label"] for row in table("countries"))


def told_roots(document: Annotated) -> tuple[tuple[str, ...], str]:
    """What one document tells of its roots: the agencies that it credits, and its root if it goes back to none."""
    return _credited(document), _own_root(document)


Told = Mapping[str, tuple[Sequence[str], str]]


def roots_of(told: Told, places: Mapping[str, str], edges: Iterable[Edge]) -> dict[str, tuple[str, ...]]:
    """The roots of each document of a part whose documents share text with no others, sorted.

    What one of them credits holds for all.  `told` is as `told_roots` has it, `places` sort documents by date.
    """
    agencies = tuple(sorted({agency for credited, _ in told.values() for agency in credited}))
    if agencies:
        return dict.fromkeys(told, agencies)
    groups = Groups(told)
    for edge in edges:
        if edge.score >= COPY:
            groups.join(edge.first, edge.second)
    origins = [(members, min(members, key=places.__getitem__)) for members in groups.all()]
    return {member: (told[origin][1],) for members, origin in origins for member in members}


def _credited(document: Annotated) -> tuple[str, ...]:
    own = agency_of(document.document.outlet)
    if own:
        return (own,)
    found = credits(document.document.text)
    return () if len(found) == 1 and _only_a_remark(document, found[0]) else found


def _only_a_remark(document: Annotated, agency: str) -> bool:
    """Is an agency cited once, for what somebody told it, in a report with named sources before that?"""
    through = [claim for claim in document.claims if _through(document, claim, agency)]
    if len(through) != 1 or len(document.claims) < _MANY or through[0].source_entity == agency:
        return False
    earlier = [claim for claim in document.claims if claim.content.end < through[0].content.start]
    named = {innermost(claim) for claim in earlier if claim.source_kind in ("person", "organisation")}
    return len(named) >= _OTHERS


def _through(document: Annotated, claim: Claim, agency: str) -> bool:
    """Did a claim come through the agency, or from it?"""
    spans = [*claim.via, *([claim.source] if claim.source else [])]
    labels = [name.entity for name in document.names for span in spans if _inside(name.span, span)]
    return agency in labels or claim.source_entity == agency


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _own_root(document: Annotated) -> str:
    return _main_source(document) or document.document.publisher
