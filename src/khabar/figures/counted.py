"""What a number counts: the noun behind it with its adjectives and its owner, or before it (``الدول الست``)."""

from __future__ import annotations

from functools import cache

from khabar.figures.amounts import Amount
from khabar.figures.reader import Reader
from khabar.figures.shapes import adjective, definite, particle, partitive, plain, verb
from khabar.figures.words import Noun, duals, followers, nouns, stops, units_of_time, word_class, words_of
from khabar.model import Span
from khabar.text import tokenize
from khabar.text.morphology import without_pronoun
from khabar.text.numbers import read_number

_MEASURES = ("percent", "money", "area", "distance")
_MEMBERS = frozenset({"person", "vehicle", "vessel", "aircraft", "other"})
"""What is *of* its owner after ``من``; a missile ``من قاعدة`` comes from there."""
_OWNER_WORDS = 4
_AREA_REACH = 4
_AGREEING = 2
_SHORTEST, _PARTICIPLE = 3, 5
_PAIR, _FEW, _THOUSAND = 2, 10, 1000
_BEDS = "اسره"
_OPENINGS, _CLOSINGS = frozenset('(«"“['), frozenset(')»"”]')
_ARTICLED = ("لل", "بال", "ولل", "وبال", "كال")
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
    if match is not None and at in reader.name_ends and not match.value.unit.startswith("money"):
        # a name, but for the riyal that a club is called after (مليار ريال)
        match = None
    told = amount.definite or amount.high == 1 or _dual_before(reader, amount) or _told_before(reader, amount)
    if match is None and told:
        return _before(reader, amount)
    owned = _owned_noun(reader.folded(at)) if match is None and reader.folded(at - 1) == "من" else None
    if owned is not None:
        return owned, reader.text.token_span(at, _noun_phrase(reader, at) or at + 1)
    if match is None:
        bare = _bare_noun(reader, amount, at)
        return (None, bare) if bare is not None else _number_of(reader, amount) or (None, None)
    if reader.folded(at) == _BEDS and _PAIR < amount.high <= _FEW:
        # ثمانية أسرة: beds, since families would be أسر
        return Noun("item", ""), reader.text.token_span(at, at + 1)
    if match.value.unit == "distance:m" and _of_area(reader, amount.first):
        return Noun("area:m2", ""), None
    if match.value.unit.startswith(("money", "distance")):
        # من behind money or a distance says where from
        return match.value, None
    if match.value.unit.startswith(_MEASURES):
        return match.value, _of(reader, match.last)
    return match.value, reader.text.token_span(at, _owned(reader, match.last, match.value.unit))


def _of_area(reader: Reader, first: int) -> bool:
    """``مساحته نحو 4000 م``: square metres, though the text does not say so."""
    return any(reader.folded(at).removeprefix("ال").startswith("مساح") for at in range(first - _AREA_REACH, first))


def _told_before(reader: Reader, amount: Amount) -> bool:
    """``في حق المتهمين (2)``: a bracketed number that repeats how many the plural before it are."""
    first, last = amount.first - 1, amount.last
    bracketed = reader.folded(first) == "(" and reader.folded(last) == ")"
    if not bracketed:
        # للبنين 97666
        articled = first >= 0 and first not in reader.timed
        articled = articled and reader.tokens[first].text.removeprefix("و").startswith(("ال", "لل"))
        apart = not plain(reader, last) or reader.tokens[last].text.startswith("وال")
        return amount.digits and articled and reader.plural(first) and apart
    counted = first > 0 and nouns().at(reader.text, first - 1) is not None
    return counted and reader.plural(first - 1) and not plain(reader, last + 1)


def _dual_noun(reader: Reader, amount: Amount) -> tuple[Noun, Span] | None:
    """``اصطدم بسيارتين اثنتين``: the dual before its two."""
    match = duals().at(reader.text, amount.first - 1) if amount.first and _dual_before(reader, amount) else None
    if match is None or match.last != amount.first:
        return None
    return Noun(match.value.unit, match.value.kind), reader.text.span(match.start, match.end)


