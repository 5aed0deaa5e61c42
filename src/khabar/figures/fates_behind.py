"""What became of those counted, told by a verb behind the number: ``15 شخصا قتلوا``."""

from __future__ import annotations

from dataclasses import replace

from khabar.figures.fate_words import CLAUSES, ENDS, PARTS, PREPOSITIONS, STOPS, WHICH, acts, fate_at, fate_words
from khabar.figures.reader import Reader
from khabar.figures.shapes import definite
from khabar.figures.words import word_class
from khabar.text import tokenize
from khabar.text.morphology import without_pronoun
from khabar.text.numbers import read_number
from khabar.text.phrases import Match

_REACH_BEHIND = 8
_PLACED, _TOLD_ASIDE = 6, 12
_DONE = frozenset({"تم", "جري", "يتم", "تمت", "جرت"})
_MEANWHILE = frozenset({"حين", "فيما", "بينما", "خلال", "اثر", "عقب", "بعد", "قبل", "جراء", "بسبب", "ضمن"})
_MEANWHILE |= {"مما", "كما", "الذي", "التي", "نجوا", "نجا", "نجت"}


def fate_behind(reader: Reader, last: int, noun: int) -> str:
    """``15 شخصا قتلوا``; what stands behind a preposition there is another matter."""
    last += reader.folded(last) == ")"
    if reader.folded(noun) in word_class("most"):
        return _fate_of_most(reader, noun)
    if (resumed := _resumed(reader, max(last, noun))) is not None:
        return resumed
    for at in range(last, min(noun + _REACH_BEHIND, len(reader.tokens))):
        if (
            reader.folded(at) in ENDS | CLAUSES | PARTS | _MEANWHILE | word_class("charge")
            or reader.line_start(at)
            or _counts_others(reader, at, last)
        ):
            return ""
        match = fate_at(reader, at) or _done_to_them(reader, at)
        if match is not None and (acts(reader, match.last) or reader.folded(match.last) == "او"):
            # 5000 أصيبوا أو قتلوا
            return ""
        if match is not None and match.value == "missing" and reader.folded(match.last).endswith("هم"):
            # 20 عاملا فقدوا وظائفهم
            return ""
        if match is not None and reader.folded(at - 1) in word_class("relatives"):
            # 12 فردا من أهالي ضحايا الثورة
            return ""
        object_of_them = (definite(reader, at) and reader.plural(at)) or reader.folded(at) == "سراح"
        if match is not None and not match.prefix and not object_of_them and reader.folded(at - 1) not in PREPOSITIONS:
            return match.value
    return ""


def _fate_of_most(reader: Reader, index: int) -> str:
    """``44 شخصا معظمهم من غانا وبينهم ثلاثة رضع توفوا``: the first verb of many behind what is told of most of them."""
    for at in range(index + 1, min(index + 1 + _TOLD_ASIDE, len(reader.tokens))):
        if reader.folded(at) in STOPS | CLAUSES | WHICH or reader.line_start(at):
            return ""
        if reader.folded(at).endswith("وا"):
            match = fate_at(reader, at)
            return match.value if match is not None and not acts(reader, match.last) else ""
    return ""


def _resumed(reader: Reader, index: int) -> str | None:
    """``سبعة أشخاص، بينهم شرطيان، أصيبوا``: the verb of many behind what is told aside; None where there is none."""
    at = index
    while at < min(index + _PLACED, len(reader.tokens)) and reader.folded(at) != "،":
        if reader.folded(at) in ENDS | CLAUSES or read_number(reader.text, at) is not None:
            return None
        at += 1
    if reader.folded(at) != "،":
        return None
    if reader.folded(at + 1) in PARTS | word_class("most"):
        closing = (end for end in range(at + 2, at + 2 + _TOLD_ASIDE) if reader.folded(end) in ENDS)
        at = next(closing, at)
    verb = at + 1
    if reader.folded(at) != "،" or not reader.folded(verb).endswith("وا") or reader.folded(verb).startswith("و"):
        return None
    match = fate_at(reader, verb)
    return match.value if match is not None and not acts(reader, match.last) else None


def _done_to_them(reader: Reader, index: int) -> Match[str] | None:
    """``ثلاثة من أبنائها تم اختطافهم``: the verbal noun with its pronoun."""
    if reader.folded(index - 1) not in _DONE or reader.tokens[index].kind != "word":
        return None
    for stem in without_pronoun(reader.folded(index))[1:]:
        match = fate_words().at(tokenize(stem), 0, clitics=False)
        if match is not None:
            return replace(match, first=index, last=index + 1)
    return None


def _counts_others(reader: Reader, index: int, last: int) -> bool:
    """``أربعة مفقودون وإن 101 شخص أصيبوا``: a number that is not joined to the first has a fate of its own."""
    if reader.folded(index) in ("وواحده", "وواحد"):
        # 7 منهن حوامل وواحدة توفيت
        return True
    number = index > last and read_number(reader.text, index) is not None
    return number and not reader.folded(index).startswith("و") and reader.folded(index - 1) not in ("و", "من")
