"""The values that reports give for the slots of an event, each with its words, its claim and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from khabar.claims.words import steering
from khabar.lexicon import forms
from khabar.link.roots import innermost
from khabar.link.scenes import Scene
from khabar.model import Annotated, Claim, Event, Figure, Role, Span, Time, Value
from khabar.text import Match, Phrases, Sentence, Tokenized, fold, tokenize
from khabar.text.quotes import QUOTES, SINGLE

_LONGEST_TARGET = 8
_BEHIND = 1
"""Words behind a trigger that may still say that only a part in it is denied (``للزيارة علاقة``)."""
_CASUALTIES = frozenset({"dead", "wounded", "missing"})
_FEW, _BACK, _WORD = 2, 6, 12
_TAKEN_UP = 8
"""Sentences behind one that tells an event in which its place may be taken up."""
_CLOSING = frozenset(')»”"')
_TAKING_UP = frozenset({"هو", "هي", "هذا", "هذه"})
_AMONG = frozenset({"بينهم", "بينها", "منهم", "منها", "وبينهم", "ومنهم"})


def values_of(scene: Scene) -> tuple[Value, ...]:
    """Every value that one document gives for its event, in the order of the slots."""
    event, document = scene.event, scene.document
    found = [*_happened(document, event), *_date(document, event), *_place(document, event)]
    found += [value for role in event.actors for value in _role(document, event, "actor", role)]
    found += [value for role in event.recipients for value in _role(document, event, "recipient", role)]
    found += _targets(document, event)
    found += _ranks(document, event)
    found += [_figure(document, event, figure) for figure in figures_of(document, event)]
    return tuple(dict.fromkeys(found))


def _value(
    document: Annotated, event: Event, slot: str, value: str, span: Span, bounds: tuple[float, float] | None = None
) -> Value:
    claim = _claim_at(document, event, span)
    low, high = bounds or (None, None)
    return Value(
        slot, value, low, high, document.document.id, span, claim.id if claim else None, source_of(document, claim)
    )


def _claim_at(document: Annotated, event: Event, span: Span) -> Claim | None:
    """The innermost claim whose content holds the words, else the first that tells the event."""
    around = _claim_around(document, span)
    return around or next((claim for claim in document.claims if claim.id in event.claims), None)


def _claim_around(document: Annotated, span: Span) -> Claim | None:
    """The innermost claim whose content holds the words."""
    around = [claim for claim in document.claims if claim.content.start <= span.start and span.end <= claim.content.end]
    return min(around, key=lambda claim: (claim.content.end - claim.content.start, claim.id), default=None)


def source_of(document: Annotated, claim: Claim | None) -> str:
    """Who says it: the source of the claim, in words where unnamed, else the outlet."""
    if claim is not None:
        named = innermost(claim) or (claim.source.text if claim.source else None)
        if named:
            return named
    return document.document.publisher


@cache
def _ordinals() -> dict[str, str]:
    return {fold(form): row["value"] for form, row in forms("ordinals")}


def _ranks(document: Annotated, event: Event) -> Iterator[Value]:
    """Which of its kind it was: in its sentence behind it, or where the next sentence takes up its place.

    ``دخلوا المدينة. وهي ثالث مدينة يخسرونها``; but ``ثاني أكبر المدن`` is a rank by size.
    """
    text = tokenize(document.document.text)
    for number in sorted({text.sentence_at(span.start) for span in event.triggers}):
        first = min(span.start for span in event.triggers if text.sentence_at(span.start) == number)
        yield from _ranks_between(document, event, text.token_at(first) + 1, text.sentences[number].last)
    for sentence in text.sentences[text.sentence_at(event.triggers[0].start) + 1 :][:_TAKEN_UP]:
        opens = text.tokens[sentence.first].folded.removeprefix("و") in _TAKING_UP
        if opens and event.place and event.place == _last_place(document, sentence.start):
            yield from _ranks_between(document, event, sentence.first, min(sentence.last, sentence.first + _WORD))


def _last_place(document: Annotated, before: int) -> str | None:
    """The last place named before an offset."""
    places = (name for name in document.names if name.type == "LOC" and name.span.end <= before)
    last = max(places, key=lambda name: name.span.start, default=None)
    return None if last is None else last.entity


def _ranks_between(document: Annotated, event: Event, first: int, last: int) -> Iterator[Value]:
    text = tokenize(document.document.text)
    for at in range(first, last - 1):
        rank = _ordinals().get(text.tokens[at].folded)
        thing = text.tokens[at + 2 if text.tokens[at + 1].text in _CLOSING and at + 2 < last else at + 1]
        if rank and thing.kind == "word" and not thing.folded.startswith("ال") and thing.folded not in _superlatives():
            span = text.span(text.tokens[at].start, thing.end)
            yield _own(document, _value(document, event, "rank", f"{rank} {thing.text}", span))


def _own(document: Annotated, value: Value) -> Value:
    """A value outside all claims is the outlet's own, whoever else tells the event."""
    claim = _claim_around(document, value.span)
    return replace(value, claim=claim.id if claim else None, source=source_of(document, claim))


