"""Numbers that another number completes: its smaller coin, its scale, the noun that stands only with the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.figures.amounts import Amount, scale_of
from khabar.figures.labels import counts_behind
from khabar.figures.partners import Counted, compared
from khabar.figures.reader import Reader

_THOUSAND = 1000
_NEARLY, _NEXT, _HALF = 10, 2, 0.5
_GREAT, _BILLION = 100_000, 1_000_000_000
_PART_REACH, _MOST_PARTS = 30, 6
_FEW = range(3, 11)
_PLURAL_LENGTH = 6
_MEASURED = ("percent", "money", "area", "distance")
_ENDS = frozenset({".", "؟", "!", "؛", ":"})


def whole(reader: Reader, amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts of a text with sums of money in one (``3 ملايين و324 ألف دينار و482 دينارا``), and their scales.

    >>> from khabar.figures.find import find
    >>> from khabar.text import tokenize
    >>> reader = Reader(tokenize("بلغ المجموع 27 مليون ريال و243 ألف ريال"), (), ())
    >>> [amount.high for amount in whole(reader, find(reader))]
    [27243000.0]
    """
    found: list[Amount] = []
    for amount in amounts:
        before = found[-1] if found else None
        if before is not None and (_smaller_coin(reader, before, amount) or _next_place(before, amount)):
            found[-1] = _added(before, amount)
        elif before is not None and (scale := _scale_lent(reader, before, amount)) > 1:
            found.append(replace(amount, low=amount.low * scale, high=amount.high * scale))
        else:
            found.append(amount)
    return [_and_half(reader, amount) for amount in found]


def _and_half(reader: Reader, amount: Amount) -> Amount:
    """``خمسة دونمات ونصف الدونم``, ``20 طنا ونصف الطن``: the half that stands behind the noun."""
    noun, half = reader.noun(amount.last), reader.folded(amount.last + 2)
    again = reader.folded(amount.last + 1) in ("ونصف", "والنصف") and half.startswith("ال")
    same = again and noun is not None and half.removeprefix("ال")[:2] == reader.folded(amount.last)[:2]
    if not same or amount.vague:
        return amount
    return replace(amount, low=amount.low + _HALF, high=amount.high + _HALF)


def _smaller_coin(reader: Reader, before: Amount, amount: Amount) -> bool:
    """``40 ألف دينار و482 دينارا``: what is less than the scale of the sum before it, in the same money."""
    money, coin = reader.noun(before.last), reader.noun(amount.last)
    apart = reader.folded(before.last) == "،" and reader.folded(amount.first - 1) in ("،", "و")
    if money is None and apart and before.high >= _THOUSAND and amount.first - before.last <= _NEXT:
        # مليون و113 ألفا، و750 جنيها
        money = coin
    if money is None or coin is None or money != coin or not money.unit.startswith("money"):
        return False
    joined = reader.folded(amount.first).startswith("و") or reader.folded(amount.first - 1) == "و"
    near = amount.first - before.last <= (_NEXT if reader.folded(amount.first - 1) == "و" else 1)
    single = before.low == before.high and amount.low == amount.high and not amount.approx
    return joined and near and single and not before.digits and amount.high < _unit_place(before.high)


def _next_place(before: Amount, amount: Amount) -> bool:
    """``27 مليونا 243 ألفا و15 ريالا``: thousands right behind millions."""
    plain = before.low == before.high and amount.low == amount.high and not (before.vague or before.digits)
    place = _unit_place(before.high)
    return plain and amount.first == before.last and not amount.digits and _THOUSAND <= amount.high < place


def _unit_place(value: float) -> float:
    """The greatest power of a thousand that divides a number.

    >>> _unit_place(40_000), _unit_place(27_000_000), _unit_place(482)
    (1000, 1000000, 1)
    """
    place = 1
    while value and value % (place * _THOUSAND) == 0:
        place *= _THOUSAND
    return place


def _added(before: Amount, amount: Amount) -> Amount:
    value = before.high + amount.high
    return replace(before, last=amount.last, end=amount.end, low=value, high=value, rule="summed-money")


