"""Clock times: ``الساعة الثامنة والنصف مساء بتوقيت غرينتش``, ``20:30``, ``1200 ت غ``."""

from __future__ import annotations

import re
from dataclasses import replace

from khabar.text import Match
from khabar.text.numbers import approximation_before
from khabar.times.meaning import Meaning
from khabar.times.pieces import Piece, opens_day
from khabar.times.words import View, phrases_of, values_of

_HOUR_WORD = frozenset({"الساعه", "للساعه", "بالساعه", "والساعه"})
_SHORT_HOUR = "س"
_COLON = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?:[:.][0-5]\d)?\Z")
_COMPACT = re.compile(r"([01]?\d|2[0-3])([0-5]\d)\Z")
_HOURS = 24
_LEADS = frozenset({"في", "عند", "حتي", "الي", "نحو", "حوالي", "تمام", "قرابه", "منذ", "بعد", "قبل", "من", "وحتي"})
_HOUR_LEADS = frozenset({"عند", "قرابه", "بحلول"})
_FROM = frozenset({"من", "بين", "ومن", "وبين"})
_TO = frozenset({"الي", "حتي", "وحتي", "والي", "-", "–"})
_AROUND_MIDNIGHT = frozenset({"بعد", "قبل", "بعيد", "قبيل"})
_HALF_MARKS = {"ص": "MO", "م": "EV"}
_MINUTE_WORDS = ("دقيق", "دقاي", "دقائ")
_MINUTE_MARKS = frozenset({"دق", "د"})


def clock(view: View, index: int) -> Piece | None:
    """A clock time with the words that belong to it."""
    worded = view.folded(index) in _HOUR_WORD or _abbreviated(view, index)
    at = index + 1 if worded else index
    if worded and view.folded(at) == "ال" and view.folded(at + 1)[:1].isdecimal():
        # الساعة ال13.45, الساعة الـ 6
        at += 1
    if worded and view.folded(at) == "(" and view.folded(at + 2) == ")" and view.digits(at + 1) is not None:
        return _bracketed(view, index, at + 1)
    hour = _hour(view, at, worded=worded)
    if hour is None or view.folded(index - 1) == "العالميه":
        return None
    minutes, last = _minutes(view, hour[2], hour[1])
    moment = hour[0] * 60 + minutes
    meaning = Meaning(clock=f"{moment // 60 % 24:02d}:{moment % 60:02d}")
    meaning, last, qualified = _qualified(view, meaning, last)
    if meaning.part is not None and not minutes and (late := _minutes_behind(view, last)) is not None:
        meaning, last, qualified = _qualified(
            view, replace(meaning, clock=f"{hour[0] % 24:02d}:{late[0]:02d}"), late[1]
        )
        qualified = True
    asked = ":" in view.folded(index) and (view.reading == "assistant" or _in_programme(view, index))
    if not (worded or qualified or asked or _in_hours(view, index, last) or _led(view, index, last, minutes)):
        return None
    start, prefix = _start(view, index)
    return Piece("clock", meaning, last, start, view.tokens[last - 1].end, "clock", 0.93, prefix)


def _minutes_behind(view: View, index: int) -> tuple[int, int] | None:
    """``الثالثة فجرا و13 دقيقة``: minutes behind the part of the day, and the token after them."""
    at = index + 1 if view.folded(index) == "و" else index
    number = view.number(at) if view.folded(index).startswith("و") else None
    if number is None or not view.folded(number.last).startswith(_MINUTE_WORDS) or not 0 < number.value < 60:
        return None
    return int(number.value), number.last + 1


def _abbreviated(view: View, index: int) -> bool:
    """``س 18:`` in a programme of matches."""
    if view.folded(index) != _SHORT_HOUR or view.decimal(index + 1) is None:
        return False
    # يوم السبت (س 17)
    return view.folded(index + 2) == ":" or (view.folded(index - 1) == "(" and view.folded(index + 2) == ")")


def _in_programme(view: View, index: int) -> bool:
    """``14:30 : الفريق``: an hour that opens a line or stands behind a colon or in brackets."""
    before = view.folded(index - 1)
    return (
        index == 0
        or before == ":"
        or (before in ("*", "•") and view.folded(index + 1) == ":")
        or (before == "(" and view.folded(index + 1) == ")")
        or (not view.same_line(index - 1, index) and view.folded(index + 1) != "ت")
    )


