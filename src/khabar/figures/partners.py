"""Numbers that share one noun: ``من 2500 إلى 11 ألف ريال``, ``136 مليون ريال من 124 مليون``, ``450 و344 شاحنة``."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.figures.amounts import Amount
from khabar.figures.counted import counted_noun
from khabar.figures.reader import Reader
from khabar.figures.words import Noun, nouns, word_class
from khabar.model import Span
from khabar.text import fold
from khabar.text.numbers import approximation_before

Counted = tuple[Noun | None, Span | None]

_BETWEEN = frozenset({"و", "الي", "او", "ثم", "-", "–", "مقابل", "من", "حتي", "(", "نحو", "حوالي", "قرابه"})
_LEADS = frozenset({"الي", "من", "مقابل", "ب", "عن", "مع", "لي"})
_ENDS = frozenset({".", "؛", "!", "؟", ":", "،", ","})
_SENTENCE_ENDS = frozenset({".", "!", "؟"})
_LEAST_OF_MONEY = 1e6
_LIST_REACH = 25
_REACH = 12
_PEOPLE_REACH = 10
_PARTS = frozenset({"منها", "منهم", "منهن", "منهما", "بينها"})
_FORWARD = 3
_ENUMERATED_REACH = 11
_THOUSAND = 1000


def all_counted(reader: Reader, amounts: Sequence[Amount]) -> list[Counted]:
    """What each amount counts; where nothing stands behind one, what the other number of its pair counts."""
    own = [counted_noun(reader, amount) for amount in amounts]
    shared = list(own)
    for at in reversed(range(len(amounts) - 1)):
        if _open(own[at]) and _next_to(reader, amounts[at], amounts[at + 1]):
            shared[at] = _lent(shared[at + 1])
    for at in range(1, len(amounts)):
        if _open(shared[at]) and _compared(reader, amounts[at - 1], amounts[at]):
            shared[at] = _lent(shared[at - 1])
    for at, amount in enumerate(amounts):
        if own[at][0] is None and _in_money_list(reader, amounts, shared, at):
            shared[at] = next(shared[near] for near in (at - 1, at + 1) if _money_at(shared, near))
        elif _open(shared[at]) and not amount.vague:
            shared[at] = _part(reader, amounts, shared, at) or _numbered(reader, amount)
    return shared


def _part(reader: Reader, amounts: Sequence[Amount], shared: Sequence[Counted], at: int) -> Counted | None:
    """``302 هدفا منها 211``, ``35 درجة وفي حدود 21 بالمرتفعات``: what the number before counts."""
    amount = amounts[at]
    told = shared[at - 1][1] if at > 0 else None
    degrees = told is not None and fold(told.text).split()[0] in word_class("degree")
    bound = approximation_before(reader.text, amount.first)
    before = reader.folded((bound.first if bound is not None else amount.first) - 1).lstrip("وف")
    parted = at > 0 and bool({before, reader.folded(amount.last)} & _PARTS)
    scaled = _scaled_money(amounts, shared, at)
    if not (degrees or parted or scaled or _enumerated(reader, amounts, at)):
        return None
    first = amounts[at - 1].last
    ended = any(reader.folded(i) in _SENTENCE_ENDS for i in range(first, amount.first))
    if amount.first - first > _LIST_REACH or (ended and not scaled):
        return None
    lent = _lent(shared[at - 1])
    return None if _open(lent) or (lent[0] is not None and lent[0].unit.startswith("percent")) else lent


def _scaled_money(amounts: Sequence[Amount], shared: Sequence[Counted], at: int) -> bool:
    """``47 ألف ريال، والتكاليف التشغيلية 77 ألفا``: thousands with nothing behind them, next to thousands of money."""
    amount = amounts[at]
    scaled = amount.low >= _THOUSAND and not amount.digits and not amount.vague
    return scaled and _money_at(shared, at - 1) and amounts[at - 1].low >= _THOUSAND


def _enumerated(reader: Reader, amounts: Sequence[Amount], at: int) -> bool:
    """``110 اعتداءات في منوبة و50 في بن عروس و30 في تونس``: a list that says only once what it counts."""
    if at == 0 or amounts[at].vague:
        return False
    first, last = amounts[at - 1].last, amounts[at].first
    joined = reader.folded(last).startswith("و") or reader.folded(last - 1) == "و"
    words = [reader.folded(index) for index in range(first, last)]
    placed = reader.folded(amounts[at].last) in ("في", "من", "ضد") or reader.folded(amounts[at].last).startswith(
        ("ب", "ل")
    )
    return joined and placed and 0 < len(words) <= _ENUMERATED_REACH and not _ENDS & set(words)


def _money_at(shared: Sequence[Counted], at: int) -> bool:
    if not 0 <= at < len(shared):
        return False
    noun = shared[at][0]
    return noun is not None and noun.unit.startswith("money")


def _in_money_list(reader: Reader, amounts: Sequence[Amount], shared: Sequence[Counted], at: int) -> bool:
    """``7 ملايين للصحة و3 ملايين دينار للتعليم``: millions with nothing behind them beside millions of money."""
    amount = amounts[at]
    counted = shared[at][1]
    if amount.low < _LEAST_OF_MONEY or amount.digits or amount.vague or counted is not None:
        return False
    for near in (at - 1, at + 1):
        if not _money_at(shared, near) or amounts[near].low < _LEAST_OF_MONEY:
            continue
        first, last = sorted((amounts[near].first, amount.first))
        if last - first < _LIST_REACH and not any(reader.folded(i) in _SENTENCE_ENDS for i in range(first, last)):
            return True
    return False


def _numbered(reader: Reader, amount: Amount) -> Counted:
    """``العناصر البالغ عددها 7``, ``وصل عددهم إلى 450 ألفا``: what the pronoun of ``عددها`` stands for."""
    for at in range(amount.first - 1, max(-1, amount.first - 1 - _PEOPLE_REACH), -1):
        word = reader.folded(at).lstrip("وف")
        if word in _SENTENCE_ENDS or reader.tokens[at].kind == "number":
            break
        if word in word_class("of_them"):
            return _antecedent(reader, at) if word == "عددها" else (Noun("person", ""), None)
    return None, None


def _antecedent(reader: Reader, index: int) -> Counted:
    """The nearest counted plural before ``عددها``."""
    for at in range(index - 1, max(-1, index - 1 - _PEOPLE_REACH), -1):
        if reader.folded(at) in _SENTENCE_ENDS:
            break
        match = nouns().at(reader.text, at) if reader.tokens[at].kind == "word" and reader.plural(at) else None
        if match is not None:
            return match.value, reader.text.span(match.start, match.end)
    return None, None


def _open(counted: Counted) -> bool:
    return counted[0] is None and counted[1] is None


def _lent(counted: Counted) -> Counted:
    """A dual says two itself and lends nothing."""
    return (None, None) if counted[0] is not None and counted[0].dual else counted


def _next_to(reader: Reader, amount: Amount, following: Amount) -> bool:
    """Are there only joining words between two numbers (``3 و5 في المئة``, ``من 20 إلى نحو 30 ألف ريال``)?"""
    words = [reader.folded(at) for at in range(amount.last, following.first)]
    if not words:
        return reader.folded(following.first).startswith("و") and not following.vague
    return len(words) <= _FORWARD and all(word in _BETWEEN for word in words)


def _compared(reader: Reader, before: Amount, amount: Amount) -> bool:
    """Is a number the second of a change or comparison (``20 مليون ريال مقابل 15 مليونا``)?"""
    if amount.vague or not 0 < amount.first - before.last <= _REACH:
        return False
    words = [reader.folded(at) for at in range(before.last, amount.first)]
    bound = approximation_before(reader.text, amount.first)
    lead = reader.folded((bound.first if bound is not None else amount.first) - 1)
    if bound is not None and bound.prefix:
        lead = bound.prefix
    return lead in _LEADS and bool(word_class("compared") & set(words)) and not _ENDS & set(words)
