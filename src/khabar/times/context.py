"""What is known while a text is read from its beginning: its day, and the dates that the passage has set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from khabar.model import Published
from khabar.times.calendar import interval
from khabar.times.meaning import Found, Meaning, Range
from khabar.times.tense import is_future
from khabar.times.values import day_of, weekday_from
from khabar.times.words import View
from khabar.times.years import opens_chronicle

_DATELINE_WITHIN, _DATELINE_WORDS, _OLDEST_COPY = 60, 4, 31
_DATELINE_MARKS = frozenset({"(", "-", "–", "/", ":", "//", "واس", "وال", "ـ", ""})
_SINCE = frozenset({"منذ", "مند", "ومنذ"})
_TOLD_WITHIN = 6
"""Months ahead within which a bare month in a clause of the future dates the other mentions of it."""
_ANNOUNCED_WITHIN = 14
"""Days ahead within which a dated weekday is what its bare name means elsewhere in the text."""
_NARRATING = frozenset({"في", "وفي", "ففي", "خلال", "مطلع", "اواخر", "منتصف"})
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d))?")


@dataclass(slots=True)
class Context:
    """What is known while a text is read from its beginning."""

    view: View
    year: int | None = None
    month: int | None = None
    today: date | None = None
    passage_day: date | None = None
    last_month: date | None = None
    last_year: date | None = None
    """The last date at least as fine as a month, as a year: the bases of ``الشهر نفسه`` and ``العام نفسه``."""
    last_week: date | None = None
    named: dict[str, tuple[date, int]] = field(default_factory=dict)
    """The last ``week``, ``month`` and ``year`` that the words themselves name, and its sentence."""
    passage_year: int | None = None
    passage_month: int | None = None
    passage_sentence: int = -9
    passage_broken: bool = False
    """Has anything been told since then from the report's own day?"""
    passage_reach: int = 1
    """Sentences behind it for which a month holds; a bare year holds in its own only."""
    day_sentence: int = -9
    """The sentence of `passage_day`."""
    hijri_month: str | None = None
    """The last month's days where they are not those of a Gregorian one."""
    told: tuple[int, date] | None = None
    """The token behind the last past day outside quotation marks, and that day."""
    statement: tuple[int, int, date] | None = None
    """The sentence in which a statement is dated, the token behind the date, and that day."""
    announced: dict[int, tuple[date, int]] = field(default_factory=dict)
    """Weekdays that the text itself places in the future."""
    months_told: dict[tuple[int, int | None], int] = field(default_factory=dict)
    """Years of the months, with or without their day, that the text itself places in the future."""
    dated: dict[int, tuple[date, int]] = field(default_factory=dict)
    """Weekdays that stood with their date, that date, and its sentence."""
    planned: tuple[date | None, int] = (None, -9)
    """The last day ahead, and its sentence."""
    part: tuple[str, int] = ("", -9)
    """The part of the day that stood with the last day, and its sentence."""
    several: int = -9
    """The sentence that last spoke of several days or of a set."""
    divisions: dict[str, str] = field(default_factory=dict)
    """The last value of each quarter and half that the text has dated."""
    live: bool | None = None
    """Is it a live report, whose lines open with their hour?  Not known before its first."""
    spans: frozenset[int] = frozenset()
    """Sentences that name a span of days."""
    hour: str = ""
    """``HH:MM`` of publication, where known."""

    @property
    def looks_ahead(self) -> bool:
        """Is the text read as an assistant's user means it?"""
        return self.view.reading == "assistant"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with what it was anchored on."""

    value: str | None
    anchored_by: str = "absolute"
    anchor: str | None = None
    score: float = 1.0


NOTHING = Resolved(None, "none")


def context_of(view: View, found: Sequence[Found], published: Published | None) -> Context:
    context = Context(view)
    match = _PUBLISHED.match(published.value) if published else None
    if match is not None and 1000 <= int(match[1]) <= 9000:
        context.year, context.month = int(match[1]), int(match[2]) if match[2] else None
        context.hour = match[4] or ""
        context.today = day_of(context.year, context.month, int(match[3])) if match[2] and match[3] else None
    spans = (one for one in found if isinstance(one.meaning, Range) and one.meaning.last.day is not None)
    context.spans = frozenset(view.text.sentence_at(one.start) for one in spans)
    _set_today(context, found)
    _announce(context, found)
    return context


def _set_today(context: Context, found: Sequence[Found]) -> None:
    """``اليوم الثلاثاء`` in a text published on Thursday was written on the Tuesday before; so says a dateline."""
    for one in found:
        if (sent := _dateline(context, one)) is not None:
            context.today, context.year, context.month = sent, sent.year, sent.month
            return
        meaning = one.meaning
        if not isinstance(meaning, Meaning) or meaning.shift is None or meaning.shift[0] != "day" or meaning.passage:
            continue
        written = _written(context, meaning)
        if written is not None:
            context.today, context.year, context.month = written, written.year, written.month
            return


def _dateline(context: Context, one: Found) -> date | None:
    """The full date that opens a line after its town (``طرابلس 5 مايو 2015 (وال)``), of an agency's older text."""
    meaning, view = one.meaning, context.view
    if one.first > _DATELINE_WITHIN or not isinstance(meaning, Meaning) or context.today is None:
        return None
    if not (meaning.year and meaning.month and meaning.day) or meaning.calendar != "gregorian" or meaning.last_day:
        return None
    opening = one.first
    while opening > 0 and view.same_line(opening - 1, opening):
        opening -= 1
        if one.first - opening > _DATELINE_WORDS:
            return None
    ends = one.last >= len(view.tokens) or not view.same_line(one.last - 1, one.last)
    if not ends and view.folded(one.last) not in _DATELINE_MARKS:
        return None
    sent = day_of(meaning.year, meaning.month, meaning.day)
    return sent if sent is not None and 0 < (context.today - sent).days <= _OLDEST_COPY else None


