"""The words that tell what became of people, and what around them says otherwise."""

from __future__ import annotations

from functools import cache

from khabar.figures.reader import Reader
from khabar.figures.words import word_class
from khabar.lexicon import forms
from khabar.text import Phrases
from khabar.text.numbers import approximation_before, read_number
from khabar.text.phrases import Match

BREAKS = frozenset({"،", ",", "؛", "؟", "!", ":", "(", ")", "متن", "متنه", "متنها"})
"""Where the reach of a fate ends; ``غرق القارب وعلى متنه 20`` drowns the boat."""
ENDS = BREAKS | {"."}
CLAUSES = frozenset({"وان", "وانه", "وانها", "فيما", "بينما"})
"""Where a clause of its own begins: ``أربعة مفقودون وإن 101 أصيبوا``."""
PARTS = frozenset({"بينهم", "منهم", "بينهن", "منهن", "بينها", "منها", "ضمنهم", "ضمنها"})
STOPS = frozenset({".", "؟", "!", "؛"})
WHICH = frozenset({"الذي", "التي", "الذين", "اللذين", "باستثناء", "ماعدا"})
PREPOSITIONS = frozenset({"بين", "في", "من", "عن", "بعد", "قبل", "خلال", "علي", "اثر", "بسبب", "الي", "ضد"})
_LOST = frozenset({"dead", "wounded", "missing", "arrested"})
_REACHED_REACH = 5
_SUBJECT_REACH = 3


@cache
def fate_words() -> Phrases[str]:
    """Words of fate with the kind that each tells."""
    return Phrases((form, row["kind"]) for form, row in forms("fates"))


def fate_at(reader: Reader, index: int) -> Match[str] | None:
    """The word of fate in a token; ``في حالة فرار`` are fugitives, not displaced."""
    match = fate_words().at(reader.text, index) if reader.tokens[index].kind == "word" else None
    cases = reader.folded(index - 1).lstrip("ب") in word_class("case")
    jail = match is not None and match.prefix == "ب" and reader.folded(index) == "بسجن"
    # سفر is no future of فر
    travel = match is not None and match.prefix.endswith("س") and reader.folded(index)[len(match.prefix)] not in "يت"
    if match is not None and (jail or travel or _reached(reader, match) or (match.value == "displaced" and cases)):
        return None
    if match is not None and match.value == "dead" and _attempted(reader, match.first):
        return None
    return match


def _attempted(reader: Reader, index: int) -> bool:
    """``بالشروع في قتل 3 ضباط``, ``محاولة قتل خمسة``: nobody died."""
    at = index - 1 - (reader.folded(index - 1) == "في")
    return reader.folded(at).endswith(("الشروع", "شروع", "محاوله", "محاولات", "محاولته", "محاولتهم"))


def _reached(reader: Reader, match: Match[str]) -> bool:
    """``وصل العدد حتى الآن إلى 42``, ``عدد القتلى وصل لنحو 27``: a number is reached, nobody arrived."""
    if match.value != "deployed":
        return False
    if any(reader.folded(at) in word_class("toll") for at in range(match.first - _REACHED_REACH, match.first)):
        return True
    near = range(match.last, min(match.last + _REACHED_REACH, len(reader.tokens)))
    return any(
        reader.folded(at) == "الي" and read_number(reader.text, at + 1) is not None
        for at in near
        if at + 1 < len(reader.tokens)
    )


def acts(reader: Reader, index: int) -> bool:
    """``5 مسلحين قتلوا 20 جنديا``: those counted did it to others."""
    bound = reader.folded(index) in ("نحو", "حوالي", "اكثر")
    if reader.folded(index) in ("ما", "وقتا"):
        # سياح قضوا ما يوازي 5 ليال: they spent it
        return True
    at = index + (1 + (reader.folded(index + 1) == "من") if bound else 0)
    return at < len(reader.tokens) and read_number(reader.text, at) is not None


def fated(reader: Reader, index: int) -> bool:
    """``مقتل جندي واحد``, ``قتلت القذيفة طفلا واحدا``: does a word of fate stand right before a noun or its subject?"""
    for at in range(index - 1, max(-1, index - 1 - _SUBJECT_REACH), -1):
        if reader.folded(at) in ENDS | PREPOSITIONS or reader.line_start(at + 1):
            return False
        match = fate_at(reader, at)
        if match is not None:
            return match.value in _LOST
    return False


def wounded_or_worse(reader: Reader, first: int) -> bool:
    """``مقتل وإصابة 60``, ``أصاب الفيروس أكثر من 27 ألفا``: does a word of loss stand right before a number?"""
    bound = approximation_before(reader.text, first)
    match = fate_at(reader, (bound.first if bound is not None else first) - 1)
    return match is not None and match.value in _LOST
