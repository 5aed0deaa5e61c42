"""Numbers that share one noun: ``من 2500 إلى 11 ألف ريال``, ``136 مليون ريال من 124 مليون``, ``450 و344 شاحنة``."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.figures.amounts import Amount
from khabar.figures.counted import counted_noun
from khabar.figures.reader import Reader
from khabar.figures.shapes import definite
from khabar.figures.words import Noun, followers, nouns, word_class, words_of
from khabar.model import Span
from khabar.text import fold
from khabar.text.numbers import approximation_before

Counted = tuple[Noun | None, Span | None]

_BETWEEN = frozenset({"و", "الي", "او", "ثم", "-", "–", "مقابل", "من", "حتي", "(", "نحو", "حوالي", "قرابه", "اصل"})
_LEADS = frozenset({"الي", "من", "مقابل", "ب", "عن", "مع", "لي"})
_ENDS = frozenset({".", "؛", "!", "؟", ":", "،", ","})
_SENTENCE_ENDS = frozenset({".", "!", "؟"})
_LEAST_OF_MONEY = 1e6
_LIST_REACH = 25
_REACH = 12
_PEOPLE_REACH = 10
_PARTS = frozenset({"منها", "منهم", "منهن", "منهما", "بينها"})
_WHOLES = frozenset({"اصل", "مجموع", "جمله"})
_FORWARD = 3
_ENUMERATED_REACH = 11
_PLACED = frozenset({"في", "من", "ضد", "تحت", "قيد", "حسب", "وفق", "وفقا"})
_THOUSAND = 1000
_QUOTES = frozenset('"«»“”')
_LETTER = 2
"""``بي`` of ``بي كي تي`` is a letter's name."""
_WERE = frozenset({"كان", "كانت", "كانوا"})
_WERE_REACH = 3
_MEASURED = ("percent", "money", "area", "distance")


def all_counted(reader: Reader, amounts: Sequence[Amount]) -> list[Counted]:
    """What each amount counts; where nothing stands behind one, what the other number of its pair counts."""
    own = [counted_noun(reader, amount) for amount in amounts]
    shared = list(own)
    for at in reversed(range(len(amounts) - 1)):
        if _open(own[at]) and _next_to(reader, amounts[at], amounts[at + 1]):
            shared[at] = _bracketed(reader, amounts[at], _lent(shared[at + 1]))
        elif _open(own[at]) and _grows(reader, amounts[at], amounts[at + 1]):
            shared[at] = _lent(shared[at + 1])
    for at in range(1, len(amounts)):
        if _other_origin(reader, amounts, shared, at):
            shared[at] = _head(reader, shared[at - 1])
        if _open(shared[at]) and compared(reader, amounts[at - 1], amounts[at]):
            shared[at] = _compared_with(reader, amounts[at], shared[at - 1])
    for at, amount in enumerate(amounts):
        if own[at][0] is None and _in_money_list(reader, amounts, shared, at):
            shared[at] = next(shared[near] for near in (at - 1, at + 1) if _money_at(shared, near))
        elif _open(shared[at]) and at > 0 and compared(reader, amounts[at - 1], amount) and not _open(shared[at - 1]):
            shared[at] = _compared_with(reader, amount, shared[at - 1])
        elif _open(shared[at]) and not amount.vague:
            shared[at] = _part(reader, amounts, shared, at) or _changed(reader, amount) or _numbered(reader, amount)
    return shared


def _bracketed(reader: Reader, amount: Amount, lent: Counted) -> Counted:
    """``بعرض 13.23 (43.4 قدما)``: what stands in brackets is another measure."""
    measured = lent[0] is not None and lent[0].unit.startswith(_MEASURED)
    return (None, None) if measured and reader.folded(amount.last) == "(" else lent


def _grows(reader: Reader, amount: Amount, following: Amount) -> bool:
    """``نحو 5 آلاف في البداية مرشحة للارتفاع إلى 50 ألف فرصة عمل``: the first of a growth counts what the last does."""
    words = [reader.folded(at) for at in range(amount.last, following.first)]
    growth = len(words) <= _REACH and words[-1:] == ["الي"] and not amount.vague and not _ENDS & set(words)
    stems = words_of("change_words")
    return growth and any(word in stems or word.removeprefix("لل") in stems for word in words)


