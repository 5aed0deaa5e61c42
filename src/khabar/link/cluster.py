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


def join_edges(
    items: Iterable[str], edges: Iterable[Edge], allowed: Callable[[list[str], list[str]], bool]
) -> Groups[str]:
    """Greedy agglomeration: the strongest edge first, wherever `allowed` lets the two groups be one."""
    groups = Groups(items)
    for edge in strongest_first(edges):
        if groups.together(edge.first, edge.second):
            continue
        if allowed(groups.members(edge.first), groups.members(edge.second)):
            groups.join(edge.first, edge.second)
    return groups
