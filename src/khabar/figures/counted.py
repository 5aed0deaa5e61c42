"""What a number counts: the noun behind or before it, its adjectives and its owner."""

from __future__ import annotations

from functools import cache

from khabar.figures.find import Amount
from khabar.figures.reader import Noun, Reader, followers, nouns
from khabar.lexicon import forms
from khabar.model import Span
from khabar.text import fold, tokenize
from khabar.text.morphology import without_pronoun
from khabar.text.numbers import approximation_before

_OTHERS = frozenset({"الاخرين", "الاخرون", "اخرين", "اخرون", "اخر", "اخري", "منهم", "منهن"})
_ADJECTIVE_ENDS = ("ي", "يا", "يه", "يين", "يون", "يات", "ين")
_OF = frozenset({"من", "«", '"'})
_CLAUSE_WORDS = frozenset(
    {"بينهم", "عندما", "بحلول", "ثم", "لكن", "حين", "اي", "ان", "ما", "لا", "لم", "قد", "فقط", "تقريبا"}
)
_STOPS = _CLAUSE_WORDS | frozenset(
    {
        "في",
        "و",
        "خلال",
        "اثر",
        "جراء",
        "علي",
        "بعد",
        "قبل",
        "منذ",
        "الي",
        "عن",
        "اثناء",
        "حتي",
        "مع",
        "او",
        "نحو",
        "بين",
    }
    | {"يوم", "عام", "طراز", "نوع"}
)
_MEASURES = ("percent", "money", "area", "distance")
_OWNED = frozenset({"تابعه", "تابعا", "تابعين", "تابع", "التابعه", "التابعين", "تابعات"})
_MEMBERS = frozenset({"person", "vehicle", "vessel", "aircraft", "other"})
"""What is *of* its owner after ``من``; a missile ``من قاعدة`` comes from there."""
_RELATIVES = frozenset(
    {"الذي", "التي", "الذين", "البالغ", "البالغه", "المقدر", "المقدره", "البالغين", "الماضي", "الماضيه"}
)
_OWNER_WORDS = 4
_AGREEING = 2
_SHORTEST = 3
_PAIR, _FEW, _THOUSAND = 2, 10, 1000
_ARTICLED = ("لل", "بال", "ولل", "وبال", "كال")
_BEDS = "اسره"
_AMONG_MEN = frozenset({"منهم", "بينهم", "منهن", "بينهن"})
_OPENINGS, _CLOSINGS = frozenset('(«"“['), frozenset(')»"”]')
_TOLLS = frozenset({"dead", "wounded", "missing", "arrested", "displaced"})
"""What becomes of people so often that a bare number counts people."""
_NUMBER_OF = frozenset({"تعداد", "عدد", "وعدد", "بعدد", "اعداد"})
_BEFORE_REACH = 9
_SENTENCE_ENDS = frozenset({".", "؟", "!", "؛"})