def _dual_before(reader: Reader, amount: Amount) -> bool:
    """``حقلان اثنان``."""
    return amount.high == _PAIR and not amount.digits and reader.folded(amount.first - 1).endswith(("ان", "ين"))


def _past_marks(reader: Reader, amount: Amount) -> int:
    """The token behind the number, its closing bracket or quotation mark, and ``من``."""
    at = amount.last
    bracketed = reader.folded(at) in _CLOSINGS and reader.folded(amount.first - 1) in _OPENINGS
    quoted = reader.folded(at) == "»" and reader.folded(amount.first - 1) == "»"
    at += bracketed or quoted or reader.folded(at) in ("«", '"')
    if reader.folded(at) == "علي" and reader.folded(at + 1) in ("الاقل", "الاكثر") and reader.folded(at + 2) == "من":
        # 14 على الأقل من النواب
        at += 2
    return at + 1 if reader.folded(at) == "من" else at


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
    heads = reader.folded(first) in followers("head") or of_men(reader.folded(first))
    last = first + 1 + (heads and plain(reader, first + 1))
    if (
        last == first + 1
        and last not in reader.name_ends
        and not definite(reader, first)
        and not definite(reader, last)
    ):
        # أشخاص من جنسية عربية
        return last + adjective(reader, last)
    while last < first + _OWNER_WORDS and not reader.line_start(last):
        if last in reader.name_ends:
            return reader.name_ends[last]
        if not definite(reader, last) or reader.folded(last) in word_class("relative"):
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
    word, partitive = reader.folded(at), reader.folded(at - 1) == "من"
    year = word in units_of_time() and reader.folded(at + 1).isdecimal()
    if word in word_class("others") | stops() | words_of("fates") or year or len(word) < _SHORTEST:
        return None
    if partitive:
        last = _noun_phrase(reader, at)
        return reader.text.token_span(at, last) if last is not None else None
    written = reader.tokens[at].text
    if (
        (amount.definite and amount.high < _THOUSAND)
        or written.startswith("ال")
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
        owned = _owned_noun(reader.folded(first + 1))
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
def _owned_noun(word: str) -> Noun | None:
    """``موظفيها``, ``سكانها``: a counted noun with a pronoun."""
    for stem in without_pronoun(word)[1:]:
        for form in (stem, stem + "ن", stem.removesuffix("ئ") + "ء"):
            match = nouns().at(tokenize(form), 0, clitics=False)
            if match is not None:
                return match.value
    return None


def _before(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """``الدول الست``, ``القوى العالمية الست``, ``قطاعات السوق الـ15``."""
    end = amount.first - (reader.folded(amount.first - 1) == "(")
    paired = _paired(reader, end)
    for first in (end - 2, end - 1) if paired else (end - 1, end - 2):
        match = nouns().at(reader.text, first) if first >= 0 else None
        whole = match is not None and (
            match.last == end or end in reader.name_starts or paired or adjective(reader, end - 1)
        )
        if match is not None and match.last == end and reader.folded(end - 1).endswith("ه") and amount.high > _PAIR:
            # المراتب المتقدمة الثلاث: what three count is a plural
            continue
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
        if not _with_pronoun(reader.tokens[end - 1].text):
            return None, None
        return _owned_noun(reader.folded(end - 1)), reader.text.token_span(end - 1, end)
    opening = end - 2 if _wide(reader, end) else end - 1
    if opening == end - 2 and end > _PAIR and definite(reader, end - 2) and definite(reader, end - 3):
        # الولايات الاتحادية الألمانية الست
        opening -= not reader.plural(end - 2)
    token = reader.tokens[opening]
    return None, reader.text.span(token.start + token.text.startswith("وال"), reader.tokens[end - 1].end)


def _paired(reader: Reader, end: int) -> bool:
    """``اللاعبين الأجانب الثلاثة``: a plural under the article and another that tells which."""
    articled = end >= _PAIR and reader.tokens[end - 2].text.removeprefix("و").startswith(("ال", *_ARTICLED))
    return articled and definite(reader, end - 1) and reader.plural(end - 2) and reader.plural(end - 1)


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
