"""Clock times: ``الساعة الثامنة والنصف مساء بتوقيت غرينتش``, ``20:30``, ``1200 ت غ``."""

from __future__ import annotations

import re
from dataclasses import replace

from khabar.text.numbers import approximation_before
from khabar.times.meaning import Meaning
from khabar.times.pieces import Piece
from khabar.times.words import View, phrases_of

_HOUR_WORD = frozenset({"الساعه", "للساعه", "بالساعه", "والساعه"})
_COLON = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?:[:.][0-5]\d)?\Z")
_COMPACT = re.compile(r"([01]?\d|2[0-3])([0-5]\d)\Z")
_HOURS = 24
_SHARES = {"ونصف": 30, "والنصف": 30, "وربع": 15, "والربع": 15, "وثلث": 20, "والثلث": 20}
_LESS = {"ربعا": 15, "ربع": 15, "الربع": 15, "ثلث": 20, "ثلثا": 20, "الثلث": 20}


def clock(view: View, index: int) -> Piece | None:
    """A clock time with the words that belong to it."""
    worded = view.folded(index) in _HOUR_WORD
    at = index + 1 if worded else index
    if worded and view.folded(at) == "ال" and view.adjacent(at + 1):
        # الساعة ال13.45
        at += 1
    if worded and view.folded(at) == "(" and view.folded(at + 2) == ")" and view.digits(at + 1) is not None:
        return _bracketed(view, index, at + 1)
    hour = _hour(view, at, worded=worded)
    if hour is None:
        return None
    minutes, last = _minutes(view, hour[2], hour[1])
    moment = hour[0] * 60 + minutes
    meaning = Meaning(clock=f"{moment // 60 % 24:02d}:{moment % 60:02d}")
    meaning, last, qualified = _qualified(view, meaning, last)
    if not worded and not qualified and not (view.reading == "assistant" and ":" in view.folded(index)):
        return None
    start, prefix = _start(view, index)
    return Piece("clock", meaning, last, start, view.tokens[last - 1].end, "clock", 0.93, prefix)


def _bracketed(view: View, index: int, at: int) -> Piece | None:
    """``الساعة (8) من صباح الأحد``."""
    hour = view.digits(at) or 0
    if hour > _HOURS:
        return None
    meaning, last, _ = _qualified(view, Meaning(clock=f"{hour % _HOURS:02d}:00"), at + 2)
    start, prefix = _start(view, index)
    end = view.tokens[last - 1 if last > at + 2 else at].end
    return Piece("clock", meaning, last, start, end, "clock", 0.9, prefix)


def _start(view: View, index: int) -> tuple[int, str]:
    near = approximation_before(view.text, index)
    if near is not None:
        # في حدود الساعة السادسة: the preposition stays outside
        inside = near.start + (len("في ") if view.text.text.startswith("في ", near.start) else 0)
        return inside, near.prefix
    folded = view.folded(index)
    prefix = folded[0] if folded in ("للساعه", "بالساعه", "والساعه") else ""
    return view.tokens[index].start + len(prefix), prefix


def _hour(view: View, index: int, *, worded: bool) -> tuple[int, int, int] | None:
    """Hour, minutes and the token after them."""
    folded = view.folded(index)
    match = _COLON.match(folded.replace(",", ":")) if folded.count(",") < 2 else None
    told = worded or (match is not None and (view.word_in(index + 1, "day_parts") or zone_at(view, index + 1)))
    if match is not None and (told or ":" in folded):
        return int(match[1]), int(match[2]), index + 1
    compact = _COMPACT.match(folded) if len(folded) in (3, 4) else None
    if compact is not None and (worded or zone_at(view, index + 1) is not None):
        return int(compact[1]), int(compact[2]), index + 1
    return _whole_hour(view, index, worded=worded)


def _whole_hour(view: View, index: int, *, worded: bool) -> tuple[int, int, int] | None:
    number = view.digits(index)
    if number is not None:
        return (number, 0, index + 1) if worded and number <= 24 else None
    ordinal = view.ordinal(index)
    if ordinal is not None and ordinal.value <= 12 and view.folded(index).startswith("ال") and not ordinal.prefix:
        feminine = any(view.folded(at).endswith("ه") for at in range(index, ordinal.last))
        return (ordinal.value, 0, ordinal.last) if feminine or (worded and ordinal.value > 10) else None
    if view.folded(index) == "الواحده":
        return 1, 0, index + 1
    spelt = view.number(index) if worded else None
    return (int(spelt.value), 0, spelt.last) if spelt is not None and spelt.value <= 12 and not spelt.prefix else None


def _minutes(view: View, index: int, minutes: int) -> tuple[int, int]:
    """Minutes after the hour (``والنصف``, ``و18 دقيقة``) or before it (``إلا ربعا``)."""
    folded = view.folded(index)
    if folded == "دقيقه" and minutes:
        # 8:30 دقيقة
        return minutes, index + 1
    if folded in _SHARES:
        return minutes + _SHARES[folded], index + 1
    if folded == "و" and "و" + view.folded(index + 1) in _SHARES:
        return minutes + _SHARES["و" + view.folded(index + 1)], index + 2
    if folded == "الا" and view.folded(index + 1) in _LESS:
        return minutes - _LESS[view.folded(index + 1)], index + 2
    number = view.number(index + 1 if folded == "و" else index)
    if number is None or number.value >= 60 or not (folded == "و" or number.prefix == "و"):
        return minutes, index
    unit = view.word_in(number.last, "time_units")
    if unit is None or unit.value.row["unit"] != "minute":
        return minutes, index
    return minutes + int(number.value), unit.last


def _qualified(view: View, meaning: Meaning, last: int) -> tuple[Meaning, int, bool]:
    """The part of the day and the zone right behind the hour."""
    qualified = False
    part = view.word_in(last, "day_parts")
    if part is not None and not part.prefix and view.word_in(part.last, "relative_days", "weekdays") is None:
        meaning, last, qualified = replace(meaning, part=part.value.row["part"]), part.last, True
    night = view.word_in(last, "relative_days")
    if night is not None and not night.prefix and night.value.row["part"] and night.value.row["unit"] == "day":
        shift = ("day", float(night.value.row["shift"]))
        meaning, last, qualified = replace(meaning, part=night.value.row["part"], shift=shift), night.last, True
    zone = zone_at(view, last)
    if zone is not None:
        meaning, last, qualified = replace(meaning, zone=zone[0]), zone[1], True
    return meaning, last, qualified


def zone_at(view: View, index: int) -> tuple[str, int] | None:
    """``بتوقيت غرينتش``: the zone's letter (none for a local time) and the token after it."""
    if index >= len(view.tokens):
        return None
    match = phrases_of("zones", "zone").at(view.text, index, clitics=False)
    return (match.value, match.last) if match is not None else None
