"""What is no figure: numbers that name (``المادة 16``), order, date, list or tell a length of time."""

from __future__ import annotations

from collections.abc import Callable

from khabar.figures.amounts import years
from khabar.figures.codes import CODES
from khabar.figures.fate_words import fated
from khabar.figures.labels import LABELS, bare, counts_behind
from khabar.figures.lookalikes import LOOKALIKES, no_noun, plain_word
from khabar.figures.reader import Reader
from khabar.figures.shapes import definite
from khabar.figures.words import (
    followers,
    nouns,
    numbered_nouns,
    ordinals,
    stops,
    units_of_time,
    word_class,
    words_of,
)
from khabar.text.numbers import Number, approximation_before, read_number

_TITLE_WORDS = 4
_MEASURES = ("percent", "money", "area", "distance")
_LOSSES = frozenset({"dead", "wounded", "arrested", "missing"})
_OPENINGS = frozenset({"(", "«", '"', "-"})
_TENS = frozenset({10, 20})
_CLOSINGS = frozenset(')»"”')
_LONGEST_LIST = 30
_CHAIN, _CHAIN_STEP = 12, 2
_SINGULAR = 11
_FROM_REACH = 14
_AGE_REACH = 3
_ROUND, _TIMES = "دور", frozenset({"المره", "للمره", "بالمره"})
_ORDER_MARKS = frozenset({"-", ".", ")", "–", "/", ":"})


def _names_something(reader: Reader, number: Number) -> bool:
    """``المادة 16``, ``القرار 2254``: the number tells which, not how many."""
    if reader.folded(number.first - 1).removeprefix("ال") == "رقم" and not number.prefix:
        # القميص رقم تسعة
        return True
    if not number.digits or number.prefix:
        return False
    if reader.folded(number.last) in word_class("rank"):
        return True
    if reader.folded(number.first - 1).startswith("مجموع") and reader.tokens[number.first - 1].text.endswith("ه"):
        # ما مجموعه 32 منصة: its sum, not a group
        return False
    if _counts_behind(reader, number) or _accusative_behind(reader, number):
        return False
    if number.definite and reader.plural(number.first - 1):
        # ذكرى الضحايا ال32
        return False
    last = number.first - 1 if reader.folded(number.first - 1) in ("(", "«", '"', "رقم") else number.first
    for first in (last - 1, last - 2):
        match = numbered_nouns().at(reader.text, first) if first >= 0 else None
        if match is not None and (match.last == last or reader.folded(last - 1).startswith("ال")):
            return True
    return reader.folded(number.first - 1) == "رقم" or _of_gathering(reader, number)


def _accusative_behind(reader: Reader, number: Number) -> bool:
    """``اعتمدت اللجنة (250) مركزا``: an accusative behind 11 to 99 is what is counted."""
    behind = number.last + (reader.folded(number.last) in _CLOSINGS)
    word = reader.folded(behind)
    return word.endswith("ا") and not word.endswith("وا") and counts_behind(reader, behind)


def _of_gathering(reader: Reader, number: Number) -> bool:
    """``مهرجان أبها يجمعنا 36``, ``بطولة كأس العرب 9``: which one of a row."""
    near = {reader.folded(at).removeprefix("ال") for at in range(number.first - _TITLE_WORDS, number.first)}
    plain = no_noun(reader, number) and reader.folded(number.first).isdecimal() and number.last == number.first + 1
    before = reader.folded(number.first - 1)
    verb = before in followers("stop") or before.startswith(("ب", "ي", "ت"))
    return bool(near & word_class("gathering")) and plain and not verb and before not in ("(", "،", "و", ":")


def _counts_behind(reader: Reader, number: Number) -> bool:
    """``المؤشر 0.4 %``, ``المنطقة 15 قتيلا``: what follows is counted; a brigade's number may stand before its men."""
    noun = reader.noun(number.last + (reader.folded(number.last) in _CLOSINGS))
    if noun is None:
        return False
    measured = noun.unit.startswith(_MEASURES)
    whole = reader.folded(number.first).isdecimal() and number.last == number.first + 1
    if whole and not measured and number.value % 100 >= _SINGULAR and reader.plural(number.last):
        # المركز 1068 رجال: eleven and more count a singular
        return False
    if any(
        reader.folded(at).removeprefix("ال") in word_class("address") for at in (number.first - 1, number.first - 2)
    ):
        return False
    few = number.value < _SINGULAR and reader.plural(number.last)
    # حدد القرار 8 دوائر
    return measured or few or reader.folded(number.first - 1).removeprefix("ال") not in word_class("formation")


