"""Numbers that are part of a code, a score, a table or a title, are to be dialled, or were torn by a copy."""

from __future__ import annotations

import re
from collections.abc import Callable

from khabar.figures.labels import bare, counts_behind
from khabar.figures.lookalikes import no_noun, plain_word
from khabar.figures.numerals import scored_row
from khabar.figures.reader import Reader
from khabar.figures.words import followers, word_class, words_of
from khabar.text.numbers import Number, approximation_before

_PLACE_MARKS = frozenset("-–—/:+.*_×")
_LEAST_PHONE_DIGITS = 7
_PRICE = re.compile(r"(?:[0-9]\.)?[0-9]{1,3},[0-9]{3}")
_METRES = frozenset({"م", "كم", "كلم", "متر", "مترا", "امتار", "كيلومتر"})
_MILESTONES = _METRES | {"الكلم", "الكيلومتر", "الكم"}
_QUOTES = frozenset('"«»“”')
_TITLE_WORDS = 4
_SCORE_MARKS = frozenset({"/", "×"})
_LEAST_DIALLED = 100
_DIAL_REACH = 8
_CLOSINGS = frozenset(')»"”')
_PARTICLE = 3
_FEW, _PAIR, _TEENS = 10, 2, 10
_VOTE_REACH = 15
_HIJRI = range(1350, 1460)
_COUNTS = frozenset({"عدد", "رقم"})
_IN_YEAR = frozenset({"عام", "سنه"})
_GREAT_SCALES = ("مليون", "مليار")
_BACKWARDS = re.compile(r"0[0-9]+[.,][0-9]+")


def _glued(reader: Reader, number: Number) -> bool:
    """``ميغ-29``, ``5+1``, ``2-0``, ``F16``: part of a code, a score or a sum."""
    if not number.digits:
        return False
    before, after = reader.folded(number.first - 1), reader.folded(number.last)
    if before == after == "%" and reader.adjacent(number.first) and reader.adjacent(number.last):
        # D9%84%D9: the letters of an address
        return True
    if _spelled(reader, number):
        return True
    if _falling(reader, number.first):
        return True
    if reader.dash(number.first - 1) and not reader.adjacent(number.first - 1) and reader.noun(number.last) is not None:
        # ميلا -137 كيلومترا-: a dash that sets a remark apart
        return False
    if before == "+" and not reader.adjacent(number.first - 1) and reader.noun(number.last) is not None:
        # (+6 نقاط): a gain
        return False
    if reader.adjacent(number.first) and (before in _PLACE_MARKS or (before.isascii() and before.isalpha())):
        return True
    return (
        reader.adjacent(number.last) and (after in _PLACE_MARKS - {".", ":"} or (after.isascii() and after.isalpha()))
    ) or _scored(reader, number)


def _spelled(reader: Reader, number: Number) -> bool:
    """``إتش7إن9``, ``3 NESCAFÉ``, ``34400 Turkey``: digits in a row of letters, or before a foreign word."""
    first = number.first
    glued = first > 1 and reader.adjacent(first) and reader.adjacent(first - 1)
    if glued and reader.tokens[first - 2].kind == "number":
        return reader.tokens[first - 1].kind == "word" and reader.folded(first - 1) not in ("ر", "ب", "ل", "و", "ال")
    behind = reader.folded(number.last)
    foreign = behind[:1].isascii() and behind.isalpha() and behind not in word_class("latin_unit")
    return foreign and reader.noun(number.last) is None


def _glued_scale(reader: Reader, number: Number) -> bool:
    """``480 ملياردولار``: the scale is lost in the word behind the digits."""
    behind = reader.folded(number.last)
    return number.digits and any(behind.startswith(scale) and behind != scale for scale in _GREAT_SCALES)


def _of_program(reader: Reader, number: Number) -> bool:
    """``color-stop(4%, #eee)``: a number in the brackets of a foreign word."""
    before = reader.folded(number.first - 2)
    return (
        reader.folded(number.first - 1) == "("
        and reader.adjacent(number.first - 1)
        and before.isascii()
        and before.isalpha()
    )


def _scored(reader: Reader, number: Number) -> bool:
    """``71 - 56``, ``7 / 6``, ``1/ صفر``: two bare numbers about a mark."""
    if _falling(reader, number.first) or _falling(reader, number.last + 1):
        return True
    if scored_row(reader, number) and (reader.dash(number.last) or reader.dash(number.first - 1)):
        return True
    if reader.noun(number.last) is not None:
        return False
    behind = _against(reader, number.last) and _bare(reader, number.last + 1)
    before = _against(reader, number.first - 1) and _bare(reader, number.first - 2)
    return before or (behind and reader.noun(number.last + 2) is None)


def _falling(reader: Reader, index: int) -> bool:
    """``21 - 18 سهم``: the second number of a pair about a spaced dash, the lesser one, bounds no range."""
    written = (reader.folded(index - 2), reader.folded(index))
    spaced = reader.dash(index - 1) and not reader.adjacent(index - 1) and not reader.adjacent(index)
    return spaced and all(word.isdecimal() for word in written) and int(written[0]) > int(written[1])


