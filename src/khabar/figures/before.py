"""What a number counts where its noun stands before it: ``الدول الست``, ``نواب الرئيس الثلاثة``, ``أبنائه الخمسة``."""

from __future__ import annotations

from functools import cache

from khabar.figures.amounts import Amount
from khabar.figures.reader import Reader
from khabar.figures.shapes import adjective, definite
from khabar.figures.words import Noun, followers, nouns, plurals, stops, word_class
from khabar.model import Span
from khabar.text import fold, tokenize
from khabar.text.morphology import without_pronoun
from khabar.text.phrases import Match

_PAIR, _BROKEN = 2, 7
_MASDAR = 5
_PREFIXED = {"بال": 1, "كال": 1, "وبا": 2}
"""Letters before the article, where it is written out."""
_ARTICLED = ("لل", "بال", "ولل", "وبال", "كال")


@cache
def owned_noun(word: str) -> Noun | None:
    """``موظفيها``, ``سكانها``: a counted noun with a pronoun."""
    for stem in without_pronoun(word)[1:]:
        for form in (stem, stem + "ن", stem.removesuffix("ئ") + "ء"):
            match = nouns().at(tokenize(form), 0, clitics=False)
            if match is not None:
                return match.value
    return None


def noun_before(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """``الدول الست``, ``القوى العالمية الست``, ``قطاعات السوق الـ15``."""
    if reader.tokens[amount.first].text.removeprefix("و").startswith(_ARTICLED) and not amount.digits:
        # الفوز بالمليارين: what has its own preposition follows no noun
        return None, None
    end = amount.first - (reader.folded(amount.first - 1) == "(")
    if (owners := _of_name(reader, end)) is not None:
        return owners
    if (head := _construct(reader, end)) is not None:
        match = nouns().at(reader.text, head)
        start = match.start if match is not None else reader.tokens[head].start + _led(reader.tokens[head].text)
        return match.value if match is not None else None, reader.text.span(start, reader.tokens[end - 1].end)
    paired = _paired(reader, end)
    if reader.folded(end - 2) in word_class("founder") and definite(reader, end - 1) and amount.high > _PAIR:
        # مؤسسو الموقع الثلاثة
        return Noun("person", ""), reader.text.token_span(end - 2, end)
    doubled = reader.folded(end - 2) in ("كيلو", "ميل")
    for first in (end - 2, end - 1) if paired or doubled else (end - 1, end - 2):
        match = nouns().at(reader.text, first) if first >= 0 else None
        headed = amount.high > _PAIR and reader.plural(first) and not reader.plural(end - 1)
        whole = match is not None and (
            match.last == end
            or end in reader.name_starts
            or paired
            or adjective(reader, end - 1)
            or (headed and definite(reader, end - 1))
        )
        if match is not None and match.last == end and _single(reader, amount, end, match.value):
            # المراتب المتقدمة الثلاث: what three count is a plural
            continue
        told = reader.tokens[first].text.startswith(_ARTICLED)
        if match is not None and whole and (match.prefix in ("", "و") or told):
            if match.value.unit.startswith("money"):
                return match.value, None
            last = end - 1 if reader.tokens[end - 1].kind == "word" else match.last - 1
            opening = _opening(reader, amount, match)
            if opening is not None:
                return opening[0], reader.text.span(opening[1], reader.tokens[last].end)
            # للركاب: the noun, since half an article is none
            start = reader.tokens[first].start + 2 if reader.tokens[first].text.startswith("لل") else match.start
            return match.value, reader.text.span(start, reader.tokens[last].end)
    return _unlisted(reader, amount, end)


def _of_name(reader: Reader, end: int) -> tuple[Noun, Span] | None:
    """``دول مجلس التعاون الخليجي الست``: the plural that owns the name before a number."""
    name = reader.name_starts.get(end, 0)
    match = nouns().at(reader.text, name - 1) if name and reader.plural(name - 1) else None
    return (match.value, reader.text.span(match.start, reader.tokens[end - 1].end)) if match is not None else None


def _single(reader: Reader, amount: Amount, end: int, noun: Noun) -> bool:
    """Is the word before a number a singular, by its ending?  ``البحارة الأربعة`` are men, whom such plurals count."""
    feminine = reader.folded(end - 1).endswith("ه") and amount.high > _PAIR
    return feminine and not (noun.unit == "person" and reader.folded(amount.first).endswith("ه"))


def _opening(reader: Reader, amount: Amount, match: Match[Noun]) -> tuple[Noun, int] | None:
    """``نواب رئيس الجمهورية الثلاثة``: the plural that owns the singular before the number, and where it begins."""
    first = match.first - 1
    if amount.high <= _PAIR or first < 0 or match.prefix or reader.plural(match.first):
        return None
    head = nouns().at(reader.text, first) if reader.plural(first) else None
    return (head.value, head.start) if head is not None and head.last == match.first else None


def _unlisted(reader: Reader, amount: Amount, end: int) -> tuple[Noun | None, Span | None]:
    """A noun before a definite number that the table does not know."""
    leads = reader.folded(end - 1) in followers("stop") | word_class("of_them")
    if end == 0 or reader.tokens[end - 1].kind != "word" or leads:
        return None, None
    joined = reader.folded(end - 1).startswith("و") and (owned := owned_noun(reader.folded(end - 1)[1:])) is not None
    if joined and _with_pronoun(reader.tokens[end - 1].text):
        # رئيس جديد ونوابه الثلاثة
        token = reader.tokens[end - 1]
        return owned, reader.text.span(token.start + 1, token.end)
    if _with_pronoun(reader.tokens[end - 1].text) and (owned := owned_noun(reader.folded(end - 1))) is not None:
        # أولادها الأربعة
        return owned, reader.text.token_span(end - 1, end)
    if reader.tokens[end - 1].text.startswith(_ARTICLED):
        # للرؤساء الثلاثة
        token = reader.tokens[end - 1]
        return None, reader.text.span(token.start + _PREFIXED.get(token.text[:3], 0), token.end)
    if not (definite(reader, end - 1) or reader.plural(end - 1) or end in reader.name_starts or amount.high == _PAIR):
        if not _with_pronoun(reader.tokens[end - 1].text):
            return None, None
        return owned_noun(reader.folded(end - 1)), reader.text.token_span(end - 1, end)
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
    """``أبنائه الخمسة``, ``بأطوارها الثلاثة``."""
    own = owned_noun(fold(word)) is not None
    led = word.startswith(("ب", "ل")) and not own and not (word.startswith("بأ") and len(word) >= _BROKEN)
    return word.endswith(("ه", "ها", "هم", "نا")) and not led


def _construct(reader: Reader, end: int) -> int | None:
    """``مراكب الصيد البحري الثلاثة``, ``أجهزة الإحصاء الست``: the plural that owns what stands before a number."""
    for head in (end - 3, end - 2):
        owned = all(definite(reader, at) and not reader.plural(at) for at in range(head + 1, end))
        if head >= 0 and owned and not definite(reader, head) and reader.plural(head):
            return head
    return None


def _led(word: str) -> bool:
    """Does a letter stand before a plural (``بأجهزة``, ``وقطاعات``)?"""
    return word.startswith("و") or word[:2] in ("بأ", "لأ")


def _wide(reader: Reader, end: int) -> bool:
    """Does a noun with an adjective or an owner stand before a definite number (``القوى الكبرى الست``)?"""
    if end < _PAIR or reader.tokens[end - 2].kind != "word" or reader.folded(end - 2) in stops():
        return False
    if end in reader.name_starts:
        # أفلام رامبو الأربعة: the name owns what is counted
        return True
    if not definite(reader, end - 1) or reader.folded(end - 1).startswith("وال"):
        # الأحزاب والرئاسات الثلاث
        return False
    if _masdar(reader.folded(end - 1)):
        # مراحل التدريب الثلاث
        return True
    if reader.folded(end - 1) in plurals() and not reader.plural(end - 2):
        # الهدف المراكز الثلاثة
        return False
    if definite(reader, end - 2):
        return True
    # أبعاد الشخصية الخمسة: a number of masculine nouns counts no feminine one
    apart = reader.folded(end).endswith("ه") and reader.folded(end - 1).endswith("ه")
    return not reader.plural(end - 1) and (apart or reader.plural(end - 2))


def _masdar(word: str) -> bool:
    """``التدريب``, ``التسجيل``: a verbal noun, by its letters, which nothing counts."""
    stem = word.removeprefix("ال")
    return word != stem and len(stem) == _MASDAR and stem[0] == "ت" and stem[-2] == "ي"
