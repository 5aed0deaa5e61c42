"""Do two reports tell of one event?  A list of weighted, named features, as for entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from khabar.lexicon import table
from khabar.link.cluster import Edge
from khabar.link.compare import Feature
from khabar.link.nations import states_of
from khabar.link.scenes import FAMILIES, Scene
from khabar.link.stories import dot

SAME = 0.6
"""From this weighted mean on, two events are one."""
_NEAR = 10
"""Undated events are one only if published within so many days."""
_TWICE = 0.5
_CLOSE, _MANY = 0.7, 4
_ALIKE = 0.4
"""Cosine from which two passages cannot be more alike: paraphrases seldom reach it."""
_KIN = 0.7
"""A state and a body of it are the same party to this degree."""
_BESIDE = 0.7
"""Two places that one report names side by side agree to this degree, at the same time."""
_BLOCK = 25
_ENOUGH = 0.45
_APART = "apart"

Ground = Callable[[Scene, Scene], Feature | None]


def kind(one: Scene, other: Scene) -> Feature | None:
    """The same type of PLOVER; or two that reports confuse, where one word names both."""
    ours, theirs = one.event.type, other.event.type
    if ours == theirs:
        return Feature("type", 1.0, 0.5, f"both {ours}")
    if one.triggers & other.triggers and any(ours in family and theirs in family for family in FAMILIES):
        return Feature("type", 0.4, 1.0, f"{ours} and {theirs}")
    return Feature(_APART, 0.0, 1.0, f"{ours} and {theirs}")


def wording(one: Scene, other: Scene) -> Feature | None:
    """A word of the same root names both."""
    shared = one.triggers & other.triggers
    if shared:
        return Feature("word", 1.0, 1.0, "named by the same word")
    return Feature("word", 0.0, 0.5, "named by other words")


def passage(one: Scene, other: Scene) -> Feature | None:
    """The sentences that tell it, by their telling words."""
    alike = dot(one.words, other.words)
    return Feature("passage", min(1.0, alike / _ALIKE), 2.0, f"passages alike by {alike:.2f}")


def time(one: Scene, other: Scene) -> Feature | None:
    """Dates that allow one day, give or take one; undated, a short time between the reports."""
    if one.when and other.when:
        gap = max(one.when[0] - other.when[1], other.when[0] - one.when[1], 0)
        if gap > 1:
            return Feature(_APART, 0.0, 1.0, f"{gap} days apart")
        day = one.when[0] == one.when[1] and one.when == other.when
        return Feature("date", 1.0 if day else 0.7, 1.5 if day else 0.8, "the same day" if day else "times that agree")
    if one.day is None or other.day is None:
        return None
    return Feature(_APART, 0.0, 1.0, "reports far apart") if abs(one.day - other.day) > _NEAR else None


def place(one: Scene, other: Scene) -> Feature | None:
    """The same place, or two, of which neither is a country."""
    if not one.event.place or not other.event.place:
        return None
    if one.event.place == other.event.place:
        return Feature("place", 1.0, 1.5, f"both in {one.event.place}")
    if one.event.place in _countries() or other.event.place in _countries():
        return None
    beside = one.event.place in other.around or other.event.place in one.around
    if beside and one.when and one.when == other.when:
        return Feature("place", _BESIDE, 1.0, f"{one.event.place} beside {other.event.place}")
    return Feature("place", 0.0, 3.0, f"{one.event.place} and {other.event.place}")


@cache
def _countries() -> frozenset[str]:
    """A country says little beside a town, which may lie in it."""
    return frozenset(row["label"] for row in table("countries"))


def who(one: Scene, other: Scene) -> Feature | None:
    """Those who do it."""
    return _sides("actors", one.actors, other.actors, 0.7)


def to_whom(one: Scene, other: Scene) -> Feature | None:
    """Those to whom it is done."""
    return _sides("recipients", one.recipients, other.recipients, 0.5)


def parties(one: Scene, other: Scene) -> Feature | None:
    """All of them together: in a meeting, who is actor and who recipient is the reporter's choice."""
    return _sides("parties", one.actors | one.recipients, other.actors | other.recipients, 1.0)


def _sides(name: str, ours: frozenset[str], theirs: frozenset[str], weight: float) -> Feature | None:
    if not ours or not theirs:
        return None
    shared = ours & theirs
    smaller, larger = sorted((ours, theirs), key=len)
    kin = [label for label in sorted(smaller - shared) if any(_of_one_state(label, other) for other in larger)]
    score = (len(shared) + _KIN * len(kin)) / len(smaller)
    return Feature(name, score, weight, f"{name}: {', '.join([*sorted(shared), *kin][:3]) or 'none in common'}")


