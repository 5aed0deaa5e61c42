"""Who does it and to whom: the roles of one mention, by word order and prepositions, not by nearness alone.

A verb's subject stands after it (VSO) or, in headlines and after ``أن`` and relative pronouns, before it; its
object follows without a preposition.  A verbal noun has its first complement as a genitive right after it and
the others behind the prepositions of its row.  What one clause leaves out is taken from the clause before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khabar.events.actors import states
from khabar.events.agreement import Gender, Number, agrees, gender_of, marked_passive, pronoun_form, verb_form
from khabar.events.carried import carry
from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import COMMAS, REACH, among, give, object_position, prepositional
from khabar.events.governed import own_country
from khabar.events.meetings import meets, receive
from khabar.events.noun_roles import noun_roles
from khabar.events.owners import complement_owner
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.events.tellers import source_role, tellers, with_source
from khabar.model import Role

_SUBJECT_REACH = 8
_JUDGING = frozenset(["ACCUSE", "SUPPORT", "REJECT"])
"""``أدان قصف الجيش``: who acts in the event that is judged is judged himself."""
_PERSON_REACH = 40
_TWO_PEOPLE, _TWO_STATES = "the two leaders", "the two countries"
_ADJECTIVES = 3
"""Words that may stand between a noun and the relative pronoun behind it."""
_RELATIVES: Mapping[str, Gender] = {"الذي": "m", "التي": "f"}
_CLEFT = frozenset(["هو", "هي", "هم"])
_SHORTEST_DUAL = 4
_LATE = 1
"""How far a subject may stand behind the complements that come before it."""


def fill_roles(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    """Fill the roles of one mention from its clause."""
    mention.pairs = _meant_pairs(clauses, mention)
    mention.pair = mention.pair or clauses.joined_pair(mention.trigger.token)
    cue = clauses.cues.get(mention.trigger.token)
    mention.passive = marked_passive(clauses.text.tokens[mention.trigger.token], mention.trigger.analysis)
    told_by = tellers(clauses, mention, cue)
    if mention.trigger.entry.word_class != "noun":
        mention.actors.extend(told_by)
    if mention.trigger.entry.word_class == "noun":
        noun_roles(clauses, mention, previous)
        receive(clauses, mention)
    else:
        _verb(clauses, mention, previous)
    if not mention.actors:
        mention.actors.extend(told_by)
    among(clauses, mention)
    complement_owner(clauses, mention)


def _meant_pairs(clauses: Clauses, mention: Mention) -> dict[str, tuple[Role, ...]]:
    """Whom each dual near a mention means, by its label: ``الوزيران`` are persons, ``البلدان`` states."""
    token = mention.trigger.token
    near = clauses.between(max(0, token - _SUBJECT_REACH), token + REACH)
    met = [role.entity in states() for role in mention.pair]
    people = () if any(met) else mention.pair
    countries = mention.pair if all(met) else ()
    meant = {_TWO_PEOPLE: ("PER", people), _TWO_STATES: ("LOC", countries)}
    labels = {one.label for one in near if one.kind == "pair"} & meant.keys()
    return {label: clauses.joined_pair(token, meant[label][0]) or meant[label][1] for label in labels}


def _verb(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    trigger, entry = mention.trigger, mention.trigger.entry
    after = list(clauses.between(trigger.token + 1, clauses.right(trigger.token, mention.sentence, REACH)))
    said_by = _said_by(clauses, mention, after)
    if said_by:
        _after_verb(clauses, mention, after[said_by:], after[said_by - 1].last)
        return
    if entry.word_class == "participle":
        _after_verb(clauses, mention, after, trigger.token + 1)
        _described(clauses, mention)
        carry(clauses, mention, previous)
        return
    if _event_subject(clauses, mention):
        _after_verb(clauses, mention, after, trigger.token + 1)
        return
    postponed = [] if _of_antecedent(clauses, mention) else _postverbal(clauses, mention, after)
    before = [] if mention.actors else _left_subject(clauses, mention)
    objects = _object_of(clauses, mention, after, postponed)
    if postponed and not objects and meets(clauses, mention, previous, after[len(postponed) :]):
        postponed, objects = [], postponed
    subject = _passive_role(mention) if mention.passive else entry.subject
    if before and (not postponed or (_topic_adjacent(clauses, mention) and not objects)):
        give(mention, before, _subject_role(subject, True, before), "topic", 0.6)
        _after_verb(clauses, mention, after, trigger.token + 1)
    else:
        acts = bool(objects) or bool(trigger.analysis.pronoun) or _counted_behind(clauses, postponed)
        give(mention, postponed, _subject_role(subject, acts, postponed), "subject", 0.7)
        give(mention, objects, entry.object, "object", 0.7)
        prepositional(clauses, mention, [one for one in after if one not in postponed and one not in objects])
    _antecedent(clauses, mention)
    _pronoun_object(clauses, mention)
    if not postponed and not before:
        carry(clauses, mention, previous)


def _said_by(clauses: Clauses, mention: Mention, after: Sequence[Participant]) -> int:
    """How many participants behind a verb of speech are its source, the subject, which the claim has told already."""
    cue = clauses.cues.get(mention.trigger.token)
    source = cue.source if cue is not None and cue.source_entity else None
    if source is None or mention.trigger.analysis.pronoun:
        return 0
    inside = [at for at, one in enumerate(after) if one.span.start < source.end and source.start < one.span.end]
    return inside[-1] + len(with_source(clauses, after[inside[-1]])) if inside and inside[0] == 0 else 0


def _described(clauses: Clauses, mention: Mention) -> None:
    """``القوات المنتشرة``: a definite participle tells what the noun before it does."""
    token = mention.trigger.token
    if mention.trigger.analysis.article:
        before = [one for one in clauses.between(max(0, token - 6), token) if one.last >= token - 1]
        blamed = mention.trigger.entry.type == "ACCUSE" and not mention.trigger.entry.prepositions
        give(mention, before[-1:], "recipient" if blamed else "actor", "described", 0.6)


def _event_subject(clauses: Clauses, mention: Mention) -> bool:
    """``غارة استهدفت مخيما``: the subject is an event told just before, so who follows is the object."""
    trigger = mention.trigger
    if trigger.entry.type != "ASSAULT" or trigger.entry.object != "recipient" or trigger.analysis.pronoun:
        return False
    if trigger.token + 1 in clauses.assaults and clauses.text.tokens[trigger.token + 1].folded.startswith("ال"):
        return True
    return any(
        at in clauses.assaults and not clauses.between(at, trigger.token)
        for at in range(max(0, trigger.token - 4), trigger.token)
    )


def _after_verb(clauses: Clauses, mention: Mention, after: Sequence[Participant], start: int) -> None:
    """Object and prepositional complements when the subject does not follow the verb."""
    acting = {role.entity for role in mention.actors}
    while after and not after[0].preposition and after[0].entity in acting:
        # دعا زعيم الحزب، سامر الحلبي، الحكومة: the subject's name in apposition
        start = _past_comma(clauses, after[0].last)
        after = after[1:]
    past = clauses.past_parenthesis(start)
    found = next((one for one in after if one.first >= past), None)
    if found is not None and found.first == start + 1 and _closes_apposition(clauses, mention, start):
        start = past = found.first
    objects = clauses.chain(found) if found is not None and object_position(clauses, found, start) else []
    blamed = "recipient" if mention.trigger.entry.word_class == "participle" else ""
    give(mention, objects, mention.trigger.entry.object or blamed, "object", 0.7)
    prepositional(clauses, mention, [one for one in after if one not in objects])


def _closes_apposition(clauses: Clauses, mention: Mention, at: int) -> bool:
    """``دعا زعيم الحزب، سامر الحلبي، الحكومة``: is the comma at a token the second of two around the subject's name?"""
    tokens = clauses.text.tokens
    commas = [to for to in range(mention.trigger.token + 1, at) if tokens[to].text in COMMAS]
    return tokens[at].text in COMMAS and len(commas) == 1 and bool(mention.actors)


