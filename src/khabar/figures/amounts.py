"""A number expression: its value, the words that bound it, the forms in which papers write it, ranges of two."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from khabar.figures.labels import counts_behind
from khabar.figures.numerals import THREE_PLACES, number_at, scored_row
from khabar.figures.reader import Reader
from khabar.figures.shapes import plain
from khabar.figures.words import Noun, nouns, word_class, words_of
from khabar.text.digit_marks import all_thousands
from khabar.text.numbers import Number, approximation_before, scale_at

_OPENING, _CLOSING = frozenset('(«"“'), frozenset(')»"”″')
_SIGNS = {"%": "percent", "٪": "percent", "$": "money:USD", "€": "money:EUR", "£": "money:GBP"}

_MILLIMES, _RATE_REACH, _THOUSAND = re.compile(r"[0-9]{1,3}[.,][0-9]{3}"), 6, 1000
_RATED = frozenset({"صرف", "دولار", "يورو", "عمله"})

_TO = frozenset({"الي", "الى", "حتي", "او"})
_BETWEEN = frozenset({"بين", "وبين", "مابين", "ومابين"})
_AGE_REACH = 5
_YEARS = range(1500, 2100)
_SCALES, _NEARLY = (1e12, 1e9, 1e6, 1e3), 10
_TOLD_REACH = 8
_CHANGE, _FAR_CHANGE = 8, 12
_BOUND_WORDS, _HUNDRED = 5, 100
_WIDEST = 1000
"""Times the lower number; 5 to 806655 are two codes."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number expression: tokens `first` to `last` (left out) with bounds; the tokens of the number itself."""

    first: int
    last: int
    start: int
    end: int
    low: float
    high: float
    approx: bool
    definite: bool
    digits: bool
    rule: str
    score: float
    vague: bool = False
    noun: Noun | None = None
    """Where the expression says itself what it counts (``قتيلين``, ``الثلثين``)."""


def bounded(reader: Reader, number: Number) -> Amount:
    """The number with the words before it that bound it."""
    # تتجاوز ال 80 مليار
    first = number.first - (reader.folded(number.first - 1) == "ال")
    found = approximation_before(reader.text, first) if not number.prefix else None
    least = _least_before(reader, first)
    start = found.start if found is not None else reader.tokens[first - 2].start if least else number.start
    last = _repeated(reader, number)
    millions = _millions(reader, number)
    value = _of_millions(reader, number) if millions else _in_dinars(reader, number) * _lent_scale(reader, number)
    return Amount(
        first=number.first,
        last=millions or last,
        start=start,
        end=reader.tokens[number.last].end if millions else number.end,
        low=value,
        high=value,
        approx=found is not None or least or _before_bracket(reader, number.first) or _after_bound(reader, number.last),
        definite=number.definite,
        digits=number.digits,
        rule="bounded-number" if found else "number",
        score=0.92,
        noun=_unit_told(reader, number, millions=bool(millions)),
    )


def _unit_told(reader: Reader, number: Number, *, millions: bool) -> Noun | None:
    """The unit that is no word behind the number: a sign, an abbreviation, a share of the output."""
    if millions or _dinars(reader, number):
        return Noun("money:dinar", "")
    shared = _of_output(reader, number) or _of_rate(reader, number)
    return Noun("percent", "") if shared else _signed(reader, number)


def _of_output(reader: Reader, number: Number) -> bool:
    """``نسبة الدين 56 من الناتج المحلي``: a share, though it is not said."""
    return reader.folded(number.last) == "من" and reader.folded(number.last + 1) == "الناتج" and number.value < _WIDEST


def _of_rate(reader: Reader, number: Number) -> bool:
    """``تراجع القطاع بنسبة 1.36 ليغلق``: a share with a decimal point behind ``نسبة``, though its sign is left out."""
    led = reader.folded(number.first - 1) in ("نسبه", "بنسبه") and number.digits and number.value < _HUNDRED
    return led and number.value != int(number.value) and not counts_behind(reader, number.last)


def _before_bracket(reader: Reader, index: int) -> bool:
    """``نحو (580) كيلومترا``: the bound stands before the bracket."""
    bracketed = index > 1 and reader.folded(index - 1) in _OPENING
    return bracketed and approximation_before(reader.text, index - 1) is not None


