"""What a number counts, and when, where, in which event and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from khabar.figures.counted import unit_without_noun
from khabar.figures.find import Amount
from khabar.figures.money import countries_of, currency
from khabar.figures.partners import Counted
from khabar.figures.reader import Noun, Reader
from khabar.lexicon import forms
from khabar.model import Claim, Event, Figure, Name, Span, Time
from khabar.text import Phrases, Tokenized, fold
from khabar.text.numbers import read_number

_REACH, _REACH_BEHIND = 6, 8
_JOINED_REACH = 8
_EVENT_REACH = 100
"""Letters between a number without a fate of its own and the event that it is taken to belong to."""
_BREAKS = frozenset({"،", ",", "؛", "؟", "!", ":", "(", ")", "متن", "متنه", "متنها"})
"""Where the reach of a fate ends; ``غرق القارب وعلى متنه 20`` drowns the boat."""
_ADDING = frozenset({"اضافه", "بالاضافه", "فضلا", "جانب"})
_CASES = frozenset({"حاله", "حالات"})
_AILING = frozenset(
    {
        "به",
        "بالمرض",
        "بالفيروس",
        "بالسرطان",
        "بالسكري",
        "بكورونا",
        "بفيروس",
        "فيروس",
        "كورونا",
        "مرض",
        "بمرض",
        "بسرطان",
        "السرطان",
        "وباء",
        "عدوي",
        "حمي",
        "بحمي",
    }
)
_ILLNESSES = (
    "بداء",
    "بمرض",
    "بامراض",
    "بفيروس",
    "بسرطان",
    "بالسرطان",
    "بالسكري",
    "بحمي",
    "بعدوي",
    "بالتهاب",
    "بكورونا",
    "بتسمم",
    "بانفلونزا",
    "باختناق",
)
_AND_WOUNDED = frozenset({"وجريح", "وجريحا", "وجرحي", "ومصاب", "ومصابا"})
"""``33 قتيلا وجريحا``: nobody says how many of each."""
_ILL_REACH = 3
_INJURED = frozenset({"بجروح", "جروح", "بحروق", "انفجار", "قصف", "حادث"})
_HELD = frozenset({"arrested", "displaced"})
_OVERRIDING = frozenset({"dead", "wounded", "freed", "missing"})
_CHARGES = frozenset({"بتهمه", "تهمه", "بتهم", "لاتهامهم", "للاشتباه", "بشبهه"})
_PREPOSITIONS = frozenset({"بين", "في", "من", "عن", "بعد", "قبل", "خلال", "علي", "اثر", "بسبب", "الي", "ضد"})
_BY = frozenset({"بها", "به", "نفذها", "نفذه", "ارتكبها", "شنها"})
"""Behind these stand those who did it."""
_COUNTS = frozenset({"عدد", "حصيله", "اعداد", "تعداد"})
_COUNT_REACH = 16
_DEPLOYABLE = frozenset({"vessel", "aircraft", "weapon"})
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


def figure(
    reader: Reader, amounts: Sequence[Amount], nouns: Sequence[Counted], at: int, around: Surroundings
) -> Figure:
    """The figure that amount number `at` makes; `nouns` says what each amount counts."""
    amount = amounts[at]
    counted, what = nouns[at]
    both = reader.folded(amount.last + 1) in _AND_WOUNDED
    said = counted.kind if counted and not both and not _ill(reader, amount, counted.kind) else ""
    fate = _kind(said, _shared_fate(reader, amounts, at))
    if _ill(reader, amount, fate) or both:
        fate = ""
    if fate == "dead" and counted is not None and what is not None and fold(what.text).split()[0] in _CASES:
        counted = Noun("person", "dead")
    unit = counted.unit if counted else unit_without_noun(reader, amount, what, fate)
    if unit.startswith("money"):
        unit = currency(unit, reader.folded(amount.last + 1), around.countries)
    kind = fate if _fits(reader, fate, unit, what) else ""
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


def _fits(reader: Reader, fate: str, unit: str, what: Span | None) -> bool:
    """People meet every fate, but only the armed and their helpers are deployed; of things, only arms are."""
    if fate != "deployed":
        return unit == "person"
    return unit in _DEPLOYABLE or (unit in ("person", "vehicle") and what is not None and _armed(what.text))


@cache
def _armed(what: str) -> bool:
    return any(fold(word).removeprefix("ال") in _forces() for word in what.split())


@cache
def _forces() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("forces"))


def _ill(reader: Reader, amount: Amount, kind: str) -> bool:
    """``200 مصاب بالسكري`` are ill, not wounded."""
    if kind != "wounded":
        return False
    behind = [reader.folded(at) for at in range(amount.last, amount.last + _ILL_REACH)]
    named = {reader.folded(at) for at in range(amount.first - _COUNT_REACH, amount.last + _REACH)}
    return any(word.startswith(_ILLNESSES) for word in behind) or bool(named & _AILING and not named & _INJURED)


def _kind(said: str, fate: str) -> str:
    """The noun's own kind; captives and the displaced may be killed, wounded or freed."""
    if said in _HELD and fate in _OVERRIDING:
        return fate
    return said or fate


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