def counted_noun(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """The noun behind the number (``15 جنديا``, ``15 من الجنود``, ``(15) جنديا``) or, for a definite one, before it."""
    if amount.noun is not None:
        return amount.noun, reader.text.token_span(amount.first, amount.last) if amount.rule == "dual" else _of(
            reader, amount.last
        )
    at = _past_marks(reader, amount)
    named = at in reader.name_ends or (at == amount.last and not amount.vague and _definite(reader, at))
    match = nouns().at(reader.text, at, clitics=False) if at < len(reader.tokens) and not named else None
    if match is None and (amount.definite or amount.high == 1 or _dual_before(reader, amount)):
        return _before(reader, amount)
    owned = _owned_noun(reader.folded(at)) if match is None and reader.folded(at - 1) == "من" else None
    if owned is not None:
        return owned, reader.text.token_span(at, at + 1)
    if match is None:
        bare = _bare_noun(reader, amount, at)
        return (None, bare) if bare is not None else _number_of(reader, amount) or (None, None)
    if reader.folded(at) == _BEDS and _PAIR < amount.high <= _FEW:
        # ثمانية أسرة: beds, since families would be أسر
        return Noun("item", ""), reader.text.token_span(at, at + 1)
    if match.value.unit.startswith(("money", "distance")):
        # من behind money or a distance says where from
        return match.value, None
    if match.value.unit.startswith(_MEASURES):
        return match.value, _of(reader, match.last)
    return match.value, reader.text.token_span(at, _owned(reader, match.last, match.value.unit))


def _dual_before(reader: Reader, amount: Amount) -> bool:
    """``حقلان اثنان``."""
    return amount.high == _PAIR and not amount.digits and reader.folded(amount.first - 1).endswith(("ان", "ين"))


def _past_marks(reader: Reader, amount: Amount) -> int:
    """The token behind the number, its closing bracket or quotation mark, and ``من``."""
    at = amount.last
    bracketed = reader.folded(at) in _CLOSINGS and reader.folded(amount.first - 1) in _OPENINGS
    at += bracketed or reader.folded(at) in ("»", "«", '"')
    if reader.folded(at) == "علي" and reader.folded(at + 1) in ("الاقل", "الاكثر") and reader.folded(at + 2) == "من":
        # 14 على الأقل من النواب
        at += 2
    return at + 1 if reader.folded(at) == "من" else at


def _owned(reader: Reader, last: int, unit: str) -> int:
    """Past the adjectives and the owner: ``عنصرا من القوات الليبية``, ``شاحنات مساعدات تابعة للأمم المتحدة``."""
    definite = _definite(reader, last - 1)
    for _ in range(_AGREEING):
        last += _adjective(reader, last) and last not in reader.name_ends and definite == _definite(reader, last)
    if reader.folded(last + 1) in _OWNED and reader.tokens[last].kind == "word":
        last += 1
    if reader.folded(last) in _OWNED:
        return _noun_phrase(reader, last + 1) or last
    if reader.folded(last) == "من" and unit in _MEMBERS:
        return _noun_phrase(reader, last + 1) or last
    apart = reader.folded(last).startswith("و") or (last < len(reader.tokens) and reader.line_start(last))
    return last if apart else reader.name_ends.get(last, last)


def _noun_phrase(reader: Reader, first: int) -> int | None:
    """The token behind an owner: a name, or a noun with what is definite behind it."""
    if first in reader.name_ends:
        return reader.name_ends[first]
    if not _plain(reader, first):
        return None
    last = first + 1 + (reader.folded(first) in followers("head") and _plain(reader, first + 1))
    while last < first + _OWNER_WORDS:
        if last in reader.name_ends:
            return reader.name_ends[last]
        if not _definite(reader, last) or reader.folded(last) in _RELATIVES:
            break
        last += 1
    return last


def _plain(reader: Reader, index: int) -> bool:
    """Is a token a word that may say what a head (``أهم``, ``إجمالي``) is of?"""
    if index >= len(reader.tokens) or reader.tokens[index].kind != "word":
        return False
    return reader.folded(index) not in _STOPS | _OTHERS | followers("stop")


def _number_of(reader: Reader, amount: Amount) -> tuple[Noun | None, Span] | None:
    """``عدد الجنود الروس من 800 ... إلى 1800``, ``عدد موظفيها 20``: what is counted stands before both numbers."""
    for first in range(amount.first - 1, max(-1, amount.first - 1 - _BEFORE_REACH * 2), -1):
        if reader.folded(first) in _SENTENCE_ENDS:
            return None
        if reader.folded(first) not in _NUMBER_OF or first + 1 >= amount.first:
            continue
        match = nouns().at(reader.text, first + 1)
        if match is not None and match.last <= amount.first:
            last = match.last + 1 if _adjective(reader, match.last) or _definite(reader, match.last) else match.last
            return match.value, reader.text.token_span(first + 1, min(last, amount.first))
        owned = _owned_noun(reader.folded(first + 1))
        if owned is not None:
            return owned, reader.text.token_span(first + 1, first + 2)
        if _definite(reader, first + 1) and amount.first - first <= _BEFORE_REACH and _unmixed(reader, first, amount):
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
        for form in (stem, stem + "ن"):
            match = nouns().at(tokenize(form), 0, clitics=False)
            if match is not None:
                return match.value
    return None


def _definite(reader: Reader, index: int) -> bool:
    word = reader.tokens[index].text if 0 <= index < len(reader.tokens) else ""
    return word.startswith(("ال", "وال")) and reader.folded(index) not in ("ال", "وال")


def _of(reader: Reader, index: int) -> Span | None:
    """``20 طنا من القمح``, ``60 في المئة من السكان``: what the measure is of."""
    if reader.folded(index) != "من" or not _plain(reader, index + 1):
        return None
    last = _noun_phrase(reader, index + 1)
    return reader.text.token_span(index + 1, last) if last is not None else None


def _before(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """``الدول الست``, ``القوى العالمية الست``, ``قطاعات السوق الـ15``."""
    end = amount.first
    for first in (end - 1, end - 2):
        match = nouns().at(reader.text, first) if first >= 0 else None
        whole = match is not None and (match.last == end or end in reader.name_starts or _adjective(reader, end - 1))
        told = reader.tokens[first].text.startswith(_ARTICLED)
        if match is not None and whole and (match.prefix in ("", "و") or told):
            if match.value.unit.startswith("money"):
                return match.value, None
            last = end - 1 if reader.tokens[end - 1].kind == "word" else match.last - 1
            return match.value, reader.text.span(match.start, reader.tokens[last].end)
    if end == 0 or reader.tokens[end - 1].kind != "word" or reader.folded(end - 1) in followers("stop"):
        return None, None
    if reader.tokens[end - 1].text.startswith(_ARTICLED):
        # للرؤساء الثلاثة
        return None, reader.text.token_span(end - 1, end)
    if not (_definite(reader, end - 1) or reader.plural(end - 1) or end in reader.name_starts or amount.high == _PAIR):
        return (None, reader.text.token_span(end - 1, end)) if _with_pronoun(reader.folded(end - 1)) else (None, None)
    opening = end - 2 if _wide(reader, end) else end - 1
    if opening == end - 2 and end > _PAIR and _definite(reader, end - 2) and _definite(reader, end - 3):
        # الولايات الاتحادية الألمانية الست
        opening -= not reader.plural(end - 2)
    token = reader.tokens[opening]
    return None, reader.text.span(token.start + token.text.startswith("وال"), reader.tokens[end - 1].end)


def _with_pronoun(word: str) -> bool:
    """``أبنائه الخمسة``."""
    return word.endswith(("ه", "ها", "هم", "نا")) and not word.startswith(("و", "ب", "ل"))


def _wide(reader: Reader, end: int) -> bool:
    """Does a noun with an adjective or an owner stand before a definite number (``القوى الكبرى الست``)?"""
    if end < _PAIR or reader.tokens[end - 2].kind != "word" or reader.folded(end - 2) in followers("stop") | _STOPS:
        return False
    if end in reader.name_starts or (_definite(reader, end - 1) and _definite(reader, end - 2)):
        # أفلام رامبو الأربعة: the name owns what is counted
        return True
    if not _definite(reader, end - 1):
        return False
    # أبعاد الشخصية الخمسة: a number of masculine nouns counts no feminine one
    apart = reader.folded(end).endswith("ه") and reader.folded(end - 1).endswith("ه")
    return not reader.plural(end - 1) and (apart or reader.plural(end - 2))


def _bare_noun(reader: Reader, amount: Amount, at: int) -> Span | None:
    """A noun that the table does not know still says what is counted."""
    if at >= len(reader.tokens) or reader.tokens[at].kind != "word" or reader.line_start(at):
        return None
    word, partitive = reader.folded(at), reader.folded(at - 1) == "من"
    if word in _OTHERS | _STOPS | followers("stop") or len(word) < _SHORTEST:
        return None
    if partitive:
        last = _noun_phrase(reader, at)
        return reader.text.token_span(at, last) if last is not None else None
    written = reader.tokens[at].text
    if (
        (amount.definite and amount.high < _THOUSAND)
        or written.startswith("ال")
        or _verb(word, amount.high)
        or _particle(word, amount.high)
    ):
        return None
    return reader.text.token_span(at, at + 1)


def _particle(word: str, value: float) -> bool:
    """Does a particle stand before the word (``بجروح``, ``وذلك``)?  Nouns that only look so are in the table.

    Behind 11 to 99 the accusative shows the noun (``70 بئرا``), since ``بئرا`` has no other reading.
    """
    if word[0] not in "وبل" or word in followers("noun"):
        return False
    return not (11 <= value % 100 <= 99 and word.endswith("ا") and word[0] != "و")


def _verb(word: str, value: float) -> bool:
    """``تواصلت``, ``يحملون``, ``قتلوا``; a noun behind 11 to 99 is an accusative."""
    if word.endswith("وا") or (word.startswith("ي") and word.endswith(("ون", "ان", "ين"))):
        return True
    if len(word) > _SHORTEST and word.endswith("ت") and word[-2] not in "اوي":
        return True
    open_ending = not word.endswith(("ا", "ه", "ي", "ء", "ئ"))
    return 11 <= value % 100 <= 99 and open_ending and word.startswith(("ي", "ت", "ن"))


def _adjective(reader: Reader, index: int) -> bool:
    return (
        index < len(reader.tokens)
        and reader.folded(index).endswith(_ADJECTIVE_ENDS)
        and len(reader.folded(index)) > 4
        and reader.tokens[index].kind == "word"
        and reader.folded(index) not in followers("stop")
        and not reader.folded(index).startswith(("و", "بب", "لل"))
        and not reader.line_start(index)
    )


def unit_without_noun(reader: Reader, amount: Amount, what: Span | None, fate: str) -> str:
    """``مقتل 37``, ``و5 آخرين``, ``8 من داعش``: people, where a fate or ``آخرين`` says so and no thing is named."""
    if reader.folded(amount.last) in _OTHERS:
        return "person"
    if what is None and (_acting(reader.folded(amount.last)) or _among(reader, amount)):
        return "person"
    if what is not None and _people(what.text.split()[0]):
        return "person"
    named = what is not None and reader.folded(amount.last) not in _OF | _STOPS
    whole = amount.low == int(amount.low)
    return "person" if fate in _TOLLS and whole and not named else "other"


def _acting(word: str) -> bool:
    """``119 يحملون شهادة``, ``30 قتلوا``: a verb of many men behind the number."""
    return len(word) > _SHORTEST and (
        (word[0] == "ي" and word.endswith("ون")) or word.endswith("وا") or word == "الذين"
    )


def _among(reader: Reader, amount: Amount) -> bool:
    """``منهم أكثر من 50 ألفا``."""
    bound = approximation_before(reader.text, amount.first)
    before = (bound.first if bound is not None else amount.first) - 1
    return reader.folded(before).lstrip("و") in _AMONG_MEN


def _people(word: str) -> bool:
    """``الحوثيين``, ``متسابقين``, ``سباحين``: plurals of men by their letters."""
    folded = fold(word).removeprefix("ال")
    return folded.endswith(("ين", "ون")) and len(folded) >= _SHORTEST + 2 and folded not in _things()


@cache
def _things() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("thing_plurals"))
