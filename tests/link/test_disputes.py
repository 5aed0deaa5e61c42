"""Where the tellers of one event disagree: ranks, days by name, finds that are denied; and what has no PLOVER type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from khabar import annotate, document_from_text
from khabar.link import link
from khabar.model import OTHER, Annotated, Happening

Maker = Callable[..., Annotated]
FOUND = "عثر صيادون على حطام السفينة الغارقة قرب الجزيرة الحمراء {when}، وقالت الشركة المالكة إنها أرسلت فريقا."
HARBOUR = "عثر الغواصون على قطع حطام أخرى من السفينة الغارقة قرب الجزيرة الحمراء، وأرسلت الشركة المالكة فريقا."


def told(id: str, text: str, published: str = "2024-05-04") -> Annotated:
    return annotate(replace(document_from_text(text, published=published), id=id, outlet=f"صحيفة {id}"))


def others(*documents: Annotated) -> list[Happening]:
    return [one for one in link(documents).happenings if one.type == OTHER]


def test_a_find_told_twice_is_one_happening() -> None:
    found = others(told("a", FOUND.format(when="")), told("b", FOUND.format(when="").replace("قرب", "بمحاذاة")))
    assert [len(one.mentions) for one in found] == [2]


def test_another_find_of_the_same_kind_is_another_happening() -> None:
    found = others(told("a", FOUND.format(when="")), told("b", HARBOUR))
    assert len(found) == 2


@pytest.mark.parametrize(("day", "support"), [("أمس الجمعة", "single-source"), ("أول أمس الخميس", "disputed")])
def test_a_day_told_by_its_name_may_be_disputed(day: str, support: str) -> None:
    retold = FOUND.format(when=day).replace("صيادون", "بحارة")
    found = others(told("a", FOUND.format(when="أمس الجمعة")), told("b", retold))
    assert [one.support for one in found] == [support]


@pytest.mark.parametrize(("rank", "disputed"), [("ثالث", True), ("رابع", False)])
def test_which_of_its_kind_it_was_may_be_disputed(report: Maker, rank: str, disputed: bool) -> None:
    text = "هاجم المسلحون قافلة المدينة الشرقية ليلا. وهي {} مدينة يهاجمونها هذا العام."
    places = [("المدينة الشرقية", "LOC", "East City")]
    attacks = [("هاجم", "ASSAULT", "actual")]
    made = [
        report(id, text.format(number), outlet=id, names=places, events=attacks, who=["militants"])
        for id, number in (("a", "رابع"), ("b", rank))
    ]
    placed = [replace(one, events=(replace(one.events[0], place="East City"),)) for one in made]
    (attack,) = link(placed).happenings
    assert (attack.support == "disputed") == disputed
    assert len({value.value for value in attack.values if value.slot == "rank"}) == 1 + disputed
