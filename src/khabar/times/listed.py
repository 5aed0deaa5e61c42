"""Lists of dates whose year or ``المقبلين`` stands only once, behind the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.times.meaning import Found, Meaning
from khabar.times.words import View

_JOINS, _LED = frozenset({"", "او", "،", ",", "ثم"}), frozenset({"من", "في", "يوم"})
_DATING = frozenset({"year", "direction", "shift"})


def listed(view: View, found: Sequence[Found]) -> list[Found]:
    """``مايو ويونيو 1999``, ``سبتمبر أو أكتوبر المقبلين``: what dates the last month of a list dates all."""
    whole = list(found)
    for at in range(len(whole) - 2, -1, -1):
        one, following = whole[at], whole[at + 1]
        if isinstance(one.meaning, Meaning) and isinstance(following.meaning, Meaning):
            whole[at] = replace(one, meaning=_dated_by(view, one, one.meaning, following, following.meaning))
    return whole


def _joined(between: Sequence[str]) -> bool:
    """``و``, ``ومن``, ``، ثم``: nothing but what joins two dates."""
    first = between[0] if between else ""
    joins = first.startswith("و") or first in _JOINS
    return joins and all(word.removeprefix("و") in _JOINS | _LED for word in between)


def _dated_by(view: View, one: Found, meaning: Meaning, following: Found, dated: Meaning) -> Meaning:
    between = [view.folded(at) for at in range(one.last, following.first) if view.folded(at) != ")"]
    joined = _joined(between) or (not between and view.folded(following.first).startswith("و"))
    months = meaning.month is not None and dated.month is not None and meaning.month < dated.month
    alike = meaning.calendar == dated.calendar and (meaning.day is None) == (dated.day is None)
    if not (joined and months and alike) or meaning.given() & _DATING or meaning.weekday or dated.passage:
        return meaning
    return replace(meaning, year=dated.year, direction=dated.direction, shift=dated.shift)
