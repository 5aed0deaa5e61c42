"""Lengths of time: ``ثلاثة أشهر``, ``ثمانيا وأربعين ساعة``, ``بين 25 و42 سنة``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from khabar.text.numbers import Number, approximation_before
from khabar.text.phrases import Match
from khabar.times.meaning import Found, Length
from khabar.times.pieces import year_number
from khabar.times.words import View, Word, accusative_units, values_of, words_as, words_of

_NEAR_YEARS = range(2001, 2100)
_SCALES = frozenset({1e3, 1e6, 1e9})
_NO_OWNER = frozenset({"الي", "الا", "الذي", "التي", "الامر", "ال"})
_MOST_DECADES, _MOST_NIGHTS = 20, 100
_OPENING, _CLOSING = frozenset({"(", "«", '"', "“"}), frozenset({")", "»", '"', "”"})
_YEAR_DIGITS, _SIGNED_WITHIN = 4, 12
_UP_TO = frozenset({"الي", "-", "–", "او", "حتي"})
_STAFF, _SHORT_STAFF = ("يين", "دراء", "قيمين", "مديرين", "مناء", "مينين"), 4
_HOUR = 60
_PARTS = {"hour": ("minute", _HOUR), "year": ("month", 12)}
_HOURS_MINUTES = re.compile(r"(\d{1,2}):([0-5]\d)\Z")
_TEN = 10
_MOURNING = frozenset({"صمت", "حداد", "صمتا", "حدادا"})
_PRISON = frozenset({"سجن", "سجنا", "حبس", "حبسا"})
_TENS, _QUARTERS = range(20, 100, 10), 3
_MOST_OR = 100
_STUDY = "دراسي"
_ADVERBIAL = frozenset({"شهرا", "اسبوعا"})
_NOONS = frozenset({"النهار", "الليل", "الزوال", "الظهر"})


@dataclass(frozen=True, slots=True)
class Read:
    """A length as it stands in the text, from its first character to token `last` (left out)."""

    length: Length
    last: int
    start: int
    end: int
    prefix: str


def _unit(view: View, index: int, *numbers: str) -> Match[Word] | None:
    match = view.word_in(index, "time_units")
    return match if match is not None and match.value.row["number"] in numbers else None


def single_unit(view: View, index: int) -> Match[Word] | None:
    """``عام``, ``شهر``: one unit of time."""
    return _unit(view, index, "singular")


def _accusative(view: View, index: int) -> Read | None:
    """``ثمانيا وأربعين ساعة``: ones in the accusative before their tens."""
    ones = accusative_units().get(view.folded(index))
    tens = view.number(index + 1) if ones is not None else None
    if ones is None or tens is None or tens.prefix != "و" or tens.value not in _TENS:
        return None
    unit = _unit(view, tens.last, "singular")
    if unit is None or unit.prefix or unit.value.definite:
        return None
    return Read(Length(ones + tens.value, unit.value.row["unit"]), unit.last, view.tokens[index].start, unit.end, "")


def _by_the_clock(view: View, index: int) -> Read | None:
    """``14:30 ساعة``: hours and minutes."""
    match = _HOURS_MINUTES.match(view.folded(index))
    unit = _unit(view, index + 1, "singular") if match is not None else None
    if match is None or unit is None or unit.prefix or unit.value.row["unit"] != "hour" or unit.value.definite:
        return None
    minutes = Length(int(match[1]) * _HOUR + int(match[2]), "minute")
    return Read(minutes, unit.last, view.tokens[index].start, unit.end, "")


def _three_quarters(view: View, index: int) -> Read | None:
    """``ثلاثة أرباع الساعة``."""
    number = view.number(index)
    if number is None or number.prefix or number.value != _QUARTERS or view.folded(number.last) != "ارباع":
        return None
    unit = _unit(view, number.last + 1, "singular")
    if unit is None or unit.prefix or unit.value.row["unit"] not in ("hour", "century"):
        return None
    return Read(Length(number.value / 4, unit.value.row["unit"]), unit.last, number.start, unit.end, "")


def _with_number(view: View, index: int, *, ranged: bool = False) -> Read | None:
    """``ثلاثة أشهر``, ``48 ساعة``, ``نصف ساعة``."""
    if view.folded(index) in values_of("unit_fractions", "share"):
        unit = _unit(view, index + 1, "singular")
        if unit is None or unit.prefix or unit.value.definite:
            return None
        length = Length(_share("unit_fractions", view.folded(index)), unit.value.row["unit"])
        return Read(length, unit.last, view.tokens[index].start, unit.end, "")
    number = view.number(index)
    if number is None:
        return None
    # خلال (15) سنة, خلال «15» يوما
    closed = number.digits and view.folded(number.last) in _CLOSING and view.folded(index - 1) in _OPENING
    unit = _unit(view, number.last + 1 if closed else number.last, "singular", "plural", "counted")
    if unit is None or unit.prefix or unit.value.definite or _names_a_day(view, unit):
        return None
    if unit.value.row["unit"] == "night" and number.value > _MOST_NIGHTS:
        # 17 مليون ليلة: what hotels sell
        return None
    coded = number.digits and not ranged and _no_count(view, number, unit.value.row["unit"])
    if coded or _contracts(view, number, unit):
        return None
    if number.digits and unit.value.row["unit"] == "day" and year_number(view, index) and view.digits(unit.last):
        # دورة 2017 أيام 15 و16 جوان
        return None
    if number.digits and unit.value.row["unit"] == "year" and number.value in _NEAR_YEARS:
        # شعار 2016 سنة حقوق الإنسان
        return None
    if unit.value.row["unit"] == "minute" and _minutes_of_hour(view, number):
        return None
    if unit.value.row["unit"] == "year" and year_like(view, unit.last):
        # 15.14 عام 2014
        return None
    return Read(Length(number.value, unit.value.row["unit"]), unit.last, number.start, unit.end, number.prefix)


def _minutes_of_hour(view: View, number: Number) -> bool:
    """``الثالثة فجرا و13 دقيقة``: no length."""
    before = number.first - 2 if view.folded(number.first - 1) == "و" else number.first - 1
    joined = number.prefix == "و" or before != number.first - 1
    return joined and (view.word_in(before, "day_parts") is not None or view.folded(before) in _NOONS)


def year_like(view: View, index: int) -> bool:
    """Four digits that can be a year."""
    return len(view.folded(index)) == _YEAR_DIGITS and view.digits(index) is not None


def _contracts(view: View, number: Number, unit: Match[Word]) -> bool:
    """``وقع خمسة عقود لمشاريع``: contracts are written like decades."""
    if unit.value.row["unit"] == "decade" and number.digits and view.folded(unit.last - 1) == "عقد":
        # المؤتمر 13 عقد من 4 إلى 6 يونيو: it was held
        return True
    if unit.value.row["unit"] != "decade" or view.folded(number.first - 1) in words_of("duration_cues"):
        return False
    before = [view.folded(at) for at in range(max(0, number.first - _SIGNED_WITHIN), number.first)]
    return any(word in words_as("trade_words", "contract") for word in before)


def _no_count(view: View, number: Number, unit: str) -> bool:
    """``2017-405 عقد``: part of a longer row of digits, or contracts (عقد) for decades."""
    glued = view.folded(number.first - 1) in ("-", "/", ".") and view.adjacent(number.first)
    if (glued and view.digits(number.first - 2) is not None) or (unit == "decade" and number.value > _MOST_DECADES):
        return True
    # 16.715 ليلة: what a hotel sells
    return unit == "night" and number.value > _MOST_NIGHTS


def _names_a_day(view: View, unit: Match[Word]) -> bool:
    """``ثانية يوم الخميس``: the unit opens a date of its own."""
    return unit.value.row["unit"] == "day" and view.word_in(unit.last, "weekdays") is not None


def _dual(view: View, index: int) -> Read | None:
    """``عامين``, ``اليومين``, ``سنتي سجن``."""
    unit = _unit(view, index, "pair")
    if unit is not None and view.folded(unit.last).removeprefix("ال") in _PRISON:
        return Read(Length(2, unit.value.row["unit"]), unit.last, unit.start, unit.end, unit.prefix)
    unit = _unit(view, index, "dual")
    # في الدقيقتين 50 و90: which minutes, not how many
    if unit is None or (unit.value.definite and view.digits(unit.last) is not None):
        return None
    titled = unit.value.row["unit"] == "year" and view.folded(index - 1).lstrip("وفب")[:2] == "ال"
    staff = view.folded(index - 1)
    if unit.value.row["unit"] == "year" and not unit.prefix and staff.endswith(_STAFF) and len(staff) > _SHORT_STAFF:
        # مدراء عامين, قيمين عامين
        return None
    if unit.value.definite and titled and view.direction(unit.last) is None:
        # الأمينان العامان
        return None
    # اثنين after a dual only stresses it
    last = unit.last + 1 if view.folded(unit.last) in ("اثنين", "اثنتين", "اثنان") else unit.last
    return Read(Length(2, unit.value.row["unit"]), last, unit.start, view.tokens[last - 1].end, unit.prefix)


def _definite(view: View, index: int) -> Read | None:
    """``الأشهر الستة``, ``الساعات الـ24``."""
    counted = view.number(index)
    units = _unit(view, counted.last, "plural") if counted is not None and counted.definite else None
    if counted is not None and units is not None and units.value.definite and not units.prefix and not counted.digits:
        # الخمس السنوات
        length = Length(counted.value, units.value.row["unit"])
        return Read(length, units.last, counted.start, units.end, counted.prefix)
    unit = _unit(view, index, "plural")
    number = view.number(unit.last) if unit is not None else None
    if unit is None or number is None or number.definite != unit.value.definite or number.prefix:
        return None
    if not unit.value.definite and (number.digits or number.value > _TEN or _noun_behind(view, number.last)):
        # سنوات عشر, but أيام خمسة لاعبين
        return None
    return Read(Length(number.value, unit.value.row["unit"]), number.last, unit.start, number.end, unit.prefix)


def _noun_behind(view: View, index: int) -> bool:
    return index < len(view.tokens) and view.tokens[index].kind == "word" and not _leads_on(view, index)


def _single(view: View, index: int) -> Read | None:
    """``عام`` after ``لمدة`` or ``منذ``, ``عاما دراسيا``, ``قرابة الساعة``."""
    unit = _unit(view, index, "singular")
    if unit is not None and unit.value.row["unit"] == "hour" and view.word_in(unit.last, "day_parts") is not None:
        # حوالي الساعة منتصف النهار
        return None
    if unit is not None and unit.value.row["unit"] == "minute" and view.folded(unit.last) in _MOURNING:
        return Read(Length(1, "minute"), unit.last, unit.start, unit.end, unit.prefix)
    if unit is not None and unit.prefix == "ب" and view.folded(unit.last) in ("واحد", "واحده"):
        # قبل المباراة بيوم واحد
        return Read(Length(1, unit.value.row["unit"]), unit.last, unit.start, unit.end, unit.prefix)
    if unit is None or unit.prefix not in ("", "ل"):
        return None
    read = Read(Length(1, unit.value.row["unit"]), unit.last, unit.start, unit.end, unit.prefix)
    pair = _unit(view, unit.last + 1, "dual") if view.folded(unit.last) == "او" and not unit.value.definite else None
    if pair is not None and not pair.prefix and pair.value.row["unit"] == unit.value.row["unit"]:
        # ليوم أو يومين
        return Read(Length(2, unit.value.row["unit"], least=1), pair.last, unit.start, pair.end, unit.prefix)
    near = approximation_before(view.text, index) is not None
    if unit.value.definite:
        alone = unit.value.row["unit"] in ("hour", "week", "month", "year") and near and view.ordinal(unit.last) is None
        return read if alone and view.number(unit.last) is None and view.digits(unit.last) is None else None
    if view.folded(unit.last) in values_of("unit_fractions", "share"):
        return read
    if view.folded(unit.last) in words_of("length_adjectives"):
        studied = view.folded(unit.last).startswith(_STUDY) and unit.value.row["unit"] != "year"
        # يوما دراسيا: a seminar
        return read if view.ordinal(index - 1) is None and not studied else None
    if not unit.prefix and (_lasting(view, unit) or _since_then(view, index, unit)):
        return read
    cued = near or view.folded(index - 1) in words_of("duration_cues")
    parted = _with_minutes(view, read) if unit.value.row["unit"] == "year" else read
    if parted is not read and not unit.prefix:
        # سنة وأربعة أشهر
        return read
    # منذ حوالي أسبوع العديد من: what is approximate has no owner
    ends = _ends_here(view, unit, owned=not near or unit.value.row["unit"] == "hour")
    return read if cued and not unit.prefix and ends else None


def _lasting(view: View, unit: Match[Word]) -> bool:
    """``أغلقت المدرسة أسبوعا``, ``في أسبوع.``: so long."""
    if view.folded(unit.first) in _ADVERBIAL and _ends_here(view, unit):
        return True
    closed = unit.last >= len(view.tokens) or view.tokens[unit.last].kind == "mark"
    return view.folded(unit.first - 1) == "في" and unit.value.row["unit"] in ("week", "month") and closed


def _since_then(view: View, index: int, unit: Match[Word]) -> bool:
    """``عام على الزلزال: ...``: the head of an anniversary's report."""
    opens = index == 0 or not view.same_line(index - 1, index)
    return opens and view.folded(unit.last) == "علي" and unit.value.row["unit"] in ("week", "month", "year")


