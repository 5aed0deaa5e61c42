"""Figures: the case tables, and what the other stages add to a number."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.figures import find_figures
from khabar.model import Claim, Event, Figure, Name, Published, Span
from khabar.text import tokenize
from khabar.times import find_times

CASES = Path(__file__).parent / "cases"
PUBLISHED = Published("2025-02-20", "given")


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")][1:]  # type: ignore[misc]


def _figures(
    text: str, *, names: tuple[Name, ...] = (), claims: tuple[Claim, ...] = (), events: tuple[Event, ...] = ()
) -> tuple[Figure, ...]:
    tokens = tokenize(text)
    return find_figures(tokens, find_times(tokens, PUBLISHED), names, claims, events)


def _shown(figure: Figure) -> str:
    marks = (
        (" ~" if figure.approx else "")
        + (" vague" if figure.vague else "")
        + (f" @{figure.date}" if figure.date else "")
    )
    return f"{figure.span.text} = {figure.low}..{figure.high} {figure.unit} {figure.kind or '-'}{marks}"


def _span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words), words)


@pytest.mark.parametrize(("text", "figures"), _rows("wild") + _rows("sample") + _rows("synthetic") + _rows("negative"))
def test_cases(text: str, figures: str) -> None:
    assert " ;; ".join(_shown(figure) for figure in _figures(text)) == figures


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "figures"), _rows("known_failures"))
def test_known_failures(text: str, figures: str) -> None:
    assert " ;; ".join(_shown(figure) for figure in _figures(text)) == figures


def test_a_number_inside_a_name_is_no_figure() -> None:
    text = "أعلنت حركة 20 فبراير والكتيبة مقتل 5 من عناصرها."
    names = (Name(_span(text, "حركة 20 فبراير"), "ORG", "February 20 Movement", "case", 1.0),)
    assert [figure.low for figure in _figures(text, names=names)] == [5]


def test_place_claim_and_event_of_a_figure() -> None:
    text = "قال المتحدث إن 12 جنديا قتلوا في هجوم على سبها أمس."
    place = Name(_span(text, "سبها"), "LOC", "Sabha", "case", 1.0)
    content = _span(text, "12 جنديا قتلوا في هجوم على سبها أمس")
    claim = Claim("c1", None, None, "person", None, (), content, "assert", "case", 1.0)
    event = Event(
        "e1",
        (_span(text, "هجوم"),),
        "ASSAULT",
        None,
        "actual",
        (),
        (),
        "2025-02-19",
        None,
        "Sabha",
        None,
        ("c1",),
        "case",
        1.0,
    )
    (figure,) = _figures(text, names=(place,), claims=(claim,), events=(event,))
    assert (figure.place, figure.claim, figure.event, figure.date) == ("Sabha", "c1", "e1", "2025-02-19")


@given(st.text(alphabet="قتل 15 من بين و20 %-+()ألف مليون جنديا مئة\n٣", max_size=120))
@settings(max_examples=200)
def test_any_text_gives_sound_spans(text: str) -> None:
    end = 0
    for figure in _figures(text):
        assert text[figure.span.start : figure.span.end] == figure.span.text
        assert figure.span.start >= end
        assert figure.low <= figure.high
        end = figure.span.end


@pytest.mark.parametrize("text", ["9" * 6000, "² كم", "قتل 1,2,3,4 جنود", "1" + "," + "0" * 500])
def test_hostile_numbers_are_survived(text: str) -> None:
    assert all(figure.low <= figure.high < 1e16 for figure in _figures(text))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("دربت واشنطن 250 عنصرا من القوات الخاصة الليبية.", "عنصرا من القوات الخاصة الليبية"),
        ("وصلت 7 شاحنات مساعدات تابعة للأمم المتحدة أمس.", "شاحنات مساعدات تابعة للأمم المتحدة"),
        ("نشرت أنقرة أربع طائرات من طراز قديم.", "طائرات"),
        ("أطلقت القوات 12 صاروخا باليستيا من قاعدة الشرق.", "صاروخا باليستيا"),
        ("ارتفع عدد الجنود الروس في البلاد من 800 إلى 1800 بحلول مايو.", "الجنود الروس"),
    ],
)
def test_what_is_counted_with_its_owner(text: str, what: str) -> None:
    assert {figure.what for figure in _figures(text)} == {what}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("بلغت الكلفة مليون دينار.", "money:dinar"),
        ("قال وزير المالية العراقي إن الكلفة مليون دينار.", "money:IQD"),
        ("بحث الوزير الليبي ونظيره التونسي دعما قدره مليون دينار.", "money:dinar"),
        ("بحث الوزير الليبي ونظيره التونسي دعما قدره مليون دينار تونسي.", "money:TND"),
        ("خصص المصرف اللبناني ألف ليرة للأسرة.", "money:LBP"),
        ("خصص المصرف ألف جنيه للأسرة.", "money:pound"),
        ("دفع المستثمر المغربي ألفي درهم.", "money:MAD"),
    ],
)
def test_which_currency(text: str, unit: str) -> None:
    assert [figure.unit for figure in _figures(text)] == [unit]
