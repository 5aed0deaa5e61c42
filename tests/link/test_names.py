"""One name in two spellings or two scripts; other names apart."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.link.letters import arabic_letters, costs, latin_letters, margin
from khabar.link.names import ONE_NAME, same_name
from khabar.link.spelling import alike, sound_key
from khabar.model import NameType

Case = dict[str, str]
ARABIC = st.text("ابتجدرسفكلمنوي ", min_size=1, max_size=20)
LATIN = st.text("abdefghklmnorstuz -.,", min_size=1, max_size=20)
KINDS = st.sampled_from(get_args(NameType))


def cases(name: str) -> list[Case]:
    head, *rows = (Path(__file__).parent / "cases" / "names" / f"{name}.tsv").read_text("utf-8").splitlines()
    return [dict(zip(head.split("\t"), row.split("\t"), strict=True)) for row in rows]


def ids(case: Case) -> str:
    return f"{case['one']}~{case['other']}"


def score(case: Case) -> float:
    return same_name(case["one"], case["other"], case["type"])  # type: ignore[arg-type]


@pytest.mark.parametrize("case", cases("wild") + cases("synthetic"), ids=ids)
def test_one_name(case: Case) -> None:
    assert score(case) >= ONE_NAME


@pytest.mark.parametrize("case", cases("negative"), ids=ids)
def test_two_names(case: Case) -> None:
    assert score(case) < ONE_NAME


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("known_failures"), ids=ids)
def test_known_failures(case: Case) -> None:
    assert score(case) >= ONE_NAME


@settings(deadline=None)
@given(st.one_of(ARABIC, LATIN), st.one_of(ARABIC, LATIN), KINDS)
def test_same_name_is_symmetric_and_a_share(one: str, other: str, kind: NameType) -> None:
    found = same_name(one, other, kind)
    assert 0 <= found <= 1
    assert found == pytest.approx(same_name(other, one, kind))


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), KINDS)
def test_any_text_may_be_asked_for(one: str, other: str, kind: NameType) -> None:
    assert 0 <= same_name(one, other, kind) <= 1
    assert margin(one, other) < 50
    assert 0 <= alike(one, other) <= 1
    assert isinstance(sound_key(one), str)


@settings(deadline=None)
@given(st.one_of(ARABIC, LATIN), KINDS)
def test_a_name_is_itself(name: str, kind: NameType) -> None:
    assert same_name(name, name, kind) in {0.0, 1.0}


def test_no_cost_is_negative_and_any_letter_may_be_left_out() -> None:
    table = costs()
    assert all(cost >= 0 for row in table.units.values() for cost in row.values())
    assert all(letter in table.units[""] for letter in "abcdefghijklmnopqrstuvwxyz")
    assert all("" in table.units[letter] for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")


def test_ends_of_words_only_meet_each_other() -> None:
    for arabic, row in costs().units.items():
        for latin in row:
            assert ("^" in arabic, "$" in arabic) == ("^" in latin, "$" in latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [("الدّبيبة", "دبيبه"), ("أحمد", "احمد"), ("مسؤول", "مسوول")],
)
def test_marks_hamza_and_article_make_no_difference(one: str, other: str) -> None:
    assert arabic_letters(one) == arabic_letters(other)


def test_accents_make_no_difference() -> None:
    assert latin_letters("Erdoğan") == "erdoghan"
    assert alike("François", "Francois") == alike("Vučić", "Vucic") == alike("Vučić", "Vuchich") == 1.0


def test_an_endless_word_is_no_name() -> None:
    assert margin("ا" * 5_000, "a" * 5_000) == float("-inf")
    assert same_name("ب" * 5_000, "b" * 5_000, "PER") < ONE_NAME
