"""Which day a weekday's bare name means: by the tense of its clause and by what the text has announced."""

from __future__ import annotations

from datetime import date, timedelta

from khabar.times.context import NOTHING, Context, Resolved, anchored
from khabar.times.meaning import Found, Meaning
from khabar.times.tense import is_future, is_future_verb, is_past_form, is_wished
from khabar.times.values import timed, weekday_from
from khabar.times.words import View, words_as, words_of

_ANNOUNCED = 6
"""Sentences about a day put in the future within which its bare name means that day."""
_SHORT_VERB = 3
_THAT = frozenset({"ذلك", "ذاك"})
_SINCE = frozenset({"منذ", "ومنذ"})
_TOLD_WITHIN = 7
_SOON, _LEAD = 2, 12
_REPORTING = frozenset({"ان", "انه", "انها", "الذي", "التي", "بعد", "منذ", "،", ","})
_EARLIER = frozenset({"بعد", "عقب", "اثر"})
_STOPS = frozenset({".", "؟", "!", "؛", ":"})
_HOPE_BEFORE, _HOPE_AFTER = 8, 4


def weekday_alone(context: Context, one: Found, meaning: Meaning) -> Resolved | None:
    """The day that a weekday's bare name means."""
    if meaning.weekday is None:
        return None
    if context.today is None:
        return NOTHING
    day = _which_weekday(context, one, meaning)
    if meaning.last_weekday is not None and meaning.part is None:
        last = day + timedelta((meaning.last_weekday - meaning.weekday) % 7)
        return anchored(context, f"{day.isoformat()}/{last.isoformat()}")
    return anchored(context, timed(day.isoformat(), meaning), 0.95)


def _which_weekday(context: Context, one: Found, meaning: Meaning) -> date:
    """The nearest such day before, the published day included, unless the clause looks ahead."""
    today, weekday = context.today or date.min, meaning.weekday or 1
    if context.looks_ahead and meaning.direction in (None, 0):
        return weekday_from(today, weekday, 1)
    if meaning.direction is not None and meaning.direction != 0:
        step = 1 if meaning.direction > 0 else -1
        return weekday_from(today, weekday, step) + timedelta(7 * (meaning.direction - step))
    led = context.view.folded(one.first)[:1] == "و" or context.view.folded(one.first - 1) in ("و", "ثم")
    listed = led and context.view.text.sentence_at(one.start) == context.day_sentence
    if listed and context.passage_day is not None and context.passage_day > today and meaning.direction is None:
        # غدا في قباء ويوم الاثنين في العيون
        return weekday_from(context.passage_day - timedelta(1), weekday, 1)
    view = context.view
    if view.folded(one.first - 1) in _SINCE and meaning.direction is None:
        # أخلت مقارها منذ ليل الأربعاء
        return today - timedelta((today.isoweekday() - weekday) % 7)
    if view.folded(one.first - 1) in _THAT and context.passage_day is not None:
        # بالعودة إلى ذلك الأربعاء
        return context.passage_day - timedelta((context.passage_day.isoweekday() - weekday) % 7)
    told = _told_near(view, one.first)
    if meaning.direction is None and (known := _dated_near(context, one, weekday)) is not None:
        return known
    if meaning.direction is None and not told and (later := _after_plan(context, one, weekday)) is not None:
        return later
    if view.folded(one.first - 1) == "من" and view.folded(one.first - 2) in words_of("effect_cues"):
        # ابتداء من يوم الاثنين
        return today + timedelta((weekday - today.isoweekday()) % 7)
    day, said = context.announced.get(weekday, (None, 0))
    sentence = context.view.text.sentence_at(one.start)
    happened = told or view.folded(one.first - 1) in words_of("news_acts")
    if (
        day is not None
        and not happened
        and today.isoweekday() != weekday
        and (sentence <= 1 or abs(sentence - said) <= _ANNOUNCED)
    ):
        # a headline (الثلاثاء) and its first sentence (بعد غد الثلاثاء)
        return day
    ahead = is_future(view, one.first, scheduled=True) or is_wished(view, one.first)
    if ahead or _heads_plan(view, one) or _to_come(context, one):
        return today + timedelta((weekday - today.isoweekday()) % 7)
    return today - timedelta((today.isoweekday() - weekday) % 7)


