"""On which day an hour or a part of the day stands alone: the passage's, the report's, or no one day at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from khabar.times.assistant import next_hour
from khabar.times.calendar import interval
from khabar.times.context import NOTHING, Context, Resolved, anchored
from khabar.times.meaning import Found, Length, Meaning
from khabar.times.tense import is_future, is_past_form, told_of
from khabar.times.values import timed
from khabar.times.words import words_as, words_of

_FRESH = 31
"""Days within which a passage's day holds for an hour named far below it."""
_NEAR = 2
"""Sentences within which a day holds for a bare ``صباحا``."""
_AROUND, _BEHIND = 12, 4
_MOST_DAYS, _WEEK = 45, 7
_LATE = frozenset({"NI", "EV", "AF"})
_DAWN, _TWO_DAYS = 6, 2
_SINCE = frozenset({"منذ", "ومنذ"})
_NO_DAY = "0000-00-00"
NO_TIME = Resolved(None, "none", None, 0.0)
"""Of a part of the day that is no one day's: it is left out."""


def note_several(context: Context, one: Found, value: str | None) -> None:
    """Keep the sentence that speaks of several days or of a set, until it names one day."""
    sentence = context.view.text.sentence_at(one.start)
    if isinstance(one.meaning, Length):
        if one.meaning.every:
            context.several = sentence
        return
    days = interval(value) if value else None
    if days is None:
        return
    if context.today is not None and days[1] > context.today and (days[1] - days[0]).days < _WEEK:
        context.planned = days[1], sentence
    count = (days[1] - days[0]).days
    if count == 0 and isinstance(one.meaning, Meaning) and one.meaning.clock is None:
        context.part = one.meaning.part or "", sentence
    if count == 0 and isinstance(one.meaning, Meaning) and one.meaning.weekday and one.meaning.day:
        context.dated[one.meaning.weekday] = days[0], sentence
    if count == 0:
        context.several = -9
    elif count <= _MOST_DAYS and value is not None and "/" in value:
        context.several = sentence


