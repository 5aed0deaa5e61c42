"""The only reader of the tables in this folder.

A table is a TSV file whose first line names its columns.  The column ``form`` holds what is looked up (several
forms are set apart by ``|``), the column ``example`` a phrase in which one of them stands.  Lines that begin
with ``#`` are comments.  A table is refused when a form stands twice, when folding or NFKC normalisation would
silently change what it matches, or when an example is missing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, islice, repeat

from khabar.errors import LexiconError
from khabar.text.fold import fold, fold_all

Row = Mapping[str, str]


def _lines(name: str) -> list[tuple[int, list[str]]]:
    text = (files("khabar.lexicon") / f"{name}.tsv").read_text("utf-8")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and line[0] != "#"]
    return [(number, line.split("\t")) for number, line in lines]


def parse(name: str, lines: list[tuple[int, list[str]]]) -> tuple[Row, ...]:
    """Rows of a table, checked.

    Raises:
        LexiconError: naming the table, the row and what is wrong with it.

    >>> parse("months", [(1, ["form", "example"]), (2, ["آب", "في آب"]), (3, ["اب", "اب 2020"])])
    Traceback (most recent call last):
    khabar.errors.LexiconError: months row 3: 'اب' stands in row 2 already
    """
    return _parsed(name, lines)[0]


def _parsed(name: str, lines: list[tuple[int, list[str]]]) -> tuple[tuple[Row, ...], list[tuple[str, Row]]]:
    """Rows of a table, and every folded form with its row.

    All is checked at once, which is much quicker; row by row only to say what is wrong.
    """
    (_, columns), *body = lines
    for number, cells in body:
        if len(cells) != len(columns):
            raise LexiconError(f"{name} row {number}: {len(cells)} cells where the header has {len(columns)}")
    rows = tuple(dict(zip(columns, map(str.strip, cells), strict=True)) for _, cells in body)
    forms = [row["form"].split("|") for row in rows]
    folded = fold_all(chain.from_iterable(forms))
    if not _is_sound(rows, forms, folded):
        seen: dict[str, int] = {}
        for (number, _), row in zip(body, rows, strict=True):
            _check(name, number, row, seen)
    owners = chain.from_iterable(map(repeat, rows, map(len, forms)))
    return rows, list(zip(folded, owners, strict=True))


def _is_sound(rows: Sequence[Row], forms: Sequence[Sequence[str]], folded: Sequence[str]) -> bool:
    """Is there nothing wrong with any row?"""
    keys = iter(folded)
    groups = [list(islice(keys, len(own))) for own in forms]
    examples = fold_all(row["example"] for row in rows)
    return (
        all(any(form in shown for form in own) for own, shown in zip(groups, examples, strict=True))
        and len(set(folded)) == len(folded)
        and "" not in map(str.strip, folded)
        and all(examples)
        and unicodedata.is_normalized("NFKC", "\n".join(row["form"] for row in rows))
    )


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
def _table(name: str) -> tuple[tuple[Row, ...], list[tuple[str, Row]]]:
    return _parsed(name, _lines(name))


def table(name: str) -> tuple[Row, ...]:
    """The rows of ``NAME.tsv``, in order.

    Raises:
        LexiconError: when the table is not well-formed.
    """
    return _table(name)[0]


def forms(name: str) -> Iterator[tuple[str, Row]]:
    """Every form of a table with its row."""
    for row in table(name):
        for form in row["form"].split("|"):
            yield form, row


def folded_forms(name: str) -> Iterator[tuple[str, Row]]:
    """Every form of a table, folded, with its row: quicker than to fold them again.

    >>> next(row["label"] for form, row in folded_forms("countries") if form == "اسبانيا")
    'Spain'
    """
    return iter(_table(name)[1])
