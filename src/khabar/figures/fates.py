"""What became of those who are counted: dead, wounded, arrested, displaced, deployed, trained, freed, missing."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.figures.amounts import Amount
from khabar.figures.fate_words import BREAKS, CLAUSES, ENDS, PARTS, STOPS, WHICH, fate_at, fate_words
from khabar.figures.fates_behind import fate_behind
from khabar.figures.reader import Reader
from khabar.figures.words import Noun, nouns, word_class
from khabar.model import Span
from khabar.text.numbers import approximation_before, read_number
from khabar.text.phrases import Match

_REACH = 6
_JOINED_REACH = 8
_CARRIES = frozenset({"يقل", "تقل", "يقلون"})
_HAVE = frozenset({"وله", "ولها", "ولديه", "ولديها", "لديه", "لديها", "تاركا", "تاركه", "مخلفا", "مخلفه"})
_WOUNDING = frozenset({"واصابه", "وجرح"})
_ADDING = frozenset({"اضافه", "بالاضافه", "فضلا", "جانب"})
_PART_REACH, _PART_TAIL, _OPENED = 15, 3, 4
_ARE = frozenset({"هم"})
_QUOTES = frozenset('"«»“”')
_HELD = frozenset({"arrested", "displaced"})
_OVERRIDING = frozenset({"dead", "wounded", "freed", "missing"})
_COUNT_REACH = 16
_REACHING = frozenset({"طالت", "طال", "شملت", "استهدفت"})
_ASIDE_REACH = 9
_TOLD_REACH = 40
_NIGHT_REACH = 4
_RULED = ("بسجن", "بالسجن", "بحبس", "بالحبس", "باعدام", "بالاعدام", "بتغريم", "ببراءه", "بعدم", "برفض", "بسقوط")
_NIGHTS = frozenset({"ليلتهم", "ليلته", "ليله", "يومهم", "اجازتهم"})
_LONGEST_CHAIN = 20
_ACCORDING = frozenset({"بحسب", "حسب", "وفق", "وفقا", "نقلا", "كما", "بشهاده", "باعتراف"})


def own_or_shared(said: str, own: str, shared: str) -> str:
    """The noun's own kind; captives and the displaced may be killed, wounded or freed."""
    if said in _HELD and own in _OVERRIDING:
        return own
    if said == "arrested" and own == "displaced":
        # فرار 132 سجينا: at large
        return ""
    return said or shared


def shared_fate(reader: Reader, amounts: Sequence[Amount], fates: Sequence[str], at: int) -> str:
    """``نشرت ثلاث سفن وأربع طائرات``: what is joined by ``و`` shares the fate of what stands before."""
    if _of_cases(reader, amounts, at):
        return ""
    for number in range(at, max(-1, at - _LONGEST_CHAIN), -1):
        fate = fates[number]
        if fate or number == 0 or not _shares(reader, amounts[number - 1], amounts[number]):
            return fate
    return ""


def of_whole(reader: Reader, amounts: Sequence[Amount], whole: Noun, at: int) -> str:
    """``60 مصابا بينهم 35 شخصا``, ``14 من الموقوفين و2 آخرين``: what the noun of the number before says.

    Captives may have been freed or killed, which their noun does not tell.
    """
    if whole.kind in _HELD:
        return ""
    return whole_kind(reader, amounts, whole, at)


def whole_kind(reader: Reader, amounts: Sequence[Amount], whole: Noun, at: int) -> str:
    """The kind of the noun of the number before, where this number is a part of that one or ``آخرين``."""
    before, amount = amounts[at - 1], amounts[at]
    others = reader.folded(amount.last) in word_class("others") and _joined(reader, before, amount)
    return whole.kind if others or _part_of(reader, before, amount) else ""


def _shares(reader: Reader, before: Amount, amount: Amount) -> bool:
    """Is a number joined to the one before it, or a part of it?"""
    return _joined(reader, before, amount) or _part_of(reader, before, amount)


def _part_of(reader: Reader, before: Amount, amount: Amount) -> bool:
    """``تحرير 178 شخصا كانوا رهائن، بينهم 101 طفل``, ``إيقاف 5 أفارقة (2 نساء و3 رجال)``."""
    words = [reader.folded(at) for at in range(before.last, amount.first)]
    if len(words) > _PART_REACH or STOPS & set(words):
        return False
    opened = words[-1:] == ["("] and len(words) <= _OPENED
    if reader.folded(amount.last) in PARTS:
        # وإصابة تسعة آخرين، ثلاثة منهم إصاباتهم بالغة
        return True
    return opened or any(word.lstrip("و") in PARTS | _ARE for word in words[-_PART_TAIL:])


