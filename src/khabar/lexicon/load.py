"""The only reader of the tables in this folder.

A table is a TSV file whose first line names its columns.  The column ``form`` holds what is looked up (several
forms are set apart by ``|``), the column ``example`` a phrase in which one of them stands.  Lines that begin
with ``#`` are comments.  A table is refused when a form stands twice, when folding or NFKC normalisation would
silently change what it matches, or when an example is missing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from khabar.errors import LexiconError
from khabar.text.fold import fold

Row = Mapping[str, str]


def _lines(name: str) -> list[tuple[int, list[str]]]:
    text = (files("khabar.lexicon") / f"{name}.tsv").read_text("utf-8")
    rows = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), 1)]
    return [(number, cells) for number, cells in rows if cells != [""] and not cells[0].startswith("#")]


def parse(name: str, lines: list[tuple[int, list[str]]]) -> tuple[Row, ...]:
    """Rows of a table, checked.

    Raises:
        LexiconError: naming the table, the row and what is wrong with it.

    >>> parse("months", [(1, ["form", "example"]), (2, ["آب", "في آب"]), (3, ["اب", "اب 2020"])])
    Traceback (most recent call last):
    khabar.errors.LexiconError: months row 3: 'اب' stands in row 2 already
    """
    (_, columns), *body = lines
    seen: dict[str, int] = {}
    rows = []
    for number, cells in body:
        if len(cells) != len(columns):
            raise LexiconError(f"{name} row {number}: {len(cells)} cells where the header has {len(columns)}")
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        _check(name, number, row, seen)
        rows.append(row)
    return tuple(rows)


def _check(name: str, number: int, row: Row, seen: dict[str, int]) -> None:
    if not row["form"] or not row["example"]:
        raise LexiconError(f"{name} row {number}: a form and an example are needed")
    for form in row["form"].split("|"):
        if unicodedata.normalize("NFKC", form) != form:
            raise LexiconError(f"{name} row {number}: {form!r} holds presentation forms")
        key = fold(form)
        if not key.strip():
            raise LexiconError(f"{name} row {number}: {form!r} is empty once folded")
        if key in seen:
            raise LexiconError(f"{name} row {number}: {form!r} stands in row {seen[key]} already")
        seen[key] = number
    if not any(fold(form) in fold(row["example"]) for form in row["form"].split("|")):
        raise LexiconError(f"{name} row {number}: the example has none of the forms of {row['form']!r}")


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of ``NAME.tsv``, in order.

    Raises:
        LexiconError: when the table is not well-formed.
    """
    return parse(name, _lines(name))


def forms(name: str) -> Iterator[tuple[str, Row]]:
    """Every form of a table with its row."""
    for row in table(name):
        for form in row["form"].split("|"):
            yield form, row
