"""How well an event is supported: by how many independent roots, and where its tellers disagree.

No score of truth: who says what stays side by side, and the verdict is one sentence that a reader can check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from khabar.lexicon import forms, table
from khabar.link.bodies import day_number
from khabar.link.scenes import Scene, interval
from khabar.link.stories import stem
from khabar.link.values import by_slot, values_of
from khabar.model import OTHER, Span, Support, Time, Value
from khabar.text import fold

_SPEECH = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"})
_ROUNDING = 0.1
"""Counts that differ by less than this part are rounded ones."""


Days = dict[str | tuple[str, int], int | None]
"""The day of a report, and the day of each figure in it, by where it stands."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The values told, the roots, and the verdict with its reason in English and in Arabic."""

    values: tuple[Value, ...]
    roots: tuple[str, ...]
    support: Support
    reason: str
    reason_ar: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values for one slot that cannot both be right."""

    one: Value
    other: Value


def assess(cluster: Sequence[Scene], roots: Mapping[str, tuple[str, ...]], arabic: Mapping[str, str]) -> Judgement:
    """The verdict over all mentions of one event; `arabic` holds the Arabic names of entities by their labels."""
    given = (values_of(scene) if scene.values is None else scene.values for scene in cluster)
    values = tuple(chain.from_iterable(given))
    documents = dict.fromkeys(scene.document.document.id for scene in cluster)
    told = tuple(sorted({root for document in documents for root in roots.get(document, (document,))}))
    days: Days = {scene.document.document.id: scene.day for scene in cluster}
    days |= {
        (scene.document.document.id, figure.span.start): day_number(figure.date)
        for scene in cluster
        for figure in scene.document.figures
    }
    firm = _firm_dates(cluster)
    judged = tuple(value for value in values if value.slot != "date" or (value.document, value.span) in firm)
    return Judgement(values, told, *_verdict(judged, told, days, _denying(cluster), arabic))


def _firm_dates(cluster: Sequence[Scene]) -> set[tuple[str, Span]]:
    """Document and place of the dates that can contradict others: in full words, of what is not said again and again.

    ``الأحد`` is a day only by the date of its report, which a copy may have changed; it counts for what has no type of
    PLOVER and happens at one moment (a crash, a find), while fighting and talks are told with any of their days.
    """
    if any(scene.event.type in _SPEECH for scene in cluster):
        return set()
    times = ((scene.document.document.id, time) for scene in cluster for time in scene.document.times)
    moment = all(scene.event.type == OTHER for scene in cluster)
    firm = (one for one in times if one[1].anchored_by == "absolute" or (moment and _names_day(one[1])))
    return {(document, time.span) for document, time in firm}


def _names_day(time: Time) -> bool:
    """Does it name the day of the week (``أمس الأربعاء``)?"""
    return not _weekdays().isdisjoint(fold(time.span.text).split())


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("weekdays"))


def _denying(cluster: Sequence[Scene]) -> frozenset[tuple[str, str]]:
    """Document and id of every claim that denies something."""
    claims = ((scene.document.document.id, claim) for scene in cluster for claim in scene.document.claims)
    return frozenset((document, claim.id) for document, claim in claims if claim.stance == "deny")


def _verdict(
    values: Sequence[Value],
    roots: Sequence[str],
    days: Days,
    denying: frozenset[tuple[str, str]],
    arabic: Mapping[str, str],
) -> tuple[Support, str, str]:
    slots = by_slot(values)
    denial = next(_denials(slots.get("happened", []), denying), None)
    if denial is not None:
        return ("denied", *_denied(denial, arabic))
    conflicts = {conflict.one.slot: conflict for conflict in reversed(list(_conflicts(slots, days)))}
    if conflicts:
        return ("disputed", *_disputed(list(conflicts.values())[::-1], arabic))
    return _supported(roots, arabic)


def _denials(told: Sequence[Value], denying: frozenset[tuple[str, str]]) -> Iterator[Value]:
    """Values by which somebody denies what nobody else affirms; where others do, the two are in conflict."""
    affirmed = any(value.value == "actual" for value in told)
    negated = (value for value in told if value.value == "negated" and not affirmed)
    return (value for value in negated if value.claim is not None and (value.document, value.claim) in denying)


def _conflicts(slots: Mapping[str, Sequence[Value]], days: Days) -> Iterator[Conflict]:
    """Pairs of values that exclude each other; a date counts only where the words give it."""
    named = {(value.document, value.span) for value in slots.get("happened", ())}
    for slot, told in slots.items():
        values = [value for value in told if slot != "date" or (value.document, value.span) not in named]
        if slot == "target":
            values = [value for value in values if not _one_of_several(value, values)]
        conflicting = _RULES.get(slot, _counts_conflict if slot in _names("slot") else _never)
        for at, one in enumerate(values[:30]):
            for other in values[at + 1 : 30]:
                if one.source != other.source and conflicting(one, other) and _same_time(one, other, days):
                    yield Conflict(one, other)


def _one_of_several(value: Value, told: Sequence[Value]) -> bool:
    """Does one claim give several targets (of two strikes, say), so that none of them speaks for the whole?"""
    return any(
        other.claim == value.claim and other.document == value.document and other.span != value.span for other in told
    )


def _same_time(one: Value, other: Value, days: Days) -> bool:
    """A count that grows from one day's report to the next is brought up to date, not disputed."""
    first, second = days.get(one.document), days.get(other.document)
    if one.document == other.document:
        first, second = (days.get((value.document, value.span.start)) for value in (one, other))
        return first is None or second is None or first == second
    if one.low is None or first is None or second is None:
        return True
    earlier, later = (one, other) if first <= second else (other, one)
    grown = first != second and (later.low or 0) >= (earlier.high or 0)
    return abs(first - second) <= 1 and not grown


