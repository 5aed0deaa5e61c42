"""What is no figure: numbers that name (``المادة 16``), order, date, score, file or are part of a code."""

from __future__ import annotations

from collections.abc import Callable

from khabar.figures.lookalikes import LOOKALIKES, no_noun, plain_word
from khabar.figures.reader import Reader, followers, nouns, numbered_nouns, ordinals, units_of_time
from khabar.text.numbers import Number, approximation_before, read_number

_PLACE_MARKS = frozenset("-–—/:+.*_×")
_WORLDWIDE = frozenset({"عالميا", "دوليا", "عربيا", "افريقيا", "محليا"})
_OF_AGE = frozenset({"عمره", "عمرها", "العمر", "عمرهم", "عمري"})
_DATING = frozenset({"العمر", "يوم", "عام", "سنه", "ايام", "يومي"})
_LEAST_PHONE_DIGITS = 7
_METRES = frozenset({"م", "كم", "كلم"})
_QUOTES = frozenset('"«»“”')
_TITLE_WORDS = 4
_MEASURES = ("percent", "money", "area", "distance")
_FORMATIONS = frozenset({"لواء", "فرقه", "كتيبه", "فوج", "سريه", "قرار", "ماده", "قانون"})
_ADDRESSES = frozenset({"بريدي", "هاتف", "فاكس", "جوال", "رقم", "تحويله"})
_LOSSES = frozenset({"dead", "wounded", "arrested", "missing"})
_SCORE_MARKS = frozenset({"/", "×"})
_LEAST_DIALLED = 100
_DIAL_REACH = 8
_DIALS = frozenset({"الساخن", "المجاني", "الموحد", "الهاتفي", "sms", "هاتف", "الهاتف", "هاتفيين", "الهاتفيه"})
_CARRIERS = frozenset({"stc", "mobily", "zain", "الاتصالات", "موبايلي", "زين"})
_GATHERINGS = frozenset(
    {"بطوله", "دوره", "مهرجان", "موتمر", "نسخه", "قمه", "اجتماع", "ملتقي", "معرض", "جلسه", "كاس", "دوري"}
)
_OPENINGS = frozenset({"(", "«", '"', "-"})
_TENS = frozenset({10, 20})
_COUNTS = frozenset({"عدد", "رقم"})
_OF_YEAR = frozenset({"لسنه", "لعام", "المورخ", "مورخ", "الصادر"})
_CLOSINGS = frozenset(')»"”')
_PARTICLE = 3
_LONGEST_LIST = 30
_CHAIN, _CHAIN_STEP = 12, 2
_AGE_REACH = 3
_ERAS = frozenset({"ميلاديه", "هجريه", "ميلادي", "هجري", "ميلاديا", "هجريا"})
_RESULTS = frozenset({"بنتيجه", "نتيجه", "النتيجه"})
_ROUND = "دور"
_FEW = 10
_HIJRI = range(1350, 1460)
_ORDER_MARKS = frozenset({"-", ".", ")", "–", "/"})


def _names_something(reader: Reader, number: Number) -> bool:
    """``المادة 16``, ``القرار 2254``: the number tells which, not how many."""
    if not number.digits or number.prefix:
        return False
    if reader.folded(number.last) in _WORLDWIDE:
        return True
    if reader.folded(number.first - 1).startswith("مجموع") and reader.tokens[number.first - 1].text.endswith("ه"):
        # ما مجموعه 32 منصة: its sum, not a group
        return False
    if _counts_behind(reader, number):
        return False
    last = number.first - 1 if reader.folded(number.first - 1) in ("(", "«", '"', "رقم") else number.first
    for first in (last - 1, last - 2):
        match = numbered_nouns().at(reader.text, first) if first >= 0 else None
        if match is not None and (match.last == last or reader.folded(last - 1).startswith("ال")):
            return True
    return reader.folded(number.first - 1) == "رقم" or _of_gathering(reader, number)