def of_passage(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``صباحا``, ``الساعة السابعة``: on the day that the passage is about; ``T07:00`` where it is any day's."""
    if meaning.part is None and meaning.clock is None:
        return None
    if not context.looks_ahead and _habitual(context, one, meaning):
        if meaning.clock is None:
            return NO_TIME
        return Resolved(timed(_NO_DAY, meaning)[len(_NO_DAY) :], "none", None, 0.7)
    if (own := _of_report(context, one, meaning)) is not None:
        return own
    gap = context.view.text.sentence_at(one.start) - context.day_sentence
    fresh = context.passage_day and context.today and abs((context.today - context.passage_day).days) <= _FRESH
    if context.passage_day is not None and (fresh or gap <= 1) and not _of_today(context, one, gap):
        anchor = (context.passage_day + timedelta(_small_hours(context, one, meaning))).isoformat()
        return Resolved(timed(anchor, _at_night(context, one, meaning)), "passage", anchor, 0.75)
    if context.today is None:
        return NOTHING
    return anchored(context, next_hour(context, timed(context.today.isoformat(), meaning), meaning), 0.7)


def _small_hours(context: Context, one: Found, meaning: Meaning) -> bool:
    """``غادروا ليل الجمعة، وآخرهم في الثالثة فجرا``: already the day after."""
    part, sentence = context.part
    near = context.view.text.sentence_at(one.start) - sentence <= 1
    early = meaning.clock is not None and int(meaning.clock[:2]) < _DAWN and meaning.part in ("MO", "NI")
    over = context.passage_day is not None and context.passage_day == context.today
    return part in ("EV", "NI") and near and early and not (over and not is_future(context.view, one.first))


def _of_report(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """``10:40 - ...``, the stamp of a live report; ``هاجموا القرية ليلا`` far from any day: the report's own."""
    today, day, view = context.today, context.passage_day, context.view
    if today is None or context.looks_ahead:
        return None
    gap = view.text.sentence_at(one.start) - context.day_sentence
    opens = one.first == 0 or not view.same_line(one.first - 1, one.first)
    stamp = meaning.clock is not None and meaning.part is None and opens and ":" in view.folded(one.first)
    if stamp and context.live is None:
        # a calendar of matches names its day first
        context.live = day is None or day <= today
    stamp = stamp and bool(context.live)
    ahead = day is not None and day > today and not stamp
    if ahead and not (meaning.clock is None and _told(context, one)):
        return None
    far = ahead or (meaning.clock is None and gap > 1 and day is not None and (today - day).days > 1)
    if not (stamp or far or (meaning.clock is None and view.folded(one.first - 1) in _SINCE)):
        return None
    last_night = far and meaning.part == "NI" and not is_future(view, one.first, scheduled=True)
    return anchored(context, timed((today - timedelta(last_night)).isoformat(), meaning), 0.7)


def _told(context: Context, one: Found) -> bool:
    """``نزح الآلاف ليلا`` below a plan: it has happened."""
    view = context.view
    near = range(max(0, one.first - _BEHIND), one.first)
    past = told_of(view, one.first) or any(is_past_form(view.folded(at)) for at in near)
    return past and not is_future(view, one.first, scheduled=True)


def _at_night(context: Context, one: Found, meaning: Meaning) -> Meaning:
    """``تدور الليلة انطلاقا من الساعة الثامنة``: the part of the day stands with the day."""
    part, sentence = context.part
    near = sentence == context.view.text.sentence_at(one.start)
    return replace(meaning, part=part) if part in _LATE and near and meaning.part is None else meaning


def _of_today(context: Context, one: Found, gap: int) -> bool:
    """``وبحلول الساعة 0340 سجلت العقود`` below a sentence on tomorrow."""
    day, today, view = context.passage_day, context.today, context.view
    if day is None or today is None:
        return False
    behind = range(one.last, min(len(view.tokens), one.last + _BEHIND))
    happens = any(view.folded(at) in words_of("news_acts") for at in behind)
    apart = (today - day).days
    if apart > 0 and apart != _TWO_DAYS and gap > 0 and isinstance(one.meaning, Meaning) and one.meaning.zone:
        # هبط خام برنت 22 سنتا بحلول الساعة 0955 بتوقيت غرينتش: prices of today
        around = range(max(0, one.first - 2 * _AROUND), min(len(view.tokens), one.last + _BEHIND))
        traded = any(view.folded(at).removeprefix("و") in words_as("trade_words", "price") for at in around)
        return traded or is_future(view, one.first, scheduled=True)
    if day < today:
        # ويخوض الفريق في الساعة السابعة مساء مباراته: still to come
        return is_future(view, one.first, scheduled=True)
    if day == today or gap < 1:
        return False
    return happens


def any_habit(context: Context, one: Found) -> bool:
    """``يوميا``, ``عادة``: does a word of habit stand near?"""
    view, cues = context.view, words_of("habits")
    around = range(max(0, one.first - _AROUND), min(len(view.tokens), one.last + _BEHIND))
    return any(view.folded(at) in cues and view.same_line(min(at, one.first), max(at, one.first)) for at in around)


def _habitual(context: Context, one: Found, meaning: Meaning) -> bool:
    """Is it the hour of a habit, of a timetable, of each of several days?"""
    view = context.view
    sentence = view.text.sentence_at(one.start)
    if context.several == sentence:
        return True
    if sentence in context.spans and context.day_sentence != sentence:
        # من الثانية عشرة إلى الثالثة خلال الفترة من 15 يونيو إلى 15 سبتمبر
        return True
    if any_habit(context, one):
        return context.day_sentence != sentence
    if meaning.clock is not None:
        return _on_numbered_day(context, one)
    if sentence == 0:
        # a headline tells in the present
        return False
    far = context.day_sentence < 0 or sentence - context.day_sentence > _NEAR
    return far and _presently(context, one, plural=one.last > one.first + 1)


def _on_numbered_day(context: Context, one: Found) -> bool:
    """``يبدأ برنامج اليوم الثاني عند الخامسة``: which day it is stands elsewhere, if at all."""
    view = context.view
    for at in range(max(0, one.first - _AROUND), one.first):
        if view.folded(at) == "اليوم" and view.same_line(at, one.first):
            following = view.folded(at + 1)
            if following in ("ذاته", "نفسه", "الاخير") or (following.startswith("ال") and view.ordinal(at + 1)):
                return True
    return False


def _presently(context: Context, one: Found, *, plural: bool) -> bool:
    """``لا يبصرون إلا ليلا``: a present that is none of a calendar's, of many people where `plural` is asked for."""
    view = context.view
    before = [view.folded(at) for at in range(max(0, one.first - _BEHIND), one.first)]
    negated = {word for at, word in pairwise(before) if at.endswith("لم")}
    verbs = [word for word in before if word[:1] in "يت" and len(word) > _BEHIND - 1 and word not in negated]
    if plural:
        verbs = [word for word in verbs if word.endswith("ون")]
    return bool(verbs) and not any(word in words_of("schedule_verbs") for word in verbs)