def _ends_here(view: View, unit: Match[Word], *, owned: bool = True) -> bool:
    """Does the bare unit stand for a length, and not open a name or a date (``بعد عقد اجتماع``)?"""
    following = view.word(unit.last)
    if following is not None and following.value.table in ("months", "weekdays", "seasons") and not following.prefix:
        return False
    if view.ordinal(unit.last) is not None or view.digits(unit.last) is not None:
        return False
    owner = view.folded(unit.last)
    if owned and owner.startswith("ال") and owner not in _NO_OWNER and view.direction(unit.last) is None:
        # منذ ساعة الإفطار
        return False
    if unit.value.row["unit"] in ("decade", "second"):
        after = view.folded(unit.last)
        return after in ("", "من", "علي") or view.tokens[unit.last].kind == "mark"
    return True


def read_length(view: View, index: int) -> Read | None:
    """The length that begins in a token, with its half and its ``الماضية``."""
    for rule in (_accusative, _three_quarters, _by_the_clock, _with_number, _dual, _definite, _single):
        read = rule(view, index)
        if read is not None:
            return _extended(view, _with_minutes(view, read))
    return None


def _with_minutes(view: View, read: Read) -> Read:
    """``23 ساعة و5 دقائق``, ``سنة وثلاثة أشهر``: one length, in the smaller unit."""
    smaller, times = _PARTS.get(read.length.unit, ("", 0))
    if not smaller or not view.folded(read.last).startswith("و"):
        return read
    at = read.last + 1 if view.folded(read.last) == "و" else read.last
    number = view.number(at)
    unit = _unit(view, number.last, "singular", "plural") if number is not None else None
    if number is None or unit is None or unit.prefix or unit.value.row["unit"] != smaller or number.value >= times:
        return read
    whole = Length(read.length.amount * times + number.value, smaller)
    return replace(read, length=whole, last=unit.last, end=unit.end)