def _scale_lent(reader: Reader, before: Amount, amount: Amount) -> float:
    """``38.4 مليون عملية مقارنة مع 31.7``: the scale of the number that this one is compared with, else 1."""
    if not amount.digits or amount.high >= _THOUSAND or before.digits or before.vague:
        return 1
    scale = scale_of(before.high)
    mantissa = before.high / scale
    near = mantissa / _NEARLY < amount.high < mantissa * _NEARLY
    if scale == 1 or not near or not compared(reader, before, amount):
        return 1
    return scale if not counts_behind(reader, amount.last) else 1


def parts(reader: Reader, amounts: Sequence[Amount], shared: Sequence[Counted]) -> list[Counted]:
    """What each amount counts, with the noun of a whole lent to its parts.

    ``ثمانية مستشفيات، أربعة في عرفة وأربعة في منى``; ``9 حافلات، 6 منها مكيفة و3 عادية``.
    """
    lent = list(shared)
    for at in range(1, len(amounts)):
        if _another(reader, amounts[at - 1], amounts[at]) and lent[at] == (None, None):
            lent[at] = lent[at - 1]
        if _adjective_alone(reader, amounts[at - 1], amounts[at], lent[at - 1], lent[at]):
            lent[at] = lent[at - 1]
    for at, amount in enumerate(amounts):
        if lent[at][0] is None and (money := _told_elsewhere(amounts, lent, at)) is not None:
            lent[at] = money
        if lent[at] != (None, None) and not amount.vague:
            for part in range(at + 1, _parts_of(reader, amounts, lent, at)):
                lent[part] = lent[at]
    return lent


def _told_elsewhere(amounts: Sequence[Amount], lent: Sequence[Counted], at: int) -> Counted | None:
    """``تخفض 27 مليارا`` in a title, where the text has ``27 مليار ريال``: the money of the same great number."""
    if amounts[at].digits or amounts[at].vague or amounts[at].high < _GREAT:
        return None
    money = [other for other, (noun, _) in enumerate(lent) if noun is not None and noun.unit.startswith("money")]
    same = [other for other in money if amounts[other].high == amounts[at].high]
    if not same and amounts[at].high >= _BILLION and lent[at] == (None, None):
        # الدعم 450 مليارا: so many of nothing else, in the money told nearest
        same = sorted(money, key=lambda other: abs(other - at))
    return lent[same[0]] if same else None


def _another(reader: Reader, before: Amount, amount: Amount) -> bool:
    """``7 منصات وإنشاء 6 أخرى``: more of what was counted before."""
    behind = amount.last + (reader.folded(amount.last) == ")")
    if reader.folded(behind) not in ("اخري", "اخريان", "اخريين") or amount.first - before.last > _PART_REACH:
        return False
    return not {reader.folded(index) for index in range(before.last, amount.first)} & _ENDS


def _parts_of(reader: Reader, amounts: Sequence[Amount], lent: Sequence[Counted], at: int) -> int:
    """The amount behind those that are together as many as number `at`, where nothing tells what they count."""
    total = 0.0
    for part in range(at + 1, min(at + 1 + _MOST_PARTS, len(amounts))):
        apart = amounts[part].first - amounts[part - 1].last > _PART_REACH
        if apart or lent[part] != (None, None) or amounts[part].vague:
            break
        total += amounts[part].high
        if total >= amounts[at].high:
            return part + 1 if total == amounts[at].high and part > at + 1 else at
    return at


def _adjective_alone(reader: Reader, before: Amount, amount: Amount, whole_of: Counted, own: Counted) -> bool:
    """``6 منها مكيفة و3 عادية``: three to ten count a plural; a feminine singular tells of what was counted before."""
    if own[0] is not None or own[1] is None or amount.high not in _FEW or whole_of[0] is None:
        return False
    word = reader.folded(amount.last)
    plural = word.startswith("ا") and len(word) <= _PLURAL_LENGTH
    single = word.endswith("ه") and not plural and own[1].text == reader.tokens[amount.last].text
    joined = reader.folded(amount.first).startswith("و") or reader.folded(amount.first - 1) == "و"
    if not single or not joined or whole_of[0].unit.startswith(_MEASURED):
        return False
    between = {reader.folded(index) for index in range(before.last, amount.first)}
    return amount.first - before.last <= _PART_REACH and not between & _ENDS