def _of_cases(reader: Reader, amounts: Sequence[Amount], at: int) -> bool:
    """``9 حالات وفاة و39 حالة تتلقى العلاج``: cases behind other cases have a fate of their own or none."""
    head = amounts[at].last + (reader.folded(amounts[at].last) == ")")
    near = at > 0 and amounts[at].first - amounts[at - 1].last <= _JOINED_REACH
    return near and reader.folded(head) in word_class("case")


def _joined(reader: Reader, before: Amount, amount: Amount) -> bool:
    """``نشرت ثلاث سفن وأربع طائرات``, ``مقتل عشرة إضافة إلى ثلاثة``: no stop, comma apart, and no verb between."""
    first = reader.folded(amount.first)
    opening = max(before.last, _opening(reader, amount))
    gap = [at for at in range(before.last, opening) if reader.folded(at) not in _QUOTES]
    led = first.startswith("و") or reader.folded(opening).startswith("و") or reader.folded(opening - 1) == "و"
    words = [reader.folded(at) for at in gap]
    if led and words[-1:] == ["،"]:
        # قتل خمسة عناصر من الجبهة، وستة مقاتلين
        words.pop()
    elif led and words[-2:] == ["،", "و"]:
        words = words[:-2]
    if word_class("harmed") & set(words):
        # لقي 81 حتفهم وتضرر 800 ألف آخرين
        return False
    attributed = reader.folded(amount.last) in _ACCORDING
    added = (attributed or bool(_ADDING & set(words))) and "." not in words
    apart = len(gap) > 0 or opening < amount.first or before.rule == "dual"
    return (
        (led or added)
        and apart
        and len(gap) <= _JOINED_REACH
        and not (BREAKS - {"،"} if added else BREAKS) & set(words)
    )


def _opening(reader: Reader, amount: Amount) -> int:
    """The token that opens an amount: the words that bound it, else its number."""
    bound = approximation_before(reader.text, amount.first)
    return bound.first if bound is not None else amount.first


def own_fates(reader: Reader, amounts: Sequence[Amount], whats: Sequence[Span | None]) -> list[str]:
    """What became of those each amount counts by words of its own, or by the verb behind a pair.

    ``أربعة من القادة ونحو ثلاثين متمردا قتلوا``: both.
    """
    fates = [own_fate(reader, amount, what) for amount, what in zip(amounts, whats, strict=True)]
    for at in reversed(range(len(amounts) - 1)):
        following = amounts[at + 1]
        if not fates[at] and fates[at + 1] and _joined(reader, amounts[at], following):
            noun = _behind(reader, following, whats[at + 1])
            behind = fate_behind(reader, noun, noun)
            fates[at] = behind if behind == fates[at + 1] else ""
    return fates


def _behind(reader: Reader, amount: Amount, what: Span | None) -> int:
    """The token behind what an amount counts."""
    if what is None or what.start < amount.end:
        return amount.last
    return max(reader.text.token_at(what.end - 1) + 1, amount.last)


def own_fate(reader: Reader, amount: Amount, what: Span | None) -> str:
    """``مقتل``, ``وإصابة``: the nearest word of fate before the number, else behind it, else its ``عدد القتلى``."""
    if _campaign(reader, amount.first):
        return "arrested"
    first = amount.first - 1 - (reader.folded(amount.first - 1) == "(")
    last = amount.first - _REACH - 1
    while first >= 0 and first > last:
        if reader.folded(first) == "،" and first + 1 in reader.timed and _timed(reader, first + 1, amount):
            # اعتقلت الشرطة، الجمعة 25 نوفمبر، 12 شخصا
            first, last = first - 1, first - _REACH - 1
            continue
        if first in reader.timed or first in reader.named:
            first, last = first - 1, last - 1
            continue
        if (opening := _aside(reader, first)) is not None:
            first, last = opening - 1, last - (first - opening + 1)
            continue
        if reader.folded(first) in ENDS | CLAUSES | word_class("by") or reader.line_start(first + 1):
            break
        if _others_behind(reader, first):
            break
        match = fate_at(reader, first)
        if match is not None and match.last <= amount.first:
            if _counted_before(reader, match.first) or _spent(reader, match, amount.last):
                break
            if _of_both(reader, match, _opening(reader, amount)):
                return ""
            return match.value
        if reader.tokens[first].kind == "number" and not _parted(reader, first, amount.first):
            # توفي 21 ونقل 66: the fate of the first number is not that of the second
            break
        first -= 1
    return fate_behind(reader, amount.last, _behind(reader, amount, what)) or _fate_of_count(reader, amount.first)


