"""Who takes part in an event noun by a word that governs it or follows it: leave, blame, a claim, a protest's aim.

``قيام الجيش بقصف القرية``, ``السماح للوفد بزيارة السجن``, ``هجوم نسب إلى التنظيم``, ``مظاهرة مناهضة للحكومة``.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.events.actors import nation, states
from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import give
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.model import Role

_REACH = 16
_BEHIND = 14
_NEAR = 2
_FAR = 26
_OWN_REACH = 3
_AIM = 5
_SOURCE_REACH = 8
_FORCE = frozenset(["ASSAULT", "MOBILIZE"])
_OWN = frozenset(["بلاده", "بلادها"])
_TO = ("الي", "ل")


def in_charge(clauses: Clauses, mention: Mention, left: int) -> bool:
    """Who does it by the words right before the noun: ``قيام الجيش بقصف``, ``مواصلة بلاده دعم``; was one found?"""
    token = mention.trigger.token
    return _performing(clauses, mention, left) or own_country(clauses, mention, max(left, token - _OWN_REACH))


def _performing(clauses: Clauses, mention: Mention, left: int) -> bool:
    """``قيام الجيش بقصف``: the genitive of ``قيام`` acts; was one found?"""
    token, tokens = mention.trigger.token, clauses.text.tokens
    if not mention.trigger.analysis.prefix.endswith("ب"):
        return False
    for at in range(token - 1, max(left, token - _REACH) - 1, -1):
        if tokens[at].folded.lstrip("وب") in particles("performing"):
            found = clauses.between(at + 1, token)
            if found and found[0].first - at <= _NEAR:
                give(mention, _chain(clauses, found[0], token), "actor", "performing", 0.55)
                return True
            return False
    return False


def controlled(clauses: Clauses, mention: Mention) -> None:
    """Who is allowed to do it, accused of it, or said to have done it by the words behind it."""
    found, rule = _before(clauses, mention) or _behind(clauses, mention) or _owned_up(clauses, mention) or ([], "")
    give(mention, found, "actor", rule, 0.5)


def _before(clauses: Clauses, mention: Mention) -> tuple[Sequence[Participant], str] | None:
    token, tokens = mention.trigger.token, clauses.text.tokens
    if not (mention.trigger.analysis.prefix.endswith("ب") or (token and tokens[token - 1].folded.startswith("ب"))):
        return None
    for at in range(token - 1, max(clauses.text.sentences[mention.sentence].first, token - _REACH) - 1, -1):
        word = tokens[at].folded.removeprefix("و")
        if word in particles("allowing"):
            return [one for one in clauses.between(at + 1, token) if one.preposition == "ل"][:1], "allowed"
        if word in particles("blaming"):
            return [one for one in clauses.between(at + 1, token) if one.preposition in _TO][-1:], "accused"
    return None


def _behind(clauses: Clauses, mention: Mention) -> tuple[Sequence[Participant], str] | None:
    """``هجوم نسب إلى التنظيم``, ``التفجير الذي تبناه التنظيم``."""
    last = min(clauses.text.sentences[mention.sentence].last, mention.trigger.token + _BEHIND)
    for at in range(mention.trigger.token + 1, last):
        if at in clauses.triggered:
            return None
        if clauses.text.tokens[at].folded.removeprefix("و") in particles("claimed-by"):
            return clauses.between(at + 1, min(last, at + _AIM + 1))[:1], "claimed"
    return None


def _owned_up(clauses: Clauses, mention: Mention) -> tuple[Sequence[Participant], str] | None:
    """``أعلن التنظيم مسؤوليته عن الهجوم``, ``تبنت الحركة العملية``; not ``نفت مسؤوليتها``."""
    if mention.trigger.entry.type != "ASSAULT":
        return None
    token, first = mention.trigger.token, clauses.text.sentences[mention.sentence].first
    words = [word.folded.removeprefix("و") for word in clauses.text.tokens[max(first, token - _FAR) : token]]
    start = token - len(words)
    at = next((at for at in range(len(words) - 1, -1, -1) if words[at] in particles("owning-up")), None)
    if at is None or any(word in particles("denying") for word in words[max(0, at - _OWN_REACH) : at]):
        return None
    behind = [one for one in clauses.between(start + at + 1, token) if one.free]
    before = [one for one in clauses.between(start, start + at) if one.free]
    near = token - (behind[0].last if behind else start + at) <= _OWN_REACH
    return (behind[:1] or before[-1:], "owned-up") if near else None


def own_country(clauses: Clauses, mention: Mention, left: int) -> bool:
    """``قال الوزير إن بلاده لن تسحب``: the country of whoever speaks."""
    words = clauses.text.tokens[left : mention.trigger.token]
    claim = clauses.claim_of(mention.trigger.token)
    if claim is None or claim.source is None or not any(word.folded in _OWN for word in words):
        return False
    first = clauses.text.token_at(claim.source.start)
    for one in clauses.between(first - _SOURCE_REACH, first + _SOURCE_REACH):
        country = _country(clauses, one)
        if country and (one.entity == claim.source_entity or one.first == first):
            mention.actors.append(Role(country, claim.source, "own-country", 0.6))
            return True
    return False


def _country(clauses: Clauses, one: Participant) -> str:
    """The state of a title or body, by the adjective of nationality in it."""
    adjectives = (nation(token.folded) for token in clauses.text.tokens[one.first : one.last])
    return one.nation if one.nation in states() else next((made[0] for made in adjectives if made), one.nation)


def opposing(word: str) -> bool:
    """``لوقف``, ``للقضاء``: does a folded word say that somebody is to be stopped or fought?"""
    return word.startswith("ل") and word.removeprefix("لل").removeprefix("ل") in particles("opposing")


def aimed_against(clauses: Clauses, mention: Mention) -> None:
    """``عمليات لوقف المتمردين``, ``حملة للقضاء على التنظيم``: against whom the purpose of a use of force is aimed."""
    if mention.trigger.entry.type not in _FORCE or mention.recipients:
        return
    token, tokens = mention.trigger.token, clauses.text.tokens
    last = min(clauses.text.sentences[mention.sentence].last, token + _FAR)
    for at in range(token + 1, last):
        if opposing(tokens[at].folded):
            found = [one for one in clauses.between(at + 1, at + 1 + _AIM) if one.kind in ("ORG", "armed")]
            give(mention, clauses.chain(found[0]) if found else (), "recipient", "aimed-against", 0.5)
            return


def protested(clauses: Clauses, mention: Mention) -> None:
    """``مظاهرة مناهضة لزيارة الرئيس``: at whom a protest is aimed, or whose deed."""
    if mention.trigger.entry.type != "PROTEST" or mention.recipients:
        return
    token = mention.trigger.token
    last = min(clauses.text.sentences[mention.sentence].last, token + _BEHIND)
    for at in range(token + 1, min(last, token + _AIM + 1)):
        if clauses.text.tokens[at].folded.removeprefix("ال") in particles("protesting"):
            found = [one for one in clauses.between(at + 1, last) if one.named]
            if found and found[0].first - at <= _AIM:
                give(mention, found[:1], "recipient", "protested", 0.5)
            return


def _chain(clauses: Clauses, one: Participant, end: int) -> list[Participant]:
    return [other for other in clauses.chain(one) if other.first < end]