def _against(reader: Reader, index: int) -> bool:
    return reader.dash(index) or reader.folded(index) in _SCORE_MARKS


def _bare(reader: Reader, index: int) -> bool:
    return reader.folded(index).isdecimal() or reader.folded(index) == "صفر"


def _tariff(reader: Reader, number: Number) -> bool:
    """``5,000 تجديد الرخصة 12,000 نظير``: prices of a list in dinars, each before the next thing's name."""
    if not number.digits or number.last != number.first + 1 or not _PRICE.fullmatch(reader.folded(number.first)):
        return False
    return reader.tariff and reader.folded(number.last) != "د" and not _of_money(reader, number.last)


def _of_money(reader: Reader, index: int) -> bool:
    noun = reader.noun(index)
    return noun is not None and noun.unit.startswith("money")


def _code(reader: Reader, number: Number) -> bool:
    """Phone numbers, years that no expression of time took, page counters."""
    text = reader.folded(number.first) if number.digits else ""
    if _tariff(reader, number):
        return True
    if reader.folded(number.last) in ("من", "بدايه") and number.last + 1 in reader.timed and bare(reader, number):
        # حي البحيرة 2 من الساعة العاشرة
        return True
    if not text.isdecimal() or number.last - number.first > 1:
        return False
    if (
        _dialled(reader, number)
        or len(text) >= _LEAST_PHONE_DIGITS
        or (text.startswith("0") and len(text) > 1 and bare(reader, number))
    ):
        return True
    bounded = approximation_before(reader.text, number.first) is not None
    year = 1900 <= number.value <= 2099 or number.value in _HIJRI
    # في 2013 مرشحين: thirteen would have its noun in the singular
    apart = reader.folded(number.first - 1) == "في" and reader.plural(number.last) and number.value % 100 > _FEW
    open_ended = no_noun(reader, number) or reader.folded(number.last) == "م" or apart
    # مقابل 2099 سنة 2015: a count told of another year
    open_ended = open_ended and not (reader.folded(number.last) in _IN_YEAR and number.last in reader.timed)
    # 1450 قرصا: an accusative is counted
    told = number.value in _HIJRI and reader.folded(number.last).endswith("ا") and counts_behind(reader, number.last)
    return year and len(text) == 4 and not bounded and open_ended and not told


def _dialled(reader: Reader, number: Number) -> bool:
    """``88591 - Stc``, ``الخط الساخن 16023``: a short number to call."""
    if number.value < _LEAST_DIALLED or not number.digits or number.prefix or not no_noun(reader, number):
        return False
    behind = reader.folded(number.last + reader.dash(number.last))
    if behind in word_class("carrier") or (reader.dash(number.last) and behind.isascii() and behind.isalpha()):
        return True
    words = {reader.folded(at) for at in range(number.first - _DIAL_REACH, number.first)}
    return bool(words & word_class("dial"))


def _squared(reader: Reader, number: Number) -> bool:
    """The 2 of ``م2`` and ``كم2``."""
    return number.digits and reader.adjacent(number.first) and reader.folded(number.first - 1) in _METRES


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
    teens = number.value % 100 > _TEENS and reader.folded(number.last).endswith("ه")
    if (reader.folded(number.last).endswith("ا") or teens) and counts_behind(reader, number.last):
        # منطقة القصيم 40 كادرا, ولاية المهدية 18 بلدية: an accusative is counted
        return False
    first = reader.name_starts.get(number.first)
    return first is not None and reader.folded(first - 1) not in followers("stop") and reader.folded(number.last) != ""


def _titled(reader: Reader, number: Number) -> bool:
    """``قطار القراءة «3»``, ``مهرجان «جدة 36»``: a number at the end of a title in quotation marks."""
    alone = reader.folded(number.first - 1) in _QUOTES
    counts = plain_word(reader, number.last + 1) if alone else reader.noun(number.last + 1) is not None
    counts = counts and not reader.line_start(number.last + 1)
    closes = reader.folded(number.last) in _QUOTES and no_noun(reader, number) and not counts
    if alone and reader.folded(number.first - 2) == "و":
        # بواقع «8» مراكز في سكاكا و«7» في القريات
        return False
    if reader.folded(number.first - 2).lstrip("و") in word_class("of_them"):
        return False
    opening = range(number.first - 1, max(-1, number.first - _TITLE_WORDS), -1)
    return number.digits and closes and any(reader.folded(at) in _QUOTES for at in opening)