def _dates_conflict(one: Value, other: Value) -> bool:
    ours, theirs = interval(one.value), interval(other.value)
    return bool(ours and theirs) and (ours[0] > theirs[1] or theirs[0] > ours[1])  # type: ignore[index]


def _targets_conflict(one: Value, other: Value) -> bool:
    """Other things, not more or less of one: another head, and neither named within the other."""
    ours, theirs = _stems(one.value), _stems(other.value)
    return ours[0] != theirs[0] and not _within(ours, theirs) and not _within(theirs, ours)


def _stems(words: str) -> list[str]:
    """Words without article and without the alef of an indefinite object (``مركزا``)."""
    stems = (stem(fold(word)) for word in words.split())
    return [word[:-1] if len(word) > 3 and word.endswith("ا") else word for word in stems]


def _within(words: Sequence[str], others: Sequence[str]) -> bool:
    """Does every word stand in the other, perhaps with a particle before it (``لقوات``)?"""
    return all(any(other.endswith(word) for other in others) for word in words)


def _ranks_conflict(one: Value, other: Value) -> bool:
    """``ثالث محافظة`` and ``رابع محافظة``: other numbers of one kind of thing."""
    (rank, *thing), (number, *counted) = fold(one.value).split(), fold(other.value).split()
    return thing == counted and rank != number


def _statuses_conflict(one: Value, other: Value) -> bool:
    return {one.value, other.value} == {"actual", "negated"}


def _counts_conflict(one: Value, other: Value) -> bool:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    slack = _ROUNDING * max(abs(one.high), abs(other.high))
    return one.low > other.high + slack or other.low > one.high + slack


def _never(one: Value, other: Value) -> bool:
    return False


_RULES: Mapping[str, Callable[[Value, Value], bool]] = {
    "date": _dates_conflict, "target": _targets_conflict, "happened": _statuses_conflict,
    "rank": _ranks_conflict, "place": _never, "actor": _never, "recipient": _never,
}  # fmt: skip


@cache
def _names(kind: str) -> dict[str, tuple[str, str]]:
    """What the values of a field are called, in English and in Arabic."""
    return {row["key"]: (row["english"], row["form"]) for row in table("labels") if row["kind"] == kind}


def _denied(value: Value, arabic: Mapping[str, str]) -> tuple[str, str]:
    source = arabic.get(value.source, value.source)
    return f"Denied by {value.source} ({value.document}).", f"ينفيه {source} ({value.document})."


def _disputed(conflicts: Sequence[Conflict], arabic: Mapping[str, str]) -> tuple[str, str]:
    """The first conflict of every slot in words."""
    english_sides, arabic_sides = zip(*(_sides_of(conflict, arabic) for conflict in conflicts), strict=True)
    return f"Disputed: {'; '.join(english_sides)}.", f"خلاف {'؛ '.join(arabic_sides)}."


def _sides_of(conflict: Conflict, arabic: Mapping[str, str]) -> tuple[str, str]:
    slot = conflict.one.slot
    in_english, in_arabic = _names("slot").get(slot, (slot, slot))
    (one, one_ar), (other, other_ar) = (_side(value, arabic) for value in (conflict.one, conflict.other))
    return f"{in_english}: {one} against {other}", f"({in_arabic}): {one_ar} مقابل {other_ar}"


def _side(value: Value, arabic: Mapping[str, str]) -> tuple[str, str]:
    """A value and who tells it, in English and in Arabic."""
    told = value.value, arabic.get(value.value, value.value)
    told = _names("status").get(value.value, told) if value.slot == "happened" else told
    return f"{told[0]} ({value.source})", f"{told[1]} ({arabic.get(value.source, value.source)})"


def _supported(roots: Sequence[str], arabic: Mapping[str, str]) -> tuple[Support, str, str]:
    english_names, number = ", ".join(roots[:6]), len(roots)
    arabic_names = "، ".join(arabic.get(root, root) for root in roots[:6])
    if number > 1:
        return (
            "corroborated",
            f"Told by {number} independent roots: {english_names}.",
            f"عدد المصادر المستقلة التي ترويه {number}: {arabic_names}.",
        )
    return (
        "single-source",
        f"Every report goes back to one root: {english_names}.",
        f"كل الروايات تعود إلى مصدر واحد: {arabic_names}.",
    )
