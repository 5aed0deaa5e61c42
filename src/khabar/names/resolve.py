"""What names mean: labels, and which state a body without a nationality belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from khabar.lexicon import table
from khabar.names.bodies import official, state_label
from khabar.names.candidate import Candidate, words_of
from khabar.names.english import plain_label
from khabar.names.evidence import particles
from khabar.names.follow import followed
from khabar.names.gazetteer import adjectives, country_codes, meaning, nation
from khabar.names.known import body_nouns
from khabar.names.labels import person_label
from khabar.text import Tokenized

_COMPOUND = frozenset({"عبد", "ابو", "بن", "بو", "ولد"})
_LED = frozenset({"قوات", "جيش", "كتائب", "حكومه"})
_NEAR = 6
_MILITARY = ("Command", "Staff")
_DOUBLED = "\u0651"
"""The sign that sets Amman apart from Oman where it is written."""
_CLEARLY = 1.25
"""So many times as often as any other, a state is the one that a text is about."""


def resolved(text: Tokenized, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each with its label."""
    names = [_identified(text, found) for found in chosen]
    people = _people(text, names)
    states = _states(text, names)
    bare = sum(found.label == "Oman" and words_of(text, found) == ("عمان",) for found in names)
    labelled = [_labelled(text, found, people, states, bare) for found in names]
    return followed(text, labelled, [found.label is None for found in names])


def _identified(text: Tokenized, found: Candidate) -> Candidate:
    """With the meaning that tables give to exactly its words, or to these without a noun such as ``تنظيم`` before."""
    if found.label is not None:
        return found
    words = words_of(text, found)
    entry = meaning(words, found.type)
    if entry is None and found.type == "ORG" and len(words) > 1 and words[0] in body_nouns() | _LED:
        entry = meaning(words[1:], found.type)
    if entry is None or (found.type == "ORG" and not entry.sure):
        return found
    return replace(found, label=entry.label, reference=entry.reference, short=entry.short)


def _labelled(
    text: Tokenized, found: Candidate, people: dict[tuple[str, ...], str], states: _States, bare: int
) -> Candidate:
    doubled = _DOUBLED in text.text[found.start : found.end]
    if found.label == "Oman" and (doubled or states.means_amman(words_of(text, found), bare)):
        return replace(found, label="Amman", reference="geonames:250441")
    if found.rule == "state-body" and found.label in official():
        return replace(found, label=official()[found.label])
    if found.label is not None:
        return found
    words = words_of(text, found)
    if found.type == "PER":
        return replace(found, label=people[words])
    noun = state_label(text, found) if found.type == "ORG" else None
    if noun is not None or found.rule == "bare-state-body":
        label = states.label(found, noun or plain_label(words))
        return replace(found, label=official().get(label, label))
    return replace(found, label=plain_label(words))


def _people(text: Tokenized, chosen: Sequence[Candidate]) -> dict[tuple[str, ...], str]:
    """Every unknown person's words to a label; a shorter full form takes that of the longer one it is part of."""
    names = [words_of(text, found) for found in chosen if found.type == "PER" and found.label is None]
    known = {words_of(text, found): found.label for found in chosen if found.type == "PER" and found.label is not None}
    labels: dict[tuple[str, ...], str] = {}
    for words in sorted(dict.fromkeys(names), key=len, reverse=True):
        longer = next(
            (
                label
                for other, label in [*labels.items(), *known.items()]
                if label and (_is_part(words, other) or _is_end(words, other))
            ),
            None,
        )
        labels[words] = longer or person_label(words)
    return labels


def _is_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Do two names of two words or more begin alike, and does the longer one hold all of the shorter in order?

    >>> _is_part(("محمد", "سالم"), ("محمد", "علي", "سالم")), _is_part(("محمد", "سالم"), ("احمد", "محمد", "سالم"))
    (True, False)
    """
    parts = [word for word in short if word not in particles()]
    rest = iter(word for word in long if word not in particles())
    return len(parts) > 1 and short[0] == long[0] and len(short) <= len(long) and all(part in rest for part in parts)


def _is_end(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Is a compound family name (``عبد الكافي``) the end of a longer name?

    >>> _is_end(("عبد", "الكافي"), ("عادل", "عبد", "الكافي")), _is_end(("عبد", "الله"), ("عبد", "الله", "صالح"))
    (True, False)
    """
    return len(long) > len(short) > 1 and short[0] in _COMPOUND and long[-len(short) :] == short


