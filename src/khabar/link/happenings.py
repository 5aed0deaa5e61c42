"""Happenings: one event of the world from the events of many documents."""

from __future__ import annotations

from base64 import b32encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from khabar.link.assess import assess
from khabar.link.cluster import Edge, Groups, Rulings, join_edges
from khabar.link.sameness import likeness, told_twice
from khabar.link.scenes import Scene
from khabar.model import EventStatus, Happening, Mention

_SAMPLE = 5
_TOGETHER = 0.3
"""From this mean chance on, over pairs of their tellings, two groups are one event."""
_PHASES: tuple[EventStatus, ...] = ("actual", "negated", "future", "hypothetical")
_AHEAD: frozenset[EventStatus] = frozenset({"future", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """The tellings of one event, by date of publication, and the first telling of what announced it."""

    scenes: tuple[Scene, ...]
    announced: Scene | None


def clusters_of(scenes: Mapping[str, Scene], edges: Iterable[Edge], rulings: Rulings) -> list[Cluster]:
    """The events of a part whose scenes make no pairs with others; `scenes` by their ids, in order of publication."""
    edges = list(edges)
    groups = join_edges(scenes, edges, _Joining(scenes).may, rulings)
    told = _clusters(scenes, groups)
    plans = _plans(scenes, groups, edges)
    return [Cluster(tuple(found), told[plans[root]][0] if root in plans else None) for root, found in told.items()]


def identity(scene: Scene) -> str:
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


Told = dict[str, list[str]]
"""The scenes of a group by their documents."""


class _Joining:
    """Which groups may be one.  What a group holds of each document is remembered, for groups may be large."""

    def __init__(self, scenes: Mapping[str, Scene]) -> None:
        self._scenes = scenes
        self._told: dict[str, tuple[int, Told]] = {}
        self._known: dict[tuple[str, str], float] = {}

    def may(self, ours: Sequence[str], theirs: Sequence[str]) -> bool:
        """Are the tellings of two groups alike on the whole, and two events of one report in them only one told twice?

        Groups that may are joined by who asks.
        """
        larger, smaller = (ours, theirs) if len(ours) >= len(theirs) else (theirs, ours)
        told, added = self._of(larger), self._of(smaller)
        for document, ids in added.items():
            pairs = [(self._scenes[one], self._scenes[other]) for one in ids for other in told.get(document, ())]
            if not all(told_twice(one, other) for one, other in pairs):
                return False
        some = [(one, other) for one in smaller[:_SAMPLE] for other in larger[:_SAMPLE]]
        if sum(self._alike(*pair) for pair in some) < _TOGETHER * len(some):
            return False
        for document, ids in added.items():
            told.setdefault(document, []).extend(ids)
        self._told[larger[0]] = len(ours) + len(theirs), told
        return True

    def _alike(self, one: str, other: str) -> float:
        if (one, other) not in self._known:
            self._known[one, other] = likeness(self._scenes[one], self._scenes[other])
        return self._known[one, other]

    def _of(self, group: Sequence[str]) -> Told:
        """What a group tells, by document; its first member stands for it, whatever joins it."""
        size, told = self._told.get(group[0], (0, {}))
        if size != len(group):
            told = {}
            for id in group:
                told.setdefault(self._scenes[id].document.document.id, []).append(id)
            self._told[group[0]] = len(group), told
        return told


def _clusters(scenes: Mapping[str, Scene], groups: Groups[str]) -> dict[str, list[Scene]]:
    found: dict[str, list[Scene]] = defaultdict(list)
    for scene in scenes.values():
        found[groups.root(scene.id)].append(scene)
    return found


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


def happening_of(cluster: Cluster, roots: Mapping[str, tuple[str, ...]], arabic: Mapping[str, str]) -> Happening:
    """One event with its values, its support and the reasons for it.

    `arabic` holds the Arabic names of entities by their labels, for the reasons.
    """
    told = cluster.scenes
    judged = assess(told, roots, arabic)
    events = [scene.event for scene in told]
    return Happening(
        id=identity(told[0]), type=_most(event.type for event in events) or events[0].type,
        mode=_most(event.mode for event in events),
        status=_status(told), date=_finest(event.date for event in events),
        place=_most(event.place for event in events),
        actors=_by_count(role.entity for event in events for role in event.actors),
        recipients=_by_count(role.entity for event in events for role in event.recipients),
        mentions=tuple(Mention(scene.document.document.id, scene.event.id) for scene in told),
        values=judged.values, support=judged.support, independent=len(judged.roots), roots=judged.roots,
        reason=judged.reason, reason_ar=judged.reason_ar,
        planned=identity(cluster.announced) if cluster.announced else None,
    )  # fmt: skip


def _status(cluster: Sequence[Scene]) -> EventStatus:
    """What most say of whether it happened, and where they are as many, that it did; else what most announce.

    An event that was announced and then took place has taken place, however many reports announced it.
    """
    counts = Counter(scene.event.status for scene in cluster)
    told = [status for status in _PHASES if counts[status]]
    done = [status for status in told if status not in _AHEAD]
    return max(done or told, key=lambda status: (counts[status], -_PHASES.index(status)))


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
