"""One name in two spellings or two scripts; other names apart."""

from __future__ import annotations

import math
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.link.letters import arabic_letters, latin_letters, margin
from khabar.link.names import ONE_NAME, same_name
from khabar.link.readings import log_weight, networks, place_weights
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


def test_every_letter_is_read_and_may_be_written() -> None:
    known = networks()
    assert set("abcdefghijklmnopqrstuvwxyz") <= known.letters.keys()
    assert {"", *"ابتثجحخدذرزسشصضطظعغفقكلمنهوي"} <= known.chunks.keys()
    assert all(len(chunk) <= 2 for chunk in known.chunks)
    assert all(np.isfinite(array).all() for array in known.arrays.values())


@settings(deadline=None)
@given(st.text("abdehkmst", min_size=1, max_size=6), st.text("ابتكمشس", min_size=1, max_size=4))
def test_the_weight_is_the_sum_over_all_ways_to_share_letters_out(latin: str, arabic: str) -> None:
    weights, _ = place_weights(latin)
    whole = all_ways(weights.tolist(), arabic)
    expected = math.log(whole) if whole > math.exp(-300) else -math.inf
    assert log_weight(latin, arabic, -300) == pytest.approx(expected, rel=1e-4)


def all_ways(places: list[list[float]], arabic: str) -> float:
    if not places:
        return float(not arabic)
    chunks = [arabic[:size] for size in range(min(2, len(arabic)) + 1)]
    shares = [(networks().chunks.get(chunk), arabic[len(chunk) :]) for chunk in chunks]
    return sum(places[0][at] * all_ways(places[1:], rest) for at, rest in shares if at is not None)


@settings(deadline=None)
@given(st.text("abdehkmst", min_size=1, max_size=8), st.text("ابتكمشس", min_size=1, max_size=6), st.floats(-30, 0))
def test_giving_up_early_changes_nothing_above_the_limit(latin: str, arabic: str, least: float) -> None:
    whole, found = (log_weight(latin, arabic, limit) for limit in (-300, least))
    if abs(whole - least) > 1e-3:
        assert found == (whole if whole > least else -math.inf)


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
