"""What a number counts, and when, where, in which event and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from khabar.figures.amounts import Amount
from khabar.figures.bearers import fits, is_ill
from khabar.figures.counted import of_men
from khabar.figures.fate_words import wounded_or_worse
from khabar.figures.fates import of_whole, own_or_shared, shared_fate, whole_kind
from khabar.figures.money import countries_of, currency
from khabar.figures.partners import Counted
from khabar.figures.reader import Reader
from khabar.figures.words import Noun, stops, word_class
from khabar.figures.words import nouns as counted_nouns
from khabar.lexicon import forms
from khabar.model import Claim, Event, Figure, Name, Span, Time
from khabar.text import Tokenized, fold, tokenize
from khabar.text.numbers import approximation_before

_EVENT_REACH = 100
"""Letters between a number without a fate of its own and the event that it is taken to belong to."""
_SENTENCES_BACK = 3
"""How far before a toll the event may be told that it is the toll of."""
_RIGHT_BEHIND = 30
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

_OF = frozenset({"من", "«", '"'})
_OF_THINGS = frozenset({"اخري", "اخريان", "اخريين"})
_SHORTEST, _FEW = 3, range(3, 11)
_SECOND, _BOTH_REACH = 2, 6
_AMONG_MEN = frozenset({"منهم", "بينهم", "منهن", "بينهن", "كنا", "صرنا", "بقينا", "كانوا", "وهم"})
_TOLLS = frozenset({"dead", "wounded", "missing", "arrested", "displaced"})
"""What becomes of people so often that a bare number counts people."""


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
    reader: Reader,
    amounts: Sequence[Amount],
    nouns: Sequence[Counted],
    fates: Sequence[str],
    at: int,
    around: Surroundings,
) -> Figure | None:
    """The figure that amount number `at` makes, None where nothing tells of what.

    `nouns` says what each amount counts, `fates` what became of those counted by words of its own.
    """
    amount = amounts[at]
    counted, what = nouns[at]
    both = reader.folded(amount.last + 1) in word_class("both") or _dead_and_wounded(reader, amount.last)
    said = counted.kind or _described(what) if counted else ""
    said = said if not both and not is_ill(reader, amount, said) else ""
    shared = _of_others(reader, amounts, fates, nouns, at)
    fate = own_or_shared(said, fates[at], shared)
    survived = what is not None and fold(what.text).split()[0].removeprefix("ال") in word_class("survivor")
    hurt = fate in _TOLLS or wounded_or_worse(reader, amount.first)
    if is_ill(reader, amount, fate) or both or survived:
        fate = ""
    if fate == "dead" and counted is not None and what is not None and fold(what.text).split()[0] in word_class("case"):
        counted = Noun("person", "dead")
    unit = counted.unit if counted else _unit_without_noun(reader, amount, what, hurt=hurt)
    if unit.startswith("money"):
        unit = currency(unit, reader.folded(amount.last + 1), around.countries)
    kind = fate if fits(reader, fate, unit, what) else ""
    span = reader.text.span(amount.start, amount.end)
    sentence = reader.text.sentence_at(span.start)
    until = amounts[at + 1].start if at + 1 < len(amounts) else len(reader.text.text)
    event = _event(span, sentence, kind, around)
    dated, places = around.times.get(sentence, ()), around.places.get(sentence, ())
    if what is None and not amount.vague and (unit == "other" or (unit == "person" and _of_feminine(reader, amount))):
        return None
    return Figure(
        span=span,
        low=_plain(amount.low),
        high=_plain(amount.high),
        approx=amount.approx,
        unit=unit,
        what=what.text if what else None,
        kind=kind or None,
        date=_date(amount, until, dated, event, kind),
        place=_place(span, places, event),
        claim=_claim(span, around.claims.get(sentence, ())),
        event=event.id if event else None,
        vague=amount.vague,
        rule=amount.rule,
        score=amount.score,
    )


def _of_feminine(reader: Reader, amount: Amount) -> bool:
    """``انقطع عمله إلا من ثلاث``: three to ten in this form count no men, and women would be named."""
    few = amount.high in _FEW and amount.last == amount.first + 1 and not amount.digits
    return few and not reader.folded(amount.first).endswith("ه")


def _described(what: Span | None) -> str:
    """``46 تونسيا موقوفين``: what the adjective behind people says of them."""
    words = what.text.split() if what is not None else []
    match = counted_nouns().at(tokenize(words[1]), 0, clitics=False) if len(words) == _SECOND else None
    return match.value.kind if match is not None and match.value.unit == "person" else ""


def _dead_and_wounded(reader: Reader, last: int) -> bool:
    """``23 من رجال الأمن بين شهداء وجرحى``."""
    return any(
        reader.folded(at) in ("بين", "مابين") and reader.folded(at + _SECOND) in word_class("both")
        for at in range(last, last + _BOTH_REACH)
    )


def _of_others(
    reader: Reader, amounts: Sequence[Amount], fates: Sequence[str], nouns: Sequence[Counted], at: int
) -> str:
    """What became of those counted, told by its own words, or by the number before that it belongs to."""
    whole = nouns[at - 1][0] if at > 0 else None
    if whole is not None and whole.unit == "person" and reader.folded(amounts[at].last) == "منها":
        # قتل 12 قائدا في هجمات، وقع 3 منها
        return fates[at]
    if whole is None or fates[at]:
        return shared_fate(reader, amounts, fates, at)
    told = of_whole(reader, amounts, whole, at) or shared_fate(reader, amounts, fates, at)
    return told or whole_kind(reader, amounts, whole, at) or _beside_dual(reader, amounts, nouns, at)


def _beside_dual(reader: Reader, amounts: Sequence[Amount], nouns: Sequence[Counted], at: int) -> str:
    """``13 شهيدا من بينهم ضابطان و11 فردا``: both are parts of the first."""
    first = nouns[at - 2][0] if at > 1 else None
    if first is None or amounts[at - 1].rule != "dual" or reader.folded(amounts[at - 1].last) != "و":
        return ""
    return whole_kind(reader, amounts, first, at - 1)


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _event(span: Span, sentence: int, kind: str, around: Surroundings) -> Event | None:
    """The event told nearest whose type fits what became of those counted: in the same sentence, or a little before."""
    reach = None if kind else _EVENT_REACH
    for earlier in range(sentence, max(-1, sentence - 1 - (_SENTENCES_BACK if kind else 0)), -1):
        found = _nearest(span, earlier, _FITTING.get(kind), around)
        if found is not None and (reach is None or found[0] <= reach):
            return found[1]
    return None


def _nearest(
    span: Span, sentence: int, fitting: Sequence[str] | None, around: Surroundings
) -> tuple[int, Event] | None:
    """The fitting event of a sentence that is told nearest, and how many letters away."""
    near = [
        (abs(trigger.start - span.start), number)
        for number, (trigger, event) in enumerate(around.triggers.get(sentence, ()))
        if fitting is None or event.type in fitting
    ]
    if not near:
        return None
    gap, number = min(near)
    return gap, around.triggers[sentence][number][1]


def _date(amount: Amount, until: int, dated: Sequence[Time], event: Event | None, kind: str) -> str | None:
    """The date right behind the number; for people of whom something became then what the sentence says between this
    number and the next or before it, and last the event's own; for other things the event's own first."""
    behind = [time for time in dated if amount.end <= time.span.start < until]
    before = [time for time in dated if time.span.end <= amount.start]
    close = [time for time in behind if time.span.start - amount.end <= _RIGHT_BEHIND]
    said = (*behind[:1], *before[-1:], *dated[:1])
    told = (event.firm_date,) if event is not None and event.firm_date is not None else ()
    if close or (said and (kind or not told)):
        return (close or said)[0].value
    return told[0] if told else None


def _place(span: Span, places: Sequence[Name], event: Event | None) -> str | None:
    """The event's place, else the nearest one named in the sentence."""
    if event is not None and event.place is not None:
        return event.place
    near = [(_gap(span, name.span), name.entity) for name in places]
    return min(near)[1] if near else None


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


