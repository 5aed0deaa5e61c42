"""Which riyal, dinar, pound, lira or dirham: said by the adjective behind it, else by the country the text is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from khabar.lexicon import forms, table
from khabar.model import Name
from khabar.text import Tokenized, fold


@cache
def _shared() -> dict[str, dict[str, str]]:
    """Unit of a currency that countries share (``money:dinar``) to the code of each country's."""
    return {row["unit"]: dict(pair.split(":") for pair in row["countries"].split()) for row in table("currencies")}


@cache
def _of_place() -> dict[str, str]:
    """Label of a country, or of a place in it, to the country's code."""
    codes = {row["label"]: row["iso"] for row in table("places") if row["iso"] != "-"}
    return codes | {row["label"]: row["iso"] for row in table("countries")}


@cache
def _of_adjective() -> dict[str, str]:
    """``ليبي``, ``الليبية``, ``ليبيا`` behind a noun in the accusative: the country's code."""
    found = {fold(form): row["iso"] for form, row in forms("demonyms")}
    return found | {"ال" + word: iso for word, iso in found.items()}


def countries_of(text: Tokenized, names: Sequence[Name]) -> Counter[str]:
    """How often a text speaks of each country, by the names of its places and its adjective."""
    codes = [_of_place().get(name.entity) for name in names if name.type == "LOC"]
    codes += [_of_adjective().get(token.folded) for token in text.tokens if token.kind == "word"]
    return Counter(code for code in codes if code is not None)


def currency(unit: str, behind: str, countries: Mapping[str, int]) -> str:
    """The unit with its ISO code; the currency's bare name where the text leaves open which one it is.

    >>> currency("money:dinar", "", {"LY": 3, "IT": 5}), currency("money:dinar", "", {"LY": 1, "TN": 1})
    ('money:LYD', 'money:dinar')
    """
    codes = _shared().get(unit)
    if codes is None:
        return unit
    said = codes.get(_of_adjective().get(behind, "") or _of_adjective().get(behind.removesuffix("ا"), ""))
    if said is not None:
        return f"money:{said}"
    told = sorted(((countries.get(country, 0), country) for country in codes), reverse=True)
    clear = told[0][0] > 0 and told[0][0] >= 2 * told[1][0]
    return f"money:{codes[told[0][1]]}" if clear else unit
