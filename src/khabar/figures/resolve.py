"""What a number counts, and when, where, in which event and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from khabar.figures.find import Amount
from khabar.figures.reader import Noun, Reader, nouns
from khabar.lexicon import forms
from khabar.model import Claim, Event, Figure, Name, Span, Time
from khabar.text import Phrases, Tokenized

_REACH = 6
_EVENT_REACH = 100
"""Letters between a number without a fate of its own and the event that it is taken to belong to."""
_OTHERS = frozenset({"اخرين", "اخرون", "اخر", "منهم", "منهن"})
_BREAKS = frozenset({"،", ",", "؛", "؟", "!", ":", "(", ")"})
_ADJECTIVE_ENDS = ("ي", "يا", "يه", "يين", "يون", "يات", "ين")
_OF = frozenset({"من", "«", '"'})
_STOPS = frozenset(
    {"في", "و", "خلال", "اثر", "جراء", "بينهم", "علي", "عندما", "بعد", "قبل", "منذ", "الي", "عن", "اثناء"}
)
_DEPLOYABLE = frozenset({"vehicle", "vessel", "aircraft", "weapon"})
_MEASURES = ("percent", "money", "area", "distance")
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
    return Surroundings(dated, places, triggers, told)


@cache
def _fates() -> Phrases[str]:
    return Phrases((form, row["kind"]) for form, row in forms("fates"))


def figure(reader: Reader, amounts: Sequence[Amount], at: int, around: Surroundings) -> Figure:
    """The figure that amount number `at` makes."""
    amount = amounts[at]
    counted, what = _counted(reader, amount)
    fate = (counted.kind if counted else "") or _fate(reader, amount)
    unit = counted.unit if counted else _unit_without_noun(reader, amount, what, fate)
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


# what is counted -----------------------------------------------------------------------------------------------------


def _counted(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """The noun behind the number (``15 جنديا``, ``15 من الجنود``) or, for a definite one, before it."""
    if amount.noun is not None:
        return amount.noun, reader.text.token_span(amount.first, amount.last) if amount.rule == "dual" else _of(
            reader, amount.last
        )
    at = amount.last
    if reader.folded(at) in ("من", "»", "«", '"'):
        at += 1
    match = nouns().at(reader.text, at, clitics=False) if at < len(reader.tokens) else None
    if match is None and amount.definite:
        return _before(reader, amount)
    if match is None:
        return None, _bare_noun(reader, amount, at)
    if match.value.unit.startswith(_MEASURES):
        return match.value, _of(reader, match.last)
    last = match.last + 1 if _adjective(reader, match.last) else match.last
    return match.value, reader.text.token_span(at, last)


def _of(reader: Reader, index: int) -> Span | None:
    """``20 طنا من القمح``, ``60 في المئة من السكان``: what the measure is of."""
    if reader.folded(index) != "من" or index + 1 >= len(reader.tokens) or reader.tokens[index + 1].kind != "word":
        return None
    return reader.text.token_span(index + 1, index + 2)


def _before(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """``الدول الست``, ``القوى العالمية الست``."""
    for first in (amount.first - 1, amount.first - 2):
        match = nouns().at(reader.text, first) if first >= 0 else None
        if match is not None:
            return match.value, reader.text.span(match.start, reader.tokens[amount.first - 1].end)
    if amount.first == 0 or reader.tokens[amount.first - 1].kind != "word":
        return None, None
    return None, reader.text.token_span(amount.first - 1, amount.first)


def _bare_noun(reader: Reader, amount: Amount, at: int) -> Span | None:
    """A noun that the table does not know still says what is counted."""
    if at >= len(reader.tokens) or reader.tokens[at].kind != "word" or reader.folded(at) in _OTHERS:
        return None
    return reader.text.token_span(at, at + 1) if len(reader.folded(at)) > 2 else None


def _adjective(reader: Reader, index: int) -> bool:
    return (
        reader.folded(index).endswith(_ADJECTIVE_ENDS)
        and len(reader.folded(index)) > 4
        and reader.tokens[index].kind == "word"
    )


def _unit_without_noun(reader: Reader, amount: Amount, what: Span | None, fate: str) -> str:
    """``مقتل 37``, ``و5 آخرين``, ``8 من داعش``: people, where a fate or ``آخرين`` says so and no thing is named."""
    if reader.folded(amount.last) in _OTHERS:
        return "person"
    named = what is not None and reader.folded(amount.last) not in _OF | _STOPS
    if what is not None and what.text.endswith(("يين", "يون")):
        return "person"
    human = named and what is not None and what.text.endswith(("ين", "ون"))
    return "person" if fate and (human or not named) else "other"


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
