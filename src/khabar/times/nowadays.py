"""``اليوم`` that means these days: in an essay, which tells of no other day and of nothing that happened on one."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.times.meaning import Found, Meaning
from khabar.times.tense import is_future_verb
from khabar.times.words import View, words_of

_BARE = frozenset({"اليوم", "واليوم"})
_ESSAY = 250
"""Tokens from which a text that names no day is rather an essay than a short report."""
_AROUND = 8


def without_these_days(view: View, found: Sequence[Found]) -> list[Found]:
    """All that was found but a bare ``اليوم`` of an essay, unless something happens near it."""
    if len(view.tokens) < _ESSAY or view.reading != "news" or any(_names_a_day(view, one) for one in found):
        return list(found)
    return [one for one in found if not _is_bare(view, one) or _in_report(view, one)]


def _is_bare(view: View, one: Found) -> bool:
    return one.rule == "deictic" and one.last == one.first + 1 and view.folded(one.first) in _BARE


def _names_a_day(view: View, one: Found) -> bool:
    """``أمس``, ``صباح اليوم``, ``الخميس``, ``10 أغسطس``: what a report has and an essay seldom."""
    if not isinstance(one.meaning, Meaning) or _is_bare(view, one):
        return False
    by_day = one.meaning.shift is not None and one.meaning.shift[0] == "day" and not one.meaning.passage
    dated = one.meaning.day is not None and (one.meaning.year is None or one.first < _AROUND * 2)
    return by_day or one.meaning.weekday is not None or dated


def _in_report(view: View, one: Found) -> bool:
    """Does a verb or a noun of an event stand near?"""
    for at in range(max(0, one.first - _AROUND), min(len(view.tokens), one.last + _AROUND)):
        word = view.folded(at)
        bare = word[1:] if word[:1] in "وبلف" else word
        if {word, bare} & (words_of("news_acts") | words_of("statement_nouns") | words_of("schedule_verbs")):
            return True
        if is_future_verb(word):
            return True
    return False