def _repeated(reader: Reader, number: Number) -> int:
    """``39 تسعة وثلاثين شخصا``, ``ستة عشر (16) شابا``: the token behind the same number said again."""
    after = number.last + (reader.folded(number.last) in _CLOSING)
    again = number_at(reader, after) if number.digits else None
    if not number.digits and reader.folded(number.last) == "(":
        digits = number_at(reader, number.last + 1)
        closed = digits is not None and digits.value == number.value and reader.folded(digits.last) == ")"
        return digits.last + 1 if digits is not None and closed else number.last
    return again.last if again is not None and not again.digits and again.value == number.value else number.last


def _millions(reader: Reader, number: Number) -> int:
    """``152 م.د``: the token behind the abbreviated millions of dinars of the Maghreb, else 0."""
    last = number.last + 1 + (reader.folded(number.last + 1) == ".")
    found = number.digits and reader.folded(number.last) == "م" and reader.folded(last) == "د"
    return last + 1 if found else 0


def _of_millions(reader: Reader, number: Number) -> float:
    """``4.072 م.د``: before the abbreviated millions a point sets off no thousands."""
    written = reader.folded(number.first)
    pointed = number.last == number.first + 1 and THREE_PLACES.fullmatch(written) is not None
    return round((float(written) if pointed else number.value) * 1e6)


def _dinars(reader: Reader, number: Number) -> bool:
    """``7،1 د/كغ``: the abbreviated dinar of a price, or of a text that writes it out elsewhere."""
    if not number.digits or reader.folded(number.last) != "د" or reader.folded(number.last + 1) == ".":
        return False
    keyed = reader.folded(number.first + 1) == "ر"
    # 400ر5 د: so the agency keys prices
    return keyed or reader.folded(number.last + 1) == "/" or reader.dinars


def _in_dinars(reader: Reader, number: Number) -> float:
    """``20,000 د``, ``سعر صرف الدولار 2.250 دينار``: three digits behind the mark are thousandths of a dinar."""
    if not number.digits or not _MILLIMES.fullmatch(reader.folded(number.first)) or number.last != number.first + 1:
        return number.value
    near = {reader.folded(at).removeprefix("ال") for at in range(number.first - _RATE_REACH, number.first)}
    noun = reader.noun(number.last)
    rate = noun is not None and noun.unit == "money:dinar" and "سعر" in near and bool(near & _RATED)
    return number.value / _THOUSAND if rate or _dinars(reader, number) else number.value


def _signed(reader: Reader, number: Number) -> Noun | None:
    """``$50``, ``%5``, ``إتمام % 75``: the sign of a unit before the digits, where none stands behind them."""
    unit = _SIGNS.get(reader.folded(number.first - 1))
    digits = reader.tokens[number.first].kind == "number"
    if unit is None or not digits or reader.noun(number.last) is not None:
        return None
    before = reader.tokens[number.first - 2].kind if number.first > 1 else ""
    if not reader.adjacent(number.first):
        return Noun(unit, "") if before == "word" and not reader.adjacent(number.first - 1) else None
    # 5%10: the sign belongs to what stands before it
    return None if before == "number" and reader.adjacent(number.first - 1) else Noun(unit, "")


def bracketed(reader: Reader, number: Number) -> Amount | None:
    """``«18» مليون``, ``(69.965.144) مليون ريال``, where the scale only repeats what the digits say."""
    if (
        not number.digits
        or reader.folded(number.last) not in _CLOSING
        or reader.folded(number.first - 1) not in _OPENING
    ):
        return None
    scale = scale_at(reader.text, number.last + 1)
    if scale is None:
        return None
    written = reader.folded(number.first)
    plain = float(written) if THREE_PLACES.fullmatch(written) else number.value
    value = number.value if number.value >= scale[0] else round(plain * scale[0], 6)
    value = all_thousands(written, value) or value
    end = reader.tokens[scale[1] - 1].end
    near = _before_bracket(reader, number.first)
    return Amount(number.first, scale[1], number.start, end, value, value, near, False, True, "bracketed-number", 0.85)


def echoed(reader: Reader, number: Number) -> Amount | None:
    """``خمسون (50) ألف دينار``: the words, the digits again, then the scale of both."""
    if number.digits or reader.folded(number.last) not in _OPENING or reader.folded(number.last + 2) not in _CLOSING:
        return None
    again, scale = number_at(reader, number.last + 1), scale_at(reader.text, number.last + 3)
    if again is None or again.value != number.value or scale is None:
        return None
    value = number.value * scale[0]
    end = reader.tokens[scale[1] - 1].end
    return Amount(number.first, scale[1], number.start, end, value, value, False, False, False, "echoed-number", 0.85)


