"""Who acts where the clause does not name him: the subject of the clause before, or of the whole sentence.

``أعلن الوزير القرار، ودعا الأحزاب``, ``أما الوزير فرفض``, ``..., محذرا المحتجين``, ``تراجعه عن القرار``.
"""

from __future__ import annotations

from bisect import bisect_left

from khabar.events.agreement import Gender, Number, agrees, verb_form
from khabar.events.clauses import Clauses, Mention
from khabar.events.particles import particles
from khabar.events.tellers import participant_at, source_role
from khabar.model import Claim, Role

_QUANTITY = frozenset(["مئات", "الاف", "عشرات", "عدد", "بعض"])
_ACTS = frozenset(["PER", "ORG", "LOC", "office", "armed", "government", "body"])

_CARRIED = "carried-subject"
_MUTUAL = frozenset(["CONSULT", "AGREE", "SUPPORT", "COOPERATE"])
_OTHER_SIDE = ("preposition-", "object", "pair")
"""Rules that find the other side of a meeting, who is not the subject."""

_SUCCESSION = frozenset(["قبل", "بعد", "قبيل"])

Form = tuple[Gender, Number]


def carry(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    """Give a verb or participle without a subject of its own the one that it goes on with."""
    if mention.passive or mention.trigger.entry.subject in ("passive", "either"):
        return
    other_side = bool(mention.actors)
    if other_side and not _lacks_one(mention, previous):
        return
    if not _goes_on(clauses, mention) or _own_subject(clauses, mention):
        return
    wanted = form_of(clauses, mention)
    found = _sentence_subject(clauses, mention, previous, wanted)
    if other_side:
        told = {role.entity for role in mention.actors}
        found = [role for role in found if role.rule == _CARRIED and role.entity not in told]
    else:
        found = found or _speaker(clauses, mention, wanted) or _earlier(clauses, mention, previous, wanted)
    mention.actors.extend(found)
    ones = [participant_at(clauses, role.span) for role in found]
    mention.person |= any(one is not None and one.kind in ("PER", "office") for one in ones)
    armed = any(one is not None and one.armed for one in ones)
    mention.armed |= armed
    mention.force |= armed


def _lacks_one(mention: Mention, previous: Mention | None) -> bool:
    """``وسيتفاوض مع الحزب``: is only the other side of a meeting told, in the tense of the verb before?"""
    entry, tense = mention.trigger.entry, mention.trigger.analysis.tense
    mutual = entry.type in _MUTUAL and entry.word_class == "verb" and entry.subject == "actor"
    same = previous is None or previous.trigger.analysis.tense in ("", tense)
    return mutual and same and all(role.rule.startswith(_OTHER_SIDE) for role in mention.actors)


def form_of(clauses: Clauses, mention: Mention) -> Form:
    """The gender and number that the verb wants; a participle in the accusative says nothing sure."""
    trigger = mention.trigger
    if trigger.entry.word_class == "verb":
        return verb_form(clauses.text.tokens[trigger.token], trigger.analysis)
    return "", ""


def _goes_on(clauses: Clauses, mention: Mention) -> bool:
    """Is the verb coordinated with the one before, does it open the sentence, or resume its subject?"""
    trigger, tokens = mention.trigger, clauses.text.tokens
    if trigger.entry.word_class == "participle" or trigger.analysis.prefix[:1] in ("و", "ف"):
        return not trigger.analysis.article
    if trigger.token == clauses.text.sentences[mention.sentence].first:
        return True
    before = tokens[trigger.token - 1].folded
    if before == "ان" and trigger.token > 1 and tokens[trigger.token - 2].folded in _SUCCESSION:
        return True
    return any(before in particles(kind) for kind in ("resuming", "pronominal", "going-on"))


def _own_subject(clauses: Clauses, mention: Mention) -> bool:
    """``وتظاهر تجار``: a verb without an object is followed by a subject, though no one knows who that is."""
    trigger, tokens = mention.trigger, clauses.text.tokens
    if trigger.entry.word_class != "verb" or trigger.token + 1 >= len(tokens):
        return False
    after = tokens[trigger.token + 1]
    if after.kind == "number" or after.folded in _QUANTITY or after.folded in particles("quantity"):
        return True
    plain = after.kind == "word" and trigger.token + 1 not in clauses.dated
    if not plain or trigger.entry.object or trigger.entry.tail or trigger.analysis.pronoun:
        return False
    particle = any(after.folded in particles(kind) for kind in ("preposition", "stop", "barrier", "before-noun"))
    governed = after.folded[:1] in ("ب", "ل", "ك") and len(after.folded) > 3
    return not particle and not governed and not after.folded.endswith("ا")


def _sentence_subject(clauses: Clauses, mention: Mention, previous: Mention | None, wanted: Form) -> list[Role]:
    """Whoever acts in the mention before, else whoever is named first in the sentence as free to act."""
    first = clauses.text.sentences[mention.sentence].first
    token = mention.trigger.token
    near = previous is not None and previous.sentence == mention.sentence
    speech = _cue_before(clauses, mention)
    teller = _announces(clauses, mention, previous) if near and previous is not None else None
    if teller is not None:
        return [teller]
    if near and previous is not None and (speech is None or speech < previous.trigger.token):
        roles = _fitting(clauses, previous, wanted)
        if roles:
            return [Role(role.entity, role.span, _CARRIED, 0.5) for role in roles]
    if speech is not None:
        return []
    for one in clauses.between(first, token):
        if one.free and one.kind in _ACTS and agrees(one, clauses.text.tokens[one.first], wanted):
            chained = [other for other in clauses.chain(one) if other.first < token]
            return [Role(other.entity, other.span, "sentence-subject", 0.5) for other in chained]
    return []


def _announces(clauses: Clauses, mention: Mention, previous: Mention) -> Role | None:
    """``... حين أعلن النائب معارضته``: whoever says it, if his speech begins behind the mention before."""
    claim = clauses.claim_of(mention.trigger.token)
    if claim is None or claim.cue is None or mention.trigger.entry.word_class == "verb":
        return None
    begins = previous.trigger.token < clauses.text.token_at(claim.cue.start) < mention.trigger.token
    return source_role(clauses, claim, "speaker", 0.5) if begins else None


def _cue_before(clauses: Clauses, mention: Mention) -> int | None:
    """The last word before the trigger in its sentence by which a source is told that is not quoted here."""
    first, token = clauses.text.sentences[mention.sentence].first, mention.trigger.token
    inside = clauses.claim_of(token)
    found = clauses.cue_tokens[bisect_left(clauses.cue_tokens, first) : bisect_left(clauses.cue_tokens, token)]
    return next((at for at in reversed(found) if clauses.cues[at] is not inside), None)


def _speaker(clauses: Clauses, mention: Mention, wanted: Form) -> list[Role]:
    """The source of the speech before: ``أكد الوزير ...، ودعا``; within a claim, whoever makes it."""
    at = _cue_before(clauses, mention)
    claim = clauses.cues[at] if at is not None else None
    return _of_source(clauses, claim, wanted)


def _of_source(clauses: Clauses, claim: Claim | None, wanted: Form) -> list[Role]:
    teller = source_role(clauses, claim, "carried-source", 0.5)
    return [teller] if claim is not None and teller is not None and _source_agrees(clauses, claim, wanted) else []


def _source_agrees(clauses: Clauses, claim: Claim, wanted: Form) -> bool:
    if claim.source is None or wanted[1] == "p":
        return False
    first = clauses.text.tokens[clauses.text.token_at(claim.source.start)]
    feminine = first.text.endswith("ة") or (claim.source_kind != "person" and first.text.endswith("ات"))
    return not wanted[0] or (wanted[0] == "f") == feminine


def _earlier(clauses: Clauses, mention: Mention, previous: Mention | None, wanted: Form) -> list[Role]:
    """The subject of the sentence before, for a verb that opens its own with و."""
    if previous is None or mention.sentence - previous.sentence != 1:
        return []
    if mention.trigger.token != clauses.text.sentences[mention.sentence].first:
        return []
    roles = _fitting(clauses, previous, wanted)
    return [Role(role.entity, role.span, "earlier-subject", 0.45) for role in roles]


def _fitting(clauses: Clauses, previous: Mention, wanted: Form) -> list[Role]:
    """The actors of the mention before that may be the subject of this verb."""
    own = [role for role in previous.actors if not role.rule.startswith(_OTHER_SIDE)]
    return [role for role in own if _role_agrees(clauses, role, wanted)]


def _role_agrees(clauses: Clauses, role: Role, wanted: Form) -> bool:
    one = participant_at(clauses, role.span)
    return one is None or agrees(one, clauses.text.tokens[one.first], wanted)