def _lists(reader: Reader, number: Number) -> bool:
    """``1- ``, ``2.`` at the beginning of a line."""
    opens = reader.line_start(number.first) or reader.folded(number.first - 1) in (".", ":")
    if number.first in reader.listed:
        return True
    marked = reader.folded(number.last) in _ORDER_MARKS or reader.dash(number.last)
    if number.digits and reader.folded(number.first - 1) == "." and 1 < number.value < _FIRST_TEEN:
        # 2 تعاطي مخدرات. 3 السفر: what three to ten count is a plural
        alone = reader.noun(number.last) is None and not reader.plural(number.last)
        return alone and plain_word(reader, number.last) and _told_in_row(reader, number)
    return number.digits and opens and marked and number.value < _LONGEST_LIST


def _told_in_row(reader: Reader, number: Number) -> bool:
    """Does the number one less, or one more, stand near, so that both order a list?"""
    near = {reader.folded(at) for at in range(number.first - _ROW, number.last + _ROW) if at != number.first}
    return bool(near & {f"{number.value - 1:.0f}", f"{number.value + 1:.0f}"})


def _one(reader: Reader, number: Number) -> bool:
    """``واحد`` is no count, but of a measure (``واحد في المئة``) or a loss (``قتيل واحد``); nor is nought."""
    if number.value not in (0, 1):
        return False
    noun = reader.noun(number.last)
    if noun is not None:
        return not number.digits and not noun.unit.startswith(("percent", "money"))
    before = nouns().at(reader.text, number.first - 1, clitics=False) if number.first > 0 else None
    single = before is not None and (
        before.value.kind in _LOSSES
        or reader.folded(number.first - 1) in words_of("fates")
        or before.value.unit.startswith(("money", "distance", "area", "weapon"))
        or (before.value.unit == "person" and fated(reader, number.first - 1))
    )
    even = reader.folded(number.first - 2) == "ولو" or reader.folded(number.first - 1).startswith("ولو")
    return not (single and not even and number.value == 1 and not number.digits and not number.definite)


_FIRST_TEEN, _ROW = 11, 15
_SPANS = ("مواسم", "سنوات", "ايام", "اعوام", "اشهر")


def _length_of_time(reader: Reader, number: Number) -> bool:
    """``48 ساعة`` that no expression of time took, ``البالغ من العمر 35``, ``في الثلاثين من عمره``."""
    if number.definite and reader.folded(number.first - 2) in units_of_time():
        # سنوات رئاسته الثماني
        return True
    aged = any(
        reader.folded(at) == "من" and reader.folded(at + 1) in word_class("age")
        for at in range(number.last, number.last + _AGE_REACH)
    )
    if reader.folded(number.last) in word_class("contract"):
        # وقع خمسة عقود: contracts, since no time took the decades
        return False
    # 124 مليون عام 2014: the year is no unit
    if reader.folded(number.last) == "جزء" and reader.folded(number.last + 1) in ("من", "بالمائه", "بالمئه"):
        # 27 جزءا من الثانية
        return True
    if number.definite and reader.folded(number.first - 1).removeprefix("ال").startswith(_SPANS):
        # السنوات العشر, سنواتها الأربعين
        return True
    bound = approximation_before(reader.text, number.first) if no_noun(reader, number) else None
    if bound is not None and reader.folded(bound.first).startswith("و") and bound.first - 1 in reader.timed:
        # لا يقل عن 6 ساعات ولا يزيد عن 8
        return not plain_word(reader, number.last) or reader.folded(number.last) in stops()
    if reader.folded(number.first - 1) == "او" and number.first - 2 in reader.timed and no_noun(reader, number):
        # بعد أسبوعين أو ثلاثة
        return True
    closed = reader.folded(number.last) in _CLOSINGS and reader.folded(number.last + 1) in units_of_time()
    unit_behind = reader.folded(number.last).removeprefix("ال")
    measured = unit_behind in units_of_time() | word_class("springs") or closed
    # ارتفع إلى 5 اليوم: today
    dated = definite(reader, number.last) and not number.definite
    unit = measured and not dated and not reader.folded(number.last + 1)[:4].isdecimal()
    behind_unit = _unit_of_length(reader, number.first - 1) and no_noun(reader, number)
    return aged or unit or behind_unit or _dated(reader, number)


def of_lengths(reader: Reader, number: Number) -> bool:
    """``خمس وسبع وعشر سنوات``: the last of joined numbers tells what they all measure."""
    last = number.last
    for _ in range(_CHAIN_STEP + 1):
        following = read_number(reader.text, last) if last < len(reader.tokens) else None
        if following is None or following.prefix != "و" or not reader.folded(last).startswith("و"):
            return False
        last = following.last
        if reader.folded(last) in units_of_time() and reader.folded(last) not in ("يوم", "عام"):
            return True
    return False


def _unit_of_length(reader: Reader, index: int) -> bool:
    """``لسنوات عشر``: the unit stands before its number."""
    word = reader.folded(index)
    return word[1:] in units_of_time() - {"ساعه", "دقيقه"} and word[0] in "لب" and reader.plural(index)


