"""Who does it and to whom: the roles of one mention, by word order and prepositions, not by nearness alone.

A verb's subject stands after it (VSO) or, in headlines and after ``أن`` and relative pronouns, before it; its
object follows without a preposition.  A verbal noun has its first complement as a genitive right after it and
the others behind the prepositions of its row.  What one clause leaves out is taken from the clause before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.events.participants import LOCATIVE, PREPOSITIONS, Participant, nation
from khabar.events.triggers import Trigger
from khabar.model import Claim, Role, Span
from khabar.text import Tokenized

_BARRIERS = frozenset(
    [
        "ان",
        "انه",
        "انها",
        "انهم",
        "بان",
        "وان",
        "بانه",
        "الذي",
        "التي",
        "الذين",
        "اللذين",
        "حيث",
        "فيما",
        "بينما",
        "كما",
        "اذ",
        "لان",
        "لكن",
        "ولكن",
        "اذا",
        "بعدما",
        "عندما",
    ]
)
_RELATIVES = frozenset(["الذي", "التي", "الذين", "اللذان", "اللذين"])
_MARK_BARRIERS = frozenset("؛:;")
_PRONOMINAL = frozenset(["انه", "انها", "انهم", "بانه", "بانها", "بانهم", "وانه", "وانها"])
_CIRCUMSTANTIAL = frozenset(["بعد", "قبل", "عقب", "اثر", "جراء", "منذ", "رغم", "عن", "حول", "بشان", "بسبب", "نتيجه"])
_SPEECH = frozenset(["ACCUSE", "SUPPORT", "REJECT", "REQUEST", "CONSULT"])
_MUTUAL = frozenset(["CONSULT", "AGREE", "SUPPORT"])
_COMMAS = frozenset("،,؛.")
_QUOTES = frozenset('"«»“”()')
FIRM = 0.5
"""Score of a role from which it is evidence that an ambiguous word names an event."""
_LONGEST_LIST = 12
_SUBJECT_REACH = 8
_OBJECT_REACH = 5
_LATE = 3
"""How far a subject may stand behind the complements that come before it."""
_COMPLEMENT_REACH = 14
_GENITIVE_REACH = 3


@dataclass
class Mention:
    """A trigger with what its clause says about it."""

    trigger: Trigger
    sentence: int
    actors: list[Role] = field(default_factory=list)
    recipients: list[Role] = field(default_factory=list)
    places: list[Participant] = field(default_factory=list)
    others: list[Participant] = field(default_factory=list)
    """Participants of the clause that fill no role."""
    armed: bool = False
    person: bool = False
    force: bool = False
    """Is an actor an armed force?"""
    acted_on: set[int] = field(default_factory=set)
    """Participants, by first token, that this mention has as recipient."""
    status: str = "actual"
    date: str | None = None
    date_span: Span | None = None

    def fill(self, role: str, one: Participant, rule: str, score: float) -> None:
        """Give a participant a role of this mention, once."""
        if role == "place":
            self.places.append(one)
            return
        if role == "recipient":
            self.acted_on.add(one.first)
        slot = self.recipients if role == "recipient" else self.actors
        if role in ("actor", "recipient") and all(known.entity != one.entity for known in slot):
            slot.append(Role(one.entity, one.span, rule, score))
        self.armed |= one.armed
        self.force |= one.armed and role == "actor" and score >= FIRM
        self.person |= role == "actor" and one.kind in ("PER", "office")


class Clauses:
    """The participants of a text, looked up by clause."""

    def __init__(
        self, text: Tokenized, found: Sequence[Participant], triggers: Sequence[Trigger], claims: Sequence[Claim]
    ) -> None:
        self.text = text
        self.found = found
        self.firsts = [one.first for one in found]
        self.verbs = {trigger.token for trigger in triggers if trigger.entry.word_class == "verb"}
        self.passives = {trigger.token for trigger in triggers if trigger.entry.subject in ("passive", "either")}
        nouns = [trigger for trigger in triggers if trigger.entry.word_class == "noun"]
        self.speech = {
            one.token: one.entry.type for one in triggers if one.entry.type in _SPEECH and one.token in self.verbs
        }
        self.assaults = {one.token for one in nouns if one.entry.type == "ASSAULT"}
        self.coordinated = {one.token for one in nouns if one.analysis.prefix == "و"}
        self.told = claims
        self.acted_on: set[int] = set()
        """Participants (by first token) that an earlier mention has as recipient."""
        self.contents = sorted((text.token_at(c.content.start), text.token_at(c.content.end - 1) + 1) for c in claims)
        self.cues = {text.token_at(c.cue.start): c for c in claims if c.cue is not None}

    def between(self, first: int, last: int) -> Sequence[Participant]:
        return self.found[bisect_left(self.firsts, first) : bisect_left(self.firsts, last)]

    def chain(self, one: Participant) -> list[Participant]:
        """A participant and those joined to it, however far the list runs."""
        at = bisect_left(self.firsts, one.first)
        return chain(self.found[at : at + _LONGEST_LIST], 0)

    def claim_of(self, token: int) -> Claim | None:
        """The innermost claim in whose content a token stands."""
        start = self.text.tokens[token].start
        holding = [claim for claim in self.told if claim.content.start <= start < claim.content.end]
        return min(holding, key=lambda claim: claim.content.end - claim.content.start, default=None)

    def _barrier(self, at: int) -> bool:
        token = self.text.tokens[at]
        return token.folded in _BARRIERS or token.text in _MARK_BARRIERS or at in self.cues

    def left(self, token: int, sentence: int) -> int:
        """First token of the clause that holds `token`."""
        first = max(self.text.sentences[sentence].first, token - 40)
        content = max((start for start, end in self.contents if start <= token < end), default=first)
        for at in range(token - 1, max(first, content) - 1, -1):
            if self._barrier(at):
                return at + 1
        return max(first, content)

    def right(self, token: int, sentence: int, reach: int) -> int:
        """The token after the last of the clause, not past the next verb."""
        last = min(self.text.sentences[sentence].last, token + 1 + reach)
        for at in range(token + 1, last):
            if self._barrier(at) or at in self.verbs:
                return at
        return last


def chain(found: Sequence[Participant], start: int) -> list[Participant]:
    """A participant and those joined to it."""
    group = [found[start]]
    for one in found[start + 1 :]:
        if not one.joined:
            break
        group.append(one)
    return group


def fill_roles(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    """Fill the roles of one mention from its clause."""
    cue = clauses.cues.get(mention.trigger.token)
    if cue is not None and cue.source_entity and mention.trigger.entry.word_class != "noun":
        mention.actors.append(Role(cue.source_entity, cue.source, "claim-source", 0.8))
    if mention.trigger.entry.word_class == "noun":
        _noun(clauses, mention, previous)
    else:
        _verb(clauses, mention, previous)
    if cue is not None and cue.source_entity and not mention.actors:
        mention.actors.append(Role(cue.source_entity, cue.source, "claim-source", 0.8))


def _verb(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    trigger, entry = mention.trigger, mention.trigger.entry
    after = list(clauses.between(trigger.token + 1, clauses.right(trigger.token, mention.sentence, _COMPLEMENT_REACH)))
    if entry.word_class == "participle":
        _after_verb(clauses, mention, after, trigger.token + 1)
        _behind_relative(clauses, mention)
        _described(clauses, mention)
        _inherit(mention, previous)
        return
    if _event_subject(clauses, mention):
        _after_verb(clauses, mention, after, trigger.token + 1)
        return
    postponed = _postverbal(clauses, mention, after)
    before = [] if mention.actors else _left_subject(clauses, mention)
    if before and (not postponed or (_topic_adjacent(clauses, mention) and not _object_of(clauses, after, postponed))):
        _give(mention, before, _subject_role(entry.subject, True, before), "topic", 0.6)
        _after_verb(clauses, mention, after, trigger.token + 1)
    else:
        objects = _object_of(clauses, after, postponed)
        _give(mention, postponed, _subject_role(entry.subject, bool(objects), postponed), "subject", 0.7)
        _give(mention, objects, entry.object, "object", 0.7)
        _prepositional(mention, [one for one in after if one not in postponed and one not in objects])
    _antecedent(clauses, mention)
    _behind_relative(clauses, mention)
    if not mention.actors and not postponed and not before:
        _inherit(mention, previous)


def _described(clauses: Clauses, mention: Mention) -> None:
    """``القوات المنتشرة``: a definite participle tells what the noun before it does."""
    token = mention.trigger.token
    if mention.trigger.analysis.article:
        before = [one for one in clauses.between(max(0, token - 6), token) if one.last >= token - 1]
        _give(mention, before[-1:], "actor", "described", 0.6)


def _event_subject(clauses: Clauses, mention: Mention) -> bool:
    """``غارة استهدفت مخيما``: the subject is an event told just before, so who follows is the object."""
    trigger = mention.trigger
    if trigger.entry.type != "ASSAULT" or trigger.entry.object != "recipient" or trigger.analysis.pronoun:
        return False
    return any(
        at in clauses.assaults and not clauses.between(at, trigger.token)
        for at in range(max(0, trigger.token - 4), trigger.token)
    )


def _after_verb(clauses: Clauses, mention: Mention, after: Sequence[Participant], start: int) -> None:
    """Object and prepositional complements when the subject does not follow the verb."""
    objects = clauses.chain(after[0]) if after and _object_position(clauses, after[0], start) else []
    _give(mention, objects, mention.trigger.entry.object or "recipient", "object", 0.7)
    _prepositional(mention, after[len(objects) :])


def _object_position(clauses: Clauses, one: Participant, start: int) -> bool:
    """Does a participant follow token `start` closely, with neither preposition nor comma between?"""
    gap = clauses.text.tokens[start : one.first]
    return not one.preposition and len(gap) <= _OBJECT_REACH and all(token.text not in _COMMAS for token in gap)


def _postverbal(clauses: Clauses, mention: Mention, after: Sequence[Participant]) -> list[Participant]:
    """The subject after the verb: the first participant without a preposition, complements may come first."""
    start = mention.trigger.token + 1
    for at, one in enumerate(after):
        if _object_position(clauses, one, start):
            visited = one.kind == "LOC" and mention.trigger.entry.mode == "visit"
            taken = visited or (mention.actors and not mention.trigger.analysis.pronoun)
            late = at > 0 and one.first - start > _LATE
            return [] if taken or late else clauses.chain(one)
        if not one.preposition:
            return []
        start = one.last
    return []


def _object_of(clauses: Clauses, after: Sequence[Participant], subject: Sequence[Participant]) -> list[Participant]:
    rest = [one for one in after if one not in subject]
    if not rest:
        return []
    start = subject[-1].last if subject else rest[0].first
    at = next((k for k, one in enumerate(rest) if one.first >= start), len(rest))
    return clauses.chain(rest[at]) if at < len(rest) and _object_position(clauses, rest[at], start) else []


def _topic_adjacent(clauses: Clauses, mention: Mention) -> bool:
    """Headlines and ``أن``-clauses: the subject stands directly before its verb."""
    trigger = mention.trigger
    if trigger.analysis.prefix[:1] in ("و", "ف") or trigger.analysis.pronoun:
        return False
    near = clauses.between(max(0, trigger.token - _SUBJECT_REACH), trigger.token)
    if near and not near[-1].preposition and trigger.token - near[-1].last <= 1:
        return True
    return trigger.token > 0 and clauses.text.tokens[trigger.token - 1].folded in _RELATIVES


def _left_subject(clauses: Clauses, mention: Mention) -> list[Participant]:
    trigger, token = mention.trigger, mention.trigger.token
    if trigger.analysis.pronoun and token and clauses.text.tokens[token - 1].folded in _RELATIVES:
        return []
    if token and clauses.text.tokens[token - 1].folded in _RELATIVES:
        before = clauses.between(max(clauses.text.sentences[mention.sentence].first, token - 12), token - 1)
        return [before[-1]] if before else []
    if trigger.analysis.prefix[:1] in ("و", "ف"):
        return []
    left = clauses.left(token, mention.sentence)
    if left and token - left <= _LATE and clauses.text.tokens[left - 1].folded in _PRONOMINAL:
        _from_source(clauses, mention)
        return []
    before = clauses.between(left, token)
    for at, one in enumerate(before):
        if one.free:
            return [other for other in clauses.chain(before[at]) if other.first < token]
    return []


def _from_source(clauses: Clauses, mention: Mention) -> None:
    """``أعلن الوزير أنه توصل``: the pronoun is whoever says it."""
    claim = clauses.claim_of(mention.trigger.token)
    if claim is not None and claim.source_entity:
        mention.actors.append(Role(claim.source_entity, claim.source, "speaker", 0.6))


def _antecedent(clauses: Clauses, mention: Mention) -> None:
    """``القوات التي يدربها الجيش``: the relative's antecedent is the object."""
    token = mention.trigger.token
    if mention.trigger.analysis.pronoun and token and clauses.text.tokens[token - 1].folded in _RELATIVES:
        before = clauses.between(max(clauses.text.sentences[mention.sentence].first, token - 12), token - 1)
        if before and before[-1].last >= token - 2:
            _give(mention, [before[-1]], mention.trigger.entry.object or "recipient", "antecedent", 0.6)