def _compared_with(reader: Reader, amount: Amount, before: Counted) -> Counted:
    """What the number before counts, where this one can count it too."""
    lent = _lent(before)
    return (None, None) if _level(reader, amount, lent) or _broken(amount, lent) else lent


def _part(reader: Reader, amounts: Sequence[Amount], shared: Sequence[Counted], at: int) -> Counted | None:
    """``302 هدفا منها 211``, ``35 درجة وفي حدود 21 بالمرتفعات``: what the number before counts."""
    amount = amounts[at]
    told = shared[at - 1][1] if at > 0 else None
    degrees = told is not None and fold(told.text).split()[0] in word_class("degree")
    bound = approximation_before(reader.text, amount.first)
    before = reader.folded((bound.first if bound is not None else amount.first) - 1).lstrip("وف")
    parted = at > 0 and bool({before, reader.folded(amount.last)} & _PARTS)
    parted = parted or (at > 0 and before in _WHOLES and reader.folded(amount.first - 2) == "من")
    scaled = _scaled_money(amounts, shared, at)
    if not (degrees or parted or scaled or _enumerated(reader, amounts, at)):
        return None
    first = amounts[at - 1].last
    ended = any(reader.folded(i) in _SENTENCE_ENDS for i in range(first, amount.first))
    if amount.first - first > _LIST_REACH or (ended and not scaled):
        return None
    lent = _lent(shared[at - 1])
    if parted and (other := _disagreeing(reader, amount, before, lent)) is not None:
        return other
    return None if _open(lent) or (lent[0] is not None and lent[0].unit.startswith("percent")) else lent


def _disagreeing(reader: Reader, amount: Amount, before: str, lent: Counted) -> Counted | None:
    """``12 من القادة، وقع 3 منها``: things; ``في تسع محافظات، 3 منهم``: people; None where the pronoun agrees."""
    noun, what = lent
    if what is None:
        return None
    pronouns = {before, reader.folded(amount.last)}
    unit, feminine = noun.unit if noun is not None else "", what.text.split()[0].endswith("ات")
    if "منها" in pronouns and unit == "person" and not feminine:
        return None, None
    if "منهم" in pronouns and (unit == "event" or (feminine and unit != "person")):
        return Noun("person", ""), None
    return None


def _changed(reader: Reader, amount: Amount) -> Counted | None:
    """``انخفضت وفيات الأطفال في العالم إلى ستة ملايين``: the plural that rises or falls."""
    bound = approximation_before(reader.text, amount.first)
    first = bound.first if bound is not None else amount.first
    if reader.folded(first - 1) != "الي":
        return None
    for at in range(first - 2, max(-1, first - 2 - _LIST_REACH), -1):
        if reader.folded(at) in _ENDS or (reader.tokens[at].kind == "number" and at not in reader.taken):
            return None
        if reader.folded(at) in words_of("change_words") or reader.folded(at).lstrip("وف") in words_of("change_words"):
            match = nouns().at(reader.text, at + 1, clitics=False)
            counted = match is not None and reader.plural(at + 1) and not match.value.unit.startswith(_MEASURED)
            if match is None or not counted:
                return None
            return match.value, reader.text.token_span(at + 1, match.last + definite(reader, match.last))
    return None


def _scaled_money(amounts: Sequence[Amount], shared: Sequence[Counted], at: int) -> bool:
    """``47 ألف ريال، والتكاليف التشغيلية 77 ألفا``: thousands with nothing behind them, next to thousands of money."""
    amount = amounts[at]
    scaled = amount.low >= _THOUSAND and not amount.digits and not amount.vague
    return scaled and _money_at(shared, at - 1) and amounts[at - 1].low >= _THOUSAND