def _in_hours(view: View, index: int, last: int) -> bool:
    """``في الرابعة من صباح أمس``; ``من 6 وحتى 8 مساء``, whose part of the day stands only once."""
    part = view.word_in(last, "day_parts") if view.folded(index - 1) in _LEADS else None
    if part is not None and view.word_in(part.last, "relative_days", "weekdays") is not None:
        # في الخامسة عصر اليوم
        return True
    if view.folded(last) == "من" and (view.folded(index - 1) in _LEADS or ":" in view.folded(index)):
        return view.word_in(last + 1, "day_parts") is not None
    if view.folded(index - 1) in ("بين", "وبين") and view.folded(last).startswith("وال"):
        # بين السادسة والثامنة مساء, بين الحادية عشرة والنصف والثانية عشرة والنصف ظهرا
        second = _hour(view, last, worded=False)
        return second is not None and _adverb_at(view, _minutes(view, second[2], 0)[1])
    if view.folded(last) not in _TO or view.folded(index - 1) not in _FROM:
        return False
    second = _hour(view, last + 1, worded=False)
    return second is not None and _adverb_at(view, second[2])


def _led(view: View, index: int, last: int, minutes: int) -> bool:
    """``في الثالثة والربع``, ``عند السادسة``: the hour by its number alone, after what leads to an hour."""
    if view.ordinal(index) is None and view.folded(index) != "الواحده":
        return False
    before, behind = view.folded(index - 1).removeprefix("و"), view.folded(last)
    if behind == "من" and view.word_in(last + 1, "day_parts") is not None:
        # العاشرة من صباح اليوم; المقررة العاشرة من صباح الخميس
        part = view.word_in(last + 1, "day_parts")
        dated = part is not None and (opens_day(view, part.last) or view.digits(part.last) is not None)
        return dated or not before.startswith(("ال", "لل", "وال"))
    if minutes and (before in _LEADS or before in _HOUR_LEADS or before == "علي"):
        return True
    return before in _HOUR_LEADS and not behind.startswith("ال") and view.number(last) is None


def _opens_hours(view: View, index: int) -> bool:
    """``من 9 حتى``, ``من 9 ص حتى``; ``حتى 3 م`` behind one that has its mark too."""
    at = index + 1 + (view.folded(index + 1) in _HALF_MARKS)
    if view.folded(index - 1) in _FROM and view.folded(at) in _TO:
        return True
    closes = view.folded(index - 1) in _TO and view.folded(index - 2) in _HALF_MARKS
    return closes and view.folded(index + 1) in _HALF_MARKS and view.digits(index - 3) is not None


def _adverb_at(view: View, index: int) -> bool:
    """``مساء``, ``صباحا`` that belong to the hour before them, not to a day behind them."""
    part = view.word_in(index, "day_parts")
    return part is not None and not part.prefix and view.word_in(part.last, "relative_days", "weekdays") is None


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
    prefix = folded[0] if folded in ("للساعه", "بالساعه", "والساعه") or folded.startswith("وال") else ""
    return view.tokens[index].start + len(prefix), prefix


def _hour(view: View, index: int, *, worded: bool) -> tuple[int, int, int] | None:
    """Hour, minutes and the token after them."""
    folded = view.folded(index)
    match = _COLON.match(folded.replace(",", ":")) if folded.count(",") < 2 else None
    told = worded or (match is not None and (view.word_in(index + 1, "day_parts") or zone_at(view, index + 1)))
    if match is not None and (told or ":" in folded or _opens_hours(view, index)):
        return int(match[1]), int(match[2]), index + 1
    if worded and view.folded(index + 1) == "ر" and view.adjacent(index + 1) and view.adjacent(index + 2):
        # الساعة 15ر05, as agencies turn it about: five past a quarter
        hour, minute = view.digits(index + 2), view.digits(index)
        if hour is not None and minute is not None and hour <= _HOURS and minute < 60:
            return hour, minute, index + 3
    if worded and view.folded(index + 1) == ":" and (swapped := _swapped(view, index)) is not None:
        return swapped
    compact = _COMPACT.match(folded) if len(folded) in (3, 4) else None
    if compact is not None and (worded or zone_at(view, index + 1) is not None):
        return int(compact[1]), int(compact[2]), index + 1
    return _whole_hour(view, index, worded=worded)


