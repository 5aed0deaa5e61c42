"""Rules for bodies named by a number or by definite adjectives: ``الكتيبة 155 مشاة``, ``الهيئة العليا للانتخابات``."""

from __future__ import annotations

from collections.abc import Mapping

from khabar.names.candidate import Candidate, name_start
from khabar.names.evidence import stops
from khabar.names.gazetteer import nation
from khabar.text import Phrases, Tokenized

_UNITS = Phrases((form, form) for form in ("الكتيبة", "اللواء", "الفرقة", "السرية", "الفوج", "الفيلق", "كتيبة", "لواء", "سرية"))
_ARMS = frozenset({"مشاه", "مدرع", "مدرعه", "قتال", "ميكانيكي", "ميكا", "مدفعيه", "مظلي", "صاعقه", "حرس", "حدود", "معزز", "مجحفل", "جوي"})
_ORDINALS = ("اول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر", "حادي")
_BODIES = Phrases((form, form) for form in (
    "الجامعة", "الهيئة", "المؤسسة", "الجمعية", "المجلس", "الاتحاد", "المنظمة", "اللجنة", "المركز", "المعهد", "الوكالة", "المفوضية",
    "الحزب", "الحركة", "الجبهة", "الشركة", "البنك", "الصندوق", "الرابطة", "النقابة", "المؤتمر", "الائتلاف", "التجمع", "المرصد", "البعثة",
    "المحكمة", "الجماعة", "التحالف", "التيار", "الشبكة", "المجموعة"))  # fmt: skip
_RANKS = frozenset({"العليا", "الاعلي", "الوطنيه", "الوطني", "العامه", "العام", "الدوليه", "الدولي", "الاسلاميه", "الاسلامي", "العربيه", "العربي", "المركزي",
                    "المركزيه", "المستقله", "الشعبي", "الشعبيه", "الملكيه", "الملكي", "الاتحاديه", "الخيريه", "الافريقيه", "الاوروبيه", "التنفيذي", "التنفيذيه", "البلدي", "العالميه", "العالمي"})  # fmt: skip


def numbered_units(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """``اللواء 444 قتال``, ``الفرقة الأمنية الأولى``."""
    found = []
    for match in _UNITS.find(text):
        last = _unit_end(text, match.last)
        if last > match.last:
            found.append(_body(text, match.first, match.start, last, "numbered-unit", 0.7))
    return found


def _unit_end(text: Tokenized, index: int) -> int:
    last = index
    if last + 1 < len(text.tokens) and text.tokens[last].folded in ("الامنيه", "العسكريه"):
        last += 1
    if last >= len(text.tokens) or not (_is_ordinal(text.tokens[last].folded) or text.tokens[last].kind == "number"):
        return index
    last += 1
    while last < len(text.tokens) and text.tokens[last].folded in _ARMS:
        last += 1
    return last


def _is_ordinal(word: str) -> bool:
    return word.startswith("ال") and word[2:].removesuffix("ه") in _ORDINALS or word in ("الاولي", "الثانيه")


def definite_bodies(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """A definite noun of a body with adjectives of which one is a nationality or a rank, and its purpose with ``ل``."""
    found = []
    for match in _BODIES.find(text):
        if match.first in at:
            continue
        last, adjectives, national = _adjectives(text, match.last)
        end = _purpose(text, last) if adjectives else last
        if national or end > last:
            score = 0.7 if end > last else 0.6
            found.append(_body(text, match.first, match.start, end, "definite-body", score))
    return found


def _adjectives(text: Tokenized, index: int) -> tuple[int, int, bool]:
    """End of the adjectives after a noun, how many, and whether one is a nationality and not all it has."""
    last, national = index, False
    while last < len(text.tokens) and last - index < 4:
        word = text.tokens[last].folded
        if nation(word) is not None and word.startswith("ال") and not word.endswith(("ون", "ين")):
            national = True
        elif word not in _RANKS:
            break
        last += 1
    return last, last - index, national


def _purpose(text: Tokenized, last: int) -> int:
    """``للانتخابات``, ``لحقوق الإنسان``, with what ``و`` joins to it."""
    if last >= len(text.tokens):
        return last
    word = text.tokens[last].folded
    if word.startswith("لل") and len(word) > 4:
        end = last + 1
    elif word.startswith("ل") and len(word) > 3 and word not in stops() and _definite(text, last + 1):
        end = last + 2
    else:
        return last
    while end < len(text.tokens) and end - last < 5 and (_definite(text, end) or text.tokens[end].folded.startswith("وال")):
        end += 1
    return end


def _definite(text: Tokenized, index: int) -> bool:
    if index >= len(text.tokens):
        return False
    word = text.tokens[index].folded
    return word.startswith("ال") and len(word) > 4 and word not in stops() and "\n" not in text.text[text.tokens[index - 1].end : text.tokens[index].start]


def _body(text: Tokenized, first: int, start: int, last: int, rule: str, score: float) -> Candidate:
    return Candidate(first, last, name_start(text, first, start), text.tokens[last - 1].end, "ORG", rule, score)