def _told_near(view: View, index: int) -> bool:
    """``وصل الفريق إلى لندن يوم الاثنين``: does a verb of the past stand close before, none of the future between?"""
    for at in range(index - 1, max(-1, index - _TOLD_WITHIN), -1):
        folded = view.folded(at)
        if folded.removeprefix("و") in words_of("past_verbs") | words_of("done_verbs") or is_past_form(folded):
            return True
        if is_future_verb(folded) or folded in _STOPS or not view.same_line(at, at + 1):
            return False
    return False


def _dated_near(context: Context, one: Found, weekday: int) -> date | None:
    """The day of ``الخميس 25 ماي``, which a bare ``الخميس`` near it names again."""
    day, said = context.dated.get(weekday, (None, 0))
    near = context.view.text.sentence_at(one.start) - said <= 1
    return day if day is not None and near else None


def _after_plan(context: Context, one: Found, weekday: int) -> date | None:
    """``سيستريح يومي الأحد والاثنين ثم يتدرب يوم الثلاثاء``: the next one after the day planned in the sentence."""
    day, said = context.planned
    view = context.view
    if day is None or said != view.text.sentence_at(one.start) or context.today is None:
        return None
    before = range(one.first - _TOLD_WITHIN, one.first)
    stated = any(view.folded(at) in words_of("statement_nouns") for at in before)
    sooner = (weekday - context.today.isoweekday()) % 7 < (day - context.today).days
    if sooner and any(view.folded(at) in _EARLIER and view.same_line(at, one.first) for at in before):
        # غدا الجمعة بعد مراسم تقام الخميس
        return None
    if stated or context.today.isoweekday() == weekday or view.folded(one.first - 1) in ("،", ","):
        # وفق بلاغ أصدرته، الثلاثاء
        return None
    return weekday_from(day - timedelta(1), weekday, 1)


def _heads_plan(view: View, one: Found) -> bool:
    """``الاثنين يتحدد مصير البطولة``: a line that opens with the day and tells in the present what it will bring."""
    led = one.first - (view.folded(one.first - 1) in ("في", "وفي"))
    opens = led == 0 or not view.same_line(led - 1, led)
    verb = view.folded(one.last)
    present = len(verb) > _SHORT_VERB and verb[0] in "يت" and not verb.endswith("ت")
    return opens and present and view.same_line(one.first, one.last)


def _to_come(context: Context, one: Found) -> bool:
    return _hoped_for(context.view, one) or _led_by_present(context, one)


def _led_by_present(context: Context, one: Found) -> bool:
    """``يكشف الرئيس الاثنين خطته`` on a Sunday: a lead in the present, of tomorrow or the day after."""
    view, today = context.view, context.today
    weekday = one.meaning.weekday if isinstance(one.meaning, Meaning) else None
    if today is None or weekday is None or not 0 < (weekday - today.isoweekday()) % 7 <= _SOON:
        return False
    for at in range(one.first - 1, max(-1, one.first - _LEAD), -1):
        folded = view.folded(at)
        if folded in words_of("past_verbs") or folded in _STOPS or folded in _REPORTING:
            return False
        if at == 0 or not view.same_line(at - 1, at):
            return len(folded) > _SHORT_VERB and folded[0] in "يت" and not folded.endswith("ه")
    return False


def _hoped_for(view: View, one: Found) -> bool:
    """``لمساندة الفريق في لقاء الأربعاء``, ``مباراة الأحد التي ستقام``: a match or a session still to come."""
    noun, events = view.folded(one.first - 1), words_as("fixtures", "event")
    if not {noun, noun[1:], noun.removesuffix("ها").removesuffix("ه").replace("ات", "اه")} & events:
        # مباراته: مباراة
        return False
    before = range(max(0, one.first - _HOPE_BEFORE), one.first - 1)
    if any(view.folded(at) in words_as("fixtures", "hope") and view.same_line(at, one.first) for at in before):
        return True
    after = [view.folded(at) for at in range(one.last, min(len(view.tokens), one.last + _HOPE_AFTER))]
    return any(word in words_as("fixtures", "hope") or is_future_verb(word) for word in after)
