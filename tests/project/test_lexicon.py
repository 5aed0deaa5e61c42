"""Every table of the lexicon is well-formed, and the loader refuses what folding would silently lose."""

from importlib.resources import files

import pytest

from khabar.errors import LexiconError
from khabar.lexicon import table
from khabar.lexicon.load import parse

TABLES = sorted(
    file.name.removesuffix(".tsv") for file in files("khabar.lexicon").iterdir() if file.name.endswith(".tsv")
)
HEAD = (1, ["form", "example"])


@pytest.mark.parametrize("name", TABLES)
def test_table_loads(name: str) -> None:
    assert table(name)


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