class _States:
    """The states that a text names, with where: for bodies that are named without theirs."""

    def __init__(
        self,
        text: Tokenized,
        mentions: list[tuple[int, str]],
        bodies: dict[str, str],
        people: dict[int, str],
        armies: Counter[str],
    ) -> None:
        self._text = text
        self._armies = armies
        self._mentions = mentions
        self._bodies = bodies
        self._people = people
        self._counts = Counter(iso for _, iso in mentions)

    def label(self, found: Candidate, noun: str) -> str:
        """``وزارة الداخلية`` of the state it is met with elsewhere, else of the state that the text names most."""
        owner = self._owner(found)
        if owner is None and noun in self._bodies:
            return self._bodies[noun]
        iso = owner or self._deciding(found, noun) or self._nearest(found.first)
        return f"{adjectives()[iso].adjective} {noun}" if iso in adjectives() else noun

    def _owner(self, found: Candidate) -> str | None:
        """The state of the man whose command it is (``القيادة العامة لقوات فلان``)."""
        words = (token.folded for token in self._text.tokens[found.last : found.last + 1])
        led = next(words, "").lstrip("لب") in _LED
        return self._people.get(found.last + 1) if led else None

    def _deciding(self, found: Candidate, noun: str) -> str | None:
        """The state whose army is named for a command; for a ministry the one named right before it."""
        if noun.endswith(_MILITARY) and self._armies:
            return min(self._armies, key=lambda iso: (-self._armies[iso], iso))
        near = [iso for at, iso in self._mentions if found.first - _NEAR <= at < found.first]
        return near[-1] if near and noun.startswith("Ministry") else None

    def means_amman(self, words: tuple[str, ...], bare: int) -> bool:
        """Is bare ``عمان`` the capital, because the text is about Jordan and not otherwise about Oman?"""
        return words == ("عمان",) and self._counts["JO"] > 0 and self._counts["OM"] <= bare

    def _nearest(self, index: int) -> str:
        """The state named most, its people too; where two are named about as often the one named last before."""
        counts = self._counts + Counter(self._people.values())
        if not counts:
            return ""
        (first, most), *others = counts.most_common(2)
        if not others or most >= _CLEARLY * others[0][1]:
            return first
        before = [iso for at, iso in self._mentions if at < index and iso in (first, others[0][0])]
        return before[-1] if before else first


@cache
def _citizenships() -> dict[str, str]:
    return {row["label"]: row["iso"] for row in table("persons")}


def _states(text: Tokenized, chosen: Sequence[Candidate]) -> _States:
    codes = country_codes()
    mentions = [(found.first, codes[found.label]) for found in chosen if found.label in codes]
    for index, token in enumerate(text.tokens):
        state = nation(token.folded) if token.kind == "word" else None
        if state is not None:
            mentions.append((index, state.iso))
    bodies: dict[str, str] = {}
    for found in chosen:
        if found.rule == "state-body" and found.label:
            bodies.setdefault(state_label(text, found) or "", found.label)
    people = {
        found.first: _citizenships()[found.label]
        for found in chosen
        if found.type == "PER" and found.label in _citizenships()
    }
    return _States(text, sorted(mentions), bodies, people, _armies(chosen))


def _armies(chosen: Sequence[Candidate]) -> Counter[str]:
    """The states whose armies are named with their nationality."""
    labels = [found.label for found in chosen if found.label and found.label.endswith(("Army", "Armed Forces"))]
    of = {state.adjective: iso for iso, state in adjectives().items()}
    return Counter(of[label.split()[0]] for label in labels if label.split()[0] in of)
