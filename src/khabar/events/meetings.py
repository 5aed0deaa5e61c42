"""Who else met whom, by what the sentence tells around a meeting.

``قمة شارك فيها الرئيس``, ``يلتقي خلال زيارته الوزير``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.events.clauses import FIRM, Clauses, Mention
from khabar.events.complements import give
from khabar.events.merge import Draft
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.events.sides import visitors
from khabar.model import Role
from khabar.text import fold

_MET = ("preposition-", "object")
"""Rules that find the other side of a meeting."""
_HOSTS = frozenset(["genitive", "possessor"])
_TWO = frozenset(["the two leaders"])
"""Label of a dual that says nothing more than the verb."""
_MUTUAL = frozenset(["CONSULT", "SUPPORT", "COOPERATE", "AGREE"])
_IN = "في"
_NEAR = 6
_REACH = 30
_SCORE = 0.5


def receive(clauses: Clauses, mention: Mention) -> None:
    """``خلال استقباله في قصره الوزير``: the guest stands behind the host, where and when he came between them.

    ``كان في استقباله الوزير``: here the pronoun is the guest's.
    """
    entry = mention.trigger.entry
    if entry.mode != "visit" or entry.subject != "recipient" or any(role.score >= FIRM for role in mention.actors):
        return
    guest = _guest(clauses, mention)
    if guest is None:
        return
    named = clauses.chain(guest)
    entities = {one.entity for one in named}
    told = [role for role in mention.recipients if role.entity not in entities]
    came = clauses.text.tokens[mention.trigger.token - 1].folded == _IN
    mention.actors, mention.recipients = (told, []) if came else ([], told)
    give(mention, named, "recipient" if came else "actor", "received", 0.65)


def meets(clauses: Clauses, mention: Mention, previous: Mention | None, rest: Sequence[Participant]) -> bool:
    """``وصل إلى المدينة، حيث التقى الوزير``: is the one behind a verb of meeting met by who acted just before?"""
    trigger, entry = mention.trigger, mention.trigger.entry
    if entry.type != "CONSULT" or not entry.object or mention.passive or trigger.analysis.pronoun:
        return False
    if previous is None or previous.sentence != mention.sentence:
        return False
    if any(one.preposition in dict(entry.prepositions) for one in rest):
        return False
    before = clauses.text.tokens[trigger.token - 1].folded
    goes_on = trigger.analysis.prefix[:1] == "و" or before in particles("resuming")
    return goes_on and any(not role.rule.startswith("preposition-") for role in previous.actors)


def _guest(clauses: Clauses, mention: Mention) -> Participant | None:
    """The first person behind the host; the host is the genitive, or stands in the noun's pronoun."""
    token = mention.trigger.token
    hosts = {role.entity for role in mention.recipients if role.rule in _HOSTS}
    for one in clauses.between(token + 1, clauses.right(token, mention.sentence, _REACH)):
        where = one.kind == "LOC" and one.preposition in particles("locative") | {"ب"}
        if one.kind in ("PER", "office") and not one.preposition and one.entity not in hosts:
            return one if hosts else None
        if not where and one.entity not in hosts:
            return None
    return None


def gather(drafts: Sequence[Draft], clauses: Clauses) -> None:
    """Complete the sides of meetings and agreements."""
    for draft in drafts:
        if draft.type in _MUTUAL:
            _both(draft, clauses)
        if draft.type == "CONSULT":
            _take_part(draft, clauses)
        if draft.type == "CONSULT" and "visit" not in draft.modes:
            _hand_over(draft, _met_on_visit(draft, drafts, clauses))


def _both(draft: Draft, clauses: Clauses) -> None:
    """``واتفقا على``: the subject in a verb of two is the two who met before."""
    for mention in draft.mentions:
        pair = {role.entity: role for role in mention.pair}
        alone = draft.actors.keys() <= pair.keys() | _TWO
        if mention.trigger.entry.word_class == "verb" and pair and alone and _dual(clauses, mention):
            draft.actors = pair
            return


def _dual(clauses: Clauses, mention: Mention) -> bool:
    word, analysis = clauses.text.tokens[mention.trigger.token].folded, mention.trigger.analysis
    if analysis.tense == "past":
        return word == analysis.prefix + fold(mention.trigger.entry.form.split()[0]) + "ا"
    return word.endswith("ان")


def _hand_over(draft: Draft, entities: Sequence[str]) -> None:
    """Make recipients of some actors, unless they are all that there are."""
    if len(entities) < len(draft.actors):
        draft.recipients.update((entity, draft.actors.pop(entity)) for entity in entities)


def _take_part(draft: Draft, clauses: Clauses) -> None:
    """``القمة التي شارك فيها الرئيس``, ``اجتماع حضره الوزير``: whoever takes part is one of those who meet."""
    for mention in draft.mentions:
        for at in _joining(clauses, mention):
            one = next(iter(clauses.between(at, at + _NEAR)), None)
            if one is None or one.preposition or one.inner:
                continue
            for other in clauses.chain(one):
                if other.entity not in draft.recipients:
                    draft.actors.setdefault(other.entity, Role(other.entity, other.span, "takes-part", _SCORE))


def _joining(clauses: Clauses, mention: Mention) -> Iterator[int]:
    """The last token of each verb of taking part whose pronoun stands for the meeting."""
    tokens, token = clauses.text.tokens, mention.trigger.token
    if mention.trigger.entry.word_class != "noun":
        return
    for at in range(token + 1, min(clauses.text.sentences[mention.sentence].last - 1, token + _REACH)):
        word = tokens[at].folded.removeprefix("و")
        if at in clauses.triggered and at not in clauses.verbs and word not in particles("attended-by"):
            return
        if word in particles("attended-by"):
            yield at
        elif word in particles("joined-by") and tokens[at + 1].folded in particles("resumptive"):
            yield at + 1


def _met_on_visit(draft: Draft, drafts: Sequence[Draft], clauses: Clauses) -> list[str]:
    """``سيلتقي خلال زيارته الرئيس``: whom a visitor meets is visited."""
    met = [entity for entity, role in draft.actors.items() if role.rule.startswith(_MET)]
    guests = draft.actors.keys() - met
    for visit in drafts:
        if "visit" in visit.modes and guests and guests <= visitors(visit) and _during(visit, draft, clauses):
            return met
    return []


def _during(visit: Draft, draft: Draft, clauses: Clauses) -> bool:
    """``خلال زيارته``: does the sentence of a meeting say that it is part of a visit?"""
    tokens = clauses.text.tokens
    told = [one.trigger.token for one in visit.mentions if one.sentence in draft.sentences and one.trigger.token]
    return any(tokens[at - 1].folded in particles("during") for at in told)
