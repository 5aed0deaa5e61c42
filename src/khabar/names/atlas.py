"""The places of the world that an Arabic name may mean: countries, provinces of Arab states, towns of GeoNames."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from khabar.lexicon import folded_forms
from khabar.model import PlaceLevel


@dataclass(frozen=True, slots=True)
class Site:
    """One place.  A country or a province has the coordinates of its capital, where that is known."""

    reference: str
    """``geonames:`` with its number there, ``iso:`` with its code in ISO 3166-1 or 3166-2."""
    label: str
    country: str
    """ISO 3166-1 code."""
    level: PlaceLevel
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    """Of a town; of a province that of its capital, as far as known."""
    capital: bool = False


_NOWHERE = Site("", "", "", "town")


@lru_cache(maxsize=20_000)
def sites(name: str) -> tuple[Site, ...]:
    """Every place that a folded name is a name of: countries, then towns, then provinces.

    >>> [(site.country, site.level) for site in sites("طرابلس")][:3]
    [('LY', 'town'), ('LB', 'town'), ('LY', 'province')]
    """
    return (*_countries().get(name, ()), *_towns(name), *_provinces().get(name, ()))


@cache
def province_nouns() -> frozenset[str]:
    """Folded nouns of provinces (``محافظة``)."""
    return frozenset(form.split()[0] for form, _ in folded_forms("provinces")) - {"المنطقه"}


@cache
def _countries() -> dict[str, tuple[Site, ...]]:
    """Folded name to the country, with the place of its capital."""
    seats = {site.country: site for site in map(_town, _capitals())}
    found: dict[str, tuple[Site, ...]] = {}
    for form, row in folded_forms("countries"):
        code = row["iso"]
        seat = seats.get(code, _NOWHERE)
        found[form] = (Site(f"iso:{code}", row["label"], code, "country", seat.latitude, seat.longitude),)
    return found


@cache
def _provinces() -> dict[str, list[Site]]:
    """Folded name, with its noun and without, to the provinces that bear it."""
    found: dict[str, list[Site]] = defaultdict(list)
    for form, row in folded_forms("provinces"):
        noun, _, bare = form.partition(" ")
        country = row["iso"].split("-")[0]
        seat = next((town for town in _towns(bare) if town.country == country), _NOWHERE)
        where = seat.latitude, seat.longitude, seat.population
        site = Site(f"iso:{row['iso']}", row["label"], country, "province", *where)
        for name in {form, bare} if noun in province_nouns() else {form}:
            found[name].append(site)
    return found


@cache
def _lines() -> tuple[str, ...]:
    text = (files("khabar.names") / "geonames.tsv").read_text("utf-8")
    return tuple(text.splitlines()[2:])


@cache
def _by_form() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in _lines():
        for form in line[line.rindex("\t") + 1 :].split("|"):
            found[form].append(line)
    return found


def _capitals() -> list[str]:
    return [line for line in _lines() if "\tcapital\t" in line]


def _towns(name: str) -> tuple[Site, ...]:
    return tuple(map(_town, _by_form().get(name, ())))


def _town(line: str) -> Site:
    number, label, country, level, latitude, longitude, population, _ = line.split("\t")
    at = float(latitude), float(longitude)
    return Site(f"geonames:{number}", label, country, "town", *at, int(population), level == "capital")


def country_label(code: str) -> str:
    """English name of a country; its code where no table has it.

    >>> country_label("LB")
    'Lebanon'
    """
    return _labels().get(code, code)


@cache
def _labels() -> dict[str, str]:
    return {site.country: site.label for site in chain.from_iterable(_countries().values())}
