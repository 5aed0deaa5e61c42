"""One person, body or place under every spelling; different ones apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.link import link, relabel
from khabar.link.spelling import alike, distance, words_of
from khabar.model import Annotated

Case = dict[str, str]
Maker = Callable[..., Annotated]
ARABIC = st.text("ابتجدرسفكلمنوي", min_size=1, max_size=9)


def cases(name: str) -> list[Case]:
    head, *rows = (Path(__file__).parent / "cases" / f"{name}.tsv").read_text("utf-8").splitlines()
    return [dict(zip(head.split("\t"), row.split("\t"), strict=True)) for row in rows]


def ids(case: Case) -> str:
    return f"{case['one']}~{case['other']}"


def linked(report: Maker, case: Case) -> int:
    """How many entities the two names of a case make, each in a report of its own."""
    documents = []
    for id in ("one", "other"):
        text = f"التقى {case['title']} {case[id]} وفدا"
        documents.append(report(id, text, names=[(case[id], case["type"], case[id], case["title"])]))
    return len(link(documents).entities)


@pytest.mark.parametrize("case", cases("wild") + cases("synthetic"), ids=ids)
def test_spellings_of_one_name_are_one_entity(report: Maker, case: Case) -> None:
    assert linked(report, case) == 1


@pytest.mark.parametrize("case", cases("negative"), ids=ids)
def test_different_names_stay_apart(report: Maker, case: Case) -> None:
    assert linked(report, case) == 2


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("known_failures"), ids=ids)
def test_known_failures(report: Maker, case: Case) -> None:
    assert linked(report, case) == 1


def many(report: Maker) -> list[Annotated]:
    forms = ["يونس بك يفكيروف", "يونس بك يوفقورف", "يونس بيك يكفيروف", "يفكيروف", "صدام حفتر", "خليفة حفتر"]
    others = "وصل إلى بنغازي"
    return [
        report(f"d{number}", f"{others} {form}", names=[("بنغازي", "LOC", "Benghazi"), (form, "PER", f"L{form}")])
        for number, form in enumerate(forms)
    ]


def test_one_man_under_four_spellings(report: Maker) -> None:
    people = [entity for entity in link(many(report)).entities if entity.type == "PER"]
    assert sorted(len(entity.labels) for entity in people) == [1, 1, 4]
    man = max(people, key=lambda entity: len(entity.labels))
    assert 0 < man.score <= 1
    assert "يفكيروف" in man.reason


def test_order_of_arrival_does_not_matter(report: Maker) -> None:
    documents = many(report)
    expected = link(documents).entities
    assert all(link(order).entities == expected for order in list(permutations(documents))[::97])


def test_relabelled_documents_have_the_linked_label(report: Maker) -> None:
    documents = many(report)
    links = link(documents)
    told = {name.entity for document in relabel(documents, links) for name in document.names}
    assert told == {entity.label for entity in links.entities}


def test_a_family_name_alone_is_not_given_to_one_of_two_relatives(report: Maker) -> None:
    documents = [
        report("a", "خليفة حفتر في بنغازي", names=[("خليفة حفتر", "PER", "Khalifa"), ("بنغازي", "LOC", "Benghazi")]),
        report("b", "صدام حفتر في بنغازي", names=[("صدام حفتر", "PER", "Saddam"), ("بنغازي", "LOC", "Benghazi")]),
        report("c", "قال حفتر في بنغازي", names=[("حفتر", "PER", "Haftar"), ("بنغازي", "LOC", "Benghazi")]),
    ]
    assert len([entity for entity in link(documents).entities if entity.type == "PER"]) == 3


@given(ARABIC, ARABIC)
def test_distance_is_symmetric(one: str, other: str) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert alike(one, other) == pytest.approx(alike(other, one))
    assert 0 <= alike(one, other) <= 1


@given(st.text(max_size=30))
def test_every_string_has_words_or_none(form: str) -> None:
    assert all(words_of(form)) or words_of(form) == ()
