"""Input that nobody meant: thousands of copies, thousands of names, names of a letter, impossible dates, rulings that
contradict each other.  What it costs is bounded, and everything else is linked as ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from khabar.link import copies, entities, link, linker, stories
from khabar.link.linker import Linker
from khabar.link.scenes import interval
from khabar.link.state import State
from khabar.model import Annotated, Name, Ruling, Span

Maker = Callable[..., Annotated]
TEXT = (
    "وصل وزير الخارجية النرويجي إلى ميناء الحديدة صباح الاثنين في زيارة تستمر يومين. "
    "وقال مصدر في الوفد إن الوزير سيبحث خطة لإصلاح أرصفة الميناء المتضررة."
)
EVENTS = [("زيارة", "CONSULT", "actual")]
OTHER = "فاز المنتخب الوطني لكرة اليد على ضيفه في مباراة ودية أقيمت في صالة المدينة الرياضية."
LETTERS = "بتجدرسفكلمنشعق"


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often two things of a kind were compared."""
    counts = {"texts": 0, "reports": 0, "labels": 0, "scenes": 0}

    def counting(owner: object, name: str, kind: str) -> None:
        compare = getattr(owner, name)

        def counted(*args: object) -> object:
            counts[kind] += 1
            return compare(*args)

        monkeypatch.setattr(owner, name, counted)

    counting(copies, "pair", "texts")
    counting(stories, "pair", "reports")
    counting(entities, "pair", "labels")
    counting(linker, "compare_scenes", "scenes")
    return counts


def test_copies_of_one_text_cost_as_much_each(report: Maker, compared: dict[str, int]) -> None:
    number = 80
    documents = [report(f"d{at:05}", TEXT, f"2024-05-{at % 28 + 1:02}", events=EVENTS) for at in range(number)]
    links = link([*documents, report("other", OTHER)])
    assert compared["texts"] <= copies.WINDOW * 2 * number
    assert compared["reports"] <= stories.RECENT * 3 * number
    assert compared["scenes"] <= 25 * 12 * number
    assert len(links.copies) == number - 1, "each is told to be a copy of the first"
    assert {copy.first for copy in links.copies} == {"d00000"}
    assert sum(len(story.documents) for story in links.stories) == number
    assert len(dict(links.roots)) == number + 1


def named(document: Annotated, people: Sequence[str]) -> Annotated:
    """A report that names all of them one after the other."""
    text, names = document.document.text, []
    for person in people:
        names.append(Name(Span(len(text), len(text) + len(person), person), "PER", person, "test", 0.7))
        text += person + "، "
    return replace(document, document=replace(document.document, text=text), names=tuple(names))


def test_a_report_that_names_thousands(report: Maker, compared: dict[str, int]) -> None:
    given = ("سالم", "رامي", "منذر", "غسان", "وليد")
    families = [f"ال{''.join(LETTERS[at // 14**place % 14] for place in range(3))}ي" for at in range(80)]
    people = [f"{one} {family}" for family in families for one in given]
    documents = [named(report("crowd", TEXT), people), named(report("small", OTHER), ["سالم النوري"])]
    links = link(documents)
    assert compared["labels"] <= 60 * len(people)
    assert sum(len(entity.labels) for entity in links.entities) == len({*people, "سالم النوري"})


def test_one_family_with_hundreds_of_members(report: Maker, compared: dict[str, int]) -> None:
    given = [f"{LETTERS[at % 14]}ا{LETTERS[at // 14 % 14]}{LETTERS[at // 5 % 14]}" for at in range(150)]
    people = sorted({f"{one} النوري" for one in given})
    links = link([named(report("crowd", TEXT), people), named(report("a", OTHER), ["النوري"])])
    assert compared["labels"] <= 4 * 60 * len(people)
    assert any(entity.labels == ("النوري",) for entity in links.entities), "nobody knows which one it is"


@pytest.mark.parametrize("form", ["ن", "ا", "ة", "X", "5", "-", "ـ", "ال", "بن", "\u064b", "\ud800", "«»"])
def test_names_of_nearly_nothing(report: Maker, form: str) -> None:
    people = [form, "سالم النوري"]
    for kind in ("PER", "ORG", "LOC"):
        documents = [named(report(id, OTHER), people) for id in "ab"]
        odd = [replace(one, names=tuple(replace(name, type=kind) for name in one.names)) for one in documents]
        assert ("سالم النوري",) in [entity.labels for entity in link(odd).entities]


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12", "9999", "0001-01-01", "2024-02-30", "31-12", "", "P1D"])
def test_impossible_days(report: Maker, day: str) -> None:
    found = interval(day)
    assert found is None or found[0] <= found[1]
    documents = [report(id, TEXT, events=EVENTS) for id in "ab"]
    told = [replace(one, events=tuple(replace(event, date=day) for event in one.events)) for one in documents]
    assert len(link([*told, report("c", OTHER, "9999-12-31")]).copies) == 1


def test_rulings_that_contradict_each_other(report: Maker) -> None:
    labels = ("Adam Nuri", "Badr Nuri", "Hadi Nuri")
    documents = [named(report(f"d{at}", OTHER), [label]) for at, label in enumerate(labels)]
    documents.append(named(report("d9", TEXT), ["سالم الحداد"]))
    adam, badr, hadi = labels
    rulings = [
        Ruling("entity", adam, badr, True), Ruling("entity", badr, hadi, True), Ruling("entity", hadi, adam, False),
    ]  # fmt: skip
    links = link(documents, rulings)
    assert links == link(documents, rulings[::-1])
    groups = {entity.labels for entity in links.entities}
    assert groups == {(adam, badr), (hadi,), ("سالم الحداد",)}
    (told,) = Linker(State.in_memory(), lambda _: {}, rulings).contradictions()
    assert badr in told
    assert hadi in told


def test_a_ruling_about_what_nobody_names(report: Maker) -> None:
    rulings = [Ruling("entity", "Nobody", "No One", True), Ruling("happening", "x#e1", "y#e2", False)]
    assert len(link([report("a", TEXT, events=EVENTS)], rulings).happenings) == 1
