"""What the words before a participant say of it: who governs it, what it is counted by, where its own words begin."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from khabar.events.actors import Head, bare_word, is_rank, nation
from khabar.events.particles import particles
from khabar.model import Name, Span
from khabar.text import Token, Tokenized
from khabar.text.morphology import readings

if TYPE_CHECKING:
    from khabar.events.participants import Participant

_REACH = 6
_LEADER_REACH = 8
_VERB_REACH = 2
_IN_BODY = frozenset(["leader", "member"])
_WITHIN = frozenset(["في", "من"])
_QUOTES = frozenset('"«»“”')
_LIST_MARKS = frozenset('"«»“”،,')
_ADDED_REACH = 4
_DATELINE = 5
_DASHES = frozenset("-–—")

Named = Mapping[int, tuple[Name, int]]
"""First token of a name → the name and the token after its last."""


def honoured(tokens: Sequence[Token], first: int, prefix: str = "") -> tuple[int, str]:
    """``مع صاحب السمو الملكي الأمير``: where the honours before a phrase begin, and the clitics before them."""
    while first:
        before = tokens[first - 1].folded
        honour = next((one for one in readings(before) if one.stem in particles("honorific")), None)
        if honour is None:
            break
        first, prefix = first - 1, honour.prefix
    return first, prefix


def agent(tokens: Sequence[Token], at: int) -> bool:
    """``من قبل``, ``من جانب``, ``على يد``: who did it follows."""
    word, before = tokens[at].folded, tokens[at - 1].folded if at else ""
    return (before == "من" and word in ("قبل", "جانب")) or (before == "علي" and word in particles("agent-noun"))


def partitive(tokens: Sequence[Token], at: int, word: str) -> str:
    """``من`` after a number or a quantity does not govern: ``ثلاثة من المسلحين``."""
    before = tokens[at - 1] if at else None
    if word == "من" and before is not None and (before.kind == "number" or before.folded in particles("quantity")):
        return ""
    return word


def counted_and(tokens: Sequence[Token], first: int) -> bool:
    """``وخمسة مدنيين``, ``و16 جنديا``: the و stands before the number."""
    if first > 2 and tokens[first - 1].folded == "من" and tokens[first - 2].kind == "number":
        first -= 1
    if first < 2:
        return False
    before = tokens[first - 1]
    if before.kind == "number":
        return tokens[first - 2].folded == "و"
    return before.folded.startswith("و") and before.folded[1:] in particles("quantity")


def bare_span(text: Tokenized, first: int, last: int, head: Head) -> Span:
    """The words of a description without the particles written on to the first; fused ``لل`` stays whole."""
    token, span = text.tokens[first], text.token_span(first, last)
    if len(token.text) != len(token.folded):
        return span
    fused = head.article and head.prefix.endswith("ل")
    return text.span(span.start + len(head.prefix) - fused, span.end)


def kin(tokens: Sequence[Token], at: int) -> bool:
    """``نجل الرئيس``: is it a relative of the one named at a token who is meant?"""
    return at > 0 and tokens[at - 1].folded.lstrip("وبلف") in particles("kin")


def each_of(tokens: Sequence[Token], index: int, named: Named) -> tuple[Name, int] | None:
    """``وزراء خارجية كل من تونس ومصر``, ``مسؤولين من تونس``: the first of those whose offices a plural names."""
    for at in range(index + 1, min(index + _REACH, len(tokens) - 2)):
        if tokens[at].folded == "كل" and tokens[at + 1].folded == "من":
            return named.get(at + 2)
        if tokens[at].folded == "من" and at + 1 in named and named[at + 1][0].type == "LOC":
            return named[at + 1]
        if tokens[at].kind != "word" or at in named:
            return None
    return None


def member_of(tokens: Sequence[Token], index: int, named: Named, head: Head) -> tuple[Name, int] | None:
    """``قيادي في تنظيم كذا``: the body for which an unnamed leader or member of it stands."""
    if head.label not in _IN_BODY:
        return None
    for at in range(index + 1, min(index + _REACH, len(tokens))):
        if at in named:
            inside = any(token.folded in _WITHIN for token in tokens[index + 1 : at])
            return named[at] if inside and named[at][0].type == "ORG" else None
        if tokens[at].kind == "mark" and tokens[at].text not in _QUOTES:
            return None
    return None


def led_by(tokens: Sequence[Token], index: int, named: Named) -> tuple[Name, int] | None:
    """``وفد برئاسة الوزير فلان``: who leads a delegation."""
    for at in range(index + 1, min(index + _REACH, len(tokens))):
        if at in named:
            return None
        if tokens[at].folded in particles("led-by"):
            found = next((to for to in range(at + 1, min(len(tokens), at + _LEADER_REACH)) if to in named), None)
            return named[found] if found is not None and named[found][0].type == "PER" else None
    return None


def apposed(tokens: Sequence[Token], verbs: frozenset[int], holder: Participant, made: Participant) -> bool:
    """``فلان، وزير الخارجية``, ``وصول فلان وزير الخارجية``: a title set after its holder, who has none before.

    A prince may have several: ``الأمير فلان ولي العهد وزير الدفاع``.  In ``التقى فلان وزير الخارجية`` it is the object.
    """
    if made.kind != "office" or holder.kind != "PER":
        return False
    rank = holder.head in particles("honour") or is_rank(holder.head)
    untitled = not holder.head or holder.apposed or rank
    bare = untitled and not made.preposition and not made.joined
    object_too = not verbs.isdisjoint(range(holder.first - _VERB_REACH, holder.first))
    comma = made.first == holder.last + 1 and tokens[made.first - 1].text in "،,"
    return comma or (bare and not object_too and made.first == holder.last)


def leads(before: Participant, made: Participant) -> bool:
    """``التحالف بقيادة الدولة``: the state that leads an alliance takes part in all that the alliance does."""
    led = made.preposition in particles("led-by") and made.kind == "LOC"
    return led and before.kind in ("ORG", "armed", "government") and made.first - before.last == 1


def added(tokens: Sequence[Token], before: Participant, made: Participant) -> bool:
    """``الجيش، علاوة على عناصر التنظيم``, ``الرئيس ثم الوزير``: a list that goes on with words that say so."""
    gap = [token.folded for token in tokens[before.last : made.first] if token.text not in _LIST_MARKS]
    if not gap or len(gap) > _ADDED_REACH or (made.kind == "LOC") != (before.kind == "LOC"):
        return False
    word = gap[0].removeprefix("و")
    some = word in particles("quantity")  # وبعض مواقع التنظيم; but زار الرئيس بعض القرى, ثم أعلن الوزير
    goes_on = gap[0] != word if some else len(gap) == 1 or gap[1] in particles("preposition")
    return goes_on and word in particles("adding")


def joins_force(before: Participant, made: Participant) -> bool:
    """``ميليشيات الحوثي وصالح``: a person joined to the name of a force stands for his men."""
    force = before.armed and bool(before.head) and before.kind == "ORG"
    return force and made.joined and made.kind == "PER" and not made.head and made.first == before.last


def dateline(tokens: Sequence[Token], named: Named, beginnings: Collection[int], first: int, last: int) -> bool:
    """``طرابلس -``, ``العلمين (مصر) -``: where the report was written takes part in nothing."""
    if not (first in beginnings or tokens[first - 1].text == "("):
        return False
    after = tokens[last : last + _DATELINE]
    closed = [at for at, token in enumerate(after) if token.text in _DASHES]
    return bool(closed) and all(token.text in "()" or last + at in named for at, token in enumerate(after[: closed[0]]))


def territory(tokens: Sequence[Token], at: int) -> str:
    """``الأراضي التونسية``, ``عبر الحدود المصرية``: the state whose land, border or sky a phrase names, or nothing."""
    if at + 1 >= len(tokens) or bare_word(tokens[at].folded) not in particles("territory"):
        return ""
    made = nation(tokens[at + 1].folded) if tokens[at + 1].folded.startswith("ال") else None
    return made[0] if made else ""
