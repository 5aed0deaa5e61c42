"""The clock of a claim: ``أمس`` in a statement of yesterday is the day before that, ``اليوم`` in it that day."""

from __future__ import annotations

from datetime import date

from khabar.times.context import Context
from khabar.times.meaning import Found, Meaning
from khabar.times.words import View, words_of

_OPEN, _CLOSE, _EITHER = frozenset("«“"), frozenset("»”"), '"'
_REACH = 60
"""Tokens between a quoted word and the date of its saying."""
_BEFORE_DATE = 5
_OLDEST = 7
"""Days: an older date in the sentence is rather the story's than the speech's."""


def quoted(view: View, index: int) -> bool:
    """Does a token stand between quotation marks that open on its line?"""
    straight = 0
    for at in range(index - 1, max(-1, index - _REACH), -1):
        mark = view.tokens[at].text
        if mark in _OPEN:
            return True
        if mark in _CLOSE or not view.same_line(at, at + 1):
            break
        straight += mark == _EITHER
    return straight % 2 == 1


def note_speech(context: Context, one: Found, day: date) -> None:
    """Keep the day of a statement, and of what is told outside quotation marks, for the words that follow."""
    if context.today is None or not 0 <= (context.today - day).days <= _OLDEST:
        return
    if not quoted(context.view, one.first):
        context.told = (one.last, day)
    if day == context.today:
        return
    before = range(max(0, one.first - _BEFORE_DATE), one.first)
    if any(_states(context.view.folded(at)) for at in before):
        context.statement = (context.view.text.sentence_at(one.start), one.last, day)


def _states(folded: str) -> bool:
    nouns = words_of("statement_nouns")
    return folded in nouns or (folded[:1] in "بولف" and folded[1:] in nouns)


def speech_day(context: Context, one: Found, meaning: Meaning) -> date | None:
    """The day on which the words around a bare ``اليوم`` or ``أمس`` were said, where that is not the report's."""
    if meaning.shift is None or meaning.passage or meaning.given() - {"shift", "part"} or meaning.shift[0] != "day":
        return None
    if context.view.folded(one.first - 1) == "(" and context.view.word_in(one.first - 2, "relative_days") is not None:
        # اليوم (أمس): the paper's own day
        return None
    if context.told is not None and one.first - context.told[0] <= _REACH and quoted(context.view, one.first):
        return context.told[1] if context.told[1] != context.today else None
    if context.statement is None or context.today is None:
        return None
    sentence, last, day = context.statement
    if sentence != context.view.text.sentence_at(one.start) or one.first <= last:
        return None
    # a second أمس in one sentence only makes sense by the statement's clock
    again = meaning.shift[1] == 0 or (context.today - day).days == -meaning.shift[1]
    return day if again else None
