"""Linking bit by bit gives what linking all at once gives, in whatever order and portions documents come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.link import copies, link, linker, scene_keys, stories
from khabar.link.delta import Collected
from khabar.link.linker import Linker
from khabar.link.state import State
from khabar.model import Annotated, Links, Name, Ruling, Span
from tests.link.conftest import make_report

Maker = Callable[..., Annotated]

PEOPLE = (
    ("سالم النوري", "Salem al-Nouri"),
    ("سليم النوري", "Salim al-Nouri"),
    ("النوري", "al-Nouri"),
    ("سالم نوري", "Salem Nouri"),
    ("يونس يفكيروف", "Yunus Yevkurov"),
    ("يفكيروف", "Yevkurov"),
    ("يونس يوفقورف", "Yunus Yufkurov"),
)
SENTENCES = (
    "وصل وزير الخارجية النرويجي إلى ميناء الحديدة صباح الاثنين في زيارة تستمر يومين.",
    "وقال مصدر في الوفد لوكالة رويترز إن الوزير سيبحث خطة لإصلاح أرصفة الميناء المتضررة.",
    "وتعهدت أوسلو الشهر الماضي بمنحة قدرها عشرة ملايين دولار لبرنامج الأغذية العالمي.",
    "وصلت سفينة محملة بالقمح إلى أرصفة الميناء بعد توقف دام شهرين كاملين.",
    "قصف الطيران الحي الشرقي من المدينة ليلا وأصاب مخزنا للحبوب.",
    "أعلن الناطق باسم البلدية أن القصف أصاب مخزن الحبوب ومدرسة قريبة منه.",
    "فاز المنتخب الوطني لكرة اليد على ضيفه في مباراة ودية أقيمت في صالة المدينة الرياضية.",
    "ارتفعت أسعار القمح في السوق المحلية بعد توقف السفن في الميناء.",
)
TRIGGERS = (
    ("زيارة", "CONSULT"), ("وصل", "CONSULT"), ("تعهدت", "AID"), ("قصف", "ASSAULT"), ("القصف", "ASSAULT"),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def narrow() -> Iterator[None]:
    """Windows of two and weights from the first half, so that a few documents meet what else only thousands do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "_ALL", 1)
        patch.setattr(linker, "WINDOW", 2)
        patch.setattr(stories, "RECENT", 2)
        patch.setattr(copies, "WINDOW", 2)
        patch.setattr(scene_keys, "WINDOW", 2)
        yield


@st.composite
def reports(draw: st.DrawFn, number: int) -> Annotated:
    """A report of a few sentences that others have too, on one of a few days, with names and events."""
    text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True)))
    people = draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True))
    told = "، ".join(written for written, _ in people)
    day = draw(st.sampled_from([None, "2024-05-01", "2024-05-02", "2024-05-09", "2024-07-01"]))
    events = [(word, kind, draw(st.sampled_from(["actual", "future"]))) for word, kind in TRIGGERS if word in text]
    outlet = draw(st.sampled_from(["Gazette", "Mirror", "رويترز"]))
    document = make_report(
        f"d{number}", f"{text} {told}", day, outlet, events=events, who=[label for _, label in people[:2]]
    )
    start = len(text) + 1
    names = []
    for written, label in people:
        names.append(Name(Span(start, start + len(written), written), "PER", label, "test", 0.7))
        start += len(written) + 2
    return replace(document, names=tuple(names))


@st.composite
def collections(draw: st.DrawFn) -> list[Annotated]:
    return [draw(reports(number)) for number in range(draw(st.integers(2, 7)))]


