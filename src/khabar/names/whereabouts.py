"""Which place of the world each place name means, judged by the other places that its document names.

Each candidate of a name is as probable as it is large, times how often the document names its country, times what
stands right beside the name (``طرابلس اللبنانية``, ``محافظة الحسكة``).  What stands beside one mention counts, less,
for the other mentions of that name too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import cos, exp, hypot, inf, radians

from khabar.lexicon import folded_forms
from khabar.model import Name, Place, PlaceLevel
from khabar.names.atlas import Site, country_label, province_nouns, sites
from khabar.names.gazetteer import country_codes, nation
from khabar.names.known import place_nouns
from khabar.text import Tokenized, fold

_MOST = 5
"""Candidates that are kept."""
_LEAST = 0.005
_COUNTRY, _CAPITAL, _PROVINCE = 60.0, 2.5, 0.5
"""Weight of a country; by how much a capital is likelier than its size tells; a province beside its own capital."""
_TABLE = 2.5
"""For the place that our tables give the name, which news means most often."""
_DECIDED = 200.0
"""For what the rules have found to be meant by a name that a country bears too (``عمّان``)."""
_ELSEWHERE = 0.02
"""What a country counts that the document does not name."""
_NEAR, _REACH, _NEIGHBOURS = 3.0, 150.0, 40
"""For a place right beside another one that is named; kilometres in which that fades; how many places are asked."""
_ADJECTIVE, _SAME_NAME, _NOUN = 60.0, 8.0, 200.0
"""For what stands beside this mention, beside another one of the same name, and for the noun right before."""
_UNLISTED, _OURS = 0.05, 1.0
"""Weight of a place that is in no table; of one of ours that GeoNames does not have by this name."""
_LIKELY, _SURE = 0.5, 0.6
"""Scores from which a candidate is the name's reference, and gives it its label against our tables."""
_BESIDE, _TWIN = 30.0, 0.03
"""Kilometres within which two countries share one town, whose label needs no country; for the other half of it."""
_CAPITAL_WORD = "العاصمه"


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place name, with what may be meant and what stands beside it."""

    name: Name
    words: str
    sites: tuple[Site, ...]
    adjective: str | None
    """The state that an adjective right behind it tells."""
    level: PlaceLevel | None
    """What the noun before it says that it is."""
    capital: bool
    """Does ``العاصمة`` stand before or behind it?"""

    @property
    def own(self) -> str | None:
        """The country in which our tables have the place that they give the name."""
        listed = (site.country for site in self.sites if site.reference == self.name.reference)
        return country_codes().get(self.name.entity) or next(listed, None)


def located(text: Tokenized, names: Sequence[Name]) -> tuple[Name, ...]:
    """The names, those of places with their candidates; the first one is their reference.

    >>> from khabar.text import tokenize
    >>> from khabar.model import Name, Span
    >>> words = tokenize("انفجار في طرابلس أغضب اللبنانيين")
    >>> names = [Name(Span(10, 16, "طرابلس"), "LOC", "Tripoli", "known", 0.9)]
    >>> [(place.country, place.reason) for place in located(words, names)[0].candidates][0]
    ('LB', 'named with Lebanon (1 mention)')
    """
    mentions = [_mention(text, name) for name in names if name.type == "LOC"]
    around = _evidence(text, mentions)
    beside = {one.words: one.adjective for one in mentions if one.adjective}
    found = {one.name.span.start: _judged(one, around, beside.get(one.words)) for one in mentions if one.sites}
    return tuple(found.get(name.span.start, name) if name.type == "LOC" else name for name in names)


def _mention(text: Tokenized, name: Name) -> _Mention:
    first = text.token_at(name.span.start)
    last = text.token_at(name.span.end - 1) + 1
    folded = " ".join(fold(name.span.text).split())
    folded = f"ال{folded[2:]}" if folded.startswith("لل") else folded
    following = text.tokens[last].folded if last < len(text.tokens) else ""
    adjective = nation(following) if following.startswith("ال") else None
    found = sites(folded)
    head, _, tail = folded.rpartition(" ")
    inside = nation(tail) if head and not found else None
    if inside is not None:
        folded, found, adjective = head, sites(head), inside
    before = text.tokens[first - 1].folded if first else ""
    capital = _CAPITAL_WORD in (following, before.removeprefix("و").removeprefix("ب"))
    return _Mention(name, folded, found, adjective.iso if adjective else None, _level(before), capital)


def _level(noun: str) -> PlaceLevel | None:
    """What a noun before a name says that it is (``بمحافظة``: a province)."""
    stem = noun if noun in place_nouns() else noun.removeprefix("و").lstrip("بل")
    if stem in province_nouns():
        return "province"
    return "town" if stem in _town_nouns() else None


@cache
def _town_nouns() -> frozenset[str]:
    return frozenset(form for form, row in folded_forms("place_heads") if row["label"] in ("city", "town", "village"))


@dataclass(frozen=True, slots=True)
class _Around:
    """What a document tells of where it is about."""

    counts: Counter[str]
    """How often it names each country: itself, its people, its bodies, towns that no other country has."""
    towns: frozenset[Site]
    """Such towns."""

    def share(self, country: str | None) -> float:
        """How much of what the document names belongs to a country."""
        total = sum(self.counts.values())
        return _ELSEWHERE + (self.counts.get(country or "", 0) / total if total else 0.0)

    def nearness(self, site: Site) -> float:
        """1 for what lies far from all other places of the document, more the nearer one of them is."""
        away = (_kilometres(site, town) for town in self.towns if site.level == "town" and town is not site)
        return 1 + _NEAR * exp(-min(away, default=inf) / _REACH)


def _kilometres(one: Site, other: Site | Place) -> float:
    """Distance of two towns, on a flat map, which is near enough for neighbours."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return inf
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return 111.2 * hypot(one.latitude - other.latitude, east)