def _enumerated(reader: Reader, amounts: Sequence[Amount], at: int) -> bool:
    """``110 اعتداءات في منوبة و50 في بن عروس و30 في تونس``: a list that says only once what it counts."""
    if at == 0 or amounts[at].vague:
        return False
    first, last = amounts[at - 1].last, amounts[at].first
    quoted = reader.folded(last - 1) in _QUOTES and reader.folded(amounts[at].last) in _QUOTES
    joined = reader.folded(last).startswith("و") or reader.folded(last - 1 - quoted) == "و"
    words = [word for index in range(first, last) if (word := reader.folded(index)) not in _QUOTES]
    behind = reader.folded(amounts[at].last + quoted)
    placed = behind in _PLACED or (behind.startswith(("ب", "ل")) and len(behind) > _LETTER)
    if words[-2:] == ["،", "و"] or (words[-1:] == ["،"] and reader.folded(last).startswith("و")):
        words.remove("،")
    return joined and placed and 0 < len(words) <= _ENUMERATED_REACH and not _ENDS & set(words)


def _money_at(shared: Sequence[Counted], at: int) -> bool:
    if not 0 <= at < len(shared):
        return False
    noun = shared[at][0]
    return noun is not None and noun.unit.startswith("money")


def _in_money_list(reader: Reader, amounts: Sequence[Amount], shared: Sequence[Counted], at: int) -> bool:
    """``7 ملايين للصحة و3 ملايين دينار للتعليم``: millions with nothing behind them beside millions of money."""
    amount = amounts[at]
    counted = shared[at][1]
    if amount.digits or amount.vague or counted is not None:
        return False
    if amount.low < _LEAST_OF_MONEY:
        return _before_money(reader, amounts, shared, at)
    for near in (at - 1, at + 1):
        if not _money_at(shared, near) or amounts[near].low < _LEAST_OF_MONEY:
            continue
        first, last = sorted((amounts[near].first, amount.first))
        if last - first < _LIST_REACH and not any(reader.folded(i) in _SENTENCE_ENDS for i in range(first, last)):
            return True
    return False


def _before_money(reader: Reader, amounts: Sequence[Amount], shared: Sequence[Counted], at: int) -> bool:
    """``300 ألف وأخرى 400 ألف ريال``: thousands right before thousands of money."""
    amount = amounts[at]
    if amount.low < _THOUSAND or not _money_at(shared, at + 1) or amounts[at + 1].low < _THOUSAND:
        return False
    gap = range(amount.last, amounts[at + 1].first)
    return (
        len(gap) <= _FORWARD
        and reader.folded(amount.last).startswith("و")
        and not any(reader.folded(i) in _ENDS for i in gap)
    )


def _other_origin(reader: Reader, amounts: Sequence[Amount], shared: Sequence[Counted], at: int) -> bool:
    """``426 ناشرا من فرنسا و33 من بلدان أخرى``: not 33 countries, but publishers from there."""
    noun, what = shared[at]
    before = shared[at - 1][0]
    if (
        (noun is not None and noun.unit != "other")
        or (what is not None and fold(what.text).split()[0] in followers("head"))
        or what is None
        or before is None
        or before.unit == "other"
        or before.dual
        or before.unit.startswith(_MEASURED)
    ):
        return False
    gap = [reader.folded(i) for i in range(amounts[at - 1].last, amounts[at].first)]
    joined = reader.folded(amounts[at].first).startswith("و") or gap[-1:] == ["و"]
    parallel = reader.folded(amounts[at].last) == "من" and gap[1:2] == ["من"]
    return joined and parallel and len(gap) <= _REACH and not _ENDS & set(gap)


def _head(reader: Reader, counted: Counted) -> Counted:
    """What is counted, without where it comes from."""
    noun, what = counted
    if what is None:
        return counted
    first = reader.text.token_at(what.start)
    return noun, reader.text.token_span(first, first + 1)