def bit_by_bit(
    documents: Sequence[Annotated], portions: Sequence[int], rulings: Sequence[Ruling] = (), gone: Sequence[str] = ()
) -> Links:
    """The links after updates with so many documents each, and one with the rest; `gone` are dropped at the end."""
    held = {document.document.id: document for document in documents}
    state, collected, rest = State.in_memory(), Collected(), list(held)
    for size in [*portions, len(rest)]:
        some, rest = rest[:size], rest[size:]
        linker = Linker(state, lambda ids: {id: held[id] for id in ids}, rulings)
        collected.apply(linker.update(some))
    collected.apply(Linker(state, lambda ids: {id: held[id] for id in ids}, rulings).update((), gone))
    return collected.links()


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_order_in_any_portions(data: st.DataObject) -> None:
    documents = data.draw(collections())
    order = data.draw(st.permutations(documents))
    portions = data.draw(st.lists(st.integers(1, 3), max_size=4))
    assert bit_by_bit(order, portions) == link(documents)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_what_is_dropped_leaves_no_trace(data: st.DataObject) -> None:
    documents = data.draw(collections())
    gone = data.draw(st.sets(st.sampled_from([one.document.id for one in documents]), min_size=1))
    left = [one for one in documents if one.document.id not in gone]
    assert bit_by_bit(documents, [2], gone=sorted(gone)) == link(left)


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_what_is_annotated_anew_takes_the_place_of_the_old(data: st.DataObject) -> None:
    documents = data.draw(collections())
    number = data.draw(st.integers(0, len(documents) - 1))
    other = data.draw(reports(number))
    held = {document.document.id: document for document in documents}
    state, collected = State.in_memory(), Collected()
    collected.apply(Linker(state, lambda ids: {id: held[id] for id in ids}).update(list(held)))
    held[other.document.id] = other
    collected.apply(Linker(state, lambda ids: {id: held[id] for id in ids}).update([other.document.id]))
    assert collected.links() == link(list(held.values()))


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_rulings_hold_whatever_comes(data: st.DataObject) -> None:
    documents = data.draw(collections())
    pairs = list(combinations(sorted(label for _, label in PEOPLE), 2))
    ruled = data.draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=3, unique=True))
    rulings = [Ruling("entity", one, other, data.draw(st.booleans())) for one, other in ruled]
    links = bit_by_bit(data.draw(st.permutations(documents)), [1, 2], rulings)
    assert links == link(documents, rulings)
    groups = [set(entity.labels) for entity in links.entities]
    refused = [rulings_of for rulings_of in rulings if not rulings_of.same]
    assert not any({ruling.first, ruling.second} <= group for ruling in refused for group in groups)


def test_mentions_are_one_event_or_two_as_ruled(report: Maker) -> None:
    text = "قصف الطيران الحي الشرقي من المدينة ليلا وأصاب مخزنا للحبوب."
    documents = [report(id, text, events=[("قصف", "ASSAULT", "actual")]) for id in "ab"]
    assert len(link(documents).happenings) == 1
    assert len(link(documents, [Ruling("happening", "a#e1", "b#e1", False)]).happenings) == 2
    far = [*documents, report("c", SENTENCES[6], "2023-01-01", events=[("فاز", "CONSULT", "actual")])]
    assert len(link(far).happenings) == 2
    told = link(far, [Ruling("happening", "a#e1", "c#e1", True)]).happenings
    assert any({"a", "c"} <= {mention.document for mention in happening.mentions} for happening in told)


def test_a_ruling_made_later_holds_for_what_was_linked_before(report: Maker) -> None:
    named = zip("ab", PEOPLE[4:6], strict=True)
    held = {id: report(id, f"قال {name} كلمة.", names=[(name, "PER", label)]) for id, (name, label) in named}
    state, collected = State.in_memory(), Collected()
    collected.apply(Linker(state, lambda ids: {id: held[id] for id in ids}).update("ab"))
    rulings = [Ruling("entity", PEOPLE[4][1], PEOPLE[5][1], True)]
    collected.apply(Linker(state, lambda ids: {id: held[id] for id in ids}, rulings).update(()))
    assert collected.links() == link(list(held.values()), rulings)
    assert len(collected.links().entities) == 1
    collected.apply(Linker(state, lambda ids: {id: held[id] for id in ids}).update(()))
    assert collected.links() == link(list(held.values()))


@pytest.mark.parametrize("number", [300])
def test_a_new_document_asks_for_few_others(report: Maker, number: int) -> None:
    """Of many documents about other matters none is read when one comes."""
    held = {f"d{at}": report(f"d{at}", _about(at), "2024-05-01") for at in range(number)}
    asked: list[str] = []

    def load(ids: list[str]) -> dict[str, Annotated]:
        asked.extend(ids)
        return {id: held[id] for id in ids}

    state = State.in_memory()
    Linker(state, load).update(list(held))
    held["new"] = report("new", _about(number), "2024-06-20")
    asked.clear()
    Linker(state, load).update(["new"])
    assert set(asked) == {"new"}


def _about(number: int) -> str:
    """Words that no other number has."""
    letters = "بتجدرسفكلمنشعق"
    turns = [letters[number // 14**place % 14] for place in range(3)]
    return " ".join(f"{letters[word]}ا{''.join(turns)}{letters[-word - 1]}" for word in range(5)) + "."
