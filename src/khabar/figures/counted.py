"""What a number counts: the noun behind it with its adjectives and its owner, or before it (``الدول الست``)."""

from __future__ import annotations

from khabar.figures.amounts import Amount
from khabar.figures.before import noun_before, owned_noun
from khabar.figures.reader import Reader
from khabar.figures.shapes import adjective, definite, particle, partitive, plain, verb
from khabar.figures.words import Noun, duals, followers, nouns, plurals, stops, units_of_time, word_class, words_of
from khabar.model import Span
from khabar.text import fold
from khabar.text.numbers import approximation_before, read_number
from khabar.text.phrases import Match

_MEASURES = ("percent", "money", "area", "distance")
_MEMBERS = frozenset({"person", "vehicle", "vessel", "aircraft", "other"})
"""What is *of* its owner after ``من``; a missile ``من قاعدة`` comes from there."""
_OWNER_WORDS = 4
_AREA_REACH, _FAR_AREA, _INDEX_REACH = 4, 14, 14
_AGREEING = 2
_SHORTEST, _PARTICIPLE = 3, 5
_PARTITIVE = frozenset({"من", "هذه", "هؤلاء", "تلك", "اولئك", "بين"})
_PRONOUNS = ("ها", "هما", "ناه")
_PAIR, _FEW, _THOUSAND = 2, 10, 1000
_BEDS, _ELEMENTS, _WHEELS, _FACILITIES = "اسره", "عناصر", "عجلات", "مرافق"
_FAMILIES = "اسر"
_IMAM = "إمام"
"""Not ``أمام`` (before), though both fold alike."""
_OPENINGS, _CLOSINGS = frozenset('(«"“['), frozenset(')»"”]')
_BEFORE_REACH = 9
_PARTS = frozenset({"بينهم", "منهم", "بينهن", "منهن"})
_SENTENCE_ENDS = frozenset({".", "؟", "!", "؛"})