def _of_one_state(one: str, other: str) -> bool:
    """A state and its government, ministry or army act as one in the press; two bodies of one state may not."""
    shared = states_of(one) & states_of(other)
    return bool(shared) and (one in _countries() or other in _countries())


def counts(one: Scene, other: Scene) -> Feature | None:
    """Nearly as many dead, or wounded; nothing where the numbers differ, for a toll may be another day's."""
    for fate in sorted(one.counts.keys() & other.counts.keys()):
        (low, high), (least, most) = one.counts[fate], other.counts[fate]
        if high >= _CLOSE * least and most >= _CLOSE * low and max(low, least) > _MANY:
            return Feature("counts", 1.0, 1.0, f"alike in the number of {fate}")
    return None


def matter(one: Scene, other: Scene) -> Feature | None:
    """One story."""
    same = one.story == other.story
    return Feature("story", float(same), 0.5, "one story" if same else "two stories")


GROUNDS: tuple[Ground, ...] = (kind, wording, passage, time, place, who, to_whom, parties, counts, matter)


def compare(one: Scene, other: Scene) -> Edge | None:
    """One event?  An edge with the score and the reasons, or None."""
    first, second = sorted((one.id, other.id))
    if copied(one, other):
        return Edge(first, second, 0.97, "the same sentence, copied")
    found = [feature for ground in GROUNDS if (feature := ground(one, other)) is not None]
    if any(feature.name == _APART for feature in found) or _unfounded(found):
        return None
    score = sum(feature.score * feature.weight for feature in found) / sum(feature.weight for feature in found)
    return (
        Edge(first, second, min(score, 0.95), "; ".join(feature.reason for feature in found)) if score >= SAME else None
    )


def contradict(one: Scene, other: Scene) -> bool:
    """Do their times or places exclude each other, and the sentences are not one?"""
    found = [feature for ground in (time, place) if (feature := ground(one, other)) is not None]
    return any(feature.score == 0 for feature in found) and not copied(one, other)


def told_twice(one: Scene, other: Scene) -> bool:
    """Does one report name one event in two places, its headline and its body: by one word, of the same parties?

    Or an attack, once with its time and once without, as in ``حصيلة القصف`` and ``غارتان أصابتا الموقع ليل الثلاثاء``.
    """
    if one.event.type != other.event.type or contradict(one, other):
        return False
    shared = parties(one, other)
    same = bool(one.triggers & other.triggers) and shared is not None and shared.score >= _TWICE
    return same or (one.event.type == "ASSAULT" and (_only_adds(one, other) or _only_adds(other, one)))


def _only_adds(one: Scene, other: Scene) -> bool:
    """Does one telling give nothing but a time, with neither place nor parties of its own, to a telling without one?"""
    bare = not (one.actors or one.recipients or one.event.place)
    return bare and one.when is not None and other.when is None


def copied(one: Scene, other: Scene) -> bool:
    """Do both triggers stand in the same three words of nearly the same sentence?"""
    return (
        bool(one.spots & other.spots) and one.event.type == other.event.type and dot(one.words, other.words) > _ENOUGH
    )


def _unfounded(found: Sequence[Feature]) -> bool:
    """Do fewer than two of words, parties, counts, day and place speak for it?"""
    telling = {"passage": 0.4, "parties": 0.5, "word": 1.0, "counts": 1.0, "date": 1.0, "place": 1.0}
    return sum(feature.score >= telling[feature.name] for feature in found if feature.name in telling) < 2


def candidates(all_scenes: Sequence[Scene]) -> Iterator[tuple[Scene, Scene]]:
    """Pairs of different documents that share a block key; each scene with the latest of a crowded block."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, scene in enumerate(all_scenes):
        partners: set[int] = set()
        for key in _keys(scene):
            partners.update(blocks[key][-_BLOCK:])
            blocks[key].append(at)
        for before in sorted(partners):
            if all_scenes[before].document is not scene.document:
                yield all_scenes[before], scene


def _keys(scene: Scene) -> Iterator[tuple[object, ...]]:
    """Shared words around a trigger; the story with the word or a party; a party or place with the week."""
    yield from (("spot", spot) for spot in sorted(scene.spots))
    yield from (("story", scene.story, word) for word in sorted(scene.triggers))
    who = sorted(scene.actors | scene.recipients)[:8]
    yield from (("story", scene.story, label) for label in who)
    for week in _weeks(scene):
        yield from (("week", week, label) for label in who)
        if scene.event.place:
            yield ("week", week, scene.event.place, scene.event.type)


def _weeks(scene: Scene) -> Sequence[int]:
    """The week of a dated event and its neighbours' edges; that of the report where no day is known."""
    if scene.when and scene.when[1] - scene.when[0] <= 1:
        return sorted({(scene.when[0] - 1) // 7, (scene.when[1] + 1) // 7})
    return [] if scene.day is None else [scene.day // 7]