# what became of them -------------------------------------------------------------------------------------------------


def _shared_fate(reader: Reader, amounts: Sequence[Amount], at: int) -> str:
    """``نشرت ثلاث سفن وأربع طائرات``: what is joined by ``و`` shares the fate of what stands before."""
    while not (fate := _fate(reader, amounts[at])) and at > 0 and _joined(reader, amounts[at - 1], amounts[at]):
        at -= 1
    return fate


def _joined(reader: Reader, before: Amount, amount: Amount) -> bool:
    """``نشرت ثلاث سفن وأربع طائرات``, ``مقتل عشرة إضافة إلى ثلاثة``: no stop, comma apart, and no verb between."""
    first, gap = reader.folded(amount.first), range(before.last, amount.first)
    led = first.startswith("و") or reader.folded(amount.first - 1) in ("و", "نحو", "حوالي", "اكثر من")
    words = [reader.folded(at) for at in gap]
    added = bool(_ADDING & set(words)) and "." not in words
    return (led or added) and 0 < len(gap) <= _JOINED_REACH and not (_BREAKS - {"،"} if added else _BREAKS) & set(words)


def _fate(reader: Reader, amount: Amount) -> str:
    """``مقتل``, ``وإصابة``: the nearest word of fate before the number, else behind it, else its ``عدد القتلى``."""
    first = amount.first - 1 - (reader.folded(amount.first - 1) == "(")
    while first >= 0 and first > amount.first - _REACH - 1 and reader.folded(first) not in _BREAKS | _BY | {"."}:
        match = _fates().at(reader.text, first) if reader.tokens[first].kind == "word" else None
        if match is not None and match.last <= amount.first:
            return match.value
        first -= 1
    return _fate_behind(reader, amount.last) or _fate_of_count(reader, amount.first)


def _fate_behind(reader: Reader, last: int) -> str:
    """``15 شخصا قتلوا``; what stands behind a preposition there is another matter."""
    for at in range(last, min(last + _REACH_BEHIND, len(reader.tokens))):
        if reader.folded(at) in _BREAKS | _CHARGES | {"."}:
            return ""
        match = _fates().at(reader.text, at) if reader.tokens[at].kind == "word" else None
        if match is not None and _acts(reader, match.last):
            return ""
        if match is not None and not match.prefix and reader.folded(at - 1) not in _PREPOSITIONS:
            return match.value
    return ""


def _acts(reader: Reader, index: int) -> bool:
    """``5 مسلحين قتلوا 20 جنديا``: those counted did it to others."""
    bound = reader.folded(index) in ("نحو", "حوالي", "اكثر")
    at = index + (1 + (reader.folded(index + 1) == "من") if bound else 0)
    return at < len(reader.tokens) and read_number(reader.text, at) is not None


def _fate_of_count(reader: Reader, first: int) -> str:
    """``ارتفع عدد قتلى ... إلى 18``: the kind of what ``عدد`` or ``حصيلة`` counts, in the same sentence."""
    for at in range(first - 1, max(-1, first - 1 - _COUNT_REACH), -1):
        if reader.folded(at) in (".", "؟", "!") or reader.tokens[at].kind == "number":
            return ""
        if reader.folded(at).lstrip("ول") in _COUNTS:
            match = _fates().at(reader.text, at + 1)
            return match.value if match is not None else ""
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
