"""Entities over all documents: which labels are compared, and the groups of those that hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from khabar.link.candidates import Profile, families
from khabar.link.cluster import Edge, Groups, Rulings, join_edges
from khabar.link.compare import compare, full_name
from khabar.link.spelling import words_of
from khabar.model import Entity

_SHORT = 0.6
_FAMILY = "one family name"


def pair(one: Profile, other: Profile) -> Edge | None:
    """How alike two labels are; a pair of no score for a family name and a full name that ends in it."""
    edge = compare(one, other)
    if edge is None and bool(one.full) != bool(other.full) and families(one) & families(other):
        first, second = sorted((one.label, other.label))
        return Edge(first, second, 0.0, _FAMILY)
    return edge


def entities_of(known: Mapping[str, Profile], edges: Iterable[Edge], rulings: Rulings) -> list[Entity]:
    """One entity for every group of labels, of a part whose labels make no pairs with others."""
    edges = list(edges)
    alike = [edge for edge in edges if edge.reason != _FAMILY]
    groups = join_edges(sorted(known), alike, lambda ours, theirs: _hold_together(known, ours, theirs), rulings)
    return _entities(known, groups, alike + _short_forms(known, groups, edges, rulings))


def _hold_together(known: Mapping[str, Profile], ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """No given name of the one group may contradict one of the other, or two brothers meet over a family name."""
    for one in ours[:20]:
        for other in theirs[:20]:
            feature = full_name(known[one], known[other])
            if feature is not None and feature.score == 0:
                return False
    return True


def _short_forms(
    known: Mapping[str, Profile], groups: Groups[str], edges: Sequence[Edge], rulings: Rulings
) -> list[Edge]:
    """Join a label that has only a family name to the one person of that family name, if there is only one."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        short, full = sorted((known[edge.first], known[edge.second]), key=lambda profile: bool(profile.full))
        if full.full and not short.full and families(short) & families(full):
            bearers[short.label].add(groups.root(full.label))
    joined = []
    for label in sorted(bearers):
        only = _only_bearer(known, known[label], next(iter(bearers[label]))) if len(bearers[label]) == 1 else None
        if only is not None and not rulings.forbid(groups, only.first, only.second):
            groups.join(only.first, only.second)
            joined.append(only)
    return joined


def _only_bearer(known: Mapping[str, Profile], short: Profile, root: str) -> Edge | None:
    bearer = known[root]
    if not short.company.keys() & bearer.company.keys() and not short.titles.keys() & bearer.titles.keys():
        return None
    first, second = sorted((short.label, root))
    return Edge(first, second, _SHORT, f"the only {short.spellings[0][-1]} in the documents, in the same company")


def _entities(known: Mapping[str, Profile], groups: Groups[str], edges: Iterable[Edge]) -> list[Entity]:
    reasons: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if groups.together(edge.first, edge.second):
            reasons[groups.root(edge.first)].append(edge)
    return [_entity([known[label] for label in members], reasons[groups.root(members[0])]) for members in groups.all()]


def _entity(members: Sequence[Profile], edges: Sequence[Edge]) -> Entity:
    first = min(
        members, key=lambda profile: (-len(profile.documents), -profile.trust, -len(profile.label), profile.label)
    )
    forms: dict[str, int] = defaultdict(int)
    for profile in members:
        for form, count in profile.forms.items():
            forms[form] += count
    ordered = tuple(sorted(forms, key=lambda form: (-forms[form], -len(words_of(form)), form)))
    documents = tuple(sorted({document for profile in members for document in profile.documents}))
    reason = " | ".join(sorted({edge.reason for edge in edges})[:5]) or "one label in every document"
    score = min((edge.score for edge in edges), default=1.0)
    labels = tuple(sorted(profile.label for profile in members))
    return Entity(first.label, first.label, first.type, ordered, labels, documents, reason, score)