def _least_before(reader: Reader, first: int) -> bool:
    """``قتل على الأقل 20 شخصا``."""
    return first > 1 and (reader.folded(first - 2), reader.folded(first - 1)) == ("علي", "الاقل")


def _after_bound(reader: Reader, index: int) -> bool:
    """``على الأقل``, ``تقريبا`` a few words on."""
    words = [reader.folded(at) for at in range(index, index + 5)]
    if "تقريبا" in words:
        return True
    return any(pair in (("علي", "الاقل"), ("علي", "الاكثر")) for pair in itertools.pairwise(words))


def ranged(reader: Reader, number: Number) -> Amount | None:
    """``بين 15 و20``, ``من 20 إلى 30 مليار``, ``15-20 ضابطا``, ``بين 5 كيلومترات و10 كيلومترات``."""
    opening = reader.folded(number.first - 1)
    between = opening in _BETWEEN
    if number.definite and number.digits and reader.noun(number.last) is None and not between:
        return None
    mark = _past_noun(reader, number.last) if between or opening == "من" else number.last
    if reader.dash(mark) and scored_row(reader, number):
        return None
    second = _second(reader, number, mark, between=between)
    if (
        second is not None
        and opening == "من"
        and number.digits
        and second.digits
        and not counts_behind(reader, second.last)
        and not _number_told(reader, number.first)
    ):
        # من 24 إلى 70 بالعقبة: nothing says of what
        return None
    if second is not None and opening == "من" and _alike_in_scale(number, second):
        # خفض المبلغ من 250 إلى 200 مليون: two amounts
        return None
    if second is not None and (years(reader, number, second) or (number.value == 0 and not reader.dash(mark))):
        # من الصفر إلى 100 كلم في الساعة: nought is no bound
        return None
    if second is None or (mark > number.last and not _alike(reader, number.last, second.last)) or _ages(reader, number):
        return None
    low, high = _scaled(number, second, dashed=reader.dash(mark), between=between), second.value
    turned = reader.dash(mark) and reader.adjacent(mark) and number.digits and second.digits
    if low > high and (turned or between):
        low, high = high, low
    if (
        low >= high
        or (low * _WIDEST < high and not reader.folded(second.last)[:1].isalpha())
        or (low < 2 and high < 2 and not reader.folded(second.last))
    ):
        return None
    opened = between or opening == "من"
    first = number.first - 1 if opened else number.first
    if first > 0 and reader.folded(first) == "بين" and reader.folded(first - 1) == "ما":
        first -= 1
    start = reader.tokens[first].start + reader.folded(first).startswith("و") if opened else number.start
    bound = approximation_before(reader.text, number.first) if not between and not number.prefix else None
    # ما يقارب من 15 إلى 17 ألف
    bound = approximation_before(reader.text, first) if bound is None and opening == "من" else bound
    start = bound.start if bound is not None else start
    return Amount(first, second.last, start, second.end, low, high, True, False, number.digits, "range", 0.9)


def _number_told(reader: Reader, first: int) -> bool:
    """``متوسط عدد الأسرة (من 4 إلى 6)``: does a word of counting lead to the range?"""
    near = {reader.folded(at) for at in range(first - _TOLD_REACH, first)}
    return bool(near & word_class("number_of"))


def years(reader: Reader, first: Number, second: Number) -> bool:
    """``والي مصر بين 1854 و1863``: two years that no expression of time took."""
    written = (reader.folded(first.first), reader.folded(second.first))
    plain = first.digits and second.digits and all(word.isdecimal() for word in written)
    counts = reader.noun(second.last) is not None and reader.folded(second.last) not in ("م", "ه")
    return plain and first.value in _YEARS and second.value in _YEARS and not counts


def _second(reader: Reader, number: Number, mark: int, *, between: bool) -> Number | None:
    """The upper number of a range, where the words between make one."""
    word = reader.folded(mark)
    if between and word.startswith("و"):
        second = number_at(reader, mark + 1 if word == "و" else mark)
        joined = second is not None and (word == "و" or second.prefix == "و")
        return second if joined else _bounded_second(reader, mark)
    bound = approximation_before(reader.text, number.first)
    before = reader.folded((bound.first if bound is not None else number.first) - 1)
    told = between or reader.dash(mark) or before in ("بمعدل", "بواقع", "الي")
    if not (word in _TO or reader.dash(mark)) or (not told and _changing(reader, number.first)):
        return None
    second = number_at(reader, mark + 1)
    if second is None or second.prefix or not _counted(reader, number, second, mark):
        return None
    return second


