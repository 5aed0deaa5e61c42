"""What a number counts, and when, where, in which event and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from khabar.figures.counted import counted_noun, unit_without_noun
from khabar.figures.find import Amount
from khabar.figures.money import countries_of, currency
from khabar.figures.reader import Reader
from khabar.lexicon import forms
from khabar.model import Claim, Event, Figure, Name, Span, Time
from khabar.text import Phrases, Tokenized

_REACH = 6
_JOINED_REACH = 4
_EVENT_REACH = 100
"""Letters between a number without a fate of its own and the event that it is taken to belong to."""
_BREAKS = frozenset({"،", ",", "؛", "؟", "!", ":", "(", ")"})
_DEPLOYABLE = frozenset({"vehicle", "vessel", "aircraft", "weapon"})
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


@cache
def _fates() -> Phrases[str]:
    return Phrases((form, row["kind"]) for form, row in forms("fates"))


def figure(reader: Reader, amounts: Sequence[Amount], at: int, around: Surroundings) -> Figure:
    """The figure that amount number `at` makes."""
    amount = amounts[at]
    counted, what = counted_noun(reader, amount)
    fate = (counted.kind if counted else "") or _shared_fate(reader, amounts, at)
    unit = counted.unit if counted else unit_without_noun(reader, amount, what, fate)
    if unit.startswith("money"):
        unit = currency(unit, reader.folded(amount.last + 1), around.countries)
    kind = fate if unit == "person" or (fate == "deployed" and unit in _DEPLOYABLE) else ""
    span = reader.text.span(amount.start, amount.end)
    sentence = reader.text.sentence_at(span.start)
    until = amounts[at + 1].start if at + 1 < len(amounts) else len(reader.text.text)
    event = _event(span, sentence, kind, around)
    dated, places = around.times.get(sentence, ()), around.places.get(sentence, ())
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


# what became of them -------------------------------------------------------------------------------------------------


def _shared_fate(reader: Reader, amounts: Sequence[Amount], at: int) -> str:
    """``نشرت ثلاث سفن وأربع طائرات``: what is joined by ``و`` shares the fate of what stands before."""
    while not (fate := _fate(reader, amounts[at])) and at > 0 and _joined(reader, amounts[at - 1], amounts[at]):
        at -= 1
    return fate


def _joined(reader: Reader, before: Amount, amount: Amount) -> bool:
    first = reader.folded(amount.first)
    led = first.startswith("و") or reader.folded(amount.first - 1) in ("و", "نحو", "حوالي", "اكثر من")
    return led and 0 < amount.first - before.last <= _JOINED_REACH


def _fate(reader: Reader, amount: Amount) -> str:
    """``مقتل``, ``وإصابة``: the nearest word of fate before the number, else right after it."""
    first = amount.first - 1
    while first >= 0 and first > amount.first - _REACH - 1 and reader.folded(first) not in _BREAKS | {"."}:
        match = _fates().at(reader.text, first) if reader.tokens[first].kind == "word" else None
        if match is not None and match.last <= amount.first:
            return match.value
        first -= 1
    for at in range(amount.last, min(amount.last + _REACH, len(reader.tokens))):
        if reader.folded(at) in _BREAKS | {"."}:
            return ""
        match = _fates().at(reader.text, at) if reader.tokens[at].kind == "word" else None
        if match is not None and match.prefix != "و":
            return match.value
    return ""


# when, where, whose --------------------------------------------------------------------------------------------------


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
