"""Pairs that look like one, and the connected parts of their graph that a change touches.

A thing is compared with the last few before it in each of its blocks, in an order that comes from the things
themselves (date of publication, label).  So which pairs there are depends on what there is and not on when it came,
and a new thing changes only its own pairs and those of the few behind it in its blocks.  What is then decided in a
connected part depends on that part alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khabar.link.cluster import Edge, Groups
from khabar.link.state import Item, Keys, State

_AT_ONCE = 400

Compare = Callable[[str, Sequence[str]], Mapping[str, Edge]]
"""Of a thing and of others before it, by name: those that make a pair with it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing to be taken in: its place among the others, its blocks, and what is kept with it."""

    place: str
    keys: Keys
    data: Any = None


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touched: the connected parts as they are now, and the groups in which their things were before."""

    parts: tuple[tuple[str, ...], ...]
    """Each sorted by name, in the order of their first names."""
    before: frozenset[str]
    put: frozenset[str]
    """All that was taken in."""
    changed: frozenset[str]
    """All that was taken in or has other pairs than before."""


class Graph:
    """The things of one kind.

    `window`: with how many before it in a block a thing is compared.  `least`: how many blocks two must share so.
    `ties`: which others belong to a thing's connected part whatever their pairs.
    """

    def __init__(
        self, state: State, space: int, window: int, least: int = 1, ties: Callable[[str], Iterable[str]] | None = None
    ) -> None:
        self._ties = ties
        self._state = state
        self._space = space
        self._window = window
        self._least = least

    def update(
        self, put: Iterable[Mapping[str, Node]], drop: Iterable[str], compare: Compare, also: Iterable[str] = ()
    ) -> Touched:
        """Take things in, or in again, and let others go; `also` are to count as touched.

        What is put comes in portions, for all of it at once may be much.
        """
        if not self._state.count(self._space):
            return self._fill(put, compare)
        before: set[str] = set()
        stirred: set[int] = set()
        fresh: list[str] = []
        for portion in put:
            known = self._state.items(self._space, portion)
            before |= set(self._state.parts(self._space, known).values())
            stirred |= self._unlist(known, portion)
            self._list(portion)
            fresh += portion
        gone = self._state.items(self._space, set(drop) - set(fresh))
        before |= set(self._state.parts(self._space, gone).values())
        stirred |= self._unlist(gone, {})
        left = {item.num for item in gone.values()}
        touched = {num for one in left for num in self._state.neighbours(one)} - left
        stirred -= left
        self._state.forget(gone.values())
        touched |= self._numbers(also) | self._pair_all(fresh, stirred, compare)
        parts = self._parts(touched)
        before |= set(self._state.parts(self._space, [name for part in parts for name in part]).values())
        changed = frozenset(self._state.names_of(touched).values())
        return Touched(tuple(parts), frozenset(before), frozenset(fresh), changed)

    def _fill(self, put: Iterable[Mapping[str, Node]], compare: Compare) -> Touched:
        """Take in the first things: all that is known fits in memory then, and the file is written in its order."""
        from khabar.link.blocks import Blocks

        for portion in put:
            self._list_only(portion)
        blocks = Blocks(self._state.all_items(self._space), self._window, self._least)
        self._state.list_sorted(blocks.rows())
        groups = Groups(blocks.names)
        for at in range(0, len(blocks.names), _AT_ONCE):
            rows = []
            for place in range(at, min(at + _AT_ONCE, len(blocks.names))):
                found = compare(blocks.names[place], sorted(blocks.names[other] for other in blocks.partners(place)))
                for name, edge in found.items():
                    groups.join(blocks.names[place], name)
                    rows.append((blocks.nums[place], blocks.number(name), edge.score, edge.reason))
            self._state.add_edges(rows)
        for name in blocks.names if self._ties is not None else ():
            for other in filter(groups.has, self._ties(name) if self._ties else ()):
                groups.join(name, other)
        parts = tuple(tuple(part) for part in groups.all())
        every = frozenset(blocks.names)
        return Touched(parts, frozenset(), every, every)

    def _numbers(self, names: Iterable[str]) -> set[int]:
        return {item.num for item in self._state.items(self._space, names).values()}

    def _unlist(self, known: Mapping[str, Item], put: Mapping[str, Node]) -> set[int]:
        """Take out of their blocks what goes or moves; the numbers of those behind it there, who look further now."""
        stirred: set[int] = set()
        for name, item in known.items():
            node = put.get(name)
            if node is None or (node.place, node.keys) != (item.place, item.keys):
                stirred |= self._behind(item)
                self._state.unlist_keys(item)
        return stirred

    def _list(self, put: Mapping[str, Node]) -> None:
        """Enter things into their blocks."""
        self._list_only(put)
        self._state.list_keys(self._state.items(self._space, put).values())

    def _list_only(self, put: Mapping[str, Node]) -> None:
        self._state.list_items(self._space, {name: (node.place, node.keys, node.data) for name, node in put.items()})

    def _pair_all(self, fresh: Iterable[str], stirred: set[int], compare: Compare) -> set[int]:
        """Compare what is new, and those behind it in its blocks; the numbers of all whose pairs have changed."""
        names = sorted(fresh)
        new = self._numbers(names)
        behind: set[int] = set()
        for item in self._items(names):
            behind |= self._behind(item)
        touched = set(new)
        for num in sorted((behind | stirred) - new):
            touched |= self._pair_again(num, new, compare, all_of_them=num in stirred)
        for item in self._items(self._state.in_order(self._space, names)):
            touched |= self._pair(item, compare)
        return touched

    def _items(self, names: Sequence[str]) -> Iterator[Item]:
        """Things by name, in the order of the names."""
        for at in range(0, len(names), _AT_ONCE):
            some = names[at : at + _AT_ONCE]
            found = self._state.items(self._space, some)
            yield from (found[name] for name in some if name in found)

    def _behind(self, item: Item) -> set[int]:
        return {num for _, seen in item.keys for num in self._state.after(seen, item.place, self._window)}

    def _partners(self, item: Item) -> set[int]:
        met = Counter(num for _, seen in item.keys for num in self._state.before(seen, item.place, self._window))
        least = min(self._least, len(item.keys))
        return {num for num, times in met.items() if times >= least and num != item.num}

    def _pair(self, item: Item, compare: Compare) -> set[int]:
        """Compare a new thing with its partners; the numbers of all whose pairs have changed."""
        old = self._state.edges(item.num)
        found = self._compared(item, self._partners(item), compare)
        self._state.keep_edges(item.num, old.keys() - found.keys(), found)
        return old.keys() | found.keys()

    def _compared(self, item: Item, partners: Iterable[int], compare: Compare) -> dict[int, tuple[float, str]]:
        numbers = {name: num for num, name in self._state.names_of(partners).items()}
        found = compare(item.name, sorted(numbers))
        return {numbers[name]: (edge.score, edge.reason) for name, edge in found.items()}

    def _pair_again(self, num: int, fresh: set[int], compare: Compare, *, all_of_them: bool) -> set[int]:
        """Compare a thing that did not change itself with the partners that did, or with all where some have gone."""
        (name,) = self._state.names_of([num]).values()
        item = self._state.items(self._space, [name])[name]
        partners, old = self._partners(item), self._state.edges(num)
        kept = {} if all_of_them else {other: old[other] for other in old.keys() & partners - fresh}
        found = kept | self._compared(item, partners if all_of_them else partners & fresh, compare)
        changed = {other for other in old.keys() | found.keys() if old.get(other) != found.get(other)}
        self._state.keep_edges(
            num, old.keys() - found.keys(), {other: found[other] for other in found.keys() & changed}
        )
        return changed | {num} if changed else set()

    def _parts(self, touched: Iterable[int]) -> list[tuple[str, ...]]:
        """The connected parts that hold some things."""
        parts: list[tuple[str, ...]] = []
        seen: set[int] = set()
        for start in sorted(touched):
            if start in seen:
                continue
            seen.add(start)
            part, rest = [], [start]
            while rest:
                num = rest.pop()
                part.append(num)
                beside = {*self._state.neighbours(num), *self._tied(num)} - seen
                seen |= beside
                rest += beside
            if names := self._state.names_of(part):
                parts.append(tuple(sorted(names.values())))
        return sorted(parts)

    def _tied(self, num: int) -> set[int]:
        if self._ties is None:
            return set()
        return self._numbers(self._ties(self._state.names_of([num]).get(num, "")))

    def beside(self, names: Iterable[str]) -> set[str]:
        """All that makes a pair with one of some things."""
        nums = self._numbers(names)
        found = {other for num in nums for other in self._state.neighbours(num)}
        return set(self._state.names_of(found).values())

    def edges(self, part: Iterable[str]) -> list[Edge]:
        """The pairs among some things, in no order."""
        part = list(part)
        if len(part) == 1:
            return []
        names = {item.num: item.name for item in self._state.items(self._space, part).values()}
        found = []
        for later, earlier, score, reason in self._state.edges_of(names):
            if earlier not in names:
                continue
            first, second = sorted((names[later], names[earlier]))
            found.append(Edge(first, second, score, reason))
        return found
