"""All things of one kind in their blocks, as arrays: who is compared with whom where everything is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from khabar.link.state import Item

Numbers = NDArray[np.int64]
_AT_ONCE = 100_000


class Blocks:
    """Things in the order of their places, each known by its rank in that order.

    The partners of a thing are those that `khabar.link.graph` would look up one block after another.
    """

    def __init__(self, items: Iterable[Item], window: int, least: int) -> None:
        self.names: list[str] = []
        self.nums: list[int] = []
        self._places: list[str] = []
        self._window = window
        self._least = least
        own: list[Numbers] = []
        seen: list[Numbers] = []
        for item in items:
            self.names.append(item.name)
            self.nums.append(item.num)
            self._places.append(item.place)
            keys = np.array(item.keys, np.int64).reshape(-1, 2)
            own.append(keys[:, 0])
            seen.append(keys[:, 1])
        self._rank = {name: rank for rank, name in enumerate(self.names)}
        self._index([len(keys) for keys in own], _joined(own), _joined(seen))

    def _index(self, sizes: list[int], own: Numbers, seen: Numbers) -> None:
        """Sort all keys by block and rank, and find for every key of a thing where the rows of its partners end.

        Block and rank are put into one number, so that what stands before a place in a block is one slice.
        """
        total = max(1, len(self.names))
        ranks = np.repeat(np.arange(len(self.names), dtype=np.int64), sizes)
        self._keys = np.unique(own)
        self._rows = np.unique(np.searchsorted(self._keys, own) * total + ranks)
        block = np.searchsorted(self._keys, seen)
        known = np.append(self._keys, -1)[block] == seen
        first = np.searchsorted(self._rows, block * total)
        self._last = np.where(known, np.searchsorted(self._rows, block * total + ranks), 0)
        self._first = np.where(known, np.maximum(first, self._last - self._window), 0)
        self._ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._total = total

    def number(self, name: str) -> int:
        """The number of a thing."""
        return self.nums[self._rank[name]]

    def partners(self, rank: int) -> list[int]:
        """The ranks of those that a thing is compared with: the last before it in its blocks, in enough of these."""
        at, end = self._ends[rank], self._ends[rank + 1]
        slices = [self._rows[self._first[key] : self._last[key]] for key in range(at, end)]
        met = _joined(slices) % self._total
        found, times = np.unique(met, return_counts=True)
        enough: list[int] = found[times >= min(self._least, end - at)].tolist()
        return enough

    def rows(self) -> Iterator[tuple[int, str, int]]:
        """Block, place and number of every thing in every block, sorted."""
        for at in range(0, len(self._rows), _AT_ONCE):
            block, rank = np.divmod(self._rows[at : at + _AT_ONCE], self._total)
            for key, number in zip(self._keys[block].tolist(), rank.tolist(), strict=True):
                yield key, self._places[number], self.nums[number]


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)
