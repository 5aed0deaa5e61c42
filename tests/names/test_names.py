"""Names in our own sentences: spans, types and labels."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.lexicon import table
from khabar.names import find_names
from khabar.text import tokenize

pytestmark = pytest.mark.usefixtures("rules_alone")
CASES = Path(__file__).parent / "cases"
TEXT = (
    "وقال حفتر خليفة الرئيس وزير الخارجية الروسي « » ، موسكو للأمم المتحدة بن أبو عبد الله حزب قوات صالح مدينة - TF1"
    " لجنة العليا ال 12 اللواء و ل ـ ــ عمان قال َ"
)
WORDS = TEXT.split()


def cases(name: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()[2:]
    return [(sentence, expected(names)) for sentence, names in (line.split("\t") for line in lines)]


def expected(names: str) -> list[tuple[str, str, str]]:
    parts = [] if names == "-" else [name.split("=") for name in names.split("|")]
    return [(kind, words, entity) for kind, words, entity in parts]


def agree(sentence: str, wanted: list[tuple[str, str, str]]) -> None:
    found = [(name.type, name.span.text, name.entity) for name in find_names(tokenize(sentence))]
    for at, (kind, words, entity) in enumerate(wanted[: len(found)]):
        if entity == "*":
            wanted[at] = (kind, words, found[at][2])
    assert found == wanted


@pytest.mark.parametrize(("sentence", "wanted"), cases("wild") + cases("synthetic") + cases("negative"))
def test_sentence(sentence: str, wanted: list[tuple[str, str, str]]) -> None:
    agree(sentence, wanted)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("sentence", "wanted"), cases("known_failures"))
def test_known_failure(sentence: str, wanted: list[tuple[str, str, str]]) -> None:
    agree(sentence, wanted)


@pytest.mark.parametrize(
    "texts",
    [
        ("قال عبد الله المرزوق", "قال عبدالله المرزوق"),
        ("زار سيرغي شويغو دمشق", "زار سيرجي شويجو دمشق"),
        ("قال ايمانويل ماكرون", "قال إيمانويل ماكرون"),
        ("الخارجية الأمريكية", "وزارة الخارجية الأميركية"),
    ],
)
def test_spellings_share_a_label(texts: tuple[str, str]) -> None:
    first, second = (find_names(tokenize(text))[0].entity for text in texts)
    assert first == second


def test_title_stands_beside_the_name() -> None:
    (name,) = find_names(tokenize("استقبل وزير الدفاع السوري علي مملوك"))
    assert name.title is not None
    assert name.title.text == "وزير الدفاع السوري"


def test_country_has_its_code() -> None:
    assert find_names(tokenize("إلى ليبيا"))[0].reference == "iso:LY"


def test_two_families_of_one_name_stay_apart() -> None:
    text = "حضر اللواء سعيد الكعبي. وحضر الدكتور راشد المنصوري. وقال المنصوري إن الكعبي مريض."
    labels = [name.entity for name in find_names(tokenize(text))]
    assert labels[2] == labels[1] != labels[0] == labels[3]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_spans_are_the_text_and_do_not_overlap(text: str) -> None:
    names = find_names(tokenize(text))
    for name in names:
        assert text[name.span.start : name.span.end] == name.span.text
        assert name.span.text[0].isalnum()
        assert name.span.text[-1].isalnum()
        assert name.entity
        assert name.rule
        assert 0 < name.score <= 1
    assert all(first.span.end <= second.span.start for first, second in pairwise(names))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for name in find_names(tokenize(text)):
        assert text[name.span.start : name.span.end] == name.span.text


@pytest.mark.parametrize(
    "name", ["persons", "places", "organisations", "countries", "titles", "state_bodies", "name_words"]
)
def test_tables_are_well_formed(name: str) -> None:
    assert len(table(name)) > 50 or name == "name_words"
