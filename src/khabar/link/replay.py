"""Grouping anew no more of a connected part than a change reaches.

Groups grow by their strongest pairs first, and a pair whose groups may not be one leaves no trace.  So a group in which
nothing has changed, and which nothing that has changed joins, comes out as it was, whatever else lies beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

Beside = Callable[[Iterable[str]], AbstractSet[str]]
"""All that makes a pair with one of some things."""
Group = Callable[[Sequence[str]], Sequence[Sequence[str]]]
"""The groups of some things by the pairs among them, things without a group each by itself."""


def regrouped(
    before: Mapping[str, str], changed: AbstractSet[str], beside: Beside, group: Group
) -> list[Sequence[str]]:
    """The groups that hold something that has changed, or that are other than before.

    `before` has the group of everything in a connected part; `changed` is what is new or has other pairs.  What lies
    beside the groups that a change has reached is grouped with them; where it reaches further, so is what lies there.
    """
    members: dict[str, set[str]] = defaultdict(set)
    for name, one in before.items():
        members[one].add(name)

    def whole(names: Iterable[str]) -> set[str]:
        return {other for one in {before[name] for name in names} for other in members[one]}

    reached = whole(name for name in before if name in changed)  # parts are small, and what has changed may be all
    while True:
        near = reached if len(reached) == len(before) else reached | whole(beside(reached))
        groups = group(sorted(near))
        found = [one for one in groups if not changed.isdisjoint(one) or members[before[one[0]]] != set(one)]
        reached = {name for one in found for name in one}
        if len(near) == len(before) or whole(beside(reached)) <= near:
            return found


class Before:
    """Which groups there were; those that need not be told again are put into `kept` by who asks.

    `firsts` has the first member of everything's group, `broken` the first members of groups of which something went,
    and `fresh` what is new or told otherwise.
    """

    def __init__(self, firsts: Mapping[str, str], broken: AbstractSet[str], fresh: AbstractSet[str]) -> None:
        self.kept: set[str] = set()
        self._broken = broken
        self._fresh = fresh
        self._groups: dict[str, set[str]] = defaultdict(set)
        for member, first in firsts.items():
            self._groups[first].add(member)

    def has(self, members: Sequence[str]) -> bool:
        """Were they one group, and nothing of it has changed?"""
        same = self._groups.get(members[0]) == set(members) and members[0] not in self._broken
        return same and self._fresh.isdisjoint(members)
