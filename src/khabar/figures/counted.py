"""What a number counts: the noun behind or before it, its adjectives and its owner."""

from __future__ import annotations

from khabar.figures.find import Amount
from khabar.figures.reader import Noun, Reader, nouns
from khabar.model import Span

_OTHERS = frozenset({"اخرين", "اخرون", "اخر", "اخري", "منهم", "منهن"})
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
_OWNER_WORDS = 4
_AGREEING = 2
_NUMBER_OF = frozenset({"عدد", "وعدد", "بعدد", "اعداد"})
_BEFORE_REACH = 9
_SENTENCE_ENDS = frozenset({".", "؟", "!", "؛"})


def counted_noun(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """The noun behind the number (``15 جنديا``, ``15 من الجنود``) or, for a definite one, before it."""
    if amount.noun is not None:
        return amount.noun, reader.text.token_span(amount.first, amount.last) if amount.rule == "dual" else _of(
            reader, amount.last
        )
    at = amount.last
    if reader.folded(at) in ("من", "»", "«", '"'):
        at += 1
    match = nouns().at(reader.text, at, clitics=False) if at < len(reader.tokens) else None
    if match is None and amount.definite:
        return _before(reader, amount)
    if match is None:
        return _number_of(reader, amount) or (None, _bare_noun(reader, amount, at))
    if match.value.unit.startswith(_MEASURES):
        return match.value, _of(reader, match.last)
    return match.value, reader.text.token_span(at, _owned(reader, match.last, match.value.unit))


def _owned(reader: Reader, last: int, unit: str) -> int:
    """Past the adjectives and the owner: ``عنصرا من القوات الليبية``, ``شاحنات مساعدات تابعة للأمم المتحدة``."""
    for _ in range(_AGREEING):
        last += _adjective(reader, last) and last not in reader.name_ends
    if reader.folded(last + 1) in _OWNED and reader.tokens[last].kind == "word":
        last += 1
    if reader.folded(last) in _OWNED:
        return _noun_phrase(reader, last + 1) or last
    if reader.folded(last) == "من" and unit in _MEMBERS:
        return _noun_phrase(reader, last + 1) or last
    return reader.name_ends.get(last, last)


def _noun_phrase(reader: Reader, first: int) -> int | None:
    """The token behind an owner: a name, or a noun with what is definite behind it."""
    if first in reader.name_ends:
        return reader.name_ends[first]
    if first >= len(reader.tokens) or reader.tokens[first].kind != "word" or reader.folded(first) in _STOPS | _OTHERS:
        return None
    last = first + 1
    while last < first + _OWNER_WORDS:
        if last in reader.name_ends:
            return reader.name_ends[last]
        definite = reader.folded(last).startswith("ال") and reader.tokens[last].kind == "word"
        if not definite or reader.folded(last) in ("الذي", "التي", "الذين"):
            break
        last += 1
    return last


def _number_of(reader: Reader, amount: Amount) -> tuple[Noun, Span] | None:
    """``عدد الجنود الروس من 800 ... إلى 1800``: what is counted stands before both numbers."""
    for first in range(amount.first - 1, max(-1, amount.first - 1 - _BEFORE_REACH * 2), -1):
        if reader.folded(first) in _SENTENCE_ENDS:
            return None
        match = nouns().at(reader.text, first + 1) if reader.folded(first) in _NUMBER_OF else None
        if match is not None and match.last <= amount.first:
            last = match.last + 1 if _adjective(reader, match.last) or _definite(reader, match.last) else match.last
            return match.value, reader.text.token_span(first + 1, min(last, amount.first))
    return None


def _definite(reader: Reader, index: int) -> bool:
    return reader.folded(index).startswith("ال") and reader.tokens[index].kind == "word"


def _of(reader: Reader, index: int) -> Span | None:
    """``20 طنا من القمح``, ``60 في المئة من السكان``: what the measure is of."""
    if reader.folded(index) != "من" or index + 1 >= len(reader.tokens) or reader.tokens[index + 1].kind != "word":
        return None
    return reader.text.token_span(index + 1, index + 2)


def _before(reader: Reader, amount: Amount) -> tuple[Noun | None, Span | None]:
    """``الدول الست``, ``القوى العالمية الست``."""
    for first in (amount.first - 1, amount.first - 2):
        match = nouns().at(reader.text, first) if first >= 0 else None
        if match is not None:
            return match.value, reader.text.span(match.start, reader.tokens[amount.first - 1].end)
    if amount.first == 0 or reader.tokens[amount.first - 1].kind != "word":
        return None, None
    return None, reader.text.token_span(amount.first - 1, amount.first)


def _bare_noun(reader: Reader, amount: Amount, at: int) -> Span | None:
    """A noun that the table does not know still says what is counted."""
    if at >= len(reader.tokens) or reader.tokens[at].kind != "word" or reader.folded(at) in _OTHERS | _STOPS:
        return None
    return reader.text.token_span(at, at + 1) if len(reader.folded(at)) > 2 else None


def _adjective(reader: Reader, index: int) -> bool:
    return (
        index < len(reader.tokens)
        and reader.folded(index).endswith(_ADJECTIVE_ENDS)
        and len(reader.folded(index)) > 4
        and reader.tokens[index].kind == "word"
    )


def unit_without_noun(reader: Reader, amount: Amount, what: Span | None, fate: str) -> str:
    """``مقتل 37``, ``و5 آخرين``, ``8 من داعش``: people, where a fate or ``آخرين`` says so and no thing is named."""
    if reader.folded(amount.last) in _OTHERS:
        return "person"
    named = what is not None and reader.folded(amount.last) not in _OF | _STOPS
    if what is not None and what.text.endswith(("يين", "يون")):
        return "person"
    human = named and what is not None and what.text.endswith(("ين", "ون"))
    return "person" if fate and (human or not named) else "other"