def _behind_relative(clauses: Clauses, mention: Mention) -> None:
    """``مشيدا بالدور الذي تقوم به الحكومة``: praise and blame go to whoever acts in the relative clause."""
    if mention.recipients or "recipient" not in dict(mention.trigger.entry.prepositions).values():
        return
    token = mention.trigger.token
    last = min(clauses.text.sentences[mention.sentence].last, token + _COMPLEMENT_REACH)
    relative = next((at for at in range(token + 1, last) if clauses.text.tokens[at].folded in _RELATIVES), None)
    if relative is None or mention.trigger.entry.type not in ("SUPPORT", "ACCUSE"):
        return
    for one in clauses.between(relative, last):
        if not one.preposition and one.kind != "LOC":
            _give(mention, clauses.chain(one), "recipient", "behind-relative", 0.45)
            return


def _subject_role(role: str, has_object: bool, subject: Sequence[Participant]) -> str:
    if role == "either":
        able = bool(subject) and (subject[0].armed or subject[0].named)
        return "actor" if has_object and able else "recipient"
    return "recipient" if role == "passive" else role


def _inherit(mention: Mention, previous: Mention | None) -> None:
    """``وأضاف ... وأدان``: the subject of the verb before, in the same sentence or the one before it."""
    if mention.actors or previous is None or mention.trigger.entry.subject in ("passive", "either"):
        return
    if mention.sentence - previous.sentence <= 1:
        mention.actors.extend(Role(role.entity, role.span, "carried-subject", 0.45) for role in previous.actors)


