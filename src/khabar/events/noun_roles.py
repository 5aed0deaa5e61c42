"""Roles of a verbal noun: its genitive, its prepositions, its possessor, and who governs it."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.events.actors import nation
from khabar.events.agreement import agrees, pronoun_form
from khabar.events.between import between
from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import REACH, give, inherit, object_position, prepositional
from khabar.events.doers import between_them, does, relative_doers
from khabar.events.governed import aimed_against, controlled, in_charge, opposing, protested
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.events.tellers import source_role
from khabar.model import Role

_MUTUAL = frozenset(["CONSULT", "AGREE", "SUPPORT"])
_QUOTES = frozenset('"«»“”()')
_GENITIVE_REACH = 3
_SHARED = _MUTUAL | {"COOPERATE"}
_TAKEN_UP = frozenset(["ASSAULT", "SUPPORT", "SANCTION", "COERCE", "REQUEST"])
"""``صدت القوات الهجوم``: whose deed a definite noun of these types is, the subject of its clause does not say."""
_DONE_TO = frozenset(["recipient", "place"])
_VICTIMS = frozenset(["مقتل", "مصرع", "إصابة", "جرح"])
_BELONGING = frozenset({"له", "لها", "لهم", "لهما"})
_OBJECT_REACH = 4
_OBJECT_GAP = 2
_RECEIVED = frozenset(["AID", "REQUEST", "SUPPORT", "THREATEN", "ACCUSE"])
_ASKED_REACH = 14
_SHORTEST_VERB = 4


def noun_roles(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    trigger, entry = mention.trigger, mention.trigger.entry
    start = _after_coordination(clauses, trigger.token)
    after = _after(clauses, mention, start)
    used = 0
    after = [one for one in after if not _tail_only(mention, one)]
    if _genitive(clauses, mention, after, start):
        used = _take_genitive(clauses, mention, after)
    elif trigger.analysis.pronoun:
        _possessor(clauses, mention, previous)
        used = _object_of_own(clauses, mention, after)
    if entry.mode != "visit":
        _nationality(clauses, mention)
    prepositional(clauses, mention, after[used:])
    if not used and not mention.trigger.analysis.pronoun:
        relative_doers(clauses, mention)
    between_them(clauses, mention)
    between(clauses, mention)
    protested(clauses, mention)
    aimed_against(clauses, mention)
    _asked(clauses, mention, previous)
    _accused(clauses, mention, previous)
    _announcer(clauses, mention)
    if not mention.actors:
        controlled(clauses, mention)
    if not mention.actors or _one_sided(mention):
        _governing_subject(clauses, mention, "actor")
        _purpose(clauses, mention, previous)
    elif entry.type in ("REQUEST", "AID") and not mention.recipients:
        _governing_subject(clauses, mention, "recipient")


def _after(clauses: Clauses, mention: Mention, start: int) -> list[Participant]:
    """The participants of the clause behind the noun; a list that it begins is read to its end."""
    found = list(clauses.between(start, clauses.right(start - 1, mention.sentence, REACH)))
    return found + clauses.chain(found[-1])[1:] if found else found


def _one_sided(mention: Mention) -> bool:
    """Talks of which only the other side is told yet: ``في مكالمة مع نظيره``, ``للقاء المستشارة``."""
    if mention.trigger.entry.type not in _SHARED or mention.trigger.analysis.article:
        return False
    only_with = all(role.rule == "preposition-مع" for role in mention.actors)
    return only_with or (mention.trigger.analysis.prefix.endswith("ل") and len(mention.actors) == 1)


def _purpose(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    """``قبل أن يتوجه إلى المدينة للقاء الوزير``: who goes somewhere to meet somebody visits him."""
    trigger = mention.trigger
    if previous is None or previous.sentence != mention.sentence or not trigger.analysis.prefix.endswith("ل"):
        return
    goes = previous.trigger.entry.mode == "visit" and previous.trigger.entry.subject == "actor"
    if not goes or clauses.left(trigger.token, mention.sentence) > previous.trigger.token or not _one_sided(mention):
        return
    met = [role for role in mention.actors if not role.rule.startswith("governing")]
    known = {role.entity for role in met}
    guests = [Role(role.entity, role.span, "purpose", 0.5) for role in previous.actors if role.entity not in known]
    if guests and trigger.entry.type == "CONSULT":
        mention.recipients.extend(met)
        mention.actors[:] = guests


def _after_coordination(clauses: Clauses, token: int) -> int:
    """``مقتل وإصابة ثلاثة``: two nouns share one complement."""
    follows = token + 1 in clauses.coordinated
    return token + 2 if follows else token + 1


def _take_genitive(clauses: Clauses, mention: Mention, after: Sequence[Participant]) -> int:
    """Give the genitive its role, and the object behind an acting genitive; how many participants that used."""
    entry, group = mention.trigger.entry, clauses.chain(after[0])
    rest = after[len(group) :]
    acts = bool(rest) and _object_behind(clauses, rest[0], group[-1].last)
    given = any(one.preposition == "ل" for one in rest[:1]) or mention.trigger.analysis.prefix.endswith("ب")
    role = entry.subject or "recipient"
    if role == "giver":
        role = "actor" if given else "recipient"
    elif role == "either":
        blamed = _judged(clauses, mention, clauses.left(mention.trigger.token, mention.sentence)) and group[0].armed
        role = "actor" if acts or blamed or (group[0].armed and bool(group[0].head)) else "recipient"
    elif entry.form in _VICTIMS:
        role = "recipient"
    elif role == "recipient" and acts and (group[0].armed or group[0].kind in ("ORG", "government")):
        role = "actor"
    elif entry.mode == "visit" and role == "actor" and group[0].kind == "LOC":
        role = "recipient"
    elif role == "place" and group[0].kind != "LOC":
        role = "actor" if group[0].armed or group[0].kind in ("ORG", "government") else "recipient"
    if entry.type == "COOPERATE" and entry.subject == "place" and role != "place":
        return len(group)  # تسليم المتهم إلى دولته: he is handed over, no party to it
    give(mention, group, role, "genitive", 0.7)
    if role == "actor" and acts and entry.type not in ("CONSULT", "AGREE"):
        objects = clauses.chain(rest[0])
        give(mention, objects, "recipient", "object-of-noun", 0.6)
        return len(group) + len(objects)
    return len(group)


def _object_behind(clauses: Clauses, one: Participant, start: int) -> bool:
    """``قصف الجيش المدينة``: right behind the one who acts; not ``هجمات الجيش وحصول الوزير``, ``بعدم حماية السكان``."""
    gap = clauses.text.tokens[start : one.first]
    governed = any(word.folded[:1] in ("ب", "ل") or word.folded in particles("preposition") for word in gap)
    return len(gap) <= _OBJECT_GAP and not governed and not one.inner and object_position(clauses, one, start)


def _tail_only(mention: Mention, one: Participant) -> bool:
    """``إرسال قوات``, ``شراء طائرات``: a word of the trigger itself, of which no one's name or nationality is told."""
    words = len(mention.trigger.entry.tail)
    return one.first - mention.trigger.token <= words and one.entity == one.label and mention.trigger.entry.adjacent


