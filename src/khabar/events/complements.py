"""What verbs and verbal nouns share: how complements get their roles."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.events.clauses import Clauses, Mention
from khabar.events.participants import AGENT, Participant
from khabar.events.particles import particles
from khabar.model import Role

REACH = 14
"""Tokens after a trigger in which its complements are looked for."""
_AMONG = frozenset(["بينهم", "بينها", "بينهن"])
_AMONG_REACH = 20
_GROUPS = frozenset(["armed", "people", "government", "pair"])
COMMAS = frozenset("،,؛.")
_OBJECT_REACH = 5
_NAMED_REACH = 3
_AGAINST = frozenset(["علي", "ضد"])
SPOKEN = frozenset(["REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN", "SANCTION", "CONCEDE"])
"""Types of events that are said or signed: they happen where the text says so, not where they are about."""
_AT_RECIPIENT = frozenset(["ASSAULT", "MOBILIZE", "COERCE"])
_TALKS = frozenset(["CONSULT", "SUPPORT", "COOPERATE"])
_PEOPLE = frozenset(["PER", "office"])
_LED = frozenset(["ASSAULT", "MOBILIZE"])
_LEFT = frozenset(["withdraw", "resign"])
"""Modes in which ``من`` tells where: ``انسحبت من القاعدة``."""


def give(mention: Mention, group: Sequence[Participant], role: str, rule: str, score: float) -> None:
    for one in group:
        mention.fill(role, one, rule, score)
        if role == "recipient" and one.kind == "LOC" and _reached(mention):
            mention.places.append(one)


def prepositional(clauses: Clauses, mention: Mention, rest: Sequence[Participant]) -> None:
    """Complements behind a preposition, by the row's table; the locative ones are places."""
    roles = dict(mention.trigger.entry.prepositions)
    current, used = "", set[str]()
    for one in rest:
        fresh = bool(one.preposition) or not (one.joined or current == "بين")
        current = bare_preposition(one) if fresh else current
        role = _special(clauses, mention, one, current) or ("" if fresh and current in used else roles.get(current, ""))
        if role == "actor" and current == "ب" and one.kind == "LOC":
            role = ""  # التقى نظيره بالقاهرة: where they met
        used.add(current)
        if role:
            mention.fill(role, one, f"preposition-{current}", 0.6)
        if one.kind == "LOC" and (_where(mention, one, current) or (role == "recipient" and _reached(mention))):
            mention.places.append(one)
        elif not role:
            mention.others.append(one)
            mention.armed |= one.armed


def bare_preposition(one: Participant) -> str:
    """The preposition before a participant without a و written to it: ``وبين``."""
    known = one.preposition.removeprefix("و")
    return known if known in particles("preposition") else one.preposition


def among(clauses: Clauses, mention: Mention) -> None:
    """``مقتل 20 مسلحا بينهم فلان``, ``وقعت أطراف بينها البرلمان``: who is named of a group has its role."""
    token = mention.trigger.token
    last = min(clauses.text.sentences[mention.sentence].last, token + _AMONG_REACH)
    for at in range(token + 1, last):
        if at in clauses.verbs:
            return
        if clauses.text.tokens[at].folded in _AMONG:
            named = [one for one in clauses.between(at + 1, at + 1 + _NAMED_REACH) if one.free or one.joined][:1]
            before = [one for one in clauses.between(token + 1, at) if one.kind in _GROUPS]
            for role, slot in (("actor", mention.actors), ("recipient", mention.recipients)):
                if before and named and any(known.span == before[-1].span for known in slot):
                    give(mention, clauses.chain(named[0]), role, "among", 0.55)
            return