def _filed(reader: Reader, number: Number) -> bool:
    """``ص.ب 344``, ``المكتب عدد 18``, ``573هـ``: a box, the number of an office, a year."""
    if not number.digits:
        return False
    before = reader.folded(number.first - 1)
    if before == "=" and reader.folded(number.last) == "م" and reader.adjacent(number.last):
        # 626هـ = 1229م
        return True
    boxed = before == "ب" and "ص" in (reader.folded(number.first - 2), reader.folded(number.first - 3))
    filed = before == "عدد" and reader.folded(number.first - 2).lstrip("وب").startswith(("ال", "لل"))
    era = reader.folded(number.last) in word_class("era") or (
        reader.folded(number.last) == "ه" and reader.adjacent(number.last)
    )
    dated = before in _COUNTS and reader.folded(number.last) in word_class("of_year")
    return boxed or era or dated or (filed and reader.noun(number.last) is None)


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
    # يقتل5: a space is missing
    bound = approximation_before(reader.text, number.first) is not None
    counted = reader.folded(number.last).endswith("ا") and counts_behind(reader, number.last)
    glued = glued and not (bound or counted) and reader.folded(number.first - 1) not in words_of("fates")
    # فلتشر (71): the minute of a goal, an age
    minute = reader.folded(number.first - 1) == "(" and number.first - 1 in reader.people
    return (closes and dashed) or glued or (minute and reader.folded(number.last) in _CLOSINGS)


def _milestone(reader: Reader, number: Number) -> bool:
    """``من كلم 4 إلى كلم 7``, ``شهاب 1 و2 و3``: a place on a road, the next of a row."""
    if not number.digits or not no_noun(reader, number):
        return False
    before = reader.folded(number.first - 1)
    row = before == "و" and reader.folded(number.first - 2) == f"{number.value - 1:g}" and number.value < _FEW
    return before in _MILESTONES or row


def _result(reader: Reader, number: Number) -> bool:
    """``بنتيجة 21 مقابل 26``, ``فاز عليه 15 مقابل 13``; votes are counted."""
    near = {reader.folded(at) for at in range(number.first - _TITLE_WORDS, number.first)}
    if not number.digits or not no_noun(reader, number):
        return False
    return bool(near & word_class("result")) or _beaten(reader, number)


def _beaten(reader: Reader, number: Number) -> bool:
    """Are these two bare numbers about ``مقابل``, and nobody votes?"""
    first = number.first - _PAIR if reader.folded(number.first - 1) == "مقابل" else number.first
    second = first + _PAIR
    pair = _bare(reader, first) and reader.folded(first + 1) == "مقابل" and _bare(reader, second)
    if not pair or counts_behind(reader, second + 1):
        return False
    near = {reader.folded(at) for at in range(first - _VOTE_REACH, second + _VOTE_REACH)}
    return not near & word_class("vote")


def _of_scale_alone(reader: Reader, number: Number) -> bool:
    """``1.340.7 مليار``: a scale behind digits that are no number."""
    if reader.tokens[number.first].kind != "word" or number.first == 0 or number.prefix:
        return False
    return reader.tokens[number.first - 1].kind == "number" and reader.folded(number.first) in word_class("bare_scale")


def _keyed_backwards(reader: Reader, number: Number) -> bool:
    """``07.0 نقطة``: 0.07 turned around by the copy."""
    return _BACKWARDS.fullmatch(reader.folded(number.first)) is not None


def _in_row(reader: Reader, number: Number) -> bool:
    """``المواد 98، 99، 100``, ``( 430 , 72 كلم``: digits beside digits at a comma, or a number torn and turned."""
    if reader.tokens[number.first].kind != "number":
        return False
    comma = reader.folded(number.first - 1) in (",", "،") and number.first - 2 not in reader.taken
    after_comma = comma and reader.folded(number.first - 2).isdecimal()
    if after_comma and (_spaced(reader, number) or _turned(reader, number)):
        return True
    if not number.digits or number.last != number.first + 1:
        return False
    if _pointed(reader, number):
        return True
    if reader.folded(number.first - 1).lstrip("وف") in word_class("of_them"):
        return False
    before_comma = reader.folded(number.last) in (",", "،") and reader.folded(number.last + 1)[:1].isdecimal()
    return (after_comma or before_comma) and (bare(reader, number) or _spaced(reader, number))


def _turned(reader: Reader, number: Number) -> bool:
    """``( 6, 18 كلم )``: in brackets of its own, a number torn at its comma."""
    return reader.folded(number.first - 1) == "," and reader.folded(number.first - 3) == "("


def _pointed(reader: Reader, number: Number) -> bool:
    """``4 .124 مليون``, ``216. 407. 814 ريالا``: digits on both sides of a point of their own."""
    behind = reader.folded(number.last) == "." and reader.folded(number.last + 1).isdecimal()
    before = reader.folded(number.first - 1) == "." and reader.folded(number.first - 2).isdecimal()
    return (behind and not reader.line_start(number.last + 1)) or (before and not reader.line_start(number.first))


def _spaced(reader: Reader, number: Number) -> bool:
    """``430 , 72``: a space before the comma, where a list has none."""
    tokens = reader.tokens
    if reader.folded(number.last) == "," and tokens[number.last].start > tokens[number.last - 1].end:
        return True
    comma = number.first - 1
    return comma > 0 and reader.folded(comma) == "," and tokens[comma].start > tokens[comma - 1].end


CODES: tuple[Callable[[Reader, Number], bool], ...] = (
    _glued,
    _glued_scale,
    _of_program,
    _code,
    _squared,
    _called,
    _titled,
    _filed,
    _tabled,
    _entitled,
    _result,
    _milestone,
    _dialled,
    _of_scale_alone,
    _keyed_backwards,
    _in_row,
)