def _extended(view: View, read: Read) -> Read:
    length, last = read.length, read.last
    if view.folded(last) in values_of("unit_fractions", "share"):
        length = Length(length.amount + _share("unit_fractions", view.folded(last)), length.unit)
        last += 1
        again = _unit(view, last, "singular")
        same = again is not None and (again.value.definite or again.value.row["unit"] == length.unit)
        last = again.last if again is not None and same and not again.prefix else last
    if view.folded(last) == "و" and "و" + view.folded(last + 1) in values_of("unit_fractions", "share"):
        length = Length(length.amount + _share("unit_fractions", "و" + view.folded(last + 1)), length.unit)
        last += 2
    if view.folded(last) in _fitting_adjectives() and length.amount == 1:
        last += 1
    if view.direction(last) in ("-1", "1", "past", "last"):
        last += 1
    return Read(length, last, read.start, view.tokens[last - 1].end, read.prefix)


def _without_particle(view: View, start: int) -> int:
    """``بنحو 30 يوما``, ``في حدود الساعة``: the preposition stays outside."""
    text = view.text.text
    return start + (1 if text[start] == "ب" else len("في ") if text.startswith("في ", start) else 0)


@cache
def _fitting_adjectives() -> frozenset[str]:
    """``عام واحد``, ``عاما كاملا``, ``سنة دراسية``, ``أسبوع تقريبا``."""
    masculine = {"واحد", "كامل", "دراسي"}
    led_on = {"قابله"}
    return frozenset(word for word in words_of("length_adjectives") - led_on if word[-1] in "اه" or word in masculine)