def _possessor(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    """``زيارته``: the nearest before it that agrees and is no one's complement, else the last subject."""
    sentence, tokens = clauses.text.sentences[mention.sentence], clauses.text.tokens
    before = clauses.between(max(sentence.first, mention.trigger.token - 30), mention.trigger.token)
    role = "recipient" if mention.trigger.entry.subject in ("recipient", "either") else "actor"
    wanted = pronoun_form(mention.trigger.analysis.pronoun)
    free = [one for one in before if one.free and one.kind in ("PER", "ORG", "LOC", "office", "armed", "government")]
    free = [one for one in free if agrees(one, tokens[one.first], wanted)]
    if free:
        mention.fill(role, free[-1], "possessor", 0.5)
    elif role == "actor":
        inherit(mention, previous)


def _object_of_own(clauses: Clauses, mention: Mention, after: Sequence[Participant]) -> int:
    """``اتهامه الغرب``, ``لقائه الوزير``: behind the pronoun of who acts stands the object; how many that used."""
    entry, token = mention.trigger.entry, mention.trigger.token
    acts = entry.subject in ("actor", "giver") or entry.mode == "visit"
    if not acts or not after or after[0].preposition or after[0].first != token + 1:
        return 0
    objects = clauses.chain(after[0])
    mutual = entry.type == "CONSULT" and entry.mode != "visit"
    give(mention, objects, "actor" if mutual else "recipient", "object-of-own", 0.6)
    return len(objects)


def _genitive(clauses: Clauses, mention: Mention, after: Sequence[Participant], start: int) -> bool:
    analysis = mention.trigger.analysis
    if not after or after[0].preposition or analysis.article or analysis.pronoun:
        return False
    gap = clauses.text.tokens[start : after[0].first]
    if any(at in clauses.triggered for at in range(start, after[0].first)):
        return False  # مظاهرة مناهضة لزيارة الرئيس
    if any(does(token.folded) or opposing(token.folded) for token in gap):
        return False  # قصف صاروخي شنه الجيش، عمليات لوقف المسلحين
    if any(token.folded in particles("preposition") and token.folded != "من" for token in gap):
        return False  # غارة على مركز للمهاجرين; but a part may stand between: مقتل ثلاثة من عناصر التنظيم
    return len(gap) <= _GENITIVE_REACH and all(token.kind != "mark" or token.text in _QUOTES for token in gap)


def _nationality(clauses: Clauses, mention: Mention) -> None:
    """``الغارات الأميركية``: the state of the adjective acts; in talks, that of each adjective.

    Only adjectives may stand between: in ``استهداف سفينة أميركية`` it is the ship that is American.
    """
    token, entry = mention.trigger.token, mention.trigger.entry
    for at in range(token + 1, min(len(clauses.text.tokens), token + 4)):
        word = clauses.text.tokens[at]
        definite = word.folded.startswith("ال")
        if word.kind != "word" or word.folded in particles("preposition"):
            return
        if definite != mention.trigger.analysis.article or (entry.subject in _DONE_TO and at > token + 1):
            return
        made = nation(word.folded)
        if made and any(one.first <= at < one.last for one in clauses.between(token + 1, at + 1)):
            return
        if made and all(role.entity != made[0] for role in mention.actors):
            mention.actors.append(Role(made[0], clauses.text.token_span(at, at + 1), "nationality", 0.6))
        if made and entry.type not in _SHARED:
            return


def _in_request(clauses: Clauses, mention: Mention, previous: Mention | None) -> bool:
    """Does the noun stand in the clause of a verb of asking?"""
    if previous is None or previous.trigger.entry.type != "REQUEST" or mention.trigger.entry.type == "REQUEST":
        return False
    return clauses.left(mention.trigger.token, mention.sentence) <= previous.trigger.token < mention.trigger.token


def _asked(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    """``دعا الوسيط الطرفين إلى الانسحاب``: who is asked to is who would do it."""
    if previous is None or not _in_request(clauses, mention, previous):
        return
    mention.asked = _wanted(clauses, mention)
    near = mention.trigger.token - previous.trigger.token <= _ASKED_REACH
    if not mention.actors and previous.recipients and near:
        mention.actors.extend(Role(role.entity, role.span, "asked", 0.5) for role in previous.recipients)
        mention.asked = True


def _accused(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    """``اتهمت كييف موسكو بقصف``, ``بشن غارة``: the accused are said to have done it."""
    if mention.actors or previous is None or previous.trigger.entry.mode != "allege":
        return
    near = clauses.left(previous.trigger.token, previous.sentence), mention.trigger.token
    carried = clauses.text.tokens[mention.trigger.token - 1].folded.startswith("ب")
    of_it = carried or mention.trigger.analysis.prefix.endswith("ب")
    if mention.sentence == previous.sentence and of_it and near[0] < near[1]:
        mention.actors.extend(Role(role.entity, role.span, "accused", 0.55) for role in previous.recipients)


def _announcer(clauses: Clauses, mention: Mention) -> None:
    """``أعلنت الجماعة استهداف سفينة``: who announces or pledges an unattributed act is its actor."""
    token = mention.trigger.token
    claim = clauses.claim_of(token)
    if mention.actors or claim is None or claim.cue is None or _hits_own(clauses, mention):
        return
    cue = clauses.text.tokens[clauses.text.token_at(claim.cue.start)].folded
    if mention.trigger.analysis.article:
        return
    begins = token <= clauses.text.token_at(claim.content.start) + 1
    if begins and cue.removeprefix("و") in particles("announcing") and mention.trigger.entry.form not in _VICTIMS:
        teller = source_role(clauses, claim, "announcer", 0.6)
        mention.actors.extend([teller] if teller is not None else [])


def _wanted(clauses: Clauses, mention: Mention) -> bool:
    """``طالب بحوار``, ``دعا إلى انسحاب``: what a demand asks for stands behind its preposition."""
    token = mention.trigger.token
    behind = token > 0 and clauses.text.tokens[token - 1].folded == "الي"
    return behind or mention.trigger.analysis.prefix.endswith("ب")


def _judged(clauses: Clauses, mention: Mention, left: int) -> bool:
    """``أدانت المنظمة التفجير``: who judges, asks or meets is not who did it."""
    own = mention.trigger.entry.type
    return any(clauses.speech.get(at, own) != own for at in range(left, mention.trigger.token))


def _hits_own(clauses: Clauses, mention: Mention) -> bool:
    """``أعلنت الدولة قصف سفينة تابعة لها``: nobody attacks what is his own."""
    token = mention.trigger.token
    words = clauses.text.tokens[
        token + 1 : min(token + 1 + _OBJECT_REACH, clauses.text.sentences[mention.sentence].last)
    ]
    return mention.trigger.entry.type == "ASSAULT" and any(word.folded in _BELONGING for word in words)


def _governing_subject(clauses: Clauses, mention: Mention, role: str) -> None:
    """``بدأ الجيش باقتحام ...``: the subject of the verb that governs the noun."""
    token = mention.trigger.token
    if role == "actor" and _hits_own(clauses, mention):
        return
    if token and clauses.text.tokens[token - 1].folded in particles("circumstantial"):
        return
    left = clauses.left(token, mention.sentence)
    words = [word.folded.removeprefix("و") for word in clauses.text.tokens[left:token]]
    if any(word in particles("thwarting") or word in particles("witnessing") for word in words):
        return
    if mention.trigger.analysis.article and mention.trigger.entry.type in _TAKEN_UP:
        return
    undergone = particles("suffering") | (particles("receiving") if mention.trigger.entry.type in _RECEIVED else set())
    if role == "actor" and any(word in undergone for word in words):
        role = "recipient"
    if any(at in clauses.passives for at in range(left, token)) or _judged(clauses, mention, left):
        return
    if role == "actor" and in_charge(clauses, mention, left):
        return
    before = clauses.between(left, token)
    if left and clauses.text.tokens[left - 1].folded in particles("relative"):
        before = [*clauses.between(left - 7, left - 1)[-1:], *before]
        if before and before[0].last < left:
            give(mention, before[:1], role, "governing-antecedent", 0.4)
            return
    able = [one for one in before if one.free and one.kind not in ("people", "thing")]
    able = [one for one in able if one.first not in clauses.acted_on]
    if able:
        subject = next((one for one in reversed(able) if _begins_anew(clauses, one)), able[0])
        group = [other for other in clauses.chain(subject) if other.first < token]
        give(mention, group, role, "governing-subject", 0.4)


def _begins_anew(clauses: Clauses, one: Participant) -> bool:
    """``وتخطط الشركة للانسحاب``: is a participant the subject of a clause that goes on with و and its verb?"""
    word = clauses.text.tokens[one.first - 1].folded if one.first else ""
    return len(word) > _SHORTEST_VERB and word[0] == "و" and (word[1] in "يت" or word[-1] == "ت")
