"""Grouping: deterministic, and the same whatever order things arrive in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """Two items (the smaller id first) that look like one, with a score from 0 to 1 and the reason."""

    first: str
    second: str
    score: float
    reason: str


class Groups(Generic[Item]):
    """Disjoint sets (union-find, smaller into larger), each with its members at hand.

    >>> groups = Groups(["a", "b", "c"])
    >>> groups.join("a", "c")
    >>> groups.members("c"), groups.together("a", "b")
    (['a', 'c'], False)
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._members: dict[Item, list[Item]] = {item: [item] for item in items}
        self._root: dict[Item, Item] = {item: item for item in self._members}

    def root(self, item: Item) -> Item:
        """The item that stands for the whole group."""
        return self._root[item]

    def has(self, item: Item) -> bool:
        """Is it one of the items?"""
        return item in self._root

    def members(self, item: Item) -> list[Item]:
        """All members of the group of `item`."""
        return self._members[self._root[item]]

    def together(self, one: Item, other: Item) -> bool:
        """Are the two in one group?"""
        return self._root[one] == self._root[other]

    def join(self, one: Item, other: Item) -> None:
        """Make one group of two."""
        large, small = self._root[one], self._root[other]
        if large == small:
            return
        if len(self._members[large]) < len(self._members[small]):
            large, small = small, large
        for item in self._members.pop(small):
            self._root[item] = large
            self._members[large].append(item)

    def all(self) -> list[list[Item]]:
        """The groups, each sorted, in the order of their first members."""
        return sorted(sorted(members, key=str) for members in self._members.values())


def strongest_first(edges: Iterable[Edge]) -> list[Edge]:
    """Edges by falling score; ties by the ids, so that the order of arrival never shows."""
    return sorted(edges, key=lambda edge: (-edge.score, edge.first, edge.second))


class Rulings:
    """What people have ruled to be one thing, and what two, by the names of things.

    >>> rulings = Rulings([("a", "b", True), ("b", "c", True), ("a", "c", False)])
    >>> rulings.contradictions()
    [('b', 'c')]
    """

    def __init__(self, ruled: Iterable[tuple[str, str, bool]] = ()) -> None:
        self.same: list[tuple[str, str]] = []
        self._apart: dict[str, set[str]] = {}
        self._beside: dict[str, set[str]] = {}
        for one, other, same in sorted((min(one, other), max(one, other), same) for one, other, same in ruled):
            if same:
                self.same.append((one, other))
            for this, that in ((one, other), (other, one)):
                self._beside.setdefault(this, set()).add(that)
                if not same:
                    self._apart.setdefault(this, set()).add(that)

    def beside(self, name: str) -> set[str]:
        """All that a thing was ruled to be, or not to be."""
        return self._beside.get(name, set())

    def forbid(self, groups: Groups[str], one: str, other: str) -> bool:
        """Would one group hold two things that are ruled to be two?"""
        if not self._apart:
            return False
        smaller, larger = sorted((groups.members(one), groups.members(other)), key=len)
        root = groups.root(larger[0])
        return any(
            groups.has(apart) and groups.root(apart) == root for name in smaller for apart in self._apart.get(name, ())
        )

    def contradictions(self) -> list[tuple[str, str]]:
        """Pairs ruled to be one that cannot be, for others were ruled to be two."""
        groups = Groups(self._beside)
        return [pair for pair in self.same if not self.join(groups, *pair)]

    def join(self, groups: Groups[str], one: str, other: str) -> bool:
        """Join two things as ruled; where others were ruled to be two, they stay two."""
        if self.forbid(groups, one, other):
            return False
        groups.join(one, other)
        return True


def join_edges(
    items: Iterable[str],
    edges: Iterable[Edge],
    allowed: Callable[[list[str], list[str]], bool],
    rulings: Rulings,
) -> Groups[str]:
    """Greedy agglomeration: what is ruled first, then the strongest edge, wherever `allowed` lets two groups be one."""
    groups = Groups(items)
    for one, other in rulings.same:
        if groups.has(one) and groups.has(other):
            rulings.join(groups, one, other)
    for edge in strongest_first(edges):
        if groups.together(edge.first, edge.second) or rulings.forbid(groups, edge.first, edge.second):
            continue
        if allowed(groups.members(edge.first), groups.members(edge.second)):
            groups.join(edge.first, edge.second)
    return groups