def length(view: View, index: int) -> Found | None:
    """A length of time (``P3M``)."""
    read = read_length(view, index)
    if read is None:
        return None
    near = approximation_before(view.text, index) if not read.prefix else None
    start = read.start if near is None else _without_particle(view, near.start)
    read = _or_more(view, read)
    return Found(index, read.last, start, read.end, read.length, "length", 0.93)


def _or_more(view: View, read: Read) -> Read:
    """``شهرين أو ثلاثة``: the least and the most, the unit only once."""
    number = view.number(read.last + 1) if view.folded(read.last) == "او" else None
    if number is None or number.prefix or number.digits or not read.length.amount < number.value < _MOST_OR:
        return read
    if _noun_behind(view, number.last) and view.folded(number.last) != "من":
        return read
    length = replace(read.length, amount=number.value, least=read.length.amount)
    return replace(read, length=length, last=number.last, end=number.end)


def _leads_on(view: View, index: int) -> bool:
    """Is the word no noun that the number before it would count?"""
    folded = view.folded(index)
    return folded.startswith("ال") or folded[:1] in "وفب" or folded in words_of("past_verbs")


def range_of_lengths(view: View, index: int) -> Found | None:
    """``بين 25 و42 سنة``, ``من ثلاث إلى خمس سنوات``, ``10-12 شهرا``: the least and the most."""
    first = view.number(index)
    if first is None or first.prefix:
        return None
    if first.definite and view.folded(index - 1) not in ("بين", "وبين") and view.folded(first.last) != "او":
        return None
    mark, opening = view.folded(first.last), view.folded(index - 1)
    between = opening in ("بين", "وبين")
    if between and mark.startswith("و"):
        at = first.last + 1 if mark == "و" else first.last
    elif mark in _UP_TO:
        at = first.last + 1
    else:
        return None
    read = _with_number(view, at, ranged=True)
    if read is None or read.prefix not in (("", "و") if between else ("",)) or read.length.amount <= first.value:
        return None
    least = first.value * _scale(view, at, first, read.length)
    opened = between or opening == "من"
    start = view.tokens[index - 1].start + (opening == "وبين") if opened else first.start
    last = read.last + (view.direction(read.last) in ("-1", "1", "past", "last"))
    end = view.tokens[last - 1].end if last > read.last else read.end
    return Found(index, last, start, end, replace(read.length, least=least), "range-of-lengths", 0.9)


def _scale(view: View, index: int, first: Number, length: Length) -> float:
    """``بين 300 و350 ألف عام``: the thousands stand only once."""
    second = view.digits(index) or view.digits(index + 1) or 0
    scale = length.amount / second if second and first.digits else 1
    return scale if scale in _SCALES and first.value < second else 1


def _share(name: str, folded: str) -> float:
    return float(Fraction(values_of(name, "share")[folded]))
