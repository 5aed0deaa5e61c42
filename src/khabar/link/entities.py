"""Entities over all documents: profiles, candidate pairs, comparison, and groups that hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from khabar.link.candidates import Profile, pairs, profiles
from khabar.link.cluster import Edge, Groups, join_edges
from khabar.link.compare import compare, full_name
from khabar.link.spelling import words_of
from khabar.model import Annotated, Entity

_SHORT = 0.6


def link_entities(documents: Sequence[Annotated]) -> tuple[Entity, ...]:
    """One entity for every group of labels; their ids count from the most documents down."""
    known = profiles(documents)
    edges = [edge for one, other in pairs(known) if (edge := compare(one, other)) is not None]
    groups = join_edges(known, edges, lambda ours, theirs: _hold_together(known, ours, theirs))
    edges += _short_forms(known, groups)
    return _entities(known, groups, edges)


def _hold_together(known: Mapping[str, Profile], ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """No given name of the one group may contradict one of the other, or two brothers meet over a family name."""
    for one in ours[:20]:
        for other in theirs[:20]:
            feature = full_name(known[one], known[other])
            if feature is not None and feature.score == 0:
                return False
    return True


def _short_forms(known: Mapping[str, Profile], groups: Groups[str]) -> list[Edge]:
    """Join a label that has only a family name to the one person of that family name, if there is only one."""
    families: dict[str, set[str]] = defaultdict(set)
    for label, profile in known.items():
        for words in profile.full if profile.type == "PER" else ():
            families[words[-1]].add(groups.root(label))
    joined = []
    for profile in known.values():
        if profile.type != "PER" or profile.full:
            continue
        bearers = {root for words in profile.spellings for root in families.get(words[-1], ())}
        if len(bearers) == 1 and (edge := _only_bearer(known, profile, bearers.pop())) is not None:
            groups.join(edge.first, edge.second)
            joined.append(edge)
    return joined


def _only_bearer(known: Mapping[str, Profile], short: Profile, root: str) -> Edge | None:
    bearer = known[root]
    if not short.company.keys() & bearer.company.keys() and not short.titles.keys() & bearer.titles.keys():
        return None
    first, second = sorted((short.label, root))
    return Edge(first, second, _SHORT, f"the only {short.spellings[0][-1]} in the documents, in the same company")


def _entities(known: Mapping[str, Profile], groups: Groups[str], edges: Iterable[Edge]) -> tuple[Entity, ...]:
    reasons: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if groups.together(edge.first, edge.second):
            reasons[groups.root(edge.first)].append(edge)
    found = [_entity([known[label] for label in members], reasons[groups.root(members[0])]) for members in groups.all()]
    found.sort(key=lambda entity: (-len(entity.documents), entity.label))
    return tuple(found)


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
