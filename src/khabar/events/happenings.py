"""What happens and is none of PLOVER's sixteen types: accidents, losses, finds, natural deaths, disasters.

They have the type OTHER and modes of our own, so that reports of one crash are one event with its tolls and disputes;
the annotation guide leaves them out of its events.  ``happenings`` names their words and, where a word is ambiguous,
the kinds of things of which one must stand near (``غرق`` of a boat, ``انهيار`` of a building); the thing is who it
happened to.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from khabar.events.clauses import Clauses, Mention
from khabar.events.contents import Contents
from khabar.events.date_fit import event_date, probability
from khabar.events.inflect import noun_forms, past_forms, present_forms
from khabar.events.particles import particles
from khabar.events.status import status_of
from khabar.events.triggers import Analysis, Entry, Trigger, bare
from khabar.events.when_where import Calendar, place_of, role_span
from khabar.lexicon import Row, table
from khabar.model import OTHER, Claim, Event, EventStatus, Published, Role
from khabar.text import Token, Tokenized, fold
from khabar.text.morphology import readings

_REACH = 18
"""Tokens on either side of a word among which the thing is looked for."""
_CONTENT = 25
"""Tokens of a claim in which it may say what a find belongs to."""
_TAIL = 3
_MONTH = len("2014-03")
_MARKED = 2
"""Tokens beside a thing that may say that it is another (``قطع أخرى``)."""
_GOOD_DATE = 0.5
_RIGHT_BEHIND = 3
_PRONOUNS = ("هما", "هم", "ها", "ه")
_VERB_PREFIXES = frozenset({"", "و", "ف", "س", "وس", "فس", "ل", "ول", "فل"})
_MANNER = "mishap"
_NAMED = frozenset({"death"})
"""Modes that befall persons by name."""
_FAMILIES = {"crash": "crash", "loss": "crash", "accident": "crash"}
"""Modes that reports give to one happening of one thing."""
_AHEAD_OF = {"future": "ahead", "hypothetical": "ahead"}
_SCORE = 0.5

Index = dict[str, list[tuple[Entry, str]]]


@dataclass(slots=True)
class _Told:
    """A mention, its row, and what it befell."""

    mention: Mention
    entry: Entry
    thing: str
    roles: list[Role]

    @property
    def befell(self) -> str:
        return self.thing or " ".join(role.entity for role in self.roles)


@dataclass(slots=True)
class _Group:
    """Mentions of one happening."""

    told: list[_Told] = field(default_factory=list)

    def fits(self, other: _Told) -> bool:
        """Did it befall the same, as far as both tell, and do the dates agree?"""
        befell = {one.befell for one in self.told if one.befell}
        dates = [one.mention.date for one in self.told if one.mention.date]
        return (not befell or not other.befell or other.befell in befell) and _agree(other.mention.date, dates)


def find_happenings(
    clauses: Clauses, calendar: Calendar, contents: Contents, published: Published | None, events: Sequence[Event]
) -> tuple[Event, ...]:
    """The happenings of a text that are none of the `events` found in it, numbered behind these."""
    taken = {clauses.text.token_at(span.start) for event in events for span in event.triggers}
    told = [*_told(clauses, taken), *_identified(clauses, contents.claims)]
    for one in told:
        _date(clauses, one, calendar, published)
    groups = _groups(sorted(told, key=lambda one: one.mention.trigger.start))
    return tuple(_event(number, group, clauses, contents) for number, group in enumerate(groups, len(events) + 1))


# words ---------------------------------------------------------------------------------------------------------------


def _entry(form: str, row: Row) -> Entry:
    words = [fold(word) for word in form.split()]
    unless = frozenset(fold(word) for word in row["unless"].split("|") if word)
    kind = "verb" if row["class"].startswith("verb") else row["class"]
    return Entry(
        form, kind, OTHER, row["mode"] or None, "", "", (), " ".join(row["things"].split()), tuple(words[1:]), unless
    )


@cache
def _index() -> Index:
    """The forms of all words that name a happening, with their rows read and their tense."""
    found: Index = defaultdict(list)
    for row in table("happenings"):
        classes = row["class"].split()
        if not {"verb", "noun", "participle"} & set(classes):
            continue
        for form in row["form"].split("|"):
            entry, head = _entry(form, row), fold(form.split()[0])
            forms: dict[str, str] = {}
            if {"noun", "participle"} & set(classes):
                forms |= dict.fromkeys(noun_forms(head), "noun")
            if "participle" in classes:
                forms |= dict.fromkeys((head + "ه", head + "ين", head + "ون"), "noun")
            if "verb" in classes:
                forms |= {one: "past" for one in past_forms(head) if one not in forms}
                stems = [stem for stem in row["present"].split("|") if stem]
                forms |= {one: "present" for stem in stems for one in present_forms(stem)}
            for one, tense in forms.items():
                found[one].append((entry, tense))
    for entries in found.values():
        entries.sort(key=lambda pair: -len(pair[0].tail))
    return found


@cache
def _kinds(word_class: str) -> dict[str, str]:
    """Folded forms of the words of a class, with what they are."""
    return {
        fold(form): row["things"] for row in table("happenings") if row["class"] == word_class
        for form in row["form"].split("|")
    }  # fmt: skip


@lru_cache(maxsize=50_000)
def _analyses(folded: str) -> tuple[Analysis, ...]:
    """All readings of a folded word as one that names a happening."""
    found = []
    index = _index()
    for reading in readings(folded):
        for pronoun in ("", *_PRONOUNS):
            stem = reading.stem.removesuffix(pronoun)
            if (pronoun and stem == reading.stem) or len(stem) < 3:
                continue
            for entry, tense in index.get(stem, ()):
                if tense == "noun" or (reading.prefix in _VERB_PREFIXES and not reading.article):
                    found.append(
                        Analysis(entry, tense, reading.prefix, reading.article, pronoun, reading.offset, len(stem))
                    )
    return tuple(found)


@lru_cache(maxsize=50_000)
def _thing(folded: str) -> str:
    """What kind of thing a word is, empty where of none."""
    kinds = _kinds("thing")
    return next((kinds[stem] for stem in sorted(bare(folded), key=len, reverse=True) if stem in kinds), "")


# mentions ------------------------------------------------------------------------------------------------------------


def _told(clauses: Clauses, taken: set[int]) -> Iterator[_Told]:
    """Every word that names a happening and is no trigger of an event."""
    text = clauses.text
    for number, sentence in enumerate(text.sentences):
        for at in range(sentence.first, sentence.last):
            token = text.tokens[at]
            if token.kind != "word" or at in taken or at in clauses.dated:
                continue
            for analysis in _analyses(token.folded):
                one = _mention(clauses, number, at, analysis)
                if one is not None:
                    yield one
                    break


def _mention(clauses: Clauses, sentence: int, at: int, analysis: Analysis) -> _Told | None:
    text, entry = clauses.text, analysis.entry
    if not _followed(text, at, entry) or _barred(text, at, entry):
        return None
    first, last = text.sentences[sentence].first, text.sentences[sentence].last
    thing = _nearest_thing(text, at, entry, first, last) if entry.needs else None
    if entry.needs and thing is None:
        return None
    mention = Mention(_trigger(text, at, analysis), sentence)
    mention.status = status_of(clauses, mention)
    persons = _persons(clauses, at, last) if entry.mode in _NAMED else []
    if entry.mode in _NAMED and not persons:
        return None
    label = "" if thing is None else _label(text, thing)
    return _Told(mention, entry, label, persons or _thing_roles(text, label, thing))


def _followed(text: Tokenized, at: int, entry: Entry) -> bool:
    """Does the rest of the entry stand right behind the word?"""
    behind = [token.folded for token in text.tokens[at + 1 : at + 1 + len(entry.tail)]]
    return len(behind) == len(entry.tail) and all(
        word.removeprefix("ال").startswith(wanted.removeprefix("ال"))
        for word, wanted in zip(behind, entry.tail, strict=True)
    )


def _barred(text: Tokenized, at: int, entry: Entry) -> bool:
    around = text.tokens[max(0, at - 1) : at] + text.tokens[at + 1 : at + 3]
    return any(not entry.unless.isdisjoint(bare(token.folded)) for token in around)


def _trigger(text: Tokenized, at: int, analysis: Analysis) -> Trigger:
    """The word without its clitics, unless vowel signs hide where these end."""
    token = text.tokens[at]
    if len(token.text) != len(token.folded):
        return Trigger(at, token.start, token.end, analysis)
    fused = analysis.article and analysis.prefix.endswith("ل")
    skip = analysis.offset if analysis.tense == "noun" else int(analysis.prefix[:1] in ("و", "ف"))
    return Trigger(at, token.start + (0 if fused else skip), token.end - len(analysis.pronoun), analysis)


def _nearest_thing(text: Tokenized, at: int, entry: Entry, first: int, last: int) -> int | None:
    """The token of the nearest thing of a kind that the word needs; of two as near the one behind."""
    wanted = frozenset(entry.needs.split())
    if at and text.tokens[at - 1].folded.removeprefix("و") in particles("relative"):
        first = 0  # ``التي اختفت``: what a line or a point sets apart is still its own
    for step in range(1, _REACH + 1):
        for place in (at + step, at - step):
            if first <= place < last and _thing(text.tokens[place].folded) in wanted:
                return place
    return None


def _label(text: Tokenized, thing: int) -> str:
    """What the thing is, and whether it is one more (``قطع حطام أخرى``); none for a word that only tells how."""
    if _thing(text.tokens[thing].folded) == _MANNER:
        return ""
    beside = [*text.tokens[max(0, thing - _MARKED) : thing], *text.tokens[thing + 1 : thing + 1 + _MARKED]]
    other = any(not _kinds("other").keys().isdisjoint(bare(token.folded)) for token in beside)
    return ("other " if other else "") + _thing(text.tokens[thing].folded)


def _thing_roles(text: Tokenized, label: str, thing: int | None) -> list[Role]:
    return [] if thing is None or not label else [Role(label, text.token_span(thing, thing + 1), "thing", _SCORE)]


def _persons(clauses: Clauses, at: int, last: int) -> list[Role]:
    """Who died: the person named next behind the word."""
    near = clauses.between(at + 1, min(last, at + _REACH))
    person = next((one for one in near if one.kind == "PER"), None)
    return [] if person is None else [Role(person.entity, person.span, "name", _SCORE)]


def _identified(clauses: Clauses, claims: Sequence[Claim]) -> Iterator[_Told]:
    """Announcements that what was found is that which was lost (``أعلنت الشرطة أن الجثة تعود للصياد``)."""
    text = clauses.text
    for claim in claims:
        if claim.cue is None or claim.stance not in ("assert", "confirm"):
            continue
        first, last = text.token_at(claim.content.start), text.token_at(claim.content.end - 1) + 1
        found = _belonging(text.tokens[first : min(last, first + _CONTENT)])
        if found is None:
            continue
        entry, thing = found
        at = text.token_at(claim.cue.start)
        analysis = Analysis(entry, "past", "", False, "", 0, len(claim.cue.text))
        mention = Mention(Trigger(at, claim.cue.start, claim.cue.end, analysis), text.sentence_at(claim.cue.start))
        label = _label(text, first + thing)
        told = _Told(mention, entry, label, _thing_roles(text, label, first + thing))
        if claim.source_entity:
            mention.actors.append(Role(claim.source_entity, claim.source, "claim", _SCORE))
        yield told


def _belonging(words: Sequence[Token]) -> tuple[Entry, int] | None:
    """A thing, and behind it that it belongs to something; which word of them it is."""
    thing = next((at for at, word in enumerate(words) if _thing(word.folded) in _found_things()), None)
    if thing is None:
        return None
    for at in range(thing + 1, len(words)):
        for entry in _belong_entries().get(words[at].folded, ()):
            behind = [word.folded for word in words[at + 1 : at + 1 + _TAIL]]
            if not entry.tail or any(word.startswith(entry.tail[0]) for word in behind):
                return entry, thing
    return None


@cache
def _found_things() -> frozenset[str]:
    return frozenset(kind for entries in _belong_entries().values() for one in entries for kind in one.needs.split())


@cache
def _belong_entries() -> dict[str, list[Entry]]:
    """What says that something belongs to something, by its first word."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in table("happenings"):
        if row["class"] == "belong":
            for form in row["form"].split("|"):
                found[fold(form.split()[0])].append(_entry(form, row))
    return dict(found)