def _give(mention: Mention, group: Sequence[Participant], role: str, rule: str, score: float) -> None:
    for one in group:
        mention.fill(role, one, rule, score)
        if role == "recipient" and one.kind == "LOC":
            mention.places.append(one)


def _prepositional(mention: Mention, rest: Sequence[Participant]) -> None:
    """Complements behind a preposition, by the row's table; the locative ones are places."""
    roles = dict(mention.trigger.entry.prepositions)
    current, used = "", set[str]()
    for one in rest:
        fresh = bool(one.preposition) or not (one.joined or current == "بين")
        current = one.preposition if fresh else current
        role = "" if fresh and current in used else roles.get(current, "")
        used.add(current)
        if role:
            mention.fill(role, one, f"preposition-{current}", 0.6)
        if one.kind == "LOC" and (current in LOCATIVE or role == "recipient"):
            mention.places.append(one)
        elif not role:
            mention.others.append(one)
            mention.armed |= one.armed


def _noun(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    trigger, entry = mention.trigger, mention.trigger.entry
    start = _after_coordination(clauses, trigger.token)
    after = list(clauses.between(start, clauses.right(start - 1, mention.sentence, _COMPLEMENT_REACH)))
    used = 0
    if _genitive(clauses, mention, after, start):
        used = _take_genitive(clauses, mention, after)
    elif trigger.analysis.pronoun:
        _possessor(clauses, mention, previous)
    if entry.mode != "visit":
        _nationality(clauses, mention)
    _prepositional(mention, after[used:])
    if not mention.actors or _one_sided(mention):
        _governing_subject(clauses, mention, "actor")
    elif entry.type == "REQUEST" and not mention.recipients:
        _governing_subject(clauses, mention, "recipient")


def _one_sided(mention: Mention) -> bool:
    """Talks of which only the other side is told yet: ``في مكالمة مع نظيره``, ``للقاء المستشارة``."""
    if mention.trigger.entry.type not in _MUTUAL or mention.trigger.analysis.article:
        return False
    only_with = all(role.rule == "preposition-مع" for role in mention.actors)
    return only_with or (mention.trigger.analysis.prefix.endswith("ل") and len(mention.actors) == 1)


def _after_coordination(clauses: Clauses, token: int) -> int:
    """``مقتل وإصابة ثلاثة``: two nouns share one complement."""
    follows = token + 1 in clauses.coordinated
    return token + 2 if follows else token + 1


def _take_genitive(clauses: Clauses, mention: Mention, after: Sequence[Participant]) -> int:
    """Give the genitive its role, and the object behind an acting genitive; how many participants that used."""
    entry, group = mention.trigger.entry, clauses.chain(after[0])
    rest = after[len(group) :]
    acts = bool(rest) and _object_position(clauses, rest[0], group[-1].last)
    given = any(one.preposition == "ل" for one in rest[:1]) or mention.trigger.analysis.prefix.endswith("ب")
    role = entry.subject or "recipient"
    if role == "giver":
        role = "actor" if given else "recipient"
    elif role == "either":
        role = "actor" if acts or (group[0].armed and bool(group[0].head)) else "recipient"
    elif role == "recipient" and acts and (group[0].armed or group[0].kind in ("ORG", "government")):
        role = "actor"
    elif role == "place" and group[0].kind != "LOC":
        role = "actor" if group[0].armed or group[0].kind in ("ORG", "government") else "recipient"
    _give(mention, group, role, "genitive", 0.7)
    if role == "actor" and acts and entry.type not in ("CONSULT", "AGREE"):
        objects = chain(rest, 0)
        _give(mention, objects, "recipient", "object-of-noun", 0.6)
        return len(group) + len(objects)
    return len(group)


def _possessor(clauses: Clauses, mention: Mention, previous: Mention | None) -> None:
    """``زيارته``: the nearest person or body before it that is no one's complement, else the last subject."""
    sentence = clauses.text.sentences[mention.sentence]
    before = clauses.between(max(sentence.first, mention.trigger.token - 30), mention.trigger.token)
    role = "recipient" if mention.trigger.entry.subject in ("recipient", "either") else "actor"
    free = [one for one in before if one.free and one.kind in ("PER", "ORG", "LOC", "office", "armed")]
    if free:
        mention.fill(role, free[-1], "possessor", 0.5)
    elif role == "actor":
        _inherit(mention, previous)


def _genitive(clauses: Clauses, mention: Mention, after: Sequence[Participant], start: int) -> bool:
    analysis = mention.trigger.analysis
    if not after or after[0].preposition or analysis.article or analysis.pronoun:
        return False
    gap = clauses.text.tokens[start : after[0].first]
    return len(gap) <= _GENITIVE_REACH and all(token.kind != "mark" or token.text in _QUOTES for token in gap)


def _nationality(clauses: Clauses, mention: Mention) -> None:
    """``الغارات الأميركية``: the state of the adjective acts."""
    token = mention.trigger.token
    for at in range(token + 1, min(len(clauses.text.tokens), token + 4)):
        word = clauses.text.tokens[at]
        definite = word.folded.startswith("ال")
        if word.kind != "word" or word.folded in PREPOSITIONS or definite != mention.trigger.analysis.article:
            return
        made = nation(word.folded)
        if made and not any(one.first <= at < one.last for one in clauses.between(token + 1, at + 1)):
            if all(role.entity != made[0] for role in mention.actors):
                mention.actors.append(Role(made[0], clauses.text.token_span(at, at + 1), "nationality", 0.6))
            return


def _judged(clauses: Clauses, mention: Mention, left: int) -> bool:
    """``أدانت المنظمة التفجير``: who judges, asks or meets is not who did it."""
    own = mention.trigger.entry.type
    return any(clauses.speech.get(at, own) != own for at in range(left, mention.trigger.token))


def _governing_subject(clauses: Clauses, mention: Mention, role: str) -> None:
    """``بدأ الجيش باقتحام ...``: the subject of the verb that governs the noun."""
    token = mention.trigger.token
    if token and clauses.text.tokens[token - 1].folded in _CIRCUMSTANTIAL:
        return
    left = clauses.left(token, mention.sentence)
    if any(at in clauses.passives for at in range(left, token)) or _judged(clauses, mention, left):
        return
    before = clauses.between(left, token)
    if left and clauses.text.tokens[left - 1].folded in _RELATIVES:
        before = [*clauses.between(left - 7, left - 1)[-1:], *before]
        if before and before[0].last < left:
            _give(mention, before[:1], role, "governing-antecedent", 0.4)
            return
    for at, one in enumerate(before):
        if one.free and one.kind != "people" and one.first not in clauses.acted_on:
            _give(mention, chain(before, at), role, "governing-subject", 0.4)
            return