def _of_gathering(reader: Reader, number: Number) -> bool:
    """``مهرجان أبها يجمعنا 36``, ``بطولة كأس العرب 9``: which one of a row."""
    near = {reader.folded(at).removeprefix("ال") for at in range(number.first - _TITLE_WORDS, number.first)}
    plain = no_noun(reader, number) and reader.folded(number.first).isdecimal() and number.last == number.first + 1
    before = reader.folded(number.first - 1)
    verb = before in followers("stop") or before.startswith(("ب", "ي", "ت"))
    return bool(near & _GATHERINGS) and plain and not verb and before not in ("(", "،", "و", ":")


def _counts_behind(reader: Reader, number: Number) -> bool:
    """``المؤشر 0.4 %``, ``المنطقة 15 قتيلا``: what follows is counted; a brigade's number may stand before its men."""
    noun = reader.noun(number.last + (reader.folded(number.last) in _CLOSINGS))
    if noun is None:
        return False
    measured = noun.unit.startswith(_MEASURES)
    if any(reader.folded(at).removeprefix("ال") in _ADDRESSES for at in (number.first - 1, number.first - 2)):
        return False
    return measured or reader.folded(number.first - 1).removeprefix("ال") not in _FORMATIONS


def _lists(reader: Reader, number: Number) -> bool:
    """``1- ``, ``2.`` at the beginning of a line."""
    opens = reader.line_start(number.first) or reader.folded(number.first - 1) in (".", ":")
    if number.first in reader.listed:
        return True
    marked = reader.folded(number.last) in _ORDER_MARKS or reader.dash(number.last)
    return number.digits and opens and marked and number.value < _LONGEST_LIST


def _glued(reader: Reader, number: Number) -> bool:
    """``ميغ-29``, ``5+1``, ``2-0``, ``F16``: part of a code, a score or a sum."""
    if not number.digits:
        return False
    before, after = reader.folded(number.first - 1), reader.folded(number.last)
    if reader.dash(number.first - 1) and not reader.adjacent(number.first - 1) and reader.noun(number.last) is not None:
        # ميلا -137 كيلومترا-: a dash that sets a remark apart
        return False
    if reader.adjacent(number.first) and (before in _PLACE_MARKS or (before.isascii() and before.isalpha())):
        return True
    return (
        reader.adjacent(number.last) and (after in _PLACE_MARKS - {".", ":"} or (after.isascii() and after.isalpha()))
    ) or _scored(reader, number)


def _scored(reader: Reader, number: Number) -> bool:
    """``71 - 56``, ``7 / 6``, ``1/ صفر``: two bare numbers about a mark."""
    if reader.noun(number.last) is not None:
        return False
    behind = _against(reader, number.last) and _bare(reader, number.last + 1)
    before = _against(reader, number.first - 1) and _bare(reader, number.first - 2)
    return before or (behind and reader.noun(number.last + 2) is None)


def _against(reader: Reader, index: int) -> bool:
    return reader.dash(index) or reader.folded(index) in _SCORE_MARKS


def _bare(reader: Reader, index: int) -> bool:
    return reader.folded(index).isdecimal() or reader.folded(index) == "صفر"


def _code(reader: Reader, number: Number) -> bool:
    """Phone numbers, years that no expression of time took, page counters."""
    text = reader.folded(number.first) if number.digits else ""
    if not text.isdecimal() or number.last - number.first > 1:
        return False
    if _dialled(reader, number) or len(text) >= _LEAST_PHONE_DIGITS or (text.startswith("0") and len(text) > 1):
        return True
    bounded = approximation_before(reader.text, number.first) is not None
    year = 1900 <= number.value <= 2099 or number.value in _HIJRI
    open_ended = no_noun(reader, number) or reader.folded(number.last) == "م"
    return year and len(text) == 4 and not bounded and open_ended


def _dialled(reader: Reader, number: Number) -> bool:
    """``88591 - Stc``, ``الخط الساخن 16023``: a short number to call."""
    if number.value < _LEAST_DIALLED or not number.digits or number.prefix or not no_noun(reader, number):
        return False
    behind = reader.folded(number.last + reader.dash(number.last))
    if behind in _CARRIERS or (reader.dash(number.last) and behind.isascii() and behind.isalpha()):
        return True
    words = {reader.folded(at) for at in range(number.first - _DIAL_REACH, number.first)}
    return bool(words & _DIALS)