def counted_noun(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """The noun behind the number (``15 جنديا``, ``15 من الجنود``, ``(15) جنديا``) or, for a definite one, before it."""
    if amount.noun is not None:
        return amount.noun, reader.text.token_span(amount.first, amount.last) if amount.rule == "dual" else _of(
            reader, amount.last
        )
    if (dual := _dual_noun(reader, amount)) is not None:
        return dual
    at = _past_marks(reader, amount)
    articled = at == amount.last and not amount.vague and definite(reader, at)
    at += reader.folded(at) == "غير" and reader.noun(at) is not None
    match = nouns().at(reader.text, at, clitics=False) if at < len(reader.tokens) and not articled else None
    if match is None and at == amount.last and (behind := _behind_definite(reader, amount, at)) is not None:
        return None, behind
    if reader.folded(at - 1) == "من" and _numbered_before(reader, amount):
        return Noun("person", ""), None
    if match is not None and at in reader.name_ends and not _countable_name(amount, match.value):
        match = None
    match = None if _definite_before(reader, amount) else match
    told = amount.definite or amount.high == 1 or _dual_before(reader, amount) or _told_before(reader, amount)
    if match is None and not told and (plural := _plural_before(reader, amount)) is not None:
        return plural
    if match is None and told:
        before = noun_before(reader, amount)
        composed = amount.definite and amount.last > amount.first + 1 and at == amount.last and before == (None, None)
        # بلغت الخمس مئة صفحة
        return (None, _bare_noun(reader, amount, at)) if composed else before
    owned = owned_noun(reader.folded(at)) if match is None and reader.folded(at - 1) == "من" else None
    if owned is not None:
        return owned, reader.text.token_span(at, _noun_phrase(reader, at) or at + 1)
    if at < len(reader.tokens) and reader.tokens[at].text == _IMAM:
        return Noun("person", ""), reader.text.token_span(at, at + 1)
    if match is None and (led := _led_noun(reader, at)) is not None:
        return led, reader.text.token_span(at, _noun_phrase(reader, at) or at + 1)
    if match is None:
        bare = _bare_noun(reader, amount, at)
        return (None, bare) if bare is not None else _number_of(reader, amount) or (None, None)
    return _known(reader, amount, match)


def _definite_before(reader: Reader, amount: Amount) -> bool:
    """``النماذج الثلاثة من الطائرة``: the number counts the definite noun before it, though ``من`` follows."""
    led = amount.definite and reader.folded(amount.last) == "من" and definite(reader, amount.first - 1)
    return led and noun_before(reader, amount) != (None, None)


def _plural_before(reader: Reader, amount: Amount) -> tuple[Noun, Span] | None:
    """``بمراحل خمس``, ``أهداف ثلاثة``: a plural before a number in words that nothing stands behind."""
    alone = amount.last == amount.first + 1 and amount.high in range(3, 11) and not (amount.digits or amount.vague)
    open_ended = not plain(reader, amount.last)
    match = nouns().at(reader.text, amount.first - 1) if alone and open_ended and amount.first > 0 else None
    if match is None or match.last != amount.first or match.value.kind:
        return None
    if reader.folded(match.first).lstrip("و") == _FAMILIES and reader.folded(amount.first).endswith("ه"):
        # وأسر أربعة آخرين: captured, since families are feminine
        return None
    span = reader.text.span(match.start, match.end)
    return (match.value, span) if fold(span.text) in plurals() else None


def _behind_definite(reader: Reader, amount: Amount, at: int) -> Span | None:
    """``الخمسة أحرف``, ``الخمسة المناطق``: a plural right behind a number in words that has the article itself."""
    if not amount.definite or amount.digits or at >= len(reader.tokens) or amount.high not in range(3, 11):
        return None
    if definite(reader, amount.first - 1) or verb(reader, at, amount.high):
        # الركاب الثلاثة يحملون
        return None
    return reader.text.token_span(at, at + 1) if reader.plural(at) and not adjective(reader, at) else None


def _numbered_before(reader: Reader, amount: Amount) -> bool:
    """``السكان البالغ عددهم عشرة آلاف من تنظيم``: their number has been told of them already."""
    bound = approximation_before(reader.text, amount.first)
    first = bound.first if bound is not None else amount.first
    return reader.folded(first - 1).lstrip("و") in ("عددهم", "عددهن")


def _led_noun(reader: Reader, at: int) -> Noun | None:
    """``41 من أغنى رجال الأعمال``: the noun behind a word that only leads to one."""
    if reader.folded(at - 1) != "من" or reader.folded(at) not in followers("head") or at + 1 >= len(reader.tokens):
        return None
    match = nouns().at(reader.text, at + 1)
    return match.value if match is not None and match.value.unit == "person" else None


def _countable_name(amount: Amount, noun: Noun) -> bool:
    """The riyal that a club is called after (``مليار ريال``); ``3166 بريطانيا``: behind 11 to 99 men, no country."""
    rest = amount.high % 100
    men = noun.unit == "person" and (rest > _FEW or (rest == 0 and amount.high >= _THOUSAND)) and not amount.vague
    return noun.unit.startswith("money") or men


def _known(reader: Reader, amount: Amount, match: Match[Noun]) -> tuple[Noun, Span | None]:
    """A noun of the table as what an amount counts, with its owner."""
    at = match.first
    if reader.folded(at - 1) == "من" and reader.folded(at) in word_class("kin"):
        # جثامين ثلاثة من أسرة واحدة: members
        return Noun("person", ""), reader.text.token_span(at, _owned(reader, match.last, match.value.unit))
    if reader.folded(at) == _BEDS and _PAIR < amount.high <= _FEW:
        # ثمانية أسرة: beds, since families would be أسر
        return Noun("item", ""), reader.text.token_span(at, at + 1)
    near = {reader.folded(i).lstrip("ب") for i in range(amount.first - _AREA_REACH, amount.first)}
    if reader.folded(at) == "كيلو" and near & {"عد", "مسافه", "طول", "تبعد", "يبعد"}:
        # على بعد خمسين كيلو
        return Noun("distance:km", ""), None
    if reader.folded(at) == _FACILITIES and (amount.high % 100 in range(3, 11) or reader.folded(at + 1).endswith("ه")):
        # 504 مرافق: companions would be مرافقين or مرافقا
        return Noun("other", ""), reader.text.token_span(at, match.last)
    if reader.folded(at) == _WHEELS and reader.folded(amount.first - 1) in ("ذات", "ذو", "علي"):
        return Noun("item", ""), reader.text.token_span(at, at + 1)
    squared = reader.folded(match.last) == "2" and reader.adjacent(match.last)
    if match.value.unit == "distance:m" and (squared or _of_area(reader, amount.first)):
        return Noun("area:m2", ""), None
    if match.value.unit.startswith(("money", "distance")):
        # من behind money or a distance says where from
        return match.value, None
    if match.value.unit.startswith(_MEASURES):
        return match.value, _of(reader, match.last)
    if reader.folded(at) == _ELEMENTS and reader.folded(match.last) in word_class("of_things"):
        # ثلاثة عناصر أساسية
        return Noun("other", ""), reader.text.token_span(at, match.last + 1)
    return match.value, reader.text.token_span(at, _owned(reader, match.last, match.value.unit))


def _of_area(reader: Reader, first: int) -> bool:
    """``مساحته نحو 4000 م``, ``المساحة الكلية لموقع المشروع تبلغ 7000 متر``: square metres, though it is not said."""
    reach = _FAR_AREA if reader.folded(first - 1).lstrip("و") in ("تبلغ", "بلغت", "البالغه") else _AREA_REACH
    for at in range(first - 1, max(-1, first - 1 - reach), -1):
        if reader.folded(at) in _SENTENCE_ENDS or reader.tokens[at].kind == "number":
            return False
        if reader.folded(at).removeprefix("ال").startswith("مساح"):
            return True
    return False


def _told_before(reader: Reader, amount: Amount) -> bool:
    """``في حق المتهمين (2)``: a bracketed number that repeats how many the plural before it are."""
    first, last = amount.first - 1, amount.last
    bracketed = reader.folded(first) == "(" and reader.folded(last) == ")"
    if not bracketed:
        # للبنين 97666
        articled = first >= 0 and first not in reader.timed
        articled = articled and reader.tokens[first].text.removeprefix("و").startswith(("ال", "لل"))
        apart = not plain(reader, last) or reader.tokens[last].text.startswith("وال")
        apart = apart and not partitive(reader, last)
        whole = amount.digits and amount.high == int(amount.high) and not _indexed(reader, amount.first)
        return whole and articled and reader.plural(first) and apart
    counted = first > 0 and nouns().at(reader.text, first - 1) is not None
    return counted and reader.plural(first - 1) and not plain(reader, last + 1)


def _indexed(reader: Reader, first: int) -> bool:
    """``مؤشر الدولار أمام سلة من العملات 97.381``: the level of an index counts no currencies."""
    near = range(first - _INDEX_REACH, first)
    return "." in reader.folded(first) and any(reader.folded(at).removeprefix("ال") == "مؤشر" for at in near)


def _dual_noun(reader: Reader, amount: Amount) -> tuple[Noun, Span] | None:
    """``اصطدم بسيارتين اثنتين``: the dual before its two."""
    match = duals().at(reader.text, amount.first - 1) if amount.first and _dual_before(reader, amount) else None
    if match is None or match.last != amount.first:
        return None
    return Noun(match.value.unit, match.value.kind), reader.text.span(match.start, match.end)


def _dual_before(reader: Reader, amount: Amount) -> bool:
    """``حقلان اثنان``."""
    before = reader.folded(amount.first - 1)
    # أن اثنين: a particle
    return amount.high == _PAIR and not amount.digits and len(before) > _SHORTEST and before.endswith(("ان", "ين"))


def _past_marks(reader: Reader, amount: Amount) -> int:
    """The token behind the number, its closing bracket or quotation mark, and ``من``."""
    at = amount.last
    bracketed = reader.folded(at) in _CLOSINGS and reader.folded(amount.first - 1) in _OPENINGS
    quoted = reader.folded(at) == "»" and reader.folded(amount.first - 1) == "»"
    at += bracketed or quoted or reader.folded(at) in ("«", '"')
    if reader.folded(at) == "فقط" and reader.folded(at + 1) == "من":
        # أربعة فقط من بين المتهمين
        at += 1
    if reader.folded(at) == "علي" and reader.folded(at + 1) in ("الاقل", "الاكثر") and reader.folded(at + 2) == "من":
        # 14 على الأقل من النواب
        at += 2
    if reader.folded(at) == "من":
        # أجسام 36 من هذه الحيتان
        at += 1 + (reader.folded(at + 1) in _PARTITIVE | {"بين"} | _OPENINGS)
    return at


def _owned(reader: Reader, last: int, unit: str) -> int:
    """Past the adjectives and the owner: ``عنصرا من القوات الليبية``, ``شاحنات مساعدات تابعة للأمم المتحدة``."""
    if len(reader.folded(last - 1)) == 1:
        # 6ن: points
        return last
    articled = definite(reader, last - 1)
    for _ in range(_AGREEING):
        last += adjective(reader, last) and last not in reader.name_ends and articled == definite(reader, last)
    if reader.folded(last + 1) in word_class("owned") and reader.tokens[last].kind == "word":
        last += 1
    if reader.folded(last) in word_class("owned"):
        return _noun_phrase(reader, last + 1) or last
    if partitive(reader, last) and unit in _MEMBERS:
        return _noun_phrase(reader, last + 1) or last
    if reader.folded(last - 1).endswith("ا"):
        # برصيد 27 هدفا ألكسندر: an accusative owns nothing
        return last
    apart = reader.folded(last).startswith("و") or (last < len(reader.tokens) and reader.line_start(last))
    return last if apart else reader.name_ends.get(last, last)


def _noun_phrase(reader: Reader, first: int) -> int | None:
    """The token behind an owner: a name, or a noun with what is definite behind it."""
    if first in reader.name_ends:
        return reader.name_ends[first]
    if not plain(reader, first) or read_number(reader.text, first) is not None:
        return None
    if reader.folded(first) in followers("head") and first + 1 in reader.name_ends:
        return reader.name_ends[first + 1]
    last = first + 1
    while (reader.folded(last - 1) in followers("head") or of_men(reader.folded(last - 1))) and plain(reader, last):
        if last in reader.name_ends:
            return reader.name_ends[last]
        last += 1
    if (
        last == first + 1
        and last not in reader.name_ends
        and not definite(reader, first)
        and not definite(reader, last)
    ):
        # أشخاص من جنسية عربية
        return last + adjective(reader, last)
    if reader.folded(last - 1) == "عدد":
        # من إجمالي عدد الذين أجابوا
        return None
    while last < first + _OWNER_WORDS and not reader.line_start(last):
        if last in reader.name_ends:
            return reader.name_ends[last]
        joined = reader.folded(last).startswith("وال")
        if not definite(reader, last) or joined or reader.folded(last) in word_class("relative"):
            break
        last += 1
    return last


def of_men(word: str) -> bool:
    """``منفذي``, ``مؤيدي``: a participle in the plural before its owner; ``مباني`` and its like are things."""
    return word.startswith("م") and word.endswith("ي") and len(word) >= _PARTICIPLE and word[2] != "ا"


def _of(reader: Reader, index: int) -> Span | None:
    """``20 طنا من القمح``, ``60 في المئة من السكان``: what the measure is of."""
    if reader.folded(index) != "من" or not plain(reader, index + 1):
        return None
    last = _noun_phrase(reader, index + 1)
    return reader.text.token_span(index + 1, last) if last is not None else None


def _bare_noun(reader: Reader, amount: Amount, at: int) -> Span | None:
    """A noun that the table does not know still says what is counted."""
    if at >= len(reader.tokens) or reader.tokens[at].kind != "word" or reader.line_start(at) or at in reader.timed:
        return None
    word, partitive = reader.folded(at), at > amount.last and reader.folded(at - 1) in _PARTITIVE
    if (amount.low == amount.high == _PAIR or amount.high != int(amount.high)) and not partitive:
        # اثنان ضبطا في الخارج: two of a noun would be its dual; and 5.62 of nothing known is an index
        return None
    year = word in units_of_time() and reader.folded(at + 1).isdecimal()
    apart = word_class("others") | word_class("owned") | stops() | words_of("fates")
    if word in apart or year or len(word) < _SHORTEST:
        return None
    if partitive:
        last = _noun_phrase(reader, at)
        return reader.text.token_span(at, last) if last is not None else None
    written = reader.tokens[at].text
    if (
        (amount.definite and amount.high < _THOUSAND and amount.last == amount.first + 1)
        or reader.folded(amount.last - 1) in word_class("accusative_scale")
        or (word.endswith(_PRONOUNS) and len(word) >= _PARTICIPLE)
        or written.startswith("ال")
        or (at in reader.named and word[0] in "لب")
        or verb(reader, at, amount.high)
        or particle(word, amount.high)
    ):
        return None
    return reader.text.token_span(at, at + 1)


def _number_of(reader: Reader, amount: Amount) -> tuple[Noun | None, Span] | None:
    """``عدد الجنود الروس من 800 ... إلى 1800``, ``عدد موظفيها 20``: what is counted stands before both numbers."""
    for first in range(amount.first - 1, max(-1, amount.first - 1 - _BEFORE_REACH * 2), -1):
        if reader.folded(first) in _SENTENCE_ENDS or reader.folded(amount.last) in word_class("others"):
            return None
        if reader.folded(first).lstrip("و") in _PARTS:
            # والجرحى 342، بينهم 28: of those before
            return None
        if reader.folded(first) not in word_class("number_of") or first + 1 >= amount.first:
            continue
        match = nouns().at(reader.text, first + 1)
        if match is not None and match.last <= amount.first:
            told = definite(reader, match.last) and reader.folded(match.last) not in word_class("relative")
            last = match.last + 1 if adjective(reader, match.last) or told else match.last
            return match.value, reader.text.token_span(first + 1, min(last, amount.first))
        owned = owned_noun(reader.folded(first + 1))
        if owned is not None:
            return owned, reader.text.token_span(first + 1, first + 2)
        named = definite(reader, first + 1) and reader.folded(first + 1) not in word_class("last_days")
        if named and amount.first - first <= _BEFORE_REACH and _unmixed(reader, first, amount):
            # عدد المؤثرات 45: a noun that the table does not know
            return None, reader.text.token_span(first + 1, first + 2)
    return None


def _unmixed(reader: Reader, first: int, amount: Amount) -> bool:
    """Does no other number stand between?"""
    return all(reader.tokens[at].kind != "number" for at in range(first, amount.first))