def _swapped(view: View, index: int) -> tuple[int, int, int] | None:
    """``الساعة 20 : 45``, or ``الساعة 45 :20`` as it stands where digits were turned about."""
    first, second = view.digits(index), view.digits(index + 2)
    if first is None or second is None or len(view.folded(index + 2)) != len("45"):
        return None
    if first < _HOURS and second < 60:
        return first, second, index + 3
    return (second, first, index + 3) if second < _HOURS and first < 60 else None


def _whole_hour(view: View, index: int, *, worded: bool) -> tuple[int, int, int] | None:
    number = view.digits(index)
    if number is not None:
        closing = view.folded(index - 1) in _TO | {"و"} and _adverb_at(view, index + 1)
        told = worded or closing or _opens_hours(view, index)
        return (number, 0, index + 1) if told and number <= _HOURS else None
    ordinal = view.ordinal(index)
    closing = ordinal is not None and ordinal.prefix == "و" and _adverb_at(view, _minutes(view, ordinal.last, 0)[1])
    if ordinal is not None and ordinal.value <= 12 and (closing or _plain(view, index, ordinal)):
        feminine = any(view.folded(at).endswith("ه") for at in range(index, ordinal.last))
        return (ordinal.value, 0, ordinal.last) if feminine or (worded and ordinal.value > 10) else None
    if view.folded(index) == "الواحده":
        return 1, 0, index + 1
    spelt = view.number(index) if worded else None
    if spelt is not None and view.reading == "news" and view.folded(spelt.last).isalpha():
        # زاد الدخل في الساعة خمسة سنتات: so much an hour
        spelt = spelt if _adverb_at(view, spelt.last) else None
    return (int(spelt.value), 0, spelt.last) if spelt is not None and spelt.value <= 12 and not spelt.prefix else None


def _plain(view: View, index: int, ordinal: Match[int]) -> bool:
    return view.folded(index).startswith("ال") and not ordinal.prefix


def _minutes(view: View, index: int, minutes: int) -> tuple[int, int]:
    """Minutes after the hour (``والنصف``, ``و18 دقيقة``) or before it (``إلا ربعا``)."""
    folded = view.folded(index)
    if folded == "دقيقه" and minutes:
        # 8:30 دقيقة
        return minutes, index + 1
    shares = values_of("clock_shares", "minutes")
    if folded in shares:
        return minutes + int(shares[folded]), index + 1
    if folded == "و" and "و" + view.folded(index + 1) in shares:
        return minutes + int(shares["و" + view.folded(index + 1)]), index + 2
    if folded == "الا" and view.folded(index + 1) in shares:
        return minutes + int(shares[view.folded(index + 1)]), index + 2
    less = view.number(index + 1) if folded == "الا" else None
    if less is not None and view.folded(less.last).startswith(_MINUTE_WORDS) and less.value < 60:
        # السادسة إلا ست دقائق
        return minutes - int(less.value), less.last + 1
    number = view.number(index + 1 if folded == "و" else index)
    if number is None or number.value >= 60 or not (folded == "و" or number.prefix == "و"):
        return minutes, index
    if view.folded(number.last) in _MINUTE_MARKS:
        return minutes + int(number.value), number.last + 1
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
    around = view.word_in(last + 1, "day_parts") if view.folded(last) in _AROUND_MIDNIGHT else None
    if part is None and around is not None and view.folded(around.first) == "منتصف":
        # الواحدة بعد منتصف الليل
        meaning, last, qualified = replace(meaning, part="NI"), around.last, True
    night = view.word_in(last, "relative_days")
    if night is not None and not night.prefix and night.value.row["part"] and night.value.row["unit"] == "day":
        shift = ("day", float(night.value.row["shift"]))
        meaning, last, qualified = replace(meaning, part=night.value.row["part"], shift=shift), night.last, True
    if meaning.part is None and view.folded(last) in _HALF_MARKS and view.folded(last - 1)[:1].isdecimal():
        # 10:30 ص, من 10 ص حتى 3 م
        meaning, last, qualified = replace(meaning, part=_HALF_MARKS[view.folded(last)]), last + 1, True
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
