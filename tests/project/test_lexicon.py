"""Every table of the lexicon is well-formed, and the loader refuses what folding would silently lose."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

import khabar
from khabar.errors import LexiconError
from khabar.export.labels import is_labelled
from khabar.lexicon import table
from khabar.lexicon.load import parse

TABLES = sorted(
    file.name.removesuffix(".tsv") for file in files("khabar.lexicon").iterdir() if file.name.endswith(".tsv")
)
HEAD = (1, ["form", "example"])
PACKAGE = Path(khabar.__file__).parent
CODE = [file.read_text("utf-8") for file in [*PACKAGE.rglob("*.py"), Path(__file__)]]


@pytest.mark.parametrize("name", TABLES)
def test_table_loads(name: str) -> None:
    assert table(name)


@pytest.mark.parametrize("name", TABLES)
def test_table_and_each_of_its_columns_are_read(name: str) -> None:
    assert any(f'"{name}"' in code for code in CODE)
    for column in table(name)[0].keys() - {"form", "example"}:
        assert any(re.search(rf"""["']{column}["']""", code) for code in CODE), column


def test_event_words_have_the_types_and_modes_of_plover() -> None:
    modes = {row["type"]: set(row["modes"].split()) for row in table("plover")}
    for name in ("event_verbs", "event_nouns"):
        for row in table(name):
            assert row["type"] in modes, row["form"]
            assert row["mode"] in {"", *modes[row["type"]]}, row["form"]


@pytest.mark.parametrize("name", ["event_verbs", "event_nouns", "happenings"])
def test_every_mode_has_a_label_in_both_languages(name: str) -> None:
    modes = {row["mode"] for row in table(name)} - {""}
    assert not [mode for mode in modes if not is_labelled("mode", mode)]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(2, ["آب", "في آب"]), (3, ["أب", "أب"])], "stands in row 2 already"),
        ([(2, ["ﻋﺸﺮﺓ", "ﻋﺸﺮﺓ"])], "presentation forms"),
        ([(2, ["عشرة", ""])], "an example are needed"),
        ([(2, ["عشرة", "في تسعة أيام"])], "has none of the forms"),
        ([(2, ["عشرة"])], "1 cells where the header has 2"),
        ([(2, ["ـــ", "ـــ"])], "empty once folded"),
    ],
)
def test_loader_refuses(rows: list[tuple[int, list[str]]], reason: str) -> None:
    with pytest.raises(LexiconError, match=reason):
        parse("words", [HEAD, *rows])