def _one(reader: Reader, number: Number) -> bool:
    """``واحد`` is no count, but of a measure (``واحد في المئة``) or a loss (``قتيل واحد``); nor is nought."""
    if number.value not in (0, 1):
        return False
    noun = reader.noun(number.last)
    if noun is not None:
        return not number.digits and not noun.unit.startswith(("percent", "money"))
    before = nouns().at(reader.text, number.first - 1, clitics=False) if number.first > 0 else None
    single = before is not None and (before.value.kind in _LOSSES or before.value.unit.startswith("money"))
    even = reader.folded(number.first - 2) == "ولو" or reader.folded(number.first - 1).startswith("ولو")
    return not (single and not even and number.value == 1 and not number.digits and not number.definite)


def _length_of_time(reader: Reader, number: Number) -> bool:
    """``48 ساعة`` that no expression of time took, ``البالغ من العمر 35``, ``في الثلاثين من عمره``."""
    if number.definite and reader.folded(number.first - 2) in units_of_time():
        # سنوات رئاسته الثماني
        return True
    aged = any(
        reader.folded(at) == "من" and reader.folded(at + 1) in _OF_AGE
        for at in range(number.last, number.last + _AGE_REACH)
    )
    # 124 مليون عام 2014: the year is no unit
    closed = reader.folded(number.last) in _CLOSINGS and reader.folded(number.last + 1) in units_of_time()
    unit = (reader.folded(number.last) in units_of_time() or closed) and not reader.folded(number.last + 1)[
        :4
    ].isdecimal()
    return aged or unit or reader.folded(number.first - 1) in _DATING


def _squared(reader: Reader, number: Number) -> bool:
    """The 2 of ``م2`` and ``كم2``."""
    return number.digits and reader.adjacent(number.first) and reader.folded(number.first - 1) in _METRES


def _which(reader: Reader, number: Number) -> bool:
    """``التقرير الـ51``, ``قمة العشرين``: under the article, digits and tens count only plurals; else they order."""
    if number.definite and reader.folded(number.first - 1).removeprefix("ال") == _ROUND:
        # دور الأربعة
        return True
    if not number.definite or not (number.digits or (20 <= number.value <= 90 and number.last == number.first + 1)):
        return False
    if reader.noun(number.last) is not None:
        return False
    before = number.first - 1
    if before >= 0 and reader.folded(before) in _OPENINGS:
        before -= 1
    if any(reader.folded(at).lstrip("وبل").removeprefix("ال") in _GATHERINGS for at in range(before - 3, before + 1)):
        return True
    near = reader.plural(before) or (reader.folded(before).startswith("ال") and reader.plural(before - 1))
    return not near


def _called(reader: Reader, number: Number) -> bool:
    """``مهرجان جدة 36``, ``iPhone 6``: a plain number behind a name with nothing counted behind it."""
    if not number.digits or number.prefix or number.last - number.first > 1 or number.first == 0:
        return False
    if reader.noun(number.last) is not None:
        return False
    before = reader.folded(number.first - 1 - (reader.dash(number.first - 1) and number.first > 1))
    if before.isascii() and before.isalpha():
        return True
    if not reader.folded(number.first).isdecimal() or not no_noun(reader, number):
        return False
    first = reader.name_starts.get(number.first)
    return first is not None and reader.folded(first - 1) not in followers("stop") and reader.folded(number.last) != ""


def _titled(reader: Reader, number: Number) -> bool:
    """``قطار القراءة «3»``, ``مهرجان «جدة 36»``: a number at the end of a title in quotation marks."""
    counts = plain_word(reader, number.last + 1) and not reader.line_start(number.last + 1)
    closes = reader.folded(number.last) in _QUOTES and no_noun(reader, number) and not counts
    opening = range(number.first - 1, max(-1, number.first - _TITLE_WORDS), -1)
    return number.digits and closes and any(reader.folded(at) in _QUOTES for at in opening)