def _past_comma(clauses: Clauses, at: int) -> int:
    tokens = clauses.text.tokens
    return at + (at < len(tokens) and tokens[at].text in COMMAS)


def _postverbal(clauses: Clauses, mention: Mention, after: Sequence[Participant]) -> list[Participant]:
    """The subject after the verb: the first participant without a preposition, complements may come first."""
    start = mention.trigger.token + 1
    for at, one in enumerate(after):
        if object_position(clauses, one, start):
            if one.inner or _oblique(clauses, one):
                return []
            if mention.trigger.entry.object and not mention.passive and not _agreeing(clauses, mention, one):
                return []
            visited = one.kind == "LOC" and mention.trigger.entry.mode == "visit"
            taken = visited or (mention.actors and not mention.trigger.analysis.pronoun)
            late = at > 0 and one.first - start > _LATE
            return [] if taken or late else clauses.chain(one)
        if not one.preposition:
            return []
        start = one.last
    return []


def _agreeing(clauses: Clauses, mention: Mention, one: Participant) -> bool:
    """``ودعت مجلس الأمن``: a masculine body is no subject of a feminine verb, but its object."""
    tokens, trigger = clauses.text.tokens, mention.trigger
    gender, number = verb_form(tokens[trigger.token], trigger.analysis)
    if number == "p":
        return False  # a verb before its subject is singular: وطالبوا الحكومة
    own = gender_of(one, tokens[one.first])
    sure = gender and own and one.kind != "people" and one.first == trigger.token + 1
    return not sure or gender == own