def _numbered(reader: Reader, amount: Amount) -> Counted:
    """``العناصر البالغ عددها 7``, ``وصل عددهم إلى 450 ألفا``: what the pronoun of ``عددها`` stands for."""
    bound = approximation_before(reader.text, amount.first)
    first = bound.first if bound is not None else amount.first
    if reader.folded(first - 1).lstrip("و") in ("البالغ", "البالغين"):
        return _antecedent(reader, first - 1)
    for at in range(amount.first - 1, max(-1, amount.first - 1 - _PEOPLE_REACH), -1):
        word = reader.folded(at).lstrip("وف")
        if word in _SENTENCE_ENDS or reader.tokens[at].kind == "number":
            break
        if word in word_class("of_them"):
            return _antecedent(reader, at) if word == "عددها" else (Noun("person", ""), None)
    return None, None


def _antecedent(reader: Reader, index: int) -> Counted:
    """The nearest counted plural before ``عددها``, or the word right before it (``الضواحك وعددها ثمانية``)."""
    for at in range(index - 1, max(-1, index - 1 - _PEOPLE_REACH), -1):
        if reader.folded(at) in _SENTENCE_ENDS:
            break
        match = nouns().at(reader.text, at) if reader.tokens[at].kind == "word" and reader.plural(at) else None
        if match is not None:
            return match.value, reader.text.token_span(match.first, match.last)
    told = reader.folded(index).startswith("و") and index > 0 and definite(reader, index - 1)
    return (None, reader.text.token_span(index - 1, index)) if told else (None, None)


def _open(counted: Counted) -> bool:
    return counted[0] is None and counted[1] is None


def _lent(counted: Counted) -> Counted:
    """A dual says two itself and lends nothing."""
    return (None, None) if counted[0] is not None and counted[0].dual else counted


def _next_to(reader: Reader, amount: Amount, following: Amount) -> bool:
    """Are there only joining words between two numbers (``3 و5 في المئة``, ``من 20 إلى نحو 30 ألف ريال``)?"""
    words = [reader.folded(at) for at in range(amount.last, following.first)]
    if not words:
        return reader.folded(following.first).startswith("و") and not following.vague
    return len(words) <= _FORWARD and all(word in _BETWEEN for word in words)


def compared(reader: Reader, before: Amount, amount: Amount) -> bool:
    """Is a number the second of a change or comparison (``20 مليون ريال مقابل 15 مليونا``)?"""
    if amount.vague or not 0 < amount.first - before.last <= _REACH:
        return False
    words = [reader.folded(at) for at in range(before.last, amount.first)]
    bound = approximation_before(reader.text, amount.first)
    lead = reader.folded((bound.first if bound is not None else amount.first) - 1)
    if bound is not None and bound.prefix:
        lead = bound.prefix
    if _formerly(words):
        return not _SENTENCE_ENDS & set(words)
    led = lead in _LEADS or (words[-2:-1] == ["مقابل"] and words[-1] in words_of("change_words"))
    if "،" in words and _instead(words):
        words.remove("،")
    if lead == "بعد" and amount.low != int(amount.low) and not _ENDS & set(words):
        # 9,3 في المائة في جوان، بعد 10,4 في فيفري
        return True
    return led and bool(word_class("compared") & set(words)) and not _ENDS & set(words)


def _instead(words: Sequence[str]) -> bool:
    """``10 دوائر، بدلا من 7``: a comma before the comparison."""
    return words[words.index("،") + 1 : words.index("،") + 2] in (["بدلا"], ["مقابل"], ["مقارنه"], ["عوضا"], ["بعد"])


def _formerly(words: Sequence[str]) -> bool:
    """``28 ألف لاجئ، بعدما كانوا 27 ألفا``: the same count at another time."""
    return bool(words) and words[-1] in _WERE and bool({"بعد", "بعدما"} & set(words[-_WERE_REACH:]))


def _broken(amount: Amount, lent: Counted) -> bool:
    """``1.7 لكل 100 ألف ساكن ... إلى 7.7``: people come whole."""
    return lent[0] is not None and lent[0].unit == "person" and amount.low != int(amount.low)


def _level(reader: Reader, amount: Amount, lent: Counted) -> bool:
    """``بنحو 2.31 في المئة من 742.27 إلى 725.06``: a share says by how much, not what the level is."""
    return lent[0] is not None and lent[0].unit == "percent" and reader.folded(amount.first - 1) == "من"