def _written(context: Context, meaning: Meaning) -> date | None:
    days = int(meaning.shift[1]) if meaning.shift else 0
    if meaning.year and meaning.month and meaning.day and meaning.calendar == "gregorian":
        said = day_of(meaning.year, meaning.month, meaning.day)
        written = said - timedelta(days) if said else None
        trusted = context.today is None or (written is not None and abs((context.today - written).days) <= 31)
        return written if trusted else None
    if context.today is None or meaning.weekday is None:
        return None
    late = ((context.today + timedelta(days)).isoweekday() - meaning.weekday) % 7
    # six days late is rather a day early: a page dated in another time zone
    return context.today + timedelta(1) if late == 6 else context.today - timedelta(late)


def _announce(context: Context, found: Sequence[Found]) -> None:
    """Weekdays and months that the text places in the future, wherever it does: a title names them barely."""
    if context.today is None:
        return
    for one in found:
        meaning = one.meaning
        if not isinstance(meaning, Meaning) or meaning.passage:
            continue
        if (day := _weekday_ahead(context.today, meaning)) is not None:
            context.announced[day.isoweekday()] = day, context.view.text.sentence_at(one.start)
        if meaning.month is not None and meaning.calendar == "gregorian":
            _announce_month(context, context.today, one, meaning)


def _weekday_ahead(today: date, meaning: Meaning) -> date | None:
    """The day of ``الثلاثاء المقبل``, ``غدا الثلاثاء``, ``الثلاثاء 19 ماي 2017``."""
    if meaning.weekday is None:
        return None
    if meaning.month is not None and meaning.day is not None:
        said = day_of(meaning.year or today.year, meaning.month, meaning.day) if _plain(meaning) else None
        ahead = said is not None and 0 < (said - today).days <= _ANNOUNCED_WITHIN
        return said if said is not None and ahead and said.isoweekday() == meaning.weekday else None
    ahead = meaning.shift is not None and meaning.shift[0] == "day" and meaning.shift[1] > 0
    return weekday_from(today, meaning.weekday, 1) if meaning.direction == 1 or ahead else None