def _bounded_second(reader: Reader, mark: int) -> Number | None:
    """``بين 6 آلاف وأكثر من 12 ألف``: the upper number behind words that bound it."""
    for at in range(mark + 1, min(mark + _BOUND_WORDS, len(reader.tokens))):
        bound = approximation_before(reader.text, at)
        if bound is not None and bound.first == mark and bound.prefix == "و":
            return number_at(reader, at)
    return None


def _past_noun(reader: Reader, index: int) -> int:
    match = nouns().at(reader.text, index, clitics=False) if index < len(reader.tokens) else None
    return match.last if match is not None else index


def _alike(reader: Reader, first: int, second: int) -> bool:
    """Do both numbers of a range count the same unit?"""
    one, other = reader.noun(first), reader.noun(second)
    return one is not None and other is not None and one.unit == other.unit


def _ages(reader: Reader, number: Number) -> bool:
    """``تتراوح أعمارهم بين 20 و30``."""
    words = {reader.folded(at) for at in range(number.first - _AGE_REACH, number.first)}
    return bool(words & word_class("age"))


def _counted(reader: Reader, first: Number, second: Number, mark: int) -> bool:
    """A dash makes a range only before something counted; a score or a code has nothing behind it."""
    if not reader.dash(mark) and reader.folded(mark) != "او":
        return True
    after = second.last + (reader.folded(second.last) in _CLOSING)
    if not reader.dash(mark) and not _in_digits(first, second) and second.value == first.value + 1:
        # خمسة أو ستة أجيال
        return counts_behind(reader, after) or plain(reader, after)
    return reader.noun(after) is not None and (first.value < second.value or reader.dash(mark))


def _in_digits(first: Number, second: Number) -> bool:
    """Is one of two numbers written in digits?"""
    return first.digits or second.digits


def _scaled(first: Number, second: Number, *, dashed: bool, between: bool) -> float:
    """``بين 20 و30 مليار``: the scale word stands only once."""
    scale = _scale_of(second)
    near = first.value < second.value / scale * (_NEARLY if between else 1)
    shares = scale > first.value and (dashed or near)
    return first.value * scale if shares else first.value


def scale_of(value: float) -> float:
    """The greatest scale that a value reaches, 1 below a thousand.

    >>> scale_of(38_400_000), scale_of(482)
    (1000000.0, 1)
    """
    return next((scale for scale in _SCALES if value >= scale), 1)


def _scale_of(number: Number) -> float:
    """The scale that a number is counted in, 1 where no word tells it."""
    return 1 if number.digits else scale_of(number.value)


def _alike_in_scale(first: Number, second: Number) -> bool:
    """``250 إلى 200 مليون``: is the first the greater one, counted in the scale that stands behind the second?"""
    scale = _scale_of(second)
    return scale > 1 and second.value / scale <= first.value < min(scale, _NEARLY * second.value / scale)


def _lent_scale(reader: Reader, number: Number) -> float:
    """``ارتفع من 20 إلى 30 مليارا``, ``من 250 إلى 200 مليون``: the scale that stands only behind the second number."""
    if reader.folded(number.first - 1) != "من" or reader.folded(number.last) not in _TO or number.value >= _WIDEST:
        return 1
    second = number_at(reader, number.last + 1)
    if second is None or second.prefix or number.last + 2 > len(reader.tokens):
        return 1
    scale = _scale_of(second)
    near = second.value / scale / _NEARLY < number.value < _NEARLY * second.value / scale
    return scale if near and number.value < scale and _scale_of(number) == 1 else 1


def _changing(reader: Reader, index: int) -> bool:
    """``ارتفع من 800 إلى 1800`` tells two figures, not a range."""
    reach = _FAR_CHANGE if reader.folded(index - 1) == "من" else _CHANGE
    words = [reader.folded(at) for at in range(max(0, index - reach), index)]
    if reader.folded(index - 1) != "من" and "،" in words:
        # بعد رفع العقوبات، تضيف 300 ألف إلى 500 ألف برميل
        words = words[len(words) - words[::-1].index("،") :]
    words = [word for before, word in zip(["", *words], words, strict=False) if (before, word) != ("علي", "ارتفاع")]
    return any(word in words_of("change_words") or word.lstrip("وفسل") in words_of("change_words") for word in words)
