"""Whether two reports tell of one event, and of one matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from khabar.link import link
from khabar.link.compare import Feature
from khabar.link.sameness import chance
from khabar.model import Annotated, Role

Maker = Callable[..., Annotated]
CAMP = "قتل ثلاثة عمال حين سقطت قذيفة على ورشة في مخيم السد."
TOWN = "أفاد الدفاع المدني بأن عمالا قتلوا في قصف أصاب ورشة للحدادة."
HARVEST = "بدأ موسم قطاف الزيتون، وقصف الجيش أطراف البلدة."
MARKET = "ارتفعت أسعار الخبز في السوق القديم، وهاجم الجيش حاجزا."


def told(document: Annotated, **slots: object) -> Annotated:
    """The document with slots of all its events filled."""
    return replace(document, events=tuple(replace(event, **slots) for event in document.events))  # type: ignore[arg-type]


def attack(report: Maker, id: str, text: str, trigger: str, place: str | None, date: str | None) -> Annotated:
    document = report(id, text, events=[(trigger, "ASSAULT", "actual")])
    return told(document, place=place, date=date, recipients=(Role("workers", None, "test", 1.0),))


@pytest.mark.parametrize(("place", "events"), [("Sadd", 1), ("Sadd Camp", 1), ("Wadi", 2)])
def test_a_place_may_be_named_within_another(report: Maker, place: str, events: int) -> None:
    documents = [
        attack(report, "a", CAMP, "قتل", "Sadd Camp", "2024-04-30"),
        attack(report, "b", TOWN, "قصف", place, "2024-04-30"),
    ]
    assert len(link(documents).happenings) == events


def test_two_armies_that_meet_in_two_matters_are_told_of_twice(report: Maker) -> None:
    sides = {
        "actors": (Role("the army", None, "test", 1.0),),
        "recipients": (Role("the militia", None, "test", 1.0),),
    }
    documents = [
        told(report("a", HARVEST, events=[("قصف", "ASSAULT", "actual")]), **sides),
        told(report("b", MARKET, "2024-05-02", events=[("هاجم", "ASSAULT", "actual")]), **sides),
    ]
    assert len(link(documents).happenings) == 2


def test_shelling_day_after_day_is_no_one_event(report: Maker) -> None:
    texts = ["سقط قتلى في قصف على المخيم.", "أوقع قصف مدفعي ضحايا بين العمال.", "عاود الجيش قصف أطراف المخيم مساء."]
    days = ["2024-04-01", "2024-04-03", "2024-04-05"]
    documents = [attack(report, day, text, "قصف", "Sadd Camp", day) for text, day in zip(texts, days, strict=True)]
    assert len(link(documents).happenings) == 3


def test_names_in_common_make_one_matter(report: Maker) -> None:
    people = [("هيام الكردي", "PER", "Hiyam"), ("سامر العلي", "PER", "Samer"), ("مصنع الرازي", "ORG", "Razi")]
    one = "استقبلت هيام الكردي وفدا من العمال وشكا سامر العلي من تأخر أجور مصنع الرازي."
    other = "قال سامر العلي إن مصنع الرازي سيغلق، وردت هيام الكردي بأن القرار لم يتخذ بعد."
    named = link([report("a", one, names=people), report("b", other, "2024-05-04", names=people)])
    unnamed = link([report("a", one), report("b", other, "2024-05-04")])
    assert [story.documents for story in named.stories] == [("a", "b")]
    assert unnamed.stories == () or named.stories == unnamed.stories


def test_grounds_against_lower_the_chance() -> None:
    agree = [Feature("type", 1.0, 2.5, ""), Feature("recipients", 1.0, 1.6, ""), Feature("word", 1.0, 1.2, "")]
    assert chance(agree) > chance([*agree, Feature("no actors", 1.0, -0.7, "")]) > chance([])