@cache
def _superlatives() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("superlatives"))


def _happened(document: Annotated, event: Event) -> Iterator[Value]:
    """Whether it happened, at its first trigger, and wherever somebody denies it."""
    yield _told(document, event, event.triggers[0])
    for span in event.triggers[1:]:
        value = _told(document, event, span)
        if value.value == "negated" and event.status == "actual":
            yield value


def _told(document: Annotated, event: Event, span: Span) -> Value:
    """What the words at a trigger say: the event's status, or that it is denied."""
    value = _value(document, event, "happened", event.status, span)
    claim = next((claim for claim in document.claims if claim.id == value.claim), None)
    denied = claim is not None and claim.stance == "deny" and _is_head(document, claim, span)
    return replace(value, value="negated") if denied and event.status == "actual" else value


def _date(document: Annotated, event: Event) -> Iterator[Value]:
    if event.date:
        yield _value(document, event, "date", event.date, event.date_span or event.triggers[0])


def _place(document: Annotated, event: Event) -> Iterator[Value]:
    if event.place:
        yield _value(document, event, "place", event.place, event.place_span or event.triggers[0])


def _role(document: Annotated, event: Event, slot: str, role: Role) -> Iterator[Value]:
    yield _value(document, event, slot, role.entity, role.span or event.triggers[0])


def _is_head(document: Annotated, claim: Claim, span: Span) -> bool:
    """Is a trigger the first in the words of a claim, so that it is this that is denied?

    ``نفى ضلوعه في الهجوم`` denies a part in the attack, ``نفى أن تكون للزيارة علاقة بالنفط`` a purpose of the visit.
    """
    text = tokenize(document.document.text)
    begin, at = text.token_at(claim.content.start), text.token_at(span.start)
    if any(token.folded in steering("part") for token in text.tokens[begin : at + 1 + _BEHIND]):
        return False
    starts = (other.start for event in document.events for other in event.triggers)
    first = min((start for start in starts if claim.content.start <= start < claim.content.end), default=-1)
    return first == span.start


@cache
def _cues() -> Phrases[str]:
    return Phrases((form, "target") for form, _ in forms("target_cues"))


def _targets(document: Annotated, event: Event) -> Iterator[Value]:
    """What was hit, in the words after ``استهدف`` and the like, in the sentences of an attack."""
    if event.type != "ASSAULT":
        return
    text = tokenize(document.document.text)
    for number in _sentences_of(document, event, text):
        sentence = text.sentences[number]
        for match in _cues().find(text, sentence.first, sentence.last):
            span = _object(text, match, sentence, document.times)
            if span is not None and not _is_denied(document, span):
                yield _value(document, event, "target", span.text, span)


def _sentences_of(document: Annotated, event: Event, text: Tokenized) -> list[int]:
    """The sentences of an attack's triggers, and those after them that name no other (``وقال إن الهدف كان ...``)."""
    attacks = {
        text.sentence_at(span.start): other.id
        for other in document.events
        if other.type == "ASSAULT" and (other.id == event.id or not _refers_back(other))
        for span in other.triggers
    }
    own = {text.sentence_at(span.start) for span in event.triggers}
    last: str | None = None
    for number in range(len(text.sentences)):
        last = attacks.get(number, last)
        own |= {number} if last == event.id and number not in attacks else set()
    return sorted(own)


def _refers_back(event: Event) -> bool:
    """Is an attack told as one that the reader knows (``الغارة``), with neither a date nor parties of its own?"""
    definite = fold(event.triggers[0].text).startswith("ال")
    return definite and not (event.firm_date or event.actors or event.recipients)


def _is_denied(document: Annotated, span: Span) -> bool:
    """Do the words stand in what a source denies, so that nobody says there what was hit?"""
    return any(
        claim.stance == "deny" and claim.content.start <= span.start < claim.content.end for claim in document.claims
    )


@cache
def _target_ends() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("target_ends"))