def _plain(meaning: Meaning) -> bool:
    return meaning.calendar == "gregorian" and meaning.last_day is None


def _announce_month(context: Context, today: date, one: Found, meaning: Meaning) -> None:
    """``فبراير المقبل``, ``فبراير 2016`` in a report of 2015; ``سيقام في 12 ديسمبر``, which others then mean too."""
    month, year = meaning.month or 0, meaning.year
    bare = not meaning.given() & {"year", "direction", "shift"}
    if bare and (month - today.month) % 12 <= _TOLD_WITHIN and is_future(context.view, one.first):
        context.months_told.setdefault((month, meaning.day), today.year + (month < today.month))
        return
    if year is None and meaning.direction == 1 and month != today.month:
        # the coming August, said in August, is this one or the next
        year = today.year + (month < today.month)
    if year is not None and (year, month) > (today.year, today.month) and year <= today.year + 1:
        context.months_told[month, None] = year
        context.months_told[month, meaning.day] = year


def remember(context: Context, one: Found, resolved: Resolved) -> None:
    """The last date that the passage has set."""
    if (
        resolved.value is None
        or not isinstance(one.meaning, Meaning)
        or (one.meaning.clock and not one.meaning.given() - {"clock"})
    ):
        return
    days = interval(resolved.value)
    if days is None:
        return
    if one.meaning.season is not None:
        context.divisions[one.meaning.season] = resolved.value
    if (days[0].year, days[0].month) == (days[1].year, days[1].month):
        context.last_month, context.hijri_month = days[0], None
    elif one.meaning.calendar == "hijri" and one.meaning.month is not None and one.meaning.day is None:
        context.hijri_month = resolved.value
    if one.meaning.prior:
        return
    _name_period(context, one, one.meaning, days[0])
    if "-W" in resolved.value:
        context.last_week = days[0]
    if days[0].year == days[1].year:
        context.last_year = days[0]
    if resolved.anchored_by == "published" and one.meaning.given() & {"shift", "weekday", "direction"}:
        context.passage_broken = True
    since = one.meaning.month is not None and context.view.folded(one.first - 1) in _SINCE
    if days[0] == days[1] and not since:
        context.passage_day = days[0]
        context.day_sentence = context.view.text.sentence_at(one.start)
    month = one.meaning.month is not None
    view = context.view
    narrated = one.rule in ("year-with-word", "bare-year") and view.folded(one.first - 1) in _NARRATING
    # 1951 - ...: a line of a chronicle
    narrated = narrated or (one.rule == "bare-year" and opens_chronicle(view, one.first))
    carried = resolved.anchored_by == "passage" and month
    if (one.meaning.year is not None or carried) and (month or narrated) and days[0].year == days[1].year:
        context.passage_year, context.passage_month = days[0].year, days[0].month
        context.passage_broken = False
        context.passage_reach = 1 if month else 0
        context.passage_sentence = context.view.text.sentence_at(one.start)


def _name_period(context: Context, one: Found, meaning: Meaning, first: date) -> None:
    """Keep the month of ``مبيعات يوليو`` and the year of ``أرباح 2014`` for ``الشهر السابق``, ``العام السابق``."""
    if context.view.folded(one.first - 1) in _SINCE:
        # أعلى مستوى منذ يوليو 2011
        return
    unit = meaning.shift[0] if meaning.shift is not None else ""
    sentence = context.view.text.sentence_at(one.start)
    if meaning.month is not None or unit == "month":
        context.named["month"] = first, sentence
    if meaning.year is not None or meaning.season is not None or unit == "year":
        context.named["year"] = first, sentence
    if unit == "week":
        context.named["week"] = first, sentence


def anchored(context: Context, value: str, score: float = 1.0) -> Resolved:
    anchor = (
        context.today.isoformat()
        if context.today
        else f"{context.year}-{context.month:02d}"
        if context.month
        else str(context.year)
    )
    return Resolved(value, "published", anchor, score)