def _oblique(clauses: Clauses, one: Participant) -> bool:
    """``دعا الحوثيين``: a plural in ``ين`` is no subject."""
    if one.first and clauses.text.tokens[one.first - 1].folded.lstrip("و") in particles("quantity"):
        return False
    if _accusative(clauses, one):
        return True
    last = clauses.text.tokens[one.last - 1].folded
    return last.startswith("ال") and last.endswith("يين" if one.named else "ين")


def _accusative(clauses: Clauses, one: Participant) -> bool:
    """``واعتقل قياديا``: an indefinite noun in ``ا`` is an object; not one that is counted, nor ``وزيرا الدفاع``."""
    tokens = clauses.text.tokens
    word, after = tokens[one.first].folded, tokens[one.first + 1].folded if one.first + 1 < len(tokens) else ""
    dual = one.first + 1 < one.last or after.startswith("ال")
    counted = not one.first or tokens[one.first - 1].kind == "number"
    ends = word.endswith("ا") and bool(one.head) and not one.head.endswith("ا")
    return ends and not (one.named or counted or dual)


def _object_of(
    clauses: Clauses, mention: Mention, after: Sequence[Participant], subject: Sequence[Participant]
) -> list[Participant]:
    rest = _behind_subject(clauses, mention, subject) if subject else after
    if not rest:
        return []
    end = subject[-1].last if subject else rest[0].first
    start = _past_adjuncts(clauses, rest, clauses.past_parenthesis(end))
    found = next((one for one in rest if one.first >= start), None)
    if found is None or not object_position(clauses, found, start):
        return []
    apart = found.first == start > end
    if found.inner and not apart and mention.trigger.entry.type not in _JUDGING:
        return []
    return clauses.chain(found)


def _counted_behind(clauses: Clauses, subject: Sequence[Participant]) -> bool:
    """``قتل التنظيم جنديين``, ``قتلت الفرقة 3 رعاة``: does an object follow that is nobody known?"""
    at = subject[-1].last if subject else len(clauses.text.tokens)
    if at >= len(clauses.text.tokens) or at in clauses.dated:
        return False
    word = clauses.text.tokens[at]
    dual = word.kind == "word" and word.folded.endswith("ين") and not word.folded.startswith("ال")
    return word.kind == "number" or word.folded in particles("quantity") or (dual and len(word.folded) > _SHORTEST_DUAL)


