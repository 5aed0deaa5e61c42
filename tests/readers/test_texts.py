"""Plain texts: what goes, what stays, when and by whom they were published (cases in tests/read/cases)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.readers import document_from_text
from khabar.repair import apply

CASES = Path(__file__).parent / "cases"


def rows(pile: str) -> list[dict[str, str]]:
    with (CASES / f"{pile}.tsv").open(encoding="utf-8", newline="") as table:
        found = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{key: cell.replace("⏎", "\n") for key, cell in row.items()} for row in found]


def check(row: dict[str, str]) -> None:
    document = document_from_text(row["raw"])
    assert document.text == row["text"], row["why"]
    assert (document.published.value if document.published else "") == row["published"]
    assert (document.outlet or "", document.title or "") == (row["outlet"], row["title"])


@pytest.mark.parametrize("row", rows("wild") + rows("synthetic"), ids=lambda row: row["why"])
def test_pages_copied_as_text(row: dict[str, str]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("negative"), ids=lambda row: row["why"])
def test_clean_reports_stay(row: dict[str, str]) -> None:
    document = document_from_text(row["text"])
    assert document.text == row["text"]
    assert (document.plan, document.published, document.outlet) == ((), None, None)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("row", rows("known_failures"), ids=lambda row: row["why"])
def test_known_failures(row: dict[str, str]) -> None:
    check(row)


def test_what_is_given_goes_before_what_the_text_tells() -> None:
    raw = rows("wild")[0]["raw"]
    document = document_from_text(raw, published="2022-01-01", outlet="الضفة")
    assert document.published is not None
    assert (document.published.value, document.published.how, document.outlet) == ("2022-01-01", "given", "الضفة")


PIECES = [line for row in rows("wild") for line in row["raw"].split("\n")] + [
    "",
    " ",
    "°",
    "12",
    "الوسوم",
    "#وسم",
    "وصــل",
]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", "\n\n", "\r\n", " \n "])), max_size=25))
def test_any_mixture_of_lines_replays(pieces: list[tuple[str, str]]) -> None:
    document = document_from_text("".join(line + gap for line, gap in pieces))
    assert apply(document.raw, document.plan) == document.text


SENTENCES = [line for row in rows("wild") for line in row["raw"].split("\n") if line.endswith(".")]


@settings(deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8, unique=True))
def test_sentences_are_never_rubbish(sentences: list[str]) -> None:
    text = "\n".join(sentences)
    assert document_from_text(text).text == text


def test_a_long_text_of_short_lines_takes_no_long_time() -> None:
    text = (
        "سطر قصير من كلمات قليلة جدا\n" * 5_000
        + "وصل الوزير إلى المدينة أمس في زيارة.\n"
        + " " * 100_000
        + "\n20 يناير"
        + " " * 100_000
    )
    assert apply(text, document_from_text(text).plan) == document_from_text(text).text