def _unit_without_noun(reader: Reader, amount: Amount, what: Span | None, *, hurt: bool) -> str:
    """``مقتل 37``, ``و5 آخرين``, ``8 من داعش``: people, where a fate or ``آخرين`` says so and no thing is named."""
    if reader.folded(amount.last) in word_class("most"):
        # 42 معظمهم جمهوريون
        return "person"
    if what is None and reader.folded(amount.first - 1).lstrip("ول") in word_class("done_to_people"):
        # لابتعاث 500 ضمن المرحلة الأولى
        return "person"
    if reader.folded(amount.last) in word_class("others"):
        return "other" if reader.folded(amount.last) in _OF_THINGS else "person"
    if _among(reader, amount) or (what is None and _acting(reader.folded(amount.last))):
        return "person"
    if what is not None and _acting(reader.folded(amount.last + 1)) and reader.folded(amount.first - 1) != "من":
        # 17 صيادا قتلوا
        return "person"
    if what is not None and what.end <= amount.start and amount.high == _SECOND and what.text.endswith(("ين", "ان")):
        # مقترحين اثنين: duals of things end like plurals of men
        return "other"
    first = what.text.split()[0] if what is not None else ""
    if what is not None and (_people(first) or (of_men(fold(first)) and what.text != first)):
        return "person"
    if what is not None and amount.high in _FEW and _participle_of_men(reader.folded(amount.last + 1)):
        return "person"
    if what is not None and reader.folded(amount.last) == "من" and _body(first):
        return "person"
    named = what is not None and reader.folded(amount.last) not in _OF | stops()
    whole = amount.low == int(amount.low)
    return "person" if hurt and whole and not named else "other"


def _acting(word: str) -> bool:
    """``119 يحملون شهادة``, ``30 قتلوا``: a verb of many men behind the number."""
    return len(word) > _SHORTEST and (
        (word[0] == "ي" and word.endswith("ون")) or word.endswith("وا") or word == "الذين"
    )


def _participle_of_men(word: str) -> bool:
    """``خمسة أحداث متهمين``: an adjective that is told of men only."""
    return word.startswith("م") and word.endswith(("ين", "ون")) and len(word) >= _SHORTEST + 2 and word not in _things()


def _among(reader: Reader, amount: Amount) -> bool:
    """``منهم أكثر من 50 ألفا``, ``كنا أحد عشر``."""
    bound = approximation_before(reader.text, amount.first)
    before = (bound.first if bound is not None else amount.first) - 1
    return reader.folded(before).lstrip("و") in _AMONG_MEN


def _body(word: str) -> bool:
    """``اثنان من الجالية``, ``145 من ميليشيات الحوثي``: members of what people make up."""
    return fold(word).removeprefix("ال") in word_class("body")


def _people(word: str) -> bool:
    """``الحوثيين``, ``متسابقين``, ``سباحين``: plurals of men by their letters."""
    folded = fold(word).removeprefix("ال")
    men = folded.endswith(("ين", "ون")) and not folded.endswith("تين")
    return men and len(folded) >= _SHORTEST + 2 and folded not in _things()


@cache
def _things() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("thing_plurals"))