def _behind_subject(clauses: Clauses, mention: Mention, subject: Sequence[Participant]) -> Sequence[Participant]:
    """The participants of the rest of the clause, however long the titles of the subject are."""
    token, end = mention.trigger.token, subject[-1].last
    return clauses.between(end, clauses.right(token, mention.sentence, end - token - 1 + REACH))


def _past_adjuncts(clauses: Clauses, rest: Sequence[Participant], start: int) -> int:
    """``استقبل الأمير في قصره بجدة مساء أمس الوزير``: the token behind the places and times before the object."""
    at = start
    for one in rest:
        at = _past_time(clauses, at)
        if one.kind != "LOC" or one.preposition not in particles("locative") | {"ب"} or one.first - at > 1:
            break
        at = one.last
    at = _past_time(clauses, at)
    return _past_comma(clauses, at) if at > start else start


def _past_time(clauses: Clauses, at: int) -> int:
    while at in clauses.dated:
        at += 1
    return at


def _topic_adjacent(clauses: Clauses, mention: Mention) -> bool:
    """Headlines and ``أن``-clauses: the subject stands directly before its verb."""
    trigger = mention.trigger
    if trigger.analysis.prefix[:1] in ("و", "ف") or trigger.analysis.pronoun:
        return False
    near = clauses.between(max(0, trigger.token - _PERSON_REACH), trigger.token)
    if near and near[-1].free and trigger.token - near[-1].last <= 1:
        return True
    return trigger.token > 0 and clauses.text.tokens[trigger.token - 1].folded in particles("relative")


def _left_subject(clauses: Clauses, mention: Mention) -> list[Participant]:
    trigger, token = mention.trigger, mention.trigger.token
    if trigger.analysis.pronoun and token and clauses.text.tokens[token - 1].folded in particles("relative"):
        return []
    if token and clauses.text.tokens[token - 1].folded in particles("relative"):
        if _resumed(clauses, token + 1):
            return []
        before = clauses.between(max(clauses.text.sentences[mention.sentence].first, token - 12), token - 1)
        if clauses.text.tokens[token - 1].folded in particles("of-people"):
            before = [one for one in before if one.kind != "LOC"]
        return [one for one in before[-1:] if _heads_relative(clauses, one, token - 1)]
    if trigger.analysis.prefix[:1] in ("و", "ف"):
        return []
    left = clauses.left(token, mention.sentence)
    if left and token - left <= _LATE and clauses.text.tokens[left - 1].folded in particles("pronominal"):
        _from_source(clauses, mention)
        return []
    if own_country(clauses, mention, left):
        return []
    before = clauses.between(left, token)
    if before and before[-1].free and before[-1].last == token:
        return _joined_back(clauses, before)
    for at, one in enumerate(before):
        if one.free:
            return [other for other in clauses.chain(before[at]) if other.first < token]
    return []


def _heads_relative(clauses: Clauses, one: Participant, relative: int) -> bool:
    """Does a relative pronoun follow its antecedent, with adjectives between at most, and agree with it?"""
    tokens = clauses.text.tokens
    gap = [token.folded for token in tokens[one.last : relative]]
    if len(gap) > _ADJECTIVES or not all(word.startswith("ال") or word in _CLEFT for word in gap if word.isalpha()):
        return False
    own = gender_of(one, tokens[one.first])
    return not own or _RELATIVES.get(tokens[relative].folded, own) == own


def _of_antecedent(clauses: Clauses, mention: Mention) -> bool:
    """``القنبلة التي أسقطت الطائرة``: the subject is what the clause describes, so who follows is the object."""
    token, trigger = mention.trigger.token, mention.trigger
    if trigger.entry.object != "recipient" or trigger.analysis.pronoun or not token:
        return False
    return clauses.text.tokens[token - 1].folded in particles("relative") and not _resumed(clauses, token + 1)