# happenings ----------------------------------------------------------------------------------------------------------


def _date(clauses: Clauses, one: _Told, calendar: Calendar, published: Published | None) -> None:
    """The date that fits; one taken up as known (``الطائرة المفقودة``) has none but what stands right behind it."""
    time, fit = calendar.nearest(clauses, one.mention)
    if time is None or time.value is None or fit < _GOOD_DATE:
        return
    behind = clauses.text.token_at(time.span.start) - one.mention.trigger.token
    analysis = one.mention.trigger.analysis
    if not (analysis.tense == "noun" and analysis.article) or 0 < behind <= _RIGHT_BEHIND:
        one.mention.date, one.mention.date_span, one.mention.date_fit = event_date(OTHER, time.value), time.span, fit


def _groups(told: Sequence[_Told]) -> list[_Group]:
    """Mentions of one mode, thing and phase whose dates agree are one happening."""
    groups: dict[tuple[str, str], list[_Group]] = defaultdict(list)
    found: list[_Group] = []
    for one in told:
        mode, status = one.entry.mode or "", one.mention.status
        known = groups[_FAMILIES.get(mode, mode), _AHEAD_OF.get(status, status)]
        group = next((group for group in reversed(known) if group.fits(one)), None)
        if group is None:
            group = _Group()
            known.append(group)
            found.append(group)
        group.told.append(one)
    return found