def _evidence(text: Tokenized, mentions: Iterable[_Mention]) -> _Around:
    counts: Counter[str] = Counter()
    towns: dict[Site, None] = {}
    for token in text.tokens:
        state = nation(token.folded) if token.kind == "word" else None
        if state is not None:
            counts[state.iso] += 1
    for one in mentions:
        countries = {site.country for site in one.sites}
        if any(site.level == "country" for site in one.sites) or len(countries) == 1:
            counts[one.sites[0].country] += 1
            if one.sites[0].level == "town":
                towns[one.sites[0]] = None
        elif not countries and one.name.entity in country_codes():
            counts[country_codes()[one.name.entity]] += 1
    return _Around(counts, frozenset(list(towns)[:_NEIGHBOURS]))


def _judged(one: _Mention, around: _Around, elsewhere: str | None) -> Name:
    """The name with its candidates, the most probable first."""
    weights = {site: _weight(site, one, around, elsewhere) for site in one.sites}
    rest = _OURS if one.own and all(site.country != one.own for site in one.sites) else _UNLISTED
    total = sum(weights.values()) + rest * around.share(one.own)
    ordered = sorted(weights, key=lambda site: -weights[site])[:_MOST]
    places = [_place(site, weights[site] / total, one, around, elsewhere) for site in ordered]
    kept = tuple(place for place in places if place.score >= _LEAST)
    if not kept or (kept[0].score < _LIKELY and kept[0].reference != one.name.reference):
        return replace(one.name, candidates=kept if one.name.reference is None else ())
    return replace(one.name, entity=_label(one, kept[0]), reference=kept[0].reference, candidates=kept)


def _weight(site: Site, one: _Mention, around: _Around, elsewhere: str | None) -> float:
    if site.level == "country":
        weight = _COUNTRY
    else:
        weight = (site.population / 100_000 + 0.01) ** 0.5 * (_CAPITAL if site.capital else 1.0)
        weight *= _PROVINCE if site.level == "province" else 1.0
    weight *= around.share(site.country) * around.nearness(site)
    weight *= _TABLE if site.country == one.own else _TWIN if _shares_a_town(site, one) else 1.0
    if site.reference == one.name.reference:
        weight *= _DECIDED if one.sites[0].level == "country" != site.level else _TABLE
    if site.country in (one.adjective, elsewhere):
        weight *= _ADJECTIVE if site.country == one.adjective else _SAME_NAME
    return weight * (_NOUN if site.level == one.level or (site.capital and one.capital) else 1.0)


def _shares_a_town(site: Site | Place, one: _Mention) -> bool:
    """Does it lie so near to the place of our tables that a border runs through one town?"""
    return any(_kilometres(other, site) < _BESIDE for other in one.sites if other.country == one.own)


def _place(site: Site, score: float, one: _Mention, around: _Around, elsewhere: str | None) -> Place:
    reason = _reason(site, one, around, elsewhere)
    return Place(
        site.reference, site.label, site.country, site.level, site.latitude, site.longitude, round(score, 3), reason
    )


def _reason(site: Site, one: _Mention, around: _Around, elsewhere: str | None) -> str:
    """What speaks most for a candidate."""
    country = country_label(site.country)
    if len(one.sites) == 1:
        return "the only place of this name"
    if site.country == one.adjective:
        return f"beside it stands the adjective of {country}"
    if site.level == one.level:
        return f"the noun before it says: a {site.level}"
    if site.capital and one.capital:
        return "called the capital"
    if site.country == elsewhere:
        return f"elsewhere beside it stands the adjective of {country}"
    if site.level == "country":
        return "the name of a country"
    count = around.counts[site.country]
    if count:
        return f"named with {country} ({count} mention{'s' if count > 1 else ''})"
    largest = max(one.sites, key=lambda other: other.population)
    return "the largest place of this name" if site is largest else "a place of this name"


def _label(one: _Mention, best: Place) -> str:
    """The label of our tables, with the country behind it where another place than theirs is meant."""
    label = one.name.entity
    if (one.name.reference or "").startswith("iso:") and best.level != "country":
        return best.label
    ours = any(site.country == one.own for site in one.sites)
    if best.score < _SURE or best.country == one.own or not ours or _shares_a_town(best, one) or "(" in label:
        return label
    return f"{label} ({country_label(best.country)})"