def _filed(reader: Reader, number: Number) -> bool:
    """``ص.ب 344``, ``المكتب عدد 18``, ``573هـ``: a box, the number of an office, a year."""
    if not number.digits:
        return False
    before = reader.folded(number.first - 1)
    boxed = before == "ب" and "ص" in (reader.folded(number.first - 2), reader.folded(number.first - 3))
    filed = before == "عدد" and reader.folded(number.first - 2).lstrip("وبل").startswith("ال")
    era = reader.folded(number.last) in _ERAS or (reader.folded(number.last) == "ه" and reader.adjacent(number.last))
    dated = before in _COUNTS and reader.folded(number.last) in _OF_YEAR
    return boxed or era or dated or (filed and reader.noun(number.last) is None)


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
        if (at in reader.taken or reader.folded(at - 1) in _DATING) and number.value <= _LONGEST_LIST + 1:
            # يوم 3 و4
            return True
        before = read_number(reader.text, at)
        if before is not None and before.digits and _names_something(reader, before):
            return True
    return False


def _aged(reader: Reader, number: Number) -> bool:
    """``الخامسة والسبعين``, ``التاسعة عشرة``: the ten of an ordinal."""
    ten = number.prefix == "و" and number.definite and not number.digits and 20 <= number.value <= 90
    # التاسعة عشرة: the ten of a teen
    ten = ten or (not number.prefix and not number.digits and number.value == min(_TENS))
    match = ordinals().at(reader.text, number.first - 1) if ten and number.first > 0 else None
    return match is not None and number.first <= match.last <= number.last and match.last != number.first - 1


def _tabled(reader: Reader, number: Number) -> bool:
    """``18.200 0.400 0.200``: digits beside digits are cells of a table."""
    if not number.digits or reader.noun(number.last) is not None:
        return False
    before = number.first > 0 and reader.tokens[number.first - 1].kind == "number"
    behind = number.last < len(reader.tokens) and reader.tokens[number.last].kind == "number"
    return before or behind


def _entitled(reader: Reader, number: Number) -> bool:
    """``مقتطفات السبت - 564``, ``نكسوس6``: a number that closes a title or is part of a name."""
    if not number.digits or not no_noun(reader, number):
        return False
    closes = number.last >= len(reader.tokens) or reader.line_start(number.last)
    dashed = reader.dash(number.first - 1) and not reader.line_start(number.first - 1)
    glued = reader.adjacent(number.first) and len(reader.folded(number.first - 1)) > _PARTICLE
    # فلتشر (71): the minute of a goal, an age
    minute = reader.folded(number.first - 1) == "(" and number.first - 1 in reader.people
    return (closes and dashed) or glued or (minute and reader.folded(number.last) in _CLOSINGS)


def _milestone(reader: Reader, number: Number) -> bool:
    """``من كلم 4 إلى كلم 7``, ``شهاب 1 و2 و3``: a place on a road, the next of a row."""
    if not number.digits or not no_noun(reader, number):
        return False
    before = reader.folded(number.first - 1)
    row = before == "و" and reader.folded(number.first - 2) == f"{number.value - 1:g}" and number.value < _FEW
    return before in _METRES or row


def _result(reader: Reader, number: Number) -> bool:
    """``بنتيجة 21 مقابل 26``."""
    near = {reader.folded(at) for at in range(number.first - _TITLE_WORDS, number.first)}
    return number.digits and bool(near & _RESULTS) and no_noun(reader, number)


REFUSALS: tuple[Callable[[Reader, Number], bool], ...] = (
    *LOOKALIKES,
    _names_something,
    _lists,
    _glued,
    _code,
    _one,
    _length_of_time,
    _squared,
    _which,
    _called,
    _titled,
    _filed,
    _second_of_pair,
    _aged,
    _tabled,
    _entitled,
    _result,
    _milestone,
    _dialled,
)
