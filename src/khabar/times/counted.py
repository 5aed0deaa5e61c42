"""Dates counted with a length: ``قبل يومين``, ``بعد ذلك بثلاثة أيام``, ``قبل عام من اليوم``."""

from __future__ import annotations

from dataclasses import replace

from khabar.times.lengths import Read, read_length, single_unit
from khabar.times.meaning import Found, Length, Meaning
from khabar.times.tense import is_future, is_wished
from khabar.times.words import View

_BEFORE = frozenset({"قبل", "وقبل", "فقبل"})
_AFTER = frozenset({"بعد", "وبعد", "فبعد"})
_THEN = {"بعدها": 1, "وبعدها": 1, "بعدئذ": 1, "قبلها": -1, "وقبلها": -1}
_NEAR, _CLAUSE = 5, 7
_IF = frozenset({"اذا", "واذا", "ان لم"})
NARRATED = "narrated-after"
_ONLY = frozenset({"فقط", "تقريبا"})
_OF_TIME = frozenset({"الزمن", "الزمان", "الان", "اليوم"})
_FROM_THERE = frozenset({"من", "علي", "عن", "مما", "ممن"})
_NOW = frozenset({"الان", "اليوم"})


def counted_from_passage(view: View, index: int) -> Found | None:
    """``بعد ذلك بثلاثة أيام``, ``قبلها بيوم``: counted from the date that the passage has set."""
    folded = view.folded(index)
    sign, at = _THEN.get(folded, 0), index + 1
    if not sign and folded in _BEFORE | _AFTER and view.folded(index + 1) == "ذلك":
        sign, at = (1 if folded in _AFTER else -1), index + 2
    if not sign:
        return None
    read = read_length(view, at) or _single_day(view, at)
    if read is None or read.prefix != "ب":
        return None
    start = view.tokens[index].start + (1 if folded[0] in "وف" else 0)
    meaning = Meaning(shift=(read.length.unit, sign * read.length.amount), passage=True)
    return Found(index, read.last, start, read.end, meaning, "counted-from-passage", 0.85)


def _single_day(view: View, index: int) -> Read | None:
    unit = single_unit(view, index)
    if unit is None or unit.prefix != "ب":
        return None
    return Read(Length(1, unit.value.row["unit"]), unit.last, unit.start, unit.end, unit.prefix)


def counted_from_now(view: View, index: int) -> Found | None:
    """``قبل أسبوعين``; ``بعد يومين`` where the clause looks ahead.  ``قبل ثلاثة أيام من`` is only a length."""
    folded = view.folded(index)
    if folded not in _BEFORE | _AFTER:
        return None
    at = index + 1
    near = approximation_at(view, at)
    read = read_length(view, near if near is not None else at)
    then = read.last + (view.folded(read.last) in _ONLY) if read is not None else 0
    if read is None or read.prefix or _from_there(view, index, then) or _directed(view, read.last - 1):
        return None
    if read.length.least is not None:
        return None
    if view.folded(read.last) == "او" and view.number(read.last + 1) is not None:
        # بعد شهرين أو ثلاثة
        return None
    if view.folded(then) == "من" and view.folded(then + 1) in _NOW:
        read = replace(read, last=then + 2, end=view.tokens[then + 1].end)
    if folded in _BEFORE and any(view.folded(at) == "لن" for at in range(max(0, index - _NEAR), index)):
        # لن تصل قبل ستة أشهر
        return None
    if folded in _BEFORE and is_wished(view, index):
        # يستبعد أن ينسحب الجنود قبل عامين
        return None
    if folded in _AFTER and any(view.folded(at) in _IF for at in range(max(0, index - _CLAUSE), index)):
        # إذا لم يتم الدفع بعد سبعة أيام
        return None
    if folded in _AFTER and read.length.unit in ("hour", "minute", "second"):
        # ينتهي بعد ساعة ونصف: no day of its own
        return None
    from_now = folded in _AFTER and view.folded(then) == "من" and view.folded(then + 1) in _NOW
    if folded in _AFTER and not from_now and not is_future(view, index):
        return _narrated(view, index, read) if near is None else None
    sign = -1 if folded in _BEFORE else 1
    start = view.tokens[index].start + (1 if folded[0] in "وف" else 0)
    meaning = Meaning(shift=(read.length.unit, sign * read.length.amount))
    return Found(index, read.last, start, read.end, meaning, "counted-from-now", 0.9)


def _from_there(view: View, index: int, then: int) -> bool:
    """``قبل عامين من`` counts from a thing; ``قبل عقدين من الزمن``, ``قبل عام مما أثار`` from now."""
    following = view.folded(then)
    if view.folded(index) in _BEFORE and (following == "مما" or view.folded(then + 1) in _OF_TIME):
        return False
    if following == "من" and view.folded(then + 1) in _NOW:
        return False
    return following in _FROM_THERE


def _narrated(view: View, index: int, read: Read) -> Found | None:
    """``وبعد أسبوع اعتقلت``: so long after what was told before; it stays a length where no day was told."""
    if read.length.unit not in ("day", "week", "month") or read.length.amount != int(read.length.amount):
        return None
    start = view.tokens[index].start + (1 if view.folded(index)[0] in "وف" else 0)
    meaning = Meaning(shift=(read.length.unit, read.length.amount), passage=True)
    return Found(index, read.last, start, read.end, meaning, NARRATED, 0.7)


def _directed(view: View, index: int) -> bool:
    return view.direction(index) is not None


def approximation_at(view: View, index: int) -> int | None:
    """The token after ``نحو`` and the like where they begin in a token."""
    match = view.approximation(index)
    return match.last if match is not None and not match.prefix else None
