"""``اليوم`` that means these days: in an essay, which tells of no other day and of nothing that happened on one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from khabar.lexicon import forms
from khabar.text import Match, fold
from khabar.times.meaning import Found, Meaning
from khabar.times.tense import is_future_verb, told_as_past
from khabar.times.words import View, Word, words_of

_TODAY, _TOMORROW, _YESTERDAY = "اليوم", "غدا", "امس"
_BRACKETS = frozenset({"(", "«"})
_WHOLE_DAY = frozenset({"طوال", "طيله", "مدار", "معظم", "خلال"})
_WAS = frozenset({"كان", "كانت", "كنا", "كانوا", "وكان"})
_SHORT_NOUN = 3
_THERE, _WHAT, _WHAT_WITHIN = frozenset({"اليه", "اليها"}), frozenset({"ما", "مما", "لما", "فيما", "بما"}), 4
_LAST_DAY, _CLAUSE = 32, 6
_BARE = frozenset({"اليوم", "واليوم"})
_ESSAY = 250
"""Tokens from which a text that names no day is rather an essay than a short report."""
_LEAD = 100
"""Tokens within which a report names a day."""
_AROUND, _OPENING = 8, 25


def these_days(view: View, index: int, match: Match[Word]) -> bool:
    """``ما نعيشه اليوم``, ``اليوم نحن أمام``: these days, where no weekday or date says which."""
    bare = fold(match.value.row["form"].split("|")[0]) == _TODAY and match.last == index + 1
    if not bare or match.prefix not in ("", "و", "ف") or view.word_in(match.last, "weekdays", "months") is not None:
        return False
    before = view.folded(index - 1)
    if view.folded(match.last) in _BRACKETS or (view.digits(match.last) or _LAST_DAY) < _LAST_DAY or before == "من":
        # اعتبارا من اليوم
        return False
    if before in _THERE and any(view.folded(at) in _WHAT for at in range(max(0, index - _WHAT_WITHIN), index)):
        # ما وصلت إليه اليوم
        return True
    if _who_now(view, index) or (match.prefix == "و" and _and_now(view, index, match)):
        return True
    if before in _WHOLE_DAY and not view.folded(match.last).startswith("و") and not told_as_past(view, index):
        # يشرب الماء طوال اليوم
        return True
    ahead = match.last + 1 if view.folded(match.last) in ("،", ",") else match.last
    sides = _cue_sides()
    if any(
        sides.get(view.folded(at)) == "near" for at in (index - 2, index - 3) if at >= 0 and view.same_line(at, index)
    ):
        return True
    bare_before = before[1:] if before[:1] in "ولبكف" else before
    led = sides.get(bare_before, sides.get(before, "after"))
    return led in ("before", "both", "near") or sides.get(view.folded(ahead)) in ("after", "both", "near")


def _who_now(view: View, index: int) -> bool:
    """``من ينادي اليوم بتغييره``, ``التحديات التي تواجه العالم اليوم``: what somebody does these days.

    ``المباراة التي تقام اليوم`` is of a calendar.
    """
    for at in range(index - 1, max(-1, index - _CLAUSE), -1):
        folded = view.folded(at)
        done = words_of("schedule_verbs") | words_of("past_verbs") | words_of("done_verbs")
        if {folded, folded.removesuffix("ه"), folded.removesuffix("ها")} & done:
            return False
        if view.tokens[at].kind == "mark" or is_future_verb(folded):
            return False
        imperfect = folded[:1] in ("ي", "ت", "ن") and len(folded) >= _SHORT_NOUN
        if imperfect and view.folded(at - 1) in words_of("relative_pronouns"):
            return True
    return False


def _and_now(view: View, index: int, match: Match[Word]) -> bool:
    """``كانت قرية، واليوم، بعد الحرب، ...``: now, unless a day stands before it or something happens behind."""
    before = view.word_in(index - 1, "weekdays", "relative_days", "day_parts")
    if before is not None or view.direction(index - 1) is not None or view.digits(index - 1) is not None:
        return False
    following = view.folded(match.last)
    happens = following in words_of("news_acts") | words_of("past_verbs") | words_of("schedule_verbs")
    return not happens and not is_future_verb(following)


def figurative(view: View, index: int, match: Match[Word]) -> bool:
    """``كان بالأمس حلما``, ``وغدا القوت ياقوتا`` (it became), ``بكرة القدم``: no day."""
    name, folded = fold(match.value.row["form"].split("|")[0]), view.folded(index)
    if folded == "لامس" or (
        folded == "والليله" and view.folded(index - 1) == "اليوم" and view.folded(index - 2) == "في"
    ):
        # خمس مرات في اليوم والليلة
        return True
    if folded.endswith(("الامس", "الغد")) and view.folded(index - 1) in words_of("yesterdays"):
        return True
    if name != _TOMORROW or view.reading != "news" or match.last != index + 1:
        return name == _YESTERDAY and match.prefix == "ب" and view.folded(index - 1) in _WAS
    if folded.endswith("بكره"):
        return True
    following = view.folded(match.last)
    became = folded in ("غدا", "وغدا") and following.startswith("ال") and len(following) > _SHORT_NOUN
    opens = index == 0 or not view.same_line(index - 1, index)
    return became and opens and view.word_in(match.last, "weekdays") is None and folded == "وغدا"


@cache
def _cue_sides() -> dict[str, str]:
    return {fold(form): row["side"] for form, row in forms("nowadays")}


def without_these_days(view: View, found: Sequence[Found]) -> list[Found]:
    """All that was found but a bare ``اليوم`` of an essay, unless something happens near it."""
    lead = [one for one in found if one.first < _LEAD]
    told = any(_names_a_day(view, one) or (_is_bare(view, one) and _in_report(view, one)) for one in lead)
    if len(view.tokens) < _ESSAY or view.reading != "news" or told:
        return list(found)
    return [one for one in found if not _is_bare(view, one) or one.first < _OPENING or _in_report(view, one)]


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
    """Does a verb or a noun of an event stand near, or is it the day from which on something holds?"""
    if view.folded(one.first - 1) == "من":
        return True
    for at in range(max(0, one.first - _AROUND), min(len(view.tokens), one.last + _AROUND)):
        word = view.folded(at)
        bare = word[1:] if word[:1] in "وبلف" else word
        if {word, bare} & (words_of("news_acts") | words_of("statement_nouns") | words_of("schedule_verbs")):
            return True
        if is_future_verb(word):
            return True
    return False