def _agree(date: str | None, others: Sequence[str]) -> bool:
    """Is one date as fine as the other or part of it?  Weeks and ranges agree with all.

    A bare month agrees with its neighbours, for it is often counted (``قبل 16 شهرا``).
    """
    if date is None or "W" in date or "/" in date:
        return True
    return all("W" in other or "/" in other or _one_date(date, other) for other in others)


def _one_date(one: str, other: str) -> bool:
    if one.startswith(other) or other.startswith(one):
        return True
    return _MONTH in (len(one), len(other)) and abs(_months(one) - _months(other)) <= 1


def _months(date: str) -> float:
    """The month of a date, counted from the year 0; none of a year's."""
    year, _, rest = date.partition("-")
    known = year.isdigit() and rest[:2].isdigit()
    return 12 * int(year) + int(rest[:2]) if known else math.inf


def _event(number: int, group: _Group, clauses: Clauses, contents: Contents) -> Event:
    mentions = [one.mention for one in group.told]
    spans = tuple(clauses.text.span(one.trigger.start, one.trigger.end) for one in mentions)
    dated = max(
        (one for one in mentions if one.date), key=lambda one: (len(one.date or ""), one.date_fit), default=None
    )
    place = place_of(clauses, mentions)
    first = group.told[0]
    status: EventStatus = first.mention.status  # type: ignore[assignment]
    return Event(
        f"e{number}", spans, OTHER, first.entry.mode, status, _roles(one.actors for one in mentions),
        _roles(one.roles for one in group.told), dated.date if dated else None, dated.date_span if dated else None,
        place.entity if place else None, role_span(place), contents.holding(spans),
        f"happening:{first.entry.form}", _SCORE, probability(dated.date_fit) if dated else None,
    )  # fmt: skip


def _roles(lists: Iterator[list[Role]]) -> tuple[Role, ...]:
    found: dict[str, Role] = {}
    for role in (role for roles in lists for role in roles):
        found.setdefault(role.entity, role)
    return tuple(found.values())
