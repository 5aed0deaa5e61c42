"""Where names stand in a text.

The rules run in order, each gives candidates with its own name and score.  Where the encoder can be used, it and they
vote; else of those that overlap the longer one is kept, of equally long ones the surer.  Then short forms are followed
back to the long ones, and labels given.  The rule of a name says who decided: ``known``, ``model``, ``known+model``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from khabar.model import Name
from khabar.names.bodies import headed_bodies, state_bodies
from khabar.names.candidate import Candidate
from khabar.names.known import known_names
from khabar.names.latin import latin_names
from khabar.names.learned import opinion
from khabar.names.persons import foreign_pairs, given_chains, led_by, titled_persons
from khabar.names.places import headed_places
from khabar.names.resolve import resolved
from khabar.names.shorts import body_shorts, short_forms, with_own_bearers
from khabar.names.slips import misspelt_places
from khabar.names.told import credited_media, told_media
from khabar.names.towns import located_towns
from khabar.names.units import definite_bodies, numbered_units
from khabar.names.vote import voted
from khabar.names.whereabouts import located
from khabar.text import Tokenized

BODY_RULES = (
    told_media,
    credited_media,
    located_towns,
    state_bodies,
    headed_bodies,
    definite_bodies,
    numbered_units,
    headed_places,
    misspelt_places,
    body_shorts,
)
_EVEN = 0.5
"""Score from which a rule alone finds a name, where there is no encoder."""
PERSON_RULES = (titled_persons, given_chains, foreign_pairs)


def find_names(text: Tokenized) -> tuple[Name, ...]:
    """Every mention by name in a text, in order, not overlapping.

    >>> from khabar.text import tokenize
    >>> [(n.span.text, n.type, n.entity) for n in find_names(tokenize("استقبل بوتين اللواء خليفة حفتر بموسكو"))]
    [('بوتين', 'PER', 'Vladimir Putin'), ('خليفة حفتر', 'PER', 'Khalifa Haftar'), ('موسكو', 'LOC', 'Moscow')]
    """
    found = _by_rules(text)
    heard = opinion(text)
    likely = (one for one in found if one.score >= _EVEN)
    names = chosen(likely) if heard is None else with_titles(text, voted(text, found, heard))
    kept = with_own_bearers(text, resolved(text, names))
    ordered = sorted([*kept, *short_forms(text, kept)], key=lambda one: one.start)
    return located(text, [_name(text, candidate) for candidate in ordered])


def _by_rules(text: Tokenized) -> list[Candidate]:
    """What every rule finds, overlapping as it may."""
    found = known_names(text) + latin_names(text) + led_by(text)
    for rule in BODY_RULES:
        found += rule(text, _by_first(found))
    at = _by_first(chosen(found))
    for rule in PERSON_RULES:
        found += rule(text, at)
    return found


def _by_first(found: Iterable[Candidate]) -> dict[int, Candidate]:
    """The longest candidate at each token."""
    at: dict[int, Candidate] = {}
    for candidate in found:
        if candidate.first not in at or at[candidate.first].last < candidate.last:
            at[candidate.first] = candidate
    return at


def chosen(found: Iterable[Candidate]) -> list[Candidate]:
    """Candidates that do not overlap, the longest first, then the surest, then one that has a title."""
    kept: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(found, key=_weight, reverse=True):
        tokens = range(candidate.first, candidate.last)
        if taken.isdisjoint(tokens):
            kept.append(candidate)
            taken.update(tokens)
    return sorted(kept, key=lambda candidate: candidate.first)


def with_titles(text: Tokenized, kept: Sequence[Candidate]) -> list[Candidate]:
    """Persons whom no rule had found, with the office that stands before them."""
    holders = {holder.first: holder.title for holder in titled_persons(text, _by_first(kept))}
    return [
        replace(one, title=holders.get(one.first)) if one.type == "PER" and one.title is None else one for one in kept
    ]


def _weight(candidate: Candidate) -> tuple[int, float, bool, int]:
    return candidate.last - candidate.first, candidate.score, candidate.title is not None, -candidate.first


def _name(text: Tokenized, found: Candidate) -> Name:
    title = text.token_span(*found.title) if found.title is not None and found.title[1] > found.title[0] else None
    return Name(
        text.span(found.start, found.end),
        found.type,
        found.label or "",
        f"{found.rule}+model" if found.agreed else found.rule,
        round(found.score, 3),
        title,
        found.reference,
    )