def _special(clauses: Clauses, mention: Mention, one: Participant, preposition: str) -> str:
    """The role of a complement that its kind decides, not the row's table alone."""
    if _owned(clauses, mention, one, preposition):
        return "recipient"
    if mention.passive and preposition == "من" and mention.trigger.entry.subject == "recipient" and one.kind in _PEOPLE:
        return "recipient"  # استُقبل الوزير من الرئيس: the host
    if preposition == AGENT or _leads(mention, one, preposition) or _attacks(clauses, mention, one, preposition):
        return "actor"
    if _attends(mention, preposition):
        return "actor"
    if mention.trigger.entry.mode == "resign" and preposition == "من" and one.kind in ("ORG", "government"):
        return "recipient"
    shot = mention.trigger.entry.type == "ASSAULT" and one.kind != "people" and preposition in particles("agent")
    return "actor" if shot or _comes(mention, one, preposition) else ""


def _leads(mention: Mention, one: Participant, preposition: str) -> bool:
    """``شن التحالف بقيادة الدولة غارات``: who leads a force acts with it."""
    return mention.trigger.entry.type in _LED and preposition == "بقياده" and one.named


def _attends(mention: Mention, preposition: str) -> bool:
    """``اتفاق برعاية المنظمة``, ``اجتماع بمشاركة دول``: who sponsors or joins talks is one of their sides."""
    entry = mention.trigger.entry
    talks = entry.type in _TALKS and entry.word_class == "noun" and entry.mode != "visit"
    return talks and preposition in particles("attending")


def _attacks(clauses: Clauses, mention: Mention, one: Participant, preposition: str) -> bool:
    """``السيطرة الكاملة للجيش على المدينة``: an attack with its attacker right behind it."""
    entry, token = mention.trigger.entry, mention.trigger.token
    if entry.type != "ASSAULT" or entry.word_class != "noun" or preposition != "ل" or mention.actors or not one.armed:
        return False
    gap = clauses.text.tokens[token + 1 : one.first]
    return len(gap) <= 1 and all(word.kind == "word" and word.folded not in _AGAINST for word in gap)


def _reached(mention: Mention) -> bool:
    """Does the event happen where its recipient is: who is hit, visited, sent to?"""
    entry = mention.trigger.entry
    return entry.type in _AT_RECIPIENT or entry.mode == "visit"


def _where(mention: Mention, one: Participant, preposition: str) -> bool:
    """Does the preposition before a place say where the event was?"""
    if preposition == "من":
        return mention.trigger.entry.type == "RETREAT" and mention.trigger.entry.mode in _LEFT
    spoken = mention.trigger.entry.type in SPOKEN and preposition == "ب"
    return not spoken and preposition in particles("locative") | {"ب"}


def _comes(mention: Mention, one: Participant, preposition: str) -> bool:
    """``زيارة مرتقبة للرئيس إلى العاصمة``: the visitor stands behind ``ل`` where no genitive names him."""
    visit = mention.trigger.entry.mode == "visit" and mention.trigger.entry.word_class == "noun"
    return visit and preposition == "ل" and one.kind in ("PER", "office") and not mention.actors


def _owned(clauses: Clauses, mention: Mention, one: Participant, preposition: str) -> bool:
    """``قصفت مواقع لتنظيم``, ``غارة على رتل للجيش``: what is hit belongs to whom it is aimed at."""
    if mention.trigger.entry.type != "ASSAULT" or preposition != "ل" or one.kind not in ("ORG", "armed"):
        return False
    between = clauses.text.tokens[mention.trigger.token + 1 : one.first]
    against = any(token.folded in _AGAINST for token in between)
    return against or (mention.trigger.entry.word_class == "verb" and not mention.recipients)


def object_position(clauses: Clauses, one: Participant, start: int) -> bool:
    """Does a participant follow token `start` closely, with neither preposition nor comma between?"""
    gap = clauses.text.tokens[clauses.past_parenthesis(start) : one.first]
    return not one.preposition and len(gap) <= _OBJECT_REACH and all(token.text not in COMMAS for token in gap)


def inherit(mention: Mention, previous: Mention | None) -> None:
    """``وأضاف ... وأدان``: the subject of the verb before, in the same sentence or the one before it."""
    if mention.actors or previous is None or mention.trigger.entry.subject in ("passive", "either"):
        return
    if mention.sentence - previous.sentence <= 1:
        mention.actors.extend(Role(role.entity, role.span, "carried-subject", 0.45) for role in previous.actors)
        mention.person |= previous.person
