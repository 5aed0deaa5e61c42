"""Lengths of time and what is counted with them: ``ثلاثة أشهر``, ``قبل يومين``, ``بعد ذلك بثلاثة أيام``, ``كل عام``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from khabar.text.numbers import Number, approximation_before
from khabar.text.phrases import Match
from khabar.times.meaning import Found, Length, Meaning
from khabar.times.pieces import year_number
from khabar.times.tense import is_future
from khabar.times.words import View, Word, words_of

_FRACTIONS = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3}
_AND_FRACTION = {"ونصف": 0.5, "والنصف": 0.5, "وربع": 0.25}
_BEFORE = frozenset({"قبل", "وقبل", "فقبل"})
_AFTER = frozenset({"بعد", "وبعد", "فبعد"})
_THEN = {"بعدها": 1, "وبعدها": 1, "بعدئذ": 1, "قبلها": -1, "وقبلها": -1}
_NEAR, _CLAUSE = 5, 7
_IF = frozenset({"اذا", "واذا", "ان لم"})
_NEAR_YEARS = range(2001, 2100)
_SCALES = frozenset({1e3, 1e6, 1e9})
_NO_OWNER = frozenset({"الي", "الا", "الذي", "التي", "الامر", "ال"})
_MOST_DECADES, _MOST_NIGHTS = 20, 100
_OPENING, _CLOSING = frozenset({"(", "«", '"', "“"}), frozenset({")", "»", '"', "”"})
_YEAR_DIGITS, _SIGNED_WITHIN = 4, 12
_UP_TO = frozenset({"الي", "-", "–", "او", "حتي"})
NARRATED = "narrated-after"
_ONLY = frozenset({"فقط", "تقريبا"})
_STAFF, _SHORT_STAFF = ("يين", "دراء", "قيمين", "مديرين", "مناء", "مينين"), 4
_HOUR = 60
_NOONS = frozenset({"النهار", "الليل", "الزوال", "الظهر"})
_OF_TIME = frozenset({"الزمن", "الزمان", "الان"})
_FROM_THERE = frozenset({"من", "علي", "عن", "مما", "ممن"})


@dataclass(frozen=True, slots=True)
class _Read:
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


def _with_number(view: View, index: int, *, ranged: bool = False) -> _Read | None:
    """``ثلاثة أشهر``, ``48 ساعة``, ``نصف ساعة``."""
    if view.folded(index) in _FRACTIONS:
        unit = _unit(view, index + 1, "singular")
        if unit is None or unit.prefix or unit.value.definite:
            return None
        length = Length(_FRACTIONS[view.folded(index)], unit.value.row["unit"])
        return _Read(length, unit.last, view.tokens[index].start, unit.end, "")
    number = view.number(index)
    if number is None:
        return None
    # خلال (15) سنة, خلال «15» يوما
    closed = number.digits and view.folded(number.last) in _CLOSING and view.folded(index - 1) in _OPENING
    unit = _unit(view, number.last + 1 if closed else number.last, "singular", "plural")
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
    return _Read(Length(number.value, unit.value.row["unit"]), unit.last, number.start, unit.end, number.prefix)


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
    return any(word in words_of("contract_cues") for word in before)


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


def _dual(view: View, index: int) -> _Read | None:
    """``عامين``, ``اليومين``."""
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
    return _Read(Length(2, unit.value.row["unit"]), last, unit.start, view.tokens[last - 1].end, unit.prefix)


def _definite(view: View, index: int) -> _Read | None:
    """``الأشهر الستة``, ``الساعات الـ24``."""
    unit = _unit(view, index, "plural")
    number = view.number(unit.last) if unit is not None and unit.value.definite else None
    if unit is None or number is None or not number.definite or number.prefix:
        return None
    return _Read(Length(number.value, unit.value.row["unit"]), number.last, unit.start, number.end, unit.prefix)


def _single(view: View, index: int) -> _Read | None:
    """``عام`` after ``لمدة`` or ``منذ``, ``عاما دراسيا``, ``قرابة الساعة``."""
    unit = _unit(view, index, "singular")
    if unit is not None and unit.value.row["unit"] == "hour" and view.word_in(unit.last, "day_parts") is not None:
        # حوالي الساعة منتصف النهار
        return None
    if unit is not None and unit.prefix == "ب" and view.folded(unit.last) in ("واحد", "واحده"):
        # قبل المباراة بيوم واحد
        return _Read(Length(1, unit.value.row["unit"]), unit.last, unit.start, unit.end, unit.prefix)
    if unit is None or unit.prefix not in ("", "ل"):
        return None
    read = _Read(Length(1, unit.value.row["unit"]), unit.last, unit.start, unit.end, unit.prefix)
    near = approximation_before(view.text, index) is not None
    if unit.value.definite:
        alone = unit.value.row["unit"] in ("hour", "week", "month", "year") and near and view.ordinal(unit.last) is None
        return read if alone and view.number(unit.last) is None and view.digits(unit.last) is None else None
    if view.folded(unit.last) in _AND_FRACTION:
        return read
    if view.folded(unit.last) in words_of("length_adjectives"):
        return read if view.ordinal(index - 1) is None else None
    cued = near or view.folded(index - 1) in words_of("duration_cues")
    return read if cued and not unit.prefix and _ends_here(view, unit) else None


def _ends_here(view: View, unit: Match[Word]) -> bool:
    """Does the bare unit stand for a length, and not open a name or a date (``بعد عقد اجتماع``)?"""
    following = view.word(unit.last)
    if following is not None and following.value.table in ("months", "weekdays", "seasons") and not following.prefix:
        return False
    if view.ordinal(unit.last) is not None or view.digits(unit.last) is not None:
        return False
    owner = view.folded(unit.last)
    if owner.startswith("ال") and owner not in _NO_OWNER and view.direction(unit.last) is None:
        # منذ ساعة الإفطار
        return False
    if unit.value.row["unit"] in ("decade", "second"):
        after = view.folded(unit.last)
        return after in ("", "من", "علي") or view.tokens[unit.last].kind == "mark"
    return True


def read_length(view: View, index: int) -> _Read | None:
    """The length that begins in a token, with its half and its ``الماضية``."""
    for rule in (_with_number, _dual, _definite, _single):
        read = rule(view, index)
        if read is not None:
            return _extended(view, _with_minutes(view, read))
    return None


def _with_minutes(view: View, read: _Read) -> _Read:
    """``23 ساعة و5 دقائق``: one length, in minutes."""
    if read.length.unit != "hour" or not view.folded(read.last).startswith("و"):
        return read
    at = read.last + 1 if view.folded(read.last) == "و" else read.last
    number = view.number(at)
    unit = _unit(view, number.last, "singular", "plural") if number is not None else None
    if number is None or unit is None or unit.prefix or unit.value.row["unit"] != "minute" or number.value >= _HOUR:
        return read
    minutes = Length(read.length.amount * _HOUR + number.value, "minute")
    return replace(read, length=minutes, last=unit.last, end=unit.end)


def _extended(view: View, read: _Read) -> _Read:
    length, last = read.length, read.last
    if view.folded(last) in _AND_FRACTION:
        length = Length(length.amount + _AND_FRACTION[view.folded(last)], length.unit)
        last += 1
        again = _unit(view, last, "singular")
        last = again.last if again is not None and again.value.definite and not again.prefix else last
    if view.folded(last) == "و" and "و" + view.folded(last + 1) in _AND_FRACTION:
        length = Length(length.amount + _AND_FRACTION["و" + view.folded(last + 1)], length.unit)
        last += 2
    if view.folded(last) in _fitting_adjectives() and length.amount == 1:
        last += 1
    if view.direction(last) in ("-1", "1", "past", "last"):
        last += 1
    return _Read(length, last, read.start, view.tokens[last - 1].end, read.prefix)


def _without_particle(view: View, start: int) -> int:
    """``بنحو 30 يوما``, ``في حدود الساعة``: the preposition stays outside."""
    text = view.text.text
    return start + (1 if text[start] == "ب" else len("في ") if text.startswith("في ", start) else 0)


@cache
def _fitting_adjectives() -> frozenset[str]:
    """``عام واحد``, ``عاما كاملا``, ``سنة دراسية``, ``أسبوع تقريبا``."""
    masculine = {"واحد", "كامل", "دراسي"}
    return frozenset(word for word in words_of("length_adjectives") if word[-1] in "اه" or word in masculine)


def length(view: View, index: int) -> Found | None:
    """A length of time (``P3M``)."""
    read = read_length(view, index)
    if read is None:
        return None
    near = approximation_before(view.text, index) if not read.prefix else None
    start = read.start if near is None else _without_particle(view, near.start)
    return Found(index, read.last, start, read.end, read.length, "length", 0.93)


def range_of_lengths(view: View, index: int) -> Found | None:
    """``بين 25 و42 سنة``, ``من ثلاث إلى خمس سنوات``, ``10-12 شهرا``: the least and the most."""
    first = view.number(index)
    if first is None or first.prefix or first.definite:
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
    return Found(index, read.last, start, read.end, replace(read.length, least=least), "range-of-lengths", 0.9)


def _scale(view: View, index: int, first: Number, length: Length) -> float:
    """``بين 300 و350 ألف عام``: the thousands stand only once."""
    second = view.digits(index) or view.digits(index + 1) or 0
    scale = length.amount / second if second and first.digits else 1
    return scale if scale in _SCALES and first.value < second else 1


def counted_from_passage(view: View, index: int) -> Found | None:
    """``بعد ذلك بثلاثة أيام``, ``قبلها بيوم``: counted from the date that the passage has set."""
    folded = view.folded(index)
    sign, at = _THEN.get(folded, 0), index + 1
    if not sign and folded in _BEFORE | _AFTER and view.folded(index + 1) == "ذلك":
        sign, at = (1 if folded in _AFTER else -1), index + 2
    if not sign:
        return None
    read = read_length(view, at) or _single_day(view, at)
    if read is None or read.prefix != "ب":
        return None
    start = view.tokens[index].start + (1 if folded[0] in "وف" else 0)
    meaning = Meaning(shift=(read.length.unit, sign * read.length.amount), passage=True)
    return Found(index, read.last, start, read.end, meaning, "counted-from-passage", 0.85)


def _single_day(view: View, index: int) -> _Read | None:
    unit = _unit(view, index, "singular")
    if unit is None or unit.prefix != "ب":
        return None
    return _Read(Length(1, unit.value.row["unit"]), unit.last, unit.start, unit.end, unit.prefix)


def counted_from_now(view: View, index: int) -> Found | None:
    """``قبل أسبوعين``; ``بعد يومين`` where the clause looks ahead.  ``قبل ثلاثة أيام من`` is only a length."""
    folded = view.folded(index)
    if folded not in _BEFORE | _AFTER:
        return None
    at = index + 1
    near = approximation_at(view, at)
    read = read_length(view, near if near is not None else at)
    then = read.last + (view.folded(read.last) in _ONLY) if read is not None else 0
    if read is None or read.prefix or _from_there(view, index, then) or _directed(view, read.last - 1):
        return None
    if folded in _BEFORE and any(view.folded(at) == "لن" for at in range(max(0, index - _NEAR), index)):
        # لن تصل قبل ستة أشهر
        return None
    if folded in _AFTER and any(view.folded(at) in _IF for at in range(max(0, index - _CLAUSE), index)):
        # إذا لم يتم الدفع بعد سبعة أيام
        return None
    if folded in _AFTER and not is_future(view, index):
        return _narrated(view, index, read) if near is None else None
    sign = -1 if folded in _BEFORE else 1
    start = view.tokens[index].start + (1 if folded[0] in "وف" else 0)
    meaning = Meaning(shift=(read.length.unit, sign * read.length.amount))
    return Found(index, read.last, start, read.end, meaning, "counted-from-now", 0.9)


def _from_there(view: View, index: int, then: int) -> bool:
    """``قبل عامين من`` counts from a thing; ``قبل عقدين من الزمن``, ``قبل عام مما أثار`` from now."""
    following = view.folded(then)
    if following == "او" and view.number(then + 1) is not None:
        # قبل يومين أو ثلاثة من التصويت
        then += 2
        following = view.folded(then)
    if view.folded(index) in _BEFORE and (following == "مما" or view.folded(then + 1) in _OF_TIME):
        return False
    return following in _FROM_THERE


def _narrated(view: View, index: int, read: _Read) -> Found | None:
    """``وبعد أسبوع اعتقلت``: so long after what was told before; it stays a length where no day was told."""
    if read.length.unit not in ("day", "week", "month") or read.length.amount != int(read.length.amount):
        return None
    start = view.tokens[index].start + (1 if view.folded(index)[0] in "وف" else 0)
    meaning = Meaning(shift=(read.length.unit, read.length.amount), passage=True)
    return Found(index, read.last, start, read.end, meaning, NARRATED, 0.7)


def _directed(view: View, index: int) -> bool:
    return view.direction(index) is not None


def approximation_at(view: View, index: int) -> int | None:
    """The token after ``نحو`` and the like where they begin in a token."""
    match = view.approximation(index)
    return match.last if match is not None and not match.prefix else None
