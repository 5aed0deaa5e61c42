"""What the values of the model are called in Arabic and in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

Label = tuple[str, str]
"""The same in Arabic and in English."""

_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@cache
def _labels() -> Mapping[tuple[str, str], Label]:
    from khabar.lexicon import table

    return {(row["kind"], row["key"]): (row["form"].split("|")[0], row["english"]) for row in table("labels")}


def label(kind: str, key: str) -> Label:
    """What a value of the model is called in Arabic and English; the key itself where no label is known."""
    return _labels().get((kind, key), (key, key))


def is_labelled(kind: str, key: str) -> bool:
    """Has a value a label?"""
    return (kind, key) in _labels()


@cache
def _types() -> Mapping[str, tuple[Label, str]]:
    from khabar.lexicon import table

    return {
        row["type"]: ((row["form"].split("|")[0], row["type"].capitalize()), row["meaning"]) for row in table("plover")
    }


def type_label(type_: str) -> tuple[Label, str]:
    """The name of a PLOVER type in Arabic and English, and what it means."""
    return _types().get(type_, (label("type", type_), ""))


def digits(text: object) -> str:
    """With the digits of the Arab East.

    >>> digits(2023)
    '٢٠٢٣'
    """
    return str(text).translate(_DIGITS)


@cache
def _counts() -> Mapping[str, tuple[list[str], list[str]]]:
    from khabar.lexicon import table

    rows = [row for row in table("labels") if row["kind"] == "count"]
    return {row["key"]: (row["form"].split("|"), row["english"].split("|")) for row in rows}


def counted(number: int, what: str) -> Label:
    """A number with its noun, which in Arabic changes with the number.

    >>> counted(1, "report"), counted(2, "report")
    (('تقرير واحد', '1 report'), ('تقريران', '2 reports'))
    >>> [counted(number, "report")[0] for number in (3, 11, 100, 103)]
    ['٣ تقارير', '١١ تقريرا', '١٠٠ تقرير', '١٠٣ تقارير']
    """
    arabic, english = _counts()[what]
    return _in_arabic(number, arabic), f"{number:,} {english[number != 1]}"


def _in_arabic(number: int, forms: list[str]) -> str:
    one, two, few, many = forms[:4]
    if number in (1, 2):
        return one if number == 1 else two
    if number == 0 or 3 <= number % 100 <= 10:
        return f"{digits(number)} {few}"
    return f"{digits(number)} {many if number % 100 > 10 else forms[-1]}"


def unit_label(unit: str) -> Label:
    """What a figure is measured in: ``money:USD``, ``distance:km``, ``person``.

    >>> unit_label("money:USD"), unit_label("distance:km"), unit_label("money:franc")
    (('دولار أمريكي', 'US Dollar'), ('كيلومتر', 'km'), ('franc', 'franc'))
    """
    family, _, name = unit.rpartition(":")
    if family != "money":
        return label("unit", name)
    from babel.numbers import get_currency_name

    return get_currency_name(name, locale="ar"), get_currency_name(name, locale="en")


def slot_label(slot: str) -> Label:
    """What a slot is called: a part of an event, what became of those counted, what is counted, or its unit.

    >>> slot_label("target"), slot_label("missing"), slot_label("money:EUR")
    (('الهدف', 'what was hit'), ('مفقودون', 'missing'), ('يورو', 'Euro'))
    """
    kind = next((kind for kind in ("slot", "fate") if is_labelled(kind, slot)), None)
    return label(kind, slot) if kind else unit_label(slot)
