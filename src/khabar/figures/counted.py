"""What a number counts: the noun behind it, its adjectives and its owner."""

from __future__ import annotations

from khabar.figures.amounts import Amount
from khabar.figures.before import before, number_of, owned_noun
from khabar.figures.reader import Reader
from khabar.figures.shapes import adjective, definite, particle, plain, verb
from khabar.figures.words import Noun, duals, followers, nouns, stops, word_class
from khabar.model import Span

_MEASURES = ("percent", "money", "area", "distance")
_MEMBERS = frozenset({"person", "vehicle", "vessel", "aircraft", "other"})
"""What is *of* its owner after ``من``; a missile ``من قاعدة`` comes from there."""
_OWNER_WORDS = 4
_AGREEING = 2
_SHORTEST = 3
_PAIR, _FEW, _THOUSAND = 2, 10, 1000
_BEDS = "اسره"
_OPENINGS, _CLOSINGS = frozenset('(«"“['), frozenset(')»"”]')


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
    match = nouns().at(reader.text, at, clitics=False) if at < len(reader.tokens) and not articled else None
    if match is not None and at in reader.name_ends and not match.value.unit.startswith("money"):
        # a name, but for the riyal that a club is called after (مليار ريال)
        match = None
    told = amount.definite or amount.high == 1 or _dual_before(reader, amount) or _told_before(reader, amount)
    if match is None and told:
        return before(reader, amount)
    owned = owned_noun(reader.folded(at)) if match is None and reader.folded(at - 1) == "من" else None
    if owned is not None:
        return owned, reader.text.token_span(at, at + 1)
    if match is None:
        bare = _bare_noun(reader, amount, at)
        return (None, bare) if bare is not None else number_of(reader, amount) or (None, None)
    if reader.folded(at) == _BEDS and _PAIR < amount.high <= _FEW:
        # ثمانية أسرة: beds, since families would be أسر
        return Noun("item", ""), reader.text.token_span(at, at + 1)
    if match.value.unit.startswith(("money", "distance")):
        # من behind money or a distance says where from
        return match.value, None
    if match.value.unit.startswith(_MEASURES):
        return match.value, _of(reader, match.last)
    return match.value, reader.text.token_span(at, _owned(reader, match.last, match.value.unit))


def _told_before(reader: Reader, amount: Amount) -> bool:
    """``في حق المتهمين (2)``: a bracketed number that repeats how many the plural before it are."""
    first, last = amount.first - 1, amount.last
    bracketed = reader.folded(first) == "(" and reader.folded(last) == ")"
    if not bracketed:
        # للبنين 97666
        articled = reader.tokens[first].text.startswith(("ال", "لل")) if first >= 0 else False
        return amount.digits and articled and reader.plural(first) and not plain(reader, last)
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
    at += bracketed or reader.folded(at) in ("»", "«", '"')
    if reader.folded(at) == "علي" and reader.folded(at + 1) in ("الاقل", "الاكثر") and reader.folded(at + 2) == "من":
        # 14 على الأقل من النواب
        at += 2
    return at + 1 if reader.folded(at) == "من" else at


def _owned(reader: Reader, last: int, unit: str) -> int:
    """Past the adjectives and the owner: ``عنصرا من القوات الليبية``, ``شاحنات مساعدات تابعة للأمم المتحدة``."""
    articled = definite(reader, last - 1)
    for _ in range(_AGREEING):
        last += adjective(reader, last) and last not in reader.name_ends and articled == definite(reader, last)
    if reader.folded(last + 1) in word_class("owned") and reader.tokens[last].kind == "word":
        last += 1
    if reader.folded(last) in word_class("owned"):
        return _noun_phrase(reader, last + 1) or last
    if reader.folded(last) == "من" and unit in _MEMBERS:
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
    if not plain(reader, first):
        return None
    last = first + 1 + (reader.folded(first) in followers("head") and plain(reader, first + 1))
    while last < first + _OWNER_WORDS:
        if last in reader.name_ends:
            return reader.name_ends[last]
        if not definite(reader, last) or reader.folded(last) in word_class("relative"):
            break
        last += 1
    return last


def _of(reader: Reader, index: int) -> Span | None:
    """``20 طنا من القمح``, ``60 في المئة من السكان``: what the measure is of."""
    if reader.folded(index) != "من" or not plain(reader, index + 1):
        return None
    last = _noun_phrase(reader, index + 1)
    return reader.text.token_span(index + 1, last) if last is not None else None


def _bare_noun(reader: Reader, amount: Amount, at: int) -> Span | None:
    """A noun that the table does not know still says what is counted."""
    if at >= len(reader.tokens) or reader.tokens[at].kind != "word" or reader.line_start(at):
        return None
    word, partitive = reader.folded(at), reader.folded(at - 1) == "من"
    if word in word_class("others") | stops() or len(word) < _SHORTEST:
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
