"""What became of those who are counted: dead, wounded, arrested, displaced, deployed, trained, freed, missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from khabar.figures.amounts import Amount
from khabar.figures.reader import Reader
from khabar.figures.shapes import definite
from khabar.figures.words import Noun, nouns, word_class
from khabar.lexicon import forms
from khabar.model import Span
from khabar.text import Phrases, tokenize
from khabar.text.morphology import without_pronoun
from khabar.text.numbers import approximation_before, read_number
from khabar.text.phrases import Match

_REACH, _REACH_BEHIND = 6, 8
_JOINED_REACH = 8
_BREAKS = frozenset({"،", ",", "؛", "؟", "!", ":", "(", ")", "متن", "متنه", "متنها"})
"""Where the reach of a fate ends; ``غرق القارب وعلى متنه 20`` drowns the boat."""
_ENDS = _BREAKS | {"."}
_CLAUSES = frozenset({"وان", "وانه", "وانها", "فيما", "بينما"})
"""Where a clause of its own begins: ``أربعة مفقودون وإن 101 أصيبوا``."""
_CARRIES = frozenset({"يقل", "تقل", "يقلون"})
_HAVE = frozenset({"وله", "ولها", "ولديه", "ولديها", "لديه", "لديها"})
_WHICH = frozenset({"الذي", "التي", "الذين", "اللذين", "باستثناء", "ماعدا"})
_HARMED = frozenset({"تضرر", "وتضرر", "تضررت", "وتضررت", "تشرد", "وتشرد", "وتشردت"})
_KILLING, _WOUNDING = frozenset({"مقتل", "قتل", "استشهاد", "مصرع", "وفاه"}), frozenset({"واصابه", "وجرح"})
_PLACED, _TOLD_ASIDE = 6, 12
_DONE = frozenset({"تم", "جري", "يتم", "تمت", "جرت"})
_ADDING = frozenset({"اضافه", "بالاضافه", "فضلا", "جانب"})
_PARTS = frozenset({"بينهم", "منهم", "بينهن", "منهن", "بينها", "منها", "ضمنهم", "ضمنها"})
_PART_REACH, _PART_TAIL, _OPENED = 15, 3, 4
_ARE = frozenset({"هم"})
_QUOTES = frozenset('"«»“”')
_STOPS = frozenset({".", "؟", "!", "؛"})
_HELD = frozenset({"arrested", "displaced"})
_OVERRIDING = frozenset({"dead", "wounded", "freed", "missing"})
_LOST = frozenset({"dead", "wounded", "missing", "arrested"})
_PREPOSITIONS = frozenset({"بين", "في", "من", "عن", "بعد", "قبل", "خلال", "علي", "اثر", "بسبب", "الي", "ضد"})
_COUNT_REACH = 16
_REACHED_REACH = 5
_ASIDE_REACH, _SUBJECT_REACH = 9, 3
_MEANWHILE = frozenset({"حين", "فيما", "بينما", "خلال", "اثر", "عقب", "بعد", "قبل", "جراء", "بسبب", "ضمن"})
_MEANWHILE |= {"الذي", "التي", "نجوا", "نجا", "نجت"}
_TOLD_REACH = 40
_NIGHT_REACH = 4
_RULED = ("بسجن", "بالسجن", "بحبس", "بالحبس", "باعدام", "بالاعدام", "بتغريم", "ببراءه", "بعدم", "برفض", "بسقوط")
_NIGHTS = frozenset({"ليلتهم", "ليلته", "ليله", "يومهم", "اجازتهم"})
_LONGEST_CHAIN = 20
_ACCORDING = frozenset({"بحسب", "حسب", "وفق", "وفقا", "نقلا", "كما", "بشهاده", "باعتراف"})


@cache
def _fates() -> Phrases[str]:
    return Phrases((form, row["kind"]) for form, row in forms("fates"))


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
    if len(words) > _PART_REACH or _STOPS & set(words):
        return False
    opened = words[-1:] == ["("] and len(words) <= _OPENED
    if reader.folded(amount.last) in _PARTS:
        # وإصابة تسعة آخرين، ثلاثة منهم إصاباتهم بالغة
        return True
    return opened or any(word.lstrip("و") in _PARTS | _ARE for word in words[-_PART_TAIL:])


def _of_cases(reader: Reader, amounts: Sequence[Amount], at: int) -> bool:
    """``9 حالات وفاة و39 حالة تتلقى العلاج``: cases behind other cases have a fate of their own or none."""
    head = amounts[at].last + (reader.folded(amounts[at].last) == ")")
    near = at > 0 and amounts[at].first - amounts[at - 1].last <= _JOINED_REACH
    return near and reader.folded(head) in word_class("case")


def _joined(reader: Reader, before: Amount, amount: Amount) -> bool:
    """``نشرت ثلاث سفن وأربع طائرات``, ``مقتل عشرة إضافة إلى ثلاثة``: no stop, comma apart, and no verb between."""
    first = reader.folded(amount.first)
    gap = [at for at in range(before.last, amount.first) if reader.folded(at) not in _QUOTES]
    bound = approximation_before(reader.text, amount.first)
    opening = bound.first if bound is not None else amount.first
    led = first.startswith("و") or reader.folded(opening).startswith("و") or reader.folded(opening - 1) == "و"
    words = [reader.folded(at) for at in gap]
    if led and words[-1:] == ["،"]:
        # قتل خمسة عناصر من الجبهة، وستة مقاتلين
        words.pop()
    elif led and words[-2:] == ["،", "و"]:
        words = words[:-2]
    if _HARMED & set(words):
        # لقي 81 حتفهم وتضرر 800 ألف آخرين
        return False
    attributed = reader.folded(amount.last) in _ACCORDING
    added = (attributed or bool(_ADDING & set(words))) and "." not in words
    apart = len(gap) > 0 or before.rule == "dual"
    return (
        (led or added)
        and apart
        and len(gap) <= _JOINED_REACH
        and not (_BREAKS - {"،"} if added else _BREAKS) & set(words)
    )


def own_fates(reader: Reader, amounts: Sequence[Amount], whats: Sequence[Span | None]) -> list[str]:
    """What became of those each amount counts by words of its own, or by the verb behind a pair.

    ``أربعة من القادة ونحو ثلاثين متمردا قتلوا``: both.
    """
    fates = [own_fate(reader, amount, what) for amount, what in zip(amounts, whats, strict=True)]
    for at in reversed(range(len(amounts) - 1)):
        following = amounts[at + 1]
        if not fates[at] and fates[at + 1] and _joined(reader, amounts[at], following):
            noun = _behind(reader, following, whats[at + 1])
            behind = _fate_behind(reader, noun, noun)
            fates[at] = behind if behind == fates[at + 1] else ""
    return fates


def _behind(reader: Reader, amount: Amount, what: Span | None) -> int:
    """The token behind what an amount counts."""
    if what is None or what.start < amount.end:
        return amount.last
    return max(reader.text.token_at(what.end - 1) + 1, amount.last)


def own_fate(reader: Reader, amount: Amount, what: Span | None) -> str:
    """``مقتل``, ``وإصابة``: the nearest word of fate before the number, else behind it, else its ``عدد القتلى``."""
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
        if reader.folded(first) in _ENDS | _CLAUSES | word_class("by") or reader.line_start(first + 1):
            break
        if _others_behind(reader, first):
            break
        match = _fate_at(reader, first)
        if match is not None and match.last <= amount.first:
            if _counted_before(reader, match.first) or _spent(reader, match, amount.last):
                break
            if _of_both(reader, match, amount.first):
                return ""
            return match.value
        if reader.tokens[first].kind == "number" and not _parted(reader, first, amount.first):
            # توفي 21 ونقل 66: the fate of the first number is not that of the second
            break
        first -= 1
    return _fate_behind(reader, amount.last, _behind(reader, amount, what)) or _fate_of_count(reader, amount.first)


def _others_behind(reader: Reader, index: int) -> bool:
    """``غرق قارب كان يقل 9``, ``ضبطت امرأة ولها 4 أطفال``, ``قتل من قبل 3 مسلحين``: others than those of the fate."""
    word = reader.folded(index)
    carries = word in _CARRIES and reader.folded(index + 1) != "عن"
    return carries or word in _HAVE | _HARMED | _WHICH or (word == "قبل" and reader.folded(index - 1) == "من")


def _of_both(reader: Reader, match: Match[str], first: int) -> bool:
    """``مقتل وإصابة 60``: the one or the other befell each."""
    killed = reader.folded(match.first - 1).lstrip("وب") in _KILLING and reader.folded(match.first) in _WOUNDING
    return killed and match.last == first


def _timed(reader: Reader, first: int, amount: Amount) -> bool:
    """Is what stands between a token and a number nothing but a time and the words that bound the number?"""
    bound = approximation_before(reader.text, amount.first)
    return all(at in reader.timed for at in range(first, bound.first if bound is not None else amount.first))


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
        if reader.folded(at) in _ENDS:
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


def _fate_at(reader: Reader, index: int) -> Match[str] | None:
    """The word of fate in a token; ``في حالة فرار`` are fugitives, not displaced."""
    match = _fates().at(reader.text, index) if reader.tokens[index].kind == "word" else None
    cases = reader.folded(index - 1).lstrip("ب") in word_class("case")
    jail = match is not None and match.prefix == "ب" and reader.folded(index) == "بسجن"
    # سفر is no future of فر
    travel = match is not None and match.prefix.endswith("س") and reader.folded(index)[len(match.prefix)] not in "يت"
    if match is not None and (jail or travel or _reached(reader, match) or (match.value == "displaced" and cases)):
        return None
    if match is not None and match.value == "dead" and _attempted(reader, match.first):
        return None
    return match


def _attempted(reader: Reader, index: int) -> bool:
    """``بالشروع في قتل 3 ضباط``, ``محاولة قتل خمسة``: nobody died."""
    at = index - 1 - (reader.folded(index - 1) == "في")
    return reader.folded(at).endswith(("الشروع", "شروع", "محاوله", "محاولات", "محاولته", "محاولتهم"))


def _reached(reader: Reader, match: Match[str]) -> bool:
    """``وصل العدد حتى الآن إلى 42``, ``عدد القتلى وصل لنحو 27``: a number is reached, nobody arrived."""
    if match.value != "deployed":
        return False
    if any(reader.folded(at) in word_class("toll") for at in range(match.first - _REACHED_REACH, match.first)):
        return True
    near = range(match.last, min(match.last + _REACHED_REACH, len(reader.tokens)))
    return any(
        reader.folded(at) == "الي" and read_number(reader.text, at + 1) is not None
        for at in near
        if at + 1 < len(reader.tokens)
    )


def fated(reader: Reader, index: int) -> bool:
    """``مقتل جندي واحد``, ``قتلت القذيفة طفلا واحدا``: does a word of fate stand right before a noun or its subject?"""
    for at in range(index - 1, max(-1, index - 1 - _SUBJECT_REACH), -1):
        if reader.folded(at) in _ENDS | _PREPOSITIONS or reader.line_start(at + 1):
            return False
        match = _fate_at(reader, at)
        if match is not None:
            return match.value in _LOST
    return False


def _parted(reader: Reader, first: int, last: int) -> bool:
    """``إصابة 10 بينهم 3``: is the second number a part of the first?"""
    return any(reader.folded(at).lstrip("و") in _PARTS for at in range(first, last))


def _fate_behind(reader: Reader, last: int, noun: int) -> str:
    """``15 شخصا قتلوا``; what stands behind a preposition there is another matter."""
    last += reader.folded(last) == ")"
    if (resumed := _resumed(reader, max(last, noun))) is not None:
        return resumed
    for at in range(last, min(noun + _REACH_BEHIND, len(reader.tokens))):
        if (
            reader.folded(at) in _ENDS | _CLAUSES | _PARTS | _MEANWHILE | word_class("charge")
            or reader.line_start(at)
            or _counts_others(reader, at, last)
        ):
            return ""
        match = _fate_at(reader, at) or _done_to_them(reader, at)
        if match is not None and (_acts(reader, match.last) or reader.folded(match.last) == "او"):
            # 5000 أصيبوا أو قتلوا
            return ""
        object_of_them = (definite(reader, at) and reader.plural(at)) or reader.folded(at) == "سراح"
        if match is not None and not match.prefix and not object_of_them and reader.folded(at - 1) not in _PREPOSITIONS:
            return match.value
    return ""


def _resumed(reader: Reader, index: int) -> str | None:
    """``سبعة أشخاص، بينهم شرطيان، أصيبوا``: the verb of many behind what is told aside; None where there is none."""
    at = index
    while at < min(index + _PLACED, len(reader.tokens)) and reader.folded(at) != "،":
        if reader.folded(at) in _ENDS | _CLAUSES or read_number(reader.text, at) is not None:
            return None
        at += 1
    if reader.folded(at) != "،":
        return None
    if reader.folded(at + 1) in _PARTS | {"معظمهم", "غالبيتهم", "جميعهم"}:
        closing = (end for end in range(at + 2, at + 2 + _TOLD_ASIDE) if reader.folded(end) in _ENDS)
        at = next(closing, at)
    verb = at + 1
    if reader.folded(at) != "،" or not reader.folded(verb).endswith("وا") or reader.folded(verb).startswith("و"):
        return None
    match = _fate_at(reader, verb)
    return match.value if match is not None and not _acts(reader, match.last) else None


def _done_to_them(reader: Reader, index: int) -> Match[str] | None:
    """``ثلاثة من أبنائها تم اختطافهم``: the verbal noun with its pronoun."""
    if reader.folded(index - 1) not in _DONE or reader.tokens[index].kind != "word":
        return None
    for stem in without_pronoun(reader.folded(index))[1:]:
        match = _fates().at(tokenize(stem), 0, clitics=False)
        if match is not None:
            return replace(match, first=index, last=index + 1)
    return None


def _counts_others(reader: Reader, index: int, last: int) -> bool:
    """``أربعة مفقودون وإن 101 شخص أصيبوا``: a number that is not joined to the first has a fate of its own."""
    if reader.folded(index) in ("وواحده", "وواحد"):
        # 7 منهن حوامل وواحدة توفيت
        return True
    number = index > last and read_number(reader.text, index) is not None
    return number and not reader.folded(index).startswith("و") and reader.folded(index - 1) not in ("و", "من")


def _acts(reader: Reader, index: int) -> bool:
    """``5 مسلحين قتلوا 20 جنديا``: those counted did it to others."""
    bound = reader.folded(index) in ("نحو", "حوالي", "اكثر")
    if reader.folded(index) in ("ما", "وقتا"):
        # سياح قضوا ما يوازي 5 ليال: they spent it
        return True
    at = index + (1 + (reader.folded(index + 1) == "من") if bound else 0)
    return at < len(reader.tokens) and read_number(reader.text, at) is not None


def _fate_of_count(reader: Reader, first: int) -> str:
    """``ارتفع عدد قتلى ... إلى 18``: the kind of what ``عدد`` or ``حصيلة`` counts, in the same sentence."""
    for at in range(first - 1, max(-1, first - 1 - _COUNT_REACH), -1):
        if reader.folded(at) in (".", "؟", "!") or reader.tokens[at].kind == "number":
            return ""
        if reader.folded(at).lstrip("ول") in word_class("toll"):
            match = _fates().at(reader.text, at + 1)
            return match.value if match is not None else _bare_toll(reader, at)
    return ""


def _bare_toll(reader: Reader, index: int) -> str:
    """``ارتفعت حصيلة الحرائق إلى 103``: of the dead, where the text has just spoken of some."""
    word = reader.folded(index).lstrip("ول").removeprefix("ال")
    near = range(max(0, index - _TOLD_REACH), index)
    dead = word.startswith("حصيل") and any(
        (match := _fate_at(reader, at)) is not None and match.value == "dead" for at in near
    )
    return "dead" if dead else ""