def _campaign(reader: Reader, first: int) -> bool:
    """``حملة اعتقالات في مدن الضفة، طالت 26 مواطنا``: does a wave of arrests reach a number?"""
    if reader.folded(first - 1).lstrip("و") not in _REACHING:
        return False
    near = range(max(0, first - _COUNT_REACH), first)
    return any("اعتقالات" in reader.folded(at) or "توقيفات" in reader.folded(at) for at in near)


def _others_behind(reader: Reader, index: int) -> bool:
    """``غرق قارب كان يقل 9``, ``ضبطت امرأة ولها 4 أطفال``, ``قتل من قبل 3 مسلحين``: others than those of the fate."""
    word = reader.folded(index)
    carries = word in _CARRIES and reader.folded(index + 1) != "عن"
    return (
        carries or word in _HAVE | word_class("harmed") | WHICH or (word == "قبل" and reader.folded(index - 1) == "من")
    )


def _of_both(reader: Reader, match: Match[str], first: int) -> bool:
    """``مقتل وإصابة نحو 60``, ``مقتل أو فقدان 60``: the one or the other befell each."""
    if match.last != first:
        return False
    if reader.folded(match.first - 1) == "او" and (other := fate_at(reader, match.first - 2)) is not None:
        return other.value != match.value
    before = reader.folded(match.first - 1)
    return bool({before, before.lstrip("وب")} & word_class("killing")) and reader.folded(match.first) in _WOUNDING


def _timed(reader: Reader, first: int, amount: Amount) -> bool:
    """Is what stands between a token and a number nothing but a time and the words that bound the number?"""
    return all(at in reader.timed for at in range(first, _opening(reader, amount)))


def _aside(reader: Reader, index: int) -> int | None:
    """``وأصيب، بحسب مصدرين، ستة``: the comma that opens a remark on who says so, by the comma that closes it."""
    if reader.folded(index) != "،":
        return None
    start = index
    while start - 1 in reader.timed:
        start -= 1
    if start < index and reader.folded(start - 1) == "،":
        # واعتقلت، أمس السبت، عشرة
        return start - 1
    for at in range(index - 2, max(-1, index - 2 - _ASIDE_REACH), -1):
        if reader.folded(at) in ENDS:
            said = reader.folded(at) == "،" and reader.folded(at + 1) in _ACCORDING
            return at if said else None
    return None


def _counted_before(reader: Reader, index: int) -> bool:
    """``13 قتيلا و26 معتقلا``: the fate is what the number before counts."""
    number = index > 0 and reader.tokens[index - 1].kind != "mark" and read_number(reader.text, index - 1) is not None
    return number and nouns().at(reader.text, index, clitics=False) is not None


def _spent(reader: Reader, match: Match[str], last: int) -> bool:
    """``قضى 238 تلميذا ليلتهم في المعهد``: they spent the night, or a court ruled."""
    spent = reader.folded(match.first).lstrip("و") in ("قضي", "قضت", "قضوا")
    if spent and any(reader.folded(at).startswith(_RULED) for at in range(match.last, last)):
        # قضت المحكمة بسجن الهالك و3 آخرين
        return True
    return spent and any(reader.folded(at) in _NIGHTS for at in range(last, last + _NIGHT_REACH))


def _parted(reader: Reader, first: int, last: int) -> bool:
    """``إصابة 10 بينهم 3``: is the second number a part of the first?"""
    return any(reader.folded(at).lstrip("و") in PARTS for at in range(first, last))


def _fate_of_count(reader: Reader, first: int) -> str:
    """``ارتفع عدد قتلى ... إلى 18``: the kind of what ``عدد`` or ``حصيلة`` counts, in the same sentence."""
    compared = reader.folded(first - 1) == "مقابل"
    for at in range(first - 1, max(-1, first - 1 - _COUNT_REACH), -1):
        if compared and reader.tokens[at].kind == "number":
            # إلى نحو 23 ألفا مقابل 18 ألفا
            compared = False
            continue
        if reader.folded(at) in (".", "؟", "!") or reader.tokens[at].kind == "number":
            return ""
        if reader.folded(at).lstrip("ول") in word_class("toll"):
            match = fate_words().at(reader.text, at + 1 + (reader.folded(at + 1) in ("الذين", "من")))
            return match.value if match is not None else _bare_toll(reader, at)
    return ""


def _bare_toll(reader: Reader, index: int) -> str:
    """``ارتفعت حصيلة الحرائق إلى 103``: of the dead, where the text has just spoken of some."""
    word = reader.folded(index).lstrip("ول").removeprefix("ال")
    near = range(max(0, index - _TOLD_REACH), index)
    dead = word.startswith("حصيل") and any(
        (match := fate_at(reader, at)) is not None and match.value == "dead" for at in near
    )
    return "dead" if dead else ""