def _of_years(reader: Reader, number: Number) -> bool:
    """``والي مصر بين 1854 و1863``, ``(1494 - 1517 م)``."""
    for first in (number.first, number.first - 2):
        joined = reader.folded(first - 1) == "بين" and reader.folded(first + 1) == "و"
        if first < 0 or not (joined or reader.dash(first + 1)):
            continue
        lower = read_number(reader.text, first)
        upper = read_number(reader.text, first + 2) if lower is not None and first + 2 < len(reader.tokens) else None
        if lower is not None and upper is not None and years(reader, lower, upper):
            return True
    return False


def _dated(reader: Reader, number: Number) -> bool:
    """``أيام 14``; ``في أربعة أيام 2212 عنصرا`` counts what follows."""
    return reader.folded(number.first - 1) in word_class("dating") and reader.noun(number.last) is None


def _which(reader: Reader, number: Number) -> bool:
    """``التقرير الـ51``, ``قمة العشرين``: under the article, digits and tens count only plurals; else they order."""
    if reader.folded(number.first) in ("الواحده", "الواحد") and number.last > number.first + 1:
        # الجولة الواحدة والعشرين
        return True
    if number.definite and reader.folded(number.first - 1).removeprefix("ال") == _ROUND:
        # دور الأربعة
        return True
    if reader.folded(number.first - 1 - (reader.folded(number.first - 1) == "ال")) in _TIMES:
        # للمرة ال 21 باحثا عن لقبه
        return True
    if not number.definite or not (number.digits or (20 <= number.value <= 90 and number.last == number.first + 1)):
        return False
    if reader.noun(number.last) is not None or _accusative_behind(reader, number):
        return False
    before = number.first - 1
    if before >= 0 and reader.folded(before) in _OPENINGS:
        before -= 1
    if any(
        reader.folded(at).lstrip("وبل").removeprefix("ال") in word_class("gathering")
        for at in range(before - 3, before + 1)
    ):
        return True
    near = reader.plural(before) or (reader.folded(before).startswith("ال") and reader.plural(before - 1))
    return not near


def _from_to(reader: Reader, number: Number) -> bool:
    """``النماذج من 101 إلى 119``: two bare numbers of which nothing is said."""
    for first in (number.first, number.first - 2):
        if first < 1 or reader.folded(first - 1) != "من" or reader.folded(first + 1) not in ("الي", "حتي"):
            continue
        numbers = [read_number(reader.text, at) for at in (first, first + 2) if at < len(reader.tokens)]
        words = {reader.folded(at) for at in range(first - _FROM_REACH, first)}
        told = words & (words_of("change_words") | word_class("number_of") | word_class("toll"))
        if not told and all(one is not None and bare(reader, one) for one in numbers[1:]):
            return number.digits and bare(reader, number)
    return False


def _second_of_pair(reader: Reader, number: Number) -> bool:
    """``الفصلين 3 و4``, ``القرارات 1696 و1737 و1747``: a number joined to one that names."""
    if not number.digits or reader.noun(number.last) is not None:
        return False
    at = number.first
    for _ in range(_CHAIN):
        joined = reader.folded(at - 1) == "و"
        if at < _CHAIN_STEP or not joined or reader.tokens[at - 2].kind != "number":
            return False
        at -= _CHAIN_STEP
        if (at in reader.taken or reader.folded(at - 1) in word_class("dating")) and number.value <= _LONGEST_LIST + 1:
            # يوم 3 و4
            return True
        before = read_number(reader.text, at)
        if before is not None and before.digits and _names_something(reader, before):
            return True
    return False


def _ordered(reader: Reader, number: Number) -> bool:
    """``في اليومين الخامس وال10``: digits joined to an ordinal order like it."""
    if not (number.definite and number.digits and number.prefix == "و" and number.first > 0):
        return False
    match = ordinals().at(reader.text, number.first - 1) if definite(reader, number.first - 1) else None
    return match is not None and match.last == number.first


def _aged(reader: Reader, number: Number) -> bool:
    """``الخامسة والسبعين``, ``التاسعة عشرة``: the ten of an ordinal."""
    ten = number.prefix == "و" and number.definite and not number.digits and 20 <= number.value <= 90
    # التاسعة عشرة: the ten of a teen
    ten = ten or (not number.prefix and not number.digits and number.value == min(_TENS))
    match = ordinals().at(reader.text, number.first - 1) if ten and number.first > 0 else None
    return match is not None and number.first <= match.last <= number.last and match.last != number.first - 1


REFUSALS: tuple[Callable[[Reader, Number], bool], ...] = (
    *LOOKALIKES,
    *CODES,
    *LABELS,
    _names_something,
    _lists,
    _one,
    _length_of_time,
    _of_years,
    _which,
    _from_to,
    _second_of_pair,
    _ordered,
    _aged,
)
