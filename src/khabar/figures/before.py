"""What is counted where it stands before its number: ``الدول الست``, ``عدد الجنود ... 800``."""

from __future__ import annotations

from functools import cache

from khabar.figures.amounts import Amount
from khabar.figures.reader import Reader
from khabar.figures.shapes import adjective, definite
from khabar.figures.words import Noun, followers, nouns, stops, word_class
from khabar.model import Span
from khabar.text import tokenize
from khabar.text.morphology import without_pronoun

_PAIR = 2
_ARTICLED = ("لل", "بال", "ولل", "وبال", "كال")
_BEFORE_REACH = 9
_SENTENCE_ENDS = frozenset({".", "؟", "!", "؛"})


def number_of(reader: Reader, amount: Amount) -> tuple[Noun | None, Span] | None:
    """``عدد الجنود الروس من 800 ... إلى 1800``, ``عدد موظفيها 20``: what is counted stands before both numbers."""
    for first in range(amount.first - 1, max(-1, amount.first - 1 - _BEFORE_REACH * 2), -1):
        if reader.folded(first) in _SENTENCE_ENDS or reader.folded(amount.last) in word_class("others"):
            return None
        if reader.folded(first) not in word_class("number_of") or first + 1 >= amount.first:
            continue
        match = nouns().at(reader.text, first + 1)
        if match is not None and match.last <= amount.first:
            last = match.last + 1 if adjective(reader, match.last) or definite(reader, match.last) else match.last
            return match.value, reader.text.token_span(first + 1, min(last, amount.first))
        owned = owned_noun(reader.folded(first + 1))
        if owned is not None:
            return owned, reader.text.token_span(first + 1, first + 2)
        if definite(reader, first + 1) and amount.first - first <= _BEFORE_REACH and _unmixed(reader, first, amount):
            # عدد المؤثرات 45: a noun that the table does not know
            return None, reader.text.token_span(first + 1, first + 2)
    return None


def _unmixed(reader: Reader, first: int, amount: Amount) -> bool:
    """Does no other number stand between?"""
    return all(reader.tokens[at].kind != "number" for at in range(first, amount.first))


@cache
def owned_noun(word: str) -> Noun | None:
    """``موظفيها``, ``سكانها``: a counted noun with a pronoun."""
    for stem in without_pronoun(word)[1:]:
        for form in (stem, stem + "ن"):
            match = nouns().at(tokenize(form), 0, clitics=False)
            if match is not None:
                return match.value
    return None


def before(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """``الدول الست``, ``القوى العالمية الست``, ``قطاعات السوق الـ15``."""
    end = amount.first - (reader.folded(amount.first - 1) == "(")
    for first in (end - 1, end - 2):
        match = nouns().at(reader.text, first) if first >= 0 else None
        whole = match is not None and (match.last == end or end in reader.name_starts or adjective(reader, end - 1))
        told = reader.tokens[first].text.startswith(_ARTICLED)
        if match is not None and whole and (match.prefix in ("", "و") or told):
            if match.value.unit.startswith("money"):
                return match.value, None
            last = end - 1 if reader.tokens[end - 1].kind == "word" else match.last - 1
            return match.value, reader.text.span(match.start, reader.tokens[last].end)
    leads = reader.folded(end - 1) in followers("stop") | word_class("of_them")
    if end == 0 or reader.tokens[end - 1].kind != "word" or leads:
        return None, None
    if reader.tokens[end - 1].text.startswith(_ARTICLED):
        # للرؤساء الثلاثة
        return None, reader.text.token_span(end - 1, end)
    if not (definite(reader, end - 1) or reader.plural(end - 1) or end in reader.name_starts or amount.high == _PAIR):
        return (
            (None, reader.text.token_span(end - 1, end)) if _with_pronoun(reader.tokens[end - 1].text) else (None, None)
        )
    opening = end - 2 if _wide(reader, end) else end - 1
    if opening == end - 2 and end > _PAIR and definite(reader, end - 2) and definite(reader, end - 3):
        # الولايات الاتحادية الألمانية الست
        opening -= not reader.plural(end - 2)
    token = reader.tokens[opening]
    return None, reader.text.span(token.start + token.text.startswith("وال"), reader.tokens[end - 1].end)


def _with_pronoun(word: str) -> bool:
    """``أبنائه الخمسة``."""
    return word.endswith(("ه", "ها", "هم", "نا")) and not word.startswith(("ب", "ل"))


def _wide(reader: Reader, end: int) -> bool:
    """Does a noun with an adjective or an owner stand before a definite number (``القوى الكبرى الست``)?"""
    if end < _PAIR or reader.tokens[end - 2].kind != "word" or reader.folded(end - 2) in stops():
        return False
    if end in reader.name_starts or (definite(reader, end - 1) and definite(reader, end - 2)):
        # أفلام رامبو الأربعة: the name owns what is counted
        return True
    if not definite(reader, end - 1):
        return False
    # أبعاد الشخصية الخمسة: a number of masculine nouns counts no feminine one
    apart = reader.folded(end).endswith("ه") and reader.folded(end - 1).endswith("ه")
    return not reader.plural(end - 1) and (apart or reader.plural(end - 2))
