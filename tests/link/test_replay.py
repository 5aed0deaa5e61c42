"""Grouping anew what a change reaches gives what grouping everything gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from khabar.link.cluster import Edge, Rulings, join_edges
from khabar.link.replay import regrouped

NAMES = tuple("abcdefghijkl")
Pairs = dict[tuple[str, str], float]

pairs = st.dictionaries(
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True).map(lambda two: (min(two), max(two))),
    st.sampled_from([0.2, 0.4, 0.6, 0.8]),
    max_size=20,
)


def grouped(pairs: Pairs, names: Sequence[str]) -> list[list[str]]:
    """Greedily, but no more than half of all that two groups could make of pairs may be missing."""
    edges = [Edge(*two, score, "") for two, score in pairs.items() if set(two) <= set(names)]

    def allowed(ours: list[str], theirs: list[str]) -> bool:
        there = sum((min(one, other), max(one, other)) in pairs for one in ours for other in theirs)
        return 2 * there >= len(ours) * len(theirs)

    return join_edges(names, edges, allowed, Rulings()).all()


def beside(pairs: Pairs, names: Iterable[str]) -> set[str]:
    some = set(names)
    return {name for two in pairs if not some.isdisjoint(two) for name in two}


@given(pairs, pairs, st.sets(st.sampled_from(NAMES)))
def test_what_a_change_does_not_reach_stays(before: Pairs, other: Pairs, touched: set[str]) -> None:
    def kept(pairs: Pairs) -> Pairs:
        return {two: score for two, score in pairs.items() if touched.isdisjoint(two)}

    after = kept(before) | {two: score for two, score in other.items() if not touched.isdisjoint(two)}
    changed = {name for two in before.keys() | after.keys() if before.get(two) != after.get(two) for name in two}
    groups = {name: group[0] for group in grouped(before, NAMES) for name in group}
    looked_at: list[str] = []

    def group(names: Sequence[str]) -> list[list[str]]:
        looked_at.extend(names)
        return grouped(after, names)

    found = regrouped(groups, changed, lambda names: beside(after, names), group)
    new = {name for one in found for name in one}
    old = [one for one in grouped(before, NAMES) if new.isdisjoint(one)]
    assert sorted([*map(list, found), *old]) == grouped(after, NAMES)
    assert changed or not looked_at


def test_a_far_group_is_not_looked_at() -> None:
    chain = {("a", "b"): 0.8, ("b", "c"): 0.2, ("c", "d"): 0.8, ("d", "e"): 0.2, ("e", "f"): 0.8}
    groups = {"a": "a", "b": "a", "c": "c", "d": "c", "e": "e", "f": "e", "g": "g"}
    after = chain | {("b", "g"): 0.8}
    looked_at: set[str] = set()

    def group(names: Sequence[str]) -> list[list[str]]:
        looked_at.update(names)
        return grouped(after, names)

    assert regrouped(groups, {"b", "g"}, lambda names: beside(after, names), group) == [["a", "b", "g"]]
    assert looked_at == set("abcdg")
