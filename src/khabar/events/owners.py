"""Whose deed or word is praised, blamed, refused, threatened or called for: he is at whom the speech is aimed.

``أشاد بتعاون الحكومة``, ``رفضت مصر طلب الوسيط``, ``توعد بمنع التنظيم``.
"""

from __future__ import annotations

from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import REACH, give
from khabar.events.participants import Participant
from khabar.events.particles import particles

_AIMED = frozenset(["SUPPORT", "ACCUSE", "REJECT", "THREATEN", "REQUEST"])
_JUDGING = frozenset(["SUPPORT", "ACCUSE", "REJECT"])
_NOT_OWNERS = frozenset(["people", "thing", "pair"])
_GAP = 3


def complement_owner(clauses: Clauses, mention: Mention) -> None:
    """Give the owner of what the speech is about as its recipient, where none is told."""
    entry = mention.trigger.entry
    if entry.type not in _AIMED or mention.recipients or mention.passive:
        return
    if entry.word_class == "noun" and not entry.prepositions:
        return
    if not (entry.object == "recipient" or "recipient" in dict(entry.prepositions).values()):
        return
    _behind_relative(clauses, mention)
    found = None if mention.recipients else _owner(clauses, mention)
    if found is not None:
        for one in clauses.chain(found):
            mention.fill("recipient", one, "complement-owner", 0.4)


def _behind_relative(clauses: Clauses, mention: Mention) -> None:
    """``مشيدا بالدور الذي تقوم به الحكومة``: praise and blame go to whoever acts in the relative clause."""
    if mention.trigger.entry.type not in _JUDGING:
        return
    token, tokens = mention.trigger.token, clauses.text.tokens
    last = min(clauses.text.sentences[mention.sentence].last, token + REACH)
    relative = next((at for at in range(token + 1, last) if tokens[at].folded in particles("relative")), last)
    for one in clauses.between(relative, last):
        if not one.preposition and one.kind != "LOC":
            give(mention, clauses.chain(one), "recipient", "behind-relative", 0.45)
            return


def _owner(clauses: Clauses, mention: Mention) -> Participant | None:
    token = mention.trigger.token
    acting = {role.entity for role in mention.actors}
    end = token + 1
    for one in clauses.between(token + 1, clauses.right(token, mention.sentence, REACH)):
        if one.entity in acting:
            end = one.last
            continue
        if one.kind == "LOC" and one.first - 1 in clauses.triggered - clauses.verbs:
            return None  # دعوة لزيارة موسكو
        if one.kind in _NOT_OWNERS or one.preposition not in ("", "ب", "ل", "من"):
            return None
        words = [clauses.text.tokens[at] for at in range(end, one.first) if at not in clauses.dated]
        bare = [word for word in words if word.kind == "word"]
        if not bare or len(bare) > _GAP or len(bare) < len(words):
            return None
        return None if any(word.folded in particles("circumstantial") for word in bare) else one
    return None
