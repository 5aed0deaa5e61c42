"""Happenings: one event of the world from the events of many documents."""

from __future__ import annotations

from base64 import b32encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from khabar.link.assess import Judgement, assess
from khabar.link.cluster import Edge, Groups, join_edges
from khabar.link.sameness import candidates, compare, contradict, told_twice
from khabar.link.scenes import Scene
from khabar.model import EventStatus, Happening, Mention

_SAMPLE = 8
_AHEAD: frozenset[EventStatus] = frozenset({"future", "hypothetical"})


def link_events(
    all_scenes: Sequence[Scene], roots: Mapping[str, tuple[str, ...]], arabic: Mapping[str, str]
) -> tuple[Happening, ...]:
    """Happenings in the order of their first mentions; one without a partner is a happening too.

    `arabic` holds the Arabic names of entities by their labels, for the reasons.
    """
    by_id = {scene.id: scene for scene in all_scenes}
    edges = [edge for one, other in candidates(all_scenes) if (edge := compare(one, other)) is not None]
    groups = join_edges(
        by_id,
        (edge for edge in edges if not _planned(by_id, edge)),
        lambda ours, theirs: _may_join(by_id, ours, theirs),
    )
    clusters = _clusters(all_scenes, groups)
    ids = {groups.root(cluster[0].id): _identity(cluster[0]) for cluster in clusters}
    plans = _plans(by_id, groups, edges)
    return tuple(
        _happening(cluster, ids[root], ids.get(plans.get(root, "")), assess(cluster, roots, arabic))
        for cluster in clusters
        for root in (groups.root(cluster[0].id),)
    )


def _identity(scene: Scene) -> str:
    """A short id that stays the same between builds as long as the first report to tell the event does.

    35 bits: among a hundred thousand happenings two meet with a chance of one in seven.
    """
    trigger = scene.event.triggers[0]
    told = f"{scene.document.document.id}\0{scene.event.type}\0{trigger.start}\0{scene.event.id}"
    return "h" + b32encode(sha256(told.encode()).digest())[:7].decode().lower()


def _planned(by_id: Mapping[str, Scene], edge: Edge) -> bool:
    """Was it announced in a report that came out before, and told as done in the other?"""
    one, other = by_id[edge.first], by_id[edge.second]
    if (one.event.status in _AHEAD) == (other.event.status in _AHEAD) or one.day is None or other.day is None:
        return False
    before, after = (one, other) if one.event.status in _AHEAD else (other, one)
    return before.day is not None and after.day is not None and before.day < after.day


def _may_join(by_id: Mapping[str, Scene], ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Two events of one report meet in no happening, unless it tells one twice; nor do many times or places."""
    smaller, larger = sorted((ours, theirs), key=len)
    told: dict[str, list[Scene]] = defaultdict(list)
    for id in larger:
        told[by_id[id].document.document.id].append(by_id[id])
    for id in smaller:
        if any(not told_twice(by_id[id], other) for other in told.get(by_id[id].document.document.id, ())):
            return False
    pairs = [(by_id[one], by_id[other]) for one in smaller[:_SAMPLE] for other in larger[:_SAMPLE]]
    return 2 * sum(contradict(one, other) for one, other in pairs) <= len(pairs)


def _clusters(all_scenes: Sequence[Scene], groups: Groups[str]) -> list[list[Scene]]:
    found: dict[str, list[Scene]] = defaultdict(list)
    for scene in all_scenes:
        found[groups.root(scene.id)].append(scene)
    return list(found.values())


def _plans(by_id: Mapping[str, Scene], groups: Groups[str], edges: Iterable[Edge]) -> dict[str, str]:
    """For what has happened the group that announced it, by the strongest edge."""
    found: dict[str, tuple[float, str]] = {}
    for edge in sorted(edges):
        if not _planned(by_id, edge) or groups.together(edge.first, edge.second):
            continue
        ends = edge.first, edge.second
        before, after = ends if by_id[edge.first].event.status in _AHEAD else ends[::-1]
        if by_id[before].event.status != "future":
            continue
        candidate = (edge.score, groups.root(before))
        found[groups.root(after)] = max(found.get(groups.root(after), candidate), candidate)
    return {after: before for after, (_, before) in found.items()}


def _happening(cluster: Sequence[Scene], id: str, planned: str | None, judged: Judgement) -> Happening:
    events = [scene.event for scene in cluster]
    return Happening(
        id=id, type=_most(event.type for event in events) or events[0].type, mode=_most(event.mode for event in events),
        status=_status(cluster), date=_finest(event.date for event in events),
        place=_most(event.place for event in events),
        actors=_by_count(role.entity for event in events for role in event.actors),
        recipients=_by_count(role.entity for event in events for role in event.recipients),
        mentions=tuple(Mention(scene.document.document.id, scene.event.id) for scene in cluster),
        values=judged.values, support=judged.support, independent=len(judged.roots), roots=judged.roots,
        reason=judged.reason, reason_ar=judged.reason_ar, planned=planned,
    )  # fmt: skip


def _status(cluster: Sequence[Scene]) -> EventStatus:
    """What most say, and where they are as many, what says more: it happened."""
    order: tuple[EventStatus, ...] = ("actual", "negated", "future", "hypothetical")
    counts = Counter(scene.event.status for scene in cluster)
    return min(order, key=lambda status: (-counts[status], order.index(status)))


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _finest(values: Iterable[str | None]) -> str | None:
    """The date most often told; among equals the finest."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], -len(value), value)) if counts else None


def _by_count(labels: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(labels)
    return tuple(sorted(counts, key=lambda label: (-counts[label], label)))
