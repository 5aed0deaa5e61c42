"""What makes linking fast gives what the plain way gives, and costs as much whatever else there is."""

from __future__ import annotations

import pickle
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.link.blocks import Blocks
from khabar.link.bodies import body
from khabar.link.cluster import Edge
from khabar.link.graph import Graph, Node
from khabar.link.packed import pack, unpack
from khabar.link.reader import Reader
from khabar.link.relabel import relabelled
from khabar.link.scenes import scenes
from khabar.link.spelling import distance
from khabar.link.state import TABLES, State
from khabar.link.stories import dot
from khabar.link.values import values_of
from khabar.link.vectors import EXACT, Vectors
from khabar.model import Annotated

Maker = Callable[..., Annotated]
SPACE = 7

KEYS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=5, unique=True)


def never(_: str, __: Sequence[str]) -> dict[str, Edge]:
    """No two things are one."""
    return {}


@given(st.lists(KEYS, max_size=12), st.integers(1, 3), st.integers(1, 2))
@settings(deadline=None)
def test_partners_at_once_are_those_looked_up_one_by_one(
    keys: list[list[tuple[int, int]]], window: int, least: int
) -> None:
    state = State.in_memory()
    graph = Graph(state, SPACE, window, least)
    graph.update([{f"n{at:02}": Node(f"p{at:02}", tuple(some)) for at, some in enumerate(keys)}], (), never)
    asked: dict[str, list[str]] = {}

    def asking(later: str, others: Sequence[str]) -> dict[str, Edge]:
        asked[later] = list(others)
        return {}

    one_by_one = State.in_memory()
    for at, some in enumerate(keys):
        put = {f"n{at:02}": Node(f"p{at:02}", tuple(some))}
        Graph(one_by_one, SPACE, window, least).update([put], (), asking)
    blocks = Blocks(state.all_items(SPACE), window, least)
    for rank, name in enumerate(blocks.names[1:], 1):
        assert sorted(blocks.names[other] for other in blocks.partners(rank)) == asked[name]
    assert blocks_of(state) == blocks_of(one_by_one)


def blocks_of(state: State) -> list[tuple[int, bytes]]:
    """The blocks of a state as they lie in its table."""
    return list(state._connection.execute("SELECT key, place FROM link_blocks ORDER BY key, place"))


WORDS = st.dictionaries(st.sampled_from([f"word{at}" for at in range(30)]), st.floats(0.01, 1.0), max_size=20)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_products_at_once_are_nearly_exact(found: list[dict[str, float]]) -> None:
    vectors = Vectors(lambda id: found[int(id)], State.in_memory().packed(1))
    ids = [str(at) for at in range(len(found))]
    for one in ids:
        for other, about in zip(ids, vectors.alike(one, ids), strict=True):
            assert abs(about - dot(found[int(one)], found[int(other)])) < EXACT


@pytest.mark.parametrize("asked", ["parts", "places", "data", "items"])
def test_a_name_is_found_as_fast_among_many(asked: str) -> None:
    steps = [_steps(asked, number) for number in (20, 2_000)]
    assert steps[1] < 2 * steps[0]


def _steps(asked: str, number: int) -> int:
    """What SQLite does to find ten things among so many that all have a group."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in TABLES:
        connection.execute(statement)
    state = State(connection)
    names = [f"n{at}" for at in range(number)]
    state.list_items(SPACE, {name: (name, ((1, 1),), None) for name in names})
    state.keep_parts(SPACE, dict.fromkeys(names, "group"))
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection.set_progress_handler(count, 10)
    getattr(state, asked)(SPACE, names[:10])
    return counted


def test_scenes_made_once_are_the_same_when_they_are_asked_for_again(report: Maker) -> None:
    text = "قصف الطيران الحي الشرقي من المدينة ليلا وأصاب مخزنا للحبوب."
    held = {id: report(id, text, events=[("قصف", "ASSAULT", "actual")]) for id in "ab"}
    state = State.in_memory()
    kept = state.packed(1), state.packed(2)
    read = Reader(lambda ids: {id: held[id] for id in ids}, lambda _: {}, kept)
    first = read.scenes["a"]
    again = Reader(lambda _: {}, lambda _: {}, kept)
    assert again.scenes["a"] == first
    assert not first["a#e1"].document.document.text
    told = again.telling("a", "a#e1")
    assert told.values == values_of(scenes([held["a"]], {"a": read.bodies["a"]}, read.weights, {})[0])
    assert told.document.times == held["a"].times
    read.bodies.clear()
    assert read.bodies["a"] == body(held["a"].document)


def test_nothing_but_what_linking_packs_is_unpacked() -> None:
    assert unpack(pack({"a": frozenset({1})})) == {"a": frozenset({1})}
    with pytest.raises(pickle.UnpicklingError, match="Counter"):
        unpack(pack(Counter("a")))


def test_what_keeps_its_label_is_not_made_anew(report: Maker) -> None:
    names = [("سالم النوري", "PER", "Salem"), ("المدينة", "LOC", "City")]
    text = "زار سالم النوري المدينة."
    told = report("a", text, names=names, events=[("زار", "CONSULT", "actual")], who=["Salem", "Salim", "Salim"])
    found = relabelled(told, {"Salem": "Salim"})
    assert [name.entity for name in found.names] == ["Salim", "City"]
    assert found.names[1] is told.names[1]
    assert [role.entity for role in found.events[0].actors] == ["Salim"]
    assert relabelled(replace(told, events=()), {}) == replace(told, events=())


PAIRS = (
    ("", "", 0.0), ("", "با", 1.3), ("كتب", "كتب", 0.0), ("فاغنر", "فاجنر", 0.3), ("كتب", "كبت", 0.6),
    ("بر", "قط", 2.0),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other", "cost"), PAIRS)
def test_distance_of_two_words(one: str, other: str, cost: float) -> None:
    assert distance(one, other) == pytest.approx(cost)
    assert distance(other, one) == pytest.approx(cost)
