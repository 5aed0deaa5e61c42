"""What a number counts, and when, where, in which event and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.figures.amounts import Amount
from khabar.figures.fates import fits, is_ill, own_or_shared, shared_fate
from khabar.figures.money import countries_of, currency
from khabar.figures.partners import Counted
from khabar.figures.people import told, unit_without_noun
from khabar.figures.reader import Reader
from khabar.figures.words import Noun, word_class
from khabar.model import Claim, Event, Figure, Name, Span, Time
from khabar.text import Tokenized, fold

_EVENT_REACH = 100
"""Letters between a number without a fate of its own and the event that it is taken to belong to."""
_FITTING = {
    "dead": ("ASSAULT",),
    "wounded": ("ASSAULT",),
    "missing": ("ASSAULT",),
    "arrested": ("COERCE", "ASSAULT"),
    "displaced": ("ASSAULT", "COERCE"),
    "deployed": ("MOBILIZE", "COOPERATE"),
    "trained": ("COOPERATE", "AID"),
    "freed": ("RETREAT", "ASSAULT"),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the other stages found in the same text, by the number of the sentence that it stands in."""

    times: Mapping[int, Sequence[Time]]
    places: Mapping[int, Sequence[Name]]
    triggers: Mapping[int, Sequence[tuple[Span, Event]]]
    claims: Mapping[int, Sequence[Claim]]
    countries: Mapping[str, int]
    """How often the text speaks of each country."""


def surroundings(
    text: Tokenized, times: Sequence[Time], names: Sequence[Name], claims: Sequence[Claim], events: Sequence[Event]
) -> Surroundings:
    """The findings of the other stages, sorted into sentences."""
    dated: dict[int, list[Time]] = defaultdict(list)
    places: dict[int, list[Name]] = defaultdict(list)
    triggers: dict[int, list[tuple[Span, Event]]] = defaultdict(list)
    told: dict[int, list[Claim]] = defaultdict(list)
    for time in times:
        if time.kind in ("date", "time") and time.value:
            dated[text.sentence_at(time.span.start)].append(time)
    for name in names:
        if name.type == "LOC":
            places[text.sentence_at(name.span.start)].append(name)
    for event in events:
        for trigger in event.triggers:
            triggers[text.sentence_at(trigger.start)].append((trigger, event))
    for claim in claims:
        for sentence in range(text.sentence_at(claim.content.start), text.sentence_at(claim.content.end - 1) + 1):
            told[sentence].append(claim)
    return Surroundings(dated, places, triggers, told, countries_of(text, names))


def figure(
    reader: Reader, amounts: Sequence[Amount], nouns: Sequence[Counted], at: int, around: Surroundings
) -> Figure | None:
    """The figure that amount number `at` makes, None where nothing tells of what; `nouns` says what each counts."""
    amount = amounts[at]
    counted, what = nouns[at]
    both = reader.folded(amount.last + 1) in word_class("both")
    said = counted.kind if counted and not both and not is_ill(reader, amount, counted.kind) else ""
    fate = own_or_shared(said, shared_fate(reader, amounts, at))
    if is_ill(reader, amount, fate) or both:
        fate = ""
    if fate == "dead" and counted is not None and what is not None and fold(what.text).split()[0] in word_class("case"):
        counted = Noun("person", "dead")
    unit = counted.unit if counted else unit_without_noun(reader, amount, what, fate)
    if unit.startswith("money"):
        unit = currency(unit, reader.folded(amount.last + 1), around.countries)
    kind = fate if fits(reader, fate, unit, what) else ""
    span = reader.text.span(amount.start, amount.end)
    sentence = reader.text.sentence_at(span.start)
    until = amounts[at + 1].start if at + 1 < len(amounts) else len(reader.text.text)
    event = _event(span, sentence, kind, around)
    dated, places = around.times.get(sentence, ()), around.places.get(sentence, ())
    if unit == "other" and what is None and not kind and not told(reader, amount):
        return None
    return Figure(
        span=span,
        low=_plain(amount.low),
        high=_plain(amount.high),
        approx=amount.approx,
        unit=unit,
        what=what.text if what else None,
        kind=kind or None,
        date=_date(amount, until, dated, event),
        place=_place(span, places, event),
        claim=_claim(span, around.claims.get(sentence, ())),
        event=event.id if event else None,
        vague=amount.vague,
        rule=amount.rule,
        score=amount.score,
    )


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _event(span: Span, sentence: int, kind: str, around: Surroundings) -> Event | None:
    """The event told nearest in the same sentence whose type fits what became of those counted."""
    fitting, reach = _FITTING.get(kind), None if kind else _EVENT_REACH
    near = [
        (abs(trigger.start - span.start), number)
        for number, (trigger, event) in enumerate(around.triggers.get(sentence, ()))
        if fitting is None or event.type in fitting
    ]
    if not near or (reach is not None and min(near)[0] > reach):
        return None
    return around.triggers[sentence][min(near)[1]][1]


def _date(amount: Amount, until: int, dated: Sequence[Time], event: Event | None) -> str | None:
    """The date between this number and the next, else the nearest before it in the sentence, else the event's."""
    behind = [time for time in dated if amount.end <= time.span.start < until]
    if behind:
        return behind[0].value
    before = [time for time in dated if time.span.end <= amount.start]
    if before:
        return before[-1].value
    if event is not None and event.date is not None:
        return event.date
    return dated[0].value if dated else None


def _place(span: Span, places: Sequence[Name], event: Event | None) -> str | None:
    """The nearest place named in the sentence, else the event's."""
    near = [(_gap(span, name.span), name.entity) for name in places]
    if near:
        return min(near)[1]
    return event.place if event is not None else None


def _gap(span: Span, other: Span) -> int:
    """Distance; what stands before counts double, since Arabic puts the place behind the number."""
    return other.start - span.end if other.start >= span.end else 2 * (span.start - other.end)


def _claim(span: Span, claims: Sequence[Claim]) -> str | None:
    """The innermost claim in whose content the number stands."""
    holding = [
        (claim.content.end - claim.content.start, claim.id)
        for claim in claims
        if claim.content.start <= span.start and span.end <= claim.content.end
    ]
    return min(holding)[1] if holding else None
