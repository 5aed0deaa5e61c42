"""What is read in a quick way holds what the slow way gives: folded tables, word frequencies, gazetteers."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordfreq import get_frequency_dict

from khabar.lexicon import folded_forms, forms
from khabar.names.gazetteer import known, towns
from khabar.text import Phrases, fold, fold_all, tokenize
from khabar.text.frequency import shares

LETTERS = st.text("أإآىةابتهي٠٢َّـAΣİ «-")


@given(st.lists(LETTERS, max_size=6))
def test_texts_folded_at_once_are_those_folded_alone(texts: list[str]) -> None:
    assert fold_all(texts) == [text.replace("\n", "") and fold(text) for text in texts]


@pytest.mark.parametrize("name", ["towns", "persons", "months"])
def test_folded_forms_are_the_forms_folded(name: str) -> None:
    assert list(folded_forms(name)) == [(fold(form), row) for form, row in forms(name)]


def test_shares_are_those_of_wordfreq() -> None:
    summed: dict[str, float] = defaultdict(float)
    for word, share in get_frequency_dict("ar", wordlist="small").items():
        summed[fold(word)] += share
    assert shares() == summed


@given(st.lists(st.text("أىةتبن َ-1ـ", min_size=1), min_size=1, max_size=4))
def test_phrases_are_kept_by_their_tokens(phrases: list[str]) -> None:
    table = Phrases((phrase, phrase) for phrase in phrases)
    for phrase in phrases:
        text = tokenize(phrase)
        if any(token.folded for token in text.tokens):
            match = table.at(text, 0, clitics=False)
            assert match is not None
            assert match.last == len(text.tokens)


def test_towns_are_those_of_both_tables() -> None:
    rows = [*forms("towns"), *((form, row) for form, row in forms("places") if row["geonames"] != "-")]
    assert {form: entry.reference for form, entry in towns().items()} == {
        fold(form): f"geonames:{row['geonames']}" for form, row in rows
    }
    assert "طرابلس" in known()


def test_the_encoder_starts_without_the_rules_and_without_wordfreq() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from khabar.text import tokenize; from khabar.encoder.features import features;"
            "features(tokenize('زار موسكو')); print({'wordfreq', 'khabar.names.find'} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"