def _resumed(clauses: Clauses, at: int) -> bool:
    """``الاتفاق الذي توسطت فيه مصر``: a pronoun behind the verb takes the antecedent up, which is no subject then."""
    tokens = clauses.text.tokens
    return at < len(tokens) and tokens[at].folded in particles("resumptive")


def _joined_back(clauses: Clauses, before: Sequence[Participant]) -> list[Participant]:
    """The participant right before a verb, with those joined to it: ``موسكو تنفي وباريس وروما تنددان``."""
    group = [before[-1]]
    for one in reversed(before[:-1]):
        between = clauses.text.tokens[one.last : group[0].first]
        if not group[0].joined or any(token.kind == "word" for token in between):
            break
        group.insert(0, one)
    return group


def _from_source(clauses: Clauses, mention: Mention) -> None:
    """``أعلن الوزير أنه توصل``: the pronoun is whoever says it."""
    speaker = source_role(clauses, clauses.claim_of(mention.trigger.token), "speaker", 0.6)
    if speaker is not None:
        mention.actors.append(speaker)


def _antecedent(clauses: Clauses, mention: Mention) -> None:
    """``القوات التي يدربها الجيش``: the relative's antecedent is the object."""
    token = mention.trigger.token
    if mention.trigger.analysis.pronoun and token and clauses.text.tokens[token - 1].folded in particles("relative"):
        before = clauses.between(max(clauses.text.sentences[mention.sentence].first, token - 12), token - 1)
        if before and before[-1].last >= token - 2:
            give(mention, [before[-1]], mention.trigger.entry.object or "recipient", "antecedent", 0.6)


def _pronoun_object(clauses: Clauses, mention: Mention) -> None:
    """``اعتقلته الشرطة``: the last one named before who agrees with the pronoun and does not act here."""
    trigger, tokens = mention.trigger, clauses.text.tokens
    if not trigger.analysis.pronoun or mention.recipients or trigger.entry.object != "recipient":
        return
    if trigger.entry.type in ("REJECT", "SUPPORT") or tokens[trigger.token - 1].folded in particles("relative"):
        return
    first = max(clauses.text.sentences[max(0, mention.sentence - 1)].first, trigger.token - _PERSON_REACH)
    acting = {role.entity for role in mention.actors}
    wanted = pronoun_form(trigger.analysis.pronoun)
    found = [one for one in clauses.between(first, trigger.token) if one.named and one.entity not in acting]
    give(mention, [one for one in found if _meant(clauses, one, wanted)][-1:], "recipient", "pronoun-object", 0.45)


def _meant(clauses: Clauses, one: Participant, wanted: tuple[Gender, Number]) -> bool:
    """May an object pronoun stand for a participant?  A body or country only where it stands in no phrase of place."""
    if one.kind != "PER" and (wanted != ("f", "") or one.preposition in particles("locative")):
        return False
    return agrees(one, clauses.text.tokens[one.first], wanted)


def _passive_role(mention: Mention) -> str:
    """The role of a passive verb's subject: that of its object; none where the verb has none (``عُقد اجتماع``)."""
    entry = mention.trigger.entry
    if entry.subject in ("passive", "either", "able"):
        return "passive"
    if entry.subject == "recipient":
        return entry.object  # استُقبل الرئيس: the guest
    return entry.object if entry.object != "actor" else "recipient"


def _subject_role(role: str, has_object: bool, subject: Sequence[Participant]) -> str:
    if role == "either":
        able = bool(subject) and (subject[0].armed or subject[0].named)
        return "actor" if has_object and able else "recipient"
    if role == "able":
        able = bool(subject) and subject[0].kind in ("armed", "government", "ORG", "LOC")
        return "actor" if has_object or able else "recipient"
    return "recipient" if role == "passive" else role