def _object(text: Tokenized, cue: Match[str], sentence: Sentence, times: Sequence[Time]) -> Span | None:
    """The words after a cue: what is quoted, or a few words up to a preposition or a mark."""
    first = _after_times(text, cue.last, times)
    quoted = first < sentence.last and text.tokens[first].text in QUOTES | SINGLE
    first += quoted
    last = first
    while last < sentence.last and last - first < _LONGEST_TARGET and not _ends(text, last, quoted):
        last += 1
    return text.token_span(first, last) if last > first else None


def _after_times(text: Tokenized, at: int, times: Sequence[Time]) -> int:
    """The first token after the time expressions that begin at token `at` (``أصابت ليل الثلاثاء مركزا``)."""
    for time in times:
        if at < len(text.tokens) and time.span.start <= text.tokens[at].start < time.span.end:
            at = text.token_at(time.span.end - 1) + 1
    return at


def _ends(text: Tokenized, at: int, quoted: bool) -> bool:
    token = text.tokens[at]
    if token.kind == "mark":
        return True
    return not quoted and token.folded in _target_ends()


def figures_of(document: Annotated, event: Event) -> list[Figure]:
    """The figures that tell of an event: those that name it, or, unclaimed, stand in a sentence of its own."""
    return [figure for figure in document.figures if _tells(document, event, figure)]


def _tells(document: Annotated, event: Event, figure: Figure) -> bool:
    casualties = figure.kind in _CASUALTIES
    if figure.event == event.id:
        return not casualties or event.status == "actual"
    if figure.event is None and _nearest(document, figure) == event.id:
        return True
    return casualties and event.type == "ASSAULT" and event.id in _attacks_beside(document, figure)


def _attacks_beside(document: Annotated, figure: Figure) -> list[str]:
    """The attacks of a casualty figure's sentence, else those with a date that were told last before it.

    None where they are many, for each may have its own.
    """
    text = tokenize(document.document.text)
    number = text.sentence_at(figure.span.start)
    spots = range(number, max(-1, number - _BACK), -1)
    told = (found for spot in spots if (found := _attacks_in(document, text, spot, dated=spot < number)))
    beside = next(told, [])
    return [event.id for event in beside] if len(beside) <= _FEW else []


def _attacks_in(document: Annotated, text: Tokenized, number: int, *, dated: bool) -> list[Event]:
    attacks = (
        event
        for event in document.events
        if event.type == "ASSAULT" and event.status == "actual" and (event.firm_date or not dated)
    )
    return [event for event in attacks if any(text.sentence_at(span.start) == number for span in event.triggers)]


def _nearest(document: Annotated, figure: Figure) -> str | None:
    """The event whose trigger stands nearest before or after the figure in its sentence."""
    near = [
        (abs(start - figure.span.start), event)
        for start, event in _triggers_in(document, tokenize(document.document.text).sentence_at(figure.span.start))
    ]
    return min(near)[1] if near else None


@dataclass(slots=True)
class _Triggers:
    """Where the triggers of the last document stand, by sentence, and whose they are."""

    document: Annotated | None = None
    by_sentence: dict[int, list[tuple[int, str]]] = field(default_factory=dict)


_last = _Triggers()


def _triggers_in(document: Annotated, sentence: int) -> list[tuple[int, str]]:
    """Start and event of the triggers of a sentence; found once for all figures of a document."""
    if _last.document is not document:
        text = tokenize(document.document.text)
        _last.document, _last.by_sentence = document, {}
        for event in document.events:
            for span in event.triggers:
                _last.by_sentence.setdefault(text.sentence_at(span.start), []).append((span.start, event.id))
    return _last.by_sentence.get(sentence, [])


def _figure(document: Annotated, event: Event, figure: Figure) -> Value:
    slot = _what(figure) if _is_part(document, figure) else slot_of(figure)
    return _own(document, _value(document, event, slot, figure.span.text, figure.span, (figure.low, figure.high)))


def slot_of(figure: Figure) -> str:
    """What became of those counted, else what was counted, else the unit."""
    return figure.kind or _what(figure)


def _what(figure: Figure) -> str:
    return fold(figure.what) if figure.what else figure.unit


def _is_part(document: Annotated, figure: Figure) -> bool:
    """Is it a part of a number told before (``53 قتيلا بينهم ستة أطفال``)?"""
    before = document.document.text[max(0, figure.span.start - _WORD) : figure.span.start].split()
    return bool(before) and fold(before[-1]) in _AMONG


def by_slot(values: Sequence[Value]) -> dict[str, list[Value]]:
    """Values under their slots."""
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(value.slot, []).append(value)
    return found
