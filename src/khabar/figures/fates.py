"""What became of those who are counted: dead, wounded, arrested, displaced, deployed, trained, freed, missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from khabar.figures.amounts import Amount
from khabar.figures.reader import Reader
from khabar.figures.words import word_class
from khabar.lexicon import forms
from khabar.model import Span
from khabar.text import Phrases, fold
from khabar.text.numbers import approximation_before, read_number
from khabar.text.phrases import Match

_REACH, _REACH_BEHIND = 6, 8
_JOINED_REACH = 8
_BREAKS = frozenset({"،", ",", "؛", "؟", "!", ":", "(", ")", "متن", "متنه", "متنها"})
"""Where the reach of a fate ends; ``غرق القارب وعلى متنه 20`` drowns the boat."""
_ENDS = _BREAKS | {"."}
_ADDING = frozenset({"اضافه", "بالاضافه", "فضلا", "جانب"})
_PARTS = frozenset({"بينهم", "منهم", "بينهن", "منهن", "بينها", "منها"})
_ILL_REACH = 3
_HELD = frozenset({"arrested", "displaced"})
_OVERRIDING = frozenset({"dead", "wounded", "freed", "missing"})
_PREPOSITIONS = frozenset({"بين", "في", "من", "عن", "بعد", "قبل", "خلال", "علي", "اثر", "بسبب", "الي", "ضد"})
_COUNT_REACH = 16
_DEPLOYABLE = frozenset({"vessel", "aircraft", "weapon"})


@cache
def _fates() -> Phrases[str]:
    return Phrases((form, row["kind"]) for form, row in forms("fates"))


def fits(reader: Reader, fate: str, unit: str, what: Span | None) -> bool:
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


def is_ill(reader: Reader, amount: Amount, kind: str) -> bool:
    """``200 مصاب بالسكري`` are ill, not wounded."""
    if kind != "wounded":
        return False
    behind = [reader.folded(at) for at in range(amount.last, amount.last + _ILL_REACH)]
    named = {reader.folded(at) for at in range(amount.first - _COUNT_REACH, amount.last + _REACH)}
    if any(word.startswith(tuple(word_class("illness"))) for word in behind):
        return True
    return bool(named & word_class("ailing") and not named & word_class("injured"))


def own_or_shared(said: str, fate: str) -> str:
    """The noun's own kind; captives and the displaced may be killed, wounded or freed."""
    if said in _HELD and fate in _OVERRIDING:
        return fate
    return said or fate


def shared_fate(reader: Reader, amounts: Sequence[Amount], at: int) -> str:
    """``نشرت ثلاث سفن وأربع طائرات``: what is joined by ``و`` shares the fate of what stands before."""
    if _of_cases(reader, amounts, at):
        return ""
    while not (fate := _fate(reader, amounts[at])) and at > 0 and _joined(reader, amounts[at - 1], amounts[at]):
        at -= 1
    return fate


def _of_cases(reader: Reader, amounts: Sequence[Amount], at: int) -> bool:
    """``9 حالات وفاة و39 حالة تتلقى العلاج``: cases behind other cases have a fate of their own or none."""
    head = amounts[at].last + (reader.folded(amounts[at].last) == ")")
    near = at > 0 and amounts[at].first - amounts[at - 1].last <= _JOINED_REACH
    return near and reader.folded(head) in word_class("case")


def _joined(reader: Reader, before: Amount, amount: Amount) -> bool:
    """``نشرت ثلاث سفن وأربع طائرات``, ``مقتل عشرة إضافة إلى ثلاثة``: no stop, comma apart, and no verb between."""
    first, gap = reader.folded(amount.first), range(before.last, amount.first)
    bound = approximation_before(reader.text, amount.first)
    opening = bound.first if bound is not None else amount.first
    led = first.startswith("و") or reader.folded(opening).startswith("و") or reader.folded(opening - 1) == "و"
    words = [reader.folded(at) for at in gap]
    added = bool(_ADDING & set(words)) and "." not in words
    return (led or added) and 0 < len(gap) <= _JOINED_REACH and not (_BREAKS - {"،"} if added else _BREAKS) & set(words)


def _fate(reader: Reader, amount: Amount) -> str:
    """``مقتل``, ``وإصابة``: the nearest word of fate before the number, else behind it, else its ``عدد القتلى``."""
    first = amount.first - 1 - (reader.folded(amount.first - 1) == "(")
    while first >= 0 and first > amount.first - _REACH - 1 and reader.folded(first) not in _ENDS | word_class("by"):
        match = _fate_at(reader, first)
        if match is not None and match.last <= amount.first:
            return match.value
        if reader.tokens[first].kind == "number" and not _parted(reader, first, amount.first):
            # توفي 21 ونقل 66: the fate of the first number is not that of the second
            break
        first -= 1
    return _fate_behind(reader, amount.last) or _fate_of_count(reader, amount.first)


def _fate_at(reader: Reader, index: int) -> Match[str] | None:
    """The word of fate in a token; ``في حالة فرار`` are fugitives, not displaced."""
    match = _fates().at(reader.text, index) if reader.tokens[index].kind == "word" else None
    cases = reader.folded(index - 1).lstrip("ب") in word_class("case")
    return None if match is not None and match.value == "displaced" and cases else match


def _parted(reader: Reader, first: int, last: int) -> bool:
    """``إصابة 10 بينهم 3``: is the second number a part of the first?"""
    return any(reader.folded(at).lstrip("و") in _PARTS for at in range(first, last))


def _fate_behind(reader: Reader, last: int) -> str:
    """``15 شخصا قتلوا``; what stands behind a preposition there is another matter."""
    for at in range(last, min(last + _REACH_BEHIND, len(reader.tokens))):
        if reader.folded(at) in _ENDS | word_class("charge"):
            return ""
        match = _fate_at(reader, at)
        if match is not None and _acts(reader, match.last):
            return ""
        if match is not None and not match.prefix and reader.folded(at - 1) not in _PREPOSITIONS:
            return match.value
    return ""


def _acts(reader: Reader, index: int) -> bool:
    """``5 مسلحين قتلوا 20 جنديا``: those counted did it to others."""
    bound = reader.folded(index) in ("نحو", "حوالي", "اكثر")
    if reader.folded(index) in ("ما", "وقتا"):
        # سياح قضوا ما يوازي 5 ليال: they spent it
        return True
    at = index + (1 + (reader.folded(index + 1) == "من") if bound else 0)
    return at < len(reader.tokens) and read_number(reader.text, at) is not None


def _fate_of_count(reader: Reader, first: int) -> str:
    """``ارتفع عدد قتلى ... إلى 18``: the kind of what ``عدد`` or ``حصيلة`` counts, in the same sentence."""
    for at in range(first - 1, max(-1, first - 1 - _COUNT_REACH), -1):
        if reader.folded(at) in (".", "؟", "!") or reader.tokens[at].kind == "number":
            return ""
        if reader.folded(at).lstrip("ول") in word_class("toll"):
            match = _fates().at(reader.text, at + 1)
            return match.value if match is not None else ""
    return ""
